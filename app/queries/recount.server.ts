import type { Actor } from '#app/access/policy.ts'
import { prepared, transact } from '#db/client.server.ts'
import { rulesOf } from './campaign-rules.server.ts'
import { logEvent } from './event.server.ts'
import { addStandingOf, computeStanding, refreshStanding, storedStanding } from './standing.server.ts'
import { clearTallies, compareTallies, moveTallies, Sums, type TallyDifference } from './tally.server.ts'
import { addAllHelp, appliedExtracts, change, citizensOf, judgeStored } from './verdict.server.ts'

/** What differs between what is stored and what the facts say. */
export type Difference = TallyDifference | { table: 'help' | 'standing'; key: string; metric: string; stored: unknown; recounted: unknown }

/**
 * Recomputes every verdict and standing of a campaign from the facts, through the same functions that the writes use,
 * sums the tallies up anew, and returns all differences from what is stored. Writes nothing.
 */
export function recount(campaignId: number): Difference[] {
  const { regulation } = rulesOf(campaignId)
  const extracts = appliedExtracts(campaignId)
  const differences: Difference[] = []
  for (const hash of citizensOf(campaignId))
    for (const [helpId, { verdict, holdsCredit, isReported, countsAny }] of judgeStored(
      campaignId,
      hash,
      regulation,
      extracts,
    )) {
      const stored = prepared(
        `select verdict_kind as kind, verdict_reason as reason, verdict_outcome as outcome, holds_credit as holdsCredit,
                is_reported as isReported, counts_any as countsAny from help where id = ?`,
      ).get(helpId) as Record<string, unknown>
      const ought: Record<string, unknown> = {
        kind: verdict.kind,
        reason: verdict.reason,
        outcome: verdict.outcome,
        holdsCredit: Number(holdsCredit),
        isReported: Number(isReported),
        countsAny: Number(countsAny),
      }
      differences.push(...unequal('help', String(helpId), stored, ought))
    }
  const sums = new Sums()
  addAllHelp(sums, campaignId)
  for (const officialId of officialsOf(campaignId)) {
    const stored = storedStanding(campaignId, officialId) as Record<string, unknown> | undefined
    const ought = computeStanding(campaignId, officialId, regulation) as Record<string, unknown>
    differences.push(...unequal('standing', String(officialId), stored ?? {}, ought))
    addStandingOf(sums, campaignId, officialId, regulation, 1)
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

const CHUNK = 200

/**
 * Judges a whole campaign anew after its regulation changed: chunk by chunk, each its own transaction, moving tallies
 * by the difference, so that pages stay usable. `progress` is told how many citizens and officials are done, of all.
 */
export function rejudgeCampaign(actor: Actor, campaignId: number, progress: (done: number, total: number) => void) {
  const citizens = citizensOf(campaignId)
  const officials = officialsOf(campaignId)
  const total = citizens.length + officials.length
  for (let start = 0; start < citizens.length; start += CHUNK) {
    change(campaignId, { citizens: citizens.slice(start, start + CHUNK) }, () => undefined)
    progress(Math.min(start + CHUNK, citizens.length), total)
  }
  // the cut-off may have moved: with it where every official is summed up. Rebuilt in one go, since what they
  // contributed before can no longer be told from the facts.
  transact(tx => {
    rebuildTallies(campaignId, officials)
    logEvent(tx, actor, { verb: 'rejudge', subject: 'campaign', subjectId: campaignId, campaignId })
  })
  progress(total, total)
}

/** Refreshes every standing and sums all tallies of a campaign up anew, in the caller's transaction or its own. */
export function rebuildTallies(campaignId: number, officials = officialsOf(campaignId)) {
  transact(() => {
    const { regulation } = rulesOf(campaignId)
    const sums = new Sums()
    for (const officialId of officials) {
      refreshStanding(campaignId, officialId, regulation)
      addStandingOf(sums, campaignId, officialId, regulation, 1)
    }
    addAllHelp(sums, campaignId)
    clearTallies(campaignId)
    moveTallies(sums)
  })
}
