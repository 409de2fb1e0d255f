import { createHash } from 'node:crypto'
import { and, eq, gte, isNotNull, isNull, lte, or } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { ListChoice, ListView } from '#app/domain/list.ts'
import { foldWords, isSameName } from '#app/domain/name.ts'
import { notFound } from '#app/domain/refusal.ts'
import type { SettledChoice } from '#app/domain/roster/choice.ts'
import type { RosterChange } from '#app/domain/roster/columns.ts'
import { couldBe, type Identity, isTwin, type KnownOfficial, type PlanRow } from '#app/domain/roster/identity.ts'
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
import type { Category, UnitRole } from '#app/domain/vocabulary.ts'
import { db, prepared, snapshot, transact } from '#db/client.server.ts'
import { matchHash, unsealText } from '#db/keys.server.ts'
import { account, chapter, membership, official, posting, unit } from '#db/schema.ts'
import { noteClashes } from './alike.server.ts'
import { campaignToday } from './clock.server.ts'
import { waitingValues } from './correction-list.server.ts'
import { logEvent } from './event.server.ts'
import {
  type Batch,
  type BatchContent,
  chooseColumns,
  existingImport,
  type KeptFile,
  type PlannedContent,
  replaceContent,
  sealContent,
} from './import-batch.server.ts'
import { startJob } from './job.server.ts'
import { offeredMemberships } from './join-offer-list.server.ts'
import { formerCodesOf, targetOf } from './official.server.ts'
import { isOpened } from './official-columns.server.ts'
import { lastPostingOn, postingOn } from './official-posting.server.ts'
import { movingTo } from './transfer-list.server.ts'

/** Keeps why the file of a batch could not be read; the file itself is let go. */
export function refuseBatch(actor: Actor, batchId: number, reason: RosterFileReason) {
  replace(actor, batchId, ({ association, fromOn }) => ({ association, fromOn, stage: 'refused', reason }))
}

/**
 * Plans a batch against the present state and keeps the plan for its preview: `reading` is what its file gave, or
 * where it was planned before, left out. Choices made so far are kept. Leaves a batch that is being applied.
 */
export function planBatch(actor: Actor, batchId: number, reading?: RosterReading, view?: ListView) {
  let mixed: ReturnType<typeof mixedRows> = []
  const make = (content: BatchContent, batch: Batch): BatchContent | undefined => {
    if (batch.cursor !== null) return undefined
    const before = content.stage === 'planned' ? content : undefined
    const said = reading ?? before?.reading
    if (!said) throw new Error(`batch ${batchId} has not been read`)
    const { association, fromOn } = content
    const planned = { association, fromOn, reading: said, choices: before?.choices ?? [] }
    const { plan, planKey } = snapshot(() => planOf(actor, batch, planned))
    mixed = mixedRows(said, plan)
    return { ...planned, ...keptOf(content, view), stage: 'planned', plan, planKey }
  }
  replace(actor, batchId, make, () => noteClashes(mixed))
}

/** Characters of a file that is kept beside its plan: the plan is sealed again with each choice. */
const MOST_KEPT = 2_000_000

/** The file of a batch, how it was understood and what was said about it, so that its columns can be looked at again. */
function keptOf(content: BatchContent, view: ListView | undefined): Partial<KeptFile> {
  if (content.stage === 'refused' || content.file === undefined || content.file.length > MOST_KEPT) return {}
  return { file: content.file, view: view ?? content.view, choice: content.choice }
}

/** Keeps what the columns of a batch's file are, and reads it again: `chooseColumns`. */
export const chooseRosterColumns = (actor: Actor, batchId: number, choice: ListChoice) =>
  chooseColumns(actor, { kind: 'roster', batchId, choice }, asked => startJob(actor, 'roster_plan', asked))

