import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { HelpInput } from '#app/domain/help.ts'
import type { Outcome } from '#app/domain/vocabulary.ts'
import { answerByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { eraseCitizen } from '#app/queries/citizen-deletion.server.ts'
import { askByCode, listCitizenRequests } from '#app/queries/citizen-request.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { confirmHelp, returnHelp } from '#app/queries/help-confirmation.server.ts'
import { listToConfirm, waitingHelp } from '#app/queries/help-list.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { restoreHelp, withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { findSheet, signInspection } from '#app/queries/inspection-check.server.ts'
import { drawInspection } from '#app/queries/inspection-draw.server.ts'
import { change, recount } from '#app/queries/judging/index.server.ts'
import {
  askReconsideration,
  decideReconsideration,
  findReconsideration,
  findReconsiderationsOf,
  openReconsiderations,
} from '#app/queries/reconsideration.server.ts'
import { prepared } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { extract, extractFact, extractScope } from '#db/schema.ts'
import {
  CAMPAIGN,
  checkNow,
  citizenNumber,
  confirmNow,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  NOW,
  problemOf,
  shownNow,
  statusOf,
  unitNamed,
} from '#tests/make.ts'
import { judgeAgain } from '#tests/second-judge.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  // whatever was done, sums fit the records, and the second judge agrees
  expect(recount(CAMPAIGN)).toEqual([])
  const again = judgeAgain(CAMPAIGN)
  for (const row of prepared('select id, verdict_reason as reason, basis from help').all() as {
    id: number
    reason: string
    basis: string | null
  }[])
    expect([row.id, row.reason, row.basis]).toEqual([
      row.id,
      again.get(row.id)?.verdict_reason,
      again.get(row.id)?.basis,
    ])
  dropProvince()
})

type Official = ReturnType<typeof makeOfficial>

function scene() {
  const unit = unitNamed('Sở Y tế')
  const official = makeOfficial(unit.id)
  const inspector = () => grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'inspector', 1)
  return {
    unit,
    official,
    other: makeOfficial(unit.id),
    head: grantTo(makeOfficial(unit.id, { isLeader: true }).actor, 'head', unit.id),
    office: grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1),
    team: [inspector(), inspector()] as [Person, Person],
  }
}
type Scene = ReturnType<typeof scene>

const record = (who: Official, n: number, changes: Parameters<typeof helpForm>[1] = {}): number =>
  done(recordHelp(who.actor, CAMPAIGN, { officialId: who.officialId, input: helpForm(n, changes) })).helpId
const reasonOf = (helpId: number) => prepared('select verdict_reason from help where id = ?').pluck().get(helpId)
const basisOf = (helpId: number) => prepared('select basis from help where id = ?').pluck().get(helpId)
const revisionOf = (helpId: number) => prepared('select revision from help where id = ?').pluck().get(helpId) as number
const edit = (who: Official, helpId: number, input: HelpInput) =>
  editHelp(who.actor, CAMPAIGN, { helpId, revision: revisionOf(helpId), input })

function codeFor(who: Official, helpId: number, network: string | null = null): string {
  expect(issueCitizenLink(who.actor, CAMPAIGN, helpId, network).ok).toBe(true)
  return findCitizenLink(who.actor, CAMPAIGN, { id: helpId, officialId: who.officialId }).code ?? ''
}

let devices = 0
type Given = Partial<Parameters<typeof answerByCode>[1]>
const answer = (code: string, given: Given = {}) =>
  answerByCode(code, { answer: 'yes', outcomes: [], consentVersion: '1', deviceHash: `device ${++devices}`, ...given })

/** Inspects everything of the unit; these records are found untrue, the rest true. */
function inspect({ office, team, unit }: Scene, untrue: readonly number[]): number {
  const inspectionId = drawn({ office, team, unit })
  for (const { helpId, result } of findInspection(team[0], CAMPAIGN, inspectionId)?.picks ?? [])
    if (result === null)
      checkNow(team[0], {
        inspectionId,
        helpId,
        result: untrue.includes(helpId) ? 'untrue' : 'true',
      })
  for (const member of team) expect(signInspection(member, CAMPAIGN, inspectionId).ok).toBe(true)
  return inspectionId
}

