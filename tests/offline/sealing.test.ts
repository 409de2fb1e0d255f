import { describe, expect, it } from 'vitest'
import { lockUnderPin, seal, unseal, unwrapWithPin, unwrapWithSecret, wrapNewKey } from '#app/offline/sealing.ts'

const SECRET = Buffer.alloc(32, 1).toString('base64')
const OTHER = Buffer.alloc(32, 2).toString('base64')
const value = { name: 'Điểu Thị Mẫu', number: '070090000001' }

describe('what a phone seals', () => {
  it('opens in its own slot, under the secret of its account', async () => {
    const wrapped = await wrapNewKey(SECRET)
    const sealed = await seal(await unwrapWithSecret(SECRET, wrapped), '1:copy', value)
    expect(Buffer.from(sealed.bytes).includes('070090000001')).toBe(false)
    const key = await unwrapWithSecret(SECRET, wrapped)
    expect(await unseal(key, '1:copy', sealed)).toEqual(value)
    await expect(unseal(key, '2:copy', sealed)).rejects.toThrow()
    await expect(unwrapWithSecret(OTHER, wrapped)).rejects.toThrow()
  })

  it('is under a key that no script can export', async () => {
    const wrapped = await wrapNewKey(SECRET)
    const key = await unwrapWithSecret(SECRET, wrapped)
    const lock = await lockUnderPin(SECRET, wrapped, '407283')
    const byPin = await unwrapWithPin(lock, '407283')
    for (const one of [key, byPin]) await expect(crypto.subtle.exportKey('raw', one as CryptoKey)).rejects.toThrow()
  })

  it('opens with the right PIN, and with no other', async () => {
    const wrapped = await wrapNewKey(SECRET)
    const sealed = await seal(await unwrapWithSecret(SECRET, wrapped), '1:copy', value)
    const lock = await lockUnderPin(SECRET, wrapped, '407283')
    expect(await unwrapWithPin(lock, '407284')).toBeUndefined()
    const key = await unwrapWithPin(lock, '407283')
    expect(key && (await unseal(key, '1:copy', sealed))).toEqual(value)
  })
})
