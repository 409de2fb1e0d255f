import { eq } from 'drizzle-orm'
import { type Actor, can } from '#app/access/policy.ts'
import { groupProblems, groupWord } from '#app/domain/mending.ts'
import { titleCase } from '#app/domain/person-name.ts'
import { previewPage } from '#app/domain/preview-page.ts'
import type { RosterChange } from '#app/domain/roster/columns.ts'
import type { RosterProposal } from '#app/domain/roster/identity.ts'
import { shownRosterCells } from '#app/domain/roster/mending.ts'
import type { RosterFate } from '#app/domain/roster/plan.ts'
import type { Known, RosterPreviewRow, ShownCandidate, ShownChange } from '#app/domain/roster/preview.ts'
import { type RosterFileReason, type RowRef, refKey } from '#app/domain/roster/row.ts'
import { db, prepared } from '#db/client.server.ts'
import { unsealText } from '#db/keys.server.ts'
import { official } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { countPlanned } from './grant-request.server.ts'
import { columnsOf, findBatch, type PlannedContent } from './import-batch.server.ts'
import { postingOn } from './official-posting.server.ts'
import { isLong, isReady, leftOut } from './roster-apply.server.ts'
import { titleOfUnit } from './unit-title.server.ts'

/**
 * Returns one page of a planned batch: the counts of each fate, and the rows of one from the `from`-th on. The rows
 * are in the order of the file. `view` selects the fate; null: rows to be settled first. `group` leaves the rows with
 * one problem (`groupWord`). `columns`: how the file was understood, while it is kept. `planned` null: still uploaded,
 * refused, being applied in steps (`applying`), applied or no longer kept. Undefined if not visible.
 */
export function previewBatch(
  actor: Actor,
  batchId: number,
  { view, group = '', from }: { view: RosterFate | 'all' | null; group?: string; from: number },
) {
  const found = findBatch(actor, batchId)
  if (!found) return undefined
  const { content, ...batch } = found
  const closed = {
    batch,
    columns: columnsOf(found),
    refusal: null,
    applied: null,
    applying: null,
    isKept: true,
    planned: null,
  }
  if (content?.stage !== 'planned') {
    const refusal = content?.stage === 'refused' ? content.reason : null
    return { ...closed, refusal, applied: appliedCounts(batch), isKept: content !== null }
  }
  if (batch.cursor !== null) return { ...closed, applying: applyingCounts(batch.id, batch.cursor, content) }
  const rows = fatesOf(content)
  const counts = countFates(rows)
  const open = counts.problem > 0 ? 'problem' : counts.proposal > 0 ? 'proposal' : 'all'
  const shownView = view ?? open
  const { association, fromOn, reading, planKey } = content
  const problems = [...reading.problems, ...content.plan.problems]
  const inGroup = new Set(problems.filter(problem => groupWord(problem) === group).map(refKey))
  const isInGroup = (row: RowRef) => shownView !== 'problem' || group === '' || inGroup.has(refKey(row))
  const chosen = shownView === 'all' ? rows : rows.filter(row => row.fate === shownView && isInGroup(row))
  const { rows: shownRows, ...page } = previewPage(chosen, { from, isMended: shownView === 'problem' })
  return {
    ...closed,
    planned: {
      association,
      fromOn,
      planKey,
      isReady: isReady(content),
      isLong: isLong(counts),
      counts,
      groups: groupProblems(problems, refKey),
      group: shownView === 'problem' ? group : '',
      view: shownView,
      rows: shownRows.map(row => shown(actor, content, row)),
      ...page,
      notices: reading.notices,
      conversions: reading.conversions,
    },
  }
}

/**
 * Returns how many officials an applied batch made and changed, the rows left out, and how many of the roles that it
 * planned still wait; null before it was applied.
 */
function appliedCounts({ id, appliedAt }: { id: number; appliedAt: number | null }) {
  if (appliedAt === null) return null
  const row = prepared<{ data: string }>(
    `select data from event where subject = 'import_batch' and subject_id = ? and verb = 'import'`,
  ).one(String(id))
  return {
    appliedAt,
    ...(JSON.parse(row.data) as { created: number; edited: number }),
    left: leftOut(id),
    planned: countPlanned(id),
  }
}

/** Returns how far a batch that is written in steps has come, and whether a job is at it or waits. */
function applyingCounts(batchId: number, done: number, { plan, planKey }: PlannedContent) {
  const job = prepared(
    `select 1 from job where kind = 'roster_apply' and state in ('queued', 'running')
        and json_extract(input, '$.batchId') = ?`,
  ).get(batchId)
  return { done, total: plan.creates.length + plan.updates.length, planKey, isAtWork: job !== undefined }
}

type Fated = RowRef & { fate: RosterFate }

/** Every row of the file that was read or refused, once, in the order of the file. */
function fatesOf({ reading, plan }: PlannedContent): Fated[] {
  const fates = new Map<string, Fated>()
  const note = (rows: readonly RowRef[], fate: RosterFate) => {
    for (const { sheet, row } of rows) fates.set(refKey({ sheet, row }), { sheet, row, fate })
  }
  note(plan.creates, 'create')
  note(plan.updates, 'update')
  note(plan.unchanged, 'unchanged')
  note(plan.proposals, 'proposal')
  note([...reading.problems, ...plan.problems], 'problem')
  const sheets = [...new Set([...reading.rows, ...reading.problems].map(({ sheet }) => sheet))]
  return [...fates.values()].sort((a, b) => sheets.indexOf(a.sheet) - sheets.indexOf(b.sheet) || a.row - b.row)
}

