import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LINK_HOURS, MOST_PHONE_CODES, PHONE_CODES } from '#app/domain/citizen-code.ts'
import { findByCode } from '#app/queries/citizen-answer.server.ts'
import { bindSlip, issuePhoneCodes, issueSlips, listSlips } from '#app/queries/citizen-code.server.ts'
import { CONSENT_VERSION, recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { snapshotFor, storeSecret } from '#app/queries/offline.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { seal } from '#db/keys.server.ts'
import { assignment, team, teamMember, worklist } from '#db/schema.ts'
import {
  CAMPAIGN,
  citizenNumber,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  NOW,
  unitNamed,
} from '#tests/make.ts'

const campaign = { id: CAMPAIGN, code: '128/KH-UBND' }

beforeEach(() => makeProvince())
afterEach(dropProvince)

const person = () => makeOfficial(unitNamed('Sở Nội vụ').id)
const typed = { enteredAt: NOW - 3_600_000, contactAt: null, consentVersion: CONSENT_VERSION, isDayDoubted: false }

function saved(official: ReturnType<typeof person>, citizen: number, given = typed) {
  const made = recordHelp(official.actor, CAMPAIGN, {
    officialId: official.officialId,
    input: helpForm(citizen),
    typed: given,
  })
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.helpId
}

describe('a record typed without a network', () => {
  it('keeps when it was typed; the receipt is what claims', () => {
    const official = person()
    const row = findHelp(official.actor, CAMPAIGN, saved(official, 1))
    expect(row?.enteredAt).toBe(typed.enteredAt)
    expect(row?.claimedAt).toBeGreaterThanOrEqual(NOW)
    expect(row?.receivedAt).toBe(row?.claimedAt)
  })

  it('is refused where its day rests on a clock that disagrees, unless it was saved before', () => {
    const official = person()
    const input = helpForm(1)
    const send = (isDayDoubted: boolean) =>
      recordHelp(official.actor, CAMPAIGN, {
        officialId: official.officialId,
        input,
        typed: { ...typed, isDayDoubted },
      })
    expect(send(true)).toEqual({ ok: false, problems: [{ field: 'helpedOn', reason: 'clock_disagrees' }] })
    const first = send(false)
    expect(first).toMatchObject({ ok: true })
    expect(send(true)).toEqual(first)
  })

  it('sent under a key of somebody else is not theirs', () => {
    const official = person()
    const other = person()
    const input = helpForm(1)
    recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input, typed })
    expect(recordHelp(other.actor, CAMPAIGN, { officialId: other.officialId, input, typed })).toMatchObject({
      ok: false,
    })
    expect(prepared('select count(*) as n from help').get()).toEqual({ n: 1 })
  })
})

describe('codes held on a phone', () => {
  it('are handed out once, apart from printed slips', () => {
    const { actor } = person()
    const first = issuePhoneCodes(actor, CAMPAIGN)
    const second = issuePhoneCodes(actor, CAMPAIGN)
    expect(first).toHaveLength(PHONE_CODES)
    expect(new Set([...first, ...second]).size).toBe(2 * PHONE_CODES)
    issueSlips(actor, CAMPAIGN)
    expect(listSlips(actor, CAMPAIGN).filter(code => first.includes(code))).toEqual([])
  })

  it('end for the day when too many lie unused', () => {
    const { actor } = person()
    for (let n = 0; n < MOST_PHONE_CODES / PHONE_CODES; n++) issuePhoneCodes(actor, CAMPAIGN)
    expect(issuePhoneCodes(actor, CAMPAIGN)).toEqual([])
  })

  it('bind to the record that they were shown for, again after a lost answer, and to no other', () => {
    const official = person()
    const [code = ''] = issuePhoneCodes(official.actor, CAMPAIGN)
    expect(findByCode(code)).toEqual({ state: 'unbound', code })
    const helpId = saved(official, 1)
    const otherId = saved(official, 2)
    expect(bindSlip(official.actor, CAMPAIGN, { helpId, code }).ok).toBe(true)
    expect(bindSlip(official.actor, CAMPAIGN, { helpId, code }).ok).toBe(true)
    expect(bindSlip(official.actor, CAMPAIGN, { helpId: otherId, code }).ok).toBe(false)
    expect(findByCode(code)).toMatchObject({ state: 'open', helpId })
    const [row] = prepared('select expires_at as at from citizen_code where help_id = ?').all(helpId) as {
      at: number
    }[]
    expect((row?.at ?? 0) - NOW).toBeGreaterThanOrEqual(LINK_HOURS * 3_600_000)
  })

  it('of one official bind to nothing of another', () => {
    const official = person()
    const other = person()
    const [code = ''] = issuePhoneCodes(official.actor, CAMPAIGN)
    expect(bindSlip(other.actor, CAMPAIGN, { helpId: saved(other, 1), code }).ok).toBe(false)
  })
})

