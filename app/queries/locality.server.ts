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

/** Direct children of a locality, by code. */
export function listLocalitiesBelow(code: string): LocalityRow[] {
  return db.select().from(locality).where(eq(locality.parentCode, code)).orderBy(asc(locality.code)).all()
}

/** The unit that governs a locality; of several the topmost. Undefined where none does. */
export function governingUnit(code: string): { id: number; path: string } | undefined {
  return prepared(
    `select id, path from unit where locality_code = ? and kind in ('province', 'district', 'commune', 'hamlet_team')
        and closed_on is null order by length(path) limit 1`,
  ).get(code) as { id: number; path: string } | undefined
}
