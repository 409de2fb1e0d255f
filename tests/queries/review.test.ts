import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Person } from '#app/access/policy.ts'
import { DECISIONS_OF, TAKER_OF } from '#app/domain/due-process.ts'
import { REVIEW_DECISIONS, REVIEW_STEPS, type ReviewDecision, type ReviewStep } from '#app/domain/vocabulary.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { listFrozenOfficials } from '#app/queries/closing.server.ts'
import { liveResult } from '#app/queries/collective-assessment.server.ts'
import { addGate, listGates, withdrawGate } from '#app/queries/gate.server.ts'
import { countAssessments, listAssessments } from '#app/queries/official-assessment.server.ts'
import { findReview, listReviews, waitingReviews } from '#app/queries/review.server.ts'
import { giveNotice, giveNotices, listUnnotified, takeStep } from '#app/queries/review-step.server.ts'
import { openFile } from '#app/queries/stored-file.server.ts'
import { prepared } from '#db/client.server.ts'
import { agreeToClose, computeJob } from '#tests/closing.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  problemOf,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

const COMMUNE = 'UBND xã Tân Thành'
const DISTRICT = 'Thành phố Đồng Xoài'
const ROOT = 'Tỉnh Bình Phước'
const POLICE = 'Công an tỉnh (thường trực Tổ công tác Đề án 06)'

type Cast = ReturnType<typeof makeCast>
let cast: Cast

/** Makes an official of a commune who has helped nobody, and everybody who may or may not decide. */
function makeCast() {
  const head = (place: string) => grantTo(makeOfficial(unitNamed(place).id).actor, 'head', unitNamed(place).id)
  const concerned = makeOfficial(unitNamed(COMMUNE).id)
  return {
    concerned: concerned.actor,
    officialId: concerned.officialId,
    colleague: makeOfficial(unitNamed(COMMUNE).id).actor,
    coordinator: grantTo(makeOfficial(unitNamed(COMMUNE).id).actor, 'coordinator', unitNamed(COMMUNE).id),
    head: head(COMMUNE),
    district: head(DISTRICT),
    stranger: head('UBND phường Tân Phú'),
    province: head(ROOT),
    homeAffairs: grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'home_affairs', unitNamed(ROOT).id),
    office: grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'campaign_office', unitNamed(ROOT).id),
    leader: grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'province_leader', unitNamed(ROOT).id),
  }
}

beforeEach(() => {
  // the first notices go out after the last day, 03/7
  makeProvince(Date.parse('2024-07-04T09:00+07:00'))
  cast = makeCast()
})
afterEach(dropProvince)

const goTo = (day: string) => moveClock(cast.head, Date.parse(`${day}T08:00+07:00`))

function notify(actor: Actor, subject: Parameters<typeof giveNotice>[2]['subject'] = { officialId: cast.officialId }) {
  return giveNotice(actor, CAMPAIGN, { subject, body: 'Đề nghị giải trình.', documentNumber: '31/TB-UBND' })
}

function opened(subject?: Parameters<typeof notify>[1], actor: Actor = cast.homeAffairs): number {
  const made = notify(actor, subject)
  if (!made.ok) throw new Error(made.problem)
  return made.caseId
}

const take = (
  actor: Actor,
  caseId: number,
  kind: ReviewStep,
  decision: ReviewDecision | null = null,
  more: Partial<Parameters<typeof takeStep>[2]> = {},
) =>
  problemOf(
    takeStep(actor, CAMPAIGN, {
      caseId,
      kind,
      decision,
      body: 'Có lý do kèm theo.',
      documentNumber: '',
      file: null,
      ...more,
    }),
  )

const result = () => liveResult(CAMPAIGN, { officialId: cast.officialId })

/** Takes every step up to a final finding, on its proper days. */
function toTheFinding(caseId: number) {
  expect(take(cast.concerned, caseId, 'explanation')).toBe(null)
  expect(take(cast.head, caseId, 'explanation_decision', 'rejected')).toBe(null)
  expect(take(cast.head, caseId, 'finding_decision', 'made')).toBe(null)
}

