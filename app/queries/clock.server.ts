import { type Actor, permit } from '#app/access/policy.ts'
import { type Day, dayOf, daysBetween } from '#app/domain/calendar.ts'
import { isClockBelieved, witnessSpan } from '#app/domain/clock-trust.ts'
import { notFound, type Result } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { untilWritten } from '#db/until-written.server.ts'
import { logEvent } from './event.server.ts'

/**
 * The campaign clock: the real clock, or in a demo one that was set to another time and ticks on. Campaign days and
 * the receipt of records go by it; sessions, codes and the event log go by the real one.
 */
export function campaignNow(): number {
  return Date.now() + aheadBy()
}

/** Returns the campaign's instant at which something happened that was noted by the real clock, as jobs are. */
export function campaignTimeOf(realAt: number): number {
  return realAt + aheadBy()
}

/** How far the campaign clock is ahead of the real one (ms). */
const aheadBy = untilWritten(() => prepared<number>('select campaign_at - real_at from clock').pluck().get() ?? 0)

/** Events that are looked through for a witness of the clock: more than a province writes in two days. */
const MOST_EVENTS = 500_000

/**
 * Returns true if the event log confirms the real clock at the instant `at` (ms), so that data may be destroyed by it.
 */
export function isClockTrusted(at: number): boolean {
  const { from, to } = witnessSpan(at)
  const one = (text: string, ...values: number[]) =>
    prepared<number>(text)
      .pluck()
      .get(...values)
  return isClockBelieved(at, {
    newest: one('select at from event order by id desc limit 1') ?? null,
    hasOlder: one('select 1 from event where at < ? limit 1', from) !== undefined,
    hasWitness:
      one(
        'select 1 from (select at from event order by id desc limit ?) where at between ? and ? limit 1',
        MOST_EVENTS,
        from,
        to,
      ) !== undefined,
  })
}

/** Today by the campaign clock, in Asia/Ho_Chi_Minh. */
export function campaignToday(): Day {
  return dayOf(campaignNow())
}

/** Sets the clock at the founding of a demo; does nothing where one is set already. */
export function startClock(at: number) {
  prepared('insert or ignore into clock (id, real_at, campaign_at) values (1, ?, ?)').run(Date.now(), at)
}

/** The furthest that one move may go, so that a slip of the pen does not end a demo that cannot go back. */
const MOST_DAYS = 366

/**
 * Moves the campaign clock forward to `at` (ms). Refuses an instant in the past, or more than a year ahead, with a
 * problem. Throws 404 if no clock was ever set, as outside a demo.
 */
export function moveClock(actor: Actor, at: number): Result<object, 'not_forward' | 'too_far'> {
  permit(actor, 'clock.move', { unitPath: '' })
  return transact(tx => {
    const now = campaignNow()
    if (at <= now) return { ok: false, problem: 'not_forward' }
    if (daysBetween(dayOf(now), dayOf(at)) > MOST_DAYS) return { ok: false, problem: 'too_far' }
    const { changes } = prepared('update clock set real_at = ?, campaign_at = ? where id = 1').run(Date.now(), at)
    if (changes === 0) throw notFound()
    logEvent(tx, actor, { verb: 'move', subject: 'clock', subjectId: 1, data: { at } })
    return { ok: true }
  })
}
