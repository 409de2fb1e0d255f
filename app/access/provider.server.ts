import * as oidc from 'openid-client'

/**
 * The province's OpenID Connect provider, and the claim that holds the staff code. `factorAcr`, `factorAmr`: the values
 * of these claims by which the provider says that it asked for a second factor; none: ours is asked for too.
 */
export type ProviderSettings = {
  issuer: URL
  clientId: string
  clientSecret: string
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
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  if (!issuer && !clientId && !clientSecret) return undefined
  if (!issuer || !clientId || !clientSecret)
    throw new Error('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are set together or not at all.')
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))))
    throw new Error(`OIDC_ISSUER is an https address (https://id.example), not ${JSON.stringify(issuer)}.`)
  return {
    issuer: url,
    clientId,
    clientSecret,
    loginClaim: env.OIDC_LOGIN_CLAIM ?? 'preferred_username',
    factorAcr: wordsOf(env.OIDC_FACTOR_ACR),
    factorAmr: wordsOf(env.OIDC_FACTOR_AMR),
  }
}

const wordsOf = (text = '') => text.split(/\s+/).filter(word => word !== '')

const found = new Map<string, Promise<oidc.Configuration>>()

/** Returns the provider's configuration. Requests it once, and again if the provider did not answer. */
function configurationOf({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> {
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
  settings: ProviderSettings,
  { returnTo, path }: { returnTo: string; path: string },
): Promise<{ url: string; setCookie: string } | undefined> {
  const configuration = await configurationOf(settings).catch(() => undefined)
  if (!configuration) return undefined
  const away = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), path }
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: returnTo,
    scope: SCOPES,
    state: away.state,
    nonce: away.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(away.verifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, setCookie: cookie(Buffer.from(JSON.stringify(away)).toString('base64url'), AWAY_SECONDS) }
}

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

/** The person who returned: the staff code from the provider, and the provider's own unique name for them. */
type Returned = { login: string | undefined; subject: string; isProven: boolean; path: string }

/** Reasons why a return from the provider does not sign in. */
type ProviderFault = 'unreachable' | 'refused' | 'not_ours'

/**
 * Reads a browser's return from the provider: whose it is by the claim of the settings, whether the provider says that
 * a second factor was used (a configured `amr` or `acr` of the ID token), and where the sign-in leads. `not_ours`: this browser did
 * not leave for it, or came back already; `refused`: the person or the provider said no, or the answer does not hold.
 */
export async function returnFromProvider(
  settings: ProviderSettings,
  request: Request,
  returnTo: string,
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
    const told =
      claims[settings.loginClaim] ?? (await askForClaim(configuration, tokens.access_token, claims.sub, settings))
    const login = typeof told === 'string' ? told : undefined
    return { login, subject: `${claims.iss} ${claims.sub}`, isProven: isProvenBy(claims, settings), path: away.path }
  } catch (error) {
    return { fault: isAnswer(error) ? 'refused' : 'unreachable' }
  }
}

/** A claim that the ID token does not hold, from where the provider keeps the profile. */
async function askForClaim(
  configuration: oidc.Configuration,
  accessToken: string,
  sub: string,
  { loginClaim }: ProviderSettings,
) {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return undefined
  return (await oidc.fetchUserInfo(configuration, accessToken, sub))[loginClaim]
}

/** Whether a claim is exactly a configured value; one that merely has such a word in it is none. */
function isProvenBy({ amr, acr }: oidc.IDToken, { factorAcr, factorAmr }: ProviderSettings): boolean {
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
