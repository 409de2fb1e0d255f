import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { ClosingItem, Role } from '#app/domain/vocabulary.ts'
import { compareClosed, isResting } from '#app/jobs/comparing.server.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { closingProblem, listClosings, startClosing } from '#app/queries/closing.server.ts'
import { closingLines, leaveLines, listClosingLines, listWaitingUnits } from '#app/queries/closing-check.server.ts'
import {
  countMoved,
  listMovedCollectives,
  listMovedOfficials,
  recountState,
} from '#app/queries/closing-moves.server.ts'
import { confirmAct, findRequest, proposeAct, requestsDue, withdrawAct } from '#app/queries/closing-request.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { createRound, findRound, moveRound } from '#app/queries/round.server.ts'
import { freezeRound } from '#app/queries/round-decision.server.ts'
import { prepared } from '#db/client.server.ts'
import { agreeToClose, closeForGood, computeJob, leaveAll } from '#tests/closing.ts'
import {
  CAMPAIGN,
  confirmNow,
  done,
  dropChecked,
  makeOfficial,
  makeProvince,
  makeReader,
  problemOf,
  recordMany,
  statusOf,
  unitNamed,
} from '#tests/make.ts'

const PLACE = 'UBND xã Tân Thành'
const reader = (role: Role, place?: string): Person => ({ ...makeReader(role, place), officialId: null })

/** Those who act; each is an official too, so nobody joins after a close. */
let staff: Record<'admin' | 'office' | 'home' | 'head', Person>
beforeEach(() => {
  makeProvince()
  staff = {
    admin: reader('admin'),
    office: reader('campaign_office'),
    home: reader('home_affairs'),
    head: reader('head', PLACE),
  }
})
afterEach(dropChecked)

const moveTo = (day: string) => moveClock(staff.admin, Date.parse(`${day}T09:00+07:00`))
const line = (item: ClosingItem) => closingLines(CAMPAIGN).find(row => row.item === item)
const close = { act: 'close' as const, withLate: true }

/** An official of a commune with so many records that wait for the unit. */
function waiting(count: number) {
  const person = makeOfficial(unitNamed(PLACE).id)
  return { ...person, helpIds: recordMany(person, count) }
}

/** A version from before the final reports were due. */
async function closeProvisionally() {
  moveTo('2024-07-04')
  return computeJob(done(startClosing(staff.office, CAMPAIGN, { reason: 'close', note: '' })).jobId)
}

describe('the list before the close', () => {
  it('counts what waits, and where', () => {
    waiting(3)
    expect(line('records')).toMatchObject({ count: 3, state: 'open' })
    expect(line('disputes')).toMatchObject({ count: 0, state: 'done' })
    // no extract of either source, and no figure for any target of the annex
    expect(line('extracts')).toMatchObject({ count: 2, asOfOn: null })
    expect(line('figures')?.count).toBe(
      prepared<number>('select count(*) from indicator_target where campaign_id = 1').pluck().one(),
    )
    expect(listWaitingUnits(staff.home, CAMPAIGN)).toContainEqual(
      expect.objectContaining({ name: 'Thành phố Đồng Xoài', records: 3, obligations: 0 }),
    )
    expect(statusOf(() => listClosingLines(staff.head, CAMPAIGN))).toBe(403)
  })

  it('leaves what somebody ticked with a reason, until more waits', () => {
    const { office } = staff
    const person = waiting(2)
    const leave = (item: ClosingItem, reason: string | null) => leaveLines(office, CAMPAIGN, new Map([[item, reason]]))
    leave('records', 'Đơn vị đã được nhắc hai lần.')
    expect(line('records')).toMatchObject({ state: 'left', tick: { reason: 'Đơn vị đã được nhắc hai lần.' } })
    recordMany(person, 1)
    expect(line('records')?.state).toBe('open')
    leave('records', 'Nhắc lần ba.')
    expect(line('records')).toMatchObject({ state: 'left', count: 3 })
    leave('records', null)
    expect(line('records')?.state).toBe('open')
    expect(leave('disputes', 'x')).toEqual({ left: 0, dropped: 0 })
  })

  it('takes the reasons of several lines in one act, each its own', () => {
    const { office } = staff
    waiting(2)
    const leave = (reasons: [ClosingItem, string | null][]) => leaveLines(office, CAMPAIGN, new Map(reasons))
    const ticksMade = () => prepared<number>('select count(*) from closing_tick').pluck().one()
    expect(
      leave([
        ['records', 'Đã nhắc.'],
        ['final_reports', 'Đơn vị giải thể.'],
        ['obligations', null],
        ['disputes', 'Không còn đề nghị nào.'],
      ]),
    ).toEqual({ left: 2, dropped: 0 })
    expect(line('records')).toMatchObject({ state: 'left', tick: { reason: 'Đã nhắc.' } })
    expect(line('final_reports')).toMatchObject({ state: 'left', tick: { reason: 'Đơn vị giải thể.' } })
    expect(line('figures')?.state).toBe('open')
    const made = ticksMade()
    expect(
      leave([
        ['records', 'Đã nhắc.'],
        ['final_reports', null],
      ]),
    ).toEqual({ left: 1, dropped: 1 })
    expect(ticksMade()).toBe(made)
    expect(line('final_reports')?.state).toBe('open')
    expect(statusOf(() => leaveLines(staff.home, CAMPAIGN, new Map([['records', 'x']])))).toBe(403)
  })

  it('asks for final reports that are due or missing', () => {
    waiting(1)
    const before = line('final_reports')?.count
    expect(before).toBeGreaterThan(0)
    expect(listWaitingUnits(staff.home, CAMPAIGN).reduce((sum, row) => sum + row.reports, 0)).toBe(before)
  })
})

