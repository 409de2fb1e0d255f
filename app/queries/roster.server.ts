import { createHash } from 'node:crypto'
import { and, eq, gte, isNull, lte, or } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { foldWords } from '#app/domain/name.ts'
import { found, notFound } from '#app/domain/refusal.ts'
import type { SettledChoice } from '#app/domain/roster/choice.ts'
import { couldBe, type Identity, type KnownOfficial, type PlanRow } from '#app/domain/roster/identity.ts'
import { planRoster, type RosterPlan } from '#app/domain/roster/plan.ts'
import {
  type RosterColumn,
  type RosterFileReason,
  type RosterProblem,
  type RosterReading,
  type RosterReason,
  type RowRef,
  refKey,
} from '#app/domain/roster/row.ts'
import type { RosterUnit } from '#app/domain/roster/units.ts'
import type { Category } from '#app/domain/vocabulary.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { matchHash, unsealText } from '#db/keys.server.ts'
import { account, chapter, membership, official, posting, unit } from '#db/schema.ts'
import { noteClashes } from './alike.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { type Batch, type BatchContent, findBatch, type PlannedContent, storeContent } from './import-batch.server.ts'
import { startJob } from './job.server.ts'
import { postingOn } from './official-posting.server.ts'

/** Keeps why the file of a batch could not be read; the file itself is let go. */
export function refuseBatch(actor: Actor, batchId: number, reason: RosterFileReason) {
  transact(tx => {
    const { association, fromOn } = contentOf(existingBatch(actor, batchId))
    storeContent(tx, batchId, { association, fromOn, stage: 'refused', reason })
  })
}

/**
 * Plans a batch against the present state and keeps the plan for its preview: `reading` is what its file gave, or
 * where it was planned before, left out. Choices made so far are kept.
 */
export function planBatch(actor: Actor, batchId: number, reading?: RosterReading) {
  transact(tx => {
    const batch = existingBatch(actor, batchId)
    const content = contentOf(batch)
    const before = content.stage === 'planned' ? content : undefined
    const said = reading ?? before?.reading
    if (!said) throw new Error(`batch ${batchId} has not been read`)
    const { association, fromOn } = content
    const planned = { association, fromOn, reading: said, choices: before?.choices ?? [] }
    const { plan, planKey } = planOf(actor, batch, planned)
    storeContent(tx, batchId, { ...planned, stage: 'planned', plan, planKey })
    const mixed = new Set(plan.problems.filter(row => row.reason === 'staff_code_of_other').map(refKey))
    noteClashes(
      said.rows.flatMap(row =>
        mixed.has(refKey(row)) && row.number !== null && row.staffCode !== null
          ? [{ numberKey: matchHash('staff', 'number', row.number), code: foldWords(row.staffCode) }]
          : [],
      ),
    )
  })
}

/**
 * Stores the chosen official of each ambiguous row, and starts the job that plans the batch again; returns the job's
 * id.
 */
export function settleProposals(actor: Actor, batchId: number, choices: readonly SettledChoice[]): number {
  return transact(tx => {
    const { content } = existingBatch(actor, batchId)
    if (content?.stage !== 'planned' || actor.kind !== 'person') throw notFound()
    const settled = new Set(choices.map(refKey))
    const kept = content.choices.filter(row => !settled.has(refKey(row)))
    storeContent(tx, batchId, { ...content, choices: [...kept, ...choices] })
    return startJob(actor, 'roster_plan', { batchId, accountId: actor.accountId })
  })
}

function existingBatch(actor: Actor, batchId: number): Batch {
  const batch = found(findBatch(actor, batchId))
  return batch
}

function contentOf({ content, id }: Batch): BatchContent {
  if (content === null) throw new Error(`batch ${id} is no longer kept`)
  return content
}

/* ---------- planning ---------- */