const drawn = ({ office, team, unit }: Pick<Scene, 'office' | 'team' | 'unit'>) =>
  done(
    drawInspection(office, CAMPAIGN, {
      unitId: unit.id,
      input: { certainty: 0.95, untrueShare: 0.05, riskPicks: 0, memberIds: team.map(({ accountId }) => accountId) },
    }),
  ).inspectionId

/** An applied extract: a full list where `scope` is given, showing these citizens. */
function applyExtract({
  asOfOn = '2024-05-20',
  scope,
  shown = [],
  outcome = 'eid_activated',
  happenedOn = null,
}: {
  asOfOn?: string
  scope?: string
  shown?: number[]
  outcome?: Outcome
  happenedOn?: string | null
}) {
  const citizens = prepared('select distinct citizen_hash from help').pluck().all() as string[]
  change(CAMPAIGN, { citizens }, tx => {
    const { id } = tx
      .insert(extract)
      .values({
        campaignId: CAMPAIGN,
        source: outcome === 'eid_activated' ? 'police' : 'telecom',
        asOfOn,
        outcomes: JSON.stringify([outcome]),
        isFullList: scope !== undefined,
        summary: '{}',
        state: 'applied',
        appliedAt: NOW,
      })
      .returning()
      .get()
    if (scope)
      tx.insert(extractScope)
        .values({ extractId: id, localityCode: scope, carrier: outcome === 'eid_activated' ? '' : 'vinaphone' })
        .run()
    for (const n of shown)
      tx.insert(extractFact)
        .values({
          extractId: id,
          subjectHash: matchHash({ campaignId: CAMPAIGN }, 'number', citizenNumber(n)),
          outcome,
          happenedOn,
        })
        .run()
  })
}

describe('a citizen’s no, and an inspection’s untrue', () => {
  it('bar every later record of the citizen by that official; others’ are asked about', () => {
    const s = scene()
    const earlier = record(s.official, 3)
    const first = record(s.official, 1)
    answer(codeFor(s.official, first), { answer: 'no' })
    const again = record(s.official, 1)
    const others = record(s.other, 1)
    confirmNow(s.head, CAMPAIGN, [again])
    expect([first, again, others].map(reasonOf)).toEqual(['citizen_denied', 'citizen_denied', 'awaiting_confirmation'])
    const { questions } = waitingHelp(s.head, CAMPAIGN, { unitPath: s.unit.path })
    expect(questions[0]).toMatchObject({ kind: 'citizen_contested', helpIds: [others] })
    confirmNow(s.head, CAMPAIGN, [others])
    expect(reasonOf(others)).toBe('confirmed')
    // the number of a denied record stays, so that the no stays with its citizen
    expect(edit(s.official, first, helpForm(2))).toEqual({
      ok: false,
      problems: [{ field: 'citizenNumber', reason: 'citizen_fixed' }],
    })
    // a record that is given the citizen later is a later one
    done(edit(s.official, earlier, helpForm(1)))
    confirmNow(s.head, CAMPAIGN, [earlier])
    expect(reasonOf(earlier)).toBe('citizen_denied')
  })

  it('of an inspection alike', () => {
    const s = scene()
    const first = record(s.official, 1)
    confirmNow(s.head, CAMPAIGN, [first])
    inspect(s, [first])
    const again = record(s.official, 1)
    confirmNow(s.head, CAMPAIGN, [again])
    expect([first, again].map(reasonOf)).toEqual(['inspection_failed', 'inspection_failed'])
  })

  it('are looked at again by the inspecting body on the official’s request, and by nobody else', () => {
    const s = scene()
    const first = record(s.official, 1)
    answer(codeFor(s.official, first), { answer: 'no' })
    const again = record(s.official, 1)
    confirmNow(s.head, CAMPAIGN, [again])
    expect(findReconsiderationsOf(s.official.actor, CAMPAIGN, again).mayAsk).toEqual(['bar'])
    expect(findReconsiderationsOf(s.head, CAMPAIGN, again).mayAsk).toEqual([])
    const ask = { helpId: again, kind: 'bar', proposedOn: null, reason: 'Ghi nhầm số' } as const
    expect(statusOf(() => askReconsideration(s.head, CAMPAIGN, ask))).toBe(403)
    expect(askReconsideration(s.official.actor, CAMPAIGN, ask)).toEqual({ ok: true })
    expect(problemOf(askReconsideration(s.official.actor, CAMPAIGN, ask))).toBe('reconsideration_open')
    const [open] = openReconsiderations(s.office, CAMPAIGN)
    const id = open?.id ?? 0
    for (const actor of [s.head, s.official.actor, s.team[0]])
      expect(findReconsideration(actor, CAMPAIGN, id)).toBeUndefined()
    decideReconsideration(s.office, CAMPAIGN, { id, decision: 'upheld', reason: 'Đã gặp người dân' })
    expect([first, again].map(reasonOf)).toEqual(['awaiting_confirmation', 'duplicate_claim'])
    expect(statusOf(() => decideReconsideration(s.office, CAMPAIGN, { id, decision: 'upheld', reason: '-' }))).toBe(404)
  })

  it('a request that was dismissed is not made again', () => {
    const s = scene()
    const first = record(s.official, 1)
    answer(codeFor(s.official, first), { answer: 'no' })
    const ask = { helpId: first, kind: 'bar', proposedOn: null, reason: 'Xem lại' } as const
    askReconsideration(s.official.actor, CAMPAIGN, ask)
    const [open] = openReconsiderations(s.office, CAMPAIGN)
    decideReconsideration(s.office, CAMPAIGN, { id: open?.id ?? 0, decision: 'dismissed', reason: 'Không' })
    expect(reasonOf(first)).toBe('citizen_denied')
    expect(problemOf(askReconsideration(s.official.actor, CAMPAIGN, ask))).toBe('reconsideration_decided')
  })
})

