import { type AnyColumn, and, asc, desc, eq, getTableColumns, gt, or, type SQL, sql } from 'drizzle-orm'
import { type Actor, can, isRoot, type Target } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { PARTS } from '#app/domain/figures.ts'
import { grouped } from '#app/domain/grouping.ts'
import { foldName } from '#app/domain/name.ts'
import { typedBeside } from '#app/domain/person-name.ts'
import { notFound } from '#app/domain/refusal.ts'
import { isSettledStanding } from '#app/domain/standing.ts'
import {
  type Association,
  type Category,
  type Lacking,
  OBLIGATION_PARTS,
  type OfficialResult,
  PART_STANDINGS,
  recordOf,
} from '#app/domain/vocabulary.ts'
import { db, oncePerConnection, prepared } from '#db/client.server.ts'
import { unsealText } from '#db/keys.server.ts'
import { chapter, membership, official, posting, standing, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { assessedPosting } from './judging/index.server.ts'
import { lastAmong, lastPostingOn, type PostingRow, postingsReader } from './official-posting.server.ts'
import { titled } from './unit-title.server.ts'

/**
 * Returns the target of a permission check about one official: their unit (or last unit) on `day` and the tree that
 * guards it. Units that they head are always today's, whatever the day. Throws 404 if there is no such official.
 */
export function targetOf(officialId: number, day: Day): Target & { unitId: number } {
  return targetAt(officialId, lastPostingOn(officialId, day), headPathsOf([officialId]))
}

/** The same for many officials, read together. */
export function targetsOf(
  officialIds: readonly number[],
  day: Day,
): (officialId: number) => Target & { unitId: number } {
  const postings = postingsReader(officialIds)
  const headPaths = headPathsOf(officialIds)
  return officialId => targetAt(officialId, lastAmong(postings(officialId), day), headPaths)
}

/**
 * Returns the same by the posting that assessment and due process use, regardless of later moves. Officials without a
 * posting at the cut-off have today's.
 */
export function assessedTarget(campaignId: number, officialId: number): Target & { unitId: number } {
  const place = assessedPosting(campaignId, officialId) ?? lastPostingOn(officialId, campaignToday())
  return targetAt(officialId, place, headPathsOf([officialId]))
}

/** The entry of the same person into which this one was merged, where it was; undefined: it goes on itself. */
export function mergedInto(officialId: number): number | undefined {
  return prepared<number>('select merged_into_id from official where id = ? and merged_into_id is not null')
    .pluck()
    .get(officialId)
}

/** Staff codes of the entries that were merged into this one. */
export function formerCodesOf(officialId: number): string[] {
  return prepared<string>('select staff_code from official where merged_into_id = ? order by id')
    .pluck()
    .all(officialId)
}

/** The same of everybody, read at once. */
export function allFormerCodes(): (officialId: number) => string[] {
  const ended = prepared<{ keptId: number; staffCode: string }>(
    `select merged_into_id as keptId, staff_code as staffCode from official
      where merged_into_id is not null order by id`,
  ).all()
  const codes = grouped(ended, ({ keptId }) => keptId)
  return officialId => (codes.get(officialId) ?? []).map(({ staffCode }) => staffCode)
}

/** The paths of the units that each of these officials heads today. */
function headPathsOf(officialIds: readonly number[]): (officialId: number) => string[] {
  const today = campaignToday()
  const rows = prepared<{ officialId: number; path: string }>(
    `select a.official_id as officialId, u.path from json_each(?) j cross join account a on a.official_id = j.value
       join role_grant g on g.account_id = a.id join unit u on u.id = g.unit_id
      where g.role = 'head' and g.from_on <= ? and (g.to_on is null or g.to_on >= ?)`,
  ).all(JSON.stringify(officialIds), today, today)
  const paths = grouped(rows, row => row.officialId)
  return officialId => (paths.get(officialId) ?? []).map(({ path }) => path)
}

/** An entry that ended has no posting: who may see the one that goes on sees what it left. */
function targetAt(
  officialId: number,
  place: PostingRow | undefined,
  headPaths: (officialId: number) => string[],
): Target & { unitId: number } {
  if (!place) {
    const kept = mergedInto(officialId)
    if (kept === undefined) throw notFound()
    return targetOf(kept, campaignToday())
  }
  return {
    officialId,
    unitId: place.unitId,
    unitPath: place.unitPath,
    guardPath: place.guardPath,
    headPaths: headPaths(officialId),
  }
}

/**
 * Returns one official for permitted actors: person, postings, memberships. Visible from their unit of today, and from
 * their unit on `cutOffOn`, which boards use; undefined for others.
 */
export function findOfficial(actor: Actor, officialId: number, cutOffOn: Day) {
  const row = db.select().from(official).where(eq(official.id, officialId)).get()
  if (!row) return undefined
  const target = targetOf(officialId, campaignToday())
  const isSeen = can(actor, 'official.view', target) || can(actor, 'official.view', targetOf(officialId, cutOffOn))
  if (!isSeen) return undefined
  const postings = db
    .select({
      id: posting.id,
      unitId: posting.unitId,
      position: posting.position,
      category: posting.category,
      isLeader: posting.isLeader,
      fromOn: posting.fromOn,
      toOn: posting.toOn,
    })
    .from(posting)
    .innerJoin(unit, eq(unit.id, posting.unitId))
    .where(eq(posting.officialId, officialId))
    .orderBy(desc(posting.fromOn))
    .all()
  const memberships = db
    .select({
      id: membership.id,
      association: chapter.association,
      chapterId: chapter.id,
      chapterName: chapter.name,
      fromOn: membership.fromOn,
      toOn: membership.toOn,
    })
    .from(membership)
    .innerJoin(chapter, eq(chapter.id, membership.chapterId))
    .where(eq(membership.officialId, officialId))
    .all()
  const number = unsealText({ table: 'official', column: 'number', rowId: officialId }, row.numberCipher)
  const phone = unsealText({ table: 'official', column: 'phone', rowId: officialId }, row.phoneCipher)
  const mayCall = can(actor, 'evidence.open', target)
  const mayCorrect = can(actor, 'official.correct', target)
  return {
    id: row.id,
    staffCode: row.staffCode,
    name: row.name,
    /** as it was typed; null: the same */
    nameTyped: typedBeside(row.name, row.nameTyped),
    sex: row.sex,
    birthOn: row.birthOn,
    birthYear: row.birthYear,
    /** screens show the last three digits only */
    numberTail: number?.slice(-3) ?? null,
    /** null: unknown, or not for this reader */
    phoneTail: mayCorrect ? (phone?.slice(-3) ?? null) : null,
    /** null: unknown, or not for this reader */
    phone: mayCall ? phone : null,
    postings: titled(postings),
    memberships,
    target,
    allowed: {
      viewRecords: can(actor, 'help.view', target),
      viewAssessment: can(actor, 'assessment.view', target),
      recordFor: can(actor, 'help.record_for', target),
      assignTarget: can(actor, 'target.assign', target),
      askExemption: can(actor, 'exemption.ask', target),
      issueActivation: can(actor, 'activation.issue', target),
      transfer: can(actor, 'official.transfer', target),
      correct: mayCorrect,
    },
  }
}

/** Filter and sort order of lists of officials; `after` is the last row of the page before (keyset). */
export type OfficialFilter = {
  unitPath: string
  search?: string
  category?: Category
  association?: Association
  result?: OfficialResult
  lacking?: Lacking
  /** only this one */
  officialId?: number
  sort?: 'lacking' | 'name'
  after?: { id: number }
  /** so many of the first are passed over */
  skip?: number
  limit?: number
}

const SETTLED = sql.raw(
  PART_STANDINGS.filter(isSettledStanding)
    .map(word => `'${word}'`)
    .join(', '),
)

const LACKING: Record<Lacking, SQL> = {
  ...recordOf(OBLIGATION_PARTS, part => sql`${standing[PARTS[part].field]} not in (${SETTLED})`),
  obligation: gt(standing.unmet, 0),
  target: gt(standing.shortage, 0),
  anything: or(gt(standing.unmet, 0), gt(standing.shortage, 0)) as SQL,
  any_record: and(eq(standing.reported, 0), sql`${standing.target} is not null`) as SQL,
}

const LIST_COLUMNS = {
  ...getTableColumns(standing),
  officialId: official.id,
  name: official.name,
  sortName: official.sortName,
  position: sql<string>`coalesce((select p.position from posting p where p.official_id = ${official.id} and p.unit_id = ${standing.unitId} order by p.from_on desc limit 1), '')`,
  unitId: unit.id,
}

const listRows = oncePerConnection(() =>
  db
    .select(LIST_COLUMNS)
    .from(standing)
    .innerJoin(official, eq(official.id, standing.officialId))
    .innerJoin(unit, eq(unit.id, standing.unitId))
    .where(
      and(
        eq(standing.campaignId, sql.placeholder('campaignId')),
        sql`${standing.officialId} in (select value from json_each(${sql.placeholder('ids')}))`,
      ),
    )
    .prepare(),
)

/**
 * Officials of a subtree with their standing, as far as the actor may see them, one page (keyset). `next` names the
 * page after; null: this is the last.
 */
export function listOfficials(actor: Actor, campaignId: number, filter: OfficialFilter) {
  const { skip = 0, limit = 50 } = filter
  // the furthest behind of the whole province are read from the index that holds them in that order; of a part unit by
  // unit, whose index has no names: tables are gone through in the order in which a cross join names them
  const isWhole = isRoot(filter.unitPath)
  const { shortage, unmet } = standing
  const sortName = isWhole ? standing.sortName : official.sortName
  const conditions: (SQL | undefined)[] = [
    eq(standing.campaignId, campaignId),
    eq(standing.unitId, unit.id),
    inSubtree(unit.path, filter.unitPath),
    within(actor, 'official.view', { unitPath: unit.path, guardPath: unit.guardPath, officialId: standing.officialId }),
    filter.category ? eq(standing.category, filter.category) : undefined,
    filter.result ? eq(standing.result, filter.result) : undefined,
    filter.lacking ? LACKING[filter.lacking] : undefined,
    filter.officialId === undefined ? undefined : eq(standing.officialId, filter.officialId),
    filter.search ? searchCondition(filter.search) : undefined,
    filter.association
      ? sql`exists (select 1 from membership m join chapter c on c.id = m.chapter_id where m.official_id = ${standing.officialId} and c.association = ${filter.association})`
      : undefined,
  ]
  const isByName = filter.sort === 'name'
  if (filter.after) conditions.push(behind(campaignId, filter.after.id, { isByName, sortName }))
  if (!isByName && !filter.after && !isWhole && !filter.search) {
    // the end of the first page: names, which are in another table, are then looked up only for its rows
    const edge = db
      .select({ shortage: standing.shortage, unmet: standing.unmet })
      .from(unit)
      .crossJoin(standing)
      .where(and(...conditions))
      .orderBy(desc(shortage), desc(unmet))
      .limit(1)
      .offset(skip + limit)
      .get()
    if (edge) conditions.push(sql`(${shortage}, ${unmet}) >= (${edge.shortage}, ${edge.unmet})`)
  }
  // the keys of the page first: SQLite would work out every column of every row before it sorts
  const found = db.select({ officialId: standing.officialId })
  const keys = (isWhole ? found.from(standing).crossJoin(unit) : found.from(unit).crossJoin(standing))
    .leftJoin(official, eq(official.id, standing.officialId))
    .where(and(...conditions))
    .orderBy(...(isByName ? [] : [desc(shortage), desc(unmet)]), asc(sortName), asc(standing.officialId))
    .limit(limit + 1)
    .offset(skip)
    .all()
    .map(row => row.officialId)
  const shown = keys.slice(0, limit)
  const rows = listRows().all({ campaignId, ids: JSON.stringify(shown) })
  const byId = new Map(titled(rows).map(row => [row.officialId, row]))
  return { rows: shown.flatMap(id => byId.get(id) ?? []), next: keys.length > limit ? (shown.at(-1) ?? null) : null }
}

/** Keeps the rows after the official `after` in the order of a list; undefined: that official has no standing. */
function behind(campaignId: number, after: number, { isByName, sortName }: { isByName: boolean; sortName: AnyColumn }) {
  const last = db
    .select({ shortage: standing.shortage, unmet: standing.unmet, sortName: standing.sortName })
    .from(standing)
    .where(and(eq(standing.campaignId, campaignId), eq(standing.officialId, after)))
    .get()
  if (!last) return undefined
  const names = sql`(${sortName}, ${standing.officialId}) > (${last.sortName}, ${after})`
  if (isByName) return names
  const lacks = sql`(${standing.shortage}, ${standing.unmet})`
  const lacked = sql`(${last.shortage}, ${last.unmet})`
  return sql`${lacks} <= ${lacked} and (${lacks} < ${lacked} or (${lacks} = ${lacked} and ${names}))`
}

const wordsOf = (typed: string) =>
  foldName(typed)
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')

const matchOf = (words: readonly string[]) => words.map(word => `"${word}"*`).join(' ')

/** A full-text query for names as typed, marks or none: every word begins a word of the name. */
export function searchIds(typed: string): SQL {
  const words = wordsOf(typed)
  if (words.length === 0) return sql`select -1`
  return sql`select rowid from official_search where official_search match ${matchOf(words)}`
}

/** From this many matches on, a family name counts as common: checking each name in the list's order is then faster. */
const BROAD = 5000

/** Returns a condition on `standing` for a typed name: by the full-text index, or by the name itself if many match. */
function searchCondition(typed: string): SQL {
  const words = wordsOf(typed)
  if (words.length === 0) return sql`false`
  const found = prepared<{ id: number }>(
    `select rowid as id from official_search where official_search match ? limit ${BROAD}`,
  ).all(matchOf(words))
  if (found.length < BROAD)
    return sql`${standing.officialId} in (select value from json_each(${JSON.stringify(found.map(row => row.id))}))`
  return sql`(select ${sql.join(
    words.map(word => sql`o.words like ${`% ${word}%`}`),
    sql` and `,
  )} from (select ' ' || replace(replace(name_folded, '-', ' '), '''', ' ') as words
             from official where id = ${standing.officialId}) o)`
}
