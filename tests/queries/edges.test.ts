import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { computeClosing } from '#app/jobs/closing.server.ts'
import { addRegulation } from '#app/queries/campaign.server.ts'
import { barsOf } from '#app/queries/candidate.server.ts'
import { answerByCode, findByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { campaignToday, moveClock } from '#app/queries/clock.server.ts'
import { closingForJob, currentClosing, listFrozenCollectives, startClosing } from '#app/queries/closing.server.ts'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { change, failedInspections, recount, rulesOf } from '#app/queries/judging/index.server.ts'
import { reportEvidence, reportStates } from '#app/queries/report.server.ts'
import { signReport } from '#app/queries/report-signing.server.ts'
import { findReview } from '#app/queries/review.server.ts'
import { giveNotice, takeStep } from '#app/queries/review-step.server.ts'
import { roundById } from '#app/queries/round.server.ts'
import { transferOfficial } from '#app/queries/transfer.server.ts'
import { closeUnit } from '#app/queries/unit.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  citizenNumber,
  confirmNow,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  NOW,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

const COMMUNE = 'UBND xã Tân Thành'
const OTHER = 'UBND phường Tân Phú'

let official: ReturnType<typeof makeOfficial>
let head: Person

beforeEach(() => {
  makeProvince()
  official = makeOfficial(unitNamed(COMMUNE).id)
  head = chief('head', COMMUNE)
})
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
})

const chief = (role: Role, place: string): Person =>
  grantTo(makeOfficial(unitNamed(place).id).actor, role, unitNamed(place).id)
const office = () => chief('campaign_office', 'Tỉnh Bình Phước')
const goTo = (moment: string) => moveClock(head, Date.parse(`${moment}+07:00`))

function move({ officialId }: typeof official, place: string, fromOn: string) {
  const posting = { position: 'Chuyên viên', category: 'civil_servant' as const, isLeader: false }
  const moved = transferOfficial(system, {
    officialId,
    unitId: unitNamed(place).id,
    ...posting,
    fromOn,
  })
  expect(moved).toEqual({ ok: true, waits: null })
}

function record(n: number, changes: Parameters<typeof helpForm>[1] = {}, of = official): number {
  return done(recordHelp(of.actor, CAMPAIGN, { officialId: of.officialId, input: helpForm(n, changes) })).helpId
}
const verdictOf = (helpId: number) =>
  prepared('select verdict_reason as reason, basis from help where id = ?').get(helpId) as {
    reason: string
    basis: string | null
  }
const revisionOf = (helpId: number) => prepared('select revision from help where id = ?').pluck().get(helpId) as number
const edit = (helpId: number, input: ReturnType<typeof helpForm>, of = official) =>
  done(editHelp(of.actor, CAMPAIGN, { helpId, revision: revisionOf(helpId), input }))

/** A concluded inspection of the official's unit, as the tables hold one, with what it found of records. */
function inspect(found: Record<number, 'true' | 'untrue'>, day: string) {
  const at = Date.parse(`${day}T10:00+07:00`)
  const citizens = Object.keys(found).map(
    id => prepared('select citizen_hash from help where id = ?').pluck().get(Number(id)) as string,
  )
  change(CAMPAIGN, { citizens, standings: [official.officialId] }, () => {
    const { lastInsertRowid } = prepared(
      `insert into inspection (campaign_id, unit_id, seed, population, design, drawn_at, concluded_at, answer_due_on)
       values (?, ?, ?, '[]', '{}', ?, ?, ?)`,
    ).run(CAMPAIGN, unitNamed(COMMUNE).id, day, at, at, day)
    let place = 0
    for (const [helpId, result] of Object.entries(found)) {
      place += 1
      prepared(
        `insert into inspection_pick (inspection_id, help_id, origin, stratum, place, result) values (?, ?, 'lot', '', ?, ?)`,
      ).run(lastInsertRowid, Number(helpId), place, result)
    }
  })
}

