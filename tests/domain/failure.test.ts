import { describe, expect, it } from 'vitest'
import { describeFailure } from '#app/domain/failure.ts'

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (thrown) {
    return thrown
  }
  throw new Error('nothing was thrown')
}

describe('what a log says of a failure', () => {
  it.each<[string, unknown, string]>([
    ['a parser’s quotation', thrownBy(() => JSON.parse('Điểu Thị Mẫu')), 'Điểu'],
    ['a number', new Error('no citizen 070090000001'), '070090000001'],
    ['a number typed with spaces', new Error('0912 345 678 is taken'), '345'],
    ['an address of mail', new Error('550 thu@example.org unknown'), 'thu@example.org'],
    ['a quoted word of a search', new Error('fts5: syntax error near "Nguyễn'), 'Nguyễn'],
    ['a thrown text', 'Nguyễn Văn Thử', 'Nguyễn'],
  ])('leaves out %s', (_, thrown, value) => {
    expect(JSON.stringify(describeFailure(thrown))).not.toContain(value)
  })

  it('keeps what names the fault and where it lies', () => {
    const failure = describeFailure(thrownBy(() => (undefined as unknown as { verdict: number }).verdict))
    expect(failure.error).toBe('TypeError')
    expect(failure.message).toBe("Cannot read properties of undefined (reading 'verdict')")
    expect(failure.at[0]).toContain('failure.test.ts')
  })
})
