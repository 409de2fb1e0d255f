import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MOST_EARLY_CHECKS } from '#app/domain/early-check.ts'
import { askAboutRows, checkEarly } from '#app/queries/early-check.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  citizenNumber,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

type Official = ReturnType<typeof makeOfficial>

const somebody = () => makeOfficial(unitNamed('UBND xã Tân Thành').id)
const asker = ({ actor, officialId }: Official) => ({ ...actor, officialId })
const check = (who: Official, n: number) => checkEarly(asker(who), CAMPAIGN, citizenNumber(n))
const record = ({ actor, officialId }: Official, n: number, changes: Parameters<typeof helpForm>[1] = {}) =>
  recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(n, changes) })
const asked = () =>
  prepared("select count(*) from event where verb = 'look_up' and subject = 'citizen'").pluck().get() as number

const NOT_YET = {
  vneid_installed: { value: 'achieved', on: '2024-04-04' },
  eid_activated: { value: 'not_yet', on: null },
  sim_signature: { value: 'achieved', on: '2024-04-04' },
} as const

describe('what is known of a citizen as soon as the number stands', () => {
  it('the own record, with what it lacks; others are not asked about', () => {
    const [own, other] = [somebody(), somebody()]
    const { helpId } = done(record(own, 1, { outcomes: NOT_YET }))
    done(record(other, 1))
    expect(check(own, 1)).toEqual({
      own: { helpId, helpedOn: '2024-04-04', lacks: ['eid_activated'] },
      assigned: null,
      isRecorded: null,
    })
    expect(asked()).toBe(0)
  })

  it('that somebody recorded them, without a day or a name, and it is logged by no number', () => {
    const [first, second] = [somebody(), somebody()]
    done(record(first, 1))
    expect(check(second, 1)).toEqual({ own: null, assigned: null, isRecorded: true })
    expect(check(second, 2)).toEqual({ own: null, assigned: null, isRecorded: false })
    // the same number again is one question
    check(second, 1)
    expect(asked()).toBe(2)
    const events = prepared("select subject_id || data from event where verb = 'look_up'").pluck().all().join()
    expect(events).not.toContain(citizenNumber(1))
  })

  it('nothing of a record that was withdrawn', () => {
    const [first, second] = [somebody(), somebody()]
    const { helpId } = done(record(first, 1))
    done(withdrawHelp(first.actor, CAMPAIGN, helpId))
    expect(check(second, 1)).toMatchObject({ isRecorded: false })
    expect(check(first, 1)).toMatchObject({ own: null })
  })

  it('thirty numbers a day that become no claim of the account, no more', () => {
    const [busy, other] = [somebody(), somebody()]
    for (let n = 1; n <= MOST_EARLY_CHECKS; n++) expect(check(busy, n).isRecorded).toBe(false)
    expect(check(busy, 99).isRecorded).toBeNull()
    expect(asked()).toBe(MOST_EARLY_CHECKS)
    // a number asked before is answered still
    expect(check(busy, 1).isRecorded).toBe(false)
    // a record that claims nothing gives nothing back, a claim does
    done(record(busy, 1, { outcomes: NOT_YET }))
    expect(check(busy, 99).isRecorded).toBeNull()
    done(record(busy, 2))
    expect(check(busy, 99).isRecorded).toBe(false)
    expect(check(other, 98).isRecorded).toBe(false)
  })
})

describe('an official’s second record of a citizen', () => {
  const again = ({ actor, officialId }: Official, input: ReturnType<typeof helpForm>) =>
    recordHelp(actor, CAMPAIGN, { officialId, input, isOnlyNew: true })

  it('is refused where a form makes it; sent again, the first is answered', () => {
    const own = somebody()
    const input = helpForm(1)
    const first = again(own, input)
    expect(first.ok).toBe(true)
    expect(again(own, input)).toEqual(first)
    expect(again(own, helpForm(1))).toEqual({
      ok: false,
      problems: [{ field: 'citizenNumber', reason: 'own_record' }],
    })
    expect(again(somebody(), helpForm(1)).ok).toBe(true)
  })

  it('may be made after the first was withdrawn', () => {
    const own = somebody()
    const { helpId } = done(again(own, helpForm(1)))
    done(withdrawHelp(own.actor, CAMPAIGN, helpId))
    expect(again(own, helpForm(1)).ok).toBe(true)
  })
})

describe('a correction whose answer did not arrive', () => {
  it('is answered so again, and writes nothing twice; with other content it is refused', () => {
    const own = somebody()
    const { helpId } = done(record(own, 1))
    const input = helpForm(1, { citizen: { hamlet: 'Ấp 2' } })
    const edit = (content: typeof input) => editHelp(own.actor, CAMPAIGN, { helpId, revision: 1, input: content })
    const revision = () => prepared('select revision from help where id = ?').pluck().get(helpId)
    expect(edit(input)).toMatchObject({ ok: true })
    expect(revision()).toBe(2)
    expect(edit(input)).toEqual({ ok: true, hasReset: false })
    expect(revision()).toBe(2)
    expect(edit(helpForm(1, { citizen: { hamlet: 'Ấp 3' } }))).toEqual({ ok: false, problems: 'outdated' })
    expect(edit(helpForm(1, { note: 'khác', citizen: { hamlet: 'Ấp 2' } }))).toEqual({
      ok: false,
      problems: 'outdated',
    })
  })
})

describe('what a list is told of others’ records', () => {
  const rowsOf = (count: number, officialId: number | null) =>
    Array.from({ length: count }, (_, n) => ({ row: n + 2, number: citizenNumber(n + 1), officialId }))

  it('is asked for the first thirty rows of a day, shared with the form, and logged by no number', () => {
    const [other, busy] = [somebody(), somebody()]
    for (const n of [1, 29, 35]) done(record(other, n))
    expect(check(busy, 999).isRecorded).toBe(false)
    const answer = askAboutRows(busy.actor, CAMPAIGN, rowsOf(300, null))
    expect(answer).toEqual({ asked: MOST_EARLY_CHECKS - 1, recorded: [2, 30] })
    expect(asked()).toBe(MOST_EARLY_CHECKS)
    expect(check(busy, 998).isRecorded).toBeNull()
    // the same list again asks for nothing
    expect(askAboutRows(busy.actor, CAMPAIGN, rowsOf(300, null))).toEqual(answer)
    expect(asked()).toBe(MOST_EARLY_CHECKS)
    const events = prepared("select subject_id || data from event where verb = 'look_up'").pluck().all().join()
    expect(events).not.toContain(citizenNumber(1))
  })

  it('is nothing of the official’s own record; what the account entered for them gives its question back', () => {
    const [helper, other] = [somebody(), somebody()]
    const desk = grantTo(somebody().actor, 'coordinator', unitNamed('UBND xã Tân Thành').id)
    done(record(helper, 1))
    expect(askAboutRows(desk, CAMPAIGN, rowsOf(1, helper.officialId))).toEqual({ asked: 1, recorded: [] })
    expect(askAboutRows(desk, CAMPAIGN, rowsOf(1, other.officialId))).toEqual({ asked: 1, recorded: [2] })
    expect(askAboutRows(desk, CAMPAIGN, rowsOf(40, other.officialId)).asked).toBe(MOST_EARLY_CHECKS)
    done(recordHelp(desk, CAMPAIGN, { officialId: other.officialId, input: helpForm(7) }))
    const others = rowsOf(40, other.officialId).filter(({ number }) => number !== citizenNumber(7))
    expect(askAboutRows(desk, CAMPAIGN, others).asked).toBe(MOST_EARLY_CHECKS)
  })
})
