import { type AppLoadContext, createRequestHandler, type ServerBuild } from '@remix-run/node'
import { accountsToRehearse, touchHotPages } from '#app/queries/rehearsal.server.ts'

/** The exports of `entry.server.tsx` besides Remix's own. */
type Entry = { rehearseVisit?: (context: AppLoadContext, accountId: number) => void }

/** The longest delay of a start (ms), and how often each page is rendered at most. */
const MOST_MS = 3000
const ROUNDS = 40

/**
 * Renders the most requested pages repeatedly for some seconds before the server listens. So statements are compiled,
 * database pages are cached, and code is hot for the first users, who would otherwise wait about a second. Only reads;
 * an error here occurs again when a client asks for the page.
 */
export async function warmUp(build: ServerBuild, contextOf: () => AppLoadContext) {
  const start = performance.now()
  const isOver = () => performance.now() - start > MOST_MS
  const ask = createRequestHandler(build, 'production')
  const { rehearseVisit } = build.entry.module as Entry
  touchHotPages(isOver)
  const accounts = accountsToRehearse()
  for (let round = 0; round < ROUNDS && !isOver(); round++) {
    for (const { accountId, paths } of accounts)
      for (const path of paths) {
        if (isOver()) return
        const context = contextOf()
        if (accountId !== null) rehearseVisit?.(context, accountId)
        try {
          await (await ask(new Request(`http://localhost${path}`), context)).arrayBuffer()
        } catch {
          // the error shows, and is logged, when a client asks for the page
        }
      }
  }
}
