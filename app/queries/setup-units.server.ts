import { asc, eq } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { foldName } from '#app/domain/name.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { unitLabels } from '#app/domain/roster/units.ts'
import type { ListedRow } from '#app/domain/setup/listed.ts'
import type { SetupState, UndoStep } from '#app/domain/setup/undo.ts'
import { type KnownUnit, planUnits, type UnitEntry, type UnitPlan, type UnitWords } from '#app/domain/setup/units.ts'
import { db, transact } from '#db/client.server.ts'
import { unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { allLocalities } from './locality.server.ts'
import type { SetupUndo } from './setup-undo.server.ts'
import { addUnit, describeUnit, moveUnit, renameUnit, rootUnit } from './unit.server.ts'

function knownUnits(): KnownUnit[] {
  return db
    .select()
    .from(unit)
    .orderBy(asc(unit.id))
    .all()
    .map(({ id, closedOn, guardPath: _, nameFolded: __, ...row }) => ({
      ...row,
      unitId: id,
      isClosed: closedOn !== null,
    }))
}

/** Plans a list of units against the tree as it is now. */
export function planUnitList(actor: Actor, rows: readonly ListedRow[], words: UnitWords): UnitPlan {
  permit(actor, 'unit.edit', { unitPath: rootUnit().path })
  return planUnits(rows, { units: knownUnits(), places: allLocalities(campaignToday()), words })
}

/**
 * Writes a planned list of units, new ones behind those above them. Throws where an act of the tree refuses what was
 * planned, so that the caller's transaction writes none.
 */
export function writeUnits(actor: Actor, entries: readonly UnitEntry[]) {
  transact(() => {
    const ids = new Map<number, number>()
    for (const entry of entries) {
      const parentId =
        entry.parent === null ? null : 'unitId' in entry.parent ? entry.parent.unitId : ids.get(entry.parent.row)
      if (parentId === undefined) throw new Error(`row ${entry.row} comes before the unit above`)
      if (entry.fate === 'add') ids.set(entry.row, add(actor, entry, parentId))
      else if (entry.fate === 'edit') edit(actor, entry, parentId)
    }
  })
}

function add(actor: Actor, entry: UnitEntry, parentId: number | null): number {
  if (parentId === null) throw new Error('the tree has one root')
  const { kind, block, name, headTitle, localityCode, code, superiorName, issuerName, paperSign } = entry
  return done(
    addUnit(actor, { parentId, kind, block, name, headTitle, localityCode, code, superiorName, issuerName, paperSign }),
  ).unitId
}

function edit(actor: Actor, entry: UnitEntry, parentId: number | null) {
  const { name, headTitle, code, superiorName, issuerName, paperSign, localityCode } = entry
  const unitId = found(entry.unitId ?? undefined)
  const columns = new Set(entry.changes.map(({ column }) => column))
  const has = (...some: string[]) => some.some(column => columns.has(column))
  if (has('name', 'headTitle')) done(renameUnit(actor, { unitId, name, headTitle }))
  if (has('code', 'superior', 'issuer', 'sign', 'locality'))
    done(describeUnit(actor, unitId, { code, superiorName, issuerName, paperSign, localityCode }))
  if (has('parent') && parentId !== null) done(moveUnit(actor, { unitId, parentId }))
}

/** The facts of a write that the plan had found possible. */
function done<T>(result: Result<T>): { ok: true } & T {
  if (!result.ok) throw new Error(`a planned unit is refused: ${JSON.stringify(result.problems)}`)
  return result
}

/** The open units as their list writes them, in the order of the tree; units above by code, else by label. */
export function exportUnits(actor: Actor, words: UnitWords): Record<string, string>[] {
  permit(actor, 'unit.edit', { unitPath: rootUnit().path })
  const units = knownUnits().filter(({ isClosed }) => !isClosed)
  const names = unitLabels(units)
  const codes = new Map(units.map(({ unitId, code }) => [unitId, code]))
  return units.map(row => ({
    code: row.code ?? '',
    name: row.name,
    kind: words.kinds[row.kind][0] ?? '',
    block: words.blocks[row.block][0] ?? '',
    parent: row.parentId === null ? '' : (codes.get(row.parentId) ?? names.get(row.parentId) ?? ''),
    locality: row.localityCode ?? '',
    headTitle: row.headTitle,
    superior: row.superiorName ?? '',
    issuer: row.issuerName ?? '',
    sign: row.paperSign ?? '',
  }))
}

/** What a list of units writes of one: all but what it is found by and what the tree keeps for itself. */
const writtenOf = ({
  name,
  headTitle,
  code,
  superiorName,
  issuerName,
  paperSign,
  localityCode,
  parentId,
}: KnownUnit) => ({ name, headTitle, code, superiorName, issuerName, paperSign, localityCode, parentId })

/** What a list of units writes of each, by id. */
const stateOfUnits = (): SetupState =>
  new Map(knownUnits().map(row => [String(row.unitId), { name: row.name, written: writtenOf(row) }]))

/** Writes a unit as it was before a list: a locality that it got from the list is taken off again. */
function restoreUnit(actor: Actor, { key, before, after }: UndoStep) {
  const unitId = Number(key)
  const { parentId, ...was } = before as ReturnType<typeof writtenOf>
  transact(tx => {
    tx.update(unit)
      .set({ ...was, nameFolded: foldName(was.name) })
      .where(eq(unit.id, unitId))
      .run()
    if (parentId !== null && parentId !== after.parentId) done(moveUnit(actor, { unitId, parentId }))
  })
}

/** Takes a list of units back: an added unit goes only where nothing names it. */
export const undoUnits = (actor: Actor): SetupUndo => ({
  state: stateOfUnits,
  remove: key =>
    transact(tx =>
      tx
        .delete(unit)
        .where(eq(unit.id, Number(key)))
        .run(),
    ),
  restore: step => restoreUnit(actor, step),
})
