import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { HashFilter } from '#app/queries/shown-filter.server.ts'

const hashOf = (n: number) => createHash('sha256').update(String(n)).digest('base64url')
const hashes = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => hashOf(from + n))

describe('a filter of hashes', () => {
  it('lets each hash pass that it was made of, and hardly another', () => {
    const filter = new HashFilter(hashes(0, 5000))
    expect(hashes(0, 5000).every(hash => filter.mayHold(hash))).toBe(true)
    expect(hashes(5000, 25_000).filter(hash => filter.mayHold(hash)).length).toBeLessThan(5)
  })
})
