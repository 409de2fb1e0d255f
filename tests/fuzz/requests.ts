import { readFileSync } from 'node:fs'
import { type Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http'
import fc from 'fast-check'
import routes from '#app/routes.ts'
import { shapesOf } from './heavy-bodies.ts'
import { hostileFile } from './hostile-files.ts'
import { hostileText } from './hostile-text.ts'

/** A control of a form on one of our pages, with the values that the page itself would send. */
export type Control = { name: string; isFile: boolean; values: string[] }
/** A form found on a page: who was shown it, where it sends. */
export type SeenForm = { login: string; path: string; controls: Control[] }

export type Field = { name: string; text: string } | { name: string; file: Uint8Array; fileName: string; type: string }
type Body =
  | { kind: 'form' | 'multipart' | 'broken'; fields: Field[] }
  | { kind: 'raw'; type: string | null; text: string }
  | { kind: 'none' }

export type Sent = {
  login: string
  route: string
  method: string
  path: string
  headers: Record<string, string>
  body: Body
}
export type Answer = { status: number; headers: Record<string, string>; text: string; ms: number }

/** Every route's pattern, as app/routes.ts has it. */
export const PATTERNS = routes.map(route => ('path' in route ? (route.path ?? '') : ''))

const SOURCES = new Map(routes.map(route => ['path' in route ? (route.path ?? '') : '', `app/${route.file}`]))

/** The names that a route's own source asks for: of its query, or of a form that no page has shown. */
function namesIn(pattern: string): string[] {
  const source = readFileSync(SOURCES.get(pattern) ?? '', 'utf8')
  return [
    ...new Set([...source.matchAll(/\b(?:get|getAll|has)\('([\w-]+)'\)/g)].map(([, name = '']) => name)),
    'den',
    'tu',
    'sau',
    'q',
    'lo',
    'trang',
    'chon',
    'mau',
    '_routes',
    'index',
  ]
}

/** Percent-encoded, lone surrogates and all, as no browser would. */
const encode = (text: string) => [...Buffer.from(text)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')

const SEGMENTS = ['%', '%zz', '%00', '%c0%af', '..%2f..', '.', '..', '%2e%2e', '', '%F0%9F%98%80', '1;2', 'a:b', '01']

/** One segment of an address: an id that is there, one that may be, or something else. */
const segment = (known: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...(known.length > 0 ? known : ['1'])) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom(...SEGMENTS) },
    { weight: 1, arbitrary: hostileText.map(text => encode(text.slice(0, 300))) },
  )

function pathOf(pattern: string, ids: ReadonlyMap<string, readonly string[]>): fc.Arbitrary<string> {
  const names = [...pattern.matchAll(/:(\w+)|\*/g)].map(([, name = '*']) => name)
  return fc.tuple(...names.map(name => segment(ids.get(name) ?? []))).map(values => {
    let n = 0
    return `/${pattern.replaceAll(/:\w+|\*/g, () => values[n++] ?? '')}`
  })
}

const query = (names: readonly string[]) =>
  fc
    .array(
      fc.tuple(
        fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: hostileText }),
        hostileText,
      ),
      { maxLength: 4 },
    )
    .map(pairs => pairs.map(([name, text]) => `${encode(name.slice(0, 100))}=${encode(text.slice(0, 600))}`).join('&'))

const headerText = hostileText.map(text => text.replace(/[^\x20-\x7e]/g, '').slice(0, 500))
const HEADERS = [
  'Accept',
  'Accept-Language',
  'Authorization',
  'If-None-Match',
  'If-Modified-Since',
  'Range',
  'User-Agent',
  'X-Forwarded-For',
  'X-Request-Id',
  'Content-Encoding',
  'Cookie',
  'Host',
]
const someHeaders = fc.array(fc.tuple(fc.constantFrom(...HEADERS), headerText), { maxLength: 2 })

