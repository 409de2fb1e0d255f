import { expect, it } from 'vitest'
import { assignSigner, reportObstacle, staysOver } from '#app/domain/prepared-paper.ts'
import type { ExpectedSigner, SignatureFacts } from '#app/domain/signed-paper.ts'

const AT = Date.parse('2024-05-10T05:00:00Z')
const DAY = 86_400_000
const signer = (name: string, number: string | null): ExpectedSigner => ({
  name,
  hasNumber: number === null ? null : other => other === number,
})
const by = (name: string, ...numbers: string[]): SignatureFacts => ({
  isIntact: true,
  isWeak: false,
  chain: 'trusted',
  isForSigning: true,
  validFrom: AT - 10 * DAY,
  validTo: AT + 10 * DAY,
  at: AT,
  claimedAt: null,
  revocation: 'unknown',
  holder: { name, numbers },
})
const LIST = [signer('Lê Thị Hoa', '070085001234'), signer('Lê Thị Hoa', '070085005678'), signer('Điểu Minh', null)]
const whose = (facts: SignatureFacts) => {
  const { at, isAmbiguous, verdict } = assignSigner(facts, LIST, { endsOn: '2024-05-20' })
  return [at, isAmbiguous ? 'ambiguous' : verdict.flaws.join('+') || verdict.match]
}

it('finds whose a signature is by its number first, and by a name only one of the paper bears', () => {
  expect(whose(by('Lê Thị Hoa', 'CCCD:070085005678'))).toEqual([1, 'same'])
  expect(whose(by('Tên khác', 'CCCD:070085001234'))).toEqual([0, 'same'])
  expect(whose(by('Lê Thị Hoa'))).toEqual([null, 'ambiguous'])
  expect(whose(by('ĐIỂU MINH', 'CCCD:070085009999'))).toEqual([2, 'unsure'])
  expect(whose(by('Điểu Minh'))).toEqual([2, 'unsure'])
  expect(whose(by('Nguyễn Văn Lạ'))).toEqual([null, 'other_person'])
  expect(whose({ ...by('Nguyễn Văn Lạ'), isIntact: false })).toEqual([null, 'broken'])
})

it('keeps what one promised on the app after the list was prepared, and that alone', () => {
  expect(staysOver(AT + 1, AT)).toBe(true)
  expect(staysOver(AT, AT)).toBe(false)
  expect(staysOver(null, AT)).toBe(false)
})

it('lets a report be signed within a week, in its open period, as the next version, under one regulation', () => {
  const paper = { at: AT, version: 2, regulationId: 1 }
  const now = { at: AT + 7 * DAY, nextVersion: 2, regulationId: 1, isOpen: true }
  expect(reportObstacle(paper, now)).toBeNull()
  expect(reportObstacle(paper, { ...now, at: now.at + 1 })).toBe('too_old')
  expect(reportObstacle(paper, { ...now, regulationId: 2 })).toBe('rules_changed')
  expect(reportObstacle(paper, { ...now, nextVersion: 3 })).toBe('superseded')
  expect(reportObstacle(paper, { ...now, isOpen: false })).toBe('not_open')
})