async function close() {
  const started = startClosing(office(), CAMPAIGN, { reason: 'close', note: '' })
  if (!started.ok) throw new Error(started.problem)
  const closingId = prepared('select max(id) from closing').pluck().get() as number
  await computeClosing({ closingId }, office(), () => undefined)
  expect(closingForJob(closingId)?.frozenAt).not.toBe(null)
}

describe('a record at its edges', () => {
  it('whose citizen changes takes the codes that wait with it (K103)', () => {
    const helpId = record(1)
    expect(issueCitizenLink(official.actor, CAMPAIGN, helpId)).toEqual({ ok: true })
    const { code } = findCitizenLink(official.actor, CAMPAIGN, { id: helpId, officialId: official.officialId })
    expect(findByCode(code ?? '')?.state).toBe('open')
    edit(helpId, helpForm(1, { citizen: { name: 'Điểu Thị Mới', number: citizenNumber(2) } }))
    expect(findByCode(code ?? '')?.state).toBe('expired')
    const given = { answer: 'yes' as const, outcomes: [], consentVersion: '1', deviceHash: 'd' }
    expect(answerByCode(code ?? '', given).ok).toBe(false)
    confirmNow(head, CAMPAIGN, [helpId])
    expect(verdictOf(helpId)).toEqual({ reason: 'confirmed', basis: 'unit' })
  })

  it('is denied as long as the no is in force, whatever reason is named first (K20)', () => {
    const helpId = record(1)
    issueCitizenLink(official.actor, CAMPAIGN, helpId)
    const { code } = findCitizenLink(official.actor, CAMPAIGN, { id: helpId, officialId: official.officialId })
    answerByCode(code ?? '', { answer: 'no', outcomes: [], consentVersion: '1', deviceHash: 'd' })
    expect(verdictOf(helpId).reason).toBe('citizen_denied')
    edit(helpId, helpForm(1, { helpedOn: '2024-04-03' }))
    expect(verdictOf(helpId).reason).toBe('outside_period')
    expect(withdrawHelp(official.actor, CAMPAIGN, helpId)).toMatchObject({ ok: false })
    expect(verdictOf(helpId).reason).toBe('outside_period')
  })

  it('out of place is left and named, the rest is confirmed (K95)', () => {
    const mover = makeOfficial(unitNamed(COMMUNE).id)
    const moved = record(1, { helpedOn: '2024-06-11' }, mover)
    const stays = record(2)
    move(mover, OTHER, '2024-06-10')
    const newHead = chief('head', OTHER)
    const there = record(3, { helpedOn: '2024-06-11' }, mover)
    edit(moved, helpForm(1, { helpedOn: '2024-06-01' }), mover)
    expect(confirmNow(newHead, CAMPAIGN, [moved, there])).toEqual({ confirmed: 1, left: [moved] })
    expect(confirmNow(head, CAMPAIGN, [stays, moved])).toEqual({ confirmed: 2, left: [] })
  })

  it('sent again under its key with other content is refused in words', () => {
    const input = helpForm(1)
    const first = done(recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input }))
    const again = (changed: typeof input) =>
      recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: changed })
    expect(again(input)).toEqual(first)
    edit(first.helpId, helpForm(1, { note: 'Sửa' }))
    expect(again(input)).toEqual(first)
    expect(again({ ...input, citizen: { ...input.citizen, number: citizenNumber(9) } })).toEqual({
      ok: false,
      problems: [{ field: 'submissionKey', reason: 'submission_used' }],
    })
    expect(prepared('select count(*) from help').pluck().get()).toBe(1)
  })

  it.each([
    ['untrue', 'true', 'verified', 0],
    ['true', 'untrue', 'inspection_failed', 1],
  ] as const)(
    'found %s, then %s: the latest speaks for verdict and assessment alike (K28)',
    (one, two, reason, failed) => {
      const helpId = record(1)
      confirmNow(head, CAMPAIGN, [helpId])
      inspect({ [helpId]: one }, '2024-05-10')
      inspect({ [helpId]: two }, '2024-05-20')
      expect(verdictOf(helpId).reason).toBe(reason)
      expect(failedInspections(CAMPAIGN, [official.officialId]).get(official.officialId) ?? 0).toBe(failed)
      const row = listCollectives(office(), CAMPAIGN, { unitPath: '/1/' }).find(
        ({ unitId }) => unitId === unitNamed(COMMUNE).id,
      )
      expect(findHelp(official.actor, CAMPAIGN, helpId)).toBeDefined()
      expect(row).toBeDefined()
    },
  )
})

