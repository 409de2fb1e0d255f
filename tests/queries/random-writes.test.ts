import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { PLAN_128, type Regulation } from '#app/domain/regulation.ts'
import type { Outcome, OutcomeValue } from '#app/domain/vocabulary.ts'
import { addRegulation, createCampaign } from '#app/queries/campaign.server.ts'
import { currentClosing, listClosings, startClosing } from '#app/queries/closing.server.ts'
import { freezeClosing } from '#app/queries/closing-freeze.server.ts'
import {
  confirmHelp,
  editHelp,
  findHelp,
  recordHelp,
  restoreHelp,
  returnHelp,
  withdrawHelp,
} from '#app/queries/help.server.ts'
import { change, recount, rejudgeCampaign, rulesOf } from '#app/queries/judging/index.server.ts'
import { transferOfficial } from '#app/queries/official.server.ts'
import { prepared } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import {
  citizenAnswer,
  exemption,
  extract,
  extractFact,
  extractScope,
  inspection,
  inspectionPick,
  targetDecision,
} from '#db/schema.ts'
import {
  CAMPAIGN,
  citizenNumber,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  system,
  unitNamed,
} from '#tests/make.ts'
import { importRoster } from '#tests/roster.ts'
import { judgeAgain } from '#tests/second-judge.ts'

afterEach(dropProvince)

/** Sequences in `npm test`; `npm run test:sequences` plays 10,000. */
const USUAL = 200
const RUNS = Number(process.env.SEQUENCES ?? USUAL)
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
console.info(`${RUNS} sequences, seed ${SEED}`)

const who = fc.nat(3)
const citizen = fc.nat(4)
const pick = fc.nat(30)
const day = fc.constantFrom('2024-04-03', '2024-04-04', '2024-05-10', '2024-06-12')
const value = fc.constantFrom<OutcomeValue>('achieved', 'already_had', 'not_yet')

/** Everything that people do to the facts behind a verdict or a standing, in any order. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      who,
      citizen,
      day,
      activated: value,
      sim: value,
      isSecond: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('confirm' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), pick, citizen, day, activated: value }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('return' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      pick,
      answer: fc.constantFrom('yes' as const, 'no' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('extract' as const),
      citizens: fc.subarray([0, 1, 2, 3, 4]),
      day,
      isFull: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('transfer' as const),
      who,
      unit: fc.nat(2),
      day: fc.constantFrom('2024-04-20', '2024-05-20'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('exempt' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('roster' as const),
      unit: fc.nat(2),
      // the same person comes without a number first and with it later, or at once
      citizen,
      hasNumber: fc.boolean(),
      day: fc.constantFrom('2024-04-04', '2024-07-08'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('rules' as const),
      changes: fc.constantFrom<Partial<Regulation>>(
        { mustAchieve: 'sim_signature' },
        { mustAchieve: 'eid_activated' },
        { quotaReading: 'any' },
        { quotaReading: 'all' },
        { endsOn: '2024-06-01' },
        { endsOn: '2024-07-03' },
        { refusesRosterMembers: true },
        { weeklyReport: { weekday: 3, hour: 17, firstOn: '2024-04-10', documentNumber: '9/UBND' } },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('inspect' as const),
      pick,
      result: fc.constantFrom('true' as const, 'untrue' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), isLate: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('target' as const), who, citizens: fc.integer({ min: 1, max: 3 }) }),
  },
)

const NAMES = ['Lê Văn Không', 'Lê Văn Một', 'Lê Văn Hai', 'Lê Văn Ba', 'Lê Văn Bốn']

/** Differences that the second judge finds: its reason, or who holds the credit, is another than the stored one. */
function secondOpinions(campaignId: number) {
  const judged = judgeAgain(campaignId)
  const stored = prepared(
    'select id, verdict_reason as reason, holds_credit as holds from help where campaign_id = ? order by id',
  ).all(campaignId) as { id: number; reason: string; holds: number }[]
  return stored.flatMap(row => {
    const other = judged.get(row.id)
    return other?.reason === row.reason && other.holds === (row.holds === 1) ? [] : [{ ...row, other }]
  })
}

let inspections = 0

