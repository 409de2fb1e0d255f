import * as oidc from 'openid-client'
import { isIssuerAddress } from '#app/domain/portal-issuer.ts'

/** An OpenID Connect issuer, as what it knows us by, and what we ask it for. */
type IssuerSettings = { issuer: URL; clientId: string; clientSecret: string; scope: string }

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

/**
 * The provider out of OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_LOGIN_CLAIM (default
 * `preferred_username`), with OIDC_SCOPE (default `openid profile`) and the values of OIDC_FACTOR_ACR and OIDC_FACTOR_AMR (apart by blanks). Undefined where none
 * is set. Throws where it is half set up, or not reached over TLS.
 */
export function providerSettings(env: Record<string, string | undefined>): ProviderSettings | undefined {
  const issuer = issuerSettings(env)
  if (!issuer) return undefined
  return {
    ...issuer,
    loginClaim: env.OIDC_LOGIN_CLAIM ?? 'preferred_username',
    factorAcr: wordsOf(env.OIDC_FACTOR_ACR),
    factorAmr: wordsOf(env.OIDC_FACTOR_AMR),
  }
}

function issuerSettings(env: Record<string, string | undefined>): IssuerSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  if (!issuer && !clientId && !clientSecret) return undefined
  if (!issuer || !clientId || !clientSecret)
    throw new Error('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are set together or not at all.')
  if (!isIssuerAddress(issuer))
    throw new Error(`OIDC_ISSUER is an https address (https://id.example), not ${JSON.stringify(issuer)}.`)
  return { issuer: new URL(issuer), clientId, clientSecret, scope: env.OIDC_SCOPE || SCOPES }
}

const wordsOf = (text = '') => text.split(/\s+/).filter(word => word !== '')

const found = new Map<string, Promise<oidc.Configuration>>()

/** Returns the provider's configuration. Requests it once, and again if the provider did not answer. */
function configurationOf({ issuer, clientId, clientSecret }: IssuerSettings): Promise<oidc.Configuration> {
  const key = JSON.stringify([issuer.href, clientId, clientSecret])
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
 * by a second factor; `path`: where this browser was on its way to.
 */
type Returned = {
  claim: (name: string) => string | undefined
  subject: string
  isProven: boolean
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
      claim: name => wordOf(told[name]),
      subject: `${claims.iss} ${claims.sub}`,
      isProven: isProvenBy(claims, settings),
      path: away.path,
    }
  } catch (error) {
    return { fault: isAnswer(error) ? 'refused' : 'unreachable' }
  }
}

/** A claim's value as a word; a number is written out, anything else is none. */
const wordOf = (value: unknown) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

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
