import { and, desc, eq } from 'drizzle-orm'
import { addDays, type Day } from '#app/domain/calendar.ts'
import type { Association } from '#app/domain/vocabulary.ts'
import type { FactTx } from '#db/client.server.ts'
import { chapter, membership } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'

type Place = { officialId: number; association: Association }

/**
 * Begins a membership on the day asked for, or on the day after the last one in the same association (domain 3). Who is
 * in another chapter of that association moves today.
 */
export function beginMembership(
  tx: FactTx,
  { chapterId, fromOn, ...place }: Place & { chapterId: number; fromOn: Day },
): void {
  endMemberships(tx, place)
  const after = membershipsIn(tx, place).flatMap(({ toOn }) => (toOn === null ? [] : [addDays(toOn, 1)]))
  const from = [fromOn, ...after].sort().at(-1) ?? fromOn
  tx.insert(membership).values({ officialId: place.officialId, chapterId, fromOn: from }).run()
}

/** Ends today's memberships in an association; one that began today, or begins later, is deleted. */
export function endMemberships(tx: FactTx, place: Place): void {
  const today = campaignToday()
  for (const { id, fromOn, toOn } of membershipsIn(tx, place)) {
    if (toOn !== null && toOn < today) continue
    if (fromOn >= today) tx.delete(membership).where(eq(membership.id, id)).run()
    else
      tx.update(membership)
        .set({ toOn: addDays(today, -1) })
        .where(eq(membership.id, id))
        .run()
  }
}

function membershipsIn(tx: FactTx, { officialId, association }: Place) {
  return tx
    .select({ id: membership.id, fromOn: membership.fromOn, toOn: membership.toOn })
    .from(membership)
    .innerJoin(chapter, eq(chapter.id, membership.chapterId))
    .where(and(eq(membership.officialId, officialId), eq(chapter.association, association)))
    .orderBy(desc(membership.fromOn))
    .all()
}
