import * as oidc from 'openid-client'
import { PORTAL_PARTS, type PortalPart } from '#app/domain/portal-login.ts'

/** An OpenID Connect issuer, as what it knows us by, and what we ask it for. */
type IssuerSettings = { issuer: URL; clientId: string; clientSecret: string; scope: string }

/**
 * An issuer that is recorded as a portal's own: signing in there proves that part. `numberClaim`: the claim that holds
 * the personal number. `acr`: values of this claim of which one is asked for; none: any sign-in proves.
 */
export type PortalSettings = IssuerSettings & { part: PortalPart; numberClaim: string; acr: readonly string[] }

/**
 * The province's OpenID Connect provider, and the claim that holds the staff code. `factorAcr`, `factorAmr`: the values
 * of these claims by which the provider says that it asked for a second factor; none: ours is asked for too.
 */
export type ProviderSettings = IssuerSettings & {
  loginClaim: string
  factorAcr: readonly string[]
  factorAmr: readonly string[]
}

/** Seconds until a provider that does not answer is given up. */
const PATIENCE_SECONDS = 5
const SCOPES = 'openid profile'

const isLoopback = ({ hostname }: URL) => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)

/**
 * The provider out of OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_LOGIN_CLAIM (default
 * `preferred_username`), with the values of OIDC_FACTOR_ACR and OIDC_FACTOR_AMR (apart by blanks). Undefined where none
 * is set. Throws where it is half set up, or not reached over TLS.
 */
export function providerSettings(env: Record<string, string | undefined>): ProviderSettings | undefined {
  const issuer = issuerSettings(env, 'OIDC')
  if (!issuer) return undefined
  return {
    ...issuer,
    loginClaim: env.OIDC_LOGIN_CLAIM ?? 'preferred_username',
    factorAcr: wordsOf(env.OIDC_FACTOR_ACR),
    factorAmr: wordsOf(env.OIDC_FACTOR_AMR),
  }
}

const PORTAL_NAMES = {
  portal_national: 'PORTAL_NATIONAL',
  portal_provincial: 'PORTAL_PROVINCIAL',
} as const satisfies Record<PortalPart, string>

/**
 * The portals' own issuers out of PORTAL_NATIONAL_ISSUER, _CLIENT_ID, _CLIENT_SECRET, _SCOPE (default
 * `openid profile`), _NUMBER_CLAIM and _ACR, and the same of PORTAL_PROVINCIAL; those that are not set are left out.
 * Throws where one is half set up, has no claim of the number, is not reached over TLS, or where both are one issuer.
 */
export function portalSettings(env: Record<string, string | undefined>): PortalSettings[] {
  const portals = PORTAL_PARTS.flatMap((part): PortalSettings[] => {
    const name = PORTAL_NAMES[part]
    const issuer = issuerSettings(env, name)
    if (!issuer) return []
    const numberClaim = env[`${name}_NUMBER_CLAIM`]
    if (!numberClaim) throw new Error(`${name}_NUMBER_CLAIM names the claim that holds the personal number.`)
    return [{ ...issuer, part, numberClaim, acr: wordsOf(env[`${name}_ACR`]) }]
  })
  const [one, other] = portals
  if (one && other?.issuer.href === one.issuer.href)
    throw new Error('PORTAL_NATIONAL_ISSUER and PORTAL_PROVINCIAL_ISSUER are two issuers: one act proves one part.')
  return portals
}

function issuerSettings(env: Record<string, string | undefined>, name: string): IssuerSettings | undefined {
  const [issuer, clientId, clientSecret] = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET'].map(word => env[`${name}_${word}`])
  if (!issuer && !clientId && !clientSecret) return undefined
  if (!issuer || !clientId || !clientSecret)
    throw new Error(`${name}_ISSUER, ${name}_CLIENT_ID and ${name}_CLIENT_SECRET are set together or not at all.`)
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))))
    throw new Error(`${name}_ISSUER is an https address (https://id.example), not ${JSON.stringify(issuer)}.`)
  return { issuer: url, clientId, clientSecret, scope: env[`${name}_SCOPE`] || SCOPES }
}

const wordsOf = (text = '') => text.split(/\s+/).filter(word => word !== '')

const found = new Map<string, Promise<oidc.Configuration>>()

/** Returns the provider's configuration. Requests it once, and again if the provider did not answer. */
function configurationOf({ issuer, clientId, clientSecret }: IssuerSettings): Promise<oidc.Configuration> {
  const key = `${issuer.href} ${clientId}`
  const known = found.get(key)
  if (known) return known
  const asked = oidc.discovery(issuer, clientId, clientSecret, undefined, {
    timeout: PATIENCE_SECONDS,
    // the ID token's signature is checked too, though it comes from the provider itself
    execute: [oidc.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])],
  })
  found.set(key, asked)
  asked.catch(() => found.delete(key))
  return asked
}

