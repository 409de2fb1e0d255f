import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSession } from '#app/access/session.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { formsToRehearse, type Rehearsed } from '#app/queries/rehearsal.server.ts'
import { action as confirm } from '#app/routes/confirmation/confirm-help.ts'
import { action as record } from '#app/routes/help/new.tsx'
import { db, prepared, rehearsingWrite } from '#db/client.server.ts'
import { makeContext } from '#tests/context.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, NOW, recordMany, unitNamed } from '#tests/make.ts'

let waiting: number

beforeEach(() => {
  makeProvince(NOW)
  const unit = unitNamed('Sở Nội vụ').id
  grantTo(makeOfficial(unit).actor, 'coordinator', unit)
  waiting = recordMany(makeOfficial(unit), 1)[0] ?? 0
})
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
})

const count = (table: string) => prepared<number>(`select count(*) from ${table}`).pluck().one()
const everything = () => ['help', 'event', 'session', 'help_total'].map(count)
const isConfirmed = () =>
  prepared<number>('select confirmed_at is not null from help where id = ?').pluck().one(waiting) === 1

/** Sends a rehearsed form to its action with a session of its own; the answer's status. */
async function sendWith(action: typeof record | typeof confirm, { accountId, campaignId, path, form }: Rehearsed) {
  const cookie = await startSession(accountId, { campaignId, userAgent: '', isProven: true })
  const request = new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: { cookie: cookie.split(';')[0] ?? '' },
    body: new URLSearchParams(form),
  })
  const answer = await action({
    request,
    params: { unitId: path.split('/')[2] },
    context: makeContext(),
  })
  return answer instanceof Response ? answer.status : answer
}

it('sends forms that are taken, and leaves nothing of them', async () => {
  const before = everything()
  const forms = formsToRehearse()
  const confirming = `/don-vi/${unitNamed('Sở Nội vụ').id}/xac-nhan/truong-hop`
  expect(new Set(forms.map(({ path }) => path))).toEqual(new Set(['/ho-tro/moi', confirming]))
  const [help, confirmation] = [forms.at(0), forms.at(-1)] as [Rehearsed, Rehearsed]
  await rehearsingWrite(async () => {
    expect(await sendWith(record, help)).toBe(302)
    expect(count('help')).toBe((before[0] ?? 0) + 1)
  })
  await rehearsingWrite(async () => {
    expect(await sendWith(confirm, confirmation)).toBe(302)
    expect(isConfirmed()).toBe(true)
  })
  expect(everything()).toEqual(before)
  expect(isConfirmed()).toBe(false)
  expect(db.$client.inTransaction).toBe(false)
})

it('does nothing while somebody else writes', async () => {
  const { default: Database } = await import('better-sqlite3')
  const other = new Database(db.$client.name)
  other.exec('begin immediate')
  let isDone = false
  await rehearsingWrite(async () => {
    isDone = true
  })
  other.exec('rollback')
  other.close()
  expect(isDone).toBe(false)
})

it('leaves nothing of a write that failed half-way', async () => {
  const before = everything()
  await expect(
    rehearsingWrite(async () => {
      confirmHelp({ kind: 'person', accountId: 1, officialId: null, grants: [], on: '2024-06-12' }, CAMPAIGN, [])
      prepared('delete from session').run()
      throw new Error('half-way')
    }),
  ).rejects.toThrow('half-way')
  expect(everything()).toEqual(before)
})
