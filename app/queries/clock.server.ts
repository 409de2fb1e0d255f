import type { Actor } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { prepared, transact } from '#db/client.server.ts'
import { logEvent } from './event.server.ts'

/**
 * The campaign clock: the real clock, or in a demo one that was set to another time and ticks on. Campaign days and
 * the receipt of records go by it; sessions, codes and the event log go by the real one.
 */
export function campaignNow(): number {
  const row = prepared('select real_at as realAt, campaign_at as campaignAt from clock').get() as
    | { realAt: number; campaignAt: number }
    | undefined
  return row ? row.campaignAt + (Date.now() - row.realAt) : Date.now()
}

/** Today by the campaign clock, in Asia/Ho_Chi_Minh. */
export function campaignToday(): Day {
  return dayOf(campaignNow())
}

/** Sets the clock at the founding of a demo; does nothing where one is set already. */
export function startClock(at: number) {
  prepared('insert or ignore into clock (id, real_at, campaign_at) values (1, ?, ?)').run(Date.now(), at)
}

/** Moves the campaign clock forward to `at` (ms). Returns false, and moves nothing, where that lies behind. */
export function moveClock(actor: Actor, at: number): boolean {
  return transact(tx => {
    if (at <= campaignNow()) return false
    prepared('update clock set real_at = ?, campaign_at = ? where id = 1').run(Date.now(), at)
    logEvent(tx, actor, { verb: 'move', subject: 'clock', subjectId: 1, data: { at } })
    return true
  })
}
