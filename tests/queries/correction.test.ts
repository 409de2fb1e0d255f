import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { CorrectionInput } from '#app/domain/correction-input.ts'
import { checkSignIn, issueActivations } from '#app/queries/account.server.ts'
import { answerCorrection, correctOfficial } from '#app/queries/correction.server.ts'
import { correctionsAskedBy, correctionsOf, correctionsToAnswer } from '#app/queries/correction-list.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { account } from '#db/schema.ts'
import {
  CAMPAIGN,
  citizenNumber,
  confirmNow,
  done,
  dropChecked,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  statusOf,
  toldBy,
  unitNamed,
} from '#tests/make.ts'
import { judgeAgain } from '#tests/second-judge.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropChecked()
})

const NUMBER = '070080000001'
const OTHER = '070080000002'

function scene() {
  const home = unitNamed('Sở Y tế')
  const holder = (role: 'head' | 'coordinator', at = home.id) => grantTo(makeOfficial(at).actor, role, at)
  return {
    home,
    official: makeOfficial(home.id, { name: 'Nguyễn Thị Thử Hưong', number: NUMBER, sex: 'male' }),
    coordinator: holder('coordinator'),
    head: holder('head'),
    stranger: holder('coordinator', unitNamed('UBND xã Tân Thành').id),
  }
}

const input = (changes: Partial<CorrectionInput>): CorrectionInput => ({
  name: 'Nguyễn Thị Thử Hưong',
  birthOn: null,
  birthYear: null,
  sex: null,
  number: null,
  phone: null,
  reason: 'Đối chiếu thẻ căn cước',
  ...changes,
})
const correct = (actor: Person, officialId: number, changes: Partial<CorrectionInput>) =>
  correctOfficial(actor, { officialId, input: input(changes) })
const columnOf = (officialId: number, column: string) =>
  prepared(`select ${column} from official where id = ?`).pluck().get(officialId)
const hashOf = (officialId: number) => columnOf(officialId, 'number_hash')
/** The waiting correction that this person is to answer. */
const turnOf = (actor: Person) => correctionsToAnswer(actor)[0]?.id ?? 0
const yes = (actor: Person, correctionId: number) => answerCorrection(actor, { correctionId, answer: 'accepted' })
const activate = (accountId: number) =>
  db.update(account).set({ passwordHash: 'x' }).where(eq(account.id, accountId)).run()

describe('a name, birth or sex', () => {
  it('is corrected at once with a reason, and the trace says what it was', () => {
    const { official, coordinator } = scene()
    const { officialId } = official
    expect(correct(coordinator, officialId, { name: 'Nguyễn Thị Thử Hương', birthOn: '1980-03-21' })).toEqual({
      ok: true,
      waits: [],
    })
    expect(columnOf(officialId, 'name')).toBe('Nguyễn Thị Thử Hương')
    expect(columnOf(officialId, 'birth_on')).toBe('1980-03-21')
    expect(prepared('select display_name from account where id = ?').pluck().get(official.accountId)).toBe(
      'Nguyễn Thị Thử Hương',
    )
    const trace = {
      state: 'accepted',
      reason: 'Đối chiếu thẻ căn cước',
      changes: [
        { field: 'name', from: 'Nguyễn Thị Thử Hưong', to: 'Nguyễn Thị Thử Hương' },
        { field: 'birthOn', from: null, to: '1980-03-21' },
      ],
    }
    expect(correctionsOf(coordinator, officialId)).toMatchObject([trace])
    expect(correctionsOf(official.actor, officialId)).toMatchObject([trace])
    const [told] = toldBy("subject = 'official' and verb = 'correct'")
    expect(told?.fields).toEqual(['name', 'birthOn'])
    expect(JSON.stringify(told)).not.toMatch(/Hương|1980-03-21|thẻ/)
  })

  it('is for those who keep the roster there, never for oneself', () => {
    const { official, coordinator, stranger } = scene()
    expect(statusOf(() => correct(stranger, official.officialId, { name: 'Trần Thị Thử' }))).toBe(403)
    expect(statusOf(() => correct(official.actor, official.officialId, { name: 'Trần Thị Thử' }))).toBe(403)
    expect(statusOf(() => correct(coordinator, coordinator.officialId ?? 0, { name: 'Trần Thị Thử' }))).toBe(403)
    expect(correctionsOf(stranger, official.officialId)).toEqual([])
  })

  it('fits the number, or the number is corrected too', () => {
    const { official, coordinator } = scene()
    const readable = '070080123456'
    done(correct(coordinator, official.officialId, { number: readable }))
    done(yes(official.actor, turnOf(official.actor)))
    expect(correct(coordinator, official.officialId, { birthYear: 1981, sex: 'female' })).toEqual({
      ok: false,
      problems: [
        { field: 'birthOn', reason: 'correction_birth_disagrees' },
        { field: 'sex', reason: 'correction_sex_disagrees' },
      ],
    })
    const both = correct(coordinator, official.officialId, { birthYear: 1981, sex: 'female', number: '070181123456' })
    expect(both).toEqual({ ok: true, waits: ['number'] })
    expect(columnOf(official.officialId, 'birth_year')).toBe(1980)
    done(yes(official.actor, turnOf(official.actor)))
    expect(columnOf(official.officialId, 'birth_year')).toBe(1981)
    expect(columnOf(official.officialId, 'sex')).toBe('female')
  })

  it('says so where nothing is corrected', () => {
    const { official, coordinator } = scene()
    expect(correct(coordinator, official.officialId, { number: NUMBER })).toEqual({
      ok: false,
      problems: [{ field: '', reason: 'correction_nothing' }],
    })
  })
})

