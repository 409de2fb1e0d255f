import { readFileSync } from 'node:fs'
import type { ActionFunctionArgs } from '@remix-run/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerOf } from '#app/access/refusal.server.ts'
import { startSession } from '#app/access/session.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { disableAccount } from '#app/queries/account.server.ts'
import { issueToken } from '#app/queries/api-token.server.ts'
import { requireRights } from '#app/queries/held-rights.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { POSTING, permitPosting } from '#app/routes/_web/posting.server.ts'
import routes from '#app/routes.ts'
import { heldRights, prepared } from '#db/client.server.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const MODULES = import.meta.glob<{ action?: (args: ActionFunctionArgs) => Promise<unknown> }>(
  '/app/routes/**/*.{ts,tsx}',
)
const FILES = new Map(routes.map(route => ['path' in route ? (route.path ?? '') : '', `/app/${route.file}`]))

const context = makeContext({ isDemo: true })

const begin = async (accountId: number) =>
  (await startSession(accountId, { campaignId: CAMPAIGN, userAgent: 'x', isProven: true })).split(';')[0] ?? ''

/** Makes a body that is sent when `send` is called, and records whether reading has begun. */
function heldBody(text: string, isSentAtOnce = false) {
  let isAsked = false
  let send = () => {}
  let asked = () => {}
  const sent = new Promise<void>(resolve => (send = resolve))
  if (isSentAtOnce) send()
  const reading = new Promise<void>(resolve => (asked = resolve))
  const body = new ReadableStream(
    {
      async pull(controller) {
        isAsked = true
        asked()
        await sent
        controller.enqueue(new TextEncoder().encode(text))
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  return { body, send, reading, wasAsked: () => isAsked }
}

/** Sends a form to a route's action; its status, or that of what it threw. */
async function post(
  pattern: string,
  path: string,
  cookie: string,
  { body, type = 'application/x-www-form-urlencoded' }: { body: ReadableStream; type?: string },
  headers: Record<string, string> = {},
) {
  const { action } = (await MODULES[FILES.get(pattern) ?? '']?.()) ?? {}
  if (!action) throw new Error(`no action at ${pattern}`)
  const init = { method: 'POST', headers: { Cookie: cookie, 'Content-Type': type, ...headers }, body, duplex: 'half' }
  const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const values = new RegExp(`^/${pattern.replaceAll(/:\w+/g, '([^/]+)')}$`).exec(path)?.slice(1) ?? []
  const params = Object.fromEntries(names.map((name, n) => [name, values[n]]))
  try {
    const answer = await action({ request: new Request(`${ORIGIN}${path}`, init as RequestInit), params, context })
    return answer instanceof Response ? answer.status : ((answer as { init?: ResponseInit }).init?.status ?? 200)
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status
    if (thrown instanceof Refusal) return answerOf(thrown).status
    throw thrown
  }
}

describe('who may not send a form to a route is refused before it is read', () => {
  const narrow = Object.entries(POSTING).filter(([, needs]) => needs !== 'everyone')

  it.each(narrow.map(([pattern]) => pattern))('%s', async pattern => {
    const { accountId, officialId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    // an office's account holds no role and bears no obligation
    prepared('update account set official_id = null where id = ?').run(accountId)
    const path = `/${pattern.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'officialId' ? String(officialId) : '1'))}`
    const held = heldBody('a=1', true)
    const isOpen = ['offer.ask', 'clock.move'].some(action => POSTING[pattern]?.includes(action as never))
    if (isOpen)
      return expect(
        statusOf(() =>
          permitPosting({ kind: 'person', accountId, officialId: null, grants: [], on: '2024-06-12' }, CAMPAIGN, path),
        ),
      ).toBeNull()
    expect([403, 404]).toContain(await post(pattern, path, await begin(accountId), held))
    expect(held.wasAsked()).toBe(false)
  })

  it.each([
    ['don-vi/:unitId/nguoi-thuc-hien/nhap', 'coordinator'],
    ['don-vi/:unitId/truong-hop/nhap', 'coordinator'],
    ['don-vi/:unitId/phan-cong/nhap', 'head'],
    ['don-vi/:unitId/bao-cao/:period/ban-ky', 'coordinator'],
    ['don-vi/:unitId/cam-ket', 'head'],
    ['don-vi/:unitId/tuyen-truyen/nhap', 'coordinator'],
  ] as const)('%s of another unit, to a %s', async (pattern, role) => {
    const own = unitNamed('Sở Nội vụ')
    const person = makeOfficial(own.id)
    grantTo(person.actor, role, own.id)
    const cookie = await begin(person.accountId)
    const elsewhere = heldBody('a=1', true)
    const pathAt = (unitId: number) =>
      `/${pattern.replace(':unitId', String(unitId)).replace(':period', 'tuan-2024-06-07')}`
    expect(await post(pattern, pathAt(unitNamed('Sở Tài chính').id), cookie, elsewhere)).toBe(404)
    expect(elsewhere.wasAsked()).toBe(false)
    expect(statusOf(() => permitPosting(grantedActor(person.actor, role, own), CAMPAIGN, pathAt(own.id)))).toBeNull()
  })

  const grantedActor = (
    actor: ReturnType<typeof makeOfficial>['actor'],
    role: 'head' | 'coordinator',
    unit: { id: number; path: string },
  ) => ({
    ...actor,
    grants: [{ role, unitId: unit.id, unitPath: unit.path }],
  })

  it('the interface, to a token without its scope', async () => {
    const office = grantTo(makeOfficial(rootUnit().id).actor, 'campaign_office', rootUnit().id)
    const issued = issueToken(office, CAMPAIGN, {
      name: 'đọc',
      unitId: rootUnit().id,
      scopes: ['read'],
      days: 30,
    } as never)
    if (!issued.ok) throw new Error('no token')
    const { token } = issued
    const held = heldBody('x', true)
    const headers = { Authorization: `Bearer ${token}` }
    expect(
      await post(
        'api/v1/extracts',
        '/api/v1/extracts',
        '',
        { ...held, type: 'multipart/form-data; boundary=x' },
        headers,
      ),
    ).toBe(403)
    expect(held.wasAsked()).toBe(false)
  })
})

describe('a right that ended while the body was held back writes nothing', () => {
  function site() {
    const unit = unitNamed('Sở Nội vụ')
    const helper = makeOfficial(unit.id)
    const made = recordHelp(helper.actor, CAMPAIGN, { officialId: helper.officialId, input: helpForm(1) })
    if (!made.ok) throw new Error('not recorded')
    const coordinator = makeOfficial(unit.id)
    grantTo(coordinator.actor, 'coordinator', unit.id)
    return { unit, helper, coordinator, helpId: made.helpId }
  }

  const events = () => prepared('select count(*) from event').pluck().get()

  it.each([
    [
      'the grant ended',
      (accountId: number) => prepared("update role_grant set to_on = '2024-06-11' where account_id = ?").run(accountId),
      404,
    ],
    ['the account was barred', (accountId: number) => disableAccount(system, accountId), 302],
    [
      'the session ended',
      (accountId: number) => prepared('delete from session where account_id = ?').run(accountId),
      302,
    ],
  ] as const)('a confirmation: %s, as a fresh request is told', async (_, end, told) => {
    const { unit, coordinator, helpId } = site()
    const held = heldBody(`chon=${helpId}.1`)
    const pattern = 'don-vi/:unitId/xac-nhan/truong-hop'
    const answer = post(pattern, `/don-vi/${unit.id}/xac-nhan/truong-hop`, await begin(coordinator.accountId), held)
    await held.reading
    end(coordinator.accountId)
    const before = events()
    held.send()
    expect(await answer).toBe(told)
    expect(events()).toBe(before)
    expect(prepared('select confirmed_at from help where id = ?').pluck().get(helpId)).toBeNull()
  })

  it('a withdrawal: the account was barred', async () => {
    const { helper, helpId } = site()
    const held = heldBody('a=1')
    const answer = post('ho-tro/:helpId/rut', `/ho-tro/${helpId}/rut`, await begin(helper.accountId), held)
    await held.reading
    disableAccount(system, helper.accountId)
    held.send()
    expect([302, 403, 404]).toContain(await answer)
    expect(prepared('select withdrawn_at from help where id = ?').pluck().get(helpId)).toBeNull()
  })

  it('inside each transaction, whatever was looked up before it', async () => {
    const { unit, helper, coordinator, helpId } = site()
    const within = (cookie: string, person: ReturnType<typeof makeOfficial>['actor'], write: () => unknown) => {
      const hash = prepared('select id from session where account_id = ?').pluck().get(person.accountId) as string
      expect(cookie).toContain('__Host-phien')
      return statusOf(() => heldRights.run(() => requireRights(person, hash), write))
    }
    const cookie = await begin(helper.accountId)
    const head = {
      ...coordinator.actor,
      grants: [{ role: 'coordinator' as const, unitId: unit.id, unitPath: unit.path }],
    }
    const other = await begin(coordinator.accountId)
    prepared("update role_grant set to_on = '2024-06-11' where account_id = ?").run(coordinator.accountId)
    const record = () => recordHelp(helper.actor, CAMPAIGN, { officialId: helper.officialId, input: helpForm(2) })
    expect(within(other, head, record)).toBe(403)
    expect(within(cookie, helper.actor, record)).toBeNull()
    prepared('delete from session').run()
    const stored = () => prepared('select count(*) from help where withdrawn_at is null').pluck().get()
    const before = stored()
    expect(
      statusOf(() =>
        heldRights.run(
          () => requireRights(helper.actor, 'gone'),
          () => withdrawHelp(helper.actor, CAMPAIGN, helpId),
        ),
      ),
    ).toBe(403)
    expect(stored()).toBe(before)
  })
})

it('every route that takes a form of somebody signed in says what it needs', () => {
  expect(Object.keys(POSTING).filter(pattern => !FILES.has(pattern))).toEqual([])
  const takesForm = ([, file]: [string, string]) =>
    /export const action = (?:writes|forPhone)\(/.test(readFileSync(file.slice(1), 'utf8'))
  const posting = [...FILES].filter(takesForm).map(([pattern]) => pattern)
  expect(posting.length).toBeGreaterThan(130)
  expect(posting.filter(pattern => !(pattern in POSTING))).toEqual([])
})