describe('what an extract contradicts', () => {
  const placed = (carrier: 'vinaphone' | 'viettel' | null = 'vinaphone', localityCode = '25195') => ({
    citizen: { carrier, localityCode },
  })

  it.each([
    { label: 'another commune', form: () => helpForm(1, placed('vinaphone', OTHER_COMMUNE)) },
    { label: 'another carrier', form: () => helpForm(1, placed('viettel')) },
    { label: 'no carrier', form: () => helpForm(1, placed(null)) },
    { label: 'a day within the grace', form: () => helpForm(1, { ...placed(), outcomes: signedOn('2024-05-15') }) },
  ])('stays with the number: $label', ({ form }) => {
    const s = scene()
    const helpId = record(s.official, 1, placed())
    confirmNow(s.head, CAMPAIGN, [helpId])
    applyExtract({ scope: '25195', outcome: 'sim_signature' })
    expect(reasonOf(helpId)).toBe('not_in_extract')
    done(edit(s.official, helpId, form()))
    confirmNow(s.head, CAMPAIGN, [helpId])
    expect(reasonOf(helpId)).toBe('not_in_extract')
    // in a new record of the number, too, by whomever; until an extract shows the citizen
    const again = record(s.other, 1, placed('viettel', OTHER_COMMUNE))
    confirmNow(s.head, CAMPAIGN, [again])
    expect(reasonOf(again)).toBe('not_in_extract')
    applyExtract({ outcome: 'sim_signature', shown: [1], asOfOn: '2024-06-01' })
    expect([helpId, again].map(reasonOf)).toEqual(['confirmed', 'duplicate_claim'])
  })

  it('binds no record that had the number before, and an inspection clears it', () => {
    const s = scene()
    const before = record(s.other, 1, placed('viettel'))
    const helpId = record(s.official, 1, placed())
    confirmNow(s.head, CAMPAIGN, [before, helpId])
    applyExtract({ scope: '25195', outcome: 'sim_signature' })
    expect([before, helpId].map(reasonOf)).toEqual(['confirmed', 'not_in_extract'])
    prepared('update help set received_at = received_at - 1000 where id = ?').run(before)
    done(edit(s.official, helpId, helpForm(1, placed('viettel'))))
    confirmNow(s.head, CAMPAIGN, [helpId])
    expect([before, helpId].map(reasonOf)).toEqual(['confirmed', 'not_in_extract'])
    inspect(s, [])
    expect([before, helpId].map(reasonOf)).toEqual(['verified', 'duplicate_claim'])
  })

  it('what was edited since is on top of the queue, with the change in words', () => {
    const s = scene()
    const plain = record(s.official, 2, placed())
    const helpId = record(s.official, 1, placed())
    applyExtract({ scope: '25195', outcome: 'sim_signature', shown: [2] })
    done(edit(s.official, helpId, helpForm(3, placed('viettel'))))
    const { questions, others } = waitingHelp(s.head, CAMPAIGN, { unitPath: s.unit.path })
    expect(questions.map(({ kind, helpIds }) => [kind, helpIds])).toEqual([['edited_after_extract', [helpId]]])
    expect(others).toEqual([plain])
    const [row] = listToConfirm(s.head, CAMPAIGN, [helpId])
    expect(row?.changed).toEqual([
      { field: 'citizenName' },
      { field: 'citizenNumber' },
      { field: 'carrier', before: 'vinaphone', after: 'viettel' },
    ])
  })
})

