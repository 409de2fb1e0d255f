import type { Actor } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { type HelpFate, type HelpRowProblem, tailOf } from '#app/domain/help-import.ts'
import { appliedHelp, findHelpBatch, helperNames } from './help-batch.server.ts'

const PAGE = 100

/** A row of a batch and its planned effect; shows only the last digits of the citizen's number. */
export type HelpPreviewRow = {
  row: number
  fate: HelpFate
  citizenName: string
  numberTail: string | null
  /** the matched official's name; if there is no match, the text of the cell */
  officialName: string
  /** null: not readable; `writtenDay` is the text of the cell */
  helpedOn: Day | null
  writtenDay: string
  problems: HelpRowProblem[]
}

/**
 * Returns one page of a planned batch of records: the counts of each fate, and the rows of one from the `from`-th on.
 * `view` selects the fate; null: rows to be corrected first. `planned` null: being read, refused, applied, or no
 * longer kept. Undefined if not visible.
 */
export function previewHelp(actor: Actor, batchId: number, { view, from }: { view: HelpFate | null; from: number }) {
  const found = findHelpBatch(actor, batchId)
  if (!found) return undefined
  const { content, ...batch } = found
  if (content?.stage !== 'planned') {
    const refusal = content?.stage === 'refused' ? content.reason : null
    return { batch, refusal, applied: appliedHelp(batch), isKept: content !== null, planned: null }
  }
  const { plan, planKey } = content
  const created = new Map(plan.creates.map(create => [create.row, create]))
  const recorded = new Set(plan.recorded)
  const names = helperNames(plan)
  const rows = content.rows.map(({ row, cells }): HelpPreviewRow => {
    const create = created.get(row)
    return {
      row,
      fate: create ? 'create' : recorded.has(row) ? 'recorded' : 'problem',
      citizenName: cells.citizenName ?? '',
      numberTail: tailOf(cells),
      officialName: (create && names.get(create.officialId)) || cells.officialName || cells.staffCode || '',
      helpedOn: create?.input.helpedOn ?? null,
      writtenDay: cells.helpedOn ?? '',
      problems: plan.problems.filter(problem => problem.row === row).map(({ column, reason }) => ({ column, reason })),
    }
  })
  const counts: Record<HelpFate, number> = { problem: 0, create: 0, recorded: 0 }
  for (const { fate } of rows) counts[fate] += 1
  const shown = view ?? (counts.problem > 0 ? 'problem' : counts.create > 0 ? 'create' : 'recorded')
  const chosen = rows.filter(({ fate }) => fate === shown)
  return {
    batch,
    refusal: null,
    applied: null,
    isKept: true,
    planned: {
      planKey,
      counts,
      view: shown,
      rows: chosen.slice(from, from + PAGE),
      total: chosen.length,
      next: from + PAGE < chosen.length ? from + PAGE : null,
      previous: from === 0 ? null : Math.max(0, from - PAGE),
    },
  }
}
