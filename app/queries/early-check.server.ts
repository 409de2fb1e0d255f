import { type Person, permit } from '#app/access/policy.ts'
import { dayOf, startOf } from '#app/domain/calendar.ts'
import { type EarlyAnswer, MOST_EARLY_CHECKS } from '#app/domain/early-check.ts'
import { prepared, type Tx, transact } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { prefillFrom } from './assignment.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { outcomesOf, rulesOf } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { ownRecordOf } from './own-record.server.ts'

type Asker = Person & { officialId: number }

/**
 * Tells an official what is known of a citizen once their number is typed: the own record, the own list, and whether
 * somebody else recorded them, without a day or a name. The last is asked within the day's limit, and logged by the
 * number's keyed hash. Domain 5.
 */
export function checkEarly(actor: Asker, campaignId: number, number: string): EarlyAnswer {
  permit(actor, 'help.record', targetOf(actor.officialId, campaignToday()))
  const citizenHash = matchHash({ campaignId }, 'number', number)
  const own = ownRecordOf(actor.officialId, campaignId, citizenHash)
  if (own) return { own: { ...own, lacks: lacksOf(campaignId, own.helpId) }, assigned: null, isRecorded: null }
  return {
    own: null,
    assigned: assignedTo(actor, campaignId, citizenHash),
    isRecorded: transact(tx => askAboutOthers(tx, actor, campaignId, citizenHash)),
  }
}

/** The outcomes that the record still lacks. */
function lacksOf(campaignId: number, helpId: number) {
  const { requiredOutcomes, mustAchieve } = rulesOf(campaignId).regulation
  const outcomes = outcomesOf(helpId)
  return requiredOutcomes.filter(outcome => {
    const value = outcomes[outcome]?.value ?? 'not_yet'
    return outcome === mustAchieve ? value !== 'achieved' : value === 'not_yet'
  })
}

function assignedTo(actor: Asker, campaignId: number, citizenHash: string) {
  const listed = prepared<number>('select id from assignment where campaign_id = ? and citizen_hash = ?')
    .pluck()
    .get(campaignId, citizenHash)
  return listed === undefined ? null : (prefillFrom(actor, campaignId, listed) ?? null)
}

/** True if somebody else recorded the citizen; null once the account asked as often as it may today. */
function askAboutOthers(tx: Tx, actor: Asker, campaignId: number, citizenHash: string): boolean | null {
  const asked = prepared<string>(
    `select distinct e.subject_id from event e
      where e.account_id = ? and e.at >= ? and e.verb = 'look_up' and e.subject = 'citizen' and e.campaign_id = ?
        and not exists (select 1 from help h where h.campaign_id = e.campaign_id and h.citizen_hash = e.subject_id
          and h.official_id = ? and h.claimed_at is not null and h.withdrawn_at is null)`,
  )
    .pluck()
    .all(actor.accountId, startOf(dayOf(Date.now())), campaignId, actor.officialId)
  if (!asked.includes(citizenHash)) {
    if (asked.length >= MOST_EARLY_CHECKS) return null
    logEvent(tx, actor, { verb: 'look_up', subject: 'citizen', subjectId: citizenHash, campaignId })
  }
  return (
    prepared(
      `select 1 from help where campaign_id = ? and citizen_hash = ? and official_id <> ? and withdrawn_at is null`,
    ).get(campaignId, citizenHash, actor.officialId) !== undefined
  )
}
