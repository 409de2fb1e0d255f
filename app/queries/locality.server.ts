import { asc } from 'drizzle-orm'
import type { Day } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import { db, prepared } from '#db/client.server.ts'
import { locality, localityBelonging } from '#db/schema.ts'

export type LocalityRow = typeof locality.$inferSelect

type Move = { fromOn: Day; parentCode: string }
type Localities = {
  all: readonly LocalityRow[]
  byCode: ReadonlyMap<string, LocalityRow>
  below: ReadonlyMap<string | null, LocalityRow[]>
  codes: Map<string, readonly string[]>
  /** the state that this was read from */
  state: string
  /** of localities that came to belong elsewhere, the earliest move first */
  moves: ReadonlyMap<string, Move[]>
}

/** Localities are written when the province is founded or listed: a connection reads them once for each state. */
const read = new WeakMap<object, Localities>()

/** The last write of localities and every move as one text, by which a connection sees that somebody changed them. */
const stateNow = () =>
  prepared<string>(
    `select coalesce((select max(revision) from locality), '') || ' ' || coalesce(
       group_concat(locality_code || ' ' || from_on || ' ' || parent_code), '') from locality_belonging`,
  )
    .pluck()
    .one()

/** Hamlets are known by name and code alone: no sum is kept of one. */
const holdsFigures = ({ level }: LocalityRow) => level !== 'hamlet'

function localities(): Localities {
  const state = stateNow()
  const known = read.get(db.$client)
  if (known?.state === state) return known
  const all = db.select().from(locality).orderBy(asc(locality.code)).all()
  const found: Localities = {
    all,
    byCode: new Map(all.map(row => [row.code, row])),
    below: grouped(all.filter(holdsFigures), row => row.parentCode),
    state,
    moves: grouped(
      db.select().from(localityBelonging).orderBy(asc(localityBelonging.fromOn)).all(),
      row => row.localityCode,
    ),
    codes: new Map(all.map(row => [row.code, row.path.split('/').filter(code => code !== '')])),
  }
  if (all.length > 0) read.set(db.$client, found)
  return found
}

/** The locality with its parent and path as they are on a day. */
function asOn(row: LocalityRow, on: Day): LocalityRow {
  const known = localities()
  if (known.moves.size === 0) return row
  const path = `/${codesAmong(known, row.code, on).join('/')}/`
  return { ...row, parentCode: parentAmong(known, row.code, on), path }
}

/** A locality by its code, as it belongs on a day; undefined where there is none. */
export function findLocality(code: string, on: Day): LocalityRow | undefined {
  const row = localities().byCode.get(code)
  return row && asOn(row, on)
}

/** The name of a locality with its kind, such as `xã Tân Thành`; the code itself where there is none. */
export function localityName(code: string, on: Day): string {
  const locality = findLocality(code, on)
  return locality ? `${locality.type} ${locality.name}` : code
}

/** What tells localities of one name apart in lists that leave the application: the code, and the one above. */
export function localityPlace(code: string, on: Day): { code: string; parentName: string | null } {
  const parentCode = findLocality(code, on)?.parentCode ?? null
  return { code, parentName: parentCode === null ? null : localityName(parentCode, on) }
}

/** Every locality as it belongs on a day, by code. */
export function allLocalities(on: Day): readonly LocalityRow[] {
  const { all, moves } = localities()
  return moves.size === 0 ? all : all.map(row => asOn(row, on))
}

/**
 * Codes of the locality and of all that hold it on a day, from the province down; of none where there is no such
 * locality. Where it belongs is data with a day: a record goes by the day helped, a full list by its as-of date.
 */
export function localityCodes(code: string, on: Day): readonly string[] {
  return codesAmong(localities(), code, on)
}

/** `localityCodes` for one pass over many records, during which no locality moves: reads where they belong once. */
export function localityCodesReader(): typeof localityCodes {
  const known = localities()
  return (code, on) => codesAmong(known, code, on)
}

function codesAmong(known: Localities, code: string, on: Day): readonly string[] {
  const own = known.codes.get(code) ?? []
  if (known.moves.size === 0) return own
  const parent = parentAmong(known, code, on)
  return parent === null ? own : [...codesAmong(known, parent, on), code]
}

/**
 * Returns a reader of the locality to which one belongs on a day, null where to none or not known. It serves one pass
 * over many, as `localityCodesReader`.
 */
export function parentReader(): (code: string, on: Day) => string | null {
  const known = localities()
  return (code, on) => parentAmong(known, code, on)
}

function parentAmong({ byCode, moves }: Localities, code: string, on: Day): string | null {
  const move = moves.get(code)?.findLast(({ fromOn }) => fromOn <= on)
  return move?.parentCode ?? byCode.get(code)?.parentCode ?? null
}

/**
 * SQL that is true where the locality `code` lies in the one `holder` on the day `on`, the same one included; all three
 * are SQL expressions. Goes by stored paths as long as none ever came to belong elsewhere, else up from the locality.
 */
