import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { CouncilInput } from '#app/domain/council-input.ts'
import { found } from '#app/domain/refusal.ts'
import type { OutsideInput } from '#app/domain/round-input.ts'
import { OBLIGATION_PARTS } from '#app/domain/vocabulary.ts'
import { isAwarded, listAwards } from '#app/queries/award.server.ts'
import {
  barsOfCandidate,
  findCandidate,
  listCandidates,
  ownCandidacies,
  stepsOf,
} from '#app/queries/candidate.server.ts'
import { changedCandidates } from '#app/queries/candidate-change.server.ts'
import {
  editOutside,
  proposeAgain,
  proposeOutside,
  stepCandidates,
  withdrawCandidate,
} from '#app/queries/candidate-step.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { startClosing } from '#app/queries/closing.server.ts'
import { addSupplement, councilDay, listMeetings, recordMeeting } from '#app/queries/council.server.ts'
import { addGate } from '#app/queries/gate.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { addLegalBasis, basesForPaper, endLegalBasis, listLegalBases } from '#app/queries/legal-basis.server.ts'
import { officialsLike } from '#app/queries/outsider.server.ts'
import { countStations, createRound, findRound, listRounds, roundById } from '#app/queries/round.server.ts'
import { freezeRound, reopenRound, revokeAward } from '#app/queries/round-decision.server.ts'
import { collectRound, frozenTotals, listOf } from '#app/queries/round-list.server.ts'
import { prepared } from '#db/client.server.ts'
import { unsealText } from '#db/keys.server.ts'
import { closeForGood, computeJob } from '#tests/closing.ts'
import { CAMPAIGN, done, dropProvince, grantTo, makeOfficial, makeProvince, statusOf, unitNamed } from '#tests/make.ts'
import { CITY, COMMUNE, decide, official, opening, propose, reader } from '#tests/round-scene.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const moveTo = (day: string) => moveClock(reader('admin'), Date.parse(`${day}T09:00+07:00`))

const close = () => closeForGood()

function open(changes = {}): number {
  const made = createRound(reader('home_affairs'), CAMPAIGN, opening(changes))
  if (!made.ok) throw new Error(made.problem)
  return made.roundId
}

const step = (actor: Person, roundId: number, ids: number[], action: 'pass' | 'return' | 'drop' = 'pass') =>
  stepCandidates(actor, CAMPAIGN, { roundId, ids, action, reason: action === 'pass' ? '' : 'Bổ sung thành tích.' })
const idOf = (roundId: number, officialId: number) =>
  (
    prepared('select id from candidate where round_id = ? and official_id = ?').get(roundId, officialId) as {
      id: number
    }
  ).id
const placeOf = (candidateId: number) =>
  prepared('select stage, ended from candidate where id = ?').get(candidateId) as {
    stage: string
    ended: string | null
  }
const freeze = (roundId: number) =>
  freezeRound(reader('home_affairs'), CAMPAIGN, { roundId, lateReason: 'Chưa đến.', isEarlySeen: true })

/** A meeting of eleven members, with the table of votes as it was typed. */
const meeting = (changes: Partial<CouncilInput> = {}): CouncilInput => ({
  metOn: '2024-07-10',
  startedAt: 8 * 3_600_000,
  endedAt: 10 * 3_600_000,
  place: 'Phòng họp số 1',
  chair: 'Trần Thị Mẫu, Chủ tịch Hội đồng',
  secretary: 'Lê Văn Mẫu',
  present: Array.from({ length: 11 }, (_, n) => `Ủy viên ${n + 1}`),
  absent: ['Ủy viên 12'],
  isUnanimous: false,
  votes: '',
  ...changes,
})
const meet = (roundId: number, changes: Partial<CouncilInput> = {}) =>
  recordMeeting(reader('home_affairs'), CAMPAIGN, { roundId, input: meeting(changes) })

/** The personal number of an official. */
const NUMBER_OF = (officialId: number) =>
  unsealText(
    { table: 'official', column: 'number', rowId: officialId },
    prepared<Buffer>('select number_cipher from official where id = ?').pluck().one(officialId),
  )

/** One eligible official of Tân Thành, passed on as far as `stations` say. */
function passed(
  roundId: number,
  officialId: number,
  stations: readonly ('district' | 'home')[] = ['district', 'home'],
) {
  expect(propose(reader('head', COMMUNE), roundId, [officialId])).toMatchObject({ ok: true })
  const id = idOf(roundId, officialId)
  if (stations.includes('district')) expect(step(reader('head', CITY), roundId, [id])).toMatchObject({ ok: true })
  if (stations.includes('home')) expect(step(reader('home_affairs'), roundId, [id])).toMatchObject({ ok: true })
  return id
}

