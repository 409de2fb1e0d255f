import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { CODE_BYTES, encodeCode, readCode, refuseCode, requestDue } from '#app/domain/citizen-code.ts'

describe('a citizen’s code', () => {
  it('is 80 bits in sixteen letters', () => {
    expect(CODE_BYTES * 8).toBe(80)
    expect(encodeCode(new Uint8Array(10))).toBe('0000-0000-0000-0000')
    expect(encodeCode(new Uint8Array(10).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ')
    expect(encodeCode(Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))).toBe('000G-40R4-0M30-E209')
  })

  it('differs with every bit', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: CODE_BYTES, maxLength: CODE_BYTES }),
        fc.integer({ min: 0, max: 79 }),
        (bytes, bit) => {
          const other = Uint8Array.from(bytes)
          other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
          return encodeCode(bytes) !== encodeCode(other)
        },
      ),
    )
  })

  const code = '000G-40R4-0M30-E209'
  test.each([
    ['as printed', code, code],
    ['without dashes, in small letters', '000g40r40m30e209', code],
    ['with spaces', ' 000G 40R4 0M30 E209 ', code],
    ['with the letter O for a nought', 'OOOG-4OR4-0M30-E209', code],
    ['with l and I for a one', 'lIlI-1111-1111-1111', '1111-1111-1111-1111'],
    ['a letter too few', '000G-40R4-0M30-E20', null],
    ['a letter that no code has', '000G-40R4-0M30-E20U', null],
    ['nothing', '', null],
  ])('%s', (_label, typed, read) => expect(readCode(typed)).toBe(read))
})

describe('a new code', () => {
  test.each([
    ['for a record that waits', { isWithdrawn: false, answer: null }, null],
    ['for a withdrawn one', { isWithdrawn: true, answer: null }, 'withdrawn'],
    ['after a yes', { isWithdrawn: false, answer: 'yes' }, 'answered'],
    ['after a no', { isWithdrawn: false, answer: 'no' }, 'answered'],
  ])('%s', (_label, record, refusal) => expect(refuseCode(record)).toBe(refusal))
})

describe('a request about one’s data', () => {
  test.each([
    ['asked on a Wednesday, acknowledged by Friday', 'correct', '2024-06-12', '2024-06-14', '2024-06-22'],
    ['asked on a Friday, acknowledged by Tuesday', 'restrict', '2024-06-14', '2024-06-18', '2024-06-29'],
    ['asked on a Saturday, acknowledged by Tuesday', 'delete', '2024-06-15', '2024-06-18', '2024-07-05'],
  ] as const)('%s', (_label, kind, askedOn, acknowledgeBy, meetBy) =>
    expect(requestDue(kind, askedOn)).toEqual({ acknowledgeBy, meetBy }),
  )
})
