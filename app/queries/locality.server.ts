import { asc, eq } from 'drizzle-orm'
import { db, prepared } from '#db/client.server.ts'
import { locality } from '#db/schema.ts'

export type LocalityRow = typeof locality.$inferSelect

/** A locality by its code; undefined where there is none. */
export function findLocality(code: string): LocalityRow | undefined {
  return db.select().from(locality).where(eq(locality.code, code)).get()
}

/** Districts with their communes, for choosing where a citizen lives; public reference data. */
export function listCommunes(): { district: string; communes: { code: string; name: string }[] }[] {
  const rows = db.select().from(locality).orderBy(asc(locality.code)).all()
  return rows
    .filter(row => row.level === 'district')
    .map(district => ({
      district: `${district.type} ${district.name}`,
      communes: rows
        .filter(row => row.parentCode === district.code)
        .map(({ code, type, name }) => ({ code, name: `${type} ${name}` }))
        .sort((a, b) => a.name.localeCompare(b.name, 'vi')),
    }))
}

/** Every province, district and commune in groups by district, for choosing where something takes place. */
export function listAreas(): { label: string; options: { value: string; label: string }[] }[] {
  const rows = db.select().from(locality).orderBy(asc(locality.code)).all()
  const wide = rows.filter(({ level }) => level === 'province' || level === 'district')
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
export function listLocalitiesBelow(code: string): LocalityRow[] {
  return db.select().from(locality).where(eq(locality.parentCode, code)).orderBy(asc(locality.code)).all()
}

type GoverningUnit = { id: number; path: string }

/** The units that govern localities, by code; of several the topmost, none where nobody does. */
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
