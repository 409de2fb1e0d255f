import type { HelpFilter } from '#app/queries/help-list.server.ts'
import { labels } from '#app/text/vocabulary.ts'
import type { unitHelpList } from './params.ts'

type Asked = ReturnType<typeof unitHelpList.read>
type Figure = NonNullable<Asked['figure']>

/** The figures of the board, and those that it leaves out. */
export const FIGURES: Record<Figure, { label: string; filter: HelpFilter }> = {
  reported: { label: 'Ghi nhận', filter: { isReported: true } },
  counted: { label: 'Được tính', filter: { kind: 'counts' } },
  verified: { label: 'Đã đối chiếu', filter: { reason: 'verified' } },
  pending: { label: labels.verdictKind.pending, filter: { kind: 'pending' } },
  rejected: { label: labels.verdictKind.rejected, filter: { kind: 'rejected' } },
}

/** What an address asks of a unit's records, for the page and for its file. */
export function listedFilter({ officialId, figure, reason }: Omit<Asked, 'before'>): HelpFilter {
  return { ...(figure && FIGURES[figure].filter), ...(reason ? { reason } : {}), officialId }
}
