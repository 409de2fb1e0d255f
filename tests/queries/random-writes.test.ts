import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { checkClosings } from '#app/queries/closing-rows.server.ts'
import { checkFacts } from '#app/queries/fact-check.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { settledOf } from '#app/queries/obligation-evidence.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, makeProvince } from '#tests/make.ts'
import { ANY_ACT, FIRST_RECORDS } from '#tests/random-acts.ts'
import { makeScene, note, occurred, play } from '#tests/random-play.ts'
import { judgeAgain } from '#tests/second-judge.ts'

afterEach(dropProvince)

/** Sequences in `npm test`; `npm run test:sequences` plays 10,000. */
const USUAL = 200
const RUNS = Number(process.env.SEQUENCES ?? USUAL)
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
console.info(`${RUNS} sequences, seed ${SEED}`)

const ACTS = fc.array(ANY_ACT, { minLength: 8, maxLength: 40, size: 'max' })

/** Differences that the second judge finds in the stored verdicts of a campaign. */
function secondOpinions(campaignId: number) {
  const judged = judgeAgain(campaignId)
  const stored = prepared(
    `select id, verdict_reason, holds_credit, is_reported, counts_any, basis, counted_outcomes
       from help where campaign_id = ? order by id`,
  ).all(campaignId) as ({ id: number; verdict_reason: string } & object)[]
  return stored.flatMap(({ id, ...row }) => {
    note(`record that is ${row.verdict_reason}`)
    const other = judged.get(id)
    return JSON.stringify(row) === JSON.stringify(other) ? [] : [{ id, stored: row, other }]
  })
}

/** What is wrong in a campaign after a sequence: nothing. */
function differencesIn(campaignId: number) {
  const officials = prepared('select id from official').pluck().all() as number[]
  return [...recount(campaignId), ...secondOpinions(campaignId), ...settledOf(campaignId, officials)]
}

const counted = (text: string) => (prepared(text).pluck().get() as number) > 0

/** Notes which of the situations that once hid an error came up in a sequence. */
function noteSituations() {
  note(
    'official first posted after the cut-off',
    counted(`select count(*) from (select official_id from posting group by 1 having min(from_on) > '2024-07-03')
              join official o on o.id = official_id where o.staff_code like 'CB%'`),
  )
  note(
    'record of an official first posted after the cut-off',
    counted(`select count(*) from help where official_id in
               (select official_id from posting group by 1 having min(from_on) > '2024-07-03')`),
  )
  note(
    'record that two inspections found differently',
    counted(`select count(*) from (select help_id from inspection_pick where result is not null
              group by 1 having count(distinct result) > 1)`),
  )
  note(
    'exempt official with records',
    counted("select count(*) from exemption e join help h on h.official_id = e.official_id where e.state = 'approved'"),
  )
  note('records in both campaigns', counted('select count(distinct campaign_id) - 1 from help'))
  note('obligation verified by an extract', counted("select count(*) from obligation where state = 'verified'"))
  note('obligation to be looked at again', counted('select count(*) from obligation where extract_shows = 0'))
}

/** Each must come up among a few hundred sequences. */
const SITUATIONS = [
  'roster that names a citizen with records',
  'roster that gives a known official a number',
  'official first posted after the cut-off',
  'record of an official first posted after the cut-off',
  'records in both campaigns',
  'rhythm moved after a report was signed',
  'exempt official with records',
  'record that two inspections found differently',
  'rehearsal',
  'closing before it',
  'closing after the final report',
  'record that is activated_before',
  'record that is activated_after',
  'record that is not_in_extract',
  'record that is roster_member',
  'record that is duplicate_claim',
  'record that is verified',
  'record that is confirmed',
]

describe('any sequence of writes', () => {
  it(
    'leaves every campaign equal to a recount and to the second judge, and each fact as an event tells',
    async () => {
      let played = 0
      await fc.assert(
        fc.asyncProperty(fc.boolean(), FIRST_RECORDS, ACTS, async (isMoved, records, acts) => {
          const scene = await makeScene(isMoved)
          for (const act of [...records, ...acts]) await play(scene, act)
          noteSituations()
          played += 1
          const differences = [...scene.differences, ...[CAMPAIGN, scene.second].flatMap(differencesIn)]
          const closings = checkClosings().filter(({ fits }) => !fits)
          const { findings } = checkFacts()
          dropProvince()
          expect([...differences, ...closings, ...findings]).toEqual([])
        }),
        { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: RUNS > USUAL ? undefined : 50_000 },
      )
      makeProvince()
      if (process.env.SEQUENCES)
        console.info(
          [...occurred]
            .sort()
            .map(([what, n]) => `${n} × ${what}`)
            .join('\n'),
        )
      // a busy machine plays fewer: then some may not have come up
      if (played >= USUAL) expect(SITUATIONS.filter(what => !occurred.has(what))).toEqual([])
    },
    6 * 3_600_000,
  )
})
