import { type Actor, type Person, permit } from '#app/access/policy.ts'
import { dayOf, startOf } from '#app/domain/calendar.ts'
import { type AskedRows, type EarlyAnswer, MOST_EARLY_CHECKS } from '#app/domain/early-check.ts'
import { prepared, transact } from '#db/client.server.ts'
import { matchHash, matching } from '#db/keys.server.ts'
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
    isRecorded: askAboutOthers(actor, campaignId, [{ citizenHash, officialId: actor.officialId }])[0] ?? null,
  }
}

/** The outcomes that the record still lacks. */
export function lacksOf(campaignId: number, helpId: number) {
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

/** A citizen, and the official whose own record says nothing of others; null: any record is somebody else's. */
type Asked = { citizenHash: string; officialId: number | null }

/**
 * Tells of each citizen whether somebody else recorded them, in the order given, until the account has asked about as
 * many numbers as it may in a day; null from there on. Each number is logged once a day. A number that becomes a claim of
 * the account, or one that it entered for an official, gives its question back. Domain 5.
 */
function askAboutOthers(actor: Person, campaignId: number, citizens: readonly Asked[]): (boolean | null)[] {
  return transact(tx => {
    const known = askedToday(actor, campaignId)
    return citizens.map(({ citizenHash, officialId }) => {
      if (!known.has(citizenHash)) {
        if (known.size >= MOST_EARLY_CHECKS) return null
        known.add(citizenHash)
        logEvent(tx, actor, { verb: 'look_up', subject: 'citizen', subjectId: citizenHash, campaignId })
      }
      return isRecordedBesides(campaignId, citizenHash, officialId)
    })
  })
}

/**
 * Asks the same of the citizens of a list's rows, from the first row on. `officialId` as in `askAboutOthers`.
 */
export function askAboutRows(
  actor: Actor,
  campaignId: number,
  rows: readonly { row: number; number: string; officialId: number | null }[],
): AskedRows {
  if (actor.kind !== 'person' || rows.length === 0) return { asked: 0, recorded: [] }
  const hashOf = matching({ campaignId })
  const citizens = rows.map(({ number, officialId }) => ({ citizenHash: hashOf('number', number), officialId }))
  const answers = askAboutOthers(actor, campaignId, citizens)
  return {
    asked: answers.filter(answer => answer !== null).length,
    recorded: rows.flatMap(({ row }, n) => (answers[n] ? [row] : [])),
  }
}

/** The keyed hashes of the numbers that the account asked about today and did not claim. */
function askedToday({ accountId, officialId }: Person, campaignId: number): Set<string> {
  const hashes = prepared<string>(
    `select distinct e.subject_id from event e
      where e.account_id = ? and e.at >= ? and e.verb = 'look_up' and e.subject = 'citizen' and e.campaign_id = ?
        and not exists (select 1 from help h where h.campaign_id = e.campaign_id and h.citizen_hash = e.subject_id
          and (h.official_id = ? or h.recorded_by = e.account_id)
          and h.claimed_at is not null and h.withdrawn_at is null)`,
  )
    .pluck()
    .all(accountId, startOf(dayOf(Date.now())), campaignId, officialId)
  return new Set(hashes)
}

function isRecordedBesides(campaignId: number, citizenHash: string, officialId: number | null): boolean {
  return (
    prepared(
      `select 1 from help where campaign_id = ? and citizen_hash = ? and official_id is not ? and withdrawn_at is null`,
    ).get(campaignId, citizenHash, officialId) !== undefined
  )
}