function countFates(rows: readonly Fated[]): Record<RosterFate, number> {
  const counts: Record<RosterFate, number> = { problem: 0, proposal: 0, create: 0, update: 0, unchanged: 0 }
  for (const { fate } of rows) counts[fate] += 1
  return counts
}

function shown(actor: Actor, { reading, plan }: PlannedContent, { sheet, row, fate }: Fated): RosterPreviewRow {
  const isHere = (other: RowRef) => other.row === row && other.sheet === sheet
  const nameOf = (ref: RowRef) => {
    const isMeant = (other: RowRef) => refKey(other) === refKey(ref)
    const read = reading.rows.find(isMeant)
    return read ? titleCase(read.name) : reading.unread.find(isMeant)?.name
  }
  const base = { sheet, row, name: nameOf({ sheet, row }) || null }
  const create = plan.creates.find(isHere)
  if (fate === 'create' && create) {
    const { category, unitId, position, memberships, sex, birthOn, birthYear, number, role } = create.official
    const joins = memberships.map(({ association }) => association)
    const numberTail = number?.slice(-3) ?? null
    const place = { category, position, unitName: unitName(unitId), ...(role ? { role } : {}) }
    return { ...base, fate, ...place, sex, birthOn, birthYear, numberTail, joins }
  }
  const update = plan.updates.find(isHere)
  if (fate === 'update' && update) {
    const { changes, joins, leaves, offers = [], move } = update
    const names = (memberships: typeof joins) => memberships.map(({ association }) => association)
    return {
      ...base,
      fate,
      changes: changes.map(change => shownChange(change, update.officialId)),
      joins: names(joins),
      leaves,
      offers: names(offers),
      movesTo: move === undefined ? null : unitName(move.unitId),
    }
  }
  const proposal = plan.proposals.find(isHere)
  if (fate === 'proposal' && proposal)
    return { ...base, fate, candidates: proposal.candidates.map(candidate => shownCandidate(actor, candidate, nameOf)) }
  if (fate === 'problem') {
    const problems = [...reading.problems, ...plan.problems].filter(isHere)
    const known = reading.rows.find(isHere) ?? reading.unread.find(isHere)?.read
    const cells = shownRosterCells(known, problems)
    return {
      ...base,
      fate,
      problems,
      cells,
      numberTail: known?.number?.slice(-3) ?? null,
      canMend: known !== undefined,
    }
  }
  return { ...base, fate: 'unchanged', repeats: plan.unchanged.find(isHere)?.repeats ?? null }
}

function shownChange(change: RosterChange, officialId: number): ShownChange {
  const waits = change.waits && { waits: change.waits }
  switch (change.field) {
    case 'unitId':
      return { field: 'unitId', from: change.from === null ? null : unitName(change.from), to: unitName(change.to) }
    case 'number':
    case 'phone':
      return {
        field: change.field,
        from: change.waits ? knownTail(officialId, change.field) : null,
        to: change.to.slice(-3),
        ...waits,
      }
    case 'birthYear': {
      const from = change.from === null ? null : String(change.from)
      return { field: 'birthYear', from, to: String(change.to), ...waits }
    }
    default:
      return change
  }
}

/** The last three digits of the number or phone on record; null: none. */
function knownTail(officialId: number, column: 'number' | 'phone'): string | null {
  const row = db.select().from(official).where(eq(official.id, officialId)).get()
  const cipher = column === 'number' ? row?.numberCipher : row?.phoneCipher
  return unsealText({ table: 'official', column, rowId: officialId }, cipher ?? null)?.slice(-3) ?? null
}

function unitName(unitId: number): string {
  return titleOfUnit(unitId)
}

function shownCandidate(
  actor: Actor,
  candidate: RosterProposal['candidates'][number],
  nameOf: (ref: RowRef) => string | undefined,
): ShownCandidate {
  if ('sameAs' in candidate) {
    const { sheet, row } = candidate.sameAs
    return { choice: candidate, sameAs: { sheet, row, name: nameOf(candidate.sameAs) ?? '' } }
  }
  return { choice: candidate, known: known(actor, candidate.officialId) }
}

function known(actor: Actor, officialId: number): Known {
  const row = db.select().from(official).where(eq(official.id, officialId)).get()
  const place = postingOn(officialId, campaignToday())
  const isShown = place && (place.guardPath === null || can(actor, 'official.view', place))
  return {
    officialId,
    name: row?.name ?? '',
    birthOn: row?.birthOn ?? null,
    birthYear: row?.birthYear ?? null,
    hamlet: row?.hamlet ?? null,
    position: isShown ? place.position : null,
    unitName: isShown ? unitName(place.unitId) : null,
  }
}

/** Returns why the batch's file could not be read; undefined if it could, or if it is not visible. */
export function findRefusal(actor: Actor, batchId: number): { fileName: string; reason: RosterFileReason } | undefined {
  const batch = findBatch(actor, batchId)
  return batch?.content?.stage === 'refused' ? { fileName: batch.fileName, reason: batch.content.reason } : undefined
}
