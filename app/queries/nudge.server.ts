import { can, type Person, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { isNudgeShown, mayNudge, type Nudge } from '#app/domain/nudge.ts'
import type { Cause } from '#app/domain/official-cause.ts'
import { type Quickest, quickestOf } from '#app/domain/proof-way.ts'
import { found, notFound } from '#app/domain/refusal.ts'
import { OBLIGATION_PARTS } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { figureOf } from './aggregate.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { targetOf } from './official.server.ts'
import { type Caused, listCaused, type StandingForCause, withCauses } from './official-cause.server.ts'
import { isOpened } from './official-columns.server.ts'
import { proofMeans } from './proof-means.server.ts'
import { askPush } from './push.server.ts'
import { withinReach } from './reach.server.ts'
import { findUnit } from './unit.server.ts'
import { titleOfUnit } from './unit-title.server.ts'

/**
 * Reminders of one person by their unit or one above it (domain 8). The event log holds them: whom, by whom, on which
 * day, from which unit. The reminded see them on opening the app, in the daily mail, and as an empty push on browsers where they asked for it.
 */

/** Of the event `e`: a reminder of one of these officials in this campaign. */
const IS_NUDGE = `e.subject = 'official' and e.verb = 'remind' and e.campaign_id = @campaignId
  and e.subject_id in (select cast(value as text) from json_each(@ids))`

/** The day on which each of these officials was reminded last; who never was is left out. */
export function lastNudges(campaignId: number, officialIds: readonly number[]): Map<number, Day> {
  const rows = prepared<{ officialId: number; on: Day }>(
    `select cast(e.subject_id as integer) as officialId, max(json_extract(e.data, '$.on')) as "on"
       from event e where ${IS_NUDGE} group by e.subject_id`,
  ).all({ campaignId, ids: JSON.stringify(officialIds) })
  return new Map(rows.map(row => [row.officialId, row.on]))
}

const STANDINGS = `
  select official_id as officialId, target, reported, counted, shortage, sim_signature as simSignature, phone4g,
         portal_national as portalNational, portal_provincial as portalProvincial
    from standing where campaign_id = @campaignId and official_id in (select value from json_each(@ids))`

type Lacking = StandingForCause & { counted: number }

/** What these officials lack and why; who lacks nothing is left out. Checks no permission. */
function lackingOf(campaignId: number, officialIds: readonly number[], today: Day): (Lacking & Caused)[] {
  const rows = prepared<Lacking>(STANDINGS).all({ campaignId, ids: JSON.stringify(officialIds) })
  return withCauses(campaignId, rows, today).filter(({ causes }) => causes.length > 0)
}

/** What waits for the unit alone is no reason to remind a person. */
const isTheirs = (causes: readonly Cause[]) => causes[0] !== 'awaiting'

/**
 * Reminds people of a unit and below of what they lack, each once a day. Leaves out the actor themself, who lacks
 * nothing of their own, who was reminded today, and who never opened their account and so sees nothing; returns how many
 * it reminded. 404 for people out of reach.
 */
export function nudgeOfficials(
  actor: Person,
  campaignId: number,
  { unitId, officialIds }: { unitId: number; officialIds: readonly number[] },
): { nudged: number } {
  return transact(tx => {
    const today = campaignToday()
    const { rows: reached } = withinReach(officialIds, id => {
      const target = targetOf(id, today)
      if (!can(actor, 'official.view', target)) throw notFound()
      permit(actor, 'roster.edit', target)
      return id
    })
    const last = lastNudges(campaignId, reached)
    const due = lackingOf(campaignId, reached, today).filter(
      ({ officialId, causes }) =>
        officialId !== actor.officialId &&
        isTheirs(causes) &&
        isOpened(officialId) &&
        mayNudge(last.get(officialId) ?? null, today),
    )
    for (const { officialId } of due)
      logEvent(tx, actor, {
        verb: 'remind',
        subject: 'official',
        subjectId: officialId,
        campaignId,
        data: { on: today, unitId },
      })
    askPush(
      tx,
      due.map(({ officialId }) => officialId),
    )
    return { nudged: due.length }
  })
}

/** Reminds everybody of one group of a unit's board: of those with this first cause. 404 for a unit out of sight. */
export function nudgeGroup(actor: Person, campaignId: number, unitId: number, cause: Cause): { nudged: number } {
  const at = found(findUnit(actor, unitId))
  const { officials } = figureOf(campaignId, 'unit', unitId).people
  const { rows } = listCaused(actor, campaignId, { id: at.id, path: at.path, officials }, campaignToday())
  const officialIds = rows.filter(({ causes }) => causes[0] === cause).map(row => row.officialId)
  return nudgeOfficials(actor, campaignId, { unitId, officialIds })
}

/** The reminder that a person sees, with what they lack; null: there is none, it is old, or nothing is lacking. */
export function ownNudge(
  { officialId }: Person,
  campaignId: number,
  today: Day,
): (Nudge & { lacking: Lacking & Caused; quickest: Quickest | null }) | null {
  if (officialId === null) return null
  const row = prepared<{ on: Day; unitId: number }>(
    `select json_extract(e.data, '$.on') as "on", json_extract(e.data, '$.unitId') as unitId
       from event e where ${IS_NUDGE} order by e.id desc limit 1`,
  ).get({ campaignId, ids: JSON.stringify([officialId]) })
  if (!row || !isNudgeShown(row.on, today)) return null
  const [lacking] = lackingOf(campaignId, [officialId], today)
  if (!lacking || !isTheirs(lacking.causes)) return null
  const quickest = quickestLacking(campaignId, lacking, today)
  return { on: row.on, unitName: titleOfUnit(row.unitId), lacking, quickest }
}

/** Of the parts that somebody lacks, the one with the quickest way; null: they lack none. */
function quickestLacking(campaignId: number, { causes }: Caused, today: Day): Quickest | null {
  const parts = OBLIGATION_PARTS.filter(part => causes.includes(part))
  return parts.length === 0 ? null : quickestOf(parts, proofMeans(campaignId, today))
}

/** For the page of an official: what the actor may remind them of, and when they were reminded; null: nothing. */
export function nudgeFor(
  actor: Person,
  campaignId: number,
  officialId: number,
  today: Day,
): { lacking: Lacking & Caused; quickest: Quickest | null; nudgedOn: Day | null } | null {
  if (officialId === actor.officialId || !can(actor, 'roster.edit', targetOf(officialId, today))) return null
  const [lacking] = lackingOf(campaignId, [officialId], today)
  if (!lacking || !isTheirs(lacking.causes)) return null
  const quickest = quickestLacking(campaignId, lacking, today)
  return { lacking, quickest, nudgedOn: lastNudges(campaignId, [officialId]).get(officialId) ?? null }
}