const OTHER_COMMUNE = '25216'
const signedOn = (on: string) => ({
  vneid_installed: { value: 'achieved', on: '2024-04-04' } as const,
  eid_activated: { value: 'achieved', on: '2024-04-04' } as const,
  sim_signature: { value: 'achieved', on } as const,
})

describe('confirming and returning', () => {
  it('leave what was changed since it was shown, in bulk too', () => {
    const s = scene()
    const [kept, moved] = [record(s.official, 1), record(s.official, 2)]
    const shown = shownNow([kept, moved])
    done(edit(s.official, moved, helpForm(3, { helpedOn: '2024-04-05' })))
    expect(confirmHelp(s.head, CAMPAIGN, shown)).toEqual({ confirmed: 1, left: [], changed: [moved] })
    expect(reasonOf(moved)).toBe('awaiting_confirmation')
    const late = shownNow([kept]).map(one => ({ ...one, revision: one.revision - 1 }))
    expect(returnHelp(s.head, CAMPAIGN, { shown: late, reason: 'Xem lại' })).toEqual({
      returned: 0,
      left: [],
      changed: [kept],
    })
    expect(confirmHelp(s.head, CAMPAIGN, shownNow([moved]))).toEqual({ confirmed: 1, left: [], changed: [] })
  })
})

describe('a withdrawn record', () => {
  it('is confirmed again once restored, and drawn at once where a draw passed meanwhile', () => {
    const s = scene()
    const ids = [1, 2, 3].map(n => record(s.official, n))
    confirmNow(s.head, CAMPAIGN, ids)
    const [away = 0] = ids
    withdrawHelp(s.official.actor, CAMPAIGN, away)
    const inspectionId = drawn(s)
    const picks = () => findInspection(s.team[0], CAMPAIGN, inspectionId)?.picks ?? []
    expect(picks().map(({ helpId }) => helpId)).not.toContain(away)
    restoreHelp(s.official.actor, CAMPAIGN, away)
    expect(reasonOf(away)).toBe('awaiting_confirmation')
    expect(picks().find(({ helpId }) => helpId === away)).toMatchObject({ origin: 'risk', result: null })
  })

  it('is asked about where the draw that it missed is concluded', () => {
    const s = scene()
    const ids = [1, 2].map(n => record(s.official, n))
    confirmNow(s.head, CAMPAIGN, ids)
    const [away = 0] = ids
    withdrawHelp(s.official.actor, CAMPAIGN, away)
    inspect(s, [])
    restoreHelp(s.official.actor, CAMPAIGN, away)
    const { questions } = waitingHelp(s.head, CAMPAIGN, { unitPath: s.unit.path })
    expect(questions[0]).toMatchObject({ kind: 'missed_draw', helpIds: [away] })
  })

  it('looks the same whether it was drawn; the team goes on and sees that it was asked', () => {
    const s = scene()
    const ids = [1, 2].map(n => record(s.official, n))
    confirmNow(s.head, CAMPAIGN, ids)
    const inspectionId = drawn(s)
    const free = record(s.official, 3)
    confirmNow(s.head, CAMPAIGN, [free])
    const [helpId = 0] = ids
    const seen = (id: number) => {
      const made = withdrawHelp(s.official.actor, CAMPAIGN, id)
      const { verdictKind, verdictReason, allowed } = findHelp(s.official.actor, CAMPAIGN, id) ?? {}
      return { made, verdictKind, verdictReason, allowed }
    }
    expect(seen(helpId)).toEqual(seen(free))
    expect(findSheet(s.team[0], CAMPAIGN, { inspectionId, helpId })?.claim.withdrawnAt).toBeGreaterThanOrEqual(NOW)
    checkNow(s.team[0], { inspectionId, helpId, result: 'untrue' })
    checkNow(s.team[0], { inspectionId, helpId: ids[1] ?? 0, result: 'true' })
    for (const member of s.team) signInspection(member, CAMPAIGN, inspectionId)
    // found untrue all the same: the citizen stays barred for the official
    const again = record(s.official, 1)
    confirmNow(s.head, CAMPAIGN, [again])
    expect(reasonOf(again)).toBe('inspection_failed')
  })
})

