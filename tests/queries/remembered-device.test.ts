import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashPassword } from '#app/access/password.server.ts'
import { revokeAllSessions } from '#app/access/session.server.ts'
import { changePassword } from '#app/queries/account.server.ts'
import {
  forgetDevice,
  isRemembered,
  listRemembered,
  listRememberedHere,
  openByPin,
  rememberDevice,
} from '#app/queries/remembered-device.server.ts'
import { prepared } from '#db/client.server.ts'
import { dropProvince, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

const PHONE = 'hash of a phone'
const PIN = '407283'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const person = () => makeOfficial(unitNamed('Sở Nội vụ').id)
const verbs = () =>
  (prepared("select verb from event where subject = 'remembered_device' order by id").all() as { verb: string }[]).map(
    row => row.verb,
  )

describe('a remembered device', () => {
  it('opens with its PIN, and is told of by name', async () => {
    const { actor, accountId, name } = person()
    expect(await rememberDevice(actor, PHONE, PIN)).toEqual({ ok: true })
    expect(listRememberedHere(PHONE)).toEqual([{ accountId, displayName: name }])
    expect(await openByPin(PHONE, accountId, PIN)).toEqual({ ok: true })
    expect(prepared('select pin_hash as stored from remembered_device').get()).not.toMatchObject({ stored: PIN })
  })

  it('refuses a PIN that is guessed first', async () => {
    const { actor } = person()
    expect(await rememberDevice(actor, PHONE, '123456')).toEqual({ ok: false, problem: 'pin_guessable' })
    expect(await rememberDevice(actor, PHONE, '198012')).toEqual({ ok: false, problem: 'pin_guessable' })
    expect(listRemembered(actor)).toEqual([])
  })

  it('is forgotten after five wrong tries in a row, the right PIN included', async () => {
    const { actor, accountId } = person()
    await rememberDevice(actor, PHONE, PIN)
    for (const left of [4, 3, 2, 1]) expect(await openByPin(PHONE, accountId, '000000')).toEqual({ ok: false, left })
    expect(await openByPin(PHONE, accountId, '000000')).toEqual({ ok: false, left: 0 })
    expect(await openByPin(PHONE, accountId, PIN)).toEqual({ ok: false, left: 0 })
    expect(verbs()).toEqual(['remember', 'forget'])
  })

  it('counts anew after the right one', async () => {
    const { actor, accountId } = person()
    await rememberDevice(actor, PHONE, PIN)
    for (let n = 0; n < 4; n++) await openByPin(PHONE, accountId, '000000')
    expect(await openByPin(PHONE, accountId, PIN)).toEqual({ ok: true })
    expect(await openByPin(PHONE, accountId, '000000')).toEqual({ ok: false, left: 4 })
  })

  it('gives no more than five looks to tries that come at once', async () => {
    const { actor, accountId } = person()
    await rememberDevice(actor, PHONE, PIN)
    const wrong = Array.from({ length: 8 }, () => openByPin(PHONE, accountId, '000000'))
    await Promise.all(wrong)
    expect(await openByPin(PHONE, accountId, PIN)).toEqual({ ok: false, left: 0 })
  })

  it('opens for nobody on another browser, nor for another account on this one', async () => {
    const { actor, accountId } = person()
    const other = person()
    await rememberDevice(actor, PHONE, PIN)
    expect(await openByPin('another phone', accountId, PIN)).toEqual({ ok: false, left: 0 })
    expect(await openByPin(PHONE, other.accountId, PIN)).toEqual({ ok: false, left: 0 })
    expect(isRemembered(other.actor, PHONE)).toBe(false)
  })

  it('is ended by a changed password', async () => {
    const { actor, accountId } = person()
    await rememberDevice(actor, PHONE, PIN)
    prepared('update account set password_hash = ? where id = ?').run(
      await hashPassword('mật khẩu đang dùng'),
      accountId,
    )
    expect((await changePassword(actor, 'không phải', 'mật khẩu sẽ dùng')).ok).toBe(false)
    expect(listRemembered(actor)).toHaveLength(1)
    expect((await changePassword(actor, 'mật khẩu đang dùng', 'mật khẩu sẽ dùng')).ok).toBe(true)
    expect(listRemembered(actor)).toEqual([])
  })

  it('is ended by its owner only, by a reset, and with the account', async () => {
    const { actor, accountId } = person()
    const other = person()
    await rememberDevice(actor, PHONE, PIN)
    forgetDevice(other.actor, PHONE, other.accountId)
    expect(listRemembered(actor)).toHaveLength(1)
    forgetDevice(actor, PHONE, accountId)
    expect(listRemembered(actor)).toEqual([])
    await rememberDevice(actor, PHONE, PIN)
    prepared('update account set disabled_at = 1 where id = ?').run(accountId)
    expect(await openByPin(PHONE, accountId, PIN)).toEqual({ ok: false, left: 0 })
    revokeAllSessions(accountId)
    expect(listRemembered(actor)).toEqual([])
  })
})
