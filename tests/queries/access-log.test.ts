import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Person } from '#app/access/policy.ts'
import { RETENTION_DAYS } from '#app/domain/retention.ts'
import { listAccesses, noteAccess } from '#app/queries/access-log.server.ts'
import { prepared } from '#db/client.server.ts'
import { dropChecked, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const DAY_MS = 86_400_000
const forbidden = expect.objectContaining({ kind: 'forbidden' })
const someone = (name = 'Sở Nội vụ'): Person => makeOfficial(unitNamed(name).id).actor
const auditor = (): Actor => grantTo(someone('Thanh tra tỉnh'), 'auditor', 1)
const backdate = (days: number, accountId: number) =>
  prepared(`insert into access_log (at, account_id, what, subject_id, count) values (?, ?, 'help_list', '1', 1)`).run(
    Date.now() - days * DAY_MS,
    accountId,
  )
const rows = () => (prepared('select count(*) as n from access_log').get() as { n: number }).n

describe('noteAccess', () => {
  it('tells who was shown how many of what, and nothing where nobody was shown', () => {
    const actor = someone()
    noteAccess(actor, { what: 'help_record', subjectId: 12, count: 1 })
    noteAccess(actor, { what: 'help_list', subjectId: 3, count: 0 })
    expect(prepared('select account_id, what, subject_id, count from access_log').all()).toEqual([
      { account_id: actor.accountId, what: 'help_record', subject_id: '12', count: 1 },
    ])
  })

  it('knows no words but those of the list', () => {
    expect(() => noteAccess(someone(), { what: 'nothing' as never, subjectId: 1, count: 1 })).toThrow('CHECK')
  })
})

describe('the access log', () => {
  it('is not edited, and not deleted from before its time', () => {
    const { accountId } = someone()
    backdate(RETENTION_DAYS.access_log - 1, accountId)
    expect(() => prepared('update access_log set count = 2').run()).toThrow('append-only')
    expect(() => prepared('delete from access_log').run()).toThrow('append-only')
    expect(rows()).toBe(1)
  })

  it('gives up what is older than it is kept, so that its trigger and the rule say the same', () => {
    backdate(RETENTION_DAYS.access_log + 1, someone().accountId)
    prepared('delete from access_log').run()
    expect(rows()).toBe(0)
  })
})

describe('listAccesses', () => {
  it('is the auditor’s alone', () => {
    expect(() => listAccesses(grantTo(someone(), 'admin', 1), {})).toThrow(forbidden)
    expect(() => listAccesses(grantTo(someone(), 'campaign_office', 1), {})).toThrow(forbidden)
    expect(() => listAccesses(grantTo(someone(), 'auditor', unitNamed('Sở Nội vụ').id), {})).toThrow(forbidden)
    expect(listAccesses(auditor(), {}).rows).toEqual([])
  })

  it('narrows by whom, what and day, newest first, a page at a time', () => {
    const [one, other] = [someone(), someone()]
    const login = (actor: Person) =>
      (prepared('select login from account where id = ?').get(actor.accountId) as { login: string }).login
    for (const subjectId of [1, 2, 3]) noteAccess(one, { what: 'help_record', subjectId, count: 1 })
    noteAccess(other, { what: 'worklist_export', subjectId: 9, count: 40 })
    backdate(10, one.accountId)
    const subjects = (filter: Parameters<typeof listAccesses>[1]) =>
      listAccesses(auditor(), filter).rows.map(row => row.subjectId)
    expect(subjects({ login: login(other).toUpperCase() })).toEqual(['9'])
    expect(subjects({ what: 'help_record' })).toEqual(['3', '2', '1'])
    expect(subjects({ day: '2001-01-01' })).toEqual([])
    const first = listAccesses(auditor(), { what: 'help_record', limit: 2 })
    expect(first.rows.map(row => row.subjectId)).toEqual(['3', '2'])
    expect(subjects({ what: 'help_record', before: first.next ?? 0, limit: 2 })).toEqual(['1'])
  })

  it('names nobody of an armed-forces unit', () => {
    const soldier = someone('Bộ Chỉ huy Quân sự tỉnh')
    noteAccess(soldier, { what: 'help_record', subjectId: 1, count: 1 })
    expect(listAccesses(auditor(), {}).rows).toMatchObject([{ who: null, accountId: soldier.accountId }])
  })
})
