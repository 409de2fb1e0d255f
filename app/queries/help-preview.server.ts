import type { Actor } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { OwnRecord } from '#app/domain/early-check.ts'
import type { Foresight } from '#app/domain/foresight.ts'
import { grouped } from '#app/domain/grouping.ts'
import {
  HELP_FATES,
  type HelpFate,
  type HelpPlan,
  type HelpPreviewRow,
  type HelpRow,
  shownCells,
  tailOf,
} from '#app/domain/help-import.ts'
import { readIdCell } from '#app/domain/id-number.ts'
import { groupProblems, groupWord } from '#app/domain/mending.ts'
import { previewPage } from '#app/domain/preview-page.ts'
import { prepared } from '#db/client.server.ts'
import { campaignToday } from './clock.server.ts'
import { lacksOf } from './early-check.server.ts'
import { appliedHelp, findHelpBatch, helperNames } from './help-batch.server.ts'
import { columnsOf } from './import-batch.server.ts'
import { localityName } from './locality.server.ts'

/**
 * Returns one page of a planned batch of records: the counts of each fate and verdict, the problems that rows share, and
 * the rows of one fate from the `from`-th on. `view` selects the fate; null: rows to be mended first. `group` leaves the
 * rows with one problem (`groupWord`). `columns`: how the file was understood, while it is kept. `applied`: what was
 * recorded of the batch before. `planned` null: being read, refused, applied, or no longer kept. Undefined if not
 * visible.
 */
export function previewHelp(
  actor: Actor,
  batchId: number,
  { view, group = '', from }: { view: HelpFate | null; group?: string; from: number },
) {
  const found = findHelpBatch(actor, batchId)
  if (!found) return undefined
  const { content, ...batch } = found
  const applied = appliedHelp(batch)
  if (content?.stage !== 'planned') {
    const refusal = content?.stage === 'refused' ? content.reason : null
    return { batch, columns: columnsOf(found), refusal, applied, isKept: content !== null, planned: null }
  }
  const { campaignId, plan, planKey, foreseen = [], others = { asked: 0, recorded: [] } } = content
  const problems = grouped(plan.problems, ({ row }) => row)
  const fated = content.rows.map(({ row }) => ({ row, fate: 'recorded' as HelpFate }))
  const own = new Map(plan.recorded.map(({ row, helpId }) => [row, helpId]))
  const creates = new Map(plan.creates.map((create, n) => [create.row, { create, foresight: foreseen[n] ?? null }]))
  for (const one of fated) one.fate = problems.has(one.row) ? 'problem' : creates.has(one.row) ? 'create' : 'recorded'
  const counts: Record<HelpFate, number> = { problem: 0, create: 0, recorded: 0 }
  for (const { fate } of fated) counts[fate] += 1
  const shown = view ?? HELP_FATES.find(fate => counts[fate] > 0) ?? 'recorded'
  const isInGroup = (row: number) => group === '' || problems.get(row)?.some(one => groupWord(one) === group)
  const chosen = fated.filter(({ row, fate }) => fate === shown && (shown !== 'problem' || isInGroup(row)))
  const { rows: shownRows, ...page } = previewPage(chosen, { from, isMended: shown === 'problem' })
  const fates = new Map(shownRows.map(({ row, fate }) => [row, fate]))
  const names = helperNames(plan)
  const twins = twinsIn(plan)
  const today = campaignToday()
  const communeOf = (code: string) => localityName(code, today)
  return {
    batch,
    columns: columnsOf(found),
    refusal: null,
    applied,
    isKept: true,
    planned: {
      planKey,
      counts,
      verdicts: countVerdicts(foreseen),
      asked: others.asked,
      groups: groupProblems(plan.problems, ({ row }) => row),
      group: shown === 'problem' ? group : '',
      view: shown,
      rows: content.rows.flatMap(({ row, cells }): HelpPreviewRow[] => {
        const fate = fates.get(row)
        if (fate === undefined) return []
        const { create, foresight = null } = creates.get(row) ?? {}
        return [
          {
            row,
            fate,
            ...citizenOf(cells, create?.input.citizen, communeOf),
            officialName: (create && names.get(create.officialId)) || cells.officialName || cells.staffCode || '',
            helpedOn: create?.input.helpedOn ?? null,
            writtenDay: cells.helpedOn ?? '',
            foresight,
            sameCitizenAs: twins.get(row) ?? null,
            isRecorded: others.recorded.includes(row),
            own: ownRecord(campaignId, own.get(row)),
            problems: (problems.get(row) ?? []).map(({ column, reason }) => ({ column, reason })),
            cells: shownCells(cells, problems.get(row) ?? []),
          },
        ]
      }),
      ...page,
    },
  }
}

/** The record that a row's official made before; null: none, or it is gone since. */
function ownRecord(campaignId: number, helpId: number | undefined): OwnRecord | null {
  const found =
    helpId === undefined
      ? undefined
      : prepared<{ helpedOn: Day }>('select helped_on as helpedOn from help where id = ?').get(helpId)
  return helpId === undefined || !found ? null : { helpId, ...found, lacks: lacksOf(campaignId, helpId) }
}

type Citizen = HelpPlan['creates'][number]['input']['citizen']

/** Who the citizen of a row is, as planned, else as written. */
function citizenOf(cells: HelpRow['cells'], citizen: Citizen | undefined, communeOf: (code: string) => string) {
  const reading = readIdCell(citizen?.number ?? cells.citizenNumber ?? '')
  const place = citizen ? [citizen.hamlet, communeOf(citizen.localityCode)] : [cells.hamlet, cells.commune]
  return {
    citizenName: citizen?.name ?? cells.citizenName ?? '',
    numberTail: citizen?.number.slice(-3) ?? tailOf(cells),
    sex: reading.ok ? reading.sex : null,
    birthOn: citizen?.birthOn ?? null,
    birthYear: reading.ok ? reading.birthYear : null,
    isAbroad: reading.ok && reading.isAbroad,
    livesAt: place.filter(Boolean).join(', '),
  }
}

/** Rows whose citizen an earlier row of the plan names too, each with that row. */
function twinsIn({ creates }: HelpPlan): Map<number, number> {
  const first = new Map<string, number>()
  const twins = new Map<number, number>()
  for (const { row, input } of creates) {
    const before = first.get(input.citizen.number)
    if (before === undefined) first.set(input.citizen.number, row)
    else twins.set(row, before)
  }
  return twins
}

/** How many rows would get each verdict, the commonest first. */
function countVerdicts(foreseen: readonly Foresight[]) {
  const alike = grouped(foreseen, ({ reason, outcome }) => `${reason} ${outcome}`)
  return [...alike.values()]
    .flatMap(([first, ...others]) =>
      first ? [{ kind: first.kind, reason: first.reason, outcome: first.outcome, count: others.length + 1 }] : [],
    )
    .sort((a, b) => b.count - a.count)
}
