import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Outcome, OutcomeValue } from '#app/domain/vocabulary.ts'
import {
  confirmHelp,
  editHelp,
  findHelp,
  recordHelp,
  restoreHelp,
  returnHelp,
  withdrawHelp,
} from '#app/queries/help.server.ts'
import { transferOfficial } from '#app/queries/official.server.ts'
import { recount } from '#app/queries/recount.server.ts'
import { change } from '#app/queries/verdict.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { citizenAnswer, exemption, extract, extractFact, extractScope, targetDecision } from '#db/schema.ts'
import {
  CAMPAIGN,
  citizenNumber,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  unitNamed,
} from '#tests/make.ts'

afterEach(dropProvince)

const who = fc.nat(3)
const citizen = fc.nat(4)
const pick = fc.nat(30)
const day = fc.constantFrom('2024-04-03', '2024-04-04', '2024-05-10', '2024-06-12')
const value = fc.constantFrom<OutcomeValue>('achieved', 'already_had', 'not_yet')

/** Everything that people do to the facts behind a verdict or a standing, in any order. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('record' as const), who, citizen, day, activated: value, sim: value }),
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
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('target' as const), who, citizens: fc.integer({ min: 1, max: 3 }) }),
  },
)

function makeScene() {
  makeProvince()
  const units = [unitNamed('Sở Nội vụ'), unitNamed('UBND xã Tân Thành'), unitNamed('Sở Y tế')]
  const people = [0, 0, 1, 2].map(n => makeOfficial(units[n]?.id ?? 0, n === 2 ? { number: citizenNumber(4) } : {}))
  return { units, people, head: grantTo(makeOfficial(units[0]?.id ?? 0).actor, 'head', 1) }
}

describe('any sequence of writes', () => {
  it('leaves verdicts, standings and tallies equal to a recount', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), steps => {
        const { units, people, head } = makeScene()
        const made: { helpId: number; who: number }[] = []
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
            const result = recordHelp(person.actor, CAMPAIGN, {
              officialId: person.officialId,
              input: helpForm(move.citizen, {
                helpedOn: move.day,
                outcomes: outcomes(move.day, move.activated, move.sim),
              }),
            })
            if (result.ok) made.push({ helpId: result.helpId, who: move.who })
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
            if (move.do === 'confirm') confirmHelp(head, CAMPAIGN, [helpId])
            if (move.do === 'withdraw') withdrawHelp(actor, CAMPAIGN, helpId)
            if (move.do === 'restore') restoreHelp(actor, CAMPAIGN, helpId)
            if (move.do === 'return') returnHelp(head, CAMPAIGN, { helpIds: [helpId], reason: 'Xem lại' })
            const row = findHelp(actor, CAMPAIGN, helpId)
            if (move.do === 'edit' && row)
              editHelp(actor, CAMPAIGN, {
                helpId,
                revision: row.revision,
                input: helpForm(move.citizen, { helpedOn: move.day, outcomes: outcomes(move.day, move.activated) }),
              })
            if (move.do === 'answer')
              change(
                CAMPAIGN,
                { citizens: [0, 1, 2, 3, 4].map(n => matchHash({ campaignId: CAMPAIGN }, 'number', citizenNumber(n))) },
                tx => tx.insert(citizenAnswer).values({ helpId, answer: move.answer, answeredAt: 1 }).run(),
              )
          }
        }
        const differences = recount(CAMPAIGN)
        dropProvince()
        expect(differences).toEqual([])
      }),
      { numRuns: 40 },
    )
    makeProvince()
  }, 60_000)
})