export function liesIn(code: string, holder: string, on: string): string {
  if (localities().moves.size === 0)
    return `exists (select 1 from locality held where held.code = ${code} and instr(held.path, '/' || ${holder} || '/') > 0)`
  return `exists (with recursive up(code) as (select ${code} union all
    select coalesce(
      (select b.parent_code from locality_belonging b where b.locality_code = up.code and b.from_on <= ${on}
        order by b.from_on desc limit 1),
      (select parent_code from locality where locality.code = up.code)) from up where up.code is not null)
    select 1 from up where up.code = ${holder})`
}

/** Returns true where districts lie between the province and its communes on a day: some commune belongs to one. */
export function hasDistricts(on: Day): boolean {
  const known = localities()
  const levelAbove = ({ code }: LocalityRow) => known.byCode.get(parentAmong(known, code, on) ?? '')?.level
  return known.all.some(row => row.level === 'commune' && levelAbove(row) === 'district')
}

/** The district of communes, or the province where no district lies between. */
type CommuneGroup = { district: string; communes: { code: string; name: string }[] }

/** Communes by what holds them on a day, for choosing where a citizen lives; public reference data. */
export function listCommunes(on: Day): CommuneGroup[] {
  return allLocalities(on)
    .filter(row => row.level === 'province' || row.level === 'district')
    .map(holder => ({
      district: `${holder.type} ${holder.name}`,
      communes: listLocalitiesBelow(holder.code, on)
        .filter(({ level }) => level === 'commune')
        .map(({ code, type, name }) => ({ code, name: `${type} ${name}` }))
        .sort((a, b) => a.name.localeCompare(b.name, 'vi')),
    }))
    .filter(({ communes }) => communes.length > 0)
}

/** Every province, district and commune in groups by what holds them, as they are on a day, for choosing where something takes place. */
export function listAreas(on: Day): { label: string; options: { value: string; label: string }[] }[] {
  const wide = allLocalities(on).filter(({ level }) => level === 'province' || level === 'district')
  return [
    {
      label: hasDistricts(on) ? 'Cả tỉnh, cả huyện' : 'Cả tỉnh',
      options: wide.map(({ code, type, name }) => ({ value: code, label: `${type} ${name}` })),
    },
    ...listCommunes(on).map(({ district, communes }) => ({
      label: district,
      options: communes.map(({ code, name }) => ({ value: code, label: name })),
    })),
  ]
}

/** Direct children of a locality on a day, by code; none of a commune. */
export function listLocalitiesBelow(code: string, on: Day): readonly LocalityRow[] {
  const { below, moves } = localities()
  if (moves.size === 0) return below.get(code) ?? []
  return allLocalities(on).filter(row => row.parentCode === code && holdsFigures(row))
}

type GoverningUnit = { id: number; path: string }

/** Returns the units that govern localities, by code: the topmost of several; localities without one are left out. */
export function governingUnits(codes: readonly string[]): Map<string, GoverningUnit> {
  const rows = prepared<GoverningUnit & { code: string }>(
    `select locality_code as code, id, path from unit
      where locality_code in (select value from json_each(?))
        and kind in ('province', 'district', 'commune', 'hamlet_team') and closed_on is null
      order by length(path) desc`,
  ).all(JSON.stringify(codes))
  return new Map(rows.map(({ code, ...row }) => [code, row]))
}

/**
 * Codes of the localities that a unit's area begins with: its own (of one without a locality that of the nearest unit
 * above), and those of the units below it.
 */
function areaOf(unitPath: string): ReadonlySet<string> {
  const codes = prepared<string>(
    `select locality_code from unit where path like ? and locality_code is not null
     union
     select locality_code from (select locality_code from unit
       where ? like path || '%' and locality_code is not null order by length(path) desc limit 1)`,
  )
    .pluck()
    .all(`${unitPath}%`, unitPath)
  return new Set(codes)
}

/**
 * True where a unit acts in a locality on a day: in its own and those of the units below it, with all that they hold. An
 * agency without a locality acts where the unit above governs: one of the province everywhere (domain 8).
 */
export function actsIn(unitPath: string, code: string, on: Day): boolean {
  const area = areaOf(unitPath)
  return localityCodes(code, on).some(above => area.has(above))
}

/** `listAreas`, those alone in which a unit acts. */
export function listAreasOf(unitPath: string, on: Day): ReturnType<typeof listAreas> {
  const area = areaOf(unitPath)
  return listAreas(on).flatMap(({ label, options }) => {
    const own = options.filter(({ value }) => localityCodes(value, on).some(above => area.has(above)))
    return own.length === 0 ? [] : [{ label, options: own }]
  })
}

/** The unit that governs a locality; of several the topmost. Undefined where none does. */
export function governingUnit(code: string): GoverningUnit | undefined {
  return governingUnits([code]).get(code)
}
