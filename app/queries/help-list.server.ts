import { type AnyColumn, and, asc, desc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { type Actor, isRoot, scopeOf } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { HelpChange } from '#app/domain/help-change.ts'
import { NAME_RESTRICTED } from '#app/domain/name.ts'
import type { VerdictKind, VerdictReason } from '#app/domain/vocabulary.ts'
import { db, oncePerConnection } from '#db/client.server.ts'
import { help, helpQueue, locality, official, unit } from '#db/schema.ts'
import { isUnrestricted } from './citizen-right.server.ts'
import { campaignToday } from './clock.server.ts'
import { leftOfficials, withinConfirming } from './confirmer.server.ts'
import { changesOf } from './help-change.server.ts'
import { citizenNameOf } from './help-view.server.ts'
import { secondsOf } from './independence.server.ts'
import { everPostedIn, unitIdOn } from './official-posting.server.ts'
import { affirmedAmong, evidenceOf } from './queue-evidence.server.ts'
import { editedAmong, signalsAmong } from './signal.server.ts'
import { titled } from './unit-title.server.ts'

/** The most waiting records of a queue that are paged through; the others follow as these are done. */
const SEARCHED = 1000

/** The condition of the partial index on records that do not count; must match the index word for word. */
const IS_NOT_COUNTED = sql`${help.verdictKind} <> 'counts'`
const COUNTING: readonly VerdictReason[] = ['verified', 'confirmed']

export type HelpFilter = {
  /** these records alone */
  ids?: readonly number[]
  officialId?: number
  unitPath?: string
  kind?: VerdictKind
  reason?: VerdictReason
  /** only what the widest of the three figures holds: neither withdrawn nor outside the period */
  isReported?: boolean
  /** records whose id is below (keyset, newest first) */
  before?: number
  limit?: number
}

const LIST_COLUMNS = {
  id: help.id,
  officialId: help.officialId,
  officialName: official.name,
  unitId: unit.id,
  citizenNameCipher: help.citizenNameCipher,
  isRestricted: sql<number>`not ${isUnrestricted(help.campaignId, help.citizenHash)}`,
  localityName: sql<string>`${locality.type} || ' ' || ${locality.name}`,
  hamlet: help.hamlet,
  helpedOn: help.helpedOn,
  receivedAt: help.receivedAt,
  recordedBy: help.recordedBy,
  verdictKind: help.verdictKind,
  verdictReason: help.verdictReason,
  verdictOutcome: help.verdictOutcome,
  lateAt: help.lateAt,
  lateDocumentNumber: help.lateDocumentNumber,
  lateDocumentOn: help.lateDocumentOn,
  revision: help.revision,
}

const openRow = <Row extends { id: number; citizenNameCipher: Buffer; isRestricted: number; hamlet: string }>({
  citizenNameCipher,
  isRestricted,
  ...row
}: Row) => ({
  ...row,
  hamlet: isRestricted ? '' : row.hamlet,
  citizenName: isRestricted ? NAME_RESTRICTED : citizenNameOf({ id: row.id, citizenNameCipher }),
})

const listRows = oncePerConnection(() =>
  db
    .select(LIST_COLUMNS)
    .from(help)
    .innerJoin(official, eq(official.id, help.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .innerJoin(locality, eq(locality.code, help.localityCode))
    .where(sql`${help.id} in (select value from json_each(${sql.placeholder('ids')}))`)
    .orderBy(desc(help.id))
    .prepare(),
)

/**
 * Returns a page of the records of a subtree. Scans the newest records of everyone ever posted there, at first 4 times
 * the page size, then 16 times more in each step. Only that set is indexed; the unit of each record is computed.
 */
function amongNewest(campaignId: number, { unitPath = '', before }: HelpFilter, limit: number, pageOf: PageOf) {
  for (let most = 4 * limit; ; most *= 16) {
    const newest = db
      .select({ id: help.id })
      .from(help)
      .where(
        and(
          eq(help.campaignId, campaignId),
          everPostedIn(help.officialId, unitPath),
          before === undefined ? undefined : lt(help.id, before),
        ),
      )
      .orderBy(desc(help.id))
      .limit(most)
      .all()
      .map(row => row.id)
    const ids = pageOf(sql`${help.id} in (select value from json_each(${JSON.stringify(newest)}))`)
    if (ids.length > limit || newest.length < most) return ids
  }
}
type PageOf = (among: SQL) => number[]

/**
 * Lists records that the actor may see, newest first, one page. As in the figures, a record belongs to the unit of its
 * official on the day helped (domain 3). It is visible from there, and from the unit where the official works today.
 * Records of citizens whose data is restricted are in no list (domain 11).
 */
export function listHelp(actor: Actor, campaignId: number, filter: HelpFilter) {
  const limit = filter.limit ?? 50
  const today = alias(unit, 'today')
  const isWhole = filter.unitPath === undefined || isRoot(filter.unitPath)
  // the whole province's newest records are read from the end of the table; those of a part, and rare ones, by their
  // index. The plus stops the use of the index on the campaign
  const isRare = filter.reason !== undefined && !COUNTING.includes(filter.reason)
  const isOfOne = filter.officialId !== undefined || filter.ids !== undefined
  const isRead = isWhole && !isOfOne && !isRare
  const isLookedFor = !isWhole && !isOfOne && !isRare
  const conditions: (SQL | undefined)[] = [
    isRead ? sql`+${help.campaignId} = ${campaignId}` : eq(help.campaignId, campaignId),
    or(
      within(actor, 'help.view', { unitPath: unit.path, guardPath: unit.guardPath, officialId: help.officialId }),
      within(actor, 'help.view', { unitPath: today.path, guardPath: today.guardPath, officialId: help.officialId }),
    ),
    filter.officialId === undefined ? undefined : eq(help.officialId, filter.officialId),
    filter.ids ? sql`${help.id} in (select value from json_each(${JSON.stringify(filter.ids)}))` : undefined,
    filter.unitPath ? inSubtree(unit.path, filter.unitPath) : undefined,
    filter.unitPath && !isWhole && !isLookedFor ? everPostedIn(help.officialId, filter.unitPath) : undefined,
    filter.kind ? eq(help.verdictKind, filter.kind) : undefined,
    filter.reason ? eq(help.verdictReason, filter.reason) : undefined,
    isRare ? IS_NOT_COUNTED : undefined,
    filter.isReported ? eq(help.isReported, true) : undefined,
    filter.before === undefined ? undefined : lt(help.id, filter.before),
    isUnrestricted(help.campaignId, help.citizenHash),
  ]
  // the ids of the page first: SQLite would work out every column of every row before it sorts
  const pageOf = (among?: SQL) =>
    db
      .select({ id: help.id })
      .from(help)
      .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
      .innerJoin(today, eq(today.id, unitIdOn(help.officialId, campaignToday())))
      .innerJoin(locality, eq(locality.code, help.localityCode))
      .where(and(...conditions, among))
      .orderBy(desc(help.id))
      .limit(limit + 1)
      .all()
      .map(row => row.id)
  const ids = isLookedFor ? amongNewest(campaignId, filter, limit, pageOf) : pageOf()
  const rows = titled(listRows().all({ ids: JSON.stringify(ids.slice(0, limit)) })).map(openRow)
  return { rows, next: ids.length > limit ? (rows.at(-1)?.id ?? null) : null }
}

const CONFIRMING = { unitPath: unit.path, guardPath: unit.guardPath, officialId: help.officialId }

const outside = (column: AnyColumn, ids: readonly number[]) =>
  ids.length === 0 ? undefined : sql`${column} not in (select value from json_each(${JSON.stringify(ids)}))`

type Waiting = { helpId: number; officialId: number }
type Asked = { unitPath: string; officialId?: number; page?: { number: number; size: number } }
type Seconds = ReturnType<typeof secondsOf>

/**
 * What waits in a subtree and the actor may confirm by a role over it: unit by unit, each one's oldest first. Reads the
 * queues alone, and no further than to the last line wanted.
 */
function waitingBelow(actor: Actor, campaignId: number, unitPath: string, seconds: Seconds): Waiting[] {
  if (scopeOf(actor, 'help.confirm').paths.length === 0) return []
  const dependent = [...seconds.dependentOfficials(actor)]
  const lasting = dependent.flatMap(([id, until]) => (until === null ? [id] : []))
  const passing = dependent.flatMap(([id, until]) => (until === null ? [] : [{ id, until }]))
  return db
    .select({ helpId: helpQueue.helpId, officialId: helpQueue.officialId })
    .from(unit)
    .crossJoin(helpQueue)
    .where(
      and(
        eq(helpQueue.campaignId, campaignId),
        eq(helpQueue.unitId, unit.id),
        inSubtree(unit.path, unitPath),
        within(actor, 'help.confirm', {
          unitPath: unit.path,
          guardPath: unit.guardPath,
          officialId: helpQueue.officialId,
        }),
        outside(helpQueue.officialId, lasting),
        passing.length === 0 ? undefined : madeAfter(passing),
        enteredByOther(actor, helpQueue.recordedBy, seconds),
        or(isOverHead(actor), sql`not ${needsHeadSql(campaignId)}`),
      ),
    )
    .orderBy(asc(unit.path), asc(helpQueue.helpId))
    .limit(SEARCHED)
    .all()
}

/** Whether it was received after its official ceased to be one on whom the actor is no second person. */
const madeAfter = (passing: readonly { id: number; until: number }[]) =>
  sql`not exists (select 1 from json_each(${JSON.stringify(passing)}) d join help h on h.id = ${helpQueue.helpId}
    where d.value ->> '$.id' = ${helpQueue.officialId} and h.received_at < d.value ->> '$.until')`

/** The condition for records that the official entered, or somebody to whom the actor is a second person. */
const enteredByOther = (actor: Actor, recordedBy: AnyColumn, seconds: Seconds) =>
  actor.kind === 'person' ? or(isNull(recordedBy), outside(recordedBy, seconds.dependentAccounts(actor))) : undefined

/** Whether a record in a queue is late and without a document (`needsHead`): the few late ones have an index of their own. */
const needsHeadSql = (campaignId: number) =>
  sql`exists (select 1 from help h where h.campaign_id = ${campaignId} and h.official_id = ${helpQueue.officialId}
    and h.late_at is not null and +h.id = ${helpQueue.helpId} and h.late_document_number is null)`

/** The same of these officials alone: one whom somebody looks at, or those left to the campaign office. */
function waitingOf(
  actor: Actor,
  campaignId: number,
  { unitPath, officialIds, seconds }: { unitPath: string; officialIds: readonly number[]; seconds: Seconds },
): Waiting[] {
  if (officialIds.length === 0) return []
  return db
    .select({ helpId: help.id, officialId: help.officialId, receivedAt: help.receivedAt })
    .from(help)
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .where(
      and(
        eq(help.campaignId, campaignId),
        eq(help.verdictReason, 'awaiting_confirmation'),
        IS_NOT_COUNTED,
        sql`${help.officialId} in (select value from json_each(${JSON.stringify(officialIds)}))`,
        inSubtree(unit.path, unitPath),
        withinConfirming(actor, campaignId, 'help.confirm', CONFIRMING, seconds),
        enteredByOther(actor, help.recordedBy, seconds),
        or(isNull(help.lateAt), isNotNull(help.lateDocumentNumber), isOverHead(actor)),
      ),
    )
    .orderBy(asc(help.id))
    .limit(SEARCHED)
    .all()
    .filter(row => seconds.mayConfirm(actor, row.officialId, row.receivedAt))
}

/** The same records, those first that were edited after an extract contradicted them (domain 6.2). */
function editedFirst(waiting: readonly Waiting[]): Waiting[] {
  const edited = new Set(editedAmong(waiting.map(({ helpId }) => helpId)))
  if (edited.size === 0) return [...waiting]
  return [...waiting.filter(({ helpId }) => edited.has(helpId)), ...waiting.filter(({ helpId }) => !edited.has(helpId))]
}

/**
 * Returns one page of the records of a subtree that wait only for this actor's confirmation: those edited after a
 * contradiction, then unit by unit, each one's oldest first. Excludes what the actor may not confirm: their own records, a head's, and those of officials, or entered
 * by people, of whom they are not independent (domain 10).
 * `questions` are the signals about the page's records, the most telling first, each with all its waiting records;
 * `affirmed` are those of the rest whose citizen has said yes; `others` are what is left of the page. `total` counts all
 * pages, up to 1,000 records; `isCutOff`: there may be more. Without `page` all of them are on one.
 */
export function waitingHelp(
  actor: Actor,
  campaignId: number,
  { unitPath, officialId, page }: Asked,
  seconds: Seconds = secondsOf(),
) {
  const found =
    officialId === undefined
      ? [
          ...waitingBelow(actor, campaignId, unitPath, seconds),
          ...waitingOf(actor, campaignId, {
            unitPath,
            officialIds: leftOfficials(actor, campaignId, seconds),
            seconds,
          }),
        ]
      : waitingOf(actor, campaignId, { unitPath, officialIds: [officialId], seconds })
  const waiting = editedFirst([...new Map(found.map(row => [row.helpId, row])).values()].slice(0, SEARCHED))
  const size = page?.size ?? SEARCHED
  const pages = Math.max(1, Math.ceil(waiting.length / size))
  const number = Math.min(page?.number ?? 1, pages)
  const shown = waiting.slice((number - 1) * size, number * size)
  // what many records are a question of together is looked for among all that waits of the page's people
  const officials = new Set(shown.map(row => row.officialId))
  const near = waiting.filter(row => officials.has(row.officialId))
  const onPage = new Set(shown.map(row => row.helpId))
  const questions = signalsAmong(campaignId, near, shown).filter(({ helpIds }) =>
    helpIds.some(helpId => onPage.has(helpId)),
  )
  const asked = new Set(questions.flatMap(question => question.helpIds))
  const rest = shown.map(row => row.helpId).filter(helpId => !asked.has(helpId))
  const said = affirmedAmong(rest)
  return {
    total: waiting.length,
    isCutOff: waiting.length === SEARCHED,
    page: number,
    pages,
    questions: questions.map(question => ({ ...question, shown: question.helpIds.filter(id => onPage.has(id)) })),
    affirmed: rest.filter(helpId => said.has(helpId)),
    others: rest.filter(helpId => !said.has(helpId)),
  }
}

/** The condition for records whose unit the actor heads: they confirm late ones without a document too. */
function isOverHead(actor: Actor): SQL {
  const heads = actor.kind === 'person' ? actor.grants.filter(({ role }) => role === 'head') : []
  return or(...heads.map(({ unitPath }) => inSubtree(unit.path, unitPath))) ?? sql`0`
}

/** These records as far as the actor may confirm them, in the order named. */
export function listToConfirm(
  actor: Actor,
  campaignId: number,
  helpIds: readonly number[],
  seconds: Seconds = secondsOf(),
) {
  if (helpIds.length === 0) return []
  const rows = db
    .select({ ...LIST_COLUMNS, place: help.place })
    .from(help)
    .innerJoin(official, eq(official.id, help.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .innerJoin(locality, eq(locality.code, help.localityCode))
    .where(
      and(
        eq(help.campaignId, campaignId),
        inArray(help.id, [...helpIds]),
        withinConfirming(actor, campaignId, 'help.confirm', CONFIRMING, seconds),
      ),
    )
    .all()
  const byId = new Map(titled(rows).map(row => [row.id, row]))
  const changes = grouped(changesOf(rows.map(row => row.id)), change => change.helpId)
  const evidence = evidenceOf(rows.map(row => row.id))
  return helpIds.flatMap(helpId => {
    const row = byId.get(helpId)
    if (!row) return []
    return [{ ...openRow(row), ...evidence(helpId), changed: contradictedChanges(changes.get(helpId) ?? []) }]
  })
}

/** What was changed in a record since an extract contradicted it, from the first such edit on. */
function contradictedChanges(changes: ReturnType<typeof changesOf>): HelpChange[] {
  const first = changes.findIndex(({ isAfterContradiction }) => isAfterContradiction)
  return first === -1 ? [] : changes.slice(first).flatMap(({ changes }) => changes)
}
