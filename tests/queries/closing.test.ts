import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { ClosingReason, Role } from '#app/domain/vocabulary.ts'
import { computeClosing } from '#app/jobs/closing.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import {
  type Closing,
  closingForJob,
  countFrozenOfficials,
  currentClosing,
  findClosing,
  frozenCollective,
  frozenOfficial,
  listClosings,
  listFrozenCollectives,
  listFrozenOfficials,
  startClosing,
} from '#app/queries/closing.server.ts'
import { freezeClosing } from '#app/queries/closing-freeze.server.ts'
import { listMovedCollectives, listMovedOfficials, recountState } from '#app/queries/closing-moves.server.ts'
import { recomputeHash } from '#app/queries/closing-rows.server.ts'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { askExemption, decideExemption, listExemptions } from '#app/queries/exemption.server.ts'
import { addGate } from '#app/queries/gate.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { listenToHolds } from '#app/queries/steps.server.ts'
import { transferOfficial } from '#app/queries/transfer.server.ts'
import { prepared, transact } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropChecked,
  makeOfficial,
  makeProvince,
  makeReader,
  meetObligations,
  problemOf,
  recordMany,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const ROOT = '/1/'
const POLICE = 'Công an tỉnh (thường trực Tổ công tác Đề án 06)'
const reader = (role: Role, place?: string): Person => ({ ...makeReader(role, place), officialId: null })

/** An official with `counted` confirmed records and all obligations met. */
function official(place: string, counted: number, name?: string) {
  const person = makeOfficial(unitNamed(place).id, { name })
  const helpIds = recordMany(person, counted)
  confirmNow(reader('head', place), CAMPAIGN, helpIds)
  meetObligations(person.officialId)
  return { ...person, helpIds }
}

/** More people than one transaction takes, in one write. */
const makeMany = (count: number) =>
  transact(() => {
    for (let n = 0; n < count; n++) makeOfficial(unitNamed('Sở Nội vụ').id)
  })

const toTheDayAfter = (day = '2024-07-04') => moveClock(reader('admin'), Date.parse(`${day}T09:00+07:00`))

async function compute(reason: ClosingReason, note = '', office = reader('campaign_office')): Promise<Closing> {
  const started = startClosing(office, CAMPAIGN, { reason, note })
  if (!started.ok) throw new Error(started.problem)
  const row = prepared('select input from job where id = ?').get(started.jobId) as { input: string }
  const input = JSON.parse(row.input) as { closingId: number }
  await computeClosing(input, { kind: 'system' }, () => undefined)
  prepared("update job set state = 'done' where id = ?").run(started.jobId)
  return closingForJob(input.closingId) as Closing
}

const names = (actor: Person, closing: Closing) =>
  listFrozenOfficials(actor, closing.id, { unitPath: ROOT, limit: 100 }).rows.flatMap(row =>
    row.name === 'Người Đọc' ? [] : [[row.name, row.result]],
  )