/** The rows of a file that name one official by number and another by staff code. */
function mixedRows({ rows }: RosterReading, { problems }: RosterPlan) {
  const mixed = new Set(problems.filter(row => row.reason === 'staff_code_of_other').map(refKey))
  return rows.flatMap(row =>
    mixed.has(refKey(row)) && row.number !== null && row.staffCode !== null
      ? [{ numberKey: matchHash('staff', 'number', row.number), code: foldWords(row.staffCode) }]
      : [],
  )
}

/**
 * Stores the chosen official of each ambiguous row, and starts the job that plans the batch again; returns the job's
 * id. `not_found` where the batch is not planned, or is being applied.
 */
export function settleProposals(actor: Actor, batchId: number, choices: readonly SettledChoice[]): number {
  const settled = new Set(choices.map(refKey))
  const jobId = replace(
    actor,
    batchId,
    (content, { cursor }) => {
      if (content.stage !== 'planned' || cursor !== null || actor.kind !== 'person') return undefined
      return { ...content, choices: [...content.choices.filter(row => !settled.has(refKey(row))), ...choices] }
    },
    () => startJob(actor, 'roster_plan', { batchId, accountId: actor.kind === 'person' ? actor.accountId : null }),
  )
  if (jobId === undefined) throw notFound()
  return jobId
}

/** Replaces a roster's content by what `make` returns; undefined leaves it. */
function replace<T>(
  actor: Actor,
  batchId: number,
  make: (content: BatchContent, batch: Batch) => BatchContent | undefined,
  also?: () => T,
): T | undefined {
  return replaceContent(
    () => existingImport<BatchContent>(actor, 'roster', batchId),
    batch => {
      if (batch.content === null) return undefined
      const content = make(batch.content, batch)
      return content && sealContent('staff', batchId, content)
    },
    () => also?.(),
  )
}

/* ---------- planning ---------- */

/** What rows are planned from. */
type Said = Pick<PlannedContent, 'choices' | 'association'> & { reading: Pick<RosterReading, 'rows'> }

/**
 * The plan of what a batch's file said against the present state, and the key that names it. `find` finds the officials
 * whom the rows may name.
 */
export function planOf(
  actor: Actor,
  { unit: { id: unitId, path } }: Batch,
  { reading, choices, association }: Said,
  find: (rows: readonly PlanRow[]) => Match[] = everyMatch,
): { plan: RosterPlan; planKey: string } {
  const rows: PlanRow[] = reading.rows.map(row => ({
    ...row,
    numberKey: row.number === null ? null : matchHash('staff', 'number', row.number),
    phoneKey: row.phone === null ? null : matchHash('staff', 'phone', row.phone),
  }))
  const plan = planRoster(rows, knownOfficials(actor, find(rows)), {
    unitId,
    units: unitsOf(actor, path),
    guarded: guardedFrom(actor, path),
    choices,
    phoneHolders: phoneHoldersOf(rows),
    ...(association === null ? {} : { association }),
  })
  const checked = refuseOwnAndTaken(actor, plan, rows)
  return { plan: checked, planKey: createHash('sha256').update(JSON.stringify(checked)).digest('base64url') }
}

/** The officials who hold the phones that rows give. */
function phoneHoldersOf(rows: readonly PlanRow[]): Map<string, number[]> {
  const keys = JSON.stringify(rows.flatMap(row => row.phoneKey ?? []))
  const held = prepared<{ id: number; phoneKey: string }>(
    'select id, phone_hash as phoneKey from official where phone_hash in (select value from json_each(?))',
  ).all(keys)
  const holders = new Map<string, number[]>()
  for (const { id, phoneKey } of held) holders.set(phoneKey, [...(holders.get(phoneKey) ?? []), id])
  return holders
}

