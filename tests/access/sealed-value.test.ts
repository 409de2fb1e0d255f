import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepared } from '#db/client.server.ts'
import { derivedKey, forgetKeys, matchHash, seal, unseal, unsealText, useMasterKey } from '#db/keys.server.ts'
import { CAMPAIGN, dropProvince, makeProvince } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const owner = { campaignId: CAMPAIGN }
const slot = { table: 'help', column: 'citizenName', rowId: 12 }
const NAME = 'Điểu Thị Mẫu'

describe('a sealed value', () => {
  it('opens in its own row and column alone', () => {
    const sealed = seal(owner, slot, NAME)
    expect(unsealText(slot, sealed)).toBe(NAME)
    expect(() => unseal({ ...slot, rowId: 13 }, sealed)).toThrow()
    expect(() => unseal({ ...slot, column: 'citizenNumber' }, sealed)).toThrow()
    expect(() => unseal({ ...slot, table: 'official' }, sealed)).toThrow()
  })

  it('does not open with any one byte changed', () => {
    const sealed = seal(owner, slot, NAME)
    for (let at = 1; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] as number) ^ 1
      expect(() => unseal(slot, changed), `byte ${at}`).toThrow()
    }
  })

  it('is another each time and holds nothing of the text', () => {
    const sealed = Array.from({ length: 2000 }, () => seal(owner, slot, NAME))
    expect(new Set(sealed.map(value => value.subarray(5, 17).toString('hex'))).size).toBe(2000)
    expect(sealed.some(value => value.includes(NAME))).toBe(false)
  })

  it('opens under its master key alone', () => {
    const sealed = seal(owner, slot, NAME)
    forgetKeys()
    expect(useMasterKey(randomBytes(32).toString('base64'))).toBeUndefined()
    expect(() => unseal(slot, sealed)).toThrow()
  })
})

describe('keys', () => {
  it('lie wrapped: none of them is in the database in clear', () => {
    const rows = prepared('select wrapped from wrapped_key').all() as { wrapped: Buffer }[]
    expect(rows.length).toBeGreaterThanOrEqual(4)
    for (const { wrapped } of rows) expect(wrapped.length).toBe(1 + 4 + 12 + 16 + 32)
    expect(new Set(rows.map(({ wrapped }) => wrapped.subarray(33).toString('hex'))).size).toBe(rows.length)
  })

  it('match each in its own campaign and for its own kind', () => {
    const number = '070090000001'
    const hashes = [
      matchHash(owner, 'number', number),
      matchHash(owner, 'phone', number),
      matchHash('staff', 'number', number),
    ]
    expect(new Set(hashes).size).toBe(3)
    expect(matchHash(owner, 'number', number)).toBe(hashes[0])
  })

  it('derived for one purpose are none for another', () => {
    expect(derivedKey('rate limit').equals(derivedKey('activation code'))).toBe(false)
    expect(derivedKey('rate limit')).toHaveLength(32)
  })

  it.each([
    [undefined, 'missing'],
    ['', 'missing'],
    ['bmfuZQ==', 'malformed'],
    [Buffer.alloc(16).toString('base64'), 'malformed'],
  ])('are not read by the master key %s', (value, problem) => expect(useMasterKey(value)).toBe(problem))
})
