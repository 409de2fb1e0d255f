import { asc } from 'drizzle-orm'
import type { Day } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import { db, prepared } from '#db/client.server.ts'
import { locality, localityBelonging } from '#db/schema.ts'

export type LocalityRow = typeof locality.$inferSelect

type Localities = {
  all: readonly LocalityRow[]
  byCode: ReadonlyMap<string, LocalityRow>
  below: ReadonlyMap<string | null, LocalityRow[]>
  codes: Map<string, readonly string[]>
  /** of localities that came to belong elsewhere, the earliest move first */
  moves: ReadonlyMap<string, { fromOn: Day; parentCode: string }[]>
}

/** Localities are written when the province is founded and stay as they are: a connection reads them once. */
const read = new WeakMap<object, Localities>()

function localities(): Localities {
  const known = read.get(db.$client)
  if (known) return known
  const all = db.select().from(locality).orderBy(asc(locality.code)).all()
  const found: Localities = {
    all,
    byCode: new Map(all.map(row => [row.code, row])),
    below: grouped(all, row => row.parentCode),
    moves: grouped(
      db.select().from(localityBelonging).orderBy(asc(localityBelonging.fromOn)).all(),
      row => row.localityCode,
    ),
    codes: new Map(all.map(row => [row.code, row.path.split('/').filter(code => code !== '')])),
  }
  if (all.length > 0) read.set(db.$client, found)
  return found
}

/** Returns a locality by its code; undefined if there is none. */
export function findLocality(code: string): LocalityRow | undefined {
  return localities().byCode.get(code)
}

/** Every locality, by code. */
export function allLocalities(): readonly LocalityRow[] {
  return localities().all
}

/**
 * Codes of the locality and of all that hold it on a day, from the province down; of none where there is no such
 * locality. Where it belongs is data with a day: a record goes by the day helped, a full list by its as-of date.
 */
export function localityCodes(code: string, on: Day): readonly string[] {
  const { codes, moves } = localities()
  if (moves.size === 0) return codes.get(code) ?? []
  const parent = parentOn(code, on)
  return parent === null ? (codes.get(code) ?? []) : [...localityCodes(parent, on), code]
}

/** The locality to which one belongs on a day; null: to none, or it is not known. */
export function parentOn(code: string, on: Day): string | null {
  const { byCode, moves } = localities()
  const move = moves.get(code)?.findLast(({ fromOn }) => fromOn <= on)
  return move?.parentCode ?? byCode.get(code)?.parentCode ?? null
}

/** Districts with their communes, for choosing where a citizen lives; public reference data. */
export function listCommunes(): { district: string; communes: { code: string; name: string }[] }[] {
  return allLocalities()
    .filter(row => row.level === 'district')
    .map(district => ({
      district: `${district.type} ${district.name}`,
      communes: listLocalitiesBelow(district.code)
        .map(({ code, type, name }) => ({ code, name: `${type} ${name}` }))
        .sort((a, b) => a.name.localeCompare(b.name, 'vi')),
    }))
}

/** Every province, district and commune in groups by district, for choosing where something takes place. */
export function listAreas(): { label: string; options: { value: string; label: string }[] }[] {
  const wide = allLocalities().filter(({ level }) => level === 'province' || level === 'district')
  return [
    {
      label: 'Cả tỉnh, cả huyện',
      options: wide.map(({ code, type, name }) => ({ value: code, label: `${type} ${name}` })),
    },
    ...listCommunes().map(({ district, communes }) => ({
      label: district,
      options: communes.map(({ code, name }) => ({ value: code, label: name })),
    })),
  ]
}

/** Direct children of a locality, by code. */
export function listLocalitiesBelow(code: string): readonly LocalityRow[] {
  return localities().below.get(code) ?? []
}

type GoverningUnit = { id: number; path: string }

/** Returns the units that govern localities, by code: the topmost of several; localities without one are left out. */
export function governingUnits(codes: readonly string[]): Map<string, GoverningUnit> {
  const rows = prepared(
    `select locality_code as code, id, path from unit
      where locality_code in (select value from json_each(?))
        and kind in ('province', 'district', 'commune', 'hamlet_team') and closed_on is null
      order by length(path) desc`,
  ).all(JSON.stringify(codes)) as (GoverningUnit & { code: string })[]
  return new Map(rows.map(({ code, ...row }) => [code, row]))
}

/** The unit that governs a locality; of several the topmost. Undefined where none does. */
export function governingUnit(code: string): GoverningUnit | undefined {
  return governingUnits([code]).get(code)
}
