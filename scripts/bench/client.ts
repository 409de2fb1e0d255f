import { Agent, type IncomingHttpHeaders, request } from 'node:http'

/** Where the bench's server has an empty page, and the header that freezes loaders (`server.ts`). */
export const EMPTY = '/do-luong-trong'
export const FROZEN = 'x-bench-frozen'

export type Asked = {
  path: string
  cookie?: string
  /** a form to send, which makes it a POST */
  form?: Record<string, string>
  headers?: Record<string, string>
}
export type Answer = { status: number; ms: number; bytes: number; headers: IncomingHttpHeaders }

/** A caller of one server over connections that stay open. */
export function callerOf(port: number, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  /** Answers with the status and how long it took until the last byte (ms); status 0 where the connection broke. */
  const call = ({ path, cookie, form, headers = {} }: Asked): Promise<Answer> =>
    new Promise(resolve => {
      const start = performance.now()
      const body = form && new URLSearchParams(form).toString()
      const end = (status: number, bytes: number, got: IncomingHttpHeaders) =>
        resolve({ status, ms: performance.now() - start, bytes, headers: got })
      const sent = request(
        {
          agent,
          host: '127.0.0.1',
          port,
          path,
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            ...headers,
            ...(cookie ? { Cookie: cookie } : {}),
            ...(body === undefined
              ? {}
              : {
                  'Content-Type': 'application/x-www-form-urlencoded',
                  'Content-Length': String(Buffer.byteLength(body)),
                  Origin: `http://127.0.0.1:${port}`,
                }),
          },
        },
        response => {
          let bytes = 0
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length
          })
          response.on('end', () => end(response.statusCode ?? 0, bytes, response.headers))
          response.on('error', () => end(0, bytes, {}))
        },
      )
      sent.on('error', () => end(0, 0, {}))
      sent.end(body)
    })
  return { call, close: () => agent.destroy() }
}

/** Returns the value below which `share` (0–1) of the numbers fall. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Calls repeatedly on `connections` in parallel for `ms`; returns the answers, and how many a second. */
export async function closedLoop(port: number, connections: number, ms: number, next: () => Asked) {
  const { call, close } = callerOf(port, connections)
  const answers: Answer[] = []
  const start = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() - start < ms) answers.push(await call(next()))
    }),
  )
  const seconds = (performance.now() - start) / 1000
  close()
  return { answers, perSecond: answers.length / seconds }
}

/**
 * Calls `rate` times a second for `ms`, whether or not the answers keep up: each answer's time counts from when it was
 * due. At most `connections` are open; who finds none waits, and that counts.
 */
export async function openLoop(port: number, rate: number, ms: number, next: () => Asked, connections = 256) {
  const { call, close } = callerOf(port, connections)
  const answers: (Answer & { at: number })[] = []
  const waiting: Promise<void>[] = []
  const start = performance.now()
  for (let sent = 0; ; ) {
    const now = performance.now() - start
    if (now >= ms) break
    while (sent / rate < now / 1000) {
      const due = (sent / rate) * 1000
      sent += 1
      waiting.push(
        call(next()).then(answer => {
          answers.push({ ...answer, ms: performance.now() - start - due, at: due })
        }),
      )
    }
    await new Promise(resolve => setTimeout(resolve, 2))
  }
  await Promise.all(waiting)
  close()
  return answers
}
