import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { waitingHelp } from '#app/queries/help-list.server.ts'
import { findOfficialSignals, findUnitSignals, signalsOfUnit } from '#app/queries/signal.server.ts'
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

beforeEach(() => makeProvince())
afterEach(dropProvince)

type Member = ReturnType<typeof makeOfficial>

function makeScene() {
  const unit = unitNamed('UBND xã Tân Thành')
  const district = unitNamed('Thành phố Đồng Xoài')
  const granted = (role: 'head' | 'coordinator', unitId: number) => grantTo(makeOfficial(unitId).actor, role, unitId)
  return {
    unit,
    official: makeOfficial(unit.id),
    elsewhere: makeOfficial(unitNamed('UBND phường Tân Phú').id),
    head: granted('head', unit.id),
    above: granted('head', district.id),
    beside: granted('head', unitNamed('UBND phường Tân Phú').id),
    coordinator: granted('coordinator', unit.id),
  }
}

/** A record of citizen `n`, complete and waiting for its unit. */
function record({ officialId, actor }: Member, n: number, phone: string | null = null, number = citizenNumber(n)) {
  const input = helpForm(n, { citizen: { phone, number } })
  const made = recordHelp(actor, CAMPAIGN, { officialId, input })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.helpId
}

const queueOf = (actor: Person, unitPath: string) => {
  const { questions, others } = waitingHelp(actor, CAMPAIGN, { unitPath })
  return { asked: questions.map(({ kind, helpIds }) => ({ kind, helpIds })), others }
}

describe('the queue to confirm', () => {
  it('asks about numbers in sequence without telling any', () => {
    const { unit, official, head } = makeScene()
    const run = [11, 12, 13].map(n => record(official, n))
    const calm = record(official, 20)
    expect(queueOf(head, unit.path)).toEqual({ asked: [{ kind: 'sequence', helpIds: run }], others: [calm] })
    const told = JSON.stringify(waitingHelp(head, CAMPAIGN, { unitPath: unit.path }))
    expect(told).not.toContain(citizenNumber(11))
  })

  it('asks about a phone that another unit has recorded too, naming the own record only', () => {
    const { unit, official, elsewhere, head } = makeScene()
    record(elsewhere, 1, '0912345678')
    const own = record(official, 3, '0912345678')
    const calm = record(official, 5, '0987654321')
    expect(queueOf(head, unit.path)).toEqual({ asked: [{ kind: 'shared_phone', helpIds: [own] }], others: [calm] })
  })

  it('asks about citizens who are staff', () => {
    const { unit, official, head } = makeScene()
    const number = '070080900001'
    makeOfficial(unit.id, { number })
    const own = recordHelp(official.actor, CAMPAIGN, {
      officialId: official.officialId,
      input: helpForm(1, { citizen: { number, birthYear: 1980 } }),
    })
    if (!own.ok) throw new Error(JSON.stringify(own.problems))
    expect(queueOf(head, unit.path).asked).toEqual([{ kind: 'staff', helpIds: [own.helpId] }])
  })

  it('asks nothing about what was confirmed', () => {
    const { unit, official, head } = makeScene()
    const run = [11, 12, 13].map(n => record(official, n))
    confirmHelp(head, CAMPAIGN, run)
    expect(queueOf(head, unit.path)).toEqual({ asked: [], others: [] })
  })
})

describe('questions about a person as a whole', () => {
  function perfect({ official }: ReturnType<typeof makeScene>) {
    return Array.from({ length: 10 }, (_, n) => record(official, n * 2))
  }

  it.each([
    ['the head', 'head', ['burst', 'perfect'], ['perfect']],
    ['the head above', 'above', ['burst', 'perfect'], ['perfect']],
    ['the coordinator', 'coordinator', [], []],
    ['the head of another unit', 'beside', [], []],
  ] as const)('are for %s', (_, who, ofPerson, ofUnit) => {
    const scene = makeScene()
    perfect(scene)
    const { officialId } = scene.official
    expect(findOfficialSignals(scene[who], CAMPAIGN, officialId).map(signal => signal.kind)).toEqual(ofPerson)
    expect(findUnitSignals(scene[who], CAMPAIGN, scene.unit).map(signal => signal.kind)).toEqual(ofUnit)
  })

  it('are not for the person', () => {
    const scene = makeScene()
    perfect(scene)
    expect(findOfficialSignals(scene.official.actor, CAMPAIGN, scene.official.officialId)).toEqual([])
  })
})

it('gives an inspection’s draw one signal a record, of the whole subtree', () => {
  const { official, elsewhere } = makeScene()
  const run = [11, 12, 13].map(n => record(official, n))
  const shared = [record(elsewhere, 21, '0912345678'), record(official, 23, '0912345678')]
  record(elsewhere, 30)
  const district = unitNamed('Thành phố Đồng Xoài')
  expect([...signalsOfUnit(CAMPAIGN, district.path)].sort(([a], [b]) => a - b)).toEqual([
    ...run.map(helpId => [helpId, 'sequence']),
    ...shared.map(helpId => [helpId, 'shared_phone']),
  ])
  expect(signalsOfUnit(CAMPAIGN, unitNamed('UBND xã Tân Thành').path).size).toBe(4)
})
