import { dictionary } from '@zxcvbn-ts/language-common'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashPassword, makeCode, verifyPassword, weakness } from '#app/access/password.server.ts'
import { activate, findActivation, issueActivation } from '#app/queries/account.server.ts'
import { prepared } from '#db/client.server.ts'
import { dropProvince, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

describe('a password', () => {
  it('is stored by argon2id at 19 MiB and two passes, salted', async () => {
    const [one, other] = [await hashPassword('mưa rào tháng sáu'), await hashPassword('mưa rào tháng sáu')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(other)
  })

  it('is compared exactly as typed, in its whole length', async () => {
    const long = `Điểu K’Rứ ${'x'.repeat(150)}`
    const stored = await hashPassword(long)
    expect(await verifyPassword(stored, long)).toBe(true)
    for (const near of [long.toLowerCase(), long.slice(0, -1), `${long} `, long.slice(0, 72)])
      expect(await verifyPassword(stored, near), near).toBe(false)
  })

  it('of an account that has none, or of no account, is never right', async () => {
    expect(await verifyPassword(undefined, 'không có tài khoản này')).toBe(false)
    expect(await verifyPassword(null, '')).toBe(false)
  })

  it.each([
    ['123456789', 'too_short'],
    ['matkhau123', 'common'],
    ['MatKhau123', 'common'],
    ['aabbaabbaabb', 'common'],
    ['qwertyuiop123', 'common'],
    ['Sunshine!2024', 'common'],
    ['Mật khẩu 2024', 'common'],
    ['0987654321', 'common'],
    ['hai mùa mưa nắng', undefined],
    ['xin chào ct1001', 'own_login'],
    ['chỉ là những chữ thường', undefined],
    [`${'y'.repeat(20)}abcd`, undefined],
  ])('“%s” is %s', async (password, reason) => expect(await weakness(password, 'ct1001')).toBe(reason))

  it('is none of those that leaks hold most often, nor one of them with a year behind it', async () => {
    const unrefused = async (words: readonly string[]) => {
      const told = await Promise.all(words.map(word => weakness(word, 'ct1001')))
      return words.filter((_, n) => told[n] !== 'common')
    }
    const fitting = dictionary['passwords-common'].filter(word => word.length >= 10)
    expect(fitting.length).toBeGreaterThan(1500)
    expect(await unrefused(fitting)).toEqual([])
    const words = dictionary['passwords-common'].filter(word => /^[a-z]{6,}$/.test(word))
    expect(words.length).toBeGreaterThan(10_000)
    expect(await unrefused(words.map(word => `${word}2024!`))).toEqual([])
  })
})

describe('an activation code', () => {
  const account = () => makeOfficial(unitNamed('Sở Nội vụ').id).accountId

  it('is 16 letters of 31, drawn anew each time, and stored as a hash', () => {
    const { code } = issueActivation(system, account())
    expect(code).toMatch(/^([A-HJKMNP-Z2-9]{4}-){3}[A-HJKMNP-Z2-9]{4}$/)
    expect(makeCode()).not.toBe(makeCode())
    expect(JSON.stringify(prepared('select * from activation_code').all())).not.toContain(code)
  })

  it('sets a password once', async () => {
    const { code } = issueActivation(system, account())
    expect((await activate(system, code, 'mật khẩu thứ nhất')).ok).toBe(true)
    expect(findActivation(code)).toBeUndefined()
    expect((await activate(system, code, 'mật khẩu của kẻ xấu')).ok).toBe(false)
  })

  it('is over after two weeks', () => {
    const { code, expiresAt } = issueActivation(system, account())
    expect(Math.round((expiresAt - Date.now()) / 86_400_000)).toBe(14)
    prepared('update activation_code set expires_at = ?').run(Date.now() - 1)
    expect(findActivation(code)).toBeUndefined()
  })

  it('ends with a newer one', () => {
    const accountId = account()
    const first = issueActivation(system, accountId)
    const second = issueActivation(system, accountId)
    expect(findActivation(first.code)).toBeUndefined()
    expect(findActivation(second.code)).toMatchObject({ accountId })
  })
})
