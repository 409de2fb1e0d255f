import { afterEach, beforeEach, expect, it } from 'vitest'
import { activationLink, codeIn } from '#app/domain/activation.ts'
import { issueActivations } from '#app/queries/account.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import { renderedSite } from '#tests/rendered.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const PASSWORD = 'Tân Thành bốn phủ 12'

function slip() {
  const unit = unitNamed('UBND xã Tân Thành')
  const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
  const official = makeOfficial(unit.id)
  const code = issueActivations(coordinator, [official.officialId])[0]?.code ?? ''
  return { unit, coordinator, official, code }
}

const filled = (code: string, password = PASSWORD) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ code, password, repeated: password })) form.append(name, value)
  return form
}

it('puts the code into the fragment of the slip’s QR code, and reads it there alone', () => {
  const link = activationLink('https://4phu.example.vn/kich-hoat', 'ABCD-2345-EFGH-6789')
  const { hash, search, pathname } = new URL(link)
  expect([pathname, search]).toEqual(['/kich-hoat', ''])
  expect(codeIn(hash)).toBe('ABCD2345EFGH6789')
  expect(codeIn('#noi-dung')).toBeUndefined()
  expect(codeIn('')).toBeUndefined()
})

it('prints slips with a QR code and one button (P9)', async () => {
  const { unit, coordinator, official } = slip()
  const site = await renderedSite()
  const form = new FormData()
  form.append('chon', String(official.officialId))
  const answer = await site.open(`don-vi/${unit.id}/ma-kich-hoat`, coordinator.accountId, CAMPAIGN, form)
  const page = await answer.text()
  expect(page.match(/class="qr-code"/g)).toHaveLength(1)
  expect(page).toContain('In phiếu')
  expect(page).not.toContain('Ctrl')
}, 60_000)

it('does not lose a code whose answer was lost: the second try signs in, a stranger is told (P9)', async () => {
  const { official, code } = slip()
  const site = await renderedSite()
  const activate = (password?: string) => site.open('kich-hoat', null, CAMPAIGN, filled(code, password))
  const sessions = () =>
    prepared<number>('select count(*) from session where account_id = ?').pluck().one(official.accountId)
  const first = await activate()
  expect(first.status).toBe(302)
  expect(first.headers.get('Location')).toContain('bat-dau')
  const begun = sessions()
  // the answer did not arrive: the same form again
  const second = await activate()
  expect(second.headers.get('Location')).toContain('bat-dau')
  expect(sessions()).toBeGreaterThan(begun)
  const stranger = await activate('một mật khẩu khác hẳn')
  expect(stranger.status).toBe(400)
  expect(await stranger.text()).toContain('Mã này vừa được dùng để kích hoạt xong')
  // a day later the code tells nothing any more
  prepared('update activation_code set used_at = used_at - 90000000 where account_id = ?').run(official.accountId)
  expect(await (await activate()).text()).toContain('Mã chưa đúng, đã được dùng hoặc đã hết hạn')
}, 60_000)

it('greets a new account in three steps', async () => {
  const { official } = slip()
  const site = await renderedSite()
  const page = await (await site.open('bat-dau', official.accountId, CAMPAIGN)).text()
  for (const words of ['1. Việc của anh/chị', 'Đặt mã PIN', 'màn hình chính']) expect(page).toContain(words)
}, 60_000)
