import { prepared } from '#db/client.server.ts'
import { figureOf } from './aggregate.server.ts'
import { campaignsAtWork } from './campaign.server.ts'
import { campaignToday } from './clock.server.ts'
import { rootUnit } from './unit.server.ts'

/** Counts the open tasks in the campaigns that run, else in the last one, for the operator: numbers only, without a check of permission. */
export function countWaiting(): { help: number; requests: number; disputes: number } {
  const campaigns = campaignsAtWork(campaignToday())
  const sum = (of: (campaignId: number) => number) => campaigns.reduce((total, { id }) => total + of(id), 0)
  const count = (text: string) => sum(campaignId => prepared<number>(text).pluck().one(campaignId))
  return {
    help: sum(campaignId => figureOf(campaignId, 'unit', rootUnit().id).help.awaiting),
    requests: count('select count(*) from citizen_request where campaign_id = ? and closed_at is null'),
    disputes: count('select count(*) from dispute where campaign_id = ? and decided_at is null'),
  }
}

/** Returns when figures were last taken for publication (ms), in any campaign; null: never. */
export function lastPublishedAt(): number | null {
  return prepared<number | null>('select max(taken_at) from publication').pluck().one()
}

/** Returns when the newest event was written (ms), by the clock of that moment; null: there is none. */
export function newestEventAt(): number | null {
  return prepared<number>('select at from event order by id desc limit 1').pluck().get() ?? null
}
