import type { Day } from '#app/domain/calendar.ts'
import { checkedDayOf, contradictionsOf, isAchievedShown } from '#app/domain/verdict.ts'
import { type FactTx, prepared } from '#db/client.server.ts'
import { appliedExtracts, hasAppliedExtracts, helpFactsOf, recordsOf } from './facts.server.ts'
import { rulesOf } from './rules.server.ts'

/** What extracts say of a record before it is written again. */
type Spoken = {
  helpId: number
  officialId: number
  citizenHash: string
  isContradicted: boolean
  /** extracts show the must-achieve outcome */
  isShown: boolean
  /** the day of the must-achieve outcome that extracts verified or contradicted; null: they did neither */
  checkedDay: Day | null
}

/** Returns what extracts say now of every record of these citizens, by the record's id. */
export function spokenOf(campaignId: number, citizens: readonly string[]): Map<number, Spoken> {
  return new Map(read(campaignId, citizens).map(({ spoken }) => [spoken.helpId, spoken]))
}

function read(campaignId: number, citizens: readonly string[]) {
  const records = hasAppliedExtracts(campaignId) ? recordsOf(campaignId, new Set(citizens)) : []
  if (records.length === 0) return []
  const extracts = appliedExtracts(campaignId)
  const { regulation } = rulesOf(campaignId)
  const hashes = new Map(records.map(row => [row.id, row.citizenHash]))
  return helpFactsOf(campaignId, records, { regulation, extracts }).map(facts => {
    const contradictions = contradictionsOf(facts, regulation)
    const isKept = facts.evidence.some(({ isKept = false }) => isKept)
    const spoken: Spoken = {
      helpId: facts.helpId,
      officialId: facts.officialId,
      citizenHash: hashes.get(facts.helpId) ?? '',
      isContradicted: isKept || contradictions.length > 0,
      isShown: isAchievedShown(facts, regulation),
      checkedDay: checkedDayOf(facts, regulation),
    }
    return { spoken, contradictions }
  })
}

/**
 * Keeps the contradictions of these citizens' records with their numbers, before one of them is written again at `at`
 * (ms, campaign clock). Commune, carrier and day written then, there or in a new record, do not undo what an extract
 * contradicted (plan IV.2; domain 5). Call it within `change`, before the write. Returns what extracts say of the
 * records.
 */
export function keepContradictions(
  tx: FactTx,
  campaignId: number,
  citizens: readonly string[],
  at: number,
): Map<number, Spoken> {
  const found = read(campaignId, citizens)
  const keep = tx.write(
    `insert or ignore into contradiction (campaign_id, citizen_hash, outcome, extract_id, help_id, kept_at)
     values (?, ?, ?, ?, ?, ?)`,
  )
  for (const { spoken, contradictions } of found)
    for (const { outcome, extractId } of contradictions)
      keep.run(campaignId, spoken.citizenHash, outcome, extractId, spoken.helpId, at)
  return new Map(found.map(({ spoken }) => [spoken.helpId, spoken]))
}

/** Clears the contradictions kept with these citizens' numbers: the inspecting body found otherwise. */
export function clearContradictions(tx: FactTx, campaignId: number, citizens: readonly string[], at: number) {
  tx.write(
    `update contradiction set cleared_at = ? where campaign_id = ? and cleared_at is null
        and citizen_hash in (select value from json_each(?))`,
  ).run(at, campaignId, JSON.stringify(citizens))
}

/** True while a contradiction kept with the citizen's number, by an applied extract, binds records of that number. */
export function hasKeptContradiction(campaignId: number, citizenHash: string): boolean {
  return (
    prepared(
      `select 1 from contradiction c join extract e on e.id = c.extract_id
        where c.campaign_id = ? and c.citizen_hash = ? and c.cleared_at is null and e.state = 'applied'`,
    ).get(campaignId, citizenHash) !== undefined
  )
}
