import type { ActionFunctionArgs } from '@remix-run/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deviceOf } from '#app/access/device.server.ts'
import { hashPassword } from '#app/access/password.server.ts'
import { startSession } from '#app/access/session.server.ts'
import { readCode } from '#app/domain/citizen-code.ts'
import { readFactorCode } from '#app/domain/second-factor.ts'
import { issueActivation } from '#app/queries/account.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { findOfficial } from '#app/queries/official.server.ts'
import { rememberDevice } from '#app/queries/remembered-device.server.ts'
import { action as recordHelp } from '#app/routes/help/new.tsx'
import { action as editOfficial } from '#app/routes/official/edit.tsx'
import { action as activate } from '#app/routes/sign-in/activate.tsx'
import { action as signInByPassword } from '#app/routes/sign-in/password.tsx'
import { action as signInByPin } from '#app/routes/sign-in/pin.ts'
import { prepared } from '#db/client.server.ts'
import { matchHash, seal } from '#db/keys.server.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const DEVICE = '__Host-may=aaaaaaaaaaaaaaaaaaaaaa'
const PASSWORD = 'mật khẩu của cán bộ'
const PIN = '407283'
const context = makeContext()

type Action = (args: ActionFunctionArgs) => unknown
type Fields = Record<string, string>

/** Sends a form as a browser does; returns where its answer leads, or what it refuses. */
async function send(
  action: Action,
  form: Fields,
  { cookie = DEVICE, path = '/dang-nhap', params = {} as Fields } = {},
) {
  const headers = { Cookie: cookie, Origin: ORIGIN }
  const request = new Request(`${ORIGIN}${path}`, { method: 'POST', headers, body: new URLSearchParams(form) })
  const answer = await action({ request, params, context } as ActionFunctionArgs)
  return answer instanceof Response ? answer.headers.get('Location') : JSON.stringify(answer)
}
const cookieOf = async (accountId: number) =>
  (await startSession(accountId, { campaignId: CAMPAIGN, userAgent: 'x', isProven: true })).split(';')[0] ?? ''

/** Marks that are not seen, as they come along with what is pasted; and what separates groups of digits. */
const UNSEEN: readonly (readonly [name: string, mark: (text: string) => string])[] = [
  ['a space of no width', text => `${text.slice(0, 2)}\u200b${text.slice(2)}`],
  ['marks of direction around it', text => `\u202a${text}\u202c`],
  ['a soft hyphen', text => `${text.slice(0, 3)}\u00ad${text.slice(3)}`],
  ['no-break spaces at its ends', text => `\u00a0${text}\u00a0`],
  ['the mark of a file’s beginning', text => `\ufeff${text}`],
]
const BETWEEN: readonly (readonly [name: string, mark: (text: string) => string])[] = [
  ...UNSEEN,
  ['dots', text => text.replace(/(\d{3})(?=\d)/g, '$1.')],
  ['no-break spaces', text => text.replace(/(\d{3})(?=\d)/g, '$1\u00a0')],
  ['no-break hyphens', text => text.replace(/(\d{3})(?=\d)/g, '$1\u2011')],
]

async function somebody() {
  const official = makeOfficial(unitNamed('Sở Nội vụ').id)
  const phone = '0912345678'
  const slot = { table: 'official', column: 'phone', rowId: official.officialId }
  prepared('update official set phone_cipher = ?, phone_hash = ? where id = ?').run(
    seal('staff', slot, phone),
    matchHash('staff', 'phone', phone),
    official.officialId,
  )
  const { login } = prepared<{ login: string }>('select login from account where id = ?').one(official.accountId)
  prepared('update account set password_hash = ? where id = ?').run(await hashPassword(PASSWORD), official.accountId)
  return { ...official, login, phone }
}

