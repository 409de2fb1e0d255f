import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A line between a browser and the server: TLS with a certificate of its own, and it can be cut. */
export type Line = { cut: () => void; mend: () => void; close: () => Promise<void> }

/** Opens a line at `port` to the server at `target`; while it is cut, every connection ends at once. */
export async function openLine(port: number, target: number): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'line-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'].concat([
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-keyout',
      key,
      '-out',
      cert,
    ]),
    { stdio: 'ignore' },
  )
  let isCut = false
  const open = new Set<Socket>()
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (asked, answer) => {
    const { method, url, headers } = asked
    const passed = request(
      { host: '127.0.0.1', port: target, method, path: url, headers: { ...headers, 'x-forwarded-proto': 'https' } },
      got => {
        answer.writeHead(got.statusCode ?? 502, got.headers)
        got.pipe(answer)
      },
    )
    passed.on('error', () => answer.destroy())
    asked.pipe(passed)
  })
  server.on('connection', (socket: Socket) => {
    if (isCut) socket.destroy()
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  const drop = () => {
    for (const socket of open) socket.destroy()
  }
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return {
    cut: () => {
      isCut = true
      drop()
    },
    mend: () => {
      isCut = false
    },
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      drop()
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