describe('a citizen’s yes', () => {
  it('from the official’s own session is no basis', () => {
    const s = scene()
    const helpId = record(s.official, 1)
    confirmNow(s.head, CAMPAIGN, [helpId])
    answer(codeFor(s.official, helpId), { accountId: s.official.accountId })
    expect(basisOf(helpId)).toBe('unit')
  })

  it('from one device for several citizens is none for any of them', () => {
    const s = scene()
    const ids = [1, 2].map(n => record(s.official, n))
    confirmNow(s.head, CAMPAIGN, ids)
    answer(codeFor(s.official, ids[0] ?? 0), { deviceHash: 'one device' })
    expect(ids.map(basisOf)).toEqual(['citizen', 'unit'])
    answer(codeFor(s.official, ids[1] ?? 0), { deviceHash: 'one device' })
    expect(ids.map(basisOf)).toEqual(['unit', 'unit'])
  })

  it('from the official’s network at once is one; from the third within an hour it is asked about', () => {
    const s = scene()
    const ids = [10, 20, 30].map(n => record(s.official, n))
    const kinds = () => waitingHelp(s.head, CAMPAIGN, { unitPath: s.unit.path }).questions.map(({ kind }) => kind)
    ids.forEach((helpId, n) => {
      answer(codeFor(s.official, helpId, '203.0.113.7'), { network: n < 2 ? '203.0.113.7' : '203.0.113.8' })
    })
    expect(kinds()).toEqual([])
    const last = record(s.official, 40)
    answer(codeFor(s.official, last, '203.0.113.7'), { network: '203.0.113.7' })
    expect(kinds()).toEqual(['near_answers'])
    confirmNow(s.head, CAMPAIGN, [last])
    expect(basisOf(last)).toBe('citizen')
  })
})

describe('a request by an official’s code', () => {
  it('is open once of a kind', () => {
    const s = scene()
    const code = codeFor(s.official, record(s.official, 1))
    const asked = (['delete', 'delete', 'see'] as const).map(kind => problemOf(askByCode(code, { kind, message: '' })))
    expect(asked).toEqual([null, 'request_waits', null])
    expect(listCitizenRequests(s.office, CAMPAIGN)).toHaveLength(2)
  })

  it('to delete keeps how the citizen was reached; what rests on its unit alone stops counting', () => {
    const s = scene()
    const ids = [1, 2].map(n => record(s.official, n))
    confirmNow(s.head, CAMPAIGN, ids)
    const codes = ids.map(helpId => codeFor(s.official, helpId))
    answer(codes[1] ?? '')
    for (const code of codes) askByCode(code, { kind: 'delete', message: '' })
    for (const { id } of listCitizenRequests(s.office, CAMPAIGN))
      expect(eraseCitizen(s.office, CAMPAIGN, { requestId: id, reachedBy: 'letter' })).toEqual({ ok: true })
    expect(ids.map(reasonOf)).toEqual(['withdrawn', 'confirmed'])
    expect(prepared('select distinct reached_by from citizen_request').pluck().all()).toEqual(['letter'])
    confirmNow(s.head, CAMPAIGN, ids)
    expect(ids.map(reasonOf)).toEqual(['withdrawn', 'confirmed'])
  })
})