describe('the close', () => {
  it('is provisional until the final reports were due, and says so', async () => {
    const closing = await closeProvisionally()
    expect(closing).toMatchObject({ version: 1, isProvisional: true })
    moveTo('2024-07-10')
    const { office } = staff
    const start = (reason: 'close' | 'extract') => problemOf(startClosing(office, CAMPAIGN, { reason, note: 'x' }))
    expect(start('close')).toBe('close_needs_two')
    expect(start('extract')).toBe('close_first')
  })

  it('takes two independent people, and every line done or left (A5)', async () => {
    waiting(1)
    await closeProvisionally()
    moveTo('2024-07-10')
    const { office, home } = staff
    expect(problemOf(proposeAct(office, CAMPAIGN, close))).toBe('close_items_open')
    leaveAll(office)
    expect(statusOf(() => proposeAct(home, CAMPAIGN, close))).toBe(403)
    expect(problemOf(confirmAct(home, CAMPAIGN, 'close'))).toBe('close_not_proposed')
    done(proposeAct(office, CAMPAIGN, close))
    expect(problemOf(proposeAct(office, CAMPAIGN, close))).toBe('close_proposed')
    expect(problemOf(confirmAct(office, CAMPAIGN, 'close'))).toBe('close_same_person')
    expect(requestsDue(office, CAMPAIGN)).toEqual([])
    expect(requestsDue(home, CAMPAIGN)).toEqual(['2024-07-17'])
    expect(listReminders(home, CAMPAIGN, '2024-07-10')).toContainEqual(
      expect.objectContaining({ kind: 'closing', count: 1, dueOn: '2024-07-17' }),
    )
    expect(findRequest(home, CAMPAIGN, 'close')).toMatchObject({ problem: null, mayConfirm: true, isOverdue: false })
    const { jobId } = done(confirmAct(home, CAMPAIGN, 'close'))
    const closing = await computeJob(jobId ?? 0)
    expect(closing).toMatchObject({ version: 2, reason: 'close', isProvisional: false })
    expect(closing.summary.left).toContainEqual({ item: 'records', count: 1, reason: 'Đã xem, để lại.' })
    expect(problemOf(proposeAct(office, CAMPAIGN, close))).toBe('closed_already')
  })

  it('is no second person who was made by the first', () => {
    moveTo('2024-07-10')
    const { office, home: made } = staff
    leaveAll(office)
    done(proposeAct(office, CAMPAIGN, close))
    prepared('update account set created_by = ? where id = ?').run(office.accountId, made.accountId)
    expect(problemOf(confirmAct(made, CAMPAIGN, 'close'))).toBe('close_not_second_person')
    expect(requestsDue(made, CAMPAIGN)).toEqual([])
  })

  it('asks once more as it is confirmed, and may be withdrawn by either', () => {
    const person = waiting(1)
    moveTo('2024-07-10')
    const { office, home } = staff
    leaveAll(office)
    done(proposeAct(office, CAMPAIGN, close))
    leaveLines(office, CAMPAIGN, new Map([['records', null]]))
    expect(person.helpIds).toHaveLength(1)
    expect(problemOf(confirmAct(home, CAMPAIGN, 'close'))).toBe('close_items_open')
    done(withdrawAct(home, CAMPAIGN, 'close'))
    expect(findRequest(home, CAMPAIGN, 'close')).toBe(null)
    expect(listClosings(CAMPAIGN)).toEqual([])
  })
})

