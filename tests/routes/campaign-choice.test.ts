import type { ActionFunctionArgs } from '@remix-run/node'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hashPassword } from '#app/access/password.server.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { createCampaign } from '#app/queries/campaign.server.ts'
import { action as signIn } from '#app/routes/sign-in/password.tsx'
import { prepared } from '#db/client.server.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { CAMPAIGN, done, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import { ask, ROUTES, type Route, sessionOf } from './walk.ts'

const PASSWORD = 'mật khẩu của cán bộ'
const choose = ROUTES.find(({ path }) => path === 'dot') as Route
const create = ROUTES.find(({ path }) => path === 'quan-tri/dot/moi') as Route

beforeEach(() => makeProvince())
afterEach(dropProvince)

/** A second campaign beside plan 128, or after it. */
function makeSecond(startsOn = '2024-06-01') {
  const office = grantTo(makeOfficial(unitNamed('Sở Tài chính').id).actor, 'campaign_office', 1)
  return done(
    createCampaign(office, {
      code: '250/KH-UBND',
      name: 'Đợt thứ hai',
      issuer: 'UBND tỉnh',
      issuedOn: '2024-05-01',
      parameters: { ...PLAN_128, startsOn, endsOn: '2024-08-30', finalReportOn: '2024-09-10' },
      annexOf: null,
    }),
  ).campaignId
}

async function somebody() {
  const person = makeOfficial(unitNamed('Sở Nội vụ').id)
  prepared('update account set password_hash = ? where id = ?').run(await hashPassword(PASSWORD), person.accountId)
  const login = prepared<string>('select login from account where id = ?').pluck().one(person.accountId)
  return { ...person, login }
}

/** Signs in by the page that leads on to `/ho-tro`; where the browser is sent. */
async function signInAs(login: string): Promise<string | null> {
  const request = new Request(`${ORIGIN}/dang-nhap?den=%2Fho-tro`, {
    method: 'POST',
    headers: { Cookie: 'a=b', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ login, password: PASSWORD }).toString(),
  })
  const context = makeContext()
  const answer = (await signIn({ request, params: {}, context } as ActionFunctionArgs)) as Response
  return answer.headers.get('Location')
}
const sessionCampaign = (accountId: number) =>
  prepared<number>('select campaign_id from session where account_id = ? order by created_at desc, rowid desc')
    .pluck()
    .get(accountId)

it('a new session is not asked while one campaign runs', async () => {
  makeSecond('2024-07-10')
  const { login, accountId } = await somebody()
  expect(await signInAs(login)).toBe('/ho-tro')
  expect(sessionCampaign(accountId)).toBe(CAMPAIGN)
})

it('a new session is asked where two run, and the next one begins in what was chosen', async () => {
  const second = makeSecond()
  const { login, accountId } = await somebody()
  expect(await signInAs(login)).toBe('/dot?den=%2Fho-tro')
  expect(sessionCampaign(accountId)).toBe(CAMPAIGN)
  const form = new URLSearchParams({ campaignId: String(second), way: '/ho-tro' })
  expect(await ask(choose, await sessionOf(login, CAMPAIGN), {}, form)).toEqual({ status: 302, body: '/ho-tro' })
  expect(await signInAs(login)).toBe('/dot?den=%2Fho-tro')
  expect(sessionCampaign(accountId)).toBe(second)
})

it('a link of one campaign leads on in its own session, and asks in another', async () => {
  const second = makeSecond()
  const { login } = await somebody()
  const link = { ...choose, query: '?dot=250-kh-ubnd&den=%2Fho-tro' }
  expect(await ask(link, await sessionOf(login, second), {})).toEqual({ status: 302, body: '/ho-tro' })
  const asked = await ask(link, await sessionOf(login, CAMPAIGN), {})
  expect(asked?.status).toBe(200)
  expect(asked?.body).toContain('"belongsTo":"250/KH-UBND"')
})

it('the form of a new campaign asks once about an overlap, and keeps what was typed', async () => {
  const { accountId } = grantTo(makeOfficial(1).actor, 'campaign_office', 1)
  const login = prepared<string>('select login from account where id = ?').pluck().one(accountId)
  const office = await sessionOf(login, CAMPAIGN)
  const typed = {
    code: '250/KH-UBND',
    name: 'Đợt thứ hai',
    issuer: 'UBND tỉnh',
    issuedOn: '2024-06-01',
    startsOn: '2024-07-03',
    endsOn: '2024-08-30',
    finalReportOn: '2024-09-10',
    quota: '5',
    copyOf: '1',
  }
  const refused = await ask(create, office, {}, new URLSearchParams(typed))
  expect(refused?.status).toBe(400)
  expect(refused?.body).toContain('Thời gian trùng với một đợt khác')
  expect(refused?.body).toContain('250/KH-UBND')
  const made = await ask(create, office, {}, new URLSearchParams({ ...typed, allowsOverlap: 'on' }))
  expect(made?.status).toBe(302)
  expect(prepared('select unreviewed from campaign order by id desc').pluck().get()).toBe(
    '["articles","indicators","weekly_report","readings"]',
  )
  const later = {
    ...typed,
    code: '260/KH-UBND',
    startsOn: '2024-09-01',
    endsOn: '2024-10-30',
    finalReportOn: '2024-11-10',
  }
  expect((await ask(create, office, {}, new URLSearchParams(later)))?.status).toBe(302)
})