describe('a notice', () => {
  it.each([
    ['the head', 'head', null],
    ['the head above', 'district', null],
    ['home affairs', 'homeAffairs', null],
    ['the coordinator', 'coordinator', 403],
    ['a colleague', 'colleague', 404],
    ['the head of another commune', 'stranger', 404],
    ['the one concerned', 'concerned', 403],
    ['the campaign office', 'office', 403],
    ['a province leader', 'leader', 404],
  ] as const)('by %s: %s %s', (_label, who, status) => {
    expect(statusOf(() => notify(cast[who]))).toBe(status)
  })

  it('goes to who leads the province from another head of it alone (B10)', () => {
    const other = grantTo(makeOfficial(unitNamed(ROOT).id).actor, 'head', unitNamed(ROOT).id)
    const of = (person: Person) => ({ officialId: person.officialId ?? 0 })
    const listed = (actor: Person) =>
      listUnnotified(actor, CAMPAIGN, { unitPath: unitNamed(ROOT).path, limit: 100 }).rows.map(row => row.officialId)
    expect(statusOf(() => notify(cast.homeAffairs, of(cast.province)))).toBe(403)
    expect(listed(cast.homeAffairs)).not.toContain(cast.province.officialId)
    expect(listed(cast.homeAffairs)).toContain(cast.officialId)
    expect(listed(other)).toContain(cast.province.officialId)
    expect(notify(other, of(cast.province))).toMatchObject({ ok: true })
    const leader = makeOfficial(unitNamed(ROOT).id, { isLeader: true })
    expect(statusOf(() => notify(cast.homeAffairs, { officialId: leader.officialId }))).toBe(403)
    // a head is asked from above
    expect(statusOf(() => notify(cast.head, of(cast.head)))).toBe(403)
    expect(notify(cast.district, of(cast.head))).toMatchObject({ ok: true })
  })

  it('goes to nobody who lacks nothing, and to nobody twice', () => {
    opened()
    expect(notify(cast.head)).toEqual({ ok: false, problem: 'review_open' })
    prepared(
      "insert into exemption (campaign_id, official_id, part, reason, document_number, from_on, to_on, state, asked_at) select 1, ?, value, 'maternity', '1', '2024-04-01', '2024-12-31', 'approved', 0 from json_each('[\"quota\",\"sim_signature\",\"phone_4g\",\"portal_national\",\"portal_provincial\"]')",
    ).run(cast.colleague.officialId)
    expect(notify(cast.head, { officialId: cast.colleague.officialId ?? 0 })).toEqual({
      ok: false,
      problem: 'nothing_missing',
    })
  })

  it('to several goes to all or nobody', () => {
    opened()
    const others = [cast.colleague.officialId ?? 0, cast.officialId].map(officialId => ({ officialId }))
    const notice = { body: 'Đề nghị giải trình.', documentNumber: '32/TB-UBND' }
    expect(giveNotices(cast.head, CAMPAIGN, { subjects: others, ...notice })).toEqual({
      ok: false,
      problem: 'review_open',
    })
    // outside its own tree a commune is called with its district (B5)
    expect(listReviews(cast.head, CAMPAIGN, {}).rows.map(row => row.unitName)).toEqual([`${COMMUNE}, ${DISTRICT}`])
    const unnotified = listUnnotified(cast.head, CAMPAIGN, { unitPath: unitNamed(COMMUNE).path, limit: 100 }).rows
    expect(unnotified.map(row => row.officialId)).not.toContain(cast.officialId)
    expect(unnotified.map(row => row.officialId)).not.toContain(cast.head.officialId)
  })
})

