import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { ExemptionInput } from '#app/domain/exemption.ts'
import {
  addExemptionScan,
  askExemption,
  decideExemption,
  findExemption,
  listExemptions,
} from '#app/queries/exemption.server.ts'
import { recount, writeUnjudged } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { openFile } from '#app/queries/stored-file.server.ts'
import { prepared } from '#db/client.server.ts'
import { exemption } from '#db/schema.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  makeReader,
  statusOf,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const request = (changes: Partial<ExemptionInput> = {}): ExemptionInput => ({
  parts: ['quota'],
  reason: 'maternity',
  reasonText: null,
  documentNumber: '12/QĐ-UBND',
  fromOn: '2024-04-15',
  toOn: '2024-10-15',
  ...changes,
})

function scene() {
  const unit = unitNamed('UBND xã Tân Thành')
  const district = unitNamed('Thành phố Đồng Xoài')
  const head = makeOfficial(unit.id)
  const coordinator = makeOfficial(unit.id)
  return {
    unit,
    official: makeOfficial(unit.id),
    head: { ...head, actor: grantTo(head.actor, 'head', unit.id) },
    coordinator: { ...coordinator, actor: grantTo(coordinator.actor, 'coordinator', unit.id) },
    above: grantTo(makeOfficial(district.id).actor, 'head', district.id),
    other: grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', unitNamed('Sở Y tế').id),
    homeAffairs: grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'home_affairs', 1),
    rootHead: grantTo(makeOfficial(1).actor, 'head', 1),
  }
}
type Scene = ReturnType<typeof scene>

function ask(
  { coordinator, official }: Scene,
  changes: Partial<ExemptionInput> = {},
  officialId = official.officialId,
) {
  const made = askExemption(coordinator.actor, CAMPAIGN, { officialId, input: request(changes) })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return listExemptions(coordinator.actor, CAMPAIGN, { officialId }).rows.map(row => row.id)
}

const approve = { decision: 'approved', decisionReason: null } as const

