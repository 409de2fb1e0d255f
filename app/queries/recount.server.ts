import type { Actor } from '#app/access/policy.ts'
import { prepared, transact } from '#db/client.server.ts'
import { rulesOf } from './campaign-rules.server.ts'
import { logEvent } from './event.server.ts'
import { placementOn } from './placement.server.ts'
import { inTurn } from './retry.server.ts'
import { addStandingOf, computeStanding, refreshStanding, storedStanding } from './standing.server.ts'
import { clearTallies, compareTallies, moveTallies, Sums, type TallyDifference } from './tally.server.ts'
import { addAllHelp, appliedExtracts, change, citizensOf, judgeStored } from './verdict.server.ts'

/** What differs between what is stored and what the facts say. */
export type Difference =
  | TallyDifference
  | { table: 'help' | 'standing'; key: string; metric: string; stored: unknown; recounted: unknown }

/**
 * Recomputes every verdict and standing of a campaign from the facts, through the same functions that the writes use,
 * sums the tallies up anew, and returns all differences from what is stored. Writes nothing.
 */
export function recount(campaignId: number): Difference[] {
  const { regulation } = rulesOf(campaignId)
  const extracts = appliedExtracts(campaignId)
  const differences: Difference[] = []
  for (const hash of citizensOf(campaignId))
    for (const [helpId, { verdict, holdsCredit, isReported, countsAny, basis }] of judgeStored(
      campaignId,
      hash,
      regulation,
      extracts,
    )) {
      const stored = prepared(
        `select verdict_kind as kind, verdict_reason as reason, verdict_outcome as outcome, holds_credit as holdsCredit,
                is_reported as isReported, counts_any as countsAny, basis from help where id = ?`,
      ).get(helpId) as Record<string, unknown>
      const ought: Record<string, unknown> = {
        kind: verdict.kind,
        reason: verdict.reason,
        outcome: verdict.outcome,
        holdsCredit: Number(holdsCredit),
        isReported: Number(isReported),
        countsAny: Number(countsAny),
        basis,
      }
      differences.push(...unequal('help', String(helpId), stored, ought))
    }
  const sums = new Sums()
  addAllHelp(sums, campaignId)
  for (const officialId of officialsOf(campaignId)) {
    const stored = storedStanding(campaignId, officialId) as Record<string, unknown> | undefined
    const ought = computeStanding(campaignId, officialId, regulation) as Record<string, unknown>
    differences.push(...unequal('standing', String(officialId), stored ?? {}, ought))
    addStandingOf(sums, campaignId, officialId, regulation, placementOn, 1)
  }
  return [...differences, ...compareTallies(campaignId, sums)]
}

function unequal(
  table: 'help' | 'standing',
  key: string,
  stored: Record<string, unknown>,
  ought: Record<string, unknown>,
): Difference[] {
  return Object.keys(ought)
    .filter(metric => stored[metric] !== ought[metric])
    .map(metric => ({ table, key, metric, stored: stored[metric], recounted: ought[metric] }))
}

function officialsOf(campaignId: number): number[] {
  const { regulation } = rulesOf(campaignId)
  const rows = prepared(
    `select id from official where id in (select official_id from posting where from_on <= ?)
     union select official_id from standing where campaign_id = ?`,
  ).all(regulation.endsOn, campaignId)
  return (rows as { id: number }[]).map(row => row.id)
}

/** How many citizens or officials one transaction takes: it holds everybody else's writes up for so long. */
const CHUNK = 100

/**
 * Judges a whole campaign anew after its regulation, or the tree of units, changed: first the citizens' records and
 * then the standings, chunk by chunk and each its own transaction, so that pages stay usable; tallies in the last one,
 * which only sums. Until then they may be off: where somebody was summed up before can no longer be told from the
 * facts, so differences do not suffice. `progress` is told how many citizens and officials are done, of all.
 */
export async function rejudgeCampaign(
  actor: Actor,
  campaignId: number,
  progress: (done: number, total: number) => void,
) {
  const { regulation } = rulesOf(campaignId)
  const citizens = citizensOf(campaignId)
  const officials = officialsOf(campaignId)
  const total = citizens.length + officials.length
  for (let start = 0; start < citizens.length; start += CHUNK)
    await inTurn(() => {
      change(campaignId, { citizens: citizens.slice(start, start + CHUNK) }, () => undefined)
      progress(Math.min(start + CHUNK, citizens.length), total)
    })
  for (let start = 0; start < officials.length; start += CHUNK)
    await inTurn(() => {
      transact(() => {
        for (const officialId of officials.slice(start, start + CHUNK))
          refreshStanding(campaignId, officialId, regulation)
      })
      progress(citizens.length + Math.min(start + CHUNK, officials.length), total)
    })
  await inTurn(() =>
    transact(tx => {
      sumUp(campaignId)
      logEvent(tx, actor, { verb: 'rejudge', subject: 'campaign', subjectId: campaignId, campaignId })
    }),
  )
}

/** Refreshes every standing and sums all tallies of a campaign up anew, in the caller's transaction or its own. */
export function rebuildTallies(campaignId: number) {
  transact(() => {
    const { regulation } = rulesOf(campaignId)
    for (const officialId of officialsOf(campaignId)) refreshStanding(campaignId, officialId, regulation)
    sumUp(campaignId)
  })
}

/** Replaces a campaign's tallies by the sums of its stored verdicts and standings. */
function sumUp(campaignId: number) {
  const { regulation } = rulesOf(campaignId)
  const sums = new Sums()
  const standings = prepared('select official_id as officialId from standing where campaign_id = ?').all(campaignId)
  for (const { officialId } of standings as { officialId: number }[])
    addStandingOf(sums, campaignId, officialId, regulation, placementOn, 1)
  addAllHelp(sums, campaignId)
  clearTallies(campaignId)
  moveTallies(sums)
}