describe('due process about an official', () => {
  it('leads to a review after every step and the passed term of the appeal, and not a day before', () => {
    const caseId = opened()
    expect(result()).toBe('not_completed_open')
    toTheFinding(caseId)
    expect(result()).toBe('not_completed_open')
    goTo('2024-07-09')
    expect(result()).toBe('not_completed_open')
    goTo('2024-07-10')
    expect(result()).toBe('responsibility_review')
  })

  it('lets an appeal go to the level above the finding, and end it', () => {
    const caseId = opened()
    toTheFinding(caseId)
    expect(take(cast.concerned, caseId, 'appeal')).toBe(null)
    expect(statusOf(() => take(cast.head, caseId, 'appeal_decision', 'dismissed'))).toBe(403)
    goTo('2024-08-01')
    expect(result()).toBe('not_completed_open')
    expect(take(cast.district, caseId, 'appeal_decision', 'upheld')).toBe(null)
    expect(result()).toBe('not_completed_excused')
  })

  it('by the province itself is appealed to another head of the province', () => {
    const caseId = opened()
    expect(take(cast.concerned, caseId, 'explanation')).toBe(null)
    expect(take(cast.province, caseId, 'explanation_decision', 'rejected')).toBe(null)
    expect(take(cast.province, caseId, 'finding_decision', 'made')).toBe(null)
    expect(take(cast.concerned, caseId, 'appeal')).toBe(null)
    expect(statusOf(() => take(cast.district, caseId, 'appeal_decision', 'dismissed'))).toBe(403)
    expect(statusOf(() => take(cast.province, caseId, 'appeal_decision', 'dismissed'))).toBe(403)
    const other = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', unitNamed(ROOT).id)
    expect(take(other, caseId, 'appeal_decision', 'dismissed')).toBe(null)
    expect(result()).toBe('responsibility_review')
  })

  it("about a head is decided one level up, never by the head's own hand", () => {
    const caseId = opened({ officialId: cast.head.officialId ?? 0 }, cast.district)
    expect(statusOf(() => notify(cast.head, { officialId: cast.head.officialId ?? 0 }))).toBe(403)
    expect(take(cast.head, caseId, 'explanation')).toBe(null)
    expect(statusOf(() => take(cast.head, caseId, 'explanation_decision', 'accepted'))).toBe(403)
    expect(take(cast.district, caseId, 'explanation_decision', 'accepted')).toBe(null)
    expect(liveResult(CAMPAIGN, { officialId: cast.head.officialId ?? 0 })).toBe('not_completed_excused')
  })

  it('keeps an attachment that those who decide may open, and no colleague', () => {
    const caseId = opened()
    const file = { mediaType: 'application/pdf' as const, content: Buffer.from('giấy ra viện') }
    expect(take(cast.concerned, caseId, 'explanation', null, { file })).toBe(null)
    const fileId = findReview(cast.head, CAMPAIGN, caseId)?.steps[1]?.fileId ?? 0
    for (const reader of [cast.concerned, cast.head, cast.district, cast.homeAffairs])
      expect(openFile(reader, CAMPAIGN, fileId)?.content.toString()).toBe('giấy ra viện')
    for (const reader of [cast.colleague, cast.coordinator, cast.stranger, cast.leader])
      expect(openFile(reader, CAMPAIGN, fileId)).toBeUndefined()
  })

  it('reminds whoever must act, and nobody else', () => {
    const caseId = opened()
    const waits = (actor: Person) => waitingReviews(actor, CAMPAIGN).map(({ step }) => [step.kind, step.dueOn])
    // ten days from Thursday 04/7 end on Sunday 14/7: Monday counts
    expect(waits(cast.concerned)).toEqual([['explanation', '2024-07-15']])
    expect([cast.head, cast.district, cast.colleague].flatMap(waits)).toEqual([])
    take(cast.concerned, caseId, 'explanation')
    expect(waits(cast.concerned)).toEqual([])
    expect(waits(cast.head)).toEqual([['explanation_decision', '2024-07-11']])
    expect(waits(cast.stranger)).toEqual([])
  })
})

describe('due process about a collective', () => {
  const unitId = () => unitNamed(COMMUNE).id

  it('is answered by its head, decided by the head above, and appealed above that', () => {
    const caseId = opened({ unitId: unitId() }, cast.district)
    expect(statusOf(() => notify(cast.head, { unitId: unitNamed('UBND phường Tân Phú').id }))).toBe(404)
    expect(statusOf(() => take(cast.district, caseId, 'explanation'))).toBe(403)
    expect(statusOf(() => take(cast.concerned, caseId, 'explanation'))).toBe(404)
    expect(take(cast.head, caseId, 'explanation')).toBe(null)
    expect(statusOf(() => take(cast.head, caseId, 'explanation_decision', 'accepted'))).toBe(403)
    expect(take(cast.district, caseId, 'explanation_decision', 'rejected')).toBe(null)
    expect(take(cast.district, caseId, 'finding_decision', 'made')).toBe(null)
    expect(take(cast.head, caseId, 'appeal')).toBe(null)
    expect(statusOf(() => take(cast.district, caseId, 'appeal_decision', 'dismissed'))).toBe(403)
    expect(liveResult(CAMPAIGN, { unitId: unitId() })).toBe('emulation_criterion')
    expect(take(cast.province, caseId, 'appeal_decision', 'dismissed')).toBe(null)
    expect(liveResult(CAMPAIGN, { unitId: unitId() })).toBe('responsibility_review')
  })

  it('is not opened by its own head, nor on the province', () => {
    expect(statusOf(() => notify(cast.head, { unitId: unitId() }))).toBe(403)
    expect(notify(cast.homeAffairs, { unitId: 1 })).toEqual({ ok: false, problem: 'nothing_missing' })
  })
})