/** The plan of what a batch's file said against the present state, and the key that names it. */
export function planOf(
  actor: Actor,
  { unit: { id: unitId, path } }: Batch,
  { reading, choices, association }: Pick<PlannedContent, 'reading' | 'choices' | 'association'>,
): { plan: RosterPlan; planKey: string } {
  const rows: PlanRow[] = reading.rows.map(row => ({
    ...row,
    numberKey: row.number === null ? null : matchHash('staff', 'number', row.number),
    phoneKey: row.phone === null ? null : matchHash('staff', 'phone', row.phone),
  }))
  const plan = planRoster(rows, knownOfficials(actor, rows), {
    unitId,
    units: unitsOf(actor, path),
    choices,
    ...(association === null ? {} : { association }),
  })
  const checked = refuseOwnAndTaken(actor, plan, rows)
  return { plan: checked, planKey: createHash('sha256').update(JSON.stringify(checked)).digest('base64url') }
}

/** The open units of a subtree whose roster the actor may edit, each once, by path. */
function unitsOf(actor: Actor, path: string): RosterUnit[] {
  return db
    .select({ unitId: unit.id, name: unit.name, path: unit.path })
    .from(unit)
    .where(
      and(
        inSubtree(unit.path, path),
        isNull(unit.closedOn),
        within(actor, 'roster.edit', { unitPath: unit.path, guardPath: unit.guardPath }),
      ),
    )
    .orderBy(unit.path)
    .all()
}

/**
 * Returns everybody whom a row could name, whatever their unit: by number, by staff code, or by the folded name if no
 * other detail contradicts. People of a tree guarded against the actor are never found by name alone (domain 3).
 */
function knownOfficials(actor: Actor, rows: readonly PlanRow[]): KnownOfficial[] {
  const today = campaignToday()
  const numbers = new Set(rows.map(row => row.numberKey))
  const codes = new Set(rows.map(row => row.staffCode && foldWords(row.staffCode)))
  const named = new Map<string, PlanRow[]>()
  for (const row of rows) {
    const key = foldWords(row.name)
    const alike = named.get(key)
    if (alike) alike.push(row)
    else named.set(key, [row])
  }
  const everybody = prepared<Identity & { id: number; code: string; name: string }>(
    `select id, staff_code as code, name_folded as name, number_hash as numberKey, birth_on as birthOn,
            birth_year as birthYear, sex from official`,
  ).iterate()
  const matches: { officialId: number; isIdentified: boolean }[] = []
  for (const person of everybody) {
    const isIdentified =
      (person.numberKey !== null && numbers.has(person.numberKey)) || codes.has(foldWords(person.code))
    if (isIdentified || named.get(foldWords(person.name))?.some(row => couldBe(person, row)))
      matches.push({ officialId: person.id, isIdentified })
  }
  return matches.flatMap(({ officialId, isIdentified }) => {
    const row = db.select().from(official).where(eq(official.id, officialId)).get()
    if (!row) return []
    const place = postingOn(officialId, today)
    if (!isIdentified && place && place.guardPath !== null && !can(actor, 'official.view', place)) return []
    return {
      officialId,
      numberKey: row.numberHash,
      phoneKey: row.phoneHash,
      staffCode: row.staffCode,
      name: row.name,
      birthOn: row.birthOn,
      birthYear: row.birthYear,
      sex: row.sex,
      unitId: place?.unitId ?? null,
      position: place?.position ?? null,
      category: (place?.category as Category | undefined) ?? null,
      isLeader: place?.isLeader === 1,
      hamlet: row.hamlet,
      memberships: membershipsOf(officialId, today),
    }
  })
}

function membershipsOf(officialId: number, today: Day): KnownOfficial['memberships'] {
  return db
    .select({ association: chapter.association, chapter: chapter.name })
    .from(membership)
    .innerJoin(chapter, eq(chapter.id, membership.chapterId))
    .where(
      and(
        eq(membership.officialId, officialId),
        lte(membership.fromOn, today),
        or(isNull(membership.toOn), gte(membership.toOn, today)),
      ),
    )
    .orderBy(membership.id)
    .all()
}

/**
 * Adds problems that the rows alone cannot show: a code that is an office's login, and changes to the actor themself.
 */
