import { and, asc, eq, gte, inArray, isNull, lt, sql } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { foldName } from '#app/domain/name.ts'
import type { Block, UnitKind } from '#app/domain/vocabulary.ts'
import { db, prepared, type Tx, transact } from '#db/client.server.ts'
import { posting, unit } from '#db/schema.ts'
import { logEvent } from './event.server.ts'

export type UnitRow = typeof unit.$inferSelect

/** A unit and the units above it, from the root; undefined where the actor may not see its figures. */
export function findUnit(actor: Actor, unitId: number): (UnitRow & { above: { id: number; name: string }[] }) | undefined {
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  if (!row || !can(actor, 'unit.view', { unitPath: row.path })) return undefined
  return { ...row, above: unitsAbove(row.path) }
}

/** Names of the units above a path, from the root down; for breadcrumbs. */
export function unitsAbove(path: string): { id: number; name: string }[] {
  const ids = path.split('/').filter(id => id !== '').map(Number).slice(0, -1)
  if (ids.length === 0) return []
  const rows = db.select({ id: unit.id, name: unit.name }).from(unit).where(inArray(unit.id, ids)).all()
  return ids.flatMap(id => rows.find(row => row.id === id) ?? [])
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

/** Units of a subtree (itself first), by path; for choosing one in a form. */
export function listSubtree(actor: Actor, path: string): UnitRow[] {
  return db
    .select()
    .from(unit)
    .where(
      and(
        gte(unit.path, path),
        lt(unit.path, `${path.slice(0, -1)}0`),
        isNull(unit.closedOn),
        within(actor, 'unit.view', { unitPath: unit.path }),
      ),
    )
    .orderBy(asc(unit.path))
    .all()
}

/** The root of the tree: the province. */
export function rootUnit(): UnitRow {
  const row = db.select().from(unit).where(isNull(unit.parentId)).get()
  if (!row) throw new Error('the tree of units has no root')
  return row
}

export type NewUnit = {
  parentId: number
  kind: UnitKind
  block: Block
  name: string
  headTitle: string
  localityCode: string | null
}

/** Inserts a unit below its parent; armed-forces units guard their tree from the topmost one down. */
export function insertUnit(tx: Tx, input: Omit<NewUnit, 'parentId'> & { parentId: number | null }): UnitRow {
  const parent =
    input.parentId === null ? undefined : tx.select().from(unit).where(eq(unit.id, input.parentId)).get()
  const id = tx.select({ next: sql<number>`coalesce(max(id), 0) + 1` }).from(unit).get()?.next ?? 1
  const path = `${parent?.path ?? '/'}${id}/`
  const guardPath = parent?.guardPath ?? (input.block === 'armed_forces' ? path : null)
  return tx
    .insert(unit)
    .values({ id, ...input, name: input.name.normalize('NFC'), nameFolded: foldName(input.name), path, guardPath })
    .returning()
    .get()
}

/** Adds a unit to the tree. */
export function addUnit(actor: Actor, input: NewUnit): UnitRow {
  return transact(tx => {
    const parent = tx.select().from(unit).where(eq(unit.id, input.parentId)).get()
    if (!parent) throw new Response(null, { status: 404 })
    permit(actor, 'unit.edit', { unitPath: parent.path })
    const row = insertUnit(tx, input)
    logEvent(tx, actor, { verb: 'add', subject: 'unit', subjectId: row.id, data: { name: row.name, parentId: parent.id } })
    return row
  })
}

/** Renames a unit, or changes how it calls its head. */
export function renameUnit(actor: Actor, { unitId, name, headTitle }: { unitId: number; name: string; headTitle: string }) {
  transact(tx => {
    const row = existing(unitId)
    permit(actor, 'unit.edit', { unitPath: row.path })
    tx.update(unit).set({ name: name.normalize('NFC'), nameFolded: foldName(name), headTitle }).where(eq(unit.id, unitId)).run()
    logEvent(tx, actor, { verb: 'rename', subject: 'unit', subjectId: unitId, data: { from: row.name, to: name } })
  })
}

/**
 * Moves a unit with everything below it under another parent. The tallies of every campaign have to be rebuilt after
 * it: the caller starts that job. Returns false where the new parent lies in the moved subtree.
 */
export function moveUnit(actor: Actor, { unitId, parentId }: { unitId: number; parentId: number }): boolean {
  return transact(tx => {
    const row = existing(unitId)
    const parent = existing(parentId)
    permit(actor, 'unit.edit', { unitPath: row.path })
    permit(actor, 'unit.edit', { unitPath: parent.path })
    if (parent.path.startsWith(row.path)) return false
    const path = `${parent.path}${row.id}/`
    tx.update(unit).set({ parentId }).where(eq(unit.id, unitId)).run()
    prepared(
      `update unit set path = @to || substr(path, length(@from) + 1)
        where path >= @from and path < @after`,
    ).run({ from: row.path, to: path, after: `${row.path.slice(0, -1)}0` })
    refreshGuards(path)
    logEvent(tx, actor, { verb: 'move', subject: 'unit', subjectId: unitId, data: { from: row.parentId, to: parentId } })
    return true
  })
}

/** Sets the guard of every unit at or below `path` from the blocks above it. */
function refreshGuards(path: string) {
  prepared(
    `update unit set guard_path = (select a.path from unit a where a.block = 'armed_forces'
        and substr(unit.path, 1, length(a.path)) = a.path order by length(a.path) limit 1)
      where path >= ? and path < ?`,
  ).run(path, `${path.slice(0, -1)}0`)
}

/** Closes a unit from `on`; refused (false) while anyone is posted there or it has open children. */
export function closeUnit(actor: Actor, { unitId, on }: { unitId: number; on: Day }): boolean {
  return transact(tx => {
    const row = existing(unitId)
    permit(actor, 'unit.edit', { unitPath: row.path })
    const isUsed =
      tx.select({ id: posting.id }).from(posting).where(and(eq(posting.unitId, unitId), isNull(posting.toOn))).get() ??
      tx.select({ id: unit.id }).from(unit).where(and(eq(unit.parentId, unitId), isNull(unit.closedOn))).get()
    if (isUsed || row.parentId === null) return false
    tx.update(unit).set({ closedOn: on }).where(eq(unit.id, unitId)).run()
    logEvent(tx, actor, { verb: 'close', subject: 'unit', subjectId: unitId, data: { on } })
    return true
  })
}

function existing(unitId: number): UnitRow {
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  if (!row) throw new Response(null, { status: 404, statusText: 'Not Found' })
  return row
}