/** A concluded inspection of one record, as its team leaves it. */
function inspect(helpId: number, result: 'true' | 'untrue', unitId: number) {
  inspections += 1
  const hash = prepared('select citizen_hash from help where id = ?').pluck().get(helpId) as string
  change(CAMPAIGN, { citizens: [hash] }, tx => {
    const { id } = tx
      .insert(inspection)
      .values({ campaignId: CAMPAIGN, unitId, seed: '1', drawnAt: 1, concludedAt: inspections })
      .returning()
      .get()
    tx.insert(inspectionPick).values({ inspectionId: id, helpId, result }).run()
  })
}

function makeScene() {
  makeProvince()
  const units = [unitNamed('Sở Nội vụ'), unitNamed('UBND xã Tân Thành'), unitNamed('Sở Y tế')]
  const people = [0, 0, 1, 2].map(n => makeOfficial(units[n]?.id ?? 0, n === 2 ? { number: citizenNumber(4) } : {}))
  const office = grantTo(makeOfficial(1).actor, 'campaign_office', 1)
  const second = createCampaign(office, {
    code: '200/KH-UBND',
    name: 'Đợt thứ hai',
    issuer: 'UBND tỉnh',
    issuedOn: '2024-04-25',
    parameters: { ...PLAN_128, startsOn: '2024-05-01', endsOn: '2024-06-30', quota: 3 },
    annexOf: null,
  })
  if (!second.ok) throw new Error('no second campaign')
  return {
    units,
    people,
    office,
    second: second.campaignId,
    head: grantTo(makeOfficial(units[0]?.id ?? 0).actor, 'head', 1),
  }
}