describe('an exemption', () => {
  it('lifts nothing while it is asked for, its part once approved, and nothing again when rejected', () => {
    const people = scene()
    const { officialId } = people.official
    const [exemptionId = 0] = ask(people)
    expect(storedStanding(CAMPAIGN, officialId)?.target).toBe(10)
    decideExemption(people.head.actor, CAMPAIGN, { exemptionId, ...approve })
    expect(storedStanding(CAMPAIGN, officialId)?.target).toBeNull()
    expect(recount(CAMPAIGN)).toEqual([])
    decideExemption(people.head.actor, CAMPAIGN, { exemptionId, decision: 'rejected', decisionReason: 'Đã đi làm lại' })
    expect(storedStanding(CAMPAIGN, officialId)?.target).toBe(10)
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('lifts nothing where it ends before the cut-off', () => {
    const people = scene()
    const [exemptionId = 0] = ask(people, { fromOn: '2024-04-15', toOn: '2024-06-30' })
    decideExemption(people.head.actor, CAMPAIGN, { exemptionId, ...approve })
    expect(storedStanding(CAMPAIGN, people.official.officialId)?.target).toBe(10)
    expect(findExemption(people.head.actor, CAMPAIGN, exemptionId)).toMatchObject({
      state: 'approved',
      isEffective: false,
    })
  })

  it('lifts single obligation parts', () => {
    const people = scene()
    const ids = ask(people, { parts: ['sim_signature', 'phone_4g'] })
    for (const exemptionId of ids) decideExemption(people.head.actor, CAMPAIGN, { exemptionId, ...approve })
    expect(storedStanding(CAMPAIGN, people.official.officialId)).toMatchObject({
      simSignature: 'exempt',
      phone4g: 'exempt',
      portalNational: 'missing',
      target: 10,
    })
    expect(recount(CAMPAIGN)).toEqual([])
  })
})

describe('askExemption', () => {
  it.each([
    ['ends before it begins', { toOn: '2024-04-01' }, 'toOn', 'ends_before_start'],
    ['another reason without words', { reason: 'other' }, 'reasonText', 'required'],
  ] as const)('refuses one that %s', (_, changes, field, reason) => {
    const { coordinator, official } = scene()
    const made = askExemption(coordinator.actor, CAMPAIGN, { officialId: official.officialId, input: request(changes) })
    expect(made).toEqual({ ok: false, problems: [{ field, reason }] })
  })

  it('refuses a part that already waits for a decision', () => {
    const people = scene()
    ask(people)
    const again = askExemption(people.coordinator.actor, CAMPAIGN, {
      officialId: people.official.officialId,
      input: request(),
    })
    expect(again).toEqual({ ok: false, problems: [{ field: 'part', reason: 'exemption_asked_already' }] })
  })

  it.each([
    ['the head of another unit', 'other', 404],
    ['the home-affairs office', 'homeAffairs', 403],
  ] as const)('%s may not ask', (_, who, status) => {
    const people = scene()
    const act = () => askExemption(people[who], CAMPAIGN, { officialId: people.official.officialId, input: request() })
    expect(statusOf(act)).toBe(status)
  })
})

describe('decideExemption', () => {
  it.each([
    ['the head, of their people', 'head', 'official', null],
    ['the level above, of a head', 'above', 'head', null],
    ['the coordinator', 'coordinator', 'official', 403],
    ['the head, of themself', 'head', 'head', 403],
    ['the head of another unit', 'other', 'official', 404],
    ['the home-affairs office', 'homeAffairs', 'official', 403],
  ] as const)('%s', (_, who, whose, status) => {
    const people = scene()
    const person = people[who]
    const actor = 'actor' in person ? person.actor : person
    const [exemptionId = 0] = ask(people, {}, people[whose].officialId)
    expect(statusOf(() => decideExemption(actor, CAMPAIGN, { exemptionId, ...approve }))).toBe(status)
    const shown = listExemptions(actor, CAMPAIGN, {}).rows.find(row => row.id === exemptionId)
    expect(shown?.mayDecide ?? 'out of sight').toBe(status === 404 ? 'out of sight' : status === null)
  })

  it('is out of sight in armed-forces units for those outside', () => {
    const { rootHead } = scene()
    const army = unitNamed('Bộ Chỉ huy Quân sự tỉnh')
    const soldier = makeOfficial(army.id, { category: 'soldier' })
    const own = grantTo(makeOfficial(army.id).actor, 'head', army.id)
    const asker = grantTo(makeOfficial(army.id).actor, 'coordinator', army.id)
    askExemption(asker, CAMPAIGN, { officialId: soldier.officialId, input: request() })
    const [row] = listExemptions(own, CAMPAIGN, {}).rows
    expect(row?.mayDecide).toBe(true)
    expect(listExemptions(rootHead, CAMPAIGN, {}).rows).toEqual([])
    expect(statusOf(() => decideExemption(rootHead, CAMPAIGN, { exemptionId: row?.id ?? 0, ...approve }))).toBe(404)
  })
})

describe('a second person', () => {
  it('decides on what a head asked for themself: the level above, at the root the other head, else the campaign office', () => {
    const people = scene()
    const { officialId } = people.official
    askExemption(people.head.actor, CAMPAIGN, { officialId, input: request() })
    const [row] = listExemptions(people.head.actor, CAMPAIGN, { officialId }).rows
    const exemptionId = row?.id ?? 0
    expect(row).toMatchObject({ mayDecide: false, mayApprove: false, waitsFor: 'Thành phố Đồng Xoài' })
    expect(statusOf(() => decideExemption(people.head.actor, CAMPAIGN, { exemptionId, ...approve }))).toBe(403)
    expect(statusOf(() => decideExemption(people.above, CAMPAIGN, { exemptionId, ...approve }))).toBeNull()

    const atRoot = makeOfficial(1)
    const office = makeReader('campaign_office')
    askExemption(people.rootHead, CAMPAIGN, { officialId: atRoot.officialId, input: request() })
    const find = (actor: Person) => listExemptions(actor, CAMPAIGN, { officialId: atRoot.officialId }).rows[0]
    expect(find(office)).toMatchObject({ mayApprove: true, waitsFor: null, isOffice: true })
    const other = grantTo(makeOfficial(1).actor, 'head', 1)
    expect(find(office)).toMatchObject({ mayApprove: false, waitsFor: 'Tỉnh Bình Phước' })
    expect(find(other)).toMatchObject({ mayApprove: true })
    expect(find(people.rootHead)).toMatchObject({ mayApprove: false })
  })
})

describe('the share that a unit decides itself', () => {
  const exemptMany = (people: Scene, count: number) =>
    Array.from({ length: count }, () => {
      const { officialId } = makeOfficial(people.unit.id)
      const [exemptionId = 0] = ask(people, {}, officialId)
      return exemptionId
    })

  it('is three people at least, then a tenth; beyond it the level above decides', () => {
    const people = scene()
    const [one = 0, two = 0, three = 0, four = 0] = exemptMany(people, 4)
    for (const exemptionId of [one, two, three])
      decideExemption(people.head.actor, CAMPAIGN, { exemptionId, ...approve })
    expect(findExemption(people.head.actor, CAMPAIGN, four)).toMatchObject({
      mayApprove: false,
      mayDecide: true,
      waitsFor: 'Thành phố Đồng Xoài',
    })
    expect(statusOf(() => decideExemption(people.head.actor, CAMPAIGN, { exemptionId: four, ...approve }))).toBe(403)
    const waiting = (actor: Person) =>
      listReminders(actor, CAMPAIGN, '2024-06-12').find(({ kind }) => kind === 'exemptions')?.count
    expect([waiting(people.head.actor), waiting(people.above)]).toEqual([undefined, 1])
    decideExemption(people.above, CAMPAIGN, { exemptionId: four, ...approve })
    // of 50 people it is five
    const [five = 0] = exemptMany(people, 1)
    for (let n = 0; n < 41; n++) makeOfficial(people.unit.id)
    expect(findExemption(people.head.actor, CAMPAIGN, five)?.mayApprove).toBe(false)
    makeOfficial(people.unit.id)
    expect(findExemption(people.head.actor, CAMPAIGN, five)?.mayApprove).toBe(true)
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('leaves those decided before as they are', () => {
    const people = scene()
    const ids = exemptMany(people, 5)
    prepared("update exemption set state = 'approved', decided_at = 1, decided_by = asked_by").run()
    for (const exemptionId of ids)
      expect(findExemption(people.head.actor, CAMPAIGN, exemptionId)).toMatchObject({
        state: 'approved',
        isEffective: true,
        owesScan: false,
      })
    writeUnjudged(tx => tx.update(exemption).set({ state: 'asked' }).run())
  })

  it('is seen and revoked by the level above, which no level below overrules', () => {
    const people = scene()
    const [exemptionId = 0] = ask(people)
    const { officialId } = people.official
    decideExemption(people.head.actor, CAMPAIGN, { exemptionId, ...approve })
    expect(listExemptions(people.above, CAMPAIGN, { unitPath: people.unit.path }).rows.map(row => row.id)).toEqual([
      exemptionId,
    ])
    decideExemption(people.above, CAMPAIGN, { exemptionId, decision: 'rejected', decisionReason: 'Đã đi làm lại' })
    expect(storedStanding(CAMPAIGN, officialId)?.target).toBe(10)
    expect(statusOf(() => decideExemption(people.head.actor, CAMPAIGN, { exemptionId, ...approve }))).toBe(403)
    const [again = 0] = ask(people)
    expect(again).not.toBe(exemptionId)
    expect(statusOf(() => decideExemption(people.head.actor, CAMPAIGN, { exemptionId: again, ...approve }))).toBe(403)
  })
})

describe('the scan of the document', () => {
  it('is reminded of until it is there, and is then opened by those who may', async () => {
    const people = scene()
    const [exemptionId = 0] = ask(people, { parts: ['quota', 'phone_4g'] })
    const owed = (actor: Person) =>
      listReminders(actor, CAMPAIGN, '2024-06-12').find(({ kind }) => kind === 'exemption_scans')?.count
    expect(owed(people.coordinator.actor)).toBe(1)
    const scan = { mediaType: 'application/pdf', content: Buffer.from('scan') } as const
    expect(statusOf(() => addExemptionScan(people.other, CAMPAIGN, exemptionId, scan))).toBe(404)
    addExemptionScan(people.coordinator.actor, CAMPAIGN, exemptionId, scan)
    expect(owed(people.coordinator.actor)).toBeUndefined()
    const fileId = findExemption(people.head.actor, CAMPAIGN, exemptionId)?.scanFileId ?? 0
    expect(openFile(people.above, CAMPAIGN, fileId)?.content.toString()).toBe('scan')
    expect(statusOf(() => addExemptionScan(people.coordinator.actor, CAMPAIGN, exemptionId, scan))).toBe(404)
  })

  it('is opened by the campaign office where it decides, and there alone (P27)', () => {
    const people = scene()
    const office = makeReader('campaign_office')
    const scan = { mediaType: 'application/pdf', content: Buffer.from('scan') } as const
    const asked = (actor: Person, officialId: number) => {
      askExemption(actor, CAMPAIGN, { officialId, input: request(), scan })
      return listExemptions(actor, CAMPAIGN, { officialId }).rows[0]?.scanFileId ?? 0
    }
    const atRoot = asked(people.rootHead, makeOfficial(1).officialId)
    expect(openFile(office, CAMPAIGN, atRoot)?.content.toString()).toBe('scan')
    const below = asked(people.coordinator.actor, people.official.officialId)
    expect(statusOf(() => openFile(office, CAMPAIGN, below))).toBe(403)
    // another head of the root decides from now on
    grantTo(makeOfficial(1).actor, 'head', 1)
    expect(statusOf(() => openFile(office, CAMPAIGN, atRoot))).toBe(403)
  })
})
