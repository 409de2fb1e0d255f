import { useMatches } from '@remix-run/react'

/** What a page says of itself to the frame around it. */
type PageHandle = { needsNoScript?: boolean }

/**
 * The `handle` of a page that works the same with and without scripts: it only shows and links, and sends nothing but
 * searches. Where it is opened whole, no script and no second copy of its data is sent.
 */
export const NO_SCRIPT: PageHandle = { needsNoScript: true }

/** True of the handles of routes of which one needs no script. */
export const needsNoScript = (handles: readonly unknown[]): boolean =>
  handles.some(handle => (handle as PageHandle | undefined)?.needsNoScript === true)

/** True where the page needs scripts. One that a running script led to keeps what runs. */
export function useNeedsScript(): boolean {
  const matches = useMatches()
  return typeof document !== 'undefined' || !needsNoScript(matches.map(({ handle }) => handle))
}
