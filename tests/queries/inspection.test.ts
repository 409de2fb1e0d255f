import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { TeamDecisionInput } from '#app/domain/inspection-input.ts'
import type { PickResult } from '#app/domain/vocabulary.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import {
  drawOf,
  exportMinutes,
  exportPopulation,
  findInspection,
  listInspections,
  storedDraw,
} from '#app/queries/inspection.server.ts'
import {
  findSheet,
  listRoad,
  nameTeamDecision,
  nextSheet,
  openSheet,
  recordCheck,
  signInspection,
} from '#app/queries/inspection-check.server.ts'
import { drawInspection, foreseeSample, orderInspection } from '#app/queries/inspection-draw.server.ts'
import {
  addFinding,
  answerInspection,
  decideAppeal,
  failingInspection,
  findAppeal,
  raiseAppeal,
  withdrawFinding,
} from '#app/queries/inspection-outcome.server.ts'
import { formsSomewhere, listInspectors, mayForm } from '#app/queries/inspection-team.server.ts'
import { findJob, takeJob } from '#app/queries/job.server.ts'
import { change, recount } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { addUnit } from '#app/queries/unit.server.ts'
import { prepared } from '#db/client.server.ts'
import { citizenAnswer } from '#db/schema.ts'
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
  recordMany,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const DAY_MS = 86_400_000

/** An agency with `records` confirmed records of one official, its head, the campaign office and three inspectors. */
function scene(records = 6) {
  const unit = unitNamed('Sở Y tế')
  const official = makeOfficial(unit.id)
  const head = grantTo(makeOfficial(unit.id, { isLeader: true }).actor, 'head', unit.id)
  const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
  const inspector = () => grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'inspector', 1)
  const helpIds = Array.from({ length: records }, (_, n) => {
    const made = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(n + 1) })
    if (!made.ok) throw new Error(JSON.stringify(made))
    return made.helpId
  })
  confirmNow(head, CAMPAIGN, helpIds)
  const [first, second, outsider] = [inspector(), inspector(), inspector()]
  return { unit, official, head, office, first, second, outsider, helpIds }
}
type Scene = ReturnType<typeof scene>

const WANTED = { certainty: 0.95, untrueShare: 0.05, riskPicks: 0 }

function form(people: Scene, changes: Partial<Parameters<typeof drawInspection>[2]['input']> = {}) {
  const { office, unit, first, second } = people
  return drawInspection(office, CAMPAIGN, {
    unitId: unit.id,
    input: { ...WANTED, memberIds: [first.accountId, second.accountId], ...changes },
  })
}

function formed(people: Scene, changes: Parameters<typeof form>[1] = {}): number {
  const made = form(people, changes)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.inspectionId
}

const picksOf = (actor: Person, inspectionId: number) => findInspection(actor, CAMPAIGN, inspectionId)?.picks ?? []

/** Gives each open pick a result: those named, the rest true. */
function check(people: Scene, inspectionId: number, results: Partial<Record<number, PickResult>> = {}) {
  for (const { helpId, result } of picksOf(people.first, inspectionId))
    if (result === null) checkNow(people.first, { inspectionId, helpId, result: results[helpId] ?? 'true' })
}

function concluded(people: Scene, results: Parameters<typeof check>[2] = {}): number {
  const inspectionId = formed(people)
  check(people, inspectionId, results)
  signInspection(people.first, CAMPAIGN, inspectionId)
  signInspection(people.second, CAMPAIGN, inspectionId)
  return inspectionId
}

const reasonOf = (helpId: number) =>
  prepared('select verdict_reason as reason, basis from help where id = ?').get(helpId)

