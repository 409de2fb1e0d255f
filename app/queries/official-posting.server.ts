import { type AnyColumn, type SQL, sql } from 'drizzle-orm'
import { subtreeEnd } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { formerUnitOf } from '#app/domain/former-unit.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { heldAmong } from '#app/domain/transfer.ts'
import type { Category } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { titled } from './unit-title.server.ts'

export type PostingRow = {
  id: number
  unitId: number
  unitPath: string
  guardPath: string | null
  block: string
  category: Category
  isLeader: number
  position: string
  fromOn: Day
  toOn: Day | null
}

/**
 * The posting under which what an official did on `day` is summed up; for a day before the first one, the first.
 * Undefined where none was ever recorded, or the last has ended.
 */
export function postingOn(officialId: number, day: Day): PostingRow | undefined {
  return postingAmong(postingsOf(JSON.stringify([officialId])), day)
}

/** The postings of some officials, each one's in the order in which they began; read together. */
export function postingsReader(officialIds: readonly number[]): (officialId: number) => readonly PostingRow[] {
  const postings = grouped(postingsOf(JSON.stringify(officialIds)), row => row.officialId)
  return officialId => postings.get(officialId) ?? []
}

/** The postings of some officials (a JSON list of ids), each one's in the order in which they began. */
export function postingsOf(officialIds: string): (PostingRow & { officialId: number })[] {
  return prepared<PostingRow & { officialId: number }>(
    `select p.official_id as officialId, p.id, p.unit_id as unitId, u.path as unitPath, u.guard_path as guardPath,
            u.block, p.category, p.is_leader as isLeader, p.position, p.from_on as fromOn, p.to_on as toOn
       from json_each(?) j cross join posting p on p.official_id = j.value join unit u on u.id = p.unit_id
      order by p.official_id, p.from_on`,
  ).all(officialIds)
}

export function postingAmong(rows: readonly PostingRow[], day: Day): PostingRow | undefined {
  const current = heldAmong(rows, day)
  if (current) return current
  const first = rows[0]
  return first && day < first.fromOn ? first : undefined
}

/** `postingOn`, but an official who has left is still seen at the last posting. */
export const lastPostingOn = (officialId: number, day: Day): PostingRow | undefined =>
  lastAmong(postingsOf(JSON.stringify([officialId])), day)

/** The same of an official whose postings are at hand, in the order in which they began. */
export const lastAmong = (rows: readonly PostingRow[], day: Day): PostingRow | undefined =>
  postingAmong(rows, day) ?? rows.findLast(({ fromOn }) => fromOn <= day)

/** The unit of `lastPostingOn` as SQL, for lists: of the official in one column on a day, or on the day in another. */
export function unitIdOn(officialId: AnyColumn, day: AnyColumn | Day): SQL<number> {
  return sql<number>`coalesce(
    (select p.unit_id from posting p where p.official_id = ${officialId} and p.from_on <= ${day} order by p.from_on desc limit 1),
    (select p.unit_id from posting p where p.official_id = ${officialId} order by p.from_on limit 1))`
}

/** The posting itself of `unitIdOn`. */
export function postingIdOn(officialId: AnyColumn, day: Day): SQL<number> {
  return sql<number>`coalesce(
    (select p.id from posting p where p.official_id = ${officialId} and p.from_on <= ${day} order by p.from_on desc limit 1),
    (select p.id from posting p where p.official_id = ${officialId} order by p.from_on limit 1))`
}

/** The same as text: `official` and `day` are SQL, a column or a named parameter. */
export const unitIdSql = (official: string, day: string) => `coalesce(
    (select p.unit_id from posting p where p.official_id = ${official} and p.from_on <= ${day} order by p.from_on desc limit 1),
    (select p.unit_id from posting p where p.official_id = ${official} order by p.from_on limit 1))`

/**
 * SQL: true if an official's latest posting is in a guarded tree, whose people are not named outside it (domain 3);
 * null: no posting.
 */
export function isGuarded(officialId: AnyColumn): SQL<number | null> {
  return sql<number | null>`(select u.guard_path is not null from posting p join unit u on u.id = p.unit_id
    where p.official_id = ${officialId} order by p.from_on desc limit 1)`
}

/**
 * SQL condition for officials who were ever posted in a subtree: narrows a list by an index before `unitIdOn` decides
 * each row.
 */
export function everPostedIn(officialId: AnyColumn, unitPath: string): SQL {
  return sql`${officialId} in (select p.official_id from posting p join unit u on u.id = p.unit_id
    where u.path >= ${unitPath} and u.path < ${subtreeEnd(unitPath)})`
}

/** Names of the former units of these officials (`formerUnitOf`); who has none is left out. */
export function formerUnits(
  officialIds: readonly number[],
  period: Pick<Regulation, 'startsOn' | 'endsOn' | 'shortPostingDays'>,
): Map<number, string> {
  const rows = prepared<{ officialId: number; unitId: number; fromOn: Day; toOn: Day | null }>(
    `select p.official_id as officialId, p.unit_id as unitId, p.from_on as fromOn, p.to_on as toOn
       from json_each(?) j cross join posting p on p.official_id = j.value
      order by p.official_id, p.from_on`,
  ).all(JSON.stringify(officialIds))
  const found = [...grouped(rows, row => row.officialId)].flatMap(([officialId, postings]) => {
    const unitId = formerUnitOf(postings, period)
    return unitId === null ? [] : [{ officialId, unitId }]
  })
  return new Map(titled(found).map(({ officialId, unitName }) => [officialId, unitName]))
}