describe('shortcuts to a review', () => {
  it.each([
    ['a finding right after the notice', 'finding_decision', 'made', 'head', 'step_not_open'],
    ['an opinion before the term has passed', 'explanation_decision', 'rejected', 'head', 'step_not_open'],
    ['an appeal before a finding', 'appeal', null, 'concerned', 'step_not_open'],
    ['a second notice', 'notice', null, 'head', 'step_not_open'],
    ['an explanation with a decision', 'explanation', 'accepted', 'concerned', 'decision_not_fitting'],
  ] as const)('%s', (_label, kind, decision, who, problem) => {
    const caseId = opened()
    expect(take(cast[who], caseId, kind, decision)).toBe(problem)
    expect(findReview(cast.homeAffairs, CAMPAIGN, caseId)?.steps).toHaveLength(1)
  })

  it.each([
    ['the explanation by the head', 'explanation', null, 'head', 403],
    ['the explanation by home affairs', 'explanation', null, 'homeAffairs', 403],
    ['the opinion by the one concerned', 'explanation_decision', 'accepted', 'concerned', 403],
    ['the opinion by home affairs', 'explanation_decision', 'rejected', 'homeAffairs', 403],
    ['the opinion by the head of another commune', 'explanation_decision', 'rejected', 'stranger', 404],
    ['the opinion by the coordinator', 'explanation_decision', 'rejected', 'coordinator', 404],
    ['the finding by the campaign office', 'finding_decision', 'made', 'office', 404],
    ['the finding by a province leader', 'finding_decision', 'made', 'leader', 404],
    ['a withdrawal by the one concerned', 'withdrawal', null, 'concerned', 403],
    ['any step by a colleague', 'explanation', null, 'colleague', 404],
  ] as const)('%s', (_label, kind, decision, who, status) => {
    const caseId = opened()
    expect(statusOf(() => take(cast[who], caseId, kind, decision))).toBe(status)
  })

  it('a job concludes nothing', () => {
    const caseId = opened()
    expect(statusOf(() => take(system, caseId, 'finding_decision', 'made'))).toBe(404)
    expect(statusOf(() => notify(system))).toBe(404)
  })

  it('a decision without reasons', () => {
    const caseId = opened()
    take(cast.concerned, caseId, 'explanation')
    expect(take(cast.head, caseId, 'explanation_decision', 'rejected', { body: '  ' })).toBe('required')
  })

  it('a step cannot be mended or taken out behind the back', () => {
    opened()
    expect(() => prepared("update review_step set decision = 'made'").run()).toThrow('append-only')
    expect(() => prepared('delete from review_step').run()).toThrow('append-only')
  })

  it('a withdrawn case leads nowhere', () => {
    const caseId = opened()
    take(cast.concerned, caseId, 'explanation')
    expect(take(cast.homeAffairs, caseId, 'withdrawal')).toBe(null)
    goTo('2024-08-01')
    expect(take(cast.head, caseId, 'explanation_decision', 'rejected')).toBe('step_not_open')
    expect(result()).toBe('not_completed_open')
  })

  function expectEveryStep(caseId: number) {
    const steps = findReview(cast.homeAffairs, CAMPAIGN, caseId)?.steps ?? []
    const by = (word: ReviewStep) => steps.find(step => step.kind === word)
    expect(by('notice')).toBeDefined()
    expect(by('explanation_decision')?.decision).toBe('rejected')
    expect(by('finding_decision')?.decision).toBe('made')
    for (const word of ['explanation_decision', 'finding_decision'] as const)
      expect([cast.head, cast.district, cast.province].map(person => person.accountId)).toContain(by(word)?.takenBy)
    if (by('appeal')) expect(by('appeal_decision')?.decision).toBe('dismissed')
    expect(by('withdrawal')).toBeUndefined()
  }

  it('no sequence of attempts by anybody on any day brings a review without every step', () => {
    const people = ['head', 'district', 'province', 'homeAffairs', 'stranger', 'coordinator', 'concerned'] as const
    const attempt = fc.record({
      who: fc.constantFrom(...people),
      kind: fc.constantFrom(...REVIEW_STEPS),
      decision: fc.option(fc.constantFrom(...REVIEW_DECISIONS), { nil: null }),
      /** the step that is open, by whose it is, with one of its decisions */
      isProper: fc.boolean(),
      choice: fc.nat(5),
      wait: fc.integer({ min: 0, max: 4 }),
    })
    let day = Date.parse('2024-07-04T09:00+07:00')
    let reviews = 0
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 10, maxLength: 25 }), attempts => {
        const { actor: concerned, officialId } = makeOfficial(unitNamed(COMMUNE).id)
        const caseId = opened({ officialId })
        const takers = { notifier: cast.homeAffairs, concerned, head: cast.head, above: cast.district }
        for (const { who, kind, decision, isProper, choice, wait } of attempts) {
          day += wait * 86_400_000
          if (wait > 0) moveClock(cast.head, day)
          const review = findReview(cast.homeAffairs, CAMPAIGN, caseId)
          const proper = review?.state.open.filter(step => step.kind !== 'withdrawal') ?? []
          const open = proper[choice % Math.max(1, proper.length)]
          if (isProper && open) {
            const fitting = DECISIONS_OF[open.kind]
            take(takers[TAKER_OF[open.kind]], caseId, open.kind, fitting[choice % 2] ?? null)
          } else statusOf(() => take(who === 'concerned' ? concerned : cast[who], caseId, kind, decision))
          if (liveResult(CAMPAIGN, { officialId }) !== 'responsibility_review') continue
          reviews += 1
          expectEveryStep(caseId)
        }
      }),
      { numRuns: 40, seed: 128 },
    )
    expect(reviews).toBeGreaterThan(0)
  }, 60_000)
})

