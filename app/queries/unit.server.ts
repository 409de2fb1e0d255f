import { and, asc, eq, gte, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { type Action, type Actor, can, permit } from '#app/access/policy.ts'
import { inSubtree, subtreeEnd, within } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { DraftingPart } from '#app/domain/letterhead.ts'
import { foldName } from '#app/domain/name.ts'
import { found, type Result, refused } from '#app/domain/refusal.ts'
import { unitLabels } from '#app/domain/roster/units.ts'
import type { Block, UnitKind } from '#app/domain/vocabulary.ts'
import { db, nextId, prepared, type Tx, transact } from '#db/client.server.ts'
import { campaign, posting, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { startJob } from './job.server.ts'
import { unitTitles } from './unit-title.server.ts'

export type UnitRow = typeof unit.$inferSelect

/** A unit and the units above it, from the root; undefined where the actor may not see its figures. */
export function findUnit(
  actor: Actor,
  unitId: number,
): (UnitRow & { above: { id: number; name: string }[] }) | undefined {
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  if (!row || !can(actor, 'unit.view', { unitPath: row.path })) return undefined
  return { ...row, above: unitsAbove(row.path) }
}

type PaperUnit = Pick<UnitRow, 'id' | 'name' | 'headTitle' | 'kind' | 'block' | 'path' | 'localityCode'> &
  Pick<UnitRow, 'superiorName' | 'issuerName' | 'paperSign'>

/**
 * Returns a unit as its papers name it, with those above from the root down. Contains no figure, so no permission is
 * checked. Throws 404 if there is none.
 */
export function unitForPaper(unitId: number): PaperUnit & { above: PaperUnit[] } {
  const rows = prepared<PaperUnit>(
    `select a.id, a.name, a.head_title as headTitle, a.kind, a.block, a.path, a.locality_code as localityCode,
            a.superior_name as superiorName, a.issuer_name as issuerName, a.paper_sign as paperSign
       from unit u join unit a on substr(u.path, 1, length(a.path)) = a.path
      where u.id = ? order by length(a.path)`,
  ).all(unitId)
  return { ...found(rows.at(-1)), above: rows.slice(0, -1) }
}

/**
 * The part of a unit that drafts its papers: where, directly below it, its coordinator works, of home affairs who holds
 * that role. Undefined: they work at the unit itself, or there is nobody.
 */
export function draftingPart(unitId: number): DraftingPart | undefined {
  return prepared<DraftingPart>(
    `select b.name, b.paper_sign as sign from unit b
       join unit w on substr(w.path, 1, length(b.path)) = b.path
       join posting p on p.unit_id = w.id and p.from_on <= @today and (p.to_on is null or p.to_on >= @today)
       join account a on a.official_id = p.official_id and a.disabled_at is null
       join role_grant g on g.account_id = a.id and g.from_on <= @today and (g.to_on is null or g.to_on >= @today)
       join unit i on i.id = b.parent_id
        and (g.role = 'coordinator' and g.unit_id = i.id or g.role = 'home_affairs' and i.parent_id is not null)
      where i.id = @unitId order by g.role = 'coordinator', g.id limit 1`,
  ).get({ unitId, today: campaignToday() })
}

/** What tells units of one name apart: the province's code, else the locality's, and the unit above; null: none. */
type UnitPlace = { code: string | null; parentName: string | null }

/** Returns what tells these units apart in lists that leave the application, by their ids. */
export function unitPlaces(unitIds: readonly number[]): Map<number, UnitPlace> {
  const rows = prepared<{ id: number; code: string | null; parentId: number | null }>(
    `select id, coalesce(code, locality_code) as code, parent_id as parentId
       from unit where id in (select value from json_each(?))`,
  ).all(JSON.stringify([...new Set(unitIds)]))
  const titleOf = unitTitles(rows.flatMap(({ parentId }) => parentId ?? []))
  return new Map(
    rows.map(({ id, code, parentId }) => [id, { code, parentName: parentId === null ? null : titleOf(parentId) }]),
  )
}

/** Names of the units above a path, from the root down; for breadcrumbs. */
export function unitsAbove(path: string): { id: number; name: string }[] {
  const ids = path
    .split('/')
    .filter(id => id !== '')
    .map(Number)
    .slice(0, -1)
  if (ids.length === 0) return []
  const rows = db.select({ id: unit.id, name: unit.name }).from(unit).where(inArray(unit.id, ids)).all()
  return ids.flatMap(id => rows.find(row => row.id === id) ?? [])
}

/** SQL: true for units open on a day. A unit closed after a campaign's last day still reports and is assessed. */
export function isOpenOn(day: Day): SQL {
  return sql`(${unit.closedOn} is null or ${unit.closedOn} > ${day})`
}

/** Open children of a unit, in the order of their names. */
export function listChildren(actor: Actor, unitId: number): UnitRow[] {
  return db
    .select()
    .from(unit)
    .where(and(eq(unit.parentId, unitId), isNull(unit.closedOn), within(actor, 'unit.view', { unitPath: unit.path })))
    .orderBy(asc(unit.id))
    .all()
}

/** Open units in which the actor may do `action`, in the order of the tree; `depth` is 0 at the root. */
export function listUnitsFor(actor: Actor, action: Action): (UnitRow & { depth: number })[] {
  const rows = db
    .select()
    .from(unit)
    .where(and(isNull(unit.closedOn), within(actor, action, { unitPath: unit.path })))
    .orderBy(asc(unit.id))
    .all()
  const below = new Map<number | null, UnitRow[]>()
  for (const row of rows) below.set(row.parentId, [...(below.get(row.parentId) ?? []), row])
  const known = new Set(rows.map(row => row.id))
  const branch = (row: UnitRow): (UnitRow & { depth: number })[] => [
    { ...row, depth: row.path.split('/').length - 3 },
    ...(below.get(row.id) ?? []).flatMap(branch),
  ]
  return rows.filter(row => row.parentId === null || !known.has(row.parentId)).flatMap(branch)
}

/** Returns the label of each open unit of a subtree, so that an import finds it again: `unitLabels`. */
export function labelsBelow(unitPath: string): Map<number, string> {
  const rows = db
    .select({ unitId: unit.id, name: unit.name, path: unit.path })
    .from(unit)
    .where(and(isNull(unit.closedOn), inSubtree(unit.path, unitPath)))
    .all()
  return unitLabels(rows)
}

/**
 * Finds units by a part of their name, with or without diacritics, open ones first; for accounts that edit the tree.
 */
export function searchUnits(actor: Actor, typed: string): (UnitRow & { title: string })[] {
  const rows = db
    .select()
    .from(unit)
    .where(
      and(sql`instr(${unit.nameFolded}, ${foldName(typed)}) > 0`, within(actor, 'unit.edit', { unitPath: unit.path })),
    )
    .orderBy(sql`${unit.closedOn} is not null`, asc(unit.id))
    .limit(50)
    .all()
  const titleOf = unitTitles(rows.map(({ id }) => id))
  return rows.map(row => ({ ...row, title: titleOf(row.id) }))
}

/** A unit to edit, with the units above it, its children (closed ones too) and how many people are posted there. */
export function findUnitToEdit(actor: Actor, unitId: number, today: Day) {
  const row = existing(unitId)
  permit(actor, 'unit.edit', { unitPath: row.path })
  const children = db.select().from(unit).where(eq(unit.parentId, unitId)).orderBy(asc(unit.id)).all()
  return { ...row, above: unitsAbove(row.path), children, people: peopleAt(unitId, today) }
}

/** Counts the people posted at the unit itself on `day` or later. */
function peopleAt(unitId: number, day: Day): number {
  return (
    db
      .select({ count: sql<number>`count(distinct ${posting.officialId})` })
      .from(posting)
      .where(and(eq(posting.unitId, unitId), or(isNull(posting.toOn), gte(posting.toOn, day))))
      .get()?.count ?? 0
  )
}

/** The root of the tree: the province. */
export function rootUnit(): UnitRow {
  const row = db.select().from(unit).where(isNull(unit.parentId)).get()
  if (!row) throw new Error('the tree of units has no root')
  return row
}

/** Finds the unit of that name directly below the root; undefined if there is none. */
export function findUnitBelowRoot(name: string): Pick<UnitRow, 'id'> | undefined {
  return prepared<{ id: number }>(
    'select id from unit where name = ? and parent_id = (select id from unit where parent_id is null)',
  ).get(name)
}

type NewUnit = {
  parentId: number
  kind: UnitKind
  block: Block
  name: string
  headTitle: string
  localityCode: string | null
} & Partial<UnitDetails>

/** How lists and papers call a unit; null: as its name and the unit above say. */
type UnitDetails = Pick<UnitRow, 'code' | 'superiorName' | 'issuerName' | 'paperSign'>

/** Inserts a unit below its parent; armed-forces units guard their tree from the topmost one down. */
export function insertUnit(tx: Tx, input: Omit<NewUnit, 'parentId'> & { parentId: number | null }): UnitRow {
  const parent = input.parentId === null ? undefined : tx.select().from(unit).where(eq(unit.id, input.parentId)).get()
  const id = nextId(unit)
  const path = `${parent?.path ?? '/'}${id}/`
  const guardPath = parent?.guardPath ?? (input.block === 'armed_forces' ? path : null)
  return tx
    .insert(unit)
    .values({ id, ...input, name: input.name.normalize('NFC'), nameFolded: foldName(input.name), path, guardPath })
    .returning()
    .get()
}

/** Adds a unit to the tree. */
export function addUnit(actor: Actor, input: NewUnit): Result<{ unitId: number }> {
  return transact(tx => {
    const parent = existing(input.parentId)
    permit(actor, 'unit.edit', { unitPath: parent.path })
    if (parent.closedOn !== null) return refused('parentId', 'unit_closed')
    if (isNameTaken(parent.id, input.name)) return refused('name', 'unit_name_taken')
    if (isCodeTaken(input.code ?? null)) return refused('code', 'code_taken')
    const row = insertUnit(tx, input)
    logEvent(tx, actor, {
      verb: 'add',
      subject: 'unit',
      subjectId: row.id,
      data: { name: row.name, parentId: parent.id },
    })
    return { ok: true, unitId: row.id }
  })
}

/** Renames a unit, or changes how it calls its head. */
export function renameUnit(
  actor: Actor,
  { unitId, name, headTitle }: { unitId: number; name: string; headTitle: string },
): Result {
  return transact(tx => {
    const row = existing(unitId)
    permit(actor, 'unit.edit', { unitPath: row.path })
    if (isNameTaken(row.parentId, name, unitId)) return refused('name', 'unit_name_taken')
    const composed = name.normalize('NFC')
    tx.update(unit)
      .set({ name: composed, nameFolded: foldName(name), headTitle })
      .where(eq(unit.id, unitId))
      .run()
    logEvent(tx, actor, {
      verb: 'rename',
      subject: 'unit',
      subjectId: unitId,
      data: { from: row.name, to: composed, headTitle },
    })
    return { ok: true }
  })
}

/**
 * Sets by what lists and papers call a unit, and the locality of a unit that has none. No figure rests on either; a
 * locality that records were counted by stays.
 */
export function describeUnit(
  actor: Actor,
  unitId: number,
  { localityCode, ...details }: UnitDetails & { localityCode: string | null },
): Result {
  return transact(tx => {
    const row = existing(unitId)
    permit(actor, 'unit.edit', { unitPath: row.path })
    if (row.localityCode !== null && localityCode !== row.localityCode) return refused('localityCode', 'unit_stays')
    if (isCodeTaken(details.code, unitId)) return refused('code', 'code_taken')
    tx.update(unit)
      .set({ ...details, localityCode })
      .where(eq(unit.id, unitId))
      .run()
    logEvent(tx, actor, {
      verb: 'edit',
      subject: 'unit',
      subjectId: unitId,
      data: { ...details, localityCode },
    })
    return { ok: true }
  })
}

/** True where another unit, closed ones too, has the code; null is no code. */
function isCodeTaken(code: string | null, exceptId = -1): boolean {
  if (code === null) return false
  return prepared('select 1 from unit where code = ? and id <> ?').get(code, exceptId) !== undefined
}

/** True where another open unit below the same parent is called so. */
function isNameTaken(parentId: number | null, name: string, exceptId = -1): boolean {
  if (parentId === null) return false
  return db
    .select({ id: unit.id, name: unit.name })
    .from(unit)
    .where(and(eq(unit.parentId, parentId), isNull(unit.closedOn)))
    .all()
    .some(row => row.id !== exceptId && row.name === name.normalize('NFC'))
}

/**
 * Moves a unit with everything below it under another parent. For every campaign it starts the job that sums the unit
 * up again, because area targets of the units above may differ. The jobs run one after the other: the last one's
 * progress is the progress of all.
 */
export function moveUnit(
  actor: Actor,
  { unitId, parentId }: { unitId: number; parentId: number },
): Result<{ jobId: number }> {
  return transact(tx => {
    const row = existing(unitId)
    const parent = existing(parentId)
    permit(actor, 'unit.edit', { unitPath: row.path })
    permit(actor, 'unit.edit', { unitPath: parent.path })
    if (row.parentId === null) return refused('parentId', 'unit_is_root')
    if (parent.path.startsWith(row.path)) return refused('parentId', 'unit_below_itself')
    if (row.parentId === parentId) return refused('parentId', 'unit_stays')
    if (parent.closedOn !== null) return refused('parentId', 'unit_closed')
    if (isNameTaken(parentId, row.name)) return refused('parentId', 'unit_name_taken')
    const path = `${parent.path}${row.id}/`
    tx.update(unit).set({ parentId }).where(eq(unit.id, unitId)).run()
    prepared(
      `update unit set path = @to || substr(path, length(@from) + 1)
        where path >= @from and path < @after`,
    ).run({ from: row.path, to: path, after: subtreeEnd(row.path) })
    refreshGuards(path)
    logEvent(tx, actor, {
      verb: 'move',
      subject: 'unit',
      subjectId: unitId,
      data: { from: row.parentId, to: parentId },
    })
    let jobId = 0
    for (const { id } of tx.select({ id: campaign.id }).from(campaign).orderBy(asc(campaign.id)).all())
      jobId = startJob(actor, 'rejudge', { campaignId: id, unitId })
    return { ok: true, jobId }
  })
}

/** Sets the guard of every unit at or below `path` from the blocks above it. */
function refreshGuards(path: string) {
  prepared(
    `update unit set guard_path = (select a.path from unit a where a.block = 'armed_forces'
        and substr(unit.path, 1, length(a.path)) = a.path order by length(a.path) limit 1)
      where path >= ? and path < ?`,
  ).run(path, subtreeEnd(path))
}

/** Closes a unit from `on`; refused while anyone is posted there then or later, or it has open children. */
export function closeUnit(actor: Actor, { unitId, on }: { unitId: number; on: Day }): Result {
  return transact(tx => {
    const row = existing(unitId)
    permit(actor, 'unit.edit', { unitPath: row.path })
    if (row.parentId === null) return refused('unitId', 'unit_is_root')
    if (peopleAt(unitId, on) > 0) return refused('unitId', 'unit_has_people')
    const child = tx
      .select({ id: unit.id })
      .from(unit)
      .where(and(eq(unit.parentId, unitId), isNull(unit.closedOn)))
      .get()
    if (child) return refused('unitId', 'unit_has_children')
    if (row.closedOn !== null) return { ok: true }
    tx.update(unit).set({ closedOn: on }).where(eq(unit.id, unitId)).run()
    logEvent(tx, actor, { verb: 'close', subject: 'unit', subjectId: unitId, data: { on } })
    return { ok: true }
  })
}

/** Takes a closing back; refused while the unit above is closed. */
export function reopenUnit(actor: Actor, unitId: number): Result {
  return transact(tx => {
    const row = existing(unitId)
    permit(actor, 'unit.edit', { unitPath: row.path })
    if (row.closedOn === null) return { ok: true }
    const parent = row.parentId === null ? undefined : existing(row.parentId)
    if (parent && parent.closedOn !== null) return refused('unitId', 'unit_closed')
    if (isNameTaken(row.parentId, row.name, unitId)) return refused('unitId', 'unit_name_taken')
    tx.update(unit).set({ closedOn: null }).where(eq(unit.id, unitId)).run()
    logEvent(tx, actor, { verb: 'reopen', subject: 'unit', subjectId: unitId })
    return { ok: true }
  })
}

function existing(unitId: number): UnitRow {
  const row = found(db.select().from(unit).where(eq(unit.id, unitId)).get())
  return row
}
