import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { checkPledge, type PledgeInput, type PledgeTerms, pledgeTerms, promisesMore } from '#app/domain/pledge.ts'
import { notFound, type Result, refused } from '#app/domain/refusal.ts'
import { standingOf } from '#app/domain/standing.ts'
import { db, prepared, type Tx, transact } from '#db/client.server.ts'
import { pledge } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { change, rulesOf, standingFacts } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { type StrippedContent, storePledgeList, targetOfUnit } from './stored-file.server.ts'

/** What one official has to promise in a campaign, by their standing now. */
export function termsOf(campaignId: number, officialId: number): PledgeTerms {
  const { regulation } = rulesOf(campaignId)
  return pledgeTerms(standingOf(standingFacts(campaignId, officialId, regulation), regulation))
}

/**
 * The pledges of one official, newest first (the first is in force), and what a new one has to promise at least.
 * Undefined where the official is out of the actor's sight.
 */
export function findPledges(actor: Actor, campaignId: number, officialId: number) {
  if (!can(actor, 'official.view', targetOf(officialId, campaignToday()))) return undefined
  const versions = db
    .select({
      id: pledge.id,
      citizens: pledge.citizens,
      simSignatureBy: pledge.simSignatureBy,
      phone4gBy: pledge.phone4gBy,
      portalLoginBy: pledge.portalLoginBy,
      signedAt: pledge.signedAt,
      listFileId: pledge.listFileId,
      /** the prepared list that one signed with a certificate; null: on the app, or a scanned list */
      paperId: sql<number | null>`(select paper_id from paper_signature s
        where s.file_id = ${pledge.listFileId} and s.official_id = ${pledge.officialId})`,
    })
    .from(pledge)
    .where(and(eq(pledge.campaignId, campaignId), eq(pledge.officialId, officialId)))
    .orderBy(desc(pledge.id))
    .all()
  return { versions, terms: termsOf(campaignId, officialId) }
}

/** Signs one's own pledge (plan IV.1); earlier ones are kept, the newest is in force. */
export function signPledge(
  actor: Actor,
  campaignId: number,
  { officialId, input }: { officialId: number; input: PledgeInput },
): Result {
  permit(actor, 'pledge.sign', targetOf(officialId, campaignToday()))
  const { regulation } = rulesOf(campaignId)
  const problems = checkPledge(input, termsOf(campaignId, officialId), { today: campaignToday(), regulation })
  if (problems.length > 0) return { ok: false, problems }
  change(campaignId, { standings: [officialId] }, tx =>
    insertPledge(tx, actor, campaignId, { officialId, input, endsOn: regulation.endsOn, listFileId: null }),
  )
  return { ok: true }
}

/** The promise in force of each of these officials who signed it on the app; who is bound by a list is left out. */
function ownPromises(campaignId: number, officialIds: readonly number[]): Map<number, PledgeInput> {
  const rows = db
    .select()
    .from(pledge)
    .where(and(eq(pledge.campaignId, campaignId), inArray(pledge.officialId, [...officialIds])))
    .orderBy(pledge.id)
    .all()
  const inForce = new Map(rows.map(row => [row.officialId, row]))
  return new Map([...inForce].filter(([, { listFileId }]) => listFileId === null))
}

/**
 * Records one signed list of a unit, its scan stored once, as the pledge of each official named: everybody promises
 * their own target, and the days that the list gives. All or none; 404 where one of them does not work in the unit.
 *
 * Who promised more on the app keeps that: only they themself sign for less (plan IV.1). Returns how many the list
 * binds, and how many keep their own; refused where nobody is left.
 */
export function recordPledgeList(
  actor: Actor,
  campaignId: number,
  {
    unitId,
    officialIds,
    days,
    file,
  }: {
    unitId: number
    officialIds: readonly number[]
    days: Omit<PledgeInput, 'citizens'>
    file: StrippedContent
  },
): Result<{ bound: number; kept: number }> {
  const { regulation } = rulesOf(campaignId)
  return transact(() => {
    const lists = officialIds.map(officialId => {
      if (!targetOf(officialId, campaignToday()).unitPath.includes(`/${unitId}/`)) throw notFound()
      const terms = termsOf(campaignId, officialId)
      const input = { citizens: terms.target, ...days }
      return { officialId, input, problems: checkPledge(input, terms, { today: campaignToday(), regulation }) }
    })
    const unfit = lists.find(({ problems }) => problems.length > 0)
    if (unfit) return { ok: false, problems: unfit.problems }
    const own = ownPromises(campaignId, officialIds)
    const bound = lists.filter(({ officialId, input }) => {
      const promised = own.get(officialId)
      return promised === undefined || !promisesMore(promised, input)
    })
    if (bound.length === 0) {
      permit(actor, 'pledge.upload_list', targetOfUnit(unitId))
      return refused('chon', 'own_pledges_kept')
    }
    const listFileId = storePledgeList(actor, campaignId, unitId, file)
    change(campaignId, { standings: bound.map(({ officialId }) => officialId) }, tx => {
      for (const { officialId, input } of bound)
        insertPledge(tx, actor, campaignId, { officialId, input, endsOn: regulation.endsOn, listFileId })
    })
    return { ok: true, bound: bound.length, kept: lists.length - bound.length }
  })
}

/**
 * A part without a promise is stored as promised for the last day of the campaign, because the columns are not
 * nullable.
 */
function insertPledge(
  tx: Tx,
  actor: Actor,
  campaignId: number,
  {
    officialId,
    input,
    endsOn,
    listFileId,
  }: { officialId: number; input: PledgeInput; endsOn: Day; listFileId: number | null },
) {
  const row = tx
    .insert(pledge)
    .values({
      campaignId,
      officialId,
      citizens: input.citizens ?? 0,
      simSignatureBy: input.simSignatureBy ?? endsOn,
      phone4gBy: input.phone4gBy ?? endsOn,
      portalLoginBy: input.portalLoginBy ?? endsOn,
      signedAt: campaignNow(),
      listFileId,
    })
    .returning({ id: pledge.id })
    .get()
  logEvent(tx, actor, {
    verb: 'sign',
    subject: 'pledge',
    subjectId: row.id,
    campaignId,
    data: { officialId, citizens: input.citizens, listFileId },
  })
}

/** Keeps a list that people signed with certificates as the pledge of each; the list's own write has asked for leave. */
export function insertListPledges(
  actor: Actor,
  campaignId: number,
  listFileId: number,
  promises: readonly { officialId: number; input: PledgeInput }[],
): void {
  if (promises.length === 0) return
  const { endsOn } = rulesOf(campaignId).regulation
  change(campaignId, { standings: promises.map(({ officialId }) => officialId) }, tx => {
    for (const { officialId, input } of promises)
      insertPledge(tx, actor, campaignId, { officialId, input, endsOn, listFileId })
  })
}

/** When the pledge of an official that was signed on the app last was signed (ms), if it is in force; null: none is. */
export function ownPledgeAt(campaignId: number, officialId: number): number | null {
  const row = prepared<{ signedAt: number; listFileId: number | null }>(
    `select signed_at as signedAt, list_file_id as listFileId from pledge
      where campaign_id = ? and official_id = ? order by id desc limit 1`,
  ).get(campaignId, officialId)
  return row && row.listFileId === null ? row.signedAt : null
}