/** Makes what a control sends: mostly what the page would send, else something that it does not expect. */
function fieldsOf(control: Control): fc.Arbitrary<Field[]> {
  const { name, isFile, values } = control
  const text = hostileText.map(value => [{ name, text: value }] as Field[])
  const file = hostileFile.map(({ bytes, name: fileName, type }) => [{ name, file: bytes, fileName, type }] as Field[])
  const kept = isFile ? file : fc.constantFrom(...(values.length > 0 ? values : ['1'])).map(v => [{ name, text: v }])
  return fc.oneof(
    { weight: 8, arbitrary: kept },
    { weight: 2, arbitrary: text },
    { weight: 1, arbitrary: fc.constant<Field[]>([]) },
    { weight: 1, arbitrary: fc.tuple(kept, text).map(both => both.flat()) },
    ...(isFile ? [] : [{ weight: 1, arbitrary: file }]),
    { weight: 1, arbitrary: text.map(([field]) => [{ ...field, name: `${name}[0].__proto__` } as Field]) },
  )
}

const RAW_TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-16',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/xml',
  'nonsense',
  null,
]
const rawBody: fc.Arbitrary<Body> = fc.record({
  kind: fc.constant('raw' as const),
  type: fc.constantFrom(...RAW_TYPES),
  text: fc.oneof(
    hostileText,
    fc.json({ maxDepth: 3 }),
    fc.constant('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'),
    fc.constant(
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a\0b"\r\nContent-Type: \r\n\r\n\r\n--x--',
    ),
  ),
})

function bodyOf(controls: readonly Control[]): fc.Arbitrary<Body> {
  const kind = fc.constantFrom(
    'form' as const,
    'form' as const,
    'multipart' as const,
    'multipart' as const,
    'broken' as const,
  )
  const fields = fc.tuple(...controls.slice(0, 60).map(fieldsOf)).map(found => found.flat())
  const names = controls.flatMap(({ name, isFile }) => (isFile || name === '' ? [] : [name]))
  // paths in names, depth, repetition, huge names and values
  const heavy = fc.tuple(fc.constantFrom(...(names.length > 0 ? names : ['a'])), fc.nat()).map(([name, n]): Body => {
    const shapes = shapesOf(name)
    const { type, text } = shapes[n % shapes.length] ?? { type: null, text: () => '' }
    return { kind: 'raw', type, text: text() }
  })
  return fc.oneof(
    { weight: 1, arbitrary: heavy },
    { weight: 8, arbitrary: fc.record({ kind, fields }) },
    { weight: 1, arbitrary: rawBody },
    { weight: 1, arbitrary: fc.constant<Body>({ kind: 'none' }) },
  )
}

export type World = {
  ids: ReadonlyMap<string, readonly string[]>
  logins: readonly string[]
  forms: ReadonlyMap<string, readonly SeenForm[]>
}

/** A request to one of `patterns`: an address with its query, or a write with the fields that its page has. */
export function someRequest(patterns: readonly string[], world: World): fc.Arbitrary<Sent> {
  return fc.constantFrom(...patterns).chain(pattern => {
    const names = namesIn(pattern)
    const forms = world.forms.get(pattern) ?? []
    const reading = fc.record({
      login: fc.constantFrom('nobody', ...world.logins),
      method: fc.constantFrom('GET', 'GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'),
      path: pathOf(pattern, world.ids),
      body: fc.constant<Body>({ kind: 'none' }),
    })
    const guessed = fc.record({
      login: fc.constantFrom('nobody', ...world.logins),
      method: fc.constant('POST'),
      path: pathOf(pattern, world.ids),
      body: bodyOf(names.slice(0, 12).map(name => ({ name, isFile: name === 'file', values: ['1', 'on'] }))),
    })
    const seen = forms.map(form =>
      fc.record({
        login: fc.oneof(
          { weight: 6, arbitrary: fc.constant(form.login) },
          { weight: 1, arbitrary: fc.constantFrom('nobody', ...world.logins) },
        ),
        method: fc.constant('POST'),
        path: fc.oneof(
          { weight: 6, arbitrary: fc.constant(form.path.split('?')[0] ?? '') },
          { weight: 1, arbitrary: pathOf(pattern, world.ids) },
        ),
        body: bodyOf(form.controls),
      }),
    )
    const base = fc.oneof(
      { weight: 3, arbitrary: reading },
      { weight: 1, arbitrary: guessed },
      ...(seen.length > 0 ? [{ weight: 4, arbitrary: fc.oneof(...seen) }] : []),
    )
    return fc
      .tuple(base, query(names), someHeaders, fc.constantFrom('', '', '', '.data'))
      .map(([sent, search, headers, ending]) => ({
        ...sent,
        route: pattern,
        path: `${sent.path}${sent.path === '/' && ending ? '_root' : ''}${ending}${search ? `?${search}` : ''}`,
        headers: Object.fromEntries(headers),
      }))
  })
}