/*
 * A separate cookie keeps what must return from the provider to the same browser: state, nonce and PKCE verifier. It
 * is valid for one return.
 */
const NAME = '__Host-cong'
const AWAY_SECONDS = 10 * 60

const cookie = (value: string, seconds: number) =>
  `${NAME}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`

/** The cookie that ends a sign-in by the provider. */
export const noProviderCookie = cookie('', 0)

/**
 * Returns the provider's address for the sign-in, and the cookie for the return; undefined if the provider cannot be
 * reached.
 */
export async function leaveForProvider(
  settings: IssuerSettings,
  { returnTo, path }: { returnTo: string; path: string },
): Promise<{ url: string; setCookie: string } | undefined> {
  const configuration = await configurationOf(settings).catch(() => undefined)
  if (!configuration) return undefined
  const away = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), path }
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: returnTo,
    scope: settings.scope,
    state: away.state,
    nonce: away.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(away.verifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, setCookie: cookie(Buffer.from(JSON.stringify(away)).toString('base64url'), AWAY_SECONDS) }
}

type Factors = Pick<ProviderSettings, 'factorAcr' | 'factorAmr'>
type Away = { state: string; nonce: string; verifier: string; path: string }

function awayOf(request: Request): Away | undefined {
  const value = /(?:^|;\s*)__Host-cong=([\w-]{1,2000})(?:;|$)/.exec(request.headers.get('Cookie') ?? '')?.[1]
  if (value === undefined) return undefined
  try {
    return JSON.parse(Buffer.from(value, 'base64url').toString()) as Away
  } catch {
    return undefined
  }
}

/** Where a browser that left for a provider was on its way to; undefined: it did not leave, or came back already. */
export const awayPath = (request: Request): string | undefined => awayOf(request)?.path

/**
 * The person who returned: the claims that were asked for, and the provider's own unique name for them. `isProven`:
 * by a second factor; `acr`: the level that it told; `path`: where this browser was on its way to.
 */
type Returned = {
  claim: (name: string) => string | undefined
  subject: string
  isProven: boolean
  acr: string | undefined
  path: string
}

/** Reasons why a return from the provider does not sign in. */
type ProviderFault = 'unreachable' | 'refused' | 'not_ours'

/**
 * Reads a browser's return from the provider: whose it is by the claims named, whether the provider says that a second
 * factor was used (a configured `amr` or `acr` of the ID token), and where the sign-in leads. `not_ours`: this browser
 * did not leave for it, or came back already; `refused`: the person or the provider said no, or the answer does not hold.
 */
export async function returnFromProvider(
  settings: IssuerSettings & Partial<Factors>,
  request: Request,
  { returnTo, claims: asked }: { returnTo: string; claims: readonly string[] },
): Promise<Returned | { fault: ProviderFault }> {
  const away = awayOf(request)
  const { searchParams, search } = new URL(request.url)
  if (!away || searchParams.get('state') !== away.state) return { fault: 'not_ours' }
  try {
    const configuration = await configurationOf(settings)
    const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${returnTo}${search}`), {
      pkceCodeVerifier: away.verifier,
      expectedState: away.state,
      expectedNonce: away.nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) return { fault: 'refused' }
    const isWhole = asked.every(name => claims[name] !== undefined)
    const told = isWhole ? claims : { ...(await profileOf(configuration, tokens.access_token, claims.sub)), ...claims }
    return {
      claim: name => (typeof told[name] === 'string' ? told[name] : undefined),
      subject: `${claims.iss} ${claims.sub}`,
      isProven: isProvenBy(claims, settings),
      acr: typeof claims.acr === 'string' ? claims.acr : undefined,
      path: away.path,
    }
  } catch (error) {
    return { fault: isAnswer(error) ? 'refused' : 'unreachable' }
  }
}

/** Claims that the ID token does not hold, from where the provider keeps the profile. */
async function profileOf(configuration: oidc.Configuration, accessToken: string, sub: string) {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return undefined
  return await oidc.fetchUserInfo(configuration, accessToken, sub)
}

/** Whether a claim is exactly a configured value; one that merely has such a word in it is none. */
function isProvenBy({ amr, acr }: oidc.IDToken, { factorAcr = [], factorAmr = [] }: Partial<Factors>): boolean {
  const methods: readonly unknown[] = Array.isArray(amr) ? amr : []
  return factorAmr.some(method => methods.includes(method)) || (typeof acr === 'string' && factorAcr.includes(acr))
}

/** True where the provider answered, and the answer does not sign anybody in. */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof oidc.ResponseBodyError ||
    error instanceof oidc.AuthorizationResponseError ||
    error instanceof oidc.WWWAuthenticateChallengeError ||
    (error instanceof oidc.ClientError && error.code !== 'OAUTH_TIMEOUT')
  )
}