describe('collectives', () => {
  it('are judged by one function before the close and at it, exempt members included (K57)', async () => {
    const exempt = makeOfficial(unitNamed(COMMUNE).id)
    const ids = [...Array(9)].map((_, n) => record(n + 1))
    const others = [...Array(5)].map((_, n) => record(n + 50, {}, exempt))
    confirmNow(head, CAMPAIGN, [...ids, ...others])
    change(CAMPAIGN, { standings: [exempt.officialId] }, () =>
      prepared(
        `insert into exemption (campaign_id, official_id, part, reason, document_number, from_on, to_on, state, asked_at)
         values (1, ?, 'quota', 'study', '1', '2024-04-01', '2024-12-31', 'approved', 0)`,
      ).run(exempt.officialId),
    )
    goTo('2024-07-04T09:00')
    const { id: unitId, path: unitPath } = unitNamed(COMMUNE)
    const preview = listCollectives(office(), CAMPAIGN, { unitPath }).find(row => row.unitId === unitId)
    await close()
    const closing = currentClosing(CAMPAIGN)
    const frozen = listFrozenCollectives(office(), closing?.id ?? 0, { unitPath }).find(row => row.unitId === unitId)
    expect(frozen?.result).toBe(preview?.result)
    const facts = JSON.parse(
      prepared('select facts from collective_assessment where unit_id = ?').pluck().get(unitId) as string,
    ) as { sums: { counted: number; target: number } }
    expect(facts.sums).toMatchObject({ counted: preview?.people.counted, target: preview?.people.targets })
    expect(facts.sums.counted).toBe(14)
  })

  it('closed after the cut-off are assessed all the same (K52)', async () => {
    const { id: unitId, path } = unitNamed(COMMUNE)
    goTo('2024-07-05T09:00')
    prepared("update posting set to_on = '2024-07-05' where unit_id = ?").run(unitId)
    done(closeUnit(office(), { unitId, on: '2024-07-06' }) as { ok: boolean })
    goTo('2024-07-08T09:00')
    await close()
    expect(listFrozenCollectives(office(), currentClosing(CAMPAIGN)?.id ?? 0, { unitPath: path })).not.toHaveLength(0)
  })
})

describe('due process', () => {
  it('stays with the head of the cut-off when somebody is transferred meanwhile (K88)', () => {
    goTo('2024-07-04T09:00')
    const subject = { officialId: official.officialId }
    const made = giveNotice(head, CAMPAIGN, { subject, body: 'Đề nghị giải trình.', documentNumber: '1' })
    if (!made.ok) throw new Error(made.problem)
    const step = (actor: Person, kind: 'explanation' | 'explanation_decision', decision: 'rejected' | null) =>
      takeStep(actor, CAMPAIGN, { caseId: made.caseId, kind, decision, body: 'Lý do', documentNumber: '', file: null })
    expect(step(official.actor, 'explanation', null)).toEqual({ ok: true })
    goTo('2024-07-08T09:00')
    move(official, OTHER, '2024-07-08')
    const newHead = chief('head', OTHER)
    expect(findReview(newHead, CAMPAIGN, made.caseId)).toBeUndefined()
    expect(statusOf(() => step(newHead, 'explanation_decision', 'rejected'))).toBe(404)
    expect(step(head, 'explanation_decision', 'rejected')).toEqual({ ok: true })
  })

  it('goes out from the day after the last day (K97), and keeps the terms of its notice or the longer (K100)', () => {
    const subject = { officialId: official.officialId }
    const notify = () => giveNotice(head, CAMPAIGN, { subject, body: 'Đề nghị giải trình.', documentNumber: '1' })
    goTo('2024-07-03T23:00')
    expect(notify()).toEqual({ ok: false, problem: 'notice_too_early' })
    goTo('2024-07-04T09:00')
    const made = notify()
    if (!made.ok) throw new Error(made.problem)
    const dueOn = () => findReview(head, CAMPAIGN, made.caseId)?.state.explanationDueOn
    expect(dueOn()).toBe('2024-07-15')
    rule({ explanationDays: 3 })
    expect(dueOn()).toBe('2024-07-15')
    rule({ explanationDays: 20 })
    expect(dueOn()).toBe('2024-07-24')
  })
})

