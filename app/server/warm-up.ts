import { type AppLoadContext, createRequestHandler, type ServerBuild } from '@remix-run/node'
import { startSession } from '#app/access/session.server.ts'
import { accountsToRehearse, formsToRehearse, type Rehearsed, touchHotPages } from '#app/queries/rehearsal.server.ts'
import { rehearsingWrite } from '#db/client.server.ts'

/** The exports of `entry.server.tsx` besides Remix's own. */
type Entry = { rehearseVisit?: (context: AppLoadContext, accountId: number) => void }

/** How much work (ms of this process's time) and how long (ms) a start is delayed by at most. */
const MOST_CPU_MS = 3000
const MOST_MS = 6000
/** How often each page is rendered, and each form sent, at most. */
const ROUNDS = 60
/** Forms sent for each page rendered: a record is the dearest of what most ask for. */
const FORMS = 4

/**
 * Renders the most requested pages and sends the most frequent forms repeatedly before the server listens. So
 * statements are compiled, database pages are cached, and code is hot for the first users, who would otherwise wait
 * about a second. Each form is written in a transaction that is rolled back. An error here occurs again when a client
 * asks for the page.
 */
export async function warmUp(build: ServerBuild, contextOf: () => AppLoadContext) {
  const start = performance.now()
  const before = process.cpuUsage()
  const isOver = () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000 > MOST_CPU_MS || performance.now() - start > MOST_MS
  }
  const ask = createRequestHandler(build, 'production')
  const { rehearseVisit } = build.entry.module as Entry
  const answered = async (request: Request, context: AppLoadContext) => {
    try {
      await (await ask(request, context)).arrayBuffer()
    } catch {
      // the error shows, and is logged, when a client asks for the page
    }
  }
  const read = async (path: string, accountId: number | null) => {
    const context = contextOf()
    if (accountId !== null) rehearseVisit?.(context, accountId)
    await answered(new Request(`http://localhost${path}`), context)
  }
  const send = ({ accountId, campaignId, path, form }: Rehearsed) =>
    rehearsingWrite(async () => {
      const cookie = await startSession(accountId, { campaignId, userAgent: '', isProven: true })
      const headers = { cookie: cookie.split(';')[0] ?? '' }
      await answered(
        new Request(`http://localhost${path}`, { method: 'POST', headers, body: new URLSearchParams(form) }),
        contextOf(),
      )
    })

  touchHotPages(isOver)
  const pages = accountsToRehearse().flatMap(({ accountId, paths }) => paths.map(path => ({ accountId, path })))
  for (let round = 0; round < ROUNDS; round++) {
    const forms = formsToRehearse()
    for (const { accountId, path } of pages) {
      if (isOver()) return
      await read(path, accountId)
    }
    for (let n = 0; n < FORMS; n++)
      for (const form of forms) {
        if (isOver()) return
        await send(form)
      }
  }
}
