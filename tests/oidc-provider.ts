import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** Who signs in at a provider next, by which methods, and what its profile tells of them. */
export type AtProvider = {
  username?: string | undefined
  number?: string | undefined
  sub?: string
  amr?: string[]
  acr?: string
  level?: number
}

/** A provider that a test runs: it asks nothing and signs in the person that `person` names. */
export type TestProvider = { issuer: string; person: AtProvider; stop: () => void }

export const PROVIDER_SECRET = 'a secret of the provider and us, long enough'

/** Starts a provider that sends people back to one of `returns`. */
export async function startProvider(returns: readonly string[]): Promise<TestProvider> {
  const server: Server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const made: TestProvider = {
    issuer,
    person: {},
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  // what it warns about, keys and a store for development, is what a test has
  const provider = new Provider(issuer, {
    clients: [{ client_id: '4phu', client_secret: PROVIDER_SECRET, redirect_uris: [...returns] }],
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub', 'amr', 'acr'], profile: ['preferred_username', 'so_dinh_danh', 'muc'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        preferred_username: made.person.username,
        muc: made.person.level,
        ...(made.person.number === undefined ? {} : { so_dinh_danh: made.person.number }),
      }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: '4phu', accountId: oidc.session?.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
    const { sub = 'one person', amr, acr } = made.person
    void provider.interactionFinished(request, response, { login: { accountId: sub, amr, acr } })
  })
  return made
}

/** The provider's pages as a browser walks through them, until it is sent back to an address that begins with `home`. */
export async function walkProvider(url: string, home: string): Promise<string> {
  const jar = new Map<string, string>()
  for (let next = url; ; ) {
    if (next.startsWith(home)) return next
    const response: Response = await fetch(next, {
      redirect: 'manual',
      headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? []
      jar.set(name, value)
    }
    const location = response.headers.get('Location')
    if (location === null) throw new Error(`the provider stopped at ${response.status}: ${await response.text()}`)
    next = new URL(location, next).href
  }
}

/** The cookies that an answer sets, as the next request carries them; those that it deletes are left out. */
export const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .filter(cookie => !cookie?.endsWith('='))
    .join('; ')
