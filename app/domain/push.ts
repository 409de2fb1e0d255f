/**
 * Reminders that reach a phone while the app is closed (domain 8). The browser maker's service carries an empty message:
 * no name, no figure, not who reminds whom of what. The phone shows a fixed sentence.
 */

/** Hosts of the services of the browsers' makers, as an administrator is offered them; `*.`: any name below. */
export const PUSH_HOSTS = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  '*.notify.windows.com',
  '*.push.apple.com',
] as const

const HOST = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/

/** Reads hosts, one a line; undefined if a line is none, or there is none at all. */
export function readHosts(text: string): string[] | undefined {
  const hosts = [
    ...new Set(
      text
        .split(/\s+/)
        .map(host => host.toLowerCase())
        .filter(Boolean),
    ),
  ]
  return hosts.length > 0 && hosts.every(host => HOST.test(host)) ? hosts : undefined
}

/** Letters of an address at a push service, at most. */
export const ENDPOINT_LETTERS = 1000

/**
 * Returns true for an address at one of these services: https at its usual port, without a user. Whatever a browser
 * sends becomes an address that this machine calls, so nothing else is stored or called.
 */
export function isEndpoint(endpoint: string, hosts: readonly string[]): boolean {
  if (endpoint.length > ENDPOINT_LETTERS || !URL.canParse(endpoint)) return false
  const { protocol, hostname, port, username, password } = new URL(endpoint)
  return protocol === 'https:' && port === '' && username === '' && password === '' && isOneOf(hostname, hosts)
}

const isOneOf = (hostname: string, hosts: readonly string[]) =>
  hosts.some(host => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host))

/** What became of a message: taken by the service; the browser is gone for good; neither, to be tried again. */
export type PushOutcome = 'sent' | 'gone' | 'failed'

/** Reads a service's answer (RFC 8030): 404 and 410 mean that the address never works again. */
export function outcomeOf(status: number): PushOutcome {
  if (status === 404 || status === 410) return 'gone'
  return status >= 200 && status < 300 ? 'sent' : 'failed'
}

/** A message that the service did not take is tried so often in all. */
const MOST_TRIES = 4
const FIRST_WAIT_MS = 60_000

/** After `tries` sendings that failed: how long to wait (ms); null: the reminder is given up, mail and pages have it. */
export function waitAfter(tries: number): number | null {
  return tries >= MOST_TRIES ? null : FIRST_WAIT_MS * 4 ** (tries - 1)
}

/** Browsers that one account may have at once. */
export const MOST_BROWSERS = 10