describe('a recount', () => {
  const work = async () => {
    for (let job = takeJob(); job; job = takeJob()) await runJob(job)
  }

  it('is proposed by comparing, whatever kind of act changed a figure (A3)', async () => {
    const person = waiting(2)
    await closeForGood(staff)
    const { home } = staff
    expect(recountState(CAMPAIGN)).toMatchObject({ isStale: true, compared: null })
    compareClosed()
    await work()
    expect(recountState(CAMPAIGN)).toMatchObject({ isStale: false, compared: { officials: 0, collectives: 0 } })
    expect(countMoved(CAMPAIGN)).toBe(0)
    confirmNow(staff.head, CAMPAIGN, person.helpIds)
    expect(recountState(CAMPAIGN)?.isStale).toBe(true)
    compareClosed()
    await work()
    const compared = recountState(CAMPAIGN)?.compared
    expect(compared).toMatchObject({ officials: 1, collectives: 2 })
    if (!compared) throw new Error('nothing was compared')
    expect(listMovedOfficials(home, compared.closing, { limit: 10 }).rows).toMatchObject([
      { officialId: person.officialId, changes: [{ code: 'counted', from: 0, to: 2 }] },
    ])
    expect(listMovedCollectives(home, compared.closing).map(row => row.name)).toEqual([
      'Thành phố Đồng Xoài',
      'UBND xã Tân Thành, Thành phố Đồng Xoài',
    ])
    expect(listReminders(staff.office, CAMPAIGN, '2024-07-10')).toContainEqual(
      expect.objectContaining({ kind: 'recount', count: 3 }),
    )
  })

  it('is proposed once the final reports fell due (A4)', async () => {
    waiting(1)
    await closeProvisionally()
    compareClosed()
    await work()
    expect(countMoved(CAMPAIGN)).toBe(0)
    moveTo('2024-07-10')
    expect(recountState(CAMPAIGN)?.isStale).toBe(true)
    compareClosed()
    await work()
    const compared = recountState(CAMPAIGN)?.compared
    expect(compared?.collectives).toBeGreaterThan(1)
    expect(
      compared && listMovedCollectives(staff.home, compared.closing).every(row => row.to === 'no_consideration'),
    ).toBe(true)
  })

  it('is not kept back by a comparison, which rests nine times as long as it took', async () => {
    await closeForGood(staff)
    expect(isResting(Date.now())).toBe(false)
    compareClosed()
    expect(closingProblem(CAMPAIGN, { reason: 'correction', withLate: true, isAgreed: false })).toBe(null)
    await work()
    prepared('update job set started_at = 1000, finished_at = 61000 where id = (select max(id) from job)').run()
    expect(isResting(600_999)).toBe(true)
    expect(isResting(601_000)).toBe(false)
  })

  it('compares nothing before the first version, nor again where nothing changed', async () => {
    compareClosed()
    expect(takeJob()).toBeUndefined()
    await closeForGood(staff)
    compareClosed()
    await work()
    compareClosed()
    expect(takeJob()).toBeUndefined()
  })
})

describe('a round', () => {
  it('prepared on a provisional version moves to the close', async () => {
    await closeProvisionally()
    const { home } = staff
    const opening = { kind: 'commendation', name: 'Tổng kết', proposalsDueOn: '2024-07-20' } as const
    const { roundId } = done(createRound(home, CAMPAIGN, { ...opening, individualCap: null, collectiveCap: null }))
    expect(findRound(home, CAMPAIGN, roundId)).toMatchObject({ isProvisional: true, newerVersion: null })
    expect(problemOf(moveRound(home, CAMPAIGN, roundId))).toBe('round_on_newest')
    const freeze = () => problemOf(freezeRound(home, CAMPAIGN, { roundId, lateReason: '', isEarlySeen: true }))
    expect(freeze()).toBe('version_provisional')
    moveTo('2024-07-10')
    await computeJob(agreeToClose(staff.office, home))
    expect(findRound(home, CAMPAIGN, roundId)).toMatchObject({ isProvisional: true, newerVersion: 2 })
    done(moveRound(home, CAMPAIGN, roundId))
    expect(findRound(home, CAMPAIGN, roundId)).toMatchObject({
      isProvisional: false,
      closingVersion: 2,
      newerVersion: null,
    })
    expect(freeze()).toBe('nobody_proposed')
    expect(statusOf(() => moveRound(staff.office, CAMPAIGN, roundId))).toBe(403)
  })
})
