import { sendAll } from './outbox.ts'
import { currentAccount } from './store.ts'

/*
 * The worker keeps the shell and nothing else: the signed-out page /ngoai-tuyen and the assets that it needs, those
 * loaded later included. Every cache is one build's whole set under its own name, filled completely before it takes
 * over, so that no page mixes two.
 */

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetched extends Extendable {
  request: Request
  respondWith(response: Promise<Response>): void
}
interface Told extends Extendable {
  data: unknown
}
interface Synced extends Extendable {
  tag: string
}
interface Clicked extends Extendable {
  notification: Notification
}
declare const self: {
  addEventListener(kind: 'install' | 'activate', listen: (event: Extendable) => void): void
  addEventListener(kind: 'fetch', listen: (event: Fetched) => void): void
  addEventListener(kind: 'message', listen: (event: Told) => void): void
  addEventListener(kind: 'sync', listen: (event: Synced) => void): void
  addEventListener(kind: 'push', listen: (event: Extendable) => void): void
  addEventListener(kind: 'notificationclick', listen: (event: Clicked) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void>; openWindow(path: string): Promise<unknown> }
  registration: ServiceWorkerRegistration
}

const SHELL = '/ngoai-tuyen'
const PREFIX = 'vo-'

/** Where a page that cannot be reached has its place in the shell. */
const PLACES: readonly [RegExp, string][] = [
  [/^\/ho-tro\/moi$/, '#them'],
  [/^\/ho-tro(\/|$)/, '#ho-tro'],
  [/^\/phan-cong(\/|$)/, '#phan-cong'],
  [/^\/kiem-tra(\/|$)/, '#phieu'],
]

/** Pages for citizens and files have no place in it. */
const isOfShell = (path: string) => !/^\/x(\/|$)|\.\w+$/.test(path)

const digest = async (text: string) => {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(bytes).slice(0, 8), byte => byte.toString(16).padStart(2, '0')).join('')
}

/** The assets that a page or stylesheet names in full, and a script also beside itself. */
const assetsIn = (text: string) =>
  Array.from(
    text.matchAll(/(?:\/?assets\/|["'`]\.\/)([\w.-]+\.(?:js|css|wasm|woff2?))\b/g),
    ([, name]) => `/assets/${name}`,
  )

/** Lists every page of the app: what it names is not all of the shell. */
const isList = (path: string) => path.startsWith('/assets/manifest-')

/** Fetches the shell without a session. If its build is not kept yet, keeps all its files and deletes older builds. */
async function renew() {
  const page = await fetch(SHELL, { credentials: 'omit', cache: 'no-store' })
  if (!page.ok || page.redirected) return
  const named = [...new Set(assetsIn(await page.clone().text()))].sort()
  const name = PREFIX + (await digest(named.join('\n')))
  if (await caches.has(name)) return
  const fetched = new Map<string, Response>([[SHELL, page]])
  const waiting = [...named]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (fetched.has(path)) continue
    const response = await fetch(path, { credentials: 'omit' })
    if (response.ok) fetched.set(path, response)
    // a script may hold words that only look like a name
    else if (named.includes(path)) throw new Error(`${path}: ${response.status}`)
    // fonts, and what scripts load later
    if (response.ok && /\.(js|css)$/.test(path) && !isList(path))
      waiting.push(...assetsIn(await response.clone().text()))
  }
  const cache = await caches.open(name)
  try {
    for (const [path, response] of fetched) await cache.put(path, response)
  } catch (error) {
    await caches.delete(name)
    throw error
  }
  for (const other of await caches.keys()) if (other !== name && other.startsWith(PREFIX)) await caches.delete(other)
}

/** A proxy answers so where the app behind it does not run. */
const isFromProxy = ({ status }: Response) => status === 502 || status === 504

async function fromNetworkOrShell(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const answer = await fetch(request).catch(() => undefined)
  if (answer && !isFromProxy(answer)) return answer
  const kept = await caches.match(SHELL)
  if (!kept) return answer ?? Response.error()
  if (pathname === SHELL) return kept
  // a redirect, because the page that is kept answers to its own address only
  return Response.redirect(SHELL + (PLACES.find(([pattern]) => pattern.test(pathname))?.[1] ?? ''), 302)
}

self.addEventListener('install', event => {
  event.waitUntil(renew().then(() => self.skipWaiting()))
})

self.addEventListener('activate', event => {
  event.waitUntil(self.clients.claim())
})

self.addEventListener('message', event => {
  if (event.data === 'renew') event.waitUntil(renew().catch(() => undefined))
})

self.addEventListener('fetch', event => {
  const { request } = event
  if (request.method !== 'GET') return
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.mode === 'navigate') {
    if (isOfShell(pathname)) event.respondWith(fromNetworkOrShell(request))
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(pathname).then(kept => kept ?? fetch(request)))
  }
})

/** The network is back: what waits is sent where its key is at hand, which behind a PIN it is not. */
self.addEventListener('sync', event => {
  if (event.tag !== 'gui') return
  event.waitUntil(
    currentAccount().then(async row => {
      if (!row?.key) return
      const { stoppedBy } = await sendAll({ accountId: row.accountId, key: row.key })
      // the browser tries again later
      if (stoppedBy === 'no_network') throw new Error('no network')
    }),
  )
})

/** A reminder came: the message is empty, so that the browser maker's service learns nothing; the sentence is fixed. */
self.addEventListener('push', event => {
  event.waitUntil(
    self.registration.showNotification('4 phủ', {
      body: 'Anh/chị có lời nhắc việc. Mở ứng dụng để xem.',
      icon: '/bieu-tuong-192.png',
      lang: 'vi',
      tag: 'nhac-viec',
    }),
  )
})

self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow('/nhac-viec'))
})