describe('marks that are not seen', () => {
  it('are passed over in a login', async () => {
    const { login, phone } = await somebody()
    for (const [name, mark] of UNSEEN)
      expect([name, await send(signInByPassword, { login: mark(login), password: PASSWORD })]).toEqual([name, '/'])
    for (const [name, mark] of BETWEEN)
      expect([name, await send(signInByPassword, { login: mark(phone), password: PASSWORD })]).toEqual([name, '/'])
  })

  it('are passed over in a PIN', async () => {
    const { actor, accountId } = await somebody()
    const device = deviceOf(new Request(ORIGIN, { headers: { Cookie: DEVICE } })).hash
    expect(await rememberDevice(actor, device, PIN)).toEqual({ ok: true })
    for (const [name, mark] of BETWEEN)
      expect([name, await send(signInByPin, { accountId: String(accountId), pin: mark(PIN) })]).toEqual([name, '/'])
  })

  it.each(UNSEEN)('are passed over in an activation code: %s', async (_, mark) => {
    const fresh = makeOfficial(unitNamed('Sở Nội vụ').id)
    const password = 'một mật khẩu khác hẳn'
    const code = mark(issueActivation(system, fresh.accountId).code)
    expect(await send(activate, { code, password, repeated: password })).toBe('/bat-dau')
  })

  it.each(BETWEEN)('are passed over in the codes of a second step and of a citizen: %s', (_, mark) => {
    expect(readFactorCode(mark('407283'))).toEqual({ kind: 'totp', code: '407283' })
    expect(readCode(mark('0123456789ABCDEF'))).toBe('0123-4567-89AB-CDEF')
  })

  it.each(BETWEEN)('are passed over in every field of a record: %s', async (_, mark) => {
    const { actor, accountId } = await somebody()
    const unseen = UNSEEN.some(([, known]) => known === mark) ? mark : (text: string) => `${text}\u200b`
    const form = {
      submissionKey: crypto.randomUUID(),
      citizenName: unseen('Điểu Thị Mẫu'),
      citizenNumber: mark('070185801291'),
      birthOn: unseen('1985-03-12'),
      phone: mark('0987654321'),
      localityCode: '25195',
      hamlet: unseen('Ấp 3'),
      helpedOn: '2024-06-05',
      place: 'home',
      outcome_vneid_installed: 'achieved',
      outcome_vneid_installed_on: '2024-06-05',
      outcome_eid_activated: 'achieved',
      outcome_eid_activated_on: '2024-06-05',
      outcome_sim_signature: 'not_yet',
      consentChannel: 'own_phone',
      consent: 'on',
      note: unseen('Gặp tại nhà'),
    }
    const to = await send(recordHelp, form, { cookie: await cookieOf(accountId), path: '/ho-tro/moi' })
    expect(to).toMatch(/^\/ho-tro\/\d+\?/)
    expect(findHelp(actor, CAMPAIGN, Number(/\d+/.exec(to ?? '')?.[0]))).toMatchObject({
      citizenName: 'Điểu Thị Mẫu',
      nameTyped: null,
      numberTail: '291',
      citizenBirthOn: '1985-03-12',
      phone: '0987654321',
      hamlet: 'Ấp 3',
      note: 'Gặp tại nhà',
    })
  })

  it.each(BETWEEN)('are passed over in a correction: %s', async (_, mark) => {
    const { actor, accountId } = await somebody()
    const unit = unitNamed('Sở Nội vụ')
    const coordinator = grantTo(actor, 'coordinator', unit.id)
    const { officialId } = makeOfficial(unit.id, { number: '070185804511', sex: 'female' })
    const form = {
      name: 'Lê Thị\u200b Én',
      birthYear: '\u00a01985\u200b',
      phone: mark('0977000111'),
      reason: '\u00adThẻ',
    }
    const to = await send(editOfficial, form, {
      cookie: await cookieOf(accountId),
      path: `/can-bo/${officialId}/sua`,
      params: { officialId: String(officialId) },
    })
    expect(to).toMatch(/^\/can-bo\/\d+\?/)
    expect(findOfficial(coordinator, officialId, '2024-07-03')).toMatchObject({
      name: 'Lê Thị Én',
      birthYear: 1985,
      phoneTail: '111',
    })
  })
})