describe('the close', () => {
  it('comes after the cut-off, once, and by the campaign office', async () => {
    const office = reader('campaign_office')
    const start = (reason: ClosingReason) => problemOf(startClosing(office, CAMPAIGN, { reason, note: '' }))
    expect(start('close')).toBe('campaign_runs')
    expect(start('extract')).toBe('not_closed_yet')
    expect(statusOf(() => startClosing(reader('home_affairs'), CAMPAIGN, { reason: 'close', note: '' }))).toBe(403)
    toTheDayAfter()
    await compute('close')
    expect(start('close')).toBe('closed_already')
    expect(start('rehearsal')).toBe(null)
    // a comparison keeps nobody from computing a version
    expect(start('extract')).toBe(null)
    expect(start('extract')).toBe('being_computed')
    expect(start('rehearsal')).toBe('being_computed')
  })

  it('freezes everybody with the regulation, the counts and a hash over it all', async () => {
    official('Sở Nội vụ', 11, 'An Vượt Mức')
    official('Sở Nội vụ', 10, 'An Vừa Đủ')
    official('UBND xã Tân Thành', 9, 'An Còn Thiếu')
    toTheDayAfter()
    const closing = await compute('close')
    expect(closing).toMatchObject({ version: 1, regulationId: 1, summary: { on: '2024-07-04' } })
    expect(closing.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(recomputeHash(closing)).toBe(closing.hash)
    expect(closing.summary.officials).toMatchObject({ eligible: 1, completed: 1 })
    expect(names(reader('home_affairs'), closing)).toEqual([
      ['An Vừa Đủ', 'completed'],
      ['An Vượt Mức', 'eligible'],
      ['An Còn Thiếu', 'not_completed_open'],
    ])
    expect(currentClosing(CAMPAIGN)?.id).toBe(closing.id)
    expect(findClosing(2, closing.id)).toBeUndefined()
  })

  it('proposes a recount where a return after it makes a posting around the cut-off a short one', async () => {
    const { officialId } = official('UBND xã Tân Thành', 3)
    const office = reader('campaign_office')
    const go = (place: string, fromOn: string) =>
      transferOfficial(system, {
        officialId,
        unitId: unitNamed(place).id,
        position: 'Công chức',
        category: 'civil_servant',
        isLeader: false,
        fromOn,
      })
    go('UBND phường Tân Phú', '2024-07-03')
    toTheDayAfter()
    await compute('close', '', office)
    await compute('rehearsal', '', office)
    expect(recountState(CAMPAIGN)).toMatchObject({ isStale: false, compared: { officials: 0, collectives: 0 } })
    go('UBND xã Tân Thành', '2024-07-05')
    expect(recountState(CAMPAIGN)?.isStale).toBe(true)
    const compared = await compute('rehearsal', '', office)
    expect(listMovedOfficials(reader('home_affairs'), compared, { limit: 10 }).rows).toMatchObject([
      { officialId, changes: [{ code: 'posting' }] },
    ])
    await compute('correction', '', office)
    expect(recountState(CAMPAIGN)?.compared).toBe(null)
    await compute('rehearsal', '', office)
    expect(recountState(CAMPAIGN)?.compared).toMatchObject({ officials: 0, collectives: 0 })
  })

  it('shows by its hash that a frozen row was changed', async () => {
    const { officialId } = official('Sở Nội vụ', 11)
    toTheDayAfter()
    const closing = await compute('close')
    prepared("update official_assessment set result = 'completed' where official_id = ?").run(officialId)
    expect(recomputeHash(closing)).not.toBe(closing.hash)
  })

  it('sums a collective up from the people posted there, districts with their communes', async () => {
    official('UBND xã Tân Thành', 11)
    official('UBND xã Tân Thành', 10)
    toTheDayAfter()
    const closing = await compute('close')
    const actor = reader('home_affairs')
    const rows = listFrozenCollectives(actor, closing.id, { unitPath: ROOT })
    expect(rows.map(row => row.name)).toEqual([
      'Sở Y tế',
      'Thành phố Đồng Xoài',
      'UBND xã Tân Thành, Thành phố Đồng Xoài',
    ])
    expect(frozenCollective(actor, closing.id, unitNamed('Thành phố Đồng Xoài').id)).toMatchObject({
      result: 'eligible',
      sums: { officials: 2, counted: 21, target: 20, short: 0 },
    })
  })

  it('counts what people exempt from the quota recorded as the list before it does (A1)', async () => {
    const place = 'UBND xã Tân Thành'
    const exempt = official(place, 8)
    official(place, 6)
    const head = reader('head', place)
    const made = askExemption(head, CAMPAIGN, {
      officialId: exempt.officialId,
      input: {
        parts: ['quota'],
        reason: 'maternity',
        reasonText: null,
        documentNumber: '12/QĐ-UBND',
        fromOn: '2024-04-15',
        toOn: '2024-10-15',
      },
    })
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    const [asked] = listExemptions(head, CAMPAIGN, { officialId: exempt.officialId }).rows
    decideExemption(reader('head', 'Thành phố Đồng Xoài'), CAMPAIGN, {
      exemptionId: asked?.id ?? 0,
      decision: 'approved',
      decisionReason: null,
    })
    const unitId = unitNamed(place).id
    toTheDayAfter()
    const before = listCollectives(reader('home_affairs'), CAMPAIGN, { unitPath: unitNamed(place).path })[0]
    const first = await compute('close')
    const after = frozenCollective(reader('home_affairs'), first.id, unitId)
    expect(before).toMatchObject({ unitId, people: { counted: 14, targets: 10 } })
    expect(after?.sums).toMatchObject({ counted: 14, target: 10 })
    expect(after?.result).toBe(before?.result)
  })

  it('shows people of the armed forces within their own tree alone', async () => {
    const { officialId } = official(POLICE, 11)
    toTheDayAfter()
    const closing = await compute('close')
    expect(frozenOfficial(reader('home_affairs'), closing.id, officialId)).toBeUndefined()
    expect(frozenOfficial(reader('head', POLICE), closing.id, officialId)?.result).toBe('eligible')
    expect(countFrozenOfficials(reader('head', 'Sở Nội vụ'), closing.id, { unitPath: ROOT }).total).toBe(0)
    expect(listFrozenOfficials(reader('auditor'), closing.id, { unitPath: ROOT, limit: 5 }).rows).toEqual([])
  })

  it('weighs the gates in force on its day', async () => {
    const held = official('Sở Nội vụ', 11, 'An Có Đơn')
    const past = official('Sở Nội vụ', 11, 'An Đã Xong')
    const homeAffairs = reader('home_affairs')
    const input = { kind: 'complaint', documentNumber: '12/CV', documentOn: '2024-06-20' } as const
    addGate(homeAffairs, CAMPAIGN, {
      subject: { officialId: held.officialId },
      input: { ...input, fromOn: '2024-06-20', toOn: null },
    })
    addGate(homeAffairs, CAMPAIGN, {
      subject: { officialId: past.officialId },
      input: { ...input, fromOn: '2024-06-20', toOn: '2024-07-03' },
    })
    toTheDayAfter()
    expect(names(homeAffairs, await compute('close'))).toEqual([
      ['An Có Đơn', 'completed'],
      ['An Đã Xong', 'eligible'],
    ])
  })
})

describe('the rehearsal', () => {
  it('is replaced by the next, and nobody takes it for the close', async () => {
    const { helpIds, actor, officialId } = official('Sở Nội vụ', 11)
    const homeAffairs = reader('home_affairs')
    const first = await compute('rehearsal')
    expect(frozenOfficial(homeAffairs, first.id, officialId)?.result).toBe('eligible')
    withdrawHelp(actor, CAMPAIGN, helpIds[0] ?? 0)
    const second = await compute('rehearsal')
    expect(second.id).toBe(first.id)
    expect(frozenOfficial(homeAffairs, second.id, officialId)?.result).toBe('completed')
    expect(currentClosing(CAMPAIGN)).toBeUndefined()
    toTheDayAfter()
    const closing = await compute('close')
    expect(closing.version).toBe(1)
    expect(frozenOfficial(homeAffairs, second.id, officialId)?.result).toBe('completed')
    expect(listClosings(CAMPAIGN).map(row => row.version)).toEqual([1, 0])
  })
})

describe('a later version', () => {
  it('names what changed and for whom, stores changed rows only, and leaves the earlier one as it was', async () => {
    const moved = official('Sở Nội vụ', 11, 'An Vượt Mức')
    official('Sở Nội vụ', 10, 'An Vừa Đủ')
    toTheDayAfter()
    const first = await compute('close')
    const rows = () =>
      (prepared('select count(*) as count from official_assessment where from_version > 0').get() as { count: number })
        .count
    const before = rows()
    withdrawHelp(moved.actor, CAMPAIGN, moved.helpIds[0] ?? 0)
    const second = await compute('correction', 'Rút một trường hợp ghi nhầm')
    const homeAffairs = reader('home_affairs')
    expect(second).toMatchObject({ version: 2, reason: 'correction', note: 'Rút một trường hợp ghi nhầm' })
    expect(second.summary.moved?.officials).toContainEqual({ from: 'eligible', to: 'completed', count: 1 })
    expect(frozenOfficial(homeAffairs, first.id, moved.officialId)?.result).toBe('eligible')
    expect(frozenOfficial(homeAffairs, second.id, moved.officialId)?.result).toBe('completed')
    expect(
      listMovedOfficials(homeAffairs, second, { limit: 100 }).rows.filter(row => row.officialId === moved.officialId),
    ).toMatchObject([{ from: 'eligible', to: 'completed' }])
    expect(listMovedCollectives(homeAffairs, second).filter(row => row.from !== row.to)).toMatchObject([
      { name: 'Sở Nội vụ', from: 'eligible', to: 'completed' },
    ])
    expect(recomputeHash(first)).toBe(first.hash)
    expect(recomputeHash(second)).toBe(second.hash)
    expect(second.hash).not.toBe(first.hash)
    const readers = second.summary.moved?.officials.reduce((sum, row) => sum + row.count, 0) ?? 0
    expect(rows()).toBe(before + readers)
  })

  it('with nothing changed has the same hash', async () => {
    official('Sở Nội vụ', 11)
    toTheDayAfter()
    const office = reader('campaign_office')
    const computeAs = async (reason: ClosingReason) => {
      const started = startClosing(office, CAMPAIGN, { reason, note: '' })
      if (!started.ok) throw new Error(started.problem)
      const row = prepared('select input from job where id = ?').get(started.jobId) as { input: string }
      const { closingId } = JSON.parse(row.input) as { closingId: number }
      await computeClosing({ closingId }, { kind: 'system' }, () => undefined)
      prepared("update job set state = 'done'").run()
      return closingForJob(closingId) as Closing
    }
    const first = await computeAs('close')
    const second = await computeAs('extract')
    expect(second.hash).toBe(first.hash)
    expect(second.summary.moved).toEqual({ officials: [], collectives: [] })
  })
})

describe('a comparison', () => {
  it('is made while others may write: what is as it was takes no step, and the result is the same', async () => {
    const moved = official('Sở Nội vụ', 11, 'An Vượt Mức')
    makeMany(620)
    toTheDayAfter()
    // who asks is an official too: each of them would move once more
    const office = reader('campaign_office')
    await compute('close', '', office)
    const steps = async () => {
      const held: string[] = []
      listenToHolds(kind => held.push(kind))
      const compared = await compute('rehearsal', '', office).finally(() => listenToHolds(() => undefined))
      return { compared, steps: held.length }
    }
    const first = await steps()
    const again = await steps()
    expect(again.compared.hash).toBe(first.compared.hash)
    expect(again.compared.summary.moved).toEqual({ officials: [], collectives: [] })
    withdrawHelp(moved.actor, CAMPAIGN, moved.helpIds[0] ?? 0)
    const later = await steps()
    expect(later.compared.summary.moved?.officials).toEqual([{ from: 'eligible', to: 'completed', count: 1 }])
    expect(later.compared.hash).toBe(recomputeHash(later.compared))
    // begun, told and ended; of those who moved a step each for people and collectives
    expect(first.steps).toBeGreaterThan(8)
    expect(again.steps).toBeLessThanOrEqual(6)
    expect(later.steps).toBeLessThanOrEqual(10)
  })

  it('stores each row that differs once, however few rows a step takes', async () => {
    makeMany(430)
    toTheDayAfter()
    const compared = await compute('rehearsal')
    const { rows, people } = prepared(
      'select count(*) as rows, count(distinct official_id) as people from official_assessment where from_version = 0',
    ).get() as { rows: number; people: number }
    expect([rows, people]).toEqual([people, Object.values(compared.summary.officials ?? {}).reduce((a, b) => a + b, 0)])
    expect(compared.hash).toBe(recomputeHash(compared))
  })
})

describe('a computation that breaks off', () => {
  it('goes on behind the last chunk and comes to the same', async () => {
    makeMany(250)
    toTheDayAfter()
    const started = startClosing(reader('campaign_office'), CAMPAIGN, { reason: 'close', note: '' })
    if (!started.ok) throw new Error(started.problem)
    const begun = listClosings(CAMPAIGN)[0] as Closing
    const chunks: number[] = []
    const breakAt = (limit: number) => (done: number) => {
      chunks.push(done)
      if (chunks.length === limit) throw new Error('the worker died')
    }
    await expect(freezeClosing({ kind: 'system' }, begun, breakAt(1))).rejects.toThrow('the worker died')
    expect(closingForJob(begun.id)).toMatchObject({ frozenAt: null })
    expect(closingForJob(begun.id)?.summary.cursor).toBeGreaterThan(0)
    const [done = 0] = chunks.splice(0)
    await freezeClosing({ kind: 'system' }, closingForJob(begun.id) as Closing, breakAt(-1))
    expect(chunks[0]).toBeGreaterThan(done)
    const whole = closingForJob(begun.id) as Closing
    expect(whole.hash).toBe(recomputeHash(whole))
    const { assessed } = prepared('select count(*) as assessed from official_assessment').get() as { assessed: number }
    expect(Object.values(whole.summary.officials ?? {}).reduce((sum, count) => sum + count, 0)).toBe(assessed)
    expect(assessed).toBe(252)
  })

  it('takes whoever changed meanwhile once more before it freezes', async () => {
    const { actor, helpIds, officialId } = official('Sở Nội vụ', 11)
    makeMany(220)
    toTheDayAfter()
    const started = startClosing(reader('campaign_office'), CAMPAIGN, { reason: 'close', note: '' })
    if (!started.ok) throw new Error(started.problem)
    const begun = listClosings(CAMPAIGN)[0] as Closing
    let isWithdrawn = false
    await freezeClosing({ kind: 'system' }, begun, () => {
      if (!isWithdrawn) withdrawHelp(actor, CAMPAIGN, helpIds[0] ?? 0)
      isWithdrawn = true
    })
    expect(frozenOfficial(reader('home_affairs'), begun.id, officialId)?.result).toBe('completed')
  })
})