describe('drawInspection', () => {
  it('stores a large draw in little, and reads it as it was', () => {
    const population = Array.from({ length: 100_000 }, (_, n) => 2 * n + (n % 3))
    const design = { certainty: 0.95, untrueShare: 0.05, size: 58, strata: [], stratumOf: population.map(id => id % 7) }
    const stored = storedDraw({ population, design })
    expect(drawOf(stored)).toEqual({ population, design })
    expect(stored.population.length + stored.design.length).toBeLessThan(JSON.stringify(population).length / 5)
    const few = { population: [3, 8, 20], design: { ...design, stratumOf: [0, 1, 2] } }
    expect(storedDraw(few).population).toBe('[3,8,20]')
    expect(drawOf(storedDraw(few))).toEqual(few)
  })

  it('draws from the reported records, with a seed of its own each time, and logs it', () => {
    const people = scene()
    withdrawHelp(people.official.actor, CAMPAIGN, people.helpIds[0] ?? 0)
    const inspectionId = formed(people)
    const found = findInspection(people.first, CAMPAIGN, inspectionId)
    expect(found).toMatchObject({ population: 5, size: 5, certainty: 0.95, concludedAt: null })
    expect(found?.seed).toMatch(/^[0-9a-f]{32}$/)
    expect(found?.picks.map(({ helpId }) => helpId).sort()).toEqual(people.helpIds.slice(1))
    expect(findInspection(people.first, CAMPAIGN, formed(people))?.seed).not.toBe(found?.seed)
    expect(prepared("select count(*) as n from event where verb = 'draw'").get()).toEqual({ n: 2 })
  })

  it('puts records that a burst marks in a stratum of their own', () => {
    const found = (people: Scene) => findInspection(people.first, CAMPAIGN, formed(people))
    expect(found(scene(6))?.strata.map(({ isMarked, size }) => ({ isMarked, size }))).toEqual([
      { isMarked: true, size: 6 },
    ])
  })

  it('goes on with what is withdrawn after it was drawn, and tells nobody by that what was drawn', () => {
    const people = scene()
    const inspectionId = formed(people)
    const [helpId = 0] = people.helpIds
    expect(withdrawHelp(people.official.actor, CAMPAIGN, helpId)).toEqual({ ok: true })
    expect(picksOf(people.first, inspectionId).map(pick => pick.helpId)).toContain(helpId)
    expect(findSheet(people.first, CAMPAIGN, { inspectionId, helpId })?.claim.withdrawnAt).toBeGreaterThanOrEqual(NOW)
  })

  it('lets nobody put another citizen into a record of before a draw, drawn or not, though dates may be mended', () => {
    const people = scene()
    const { actor, officialId } = people.official
    // outside the campaign's days, so that no draw takes it
    const undrawn = done(recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(50, { helpedOn: '2024-01-05' }) }))
    const inspectionId = formed(people)
    expect(picksOf(people.first, inspectionId).map(({ helpId }) => helpId)).not.toContain(undrawn.helpId)
    const edit = (input: ReturnType<typeof helpForm>, helpId = people.helpIds[0] ?? 0) => {
      const { revision } = prepared('select revision from help where id = ?').get(helpId) as { revision: number }
      return editHelp(people.official.actor, CAMPAIGN, { helpId, revision, input })
    }
    expect(edit(helpForm(99))).toEqual({
      ok: false,
      problems: [{ field: 'citizenNumber', reason: 'citizen_fixed' }],
    })
    expect(edit(helpForm(99, { helpedOn: '2024-01-05' }), undrawn.helpId)).toEqual(edit(helpForm(99)))
    expect(edit(helpForm(1, { helpedOn: '2024-04-05' }))).toMatchObject({ ok: true })
    const later = done(recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(51) }))
    prepared('update help set received_at = received_at + 1 where id = ?').run(later.helpId)
    expect(edit(helpForm(99), later.helpId)).toMatchObject({ ok: true })
  })

  it('goes by a job, as the person who ordered it', async () => {
    const people = scene()
    const { office, unit, first, second } = people
    const input = { ...WANTED, memberIds: [first.accountId, second.accountId] }
    const ordered = orderInspection(office, CAMPAIGN, { unitId: unit.id, input })
    if (!ordered.ok) throw new Error(JSON.stringify(ordered))
    const job = takeJob()
    if (!job) throw new Error('no job')
    await runJob(job)
    const [made] = listInspections(office, CAMPAIGN, {}).rows
    expect(JSON.parse(findJob(office, ordered.jobId)?.result ?? '')).toEqual({
      to: `/kiem-tra/${made?.id}?da-chon-mau`,
    })
    expect(prepared("select account_id from event where verb = 'draw'").pluck().all()).toEqual([office.accountId])
    expect(picksOf(first, made?.id ?? 0)).toHaveLength(6)
  })

  it('tells how large a sample will be before it is drawn, and draws that many', () => {
    const people = scene()
    const input = { ...WANTED, memberIds: [people.first.accountId, people.second.accountId] }
    const order = { unitId: people.unit.id, input }
    const found = foreseeSample(people.office, CAMPAIGN, order)
    expect(found).toEqual({ ok: true, population: 6, size: 6, riskPicks: 0 })
    expect(prepared('select count(*) from inspection').pluck().get()).toBe(0)
    expect(picksOf(people.first, formed(people))).toHaveLength(6)
    expect(statusOf(() => foreseeSample(people.first, CAMPAIGN, order))).toBe(403)
    const alone = { ...order, input: { ...input, memberIds: [people.first.accountId] } }
    expect(foreseeSample(people.office, CAMPAIGN, alone).ok).toBe(false)
  })

  it('refuses an order that no draw could follow', () => {
    const people = scene(0)
    const input = { ...WANTED, memberIds: [people.first.accountId] }
    const order = (unitId: number) => orderInspection(people.office, CAMPAIGN, { unitId, input })
    expect(order(people.unit.id)).toEqual({ ok: false, problems: [{ field: 'member', reason: 'team_too_small' }] })
    expect(statusOf(() => order(9999))).toBe(404)
    expect(takeJob()).toBeUndefined()
  })

  it('refuses an empty population', () => {
    expect(form(scene(0))).toEqual({ ok: false, problems: [{ field: '', reason: 'nothing_to_draw' }] })
  })

  const inspectorAt = (place: string) => grantTo(makeOfficial(unitNamed(place).id).actor, 'inspector', 1)
  it.each([
    ['alone', () => [], 'team_too_small'],
    ['with somebody posted in the unit', () => [inspectorAt('Sở Y tế').accountId], 'inspector_of_unit'],
    [
      'with somebody who is granted anything else above it',
      () => [grantTo(inspectorAt('Thanh tra tỉnh'), 'province_leader', 1).accountId],
      'inspector_holds_grant',
    ],
    [
      'with somebody who is no inspector',
      () => [makeOfficial(unitNamed('Thanh tra tỉnh').id).accountId],
      'not_inspector',
    ],
    [
      'with an inspector of another district alone',
      () => [
        grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'inspector', unitNamed('Huyện Lộc Ninh').id)
          .accountId,
      ],
      'not_inspector',
    ],
  ] as const)('refuses a team that goes %s', (_, others, problem) => {
    const people = scene()
    const memberIds = [people.first.accountId, ...others()]
    expect(form(people, { memberIds })).toEqual({ ok: false, problems: [{ field: 'member', reason: problem }] })
  })

  it.each(['head', 'first', 'official'] as const)('is not for the %s', who => {
    const people = scene()
    const actor = who === 'official' ? people.official.actor : people[who]
    const act = () => drawInspection(actor, CAMPAIGN, { unitId: people.unit.id, input: { ...WANTED, memberIds: [] } })
    expect(statusOf(act)).toBe(403)
  })

  it('lists who may be of the team, and why others may not', () => {
    const people = scene()
    const own = inspectorAt('Sở Y tế')
    const { inspectors, reported } = listInspectors(people.office, CAMPAIGN, people.unit.id)
    expect(reported).toBe(6)
    const problemOf = (person: Person) => inspectors.find(row => row.accountId === person.accountId)?.problem
    expect([people.first, own].map(problemOf)).toEqual([null, 'inspector_of_unit'])
  })
})

