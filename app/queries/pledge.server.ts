import { and, desc, eq } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { checkPledge, type PledgeInput, type PledgeTerms, pledgeTerms } from '#app/domain/pledge.ts'
import { notFound, type Result } from '#app/domain/refusal.ts'
import { standingOf } from '#app/domain/standing.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { pledge } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { change, rulesOf, standingFacts } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { type StrippedContent, storePledgeList } from './stored-file.server.ts'

function termsOf(campaignId: number, officialId: number): PledgeTerms {
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

/**
 * Records one signed list of a unit, its scan stored once, as the pledge of each official named: everybody promises
 * their own target, and the days that the list gives. All or none; 404 where one of them does not work in the unit.
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
): Result {
  const { regulation } = rulesOf(campaignId)
  return transact(() => {
    const lists = officialIds.map(officialId => {
      if (!targetOf(officialId, campaignToday()).unitPath.includes(`/${unitId}/`)) throw notFound()
      const terms = termsOf(campaignId, officialId)
      const input = { citizens: terms.target, ...days }
      return { officialId, input, problems: checkPledge(input, terms, { today: campaignToday(), regulation }) }
    })
    const refused = lists.find(({ problems }) => problems.length > 0)
    if (refused) return { ok: false, problems: refused.problems }
    const listFileId = storePledgeList(actor, campaignId, unitId, file)
    change(campaignId, { standings: officialIds }, tx => {
      for (const { officialId, input } of lists)
        insertPledge(tx, actor, campaignId, { officialId, input, endsOn: regulation.endsOn, listFileId })
    })
    return { ok: true }
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
