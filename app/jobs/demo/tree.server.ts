import { and, eq, sql } from 'drizzle-orm'
import type { Association, Block, UnitKind } from '#app/domain/vocabulary.ts'
import { insertUnit } from '#app/queries/unit.server.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { chapter, locality, unit } from '#db/schema.ts'
import type { Dice } from './dice.ts'
import {
  type AddedUnit,
  districtCommand,
  districtOffices,
  districtPolice,
  GRASSROOTS,
  grassrootsUnion,
  staffOfFounded,
} from './staffing.ts'
import { TAN_THANH_CODE, VILLAGERS } from './tan-thanh.ts'

/** A unit with the choices that the synthetic province makes for it. */
export type Unit = {
  id: number
  parentId: number | null
  path: string
  kind: UnitKind
  block: Block
  name: string
  headTitle: string
  /** of the unit itself, or of the nearest one above that governs a locality */
  localityCode: string
  /** '' at the provincial agencies */
  districtCode: string
  staff: number
  /** how active its people are: about 1, lagging units 0.4, the best 1.4 */
  drive: number
  /** how often its records have faults: about 1 */
  carelessness: number
  /** days that the unit takes to confirm */
  confirmDays: number
}

export type Commune = { code: string; districtCode: string; type: string }
export type Tree = { units: Unit[]; communes: Commune[]; chapterIds: ReadonlyMap<string, number> }

/**
 * Adds the districts' departments, police and military commands and some unions in enterprises to the founded tree.
 * Existing units stay as they are. Returns the whole tree.
 */
export function growTree(dice: Dice): Tree {
  const added = transact(addUnits)
  const localities = db.select().from(locality).all()
  const units: Unit[] = []
  const byId = new Map<number, Unit>()
  for (const row of db.select().from(unit).orderBy(unit.path).all()) {
    const above = row.parentId === null ? undefined : byId.get(row.parentId)
    const isTanThanh = row.localityCode === TAN_THANH_CODE
    const drawn = {
      staff: added.get(row.id) ?? staffOfFounded(row, dice),
      drive: Math.min(1.45, Math.max(0.35, dice.bell(row.block === 'armed_forces' ? 1.12 : 1, 0.24))),
      carelessness: Math.max(0.35, dice.bell(1, 0.5)),
      confirmDays: dice.between(1.2, 6),
    }
    const node: Unit = {
      ...row,
      ...drawn,
      districtCode: row.kind === 'district' ? (row.localityCode ?? '') : (above?.districtCode ?? ''),
      ...(isTanThanh ? { staff: VILLAGERS.length, drive: 1, carelessness: 1, confirmDays: 2 } : {}),
      localityCode: row.localityCode ?? above?.localityCode ?? '70',
    }
    if (row.kind === 'department' && row.localityCode) node.districtCode = row.localityCode
    byId.set(node.id, node)
    units.push(node)
  }
  return {
    units: units.sort((a, b) => a.id - b.id),
    communes: localities
      .filter(row => row.level === 'commune')
      .map(row => ({ code: row.code, districtCode: row.parentCode ?? '', type: row.type })),
    chapterIds: new Map(
      db
        .select()
        .from(chapter)
        .all()
        .map(row => [`${row.association}/${row.unitId}`, row.id]),
    ),
  }
}

/** The chapter of an association nearest to a unit, going up the tree; undefined where none of them has one. */
export function chapterOf({ chapterIds }: Tree, association: Association, { path }: Unit): number | undefined {
  const ids = path.split('/').filter(id => id !== '')
  for (const id of ids.reverse()) {
    const found = chapterIds.get(`${association}/${id}`)
    if (found !== undefined) return found
  }
  return undefined
}

function addUnits(tx: Tx): Map<number, number> {
  const staff = new Map<number, number>()
  const add = (parentId: number, { staff: size, ...row }: AddedUnit) => {
    const present = tx
      .select()
      .from(unit)
      .where(and(eq(unit.parentId, parentId), eq(unit.name, row.name)))
      .get()
    const made = present ?? insertUnit(tx, { ...row, parentId })
    staff.set(made.id, size)
    return made
  }
  const police = agencyLike(tx, 'Công an tỉnh%')
  const army = agencyLike(tx, 'Bộ Chỉ huy Quân sự tỉnh')
  for (const district of tx.select().from(unit).where(eq(unit.kind, 'district')).orderBy(unit.id).all()) {
    const place = `${district.name[0]?.toLowerCase()}${district.name.slice(1)}`
    const code = district.localityCode ?? ''
    for (const office of districtOffices(place)) add(district.id, office)
    add(police, districtPolice(place, code))
    add(army, districtCommand(place, code))
    const enterprise = GRASSROOTS[code]
    if (enterprise) addChapter(tx, district.id, add(district.id, grassrootsUnion(enterprise, code)))
  }
  return staff
}

function agencyLike(tx: Tx, pattern: string): number {
  const row = tx.select({ id: unit.id }).from(unit).where(sql`${unit.name} like ${pattern}`).orderBy(unit.id).get()
  if (!row) throw new Error(`no unit ${pattern}`)
  return row.id
}

/** The union of an enterprise below the union of its district. */
function addChapter(tx: Tx, districtId: number, row: { id: number; name: string }) {
  const at = (unitId: number) =>
    tx
      .select()
      .from(chapter)
      .where(and(eq(chapter.association, 'union'), eq(chapter.unitId, unitId)))
      .get()
  const parent = at(districtId)
  if (!parent || at(row.id)) return
  const id = tx.select({ next: sql<number>`max(id) + 1` }).from(chapter).get()?.next ?? 1
  tx.insert(chapter)
    .values({
      id,
      association: 'union',
      parentId: parent.id,
      path: `${parent.path}${id}/`,
      name: row.name,
      unitId: row.id,
    })
    .run()
}
