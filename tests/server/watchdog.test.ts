import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, vi } from 'vitest'
import { watchOver } from '#app/server/watchdog.ts'

it('tells systemd when a page is answered, and again as long as one is', async () => {
  let status = 503
  const server = createServer((_request, response) => response.writeHead(status).end())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const told: string[] = []
  const env = { NODE_ENV: 'test', NOTIFY_SOCKET: '/run/x', WATCHDOG_USEC: '200000' } as const
  const stop = watchOver({ host: '0.0.0.0', port }, env, state => told.push(state))
  await new Promise(resolve => setTimeout(resolve, 200))
  expect(told).toEqual([])
  status = 200
  await vi.waitFor(() => expect(told.slice(0, 3)).toEqual(['READY=1', 'WATCHDOG=1', 'WATCHDOG=1']), 5000)
  status = 503
  await new Promise(resolve => setTimeout(resolve, 200))
  const count = told.length
  await new Promise(resolve => setTimeout(resolve, 300))
  expect(told.length).toBe(count)
  stop()
  expect(told.at(-1)).toBe('STOPPING=1')
  server.close()
})

it('says nothing elsewhere', () => {
  const tell = vi.fn()
  watchOver({ host: '127.0.0.1', port: 1 }, { NODE_ENV: 'test' }, tell)()
  expect(tell).not.toHaveBeenCalled()
})
