import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, type RequestListener, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import { startSession } from '#app/access/session.server.ts'
import { accountsToRehearse, formsToRehearse, touchHotPages } from '#app/queries/rehearsal.server.ts'
import { rehearsingWrite } from '#db/client.server.ts'

/** The exports of `entry.server.tsx` besides Remix's own. */
type Entry = { rehearseVisit?: (context: AppLoadContext, accountId: number) => void }

/** Times a whole start may take as long as its share of work. */
const MOST_TIMES = 2
/** Pages that are rendered at most, and how many of them to one form sent. */
const MOST_PAGES = 3000
const PAGES_TO_A_FORM = 3

/** A local address that nobody else knows: a file in a folder of its own, on Windows a named pipe. */
function privateAddress(): { address: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), '4phu-'))
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\4phu-${process.pid}` : join(folder, 'rehearsal')
  return { address, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/**
 * Renders the most requested pages and sends the most frequent forms repeatedly before the server listens. So
 * statements are compiled, database pages are cached, and code is hot for the first users, who would otherwise wait
 * about a second. Each form is written in a transaction that is rolled back. `handlerOf` makes what answers; it hands
 * the context of each request to the function that it gets. It ends after `workMs` (ms) of the main thread's work, or
 * twice as long by the clock. An error here occurs again when a client asks for the page.
 */
export async function warmUp(
  build: ServerBuild,
  workMs: number,
  handlerOf: (prepare: (context: AppLoadContext) => void) => RequestListener,
) {
  const start = performance.now()
  const before = performance.eventLoopUtilization()
  const isOver = () =>
    performance.eventLoopUtilization(before).active > workMs || performance.now() - start > workMs * MOST_TIMES
  const { rehearseVisit } = build.entry.module as Entry
  let visitor: number | null = null
  const server = createServer(
    handlerOf(context => {
      if (visitor !== null) rehearseVisit?.(context, visitor)
    }),
  )
  const { address, remove } = privateAddress()
  await new Promise<void>(resolve => server.listen(address, resolve))
  const agent = new Agent({ keepAlive: true })
  const ask = (path: string, headers: Record<string, string> = {}, body?: string) =>
    new Promise<void>(resolve => {
      const sent = request(
        {
          agent,
          socketPath: address,
          path,
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            'Accept-Encoding': 'gzip',
            ...headers,
            ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
          },
        },
        answer => answer.on('end', resolve).on('error', resolve).resume(),
      )
      sent.on('error', () => resolve())
      sent.end(body)
    })

  touchHotPages(isOver)
  const pages = accountsToRehearse().flatMap(({ accountId, paths }) => paths.map(path => ({ accountId, path })))
  const forms = formsToRehearse()
  for (let n = 0; n < MOST_PAGES && pages.length > 0 && !isOver(); n++) {
    const page = pages[n % pages.length]
    visitor = page?.accountId ?? null
    if (page) await ask(page.path)
    visitor = null
    const form = n % PAGES_TO_A_FORM === 0 ? forms[(n / PAGES_TO_A_FORM) % forms.length] : undefined
    if (form)
      await rehearsingWrite(async () => {
        const { accountId, campaignId } = form
        const cookie = await startSession(accountId, { campaignId, userAgent: '', isProven: true })
        await ask(form.path, { Cookie: cookie.split(';')[0] ?? '' }, new URLSearchParams(form.form).toString())
      })
  }
  agent.destroy()
  await new Promise(resolve => server.close(resolve))
  remove()
}