describe('the day of activation that an extract spoke about', () => {
  const onDay = (on: string) => ({
    outcomes: { ...signedOn('2024-04-04'), eid_activated: { value: 'achieved', on } as const },
  })
  const refused = { ok: false, problems: [{ field: 'outcome_eid_activated_on', reason: 'day_checked' }] }

  it('is changed by request, not by trying: in the record or in a new one', () => {
    const s = scene()
    const helpId = record(s.official, 1, onDay('2024-04-10'))
    confirmNow(s.head, CAMPAIGN, [helpId])
    done(edit(s.official, helpId, helpForm(1, onDay('2024-04-12'))))
    confirmNow(s.head, CAMPAIGN, [helpId])
    applyExtract({ shown: [1], happenedOn: '2024-05-10' })
    expect(reasonOf(helpId)).toBe('activated_after')
    expect(edit(s.official, helpId, helpForm(1, onDay('2024-05-02')))).toEqual(refused)
    // unset and set again
    const unset = { outcomes: { ...signedOn('2024-04-04'), eid_activated: { value: 'not_yet', on: null } as const } }
    done(edit(s.official, helpId, helpForm(1, unset)))
    expect(edit(s.official, helpId, helpForm(1, onDay('2024-05-02')))).toEqual(refused)
    done(edit(s.official, helpId, helpForm(1, onDay('2024-04-12'))))
    withdrawHelp(s.official.actor, CAMPAIGN, helpId)
    const input = helpForm(1, onDay('2024-05-02'))
    const { officialId } = s.official
    expect(recordHelp(s.official.actor, CAMPAIGN, { officialId, input })).toEqual(refused)
    restoreHelp(s.official.actor, CAMPAIGN, helpId)
    // the number stays, too: extracts show the citizen
    expect(edit(s.official, helpId, helpForm(2, onDay('2024-04-12')))).toMatchObject({
      problems: [{ field: 'citizenNumber', reason: 'citizen_fixed' }],
    })
    const ask = { helpId, kind: 'day', proposedOn: '2024-05-02', reason: 'Ghi nhầm ngày' } as const
    const same = { ...ask, proposedOn: '2024-04-12' }
    expect(problemOf(askReconsideration(s.official.actor, CAMPAIGN, same))).toBe('day_unchanged')
    expect(askReconsideration(s.official.actor, CAMPAIGN, ask)).toEqual({ ok: true })
    const [open] = openReconsiderations(s.office, CAMPAIGN)
    decideReconsideration(s.office, CAMPAIGN, { id: open?.id ?? 0, decision: 'upheld', reason: 'Đúng hồ sơ' })
    expect(findHelp(s.official.actor, CAMPAIGN, helpId)?.outcomes.eid_activated?.on).toBe('2024-05-02')
    expect(reasonOf(helpId)).toBe('awaiting_confirmation')
  })
})

describe('a number', () => {
  it('of a record is changed three times', () => {
    const s = scene()
    const helpId = record(s.official, 1)
    for (const n of [2, 3, 4]) done(edit(s.official, helpId, helpForm(n)))
    done(edit(s.official, helpId, helpForm(4, { note: 'Ghi thêm' })))
    expect(edit(s.official, helpId, helpForm(5))).toEqual({
      ok: false,
      problems: [{ field: 'citizenNumber', reason: 'citizen_fixed' }],
    })
  })

  it('typed tells nothing about others before the unit confirmed the claim', () => {
    const s = scene()
    confirmNow(s.head, CAMPAIGN, [record(s.other, 1)])
    const probe = record(s.official, 1)
    const told = () => {
      const { verdictReason, alreadyRecordedAt } = findHelp(s.official.actor, CAMPAIGN, probe) ?? {}
      return [verdictReason, alreadyRecordedAt]
    }
    expect(told()).toEqual(['awaiting_confirmation', null])
    confirmNow(s.head, CAMPAIGN, [probe])
    expect(told()).toEqual(['duplicate_claim', expect.any(Number)])
  })
})