/* ---------- sending ---------- */

function encodeBody(body: Body): { type: string | null; bytes: Buffer } | undefined {
  if (body.kind === 'none') return undefined
  if (body.kind === 'raw') return { type: body.type, bytes: Buffer.from(body.text) }
  if (body.kind === 'form') {
    const pairs = body.fields.map(field => `${encode(field.name)}=${encode('text' in field ? field.text : 'file')}`)
    return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(pairs.join('&')) }
  }
  const parts = body.fields.flatMap(field => {
    const file = 'file' in field ? `; filename="${field.fileName}"\r\nContent-Type: ${field.type}` : ''
    const name = field.name.replace(/["\r\n]/g, '')
    return [
      Buffer.from(`--grenze\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`),
      Buffer.from('file' in field ? field.file : field.text),
      Buffer.from('\r\n'),
    ]
  })
  const whole = Buffer.concat([...parts, Buffer.from('--grenze--\r\n')])
  const bytes = body.kind === 'broken' ? whole.subarray(0, Math.ceil(whole.length * 0.7)) : whole
  return { type: 'multipart/form-data; boundary=grenze', bytes }
}

const HANG_MS = 10_000
/** An answer takes no longer, beside those to the other lanes; what takes longer is a job that a page waits for. */
const SLOW_MS = 3_000

/** Sends a request to the server; rejects where the connection breaks or no answer comes within 10 s. */
export function send(
  sent: Sent,
  { port, agent, cookie }: { port: number; agent: Agent; cookie: string | undefined },
): Promise<Answer> {
  const { method, path, headers, body } = sent
  const written = encodeBody(body)
  const all: OutgoingHttpHeaders = {
    Origin: `http://127.0.0.1:${port}`,
    ...(cookie ? { Cookie: cookie } : {}),
    ...headers,
    ...(written?.type ? { 'Content-Type': written.type } : {}),
    ...(written ? { 'Content-Length': written.bytes.length } : {}),
  }
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: '127.0.0.1', port, agent, method, path, headers: all }, response => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string>,
          text: Buffer.concat(pieces).toString('utf8'),
          ms: performance.now() - start,
        }),
      )
    })
    asked.setTimeout(HANG_MS, () => asked.destroy(new Error('no answer within 10 s')))
    asked.on('error', (error: NodeJS.ErrnoException) => {
      // the server had just let go of an idle connection: any client asks again
      if (asked.reusedSocket && error.code === 'ECONNRESET') resolve(send(sent, { port, agent, cookie }))
      else reject(error)
    })
    asked.end(written?.bytes)
  })
}

const INSIDE =
  /\n\s+at [^\n]{0,200}(?:node:|file:|build\/|\.[jt]sx?:\d)|Sqlite|SQLITE_|constraint failed|no such (?:table|column)|syntax error|ZodError|(?:Type|Range|Syntax|Reference)Error|\bselect [^<]{1,200} from /

/** Returns what is wrong with an answer; undefined if nothing is. */
export function faultOf({ method }: Sent, { status, headers, text, ms }: Answer): string | undefined {
  if (status >= 500 && !(status === 503 && headers['retry-after'] !== undefined)) return `status ${status}`
  if (ms > SLOW_MS) return `slow: ${Math.round(ms / 1000)} s`
  const inside = INSIDE.exec(text)
  if (inside) return `the answer tells ${JSON.stringify(inside[0].slice(0, 80))}`
  // what a page's own script, or the phone's, asks for, it reads itself
  const isForScript = /^(?:text\/x-script|application\/json)/.test(headers['content-type'] ?? '')
  if (status >= 400 && method !== 'HEAD' && !isForScript && !isReadable(text)) return `${status} without a sentence`
  return undefined
}

/** A person can read it: a heading and words in Vietnamese, or a problem with its title. */
function isReadable(text: string): boolean {
  return /[\u00C0-\u1EF9].*\s.*\s/su.test(text)
}
