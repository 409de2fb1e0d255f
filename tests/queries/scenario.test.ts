import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { parametersOf, type ScenarioParameters } from '#app/domain/scenario.ts'
import type { Category, Role } from '#app/domain/vocabulary.ts'
import { computeClosing, computeReplay } from '#app/jobs/closing.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { type Closing, closingForJob, listFrozenCollectives, startClosing } from '#app/queries/closing.server.ts'
import { recomputeHash } from '#app/queries/closing-rows.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { createScenario, findScenario, listScenarios, namesOf } from '#app/queries/scenario.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  ACCOUNT_ONLY,
  CAMPAIGN,
  dropProvince,
  makeOfficial,
  makeProvince,
  makeReader,
  recordMany,
  statusOf,
  unitNamed,
} from '#tests/make.ts'

const PLACE = 'UBND xã Tân Thành'
let homeAffairs: Person
let closing: Closing
let people: Record<'eleven' | 'nine' | 'other' | 'soldier', number>

const reader = (role: Role, place?: string) => makeReader(role, place, { category: 'member' })

/** A member (no obligations) with `counted` confirmed records; `other` more count under the other reading alone. */
function member(place: string, counted: number, other = 0, category: Category = 'member'): number {
  const person = makeOfficial(unitNamed(place).id, { category })
  const ids = [...recordMany(person, counted), ...recordMany(person, other, { outcomes: ACCOUNT_ONLY })]
  confirmHelp(reader('head', place), CAMPAIGN, ids)
  return person.officialId
}

beforeEach(async () => {
  makeProvince()
  people = {
    eleven: member(PLACE, 11),
    nine: member(PLACE, 9),
    other: member(PLACE, 8, 3),
    soldier: member('Bộ Chỉ huy Quân sự tỉnh', 9),
  }
  homeAffairs = reader('home_affairs')
  const office = reader('campaign_office')
  moveClock(office, Date.parse('2024-07-04T09:00+07:00'))
  const started = startClosing(office, CAMPAIGN, { reason: 'close', note: '' })
  if (!started.ok) throw new Error(started.problem)
  const { closingId } = inputOf<{ closingId: number }>(started.jobId)
  await computeClosing({ closingId }, { kind: 'system' }, () => undefined)
  closing = closingForJob(closingId) as Closing
})
afterEach(dropProvince)

function inputOf<Input>(jobId: number): Input {
  return JSON.parse((prepared('select input from job where id = ?').get(jobId) as { input: string }).input) as Input
}

async function replay(changes: Partial<ScenarioParameters>) {
  const parameters = { ...parametersOf(PLAN_128), ...changes }
  const { scenarioId } = createScenario(homeAffairs, CAMPAIGN, { closingId: closing.id, name: 'Thử', parameters })
  await computeReplay({ scenarioId }, { kind: 'system' }, () => undefined)
  const found = findScenario(homeAffairs, CAMPAIGN, scenarioId)
  if (!found?.result) throw new Error('not computed')
  return { ...found.result, differences: found.differences }
}

describe('a replay', () => {
  it('with unchanged parameters moves nobody', async () => {
    const { officials, collectives, differences } = await replay({})
    expect(differences).toEqual({})
    expect(officials.moves).toEqual([])
    expect(collectives.moves).toEqual([])
    expect(officials.before).toEqual(closing.summary.officials)
    expect(officials.after).toEqual(closing.summary.officials)
    expect(collectives.after).toEqual(closing.summary.collectives)
  })

  it('under another quota names who enters and who leaves', async () => {
    const lower = await replay({ quota: 8 })
    expect(lower.differences).toEqual({ quota: 8 })
    expect(lower.officials.movers.filter(row => Object.values(people).includes(row.id))).toEqual([
      { id: people.nine, from: 'not_completed_open', to: 'eligible' },
      { id: people.other, from: 'not_completed_open', to: 'completed' },
      { id: people.soldier, from: 'not_completed_open', to: 'eligible' },
    ])
    const higher = await replay({ quota: 12 })
    expect(higher.officials.movers).toContainEqual({ id: people.eleven, from: 'eligible', to: 'not_completed_open' })
  })

  it('under the other reading of the quota counts any one outcome', async () => {
    const { officials } = await replay({ countsAny: true })
    expect(officials.movers.filter(row => Object.values(people).includes(row.id))).toEqual([
      { id: people.other, from: 'not_completed_open', to: 'eligible' },
    ])
  })

  it('sums collectives up anew under its own reading', async () => {
    const place = unitNamed(PLACE).id
    const before = listFrozenCollectives(homeAffairs, closing.id, { unitPath: '/' }).find(row => row.unitId === place)
    expect(before).toMatchObject({ result: 'emulation_criterion', sums: { counted: 28, target: 30 } })
    const { collectives } = await replay({ quota: 9 })
    expect(collectives.movers).toContainEqual({ id: place, from: 'emulation_criterion', to: 'eligible' })
    const everyMember = await replay({ quota: 9, collectiveTarget: 'every_member' })
    expect(everyMember.collectives.movers.map(row => row.id)).not.toContain(place)
  })

  it('changes neither the frozen rows nor what a round draws on', async () => {
    await replay({ quota: 1 })
    expect(recomputeHash(closing)).toBe(closing.hash)
    expect(prepared('select count(*) as count from candidate').get()).toEqual({ count: 0 })
  })

  it('is kept, for home affairs and the campaign office alone', async () => {
    await replay({ quota: 8 })
    expect(listScenarios(reader('campaign_office'), CAMPAIGN)).toHaveLength(1)
    for (const role of ['head', 'coordinator', 'province_leader', 'auditor', 'admin', 'telecom_office'] as const)
      expect(statusOf(() => listScenarios(reader(role), CAMPAIGN))).toBe(403)
  })

  it('names no people of the armed forces to those outside', () => {
    const names = namesOf(homeAffairs, Object.values(people), '2024-07-03')
    expect([...names.keys()].sort((a, b) => a - b)).toEqual([people.eleven, people.nine, people.other])
  })
})