describe('a new number', () => {
  it('waits for the person, who sees it whole, and changes nothing until then', () => {
    const { official, coordinator, head } = scene()
    const before = hashOf(official.officialId)
    expect(correct(coordinator, official.officialId, { number: OTHER })).toEqual({ ok: true, waits: ['number'] })
    expect(hashOf(official.officialId)).toBe(before)
    expect(correctionsToAnswer(official.actor)).toMatchObject([
      { value: OTHER, changes: [{ field: 'number', from: '001', to: '002' }], mayAnswer: true, waitsFor: 'Sở Y tế' },
    ])
    expect(listReminders(official.actor, CAMPAIGN, '2024-06-12').find(row => row.kind === 'corrections')?.count).toBe(1)
    expect(listReminders(head, CAMPAIGN, '2024-06-12').find(row => row.kind === 'corrections')?.count).toBe(1)
    expect(correctionsAskedBy(coordinator)).toMatchObject([{ value: null, mayAnswer: false, mayWithdraw: true }])
    done(yes(official.actor, turnOf(official.actor)))
    expect(hashOf(official.officialId)).not.toBe(before)
    expect(prepared('select count(*) from official_correction where value_cipher is not null').pluck().get()).toBe(0)
    expect(toldBy("verb = 'approve' and subject = 'correction'")).toHaveLength(1)
  })

  it('waits for a role holder who is independent of who asked, not for the one who asked', () => {
    const { official, coordinator, head, stranger } = scene()
    done(correct(coordinator, official.officialId, { number: OTHER }))
    const id = turnOf(official.actor)
    expect(statusOf(() => yes(coordinator, id))).toBe(403)
    expect(statusOf(() => yes(stranger, id))).toBe(404)
    // the head whose code the coordinator issued is no second person
    transact(() =>
      prepared(
        `insert into activation_code (account_id, code_hash, created_at, created_by, expires_at, used_at, opened_at, is_reset)
       values (?, 'x', 1, ?, 2, 1, 1, 1)`,
      ).run(head.accountId, coordinator.accountId),
    )
    expect(statusOf(() => yes(head, id))).toBe(403)
    const above = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', unitNamed('Tỉnh Bình Phước').id)
    done(yes(above, id))
    expect(statusOf(() => yes(above, id))).toBeNull()
    expect(yes(above, id)).toMatchObject({ ok: false, problems: [{ reason: 'correction_answered' }] })
  })

  it('is not confirmed by an account into which the asker may sign in', () => {
    const { official, coordinator } = scene()
    done(correct(coordinator, official.officialId, { number: OTHER }))
    const id = turnOf(official.actor)
    activate(official.accountId)
    issueActivations(coordinator, [official.officialId])
    transact(() =>
      prepared('update activation_code set used_at = 1, opened_at = 1 where account_id = ?').run(official.accountId),
    )
    expect(turnOf(official.actor)).toBe(0)
    expect(statusOf(() => yes(official.actor, id))).toBe(403)
  })

  it('may be refused and withdrawn; nothing changes then', () => {
    const { official, coordinator } = scene()
    const before = hashOf(official.officialId)
    done(correct(coordinator, official.officialId, { number: OTHER }))
    expect(correct(coordinator, official.officialId, { number: '070080000003' })).toMatchObject({
      ok: false,
      problems: [{ field: 'number', reason: 'correction_waits' }],
    })
    done(answerCorrection(coordinator, { correctionId: turnOf(official.actor), answer: 'withdrawn' }))
    done(correct(coordinator, official.officialId, { number: OTHER }))
    done(answerCorrection(official.actor, { correctionId: turnOf(official.actor), answer: 'refused' }))
    expect(hashOf(official.officialId)).toBe(before)
  })

  it('is nobody else’s', () => {
    const { home, official, coordinator } = scene()
    makeOfficial(home.id, { number: OTHER })
    expect(correct(coordinator, official.officialId, { number: OTHER })).toMatchObject({
      ok: false,
      problems: [{ field: 'number', reason: 'somebodys_number' }],
    })
    const free = '070080000009'
    done(correct(coordinator, official.officialId, { number: free }))
    makeOfficial(home.id, { number: free })
    expect(yes(official.actor, turnOf(official.actor))).toMatchObject({
      ok: false,
      problems: [{ reason: 'somebodys_number' }],
    })
  })

  it('matches anew what hangs on it: the own record is barred, the former number’s no longer', () => {
    const { official, coordinator, head } = scene()
    const { officialId } = official
    const of = (n: number) =>
      done(
        recordHelp(official.actor, CAMPAIGN, {
          officialId,
          input: helpForm(n, { citizen: { number: citizenNumber(n) } }),
        }),
      ).helpId
    const helpId = of(1)
    confirmNow(head, CAMPAIGN, [helpId])
    const reasonOf = () => findHelp(head, CAMPAIGN, helpId)?.verdictReason
    expect(reasonOf()).toBe('confirmed')
    done(correct(coordinator, officialId, { number: citizenNumber(1), birthYear: 1990 }))
    done(yes(official.actor, turnOf(official.actor)))
    expect(reasonOf()).toBe('self_claim')
    expect(judgeAgain(CAMPAIGN).get(helpId)?.verdict_reason).toBe(reasonOf())
    // their own word alone does not lift it
    done(correct(coordinator, officialId, { number: citizenNumber(77), birthYear: 1990 }))
    expect(turnOf(official.actor)).toBe(0)
    done(yes(head, turnOf(head)))
    expect(reasonOf()).toBe('confirmed')
    expect(judgeAgain(CAMPAIGN).get(helpId)?.verdict_reason).toBe(reasonOf())
  })
})

describe('a phone', () => {
  it('waits where it signs somebody in, and the former one goes on until then', async () => {
    const { official, coordinator } = scene()
    const { officialId, accountId } = official
    expect(correct(coordinator, officialId, { phone: '0912345678' })).toEqual({ ok: true, waits: [] })
    expect(correct(coordinator, officialId, { phone: '0912345679' })).toEqual({ ok: true, waits: [] })
    activate(accountId)
    const before = columnOf(officialId, 'phone_hash')
    expect(correct(coordinator, officialId, { phone: '0912345670' })).toEqual({ ok: true, waits: ['phone'] })
    expect(columnOf(officialId, 'phone_hash')).toBe(before)
    done(yes(official.actor, turnOf(official.actor)))
    expect(columnOf(officialId, 'phone_hash')).not.toBe(before)
    expect(await checkSignIn('0912345679', 'wrong')).toBeUndefined()
  })
})