describe('a round', () => {
  it('is opened by home affairs, on a closed campaign', async () => {
    expect(createRound(reader('home_affairs'), CAMPAIGN, opening())).toEqual({
      ok: false,
      problem: 'campaign_not_closed',
    })
    for (const role of ['head', 'campaign_office', 'coordinator'] as const)
      expect(statusOf(() => createRound(reader(role), CAMPAIGN, opening()))).toBe(403)
    official(COMMUNE, 11)
    await close()
    const roundId = open()
    expect(roundById(CAMPAIGN, roundId)).toMatchObject({ closingVersion: 1, isFrozen: false })
    expect(listRounds(reader('province_leader'), CAMPAIGN)).toHaveLength(1)
    expect(statusOf(() => listRounds(makeOfficial(unitNamed(COMMUNE).id).actor, CAMPAIGN))).toBe(403)
    expect(statusOf(() => findRound(reader('auditor'), CAMPAIGN, roundId))).toBe(403)
  })

  it('goes from the unit to the decision, each step by whom it belongs to', async () => {
    const best = official(COMMUNE, 12)
    await close()
    const roundId = open()
    const head = reader('head', COMMUNE)
    const district = reader('coordinator', CITY)
    const home = reader('home_affairs')
    expect(statusOf(() => propose(reader('head', 'UBND phường Tân Phú'), roundId, [best.officialId]))).toBe(403)
    expect(propose(head, roundId, [best.officialId])).toEqual({ ok: true, done: 1 })
    const id = idOf(roundId, best.officialId)
    expect(placeOf(id)).toEqual({ stage: 'agency', ended: null })
    expect(statusOf(() => step(head, roundId, [id]))).toBe(403)
    expect(statusOf(() => step(home, roundId, [id]))).toBe(403)
    expect(step(district, roundId, [id])).toEqual({ ok: true, done: 1 })
    expect(statusOf(() => step(district, roundId, [id]))).toBe(403)
    expect(statusOf(() => step(reader('campaign_office'), roundId, [id]))).toBe(403)
    expect(step(home, roundId, [id])).toEqual({ ok: true, done: 1 })
    expect(placeOf(id)).toEqual({ stage: 'council', ended: null })
    expect(step(home, roundId, [id])).toMatchObject({ problems: [{ problem: 'round_not_frozen' }] })
    expect(freeze(roundId)).toMatchObject({ ok: true })
    expect(roundById(CAMPAIGN, roundId)?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(meet(roundId, { votes: '1; 10' })).toMatchObject({ ok: true })
    expect(councilDay(roundId)).toBe('2024-07-10')
    expect(decide(roundId)).toEqual({ ok: true })
    expect(placeOf(id)).toEqual({ stage: 'decision', ended: 'decide' })
    expect(listAwards(home, { officialId: best.officialId })).toMatchObject([
      { name: 'Bằng khen', year: 2024, decisionNumber: '1205/QĐ-UBND' },
    ])
    expect(stepsOf(id).map(({ stage, action }) => `${stage} ${action}`)).toEqual([
      'unit propose',
      'agency pass',
      'home_affairs pass',
      'council pass',
      'decision decide',
    ])
    expect(ownCandidacies(best.actor, CAMPAIGN)).toMatchObject([{ id, certificateNumber: '7' }])
  })

  it('takes back nothing from its steps: they are append-only in what they say', async () => {
    const best = official(COMMUNE, 12)
    await close()
    const roundId = open()
    const id = passed(roundId, best.officialId, [])
    expect(step(reader('head', CITY), roundId, [id], 'return')).toEqual({ ok: true, done: 1 })
    expect(placeOf(id)).toEqual({ stage: 'unit', ended: null })
    expect(
      proposeAgain(reader('head', COMMUNE), CAMPAIGN, {
        roundId,
        candidateId: id,
        form: 'agency_certificate',
        achievement: 'Đã bổ sung.',
      }),
    ).toEqual({ ok: true })
    expect(stepsOf(id).map(({ action, reason }) => [action, reason])).toEqual([
      ['propose', ''],
      ['return', 'Bổ sung thành tích.'],
      ['propose', ''],
    ])
  })
})

describe('who is proposed', () => {
  it('comes from the frozen list of those eligible, or is refused and nobody is written', async () => {
    const best = official(COMMUNE, 11)
    const exact = official(COMMUNE, 10)
    const short = official(COMMUNE, 3)
    await close()
    const roundId = open()
    const head = reader('head', COMMUNE)
    for (const { officialId } of [exact, short])
      expect(propose(head, roundId, [best.officialId, officialId])).toMatchObject({
        problems: [{ problem: 'not_eligible' }],
      })
    expect(countStations(roundId)).toEqual([])
    expect(propose(head, roundId, [best.officialId])).toEqual({ ok: true, done: 1 })
    expect(propose(head, roundId, [best.officialId])).toMatchObject({ problems: [{ problem: 'proposed_already' }] })
    expect(statusOf(() => propose(head, roundId, [999_999]))).toBe(404)
  })

  it('is barred by a gate while it lasts, and is not once it is over', async () => {
    const best = official(COMMUNE, 11)
    await close()
    const roundId = open()
    addGate(reader('home_affairs'), CAMPAIGN, {
      subject: { officialId: best.officialId },
      input: {
        kind: 'complaint',
        documentNumber: '12/TB',
        documentOn: '2024-07-04',
        fromOn: '2024-07-04',
        toOn: '2024-07-12',
      },
    })
    const head = reader('head', COMMUNE)
    expect(propose(head, roundId, [best.officialId])).toMatchObject({ problems: [{ problem: 'gate_in_force' }] })
    moveTo('2024-07-13')
    expect(propose(head, roundId, [best.officialId])).toEqual({ ok: true, done: 1 })
  })

  it('is never oneself, and a head only from above', async () => {
    const leader = official(COMMUNE, 11)
    const headOfUnit = grantTo(leader.actor, 'head', unitNamed(COMMUNE).id)
    await close()
    const roundId = open()
    expect(statusOf(() => propose(headOfUnit, roundId, [leader.officialId]))).toBe(403)
    expect(statusOf(() => propose(reader('coordinator', COMMUNE), roundId, [leader.officialId]))).toBe(403)
    expect(propose(reader('head', CITY), roundId, [leader.officialId])).toEqual({ ok: true, done: 1 })
  })

  it('of the armed forces stays within their own tree', async () => {
    const soldier = official('Bộ Chỉ huy Quân sự tỉnh', 11)
    await close()
    const roundId = open()
    expect(statusOf(() => propose(reader('head'), roundId, [soldier.officialId]))).toBe(403)
    expect(propose(reader('head', 'Bộ Chỉ huy Quân sự tỉnh'), roundId, [soldier.officialId])).toMatchObject({
      ok: true,
    })
    const id = idOf(roundId, soldier.officialId)
    expect(findCandidate(reader('home_affairs'), CAMPAIGN, { roundId, candidateId: id })).toBeUndefined()
    expect(statusOf(() => step(reader('home_affairs'), roundId, [id]))).toBe(404)
  })

  it('after the day for proposals only comes back to its unit', async () => {
    const best = official(COMMUNE, 11)
    const late = official(COMMUNE, 12)
    await close()
    const roundId = open()
    const id = passed(roundId, best.officialId, [])
    moveTo('2024-07-21')
    expect(propose(reader('head', COMMUNE), roundId, [late.officialId])).toMatchObject({
      problems: [{ problem: 'proposals_over' }],
    })
    step(reader('head', CITY), roundId, [id], 'return')
    const again = { roundId, candidateId: id, form: 'province_certificate' as const, achievement: 'Rõ hơn.' }
    expect(proposeAgain(reader('head', COMMUNE), CAMPAIGN, again)).toMatchObject({ ok: true })
  })

  it('may come from outside the rosters, with what they did', async () => {
    official(COMMUNE, 11)
    await close()
    const roundId = open()
    const input = {
      kind: 'outside_collective' as const,
      name: 'Tổ công nghệ số cộng đồng ấp 3',
      description: 'Tổ của ấp 3, xã Tân Thành',
      sex: null,
      birthYear: null,
      number: null,
      form: 'agency_certificate' as const,
      achievement: 'Hỗ trợ 200 người dân.',
      awards: 'none' as const,
      awardsText: null,
    }
    const unitId = unitNamed(COMMUNE).id
    expect(statusOf(() => proposeOutside(reader('home_affairs'), CAMPAIGN, { roundId, unitId, input }))).toBe(403)
    expect(proposeOutside(reader('head', COMMUNE), CAMPAIGN, { roundId, unitId, input })).toMatchObject({ ok: true })
    const list = await collectRound(reader('head', CITY), CAMPAIGN, { roundId, isWhole: true })
    expect(list.collectives).toMatchObject([{ name: 'Tổ công nghệ số cộng đồng ấp 3', sums: null, stage: 'agency' }])
  })
})

describe('who sees a candidate', () => {
  it('the unit and those above, home affairs, the police, and the candidate', async () => {
    const best = official(COMMUNE, 11)
    const colleague = official(COMMUNE, 11)
    await close()
    const roundId = open()
    const id = passed(roundId, best.officialId, [])
    const sees = (actor: Person) => findCandidate(actor, CAMPAIGN, { roundId, candidateId: id }) !== undefined
    const lists = (actor: Person) =>
      listCandidates(actor, { id: roundId, kind: 'commendation' }).some(row => row.id === id)
    for (const actor of [
      best.actor,
      reader('head', COMMUNE),
      reader('coordinator', CITY),
      reader('home_affairs'),
      reader('campaign_office'),
    ])
      expect([sees(actor), lists(actor)]).toEqual([true, true])
    for (const actor of [
      colleague.actor,
      reader('head', 'UBND phường Tân Phú'),
      reader('province_leader'),
      reader('inspector', COMMUNE),
      reader('telecom_office'),
      reader('auditor'),
      reader('admin'),
    ])
      expect([sees(actor), lists(actor)]).toEqual([false, false])
  })
})

describe('the caps, the freeze', () => {
  it('keep what goes on from home affairs within the cap', async () => {
    const people = [official(COMMUNE, 11), official(COMMUNE, 12)]
    await close()
    const roundId = open({ individualCap: 1 })
    const ids = people.map(({ officialId }) => passed(roundId, officialId, ['district']))
    const home = reader('home_affairs')
    expect(step(home, roundId, ids)).toMatchObject({ problems: [{ problem: 'cap_reached' }] })
    expect(ids.map(id => placeOf(id).stage)).toEqual(['home_affairs', 'home_affairs'])
    expect(step(home, roundId, ids.slice(0, 1))).toEqual({ ok: true, done: 1 })
    expect(step(home, roundId, ids.slice(1))).toMatchObject({ problems: [{ problem: 'cap_reached' }] })
    expect(step(reader('campaign_office'), roundId, ids.slice(1), 'return')).toEqual({ ok: true, done: 1 })
    expect(placeOf(ids[1] ?? 0).stage).toBe('agency')
  })

  it('end what has not arrived, and let nothing in any more', async () => {
    const people = [official(COMMUNE, 11), official(COMMUNE, 12), official(COMMUNE, 13), official(COMMUNE, 14)]
    await close()
    const roundId = open()
    const [arrived = 0, waiting = 0, late = 0] = [
      passed(roundId, people[0]?.officialId ?? 0),
      passed(roundId, people[1]?.officialId ?? 0, ['district']),
      passed(roundId, people[2]?.officialId ?? 0, []),
    ]
    expect(freeze(roundId)).toEqual({ ok: false, problem: 'candidates_waiting' })
    step(reader('home_affairs'), roundId, [waiting], 'drop')
    expect(freeze(roundId)).toMatchObject({ ok: true })
    expect(placeOf(late)).toEqual({ stage: 'agency', ended: 'drop' })
    expect(placeOf(arrived)).toEqual({ stage: 'council', ended: null })
    expect(propose(reader('head', COMMUNE), roundId, [people[3]?.officialId ?? 0])).toMatchObject({
      problems: [{ problem: 'round_frozen' }],
    })
    expect(freeze(roundId)).toEqual({ ok: false, problem: 'round_frozen' })
    expect(statusOf(() => freezeRound(reader('head'), CAMPAIGN, { roundId, lateReason: '' }))).toBe(403)
  })

  it('put the list in the order of the ties', async () => {
    const man = official(COMMUNE, 12)
    const woman = official(COMMUNE, 12, { sex: 'female' })
    const most = official(COMMUNE, 13)
    await close()
    const roundId = open()
    for (const { officialId } of [man, woman, most]) passed(roundId, officialId)
    const { round, persons } = await collectRound(reader('home_affairs'), CAMPAIGN, { roundId, isWhole: false })
    expect(frozenTotals(round)).toMatchObject({ eligible: 3, reported: 37, counted: 37, verified: 0 })
    expect(persons.map(row => row.officialId)).toEqual([most.officialId, woman.officialId, man.officialId])
    expect(persons[0]).toMatchObject({
      reported: 13,
      obligations: { met: 4, borne: 4, bases: OBLIGATION_PARTS.map(part => ({ part, basis: 'unit' })) },
      completedOn: '2024-04-04',
      sources: { counted: most.helpIds, verified: [] },
    })
  })
})

describe('an achievement', () => {
  it('is used once, and free again when the award is revoked; the history stays', async () => {
    const best = official(COMMUNE, 11)
    await close()
    const first = open()
    const second = open({ name: 'Bổ sung' })
    const id = passed(first, best.officialId)
    const head = reader('head', COMMUNE)
    expect(propose(head, second, [best.officialId])).toMatchObject({ problems: [{ problem: 'proposed_elsewhere' }] })
    freeze(first)
    meet(first, { isUnanimous: true })
    expect(decide(first)).toMatchObject({ ok: true })
    expect(propose(head, second, [best.officialId])).toMatchObject({ problems: [{ problem: 'achievement_used' }] })
    const revoke = (actor: Person) =>
      revokeAward(actor, CAMPAIGN, { roundId: first, candidateId: id, reason: 'Gian dối.' })
    expect(statusOf(() => revoke(head))).toBe(403)
    expect(revoke(reader('home_affairs'))).toMatchObject({ ok: true })
    expect(revoke(reader('home_affairs'))).toEqual({ ok: false, problem: 'candidate_step_closed' })
    expect(isAwarded(CAMPAIGN, { officialId: best.officialId })).toBe(false)
    expect(listAwards(head, { officialId: best.officialId })[0]?.revokedAt).not.toBeNull()
    expect(stepsOf(id).at(-1)).toMatchObject({ action: 'revoke', reason: 'Gian dối.' })
    expect(placeOf(id)).toEqual({ stage: 'decision', ended: 'revoke' })
  })

  it('is decided by nobody whose gate came up meanwhile', async () => {
    const best = official(COMMUNE, 11)
    await close()
    const roundId = open()
    const id = passed(roundId, best.officialId)
    freeze(roundId)
    meet(roundId, { isUnanimous: true })
    addGate(reader('home_affairs'), CAMPAIGN, {
      subject: { officialId: best.officialId },
      input: { kind: 'complaint', documentNumber: '1/TB', documentOn: '2024-07-04', fromOn: '2024-07-04', toOn: null },
    })
    expect(decide(roundId)).toMatchObject({ problems: [{ candidateId: id, problem: 'gate_in_force' }] })
    expect(isAwarded(CAMPAIGN, { officialId: best.officialId })).toBe(false)
  })
})

describe('the council', () => {
  /** Three candidates who wait for the council, by how many records count. */
  async function waitingThree(counts = [11, 13, 12]) {
    const people = counts.map(count => official(COMMUNE, count))
    await close()
    const roundId = open()
    const ids = people.map(({ officialId }) => passed(roundId, officialId))
    freeze(roundId)
    return { roundId, people, ids }
  }

  it('keeps its minutes whatever happens to a candidate later (A6)', async () => {
    const { roundId, people, ids } = await waitingThree()
    const home = reader('home_affairs')
    expect(meet(roundId, { isUnanimous: true, votes: '3\t4\tThành tích chưa rõ.' })).toMatchObject({ ok: true })
    const minutes = () => listMeetings(home, CAMPAIGN, roundId)[0]
    // in the order of the list: by the counted share
    expect(minutes()?.votes.map(row => [row.candidateId, row.votesFor, row.votesTotal, row.isKept])).toEqual([
      [ids[1], 11, 11, true],
      [ids[2], 11, 11, true],
      [ids[0], 4, 11, false],
    ])
    expect(placeOf(ids[0] ?? 0)).toEqual({ stage: 'council', ended: 'drop' })
    const told = minutes()
    addGate(home, CAMPAIGN, {
      subject: { officialId: people[1]?.officialId ?? 0 },
      input: { kind: 'complaint', documentNumber: '1/TB', documentOn: '2024-07-10', fromOn: '2024-07-10', toOn: null },
    })
    expect(step(home, roundId, [ids[1] ?? 0], 'drop')).toEqual({ ok: true, done: 1 })
    expect(minutes()).toEqual(told)
    expect(addSupplement(home, CAMPAIGN, { roundId, body: 'Một hồ sơ được đưa ra vì có đơn.' })).toEqual({ ok: true })
    expect(minutes()).toMatchObject({ hash: told?.hash, supplements: [{ body: 'Một hồ sơ được đưa ra vì có đơn.' }] })
    expect(statusOf(() => listMeetings(reader('head', COMMUNE), CAMPAIGN, roundId))).toBe(403)
  })

  it('takes the votes of all who wait for it, or none', async () => {
    const { roundId, ids } = await waitingThree()
    expect(meet(roundId, { votes: '1; 11\n2; 12' })).toMatchObject({
      problems: { votes: [{ code: 'too_many_votes', line: 2 }] },
    })
    expect(meet(roundId, { votes: '1; 11' })).toMatchObject({
      problems: { votes: [{ code: 'votes_missing', places: [2, 3] }] },
    })
    expect(meet(roundId, { metOn: '2024-07-11', isUnanimous: true })).toEqual({ ok: false, problem: 'in_future' })
    expect(step(reader('home_affairs'), roundId, ids)).toMatchObject({
      problems: ids.map(candidateId => ({ candidateId, problem: 'meeting_missing' })),
    })
    expect(ids.map(id => placeOf(id).stage)).toEqual(['council', 'council', 'council'])
    expect(councilDay(roundId)).toBe(null)
  })

  it('gives the certificates’ numbers in the order of the list (A16)', async () => {
    const { roundId, ids } = await waitingThree()
    meet(roundId, { isUnanimous: true })
    expect(decide(roundId)).toEqual({ ok: true })
    const numbers = prepared<{ id: number; number: string }>(
      'select id, certificate_number as number from candidate where round_id = ?',
    ).all(roundId)
    expect(new Map(numbers.map(({ id, number }) => [id, number]))).toEqual(
      new Map([
        [ids[1], '7'],
        [ids[2], '8'],
        [ids[0], '9'],
      ]),
    )
  })

  it('does not meet on a list that was frozen before the last day of proposals without a word (B11)', async () => {
    const best = official(COMMUNE, 11)
    const late = official(COMMUNE, 12)
    await close()
    const roundId = open()
    const id = passed(roundId, best.officialId)
    const waiting = passed(roundId, late.officialId, [])
    const home = reader('home_affairs')
    const early = freezeRound(home, CAMPAIGN, { roundId, lateReason: 'Chưa đến.' })
    expect(early).toEqual({ ok: false, problem: 'proposals_run' })
    freeze(roundId)
    expect(placeOf(waiting)).toEqual({ stage: 'agency', ended: 'drop' })
    const reopen = () => reopenRound(home, CAMPAIGN, { roundId, lateReason: 'Chưa đến.', reason: 'Mở lại.' })
    expect(reopen()).toEqual({ ok: true })
    expect(placeOf(waiting)).toEqual({ stage: 'agency', ended: null })
    expect(stepsOf(waiting).at(-1)).toMatchObject({ action: 'propose', reason: 'Mở lại.' })
    expect(roundById(CAMPAIGN, roundId)).toMatchObject({ isFrozen: false, hash: null })
    freeze(roundId)
    meet(roundId, { isUnanimous: true })
    expect(placeOf(id)).toEqual({ stage: 'decision', ended: null })
    expect(reopen()).toEqual({ ok: false, problem: 'council_begun' })
    moveTo('2024-07-21')
    expect(freezeRound(home, CAMPAIGN, { roundId: open({ proposalsDueOn: '2024-07-20' }), lateReason: '' })).toEqual({
      ok: false,
      problem: 'nobody_proposed',
    })
  })
})

describe('a candidate whose result changed', () => {
  it('is named, by the newest version and by a comparison (A4)', async () => {
    const best = official(COMMUNE, 11)
    await close()
    const roundId = open()
    const id = passed(roundId, best.officialId)
    const home = reader('home_affairs')
    const changed = () => changedCandidates(home, found(roundById(CAMPAIGN, roundId)))
    expect(changed()).toEqual([])
    withdrawHelp(best.actor, CAMPAIGN, best.helpIds[0] ?? 0)
    const compute = async (reason: 'rehearsal' | 'correction') =>
      computeJob(done(startClosing(reader('campaign_office'), CAMPAIGN, { reason, note: 'x' })).jobId)
    await compute('rehearsal')
    expect(changed()).toMatchObject([{ id, from: 'eligible', to: 'completed', isFrozen: false, isDecided: false }])
    await compute('correction')
    expect(changed()).toMatchObject([{ id, from: 'eligible', to: 'completed', isFrozen: true }])
    const round = found(roundById(CAMPAIGN, roundId))
    expect(barsOfCandidate(round, found(listCandidates(home, round)[0]))).toEqual(['not_eligible'])
  })
})

describe('a collective on a list', () => {
  it('has the figures that were frozen of its people alone (A2)', async () => {
    const best = official(COMMUNE, 11)
    await close()
    const roundId = open()
    withdrawHelp(best.actor, CAMPAIGN, best.helpIds[10] ?? 0)
    expect(propose(reader('head', CITY), roundId, [unitNamed(COMMUNE).id], { kind: 'collective' })).toMatchObject({
      ok: true,
    })
    const { collectives } = await collectRound(reader('home_affairs'), CAMPAIGN, { roundId, isWhole: true })
    expect(collectives).toMatchObject([
      {
        name: 'UBND xã Tân Thành, Thành phố Đồng Xoài',
        reported: 11,
        sums: { reported: 11, counted: 11, target: 10 },
        completedOn: '2024-04-04',
      },
    ])
  })
})

describe('a review', () => {
  it('takes nobody who does not stand there with every step on record', async () => {
    const best = official(COMMUNE, 11)
    const short = official(COMMUNE, 2, { meets: false })
    await close()
    const roundId = open({ kind: 'review' })
    const home = reader('home_affairs')
    for (const { officialId } of [best, short])
      expect(propose(home, roundId, [officialId])).toMatchObject({ problems: [{ problem: 'not_for_review' }] })
    expect(propose(home, roundId, [unitNamed(COMMUNE).id], { kind: 'collective' })).toMatchObject({
      problems: [{ problem: 'not_for_review' }],
    })
    expect(statusOf(() => propose(reader('head', COMMUNE), roundId, [short.officialId]))).toBe(403)
    const input = {
      kind: 'outside_person' as const,
      name: 'Ai Đó',
      description: 'Ngoài danh sách',
      sex: null,
      birthYear: null,
      number: null,
      form: 'agency_certificate' as const,
      achievement: 'x',
      awards: 'none' as const,
      awardsText: null,
    }
    expect(
      proposeOutside(reader('head', COMMUNE), CAMPAIGN, { roundId, unitId: unitNamed(COMMUNE).id, input }),
    ).toEqual({
      ok: false,
      problem: 'not_for_review',
    })
    expect(countStations(roundId)).toEqual([])
  })
})

describe('somebody from outside the rosters', () => {
  const OUTSIDE: OutsideInput = {
    kind: 'outside_person',
    name: 'Lâm Thị Cộng Tác',
    description: 'cộng tác viên Viettel',
    sex: 'female',
    birthYear: 1992,
    number: null,
    form: 'agency_certificate',
    achievement: 'Hỗ trợ 150 người dân.',
    awards: 'none',
    awardsText: null,
  }
  const outside = (roundId: number, changes: Partial<OutsideInput> = {}) =>
    proposeOutside(reader('head', COMMUNE), CAMPAIGN, {
      roundId,
      unitId: unitNamed(COMMUNE).id,
      input: { ...OUTSIDE, ...changes },
    })
  const entered = (roundId: number) => {
    const made = outside(roundId)
    if (!made.ok) throw new Error(made.problem)
    return { roundId, candidateId: made.candidateId }
  }

  it('is no official of the campaign, and is proposed once', async () => {
    const best = official(COMMUNE, 11)
    const short = official('UBND phường Tân Phú', 0, { meets: false })
    prepared("update official set name = 'Lê Thị Ánh', name_folded = 'le thi anh', birth_year = 1985 where id = ?").run(
      short.officialId,
    )
    await close()
    const roundId = open()
    const anh = { name: 'Le Thi Anh', birthYear: 1985 }
    expect(best.officialId).not.toBe(short.officialId)
    expect(outside(roundId, anh)).toEqual({ ok: false, problem: 'outsider_number_needed' })
    expect(outside(roundId, { ...anh, birthYear: 1800 })).toEqual({ ok: false, problem: 'birth_year_implausible' })
    const number = NUMBER_OF(short.officialId)
    expect(outside(roundId, { name: 'Tên Khác', birthYear: 1980, number })).toEqual({
      ok: false,
      problem: 'outsider_is_official',
    })
    const namesake = outside(roundId, { ...anh, number: '070185000001' })
    expect(namesake).toMatchObject({ ok: true })
    const { candidateId } = namesake as { candidateId: number }
    const row = findCandidate(reader('head', CITY), CAMPAIGN, { roundId, candidateId })
    expect(row && officialsLike(reader('head', CITY), CAMPAIGN, row)).toMatchObject([
      { officialId: short.officialId, likeness: 'namesake' },
    ])
    expect(outside(roundId)).toMatchObject({ ok: true })
    expect(outside(roundId, { name: 'LÂM THỊ CỘNG TÁC' })).toEqual({ ok: false, problem: 'proposed_already' })
    expect(outside(roundId, { kind: 'outside_collective', name: COMMUNE, birthYear: null })).toEqual({
      ok: false,
      problem: 'outsider_is_unit',
    })
  })

  it('does not go on where a roster names them since', async () => {
    official(COMMUNE, 11)
    await close()
    const ids = entered(open())
    const late = official(COMMUNE, 0, { meets: false })
    prepared("update official set name = ?, name_folded = 'lam thi cong tac', birth_year = 1992 where id = ?").run(
      OUTSIDE.name,
      late.officialId,
    )
    expect(step(reader('head', CITY), ids.roundId, [ids.candidateId])).toMatchObject({
      problems: [{ problem: 'outsider_number_needed' }],
    })
  })

  it('is corrected and withdrawn by the unit until passed on, and told of earlier awards', async () => {
    official(COMMUNE, 11)
    await close()
    const ids = entered(open())
    const head = reader('head', COMMUNE)
    const edit = (actor: Person, changes: Partial<OutsideInput> = {}) =>
      editOutside(actor, CAMPAIGN, { ...ids, input: { ...OUTSIDE, ...changes }, note: 'sửa' })
    expect(statusOf(() => edit(reader('head', 'UBND phường Tân Phú')))).toBe(404)
    expect(edit(head, { birthYear: 1800 })).toEqual({ ok: false, problem: 'birth_year_implausible' })
    expect(edit(head, { awards: 'some', awardsText: 'Giấy khen năm 2022' })).toEqual({ ok: true })
    const round = found(roundById(CAMPAIGN, ids.roundId))
    const row = () => found(findCandidate(head, CAMPAIGN, ids))
    expect(listOf(round, [row()])[0]?.earlierAwards).toEqual(['Giấy khen năm 2022'])
    expect(edit(head)).toEqual({ ok: true })
    expect(listOf(round, [row()])[0]?.earlierAwards).toEqual([])
    expect(withdrawCandidate(head, CAMPAIGN, { ...ids, note: 'rút' })).toEqual({ ok: true })
    expect(placeOf(ids.candidateId)).toEqual({ stage: 'unit', ended: 'drop' })
    const again = entered(ids.roundId)
    expect(step(reader('head', CITY), again.roundId, [again.candidateId])).toMatchObject({ ok: true })
    expect(withdrawCandidate(head, CAMPAIGN, { ...again, note: 'rút' })).toEqual({
      ok: false,
      problem: 'candidate_passed_on',
    })
    expect(editOutside(head, CAMPAIGN, { ...again, input: OUTSIDE, note: 'sửa' })).toEqual({
      ok: false,
      problem: 'candidate_passed_on',
    })
  })
})

describe('the legal bases', () => {
  const LAW = 'Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022'

  it('begin with the law, its decrees one after the other, and the province’s own rule', () => {
    const cited = (day: string) =>
      basesForPaper(day, 'petition', ['commendation']).citations.map(text => /\d+\/\d+\/[^ ]+/.exec(text)?.[0] ?? text)
    expect(cited('2024-07-09')).toEqual([LAW, '98/2023/NĐ-CP'])
    expect(cited('2024-07-10')).toEqual([LAW, '98/2023/NĐ-CP', '15/2024/QĐ-UBND'])
    expect(cited('2025-07-01')).toEqual([LAW, '152/2025/NĐ-CP', '15/2024/QĐ-UBND'])
  })

  it('are home affairs’ to add and to end, not to edit', () => {
    const home = reader('home_affairs')
    const input = {
      citation: 'Căn cứ Nghị quyết số 01/NQ-HĐND',
      subject: 'commendation' as const,
      place: 40,
      fromOn: '2024-06-01',
      toOn: null,
      petition: 'Mẫu số 01',
      achievement_person: null,
      achievement_collective: null,
      council_minutes: null,
    }
    expect(statusOf(() => addLegalBasis(reader('campaign_office'), input))).toBe(403)
    const basisId = addLegalBasis(home, input)
    expect(basesForPaper('2024-06-12', 'petition', ['commendation'])).toMatchObject({ form: 'Mẫu số 01' })
    expect(endLegalBasis(home, { basisId, toOn: '2024-05-31' })).toEqual({ ok: false, problem: 'ends_before_start' })
    expect(endLegalBasis(home, { basisId, toOn: '2024-06-30' })).toMatchObject({ ok: true })
    expect(endLegalBasis(home, { basisId, toOn: '2024-07-30' })).toEqual({ ok: false, problem: 'basis_ended_already' })
    expect(basesForPaper('2024-07-01', 'petition', ['commendation']).form).toBe(null)
    expect(listLegalBases().find(row => row.id === basisId)?.toOn).toBe('2024-06-30')
  })

  it('of commendation are none of a review; who may decide is cited first, by decisions alone', () => {
    const home = reader('home_affairs')
    const blank = { toOn: null, petition: null, achievement_person: null, achievement_collective: null }
    const add = (subject: 'authority' | 'review', citation: string) =>
      addLegalBasis(home, { ...blank, council_minutes: null, subject, citation, place: 90, fromOn: '2024-06-01' })
    expect(basesForPaper('2024-06-12', null, ['review']).citations).toEqual([])
    add('review', 'Căn cứ Luật Cán bộ, công chức số 22/2008/QH12 ngày 13 tháng 11 năm 2008')
    add('authority', 'Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015')
    expect(basesForPaper('2024-06-12', null, ['review']).citations).toEqual([
      'Căn cứ Luật Cán bộ, công chức ngày 13 tháng 11 năm 2008',
    ])
    expect(basesForPaper('2024-06-12', null, ['commendation', 'authority']).citations.slice(0, 2)).toEqual([
      'Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015',
      LAW,
    ])
  })
})
