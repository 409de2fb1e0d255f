import { and, asc, eq, isNull, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import { found, notFound, type Result, refused } from '#app/domain/refusal.ts'
import { checkPlace } from '#app/domain/team.ts'
import { db, type FactTx, type Tx } from '#db/client.server.ts'
import { chapter, joinOffer, official, team, teamMember, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { changePeople, writeUnjudged } from './judging/index.server.ts'
import { beginMembership } from './membership.server.ts'
import { targetOf } from './official.server.ts'
import { unitIdOn } from './official-posting.server.ts'
import { titled } from './unit-title.server.ts'
import { readTerms } from './waiting-term.server.ts'

type Offer = typeof joinOffer.$inferSelect
type NewOffer = Pick<Offer, 'officialId' | 'unitId' | 'chapterId' | 'teamId' | 'fromOn'> &
  Partial<Pick<Offer, 'toOn' | 'isLeader' | 'isPaid'>>

/** Offers an official of elsewhere a place in a chapter or a team; the caller has asked for leave. */
export function insertOffer(tx: Tx, actor: Actor, offer: NewOffer): number {
  const row = tx
    .insert(joinOffer)
    .values({
      ...offer,
      state: 'offered',
      offeredAt: campaignNow(),
      offeredBy: actor.kind === 'person' ? actor.accountId : null,
    })
    .returning({ id: joinOffer.id })
    .get()
  const { officialId, unitId, chapterId, teamId } = offer
  logEvent(tx, actor, {
    verb: 'ask',
    subject: 'join_offer',
    subjectId: row.id,
    data: { officialId, unitId, chapterId, teamId },
  })
  return row.id
}

/** Offers that a page shows at once; the next ones follow as these are answered. */
const SHOWN = 200

/** A place in a chapter is of every campaign, one in a team of the team's. */
const isOfCampaign = (campaignId: number) => or(isNull(joinOffer.teamId), eq(team.campaignId, campaignId))

/** The offers that this actor may answer, for themself and for the people of their units, the oldest 200 first. */
export function offersToAnswer(actor: Actor, campaignId: number) {
  const place = alias(unit, 'place')
  const termOf = readTerms()
  const rows = db
    .select({
      id: joinOffer.id,
      officialId: joinOffer.officialId,
      officialName: official.name,
      unitId: unit.id,
      chapterName: chapter.name,
      teamName: team.name,
      fromOn: joinOffer.fromOn,
      toOn: joinOffer.toOn,
      offeredAt: joinOffer.offeredAt,
    })
    .from(joinOffer)
    .innerJoin(official, eq(official.id, joinOffer.officialId))
    .innerJoin(unit, eq(unit.id, joinOffer.unitId))
    .leftJoin(chapter, eq(chapter.id, joinOffer.chapterId))
    .leftJoin(team, eq(team.id, joinOffer.teamId))
    .innerJoin(place, eq(place.id, unitIdOn(joinOffer.officialId, campaignToday())))
    .where(
      and(
        eq(joinOffer.state, 'offered'),
        isOfCampaign(campaignId),
        within(actor, 'join_offer.answer', {
          unitPath: place.path,
          guardPath: place.guardPath,
          officialId: joinOffer.officialId,
        }),
      ),
    )
    .orderBy(asc(joinOffer.id))
    .limit(SHOWN)
    .all()
  return titled(rows).map(row => ({
    ...row,
    ...termOf(row.offeredAt),
    isOwn: actor.kind === 'person' && actor.officialId === row.officialId,
  }))
}

/** Answers an offer: the official, or who edits their unit's roster. 404 where it is another's, or answered. */
export function answerOffer(
  actor: Actor,
  campaignId: number,
  { offerId, isAccepted }: { offerId: number; isAccepted: boolean },
): Result {
  return writeUnjudged(tx => {
    const offer = waiting(tx, campaignId, offerId)
    const target = targetOf(offer.officialId, campaignToday())
    if (!can(actor, 'join_offer.answer', target)) throw notFound()
    if (isAccepted && offer.chapterId !== null) join(offer, offer.chapterId)
    if (isAccepted && offer.teamId !== null && !joinTeam(tx, offer, offer.teamId))
      return refused('answer', 'already_granted')
    settleOffer(tx, actor, offerId, isAccepted ? 'accepted' : 'refused')
    return { ok: true }
  })
}

/** Takes an offer back; the unit that made it. Returns the page on which the offer was shown. */
export function withdrawOffer(actor: Actor, campaignId: number, offerId: number): string {
  return writeUnjudged(tx => {
    const offer = waiting(tx, campaignId, offerId)
    const at = found(tx.select().from(unit).where(eq(unit.id, offer.unitId)).get())
    permit(actor, offer.teamId === null ? 'roster.edit' : 'team.edit', { unitPath: at.path, guardPath: at.guardPath })
    settleOffer(tx, actor, offerId, 'withdrawn')
    return offer.teamId === null ? `/don-vi/${offer.unitId}` : `/don-vi/${offer.unitId}/to/${offer.teamId}`
  })
}

function waiting(tx: Tx, campaignId: number, offerId: number): Offer {
  const row = tx
    .select({ offer: joinOffer })
    .from(joinOffer)
    .leftJoin(team, eq(team.id, joinOffer.teamId))
    .where(and(eq(joinOffer.id, offerId), eq(joinOffer.state, 'offered'), isOfCampaign(campaignId)))
    .get()
  return found(row?.offer)
}

/** Ends an offer in the name of who acts; logged. */
export function settleOffer(tx: Tx, actor: Actor, offerId: number, state: 'accepted' | 'refused' | 'withdrawn') {
  tx.update(joinOffer)
    .set({ state, answeredAt: campaignNow(), answeredBy: accountOf(actor) })
    .where(eq(joinOffer.id, offerId))
    .run()
  const verb = { accepted: 'approve', refused: 'reject', withdrawn: 'withdraw' } as const
  logEvent(tx, actor, { verb: verb[state], subject: 'join_offer', subjectId: offerId })
}

function join({ officialId, fromOn }: Offer, chapterId: number) {
  changePeople([officialId], tx => {
    const { association } = found(tx.select().from(chapter).where(eq(chapter.id, chapterId)).get())
    beginMembership(tx, { officialId, association, chapterId, fromOn })
  })
}

/**
 * False where they are a member of the team in those days already. Who was invited to lead a team that got a leader
 * since joins as a member.
 */
function joinTeam(tx: FactTx, { officialId, fromOn, toOn, isLeader, isPaid }: Offer, teamId: number): boolean {
  const members = tx.select().from(teamMember).where(eq(teamMember.teamId, teamId)).all()
  const problem = checkPlace(members, { officialId, fromOn, toOn, isLeader })
  if (problem === 'already_granted') return false
  tx.insert(teamMember)
    .values({ teamId, officialId, fromOn, toOn, isLeader: isLeader && problem === null, isPaid })
    .run()
  return true
}