function refuseOwnAndTaken(actor: Actor, plan: RosterPlan, rows: readonly PlanRow[]): RosterPlan {
  const order = new Map(rows.map((row, n) => [refKey(row), n]))
  const refused = new Map<string, RosterProblem>()
  const refuse = (row: RowRef, column: RosterColumn, reason: RosterReason, value?: string) => {
    refused.set(refKey(row), {
      sheet: row.sheet,
      row: row.row,
      column,
      reason,
      ...(value === undefined ? {} : { value }),
    })
  }
  for (const create of plan.creates) {
    const code = create.official.staffCode
    if (code !== null && isLoginTaken(code, null)) refuse(create, 'staffCode', 'staff_code_of_other', code)
  }
  for (const update of plan.updates) {
    for (const { field, to } of update.changes) {
      if (field === 'staffCode' && isLoginTaken(to, update.officialId))
        refuse(update, 'staffCode', 'staff_code_of_other', to)
      const isOwn = actor.kind === 'person' && actor.officialId === update.officialId
      if (isOwn && field === 'category') refuse(update, 'category', 'own_record')
      if (isOwn && field === 'unitId') refuse(update, 'unit', 'own_record')
    }
  }
  if (refused.size === 0) return plan
  const at = (row: RowRef) => order.get(refKey(row)) ?? 0
  return {
    ...plan,
    creates: plan.creates.filter(row => !refused.has(refKey(row))),
    updates: plan.updates.filter(row => !refused.has(refKey(row))),
    problems: [...plan.problems, ...refused.values()].sort((a, b) => at(a) - at(b)),
  }
}

function isLoginTaken(staffCode: string, officialId: number | null): boolean {
  const row = db
    .select({ officialId: account.officialId })
    .from(account)
    .where(eq(account.login, staffCode.toLowerCase()))
    .get()
  return row !== undefined && (officialId === null || row.officialId !== officialId)
}

/* ---------- the roster as a file ---------- */

/**
 * The people of a subtree as a roster lists them, numbers and phones in clear, by unit and name; each export is
 * logged. Undefined where the actor does not see the unit, 403 where they may not edit its roster. `units` are those of
 * which they may.
 */
export function exportRoster(actor: Actor, unitId: number) {
  const root = db.select().from(unit).where(eq(unit.id, unitId)).get()
  if (!root || !can(actor, 'unit.view', { unitPath: root.path })) return undefined
  permit(actor, 'roster.edit', { unitPath: root.path, guardPath: root.guardPath })
  const today = campaignToday()
  const rows = db
    .select({ official, posting })
    .from(posting)
    .innerJoin(official, eq(official.id, posting.officialId))
    .innerJoin(unit, eq(unit.id, posting.unitId))
    .where(
      and(
        inSubtree(unit.path, root.path),
        within(actor, 'roster.edit', { unitPath: unit.path, guardPath: unit.guardPath }),
        lte(posting.fromOn, today),
        or(isNull(posting.toOn), gte(posting.toOn, today)),
      ),
    )
    .orderBy(unit.path, official.sortName, official.id)
    .all()
  transact(tx =>
    logEvent(tx, actor, { verb: 'export', subject: 'unit', subjectId: unitId, data: { rows: rows.length } }),
  )
  const slot = (column: string, rowId: number) => ({ table: 'official', column, rowId })
  return {
    unit: { id: root.id, name: root.name },
    units: unitsOf(actor, root.path),
    people: rows.map(({ official: person, posting: { unitId: at, position, category, isLeader } }) => ({
      staffCode: person.staffCode,
      name: person.name,
      birthOn: person.birthOn,
      birthYear: person.birthYear,
      sex: person.sex,
      number: unsealText(slot('number', person.id), person.numberCipher),
      phone: unsealText(slot('phone', person.id), person.phoneCipher),
      hamlet: person.hamlet,
      position: position === '' ? null : position,
      unitId: at,
      category,
      isLeader,
      memberships: membershipsOf(person.id, today),
    })),
  }
}