function rule(changes: Partial<Regulation>) {
  const { version, regulation } = rulesOf(CAMPAIGN)
  done(
    addRegulation(office(), CAMPAIGN, {
      parameters: { ...regulation, ...changes },
      basedOn: version,
      documentNumber: '9/KH',
      decidedOn: campaignToday(),
      note: '',
    }),
  )
}

describe('reports', () => {
  it('signed under an earlier rhythm keep their period and being in time (K108)', () => {
    const { id: unitId } = unitNamed(COMMUNE)
    rule({ weeklyReport: { ...PLAN_128.weeklyReport, documentNumber: '5/KH' } })
    const sign = (slug: string) => signReport(head, CAMPAIGN, { unitId, slug, earlyReason: null })
    const fridays = ['2024-06-14', '2024-06-21']
    for (const day of fridays) {
      goTo(`${day}T16:00`)
      expect(sign(`tuan-${day}`)).toEqual({ ok: true })
    }
    const evidence = () => reportEvidence(CAMPAIGN, '/1/')(unitId)
    goTo('2024-06-23T09:00')
    const before = evidence()
    rule({ weeklyReport: { ...PLAN_128.weeklyReport, documentNumber: '6/KH', weekday: 3 } })
    expect(evidence()).toMatchObject({ inTime: 2 })
    expect(before.inTime).toBe(2)
    // the Wednesdays 12/6 (before the first) and 19/6: the second is within a Friday's days
    const { periods, units } = reportStates(office(), CAMPAIGN, '/1/')
    const cells = units.find(row => row.unitId === unitId)?.cells ?? []
    const stateOf = (day: string) => cells[periods.findIndex(({ endsOn }) => endsOn === day)]?.state
    expect(fridays.map(stateOf)).toEqual(['in_time', 'in_time'])
    expect(['2024-06-19', '2024-06-26'].map(stateOf)).not.toContain('missing')
    const other = units.find(row => row.unitId !== unitId)?.cells ?? []
    expect(other[periods.findIndex(({ endsOn }) => endsOn === '2024-06-14')]?.state ?? 'not_owed').toBe('not_owed')
  })

  it('that never came bar a round, whatever was frozen (K114)', async () => {
    const { id: unitId } = unitNamed(COMMUNE)
    goTo('2024-07-04T09:00')
    await close()
    const closing = currentClosing(CAMPAIGN)
    const { lastInsertRowid: roundId } = prepared(
      `insert into round (campaign_id, kind, name, closing_id, proposals_due_on, created_at, created_by)
       values (1, 'commendation', 'Đợt 1', ?, '2024-07-30', ?, ?)`,
    ).run(closing?.id, NOW, head.accountId)
    const round = roundById(CAMPAIGN, Number(roundId))
    if (!round) throw new Error('no round')
    const bars = () => barsOf(round, 'collective', { unitId })
    expect(bars()).not.toContain('final_report_awaited')
    goTo('2024-07-11T09:00')
    expect(bars()).toContain('final_report_awaited')
    signReport(head, CAMPAIGN, { unitId, slug: 'tong-ket', earlyReason: null })
    expect(bars()).not.toContain('final_report_awaited')
  })
})