describe('lists', () => {
  it('hold nobody under review before the last step, live or frozen, and whoever is after it', async () => {
    const caseId = opened()
    toTheFinding(caseId)
    goTo('2024-08-01')
    const review = { unitPath: '/1/', result: 'responsibility_review' as const }
    expect(
      listAssessments(cast.homeAffairs, CAMPAIGN, { ...review, limit: 10 }).rows.map(row => row.officialId),
    ).toEqual([cast.officialId])
    const counts = countAssessments(cast.homeAffairs, CAMPAIGN, { unitPath: '/1/' })
    expect(counts.results.find(row => row.result === 'responsibility_review')?.count).toBe(1)
    expect(counts.results.reduce((sum, row) => sum + row.count, 0)).toBe(counts.total)
    const open = listAssessments(cast.homeAffairs, CAMPAIGN, {
      unitPath: '/1/',
      result: 'not_completed_open',
      limit: 100,
    }).rows
    expect(open.map(row => row.officialId)).not.toContain(cast.officialId)
    const { id: closingId } = await computeJob(agreeToClose(cast.office, cast.homeAffairs))
    expect(
      listFrozenOfficials(cast.homeAffairs, closingId, { ...review, limit: 10 }).rows.map(row => row.officialId),
    ).toEqual([cast.officialId])
  })
})

describe('gates', () => {
  const input = {
    kind: 'complaint',
    documentNumber: '118/SNV-TTr',
    documentOn: '2024-06-10',
    fromOn: '2024-06-10',
    toOn: null,
  } as const
  const subject = () => ({ officialId: cast.officialId })

  it('are entered and withdrawn by home affairs, and stay on record', () => {
    const gateId = addGate(cast.homeAffairs, CAMPAIGN, { subject: subject(), input })
    expect(listGates(cast.head, CAMPAIGN).map(row => [row.id, row.isInForce, row.mayWithdraw])).toEqual([
      [gateId, true, false],
    ])
    expect(listGates(cast.stranger, CAMPAIGN)).toEqual([])
    expect(statusOf(() => withdrawGate(cast.head, CAMPAIGN, gateId))).toBe(403)
    withdrawGate(cast.homeAffairs, CAMPAIGN, gateId)
    expect(listGates(cast.homeAffairs, CAMPAIGN).map(row => row.isInForce)).toEqual([false])
    expect(statusOf(() => withdrawGate(cast.homeAffairs, CAMPAIGN, gateId))).toBe(404)
  })

  it.each([
    ['the head', 'head'],
    ['the campaign office', 'office'],
    ['the one concerned', 'concerned'],
  ] as const)('are not entered by %s', (_label, who) => {
    expect(statusOf(() => addGate(cast[who], CAMPAIGN, { subject: subject(), input }))).toBe(403)
  })

  it('are not entered by home affairs on themself, nor on people of the armed forces', () => {
    const soldier = makeOfficial(unitNamed(POLICE).id, { category: 'soldier' })
    for (const officialId of [cast.homeAffairs.officialId ?? 0, soldier.officialId])
      expect(statusOf(() => addGate(cast.homeAffairs, CAMPAIGN, { subject: { officialId }, input }))).toBe(403)
  })
})