describe('any sequence of writes', () => {
  it(
    'leaves every campaign equal to a recount, and to the second judge',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async steps => {
          const { units, people, office, second, head } = makeScene()
          await rejudgeCampaign(system, second, () => undefined)
          const made: { helpId: number; who: number; in: number }[] = []
          const chosen = (n: number) => (made.length > 0 ? made[n % made.length] : undefined)
          const outcomes = (on: string, activated: OutcomeValue, sim: OutcomeValue = 'achieved') => {
            const fact = (word: OutcomeValue) => ({ value: word, on: word === 'achieved' ? on : null })
            return {
              vneid_installed: fact('achieved'),
              eid_activated: fact(activated),
              sim_signature: fact(sim),
            } satisfies Partial<Record<Outcome, unknown>>
          }
          for (const move of steps) {
            if (move.do === 'record') {
              const person = people[move.who]
              if (!person) continue
              const result = recordHelp(person.actor, move.isSecond ? second : CAMPAIGN, {
                officialId: person.officialId,
                input: helpForm(move.citizen, {
                  helpedOn: move.day,
                  outcomes: outcomes(move.day, move.activated, move.sim),
                }),
              })
              if (result.ok) made.push({ helpId: result.helpId, who: move.who, in: move.isSecond ? second : CAMPAIGN })
            } else if (move.do === 'extract') {
              const hashes = move.citizens.map(n => matchHash({ campaignId: CAMPAIGN }, 'number', citizenNumber(n)))
              const every = [0, 1, 2, 3, 4].map(n => matchHash({ campaignId: CAMPAIGN }, 'number', citizenNumber(n)))
              change(CAMPAIGN, { citizens: every }, tx => {
                const row = tx
                  .insert(extract)
                  .values({
                    campaignId: CAMPAIGN,
                    source: 'police',
                    asOfOn: move.day,
                    outcomes: '["eid_activated"]',
                    isFullList: move.isFull,
                    state: 'applied',
                    appliedAt: 1,
                  })
                  .returning()
                  .get()
                tx.insert(extractScope).values({ extractId: row.id, localityCode: '689' }).run()
                for (const subjectHash of hashes)
                  tx.insert(extractFact)
                    .values({ extractId: row.id, subjectHash, outcome: 'eid_activated', happenedOn: move.day })
                    .run()
              })
            } else if (move.do === 'transfer') {
              const person = people[move.who]
              const unit = units[move.unit]
              if (person && unit)
                transferOfficial(head, {
                  officialId: person.officialId,
                  unitId: unit.id,
                  position: 'Chuyên viên',
                  category: 'public_employee',
                  isLeader: false,
                  fromOn: move.day,
                })
            } else if (move.do === 'roster') {
              const unitId = units[move.unit]?.id ?? 0
              const row = {
                staffCode: `CB${move.citizen}`,
                name: NAMES[move.citizen] ?? '',
                birthYear: 1990,
                number: move.hasNumber ? citizenNumber(move.citizen) : null,
              }
              await importRoster(head, unitId, [row], move.day)
            } else if (move.do === 'rules') {
              const { version, regulation } = rulesOf(CAMPAIGN)
              const added = addRegulation(office, CAMPAIGN, {
                parameters: { ...regulation, ...move.changes },
                basedOn: version,
                documentNumber: '1',
                decidedOn: '2024-06-01',
                note: '',
              })
              if (added.ok) await rejudgeCampaign(system, CAMPAIGN, () => undefined)
            } else if (move.do === 'close') {
              // forward only: what follows is written after the deadline
              if (move.isLate)
                prepared('update clock set real_at = ?, campaign_at = ?').run(
                  Date.now(),
                  Date.parse('2024-07-11T09:00+07:00'),
                )
              const started = startClosing(office, CAMPAIGN, {
                reason: currentClosing(CAMPAIGN) ? 'correction' : move.isLate ? 'close' : 'rehearsal',
                note: '',
              })
              const open = listClosings(CAMPAIGN).find(row => row.frozenAt === null)
              if (started.problem === null && open) await freezeClosing(office, open, () => undefined)
              prepared("update job set state = 'done' where kind = 'closing'").run()
            } else if (move.do === 'exempt') {
              const officialId = people[move.who]?.officialId ?? 0
              change(CAMPAIGN, { standings: [officialId] }, tx =>
                tx
                  .insert(exemption)
                  .values({
                    campaignId: CAMPAIGN,
                    officialId,
                    part: 'quota',
                    reason: 'maternity',
                    documentNumber: '1',
                    fromOn: '2024-05-01',
                    toOn: '2024-08-01',
                    state: 'approved',
                    askedAt: 1,
                  })
                  .run(),
              )
            } else if (move.do === 'target') {
              const officialId = people[move.who]?.officialId ?? 0
              change(CAMPAIGN, { standings: [officialId] }, tx =>
                tx
                  .insert(targetDecision)
                  .values({ campaignId: CAMPAIGN, officialId, citizens: move.citizens, createdAt: 1 })
                  .run(),
              )
            } else {
              const record = chosen(move.pick)
              const actor = people[record?.who ?? 0]?.actor
              if (!record || !actor) continue
              const { helpId } = record
              const campaignId = record.in
              if (move.do === 'inspect' && campaignId === CAMPAIGN) inspect(helpId, move.result, units[0]?.id ?? 0)
              if (move.do === 'confirm') confirmHelp(head, campaignId, [helpId])
              if (move.do === 'withdraw') withdrawHelp(actor, campaignId, helpId)
              if (move.do === 'restore') restoreHelp(actor, campaignId, helpId)
              if (move.do === 'return') returnHelp(head, campaignId, { helpIds: [helpId], reason: 'Xem lại' })
              const row = findHelp(actor, campaignId, helpId)
              if (move.do === 'edit' && row)
                editHelp(actor, campaignId, {
                  helpId,
                  revision: row.revision,
                  input: helpForm(move.citizen, { helpedOn: move.day, outcomes: outcomes(move.day, move.activated) }),
                })
              if (move.do === 'answer')
                change(
                  campaignId,
                  { citizens: [0, 1, 2, 3, 4].map(n => matchHash({ campaignId }, 'number', citizenNumber(n))) },
                  tx => tx.insert(citizenAnswer).values({ helpId, answer: move.answer, answeredAt: 1 }).run(),
                )
            }
          }
          const differences = [CAMPAIGN, second].flatMap(id => [...recount(id), ...secondOpinions(id)])
          dropProvince()
          expect(differences).toEqual([])
        }),
        { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: RUNS > USUAL ? undefined : 50_000 },
      )
      makeProvince()
    },
    6 * 3_600_000,
  )
})