/** The open units of a subtree whose roster the actor may edit, each once, by path. */
function unitsOf(actor: Actor, path: string): RosterUnit[] {
  return db
    .select({ unitId: unit.id, name: unit.name, path: unit.path, code: unit.code })
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

/** Open armed-forces units of a subtree whose roster the actor may not edit: somebody of their own does. */
function guardedFrom(actor: Actor, path: string): RosterUnit[] {
  return db
    .select({ unitId: unit.id, name: unit.name, path: unit.path, guardPath: unit.guardPath })
    .from(unit)
    .where(and(inSubtree(unit.path, path), isNull(unit.closedOn), isNotNull(unit.guardPath)))
    .orderBy(unit.path)
    .all()
    .filter(({ path: unitPath, guardPath }) => !can(actor, 'roster.edit', { unitPath, guardPath }))
    .map(({ guardPath: _, ...row }) => row)
}

/** An official whom a row may name; identified by number or staff code, or else alike in name only. */
export type Match = { officialId: number; isIdentified: boolean }

/**
 * Returns everybody whom a row could name, whatever their unit: by number, by staff code, or by the folded name if no
 * other detail contradicts.
 */
function everyMatch(rows: readonly PlanRow[]): Match[] {
  const numbers = new Set(rows.map(row => row.numberKey))
  const codes = new Set(rows.map(row => row.staffCode && foldWords(row.staffCode)))
  const named = grouped(rows, row => foldWords(row.name))
  const everybody = prepared<Identity & { id: number; code: string; name: string; mergedIntoId: number | null }>(
    `select id, staff_code as code, name_folded as name, number_hash as numberKey, birth_on as birthOn,
            birth_year as birthYear, sex, merged_into_id as mergedIntoId from official`,
  ).iterate()
  const matches: Match[] = []
  const merged = new Set<number>()
  for (const person of everybody) {
    const isIdentified =
      (person.numberKey !== null && numbers.has(person.numberKey)) || codes.has(foldWords(person.code))
    if (person.mergedIntoId !== null) {
      if (isIdentified) merged.add(person.mergedIntoId)
      continue
    }
    const isMeant = (row: PlanRow) => couldBe(person, row) || isTwin(person, row)
    if (isIdentified || named.get(foldWords(person.name))?.some(isMeant))
      matches.push({ officialId: person.id, isIdentified })
  }
  return [
    ...matches.filter(({ officialId }) => !merged.has(officialId)),
    ...[...merged].map(officialId => ({ officialId, isIdentified: true })),
  ]
}

/** Returns whom rows name by number or staff code, and the officials `known`; nobody by name alone. */
export function identifiedBy(rows: readonly PlanRow[], known: readonly number[]): Match[] {
  const numbers = JSON.stringify(rows.flatMap(row => row.numberKey ?? []))
  const codes = JSON.stringify(rows.flatMap(row => row.staffCode ?? []))
  const identified = new Set(
    prepared<number>(
      `select id from official where number_hash in (select value from json_each(?))
        union select coalesce(merged_into_id, id) from official where staff_code in (select value from json_each(?))`,
    )
      .pluck()
      .all(numbers, codes),
  )
  const ids = [...new Set([...identified, ...known])].sort((a, b) => a - b)
  return ids.map(officialId => ({ officialId, isIdentified: identified.has(officialId) }))
}

/** Matches as a roster sees them. People of a tree guarded against the actor are never found by name alone (domain 3). */
function knownOfficials(actor: Actor, matches: readonly Match[]): KnownOfficial[] {
  const today = campaignToday()
  const heads = headsOn(today)
  return matches.flatMap(({ officialId, isIdentified }) => {
    const row = db.select().from(official).where(eq(official.id, officialId)).get()
    if (!row) return []
    const place = postingOn(officialId, today)
    const last = place ?? lastPostingOn(officialId, today)
    if (!isIdentified && place && place.guardPath !== null && !can(actor, 'official.view', place)) return []
    return {
      officialId,
      numberKey: row.numberHash,
      phoneKey: row.phoneHash,
      staffCode: row.staffCode,
      formerCodes: formerCodesOf(officialId),
      name: row.name,
      birthOn: row.birthOn,
      birthYear: row.birthYear,
      sex: row.sex,
      unitId: place?.unitId ?? null,
      lastUnitId: last?.unitId ?? null,
      mayMove:
        !heads.has(officialId) ||
        isSelf(actor, officialId) ||
        can(actor, 'official.transfer', targetOf(officialId, today)),
      movingTo: movingTo(officialId),
      position: place?.position ?? null,
      category: (place?.category as Category | undefined) ?? null,
      isLeader: place?.isLeader === 1,
      hamlet: row.hamlet,
      roles: rolesOf(officialId, today),
      isOpened: isOpened(officialId),
      waiting: waitingValues(officialId),
      isReached: last === undefined || can(actor, 'roster.edit', last),
      memberships: membershipsOf(officialId, today),
      offered: offeredMemberships(officialId),
    }
  })
}

/** Officials who head a unit. */
function headsOn(today: Day): Set<number> {
  return new Set(
    prepared<number>(
      `select a.official_id from role_grant g join account a on a.id = g.account_id
        where g.role = 'head' and a.official_id is not null and g.from_on <= @today
          and (g.to_on is null or g.to_on >= @today)`,
    )
      .pluck()
      .all({ today }),
  )
}

/** What a row says of the actor themself is refused by a reason of its own. */
const isSelf = (actor: Actor, officialId: number) => actor.kind === 'person' && actor.officialId === officialId

/** Roles of units that an official holds on a day or later, and those that wait for a second person. */
function rolesOf(officialId: number, on: Day): { role: UnitRole; unitId: number }[] {
  return prepared<{ role: UnitRole; unitId: number }>(
    `select g.role, g.unit_id as unitId from account a join role_grant g on g.account_id = a.id
      where a.official_id = @officialId and g.role in ('head', 'coordinator') and (g.to_on is null or g.to_on >= @on)
     union
     select r.role, r.unit_id from account a join grant_request r on r.account_id = a.id
      where a.official_id = @officialId and r.role in ('head', 'coordinator') and r.decided_at is null`,
  ).all({ officialId, on })
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

/** What nobody changes of themself, and the column that says so. */
const NOT_OWN: Partial<Record<RosterChange['field'], RosterColumn>> = {
  category: 'category',
  unitId: 'unit',
  role: 'role',
}
/** What nobody corrects of themself; a gap they may fill. */
const NOT_OWN_CORRECTED: typeof NOT_OWN = { birthOn: 'birth', birthYear: 'birth', sex: 'sex', number: 'number' }

/** The column by which a change is refused to the person themself; undefined: it is not. */
function ownColumn(change: RosterChange): RosterColumn | undefined {
  if (change.field === 'name') return isSameName(change.from ?? '', change.to) ? undefined : 'name'
  return NOT_OWN[change.field] ?? (change.from !== null || change.waits ? NOT_OWN_CORRECTED[change.field] : undefined)
}

/** The column by which what a row does to the person themself is refused; undefined: it is not. */
function ownBar({ changes, move }: RosterPlan['updates'][number]): RosterColumn | undefined {
  return move ? 'unit' : changes.map(ownColumn).findLast(column => column !== undefined)
}

/**
 * Adds problems that the rows alone cannot show: a code that is an office's login, and changes to the actor themself.
 */
function refuseOwnAndTaken(actor: Actor, plan: RosterPlan, rows: readonly PlanRow[]): RosterPlan {
  const own = actor.kind === 'person' ? actor.officialId : null
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
    for (const change of update.changes) {
      if (change.field === 'staffCode' && isLoginTaken(change.to, update.officialId))
        refuse(update, 'staffCode', 'staff_code_of_other', change.to)
    }
    const barred = update.officialId === own ? ownBar(update) : undefined
    if (barred) refuse(update, barred, 'own_record')
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
      role: rolesOf(person.id, today).find(held => held.unitId === at)?.role ?? null,
      memberships: membershipsOf(person.id, today),
    })),
  }
}