describe('what a phone keeps', () => {
  it('is the official’s own, without a citizen’s number', () => {
    const official = person()
    const other = person()
    saved(official, 1)
    saved(other, 2)
    const snapshot = snapshotFor({ ...official.actor, displayName: official.name }, campaign)
    expect(snapshot?.records.map(row => row.citizenName)).toEqual(['Điểu Thị Mẫu 1'])
    expect(snapshot?.standing.counts.reported).toBe(1)
    expect(JSON.stringify(snapshot)).not.toContain(citizenNumber(1))
  })

  it('holds the citizens given to the official or a team of theirs, as long as something is left to do', () => {
    const official = person()
    const other = person()
    const unitId = unitNamed('Sở Nội vụ').id
    const [list] = db
      .insert(worklist)
      .values({
        campaignId: CAMPAIGN,
        unitId,
        name: 'a',
        legalBasis: 'b',
        importedAt: NOW,
        importedBy: other.accountId,
      })
      .returning()
      .all()
    const [group] = db
      .insert(team)
      .values({ campaignId: CAMPAIGN, unitId, kind: 'volunteer', name: 'a', createdAt: NOW })
      .returning()
      .all()
    db.insert(teamMember)
      .values({ teamId: group?.id ?? 0, officialId: official.officialId, fromOn: '2024-06-01' })
      .run()
    const give = (id: number, values: Partial<typeof assignment.$inferInsert>) => {
      const slot = (column: string) => ({ table: 'assignment', column, rowId: id })
      const owner = { campaignId: CAMPAIGN }
      db.insert(assignment)
        .values({
          id,
          campaignId: CAMPAIGN,
          worklistId: list?.id ?? 0,
          unitId,
          citizenHash: String(id),
          citizenNameCipher: seal(owner, slot('citizenName'), `Người ${id}`),
          citizenNumberCipher: seal(owner, slot('citizenNumber'), citizenNumber(id)),
          citizenPhoneCipher: seal(owner, slot('citizenPhone'), '0912345678'),
          localityCode: '25195',
          lacks: '["eid_activation"]',
          ...values,
        })
        .run()
    }
    give(1, { officialId: official.officialId })
    give(2, { teamId: group?.id })
    give(3, { officialId: other.officialId })
    give(4, { officialId: official.officialId, state: 'refused' })
    give(5, {})
    give(6, { officialId: official.officialId, state: 'wrong_number' })
    const snapshot = snapshotFor({ ...official.actor, displayName: official.name }, campaign)
    expect(snapshot?.people.map(({ name, phone, lacks }) => ({ name, phone, lacks }))).toEqual(
      (
        [
          ['Người 1', '0912345678'],
          ['Người 2', '0912345678'],
          ['Người 6', null],
        ] as const
      ).map(([name, phone]) => ({ name, phone, lacks: ['eid_activation'] })),
    )
    expect(JSON.stringify(snapshot)).not.toContain(citizenNumber(1))
  })

  it('stays the own even of a head', () => {
    const official = person()
    const head = person()
    saved(official, 1)
    const actor = grantTo(head.actor, 'head', unitNamed('Sở Nội vụ').id)
    expect(snapshotFor({ ...actor, displayName: head.name }, campaign)?.records).toEqual([])
  })

  it('opens under a secret of its account and store alone', () => {
    const [one, two] = [person(), person()]
    expect(storeSecret(one.actor, 'a')).toBe(storeSecret(one.actor, 'a'))
    expect(new Set([storeSecret(one.actor, 'a'), storeSecret(one.actor, 'b'), storeSecret(two.actor, 'a')]).size).toBe(
      3,
    )
  })
})