describe('a record that is changed after it was found true', () => {
  it('rests on the inspection no longer, and waits for its unit again', () => {
    const people = scene()
    concluded(people)
    const [helpId = 0] = people.helpIds
    expect(reasonOf(helpId)).toEqual({ reason: 'verified', basis: 'inspection' })
    const { revision } = prepared('select revision from help where id = ?').get(helpId) as { revision: number }
    editHelp(people.official.actor, CAMPAIGN, { helpId, revision, input: helpForm(1, { helpedOn: '2024-04-05' }) })
    expect(reasonOf(helpId)).toEqual({ reason: 'awaiting_confirmation', basis: null })
    confirmNow(people.head, CAMPAIGN, [helpId])
    expect(reasonOf(helpId)).toEqual({ reason: 'confirmed', basis: 'unit' })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('stays untrue where it was found so', () => {
    const people = scene()
    const [helpId = 0] = people.helpIds
    concluded(people, { [helpId]: 'untrue' })
    const { revision } = prepared('select revision from help where id = ?').get(helpId) as { revision: number }
    editHelp(people.official.actor, CAMPAIGN, { helpId, revision, input: helpForm(1, { helpedOn: '2024-04-05' }) })
    expect(reasonOf(helpId)).toMatchObject({ reason: 'inspection_failed' })
  })
})

describe('who sees an inspection', () => {
  it.each([
    ['the team', 'first', true, true],
    ['the campaign office', 'office', true, true],
    ['the head of the unit, once it is concluded', 'head', false, true],
    ['another inspector, once it is concluded', 'outsider', false, true],
    ['an official of the unit', 'official', false, false],
  ] as const)('%s', (_, who, before, after) => {
    const people = scene()
    const actor = who === 'official' ? people.official.actor : people[who]
    const open = formed(people)
    const closed = concluded(people)
    expect(findInspection(actor, CAMPAIGN, open) !== undefined).toBe(before)
    expect(findInspection(actor, CAMPAIGN, closed) !== undefined).toBe(after)
    const listed = listInspections(actor, CAMPAIGN, {}).rows.map(row => row.id)
    expect([listed.includes(open), listed.includes(closed)]).toEqual([before, after])
  })

  it('exports ids, strata and keys from which the draw is found again', () => {
    const people = scene()
    const inspectionId = formed(people)
    const exported = exportPopulation(people.office, CAMPAIGN, inspectionId)
    const sorted = exported?.rows.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(row => row.helpId)
    expect(picksOf(people.first, inspectionId).map(row => row.helpId)).toEqual(sorted?.slice(0, exported?.size))
    expect(exportPopulation(people.head, CAMPAIGN, inspectionId)).toBeUndefined()
  })
})

describe('the minutes', () => {
  it('are the team’s alone until the conclusion, then whoever sees the inspection has them; each export is logged', () => {
    const people = scene()
    const open = formed(people)
    expect(exportMinutes(people.first, CAMPAIGN, open)?.concludedAt).toBeNull()
    expect(statusOf(() => exportMinutes(people.office, CAMPAIGN, open))).toBe(403)
    expect(exportMinutes(people.head, CAMPAIGN, open)).toBeUndefined()
    const closed = concluded(people)
    expect(exportMinutes(people.office, CAMPAIGN, closed)?.concludedAt).not.toBeNull()
    expect(exportMinutes(people.head, CAMPAIGN, closed)?.id).toBe(closed)
    expect(exportMinutes(people.official.actor, CAMPAIGN, closed)).toBeUndefined()
    const logged = prepared("select data from event where verb = 'export' and subject = 'inspection'").pluck().all()
    expect(logged).toEqual(Array(3).fill('{"document":"minutes"}'))
  })
})

describe('the road', () => {
  it('shows the team the hamlet of each sheet before anybody is opened, and leads from sheet to sheet', () => {
    const people = scene()
    const inspectionId = formed(people)
    const hamlets = ['Ấp 10', 'Ấp 2', 'Ấp 1', '', 'Ấp 3', 'Ấp 2']
    for (const [n, helpId] of people.helpIds.entries())
      prepared('update help set hamlet = ? where id = ?').run(hamlets[n], helpId)
    const road = listRoad(people.first, CAMPAIGN, inspectionId)
    expect(road.map(({ hamlet }) => hamlet)).toEqual(['Ấp 1', 'Ấp 2', 'Ấp 2', 'Ấp 3', 'Ấp 10', ''])
    expect(Object.keys(road[0] ?? {}).sort()).toEqual(['commune', 'hamlet', 'helpId', 'place', 'result'])
    const at = (n: number) => ({ inspectionId, helpId: road[n]?.helpId ?? 0 })
    expect(findSheet(people.first, CAMPAIGN, at(0))?.next?.helpId).toBe(road[1]?.helpId)
    checkNow(people.first, { ...at(0), result: 'true' })
    checkNow(people.first, { ...at(1), result: 'true' })
    expect(nextSheet(people.first, CAMPAIGN, at(1))).toBe(road[2]?.helpId)
    expect(nextSheet(people.first, CAMPAIGN, at(5))).toBe(road[2]?.helpId)
    for (const n of [2, 3, 4, 5]) checkNow(people.first, { ...at(n), result: 'true' })
    expect(nextSheet(people.first, CAMPAIGN, at(5))).toBeNull()
    for (const actor of [people.office, people.head])
      expect([403, 404]).toContain(statusOf(() => listRoad(actor, CAMPAIGN, inspectionId)))
  })
})

describe('a result', () => {
  it('needs the citizen opened before, by the team, and says how it was found (P6)', () => {
    const people = scene()
    const inspectionId = formed(people)
    const place = { inspectionId, helpId: people.helpIds[0] ?? 0 }
    const found = { ...place, result: 'true' as const, foundBy: 'met' as const, note: null }
    expect(findSheet(people.first, CAMPAIGN, place)?.isOpened).toBe(false)
    for (const result of ['true', 'untrue', 'not_reached'] as const)
      expect(recordCheck(people.first, CAMPAIGN, { ...found, result })).toEqual({
        ok: false,
        problem: 'sheet_not_opened',
      })
    expect(openSheet(people.second, CAMPAIGN, { ...place, purpose: 'call' })?.proposedWay).toBe('called')
    expect(recordCheck(people.first, CAMPAIGN, { ...found, foundBy: null })).toEqual({
      ok: false,
      problem: 'finding_way_needed',
    })
    expect(picksOf(people.first, inspectionId).every(({ result }) => result === null)).toBe(true)
    expect(recordCheck(people.first, CAMPAIGN, { ...found, foundBy: 'called' })).toEqual({ ok: true })
    const pickOf = (actor: Person) => picksOf(actor, inspectionId).find(({ helpId }) => helpId === place.helpId)
    expect(pickOf(people.second)).toMatchObject({
      result: 'true',
      foundBy: 'called',
      checkedBy: people.first.accountId,
    })
    expect(pickOf(people.second)?.openedAt).toBeLessThanOrEqual(pickOf(people.second)?.checkedAt ?? 0)
    // the way that the form proposed is not one in which nobody was reached
    const missed = { ...found, result: 'not_reached' as const, foundBy: 'called' as const }
    expect(recordCheck(people.first, CAMPAIGN, missed)).toEqual({ ok: true })
    expect(pickOf(people.first)?.foundBy).toBeNull()
  })

  it('in a burst raises the question about records, for who signs beside; not for the unit (P6)', () => {
    const people = scene(6)
    const inspectionId = formed(people)
    const bursts = (actor: Person) => findInspection(actor, CAMPAIGN, inspectionId)?.bursts
    expect(bursts(people.second)).toEqual([])
    check(people, inspectionId)
    expect(bursts(people.second)).toMatchObject([{ figures: { count: 6, minutes: 1 } }])
    signInspection(people.first, CAMPAIGN, inspectionId)
    signInspection(people.second, CAMPAIGN, inspectionId)
    expect(bursts(people.head)).toEqual([])
  })

  it('of a record changed since needs the citizen opened again (P6)', () => {
    const people = scene()
    const inspectionId = formed(people)
    const place = { inspectionId, helpId: picksOf(people.first, inspectionId)[0]?.helpId ?? 0 }
    checkNow(people.first, { ...place, result: 'true' })
    moveClock(people.office, NOW + DAY_MS)
    const found = { ...place, result: 'true' as const, foundBy: 'met' as const, note: null }
    expect(recordCheck(people.first, CAMPAIGN, found)).toEqual({ ok: true })
    // as an edit leaves it: the finding lapses
    prepared('update inspection_pick set set_aside_at = ? where help_id = ?').run(NOW, place.helpId)
    expect(recordCheck(people.first, CAMPAIGN, found)).toEqual({ ok: false, problem: 'sheet_not_opened' })
    expect(checkNow(people.first, { ...place, result: 'true' })).toEqual({ ok: true })
  })
})

describe('the field sheet', () => {
  it('opens the drawn citizen to the team only, and logs what for', () => {
    const people = scene()
    const inspectionId = formed(people)
    const [helpId = 0] = people.helpIds
    const place = { inspectionId, helpId }
    expect(JSON.stringify(findSheet(people.first, CAMPAIGN, place))).not.toContain('Điểu Thị Mẫu')
    expect(openSheet(people.first, CAMPAIGN, { ...place, purpose: 'meet' })).toMatchObject({
      name: 'Điểu Thị Mẫu 1',
      number: citizenNumber(1),
    })
    const logged = prepared("select data from event where verb = 'open' and subject = 'help'").all()
    expect(logged).toEqual([{ data: JSON.stringify({ inspectionId, purpose: 'meet' }) }])
    for (const actor of [people.office, people.head, people.outsider])
      expect(statusOf(() => openSheet(actor, CAMPAIGN, { ...place, purpose: 'meet' }))).toBeGreaterThanOrEqual(403)
  })

  it('is of drawn records only', () => {
    const people = scene(30)
    const inspectionId = formed(people, { untrueShare: 0.5 })
    const drawn = picksOf(people.first, inspectionId).map(row => row.helpId)
    const other = people.helpIds.find(helpId => !drawn.includes(helpId)) ?? 0
    expect(statusOf(() => openSheet(people.first, CAMPAIGN, { inspectionId, helpId: other, purpose: 'meet' }))).toBe(
      404,
    )
  })

  it('keeps the note sealed', () => {
    const people = scene()
    const inspectionId = formed(people)
    const place = { inspectionId, helpId: people.helpIds[0] ?? 0 }
    checkNow(people.first, { ...place, result: 'true', note: 'Gặp tại nhà' })
    expect(findSheet(people.second, CAMPAIGN, place)?.note).toBe('Gặp tại nhà')
    const stored = prepared('select note_cipher as note from inspection_pick where note_cipher is not null').get()
    expect((stored as { note: Buffer }).note.toString('utf8')).not.toContain('Gặp')
  })

  it('draws the next of the stratum for one not reached, once', () => {
    const people = scene(30)
    const inspectionId = formed(people, { untrueShare: 0.5 })
    const before = picksOf(people.first, inspectionId)
    const place = { inspectionId, helpId: before[0]?.helpId ?? 0 }
    checkNow(people.first, { ...place, result: 'not_reached' })
    checkNow(people.first, { ...place, result: 'not_reached' })
    const after = picksOf(people.first, inspectionId)
    expect(after).toHaveLength(before.length + 1)
    const order = exportPopulation(people.office, CAMPAIGN, inspectionId)?.rows.toSorted((a, b) =>
      a.key < b.key ? -1 : 1,
    )
    expect(after.at(-1)).toMatchObject({ origin: 'redraw', helpId: order?.[before.length]?.helpId, result: null })
  })
})

describe('signInspection', () => {
  it('takes two different members; then verdicts follow', () => {
    const people = scene()
    const [failed = 0, passed = 0] = people.helpIds
    const inspectionId = formed(people)
    expect(signInspection(people.first, CAMPAIGN, inspectionId)).toEqual({ ok: false, problem: 'results_missing' })
    check(people, inspectionId, { [failed]: 'untrue' })
    expect(signInspection(people.first, CAMPAIGN, inspectionId)).toEqual({ ok: true })
    expect(signInspection(people.first, CAMPAIGN, inspectionId)).toEqual({ ok: false, problem: 'signed_already' })
    expect(reasonOf(failed)).toMatchObject({ reason: 'confirmed' })
    expect(statusOf(() => signInspection(people.outsider, CAMPAIGN, inspectionId))).toBe(404)
    expect(statusOf(() => signInspection(people.office, CAMPAIGN, inspectionId))).toBe(403)
    expect(signInspection(people.second, CAMPAIGN, inspectionId)).toEqual({ ok: true })
    expect(reasonOf(failed)).toEqual({ reason: 'inspection_failed', basis: null })
    expect(reasonOf(passed)).toEqual({ reason: 'verified', basis: 'inspection' })
    expect(storedStanding(CAMPAIGN, people.official.officialId)).toMatchObject({ reported: 6, counted: 5, verified: 5 })
    expect(findInspection(people.head, CAMPAIGN, inspectionId)).toMatchObject({
      answerDueOn: '2024-06-17',
      estimate: { reached: 6, untrue: 1 },
    })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('lapses where a result changes after the first signature', () => {
    const people = scene()
    const inspectionId = formed(people)
    check(people, inspectionId)
    signInspection(people.first, CAMPAIGN, inspectionId)
    const [helpId = 0] = people.helpIds
    checkNow(people.second, { inspectionId, helpId, result: 'untrue' })
    signInspection(people.second, CAMPAIGN, inspectionId)
    expect(findInspection(people.first, CAMPAIGN, inspectionId)?.concludedAt).toBeNull()
  })

  it('leaves nothing to be changed after the conclusion', () => {
    const people = scene()
    const inspectionId = concluded(people)
    const [helpId = 0] = people.helpIds
    expect(checkNow(people.first, { inspectionId, helpId, result: 'untrue' })).toEqual({
      ok: false,
      problem: 'inspection_concluded',
    })
  })

  it('sets a citizen’s standing "no" aside where the record was found true, and only there', () => {
    const people = scene()
    const [denied = 0, liar = 0] = people.helpIds
    const hashes = prepared('select citizen_hash as hash from help').all() as { hash: string }[]
    change(CAMPAIGN, { citizens: hashes.map(row => row.hash) }, tx => {
      for (const helpId of [denied, liar])
        tx.insert(citizenAnswer).values({ helpId, answer: 'no', answeredAt: NOW }).run()
    })
    expect(reasonOf(denied)).toMatchObject({ reason: 'citizen_denied' })
    concluded(people, { [liar]: 'untrue' })
    expect(reasonOf(denied)).toEqual({ reason: 'verified', basis: 'inspection' })
    expect(reasonOf(liar)).toMatchObject({ reason: 'citizen_denied' })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('does not outweigh a citizen’s "no" given after it (K106)', () => {
    const people = scene()
    const [helpId = 0] = people.helpIds
    concluded(people)
    expect(reasonOf(helpId)).toEqual({ reason: 'verified', basis: 'inspection' })
    const hash = prepared('select citizen_hash from help where id = ?').pluck().get(helpId) as string
    change(CAMPAIGN, { citizens: [hash] }, tx =>
      tx.insert(citizenAnswer).values({ helpId, answer: 'no', answeredAt: NOW }).run(),
    )
    expect(reasonOf(helpId)).toMatchObject({ reason: 'citizen_denied' })
    concluded(people)
    expect(reasonOf(helpId)).toEqual({ reason: 'verified', basis: 'inspection' })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('counts a record checked again after an edit as what it was found then (K25)', () => {
    const people = scene()
    const inspectionId = formed(people)
    const helpId = picksOf(people.first, inspectionId)[0]?.helpId ?? 0
    const find = () => checkNow(people.first, { inspectionId, helpId, result: 'true' })
    expect(find()).toEqual({ ok: true })
    // as an edit leaves it: the finding lapses
    prepared('update inspection_pick set set_aside_at = ? where help_id = ?').run(NOW, helpId)
    expect(find()).toEqual({ ok: true })
    const pick = prepared('select result, set_aside_at as asideAt from inspection_pick where help_id = ?').get(helpId)
    expect(pick).toEqual({ result: 'true', asideAt: null })
  })

  it('is refused to a member who has since been posted in the unit', () => {
    const people = scene()
    const inspectionId = formed(people)
    check(people, inspectionId)
    prepared(
      `insert into posting (official_id, unit_id, position, category, is_leader, from_on) values (?, ?, '', 'cadre', 0, '2024-06-12')`,
    ).run(people.second.officialId, people.unit.id)
    expect(statusOf(() => signInspection(people.second, CAMPAIGN, inspectionId))).toBe(404)
  })
})

describe('answer and finding', () => {
  it('the head answers, then the inspecting body finds; the collective is out of consideration until it is withdrawn', () => {
    const people = scene()
    const inspectionId = concluded(people, { [people.helpIds[0] ?? 0]: 'untrue' })
    const reader = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'home_affairs', 1)
    const result = () => listCollectives(reader, CAMPAIGN, { unitPath: people.unit.path })[0]?.result
    const finding = { inspectionId, reason: 'Ghi nhận người dân không được hỗ trợ' }
    expect(addFinding(people.office, CAMPAIGN, finding)).toEqual({ ok: false, problem: 'answer_awaited' })
    const answer = { inspectionId, answer: 'Đơn vị xin tiếp thu' }
    expect(statusOf(() => answerInspection(people.office, CAMPAIGN, answer))).toBe(403)
    expect(answerInspection(people.head, CAMPAIGN, answer)).toEqual({ ok: true })
    expect(answerInspection(people.head, CAMPAIGN, answer)).toEqual({ ok: false, problem: 'answered_already' })
    expect(result()).not.toBe('no_consideration')
    expect(statusOf(() => addFinding(people.head, CAMPAIGN, finding))).toBe(403)
    expect(addFinding(people.first, CAMPAIGN, finding)).toEqual({ ok: true })
    expect(addFinding(people.office, CAMPAIGN, finding)).toEqual({ ok: false, problem: 'found_already' })
    expect(result()).toBe('no_consideration')
    withdrawFinding(people.office, CAMPAIGN, { inspectionId, reason: 'Có tài liệu mới' })
    expect(result()).not.toBe('no_consideration')
    expect(findInspection(people.head, CAMPAIGN, inspectionId)?.findings).toHaveLength(1)
  })

  it('the days to answer pass', () => {
    const people = scene()
    const inspectionId = concluded(people, { [people.helpIds[0] ?? 0]: 'untrue' })
    moveClock(people.office, NOW + 6 * DAY_MS)
    const head = { ...people.head, on: '2024-06-18' }
    expect(answerInspection(head, CAMPAIGN, { inspectionId, answer: 'Muộn' })).toEqual({
      ok: false,
      problem: 'answer_late',
    })
    expect(addFinding(people.office, CAMPAIGN, { inspectionId, reason: 'Không trả lời' })).toEqual({ ok: true })
  })
})

describe('an appeal', () => {
  function contested() {
    const people = scene()
    const [helpId = 0, other = 0] = people.helpIds
    const inspectionId = concluded(people, { [helpId]: 'untrue' })
    return { people, place: { inspectionId, helpId }, other }
  }
  const reason = 'Người dân nhầm tên người hỗ trợ'

  it('of the official, upheld by the campaign office, gives the record back', () => {
    const { people, place } = contested()
    expect(failingInspection(place.helpId)).toBe(place.inspectionId)
    expect(raiseAppeal(people.official.actor, CAMPAIGN, { ...place, reason })).toEqual({ ok: true })
    expect(raiseAppeal(people.head, CAMPAIGN, { ...place, reason })).toEqual({ ok: false, problem: 'appealed_already' })
    decideAppeal(people.office, CAMPAIGN, { ...place, decision: 'upheld', reason: 'Đã gặp lại người dân' })
    expect(reasonOf(place.helpId)).toEqual({ reason: 'confirmed', basis: 'unit' })
    expect(findInspection(people.office, CAMPAIGN, place.inspectionId)?.estimate.untrue).toBe(0)
    expect(failingInspection(place.helpId)).toBeUndefined()
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('dismissed leaves it as it was found, and is not raised again', () => {
    const { people, place } = contested()
    raiseAppeal(people.head, CAMPAIGN, { ...place, reason })
    decideAppeal(people.office, CAMPAIGN, { ...place, decision: 'dismissed', reason: 'Không có căn cứ' })
    expect(reasonOf(place.helpId)).toMatchObject({ reason: 'inspection_failed' })
    expect(raiseAppeal(people.official.actor, CAMPAIGN, { ...place, reason })).toEqual({
      ok: false,
      problem: 'appealed_already',
    })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('is against an untrue only, by those it concerns, decided by others than the team', () => {
    const { people, place, other } = contested()
    const stranger = makeOfficial(people.unit.id).actor
    expect(raiseAppeal(people.official.actor, CAMPAIGN, { ...place, helpId: other, reason })).toEqual({
      ok: false,
      problem: 'not_untrue',
    })
    expect(findAppeal(stranger, CAMPAIGN, place)).toBeUndefined()
    expect(statusOf(() => raiseAppeal(stranger, CAMPAIGN, { ...place, reason }))).toBe(404)
    raiseAppeal(people.official.actor, CAMPAIGN, { ...place, reason })
    const decision = { ...place, decision: 'upheld', reason: 'Đúng' } as const
    const office = { role: 'campaign_office', unitId: 1, unitPath: '/1/' } as const
    const memberOfBoth = { ...people.first, grants: [...people.first.grants, office] }
    for (const actor of [people.head, people.official.actor, people.first, memberOfBoth])
      expect(statusOf(() => decideAppeal(actor, CAMPAIGN, decision))).toBe(403)
  })
})

describe('the decision that formed a team', () => {
  it('is entered by the team and by who formed it, until two have signed (B8)', () => {
    const people = scene()
    const { inspectionId } = done(form(people))
    const input: TeamDecisionInput = { decisionNumber: '45/QĐ-CAT', decisionOn: '2024-04-14', leader: null }
    const name = (actor: Person, changes: Partial<typeof input> = {}) =>
      nameTeamDecision(actor, CAMPAIGN, { inspectionId, input: { ...input, ...changes } })
    const seen = (actor: Person) => findInspection(actor, CAMPAIGN, inspectionId)
    expect(seen(people.first)).toMatchObject({ teamDecision: null, mayNameDecision: true })
    expect(name(people.first, { decisionOn: '2030-01-01' })).toEqual({ ok: false, problem: 'in_future' })
    done(name(people.first))
    expect(seen(people.office)?.teamDecision).toEqual({ number: '45/QĐ-CAT', on: '2024-04-14' })
    done(name(people.office, { decisionNumber: '46/QĐ-CAT' }))
    expect(seen(people.first)?.teamDecision?.number).toBe('46/QĐ-CAT')
    // the team is led by one of its members, no other
    const leads = () =>
      seen(people.first)
        ?.members.filter(({ isLeader }) => isLeader)
        .map(({ accountId }) => accountId)
    expect(leads()).toEqual([])
    expect(name(people.first, { leader: people.head.accountId })).toEqual({ ok: false, problem: 'not_a_choice' })
    done(name(people.first, { leader: people.second.accountId }))
    expect(leads()).toEqual([people.second.accountId])
    done(name(people.first))
    expect(leads()).toEqual([])
    expect(statusOf(() => name(people.head))).toBe(404)
    prepared('update inspection set concluded_at = 1 where id = ?').run(inspectionId)
    expect(name(people.first)).toEqual({ ok: false, problem: 'inspection_concluded' })
    expect(statusOf(() => name(people.head))).toBe(403)
    expect(seen(people.first)?.mayNameDecision).toBe(false)
  })
})

describe('a district’s police', () => {
  it('forms inspections in its district, sees them, and no others (B8)', () => {
    const police = unitNamed('Công an tỉnh (thường trực Tổ công tác Đề án 06)')
    const { unitId } = done(
      addUnit(system, {
        parentId: police.id,
        kind: 'department',
        block: 'armed_forces',
        name: 'Công an thành phố Đồng Xoài',
        headTitle: 'Trưởng Công an thành phố',
        localityCode: unitNamed('Thành phố Đồng Xoài').localityCode,
      }),
    )
    const chief = grantTo(makeOfficial(unitId).actor, 'head', unitId)
    const commune = unitNamed('UBND xã Tân Thành')
    const official = makeOfficial(commune.id)
    recordMany(official, 3)
    const members = [1, 2].map(() => grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'inspector', 1))
    const input = { ...WANTED, memberIds: members.map(({ accountId }) => accountId) }
    expect(formsSomewhere(chief)).toBe(true)
    expect(mayForm(chief, unitNamed('Sở Y tế').path)).toBe(false)
    expect(statusOf(() => drawInspection(chief, CAMPAIGN, { unitId: unitNamed('Sở Y tế').id, input }))).toBe(403)
    const { inspectionId } = done(drawInspection(chief, CAMPAIGN, { unitId: commune.id, input }))
    expect(findInspection(chief, CAMPAIGN, inspectionId)).toMatchObject({ mayDecide: false })
    expect(listInspections(chief, CAMPAIGN, {}).rows).toMatchObject([
      { id: inspectionId, unitName: 'UBND xã Tân Thành, Thành phố Đồng Xoài' },
    ])
    const head = grantTo(makeOfficial(commune.id).actor, 'head', commune.id)
    expect(findInspection(head, CAMPAIGN, inspectionId)).toBeUndefined()
    expect(formsSomewhere(head)).toBe(false)
    // another district's police has no part in it
    const agency = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', unitNamed('Sở Y tế').id)
    expect(mayForm(agency, commune.path)).toBe(false)
  })
})
