import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { PATIENCE } from '#app/server/listening.ts'

const PROXY = readFileSync('scripts/deploy/nginx.conf', 'utf8')

test('an idle connection lasts longer than the proxy keeps it, so no request meets one that just ended', () => {
  const [, upstream = ''] = PROXY.match(/upstream phu4_server \{([^}]*)\}/) ?? []
  const [, seconds] = upstream.match(/^ {2}keepalive_timeout (\d+)s;$/m) ?? []
  expect(Number(seconds) * 1000).toBeGreaterThan(0)
  expect(PATIENCE.keepAliveTimeout).toBeGreaterThan(Number(seconds) * 1000)
})

test('the server tells its clients how long it keeps a connection', async () => {
  const server = createServer(PATIENCE, (_request, response) => response.end('ok'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { headers } = await fetch(`http://127.0.0.1:${port}/`)
  server.close()
  server.closeAllConnections()
  expect(headers.get('keep-alive')).toBe('timeout=75')
})
