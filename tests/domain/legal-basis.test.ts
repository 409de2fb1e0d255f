import { describe, expect, it } from 'vitest'
import { basesOn, formOn, type LegalBasis } from '#app/domain/legal-basis.ts'
import { legalBasisInput } from '#app/domain/legal-basis-input.ts'

const BASES: LegalBasis[] = [
  { subject: 'commendation', citation: 'Quyết định 15', place: 30, fromOn: '2024-07-10', toOn: null, forms: {} },
  {
    subject: 'commendation',
    citation: 'Luật',
    place: 10,
    fromOn: '2024-01-01',
    toOn: null,
    forms: { petition: 'Mẫu A' },
  },
  {
    subject: 'commendation',
    citation: 'Nghị định 98',
    place: 20,
    fromOn: '2024-01-01',
    toOn: '2025-06-30',
    forms: { petition: 'Mẫu B' },
  },
  { subject: 'commendation', citation: 'Nghị định 152', place: 20, fromOn: '2025-07-01', toOn: null, forms: {} },
]

describe('the bases that a document cites', () => {
  it.each([
    ['before the law', '2023-12-31', []],
    ['in the campaign', '2024-07-09', ['Luật', 'Nghị định 98']],
    ['from the day of the province’s own rule', '2024-07-10', ['Luật', 'Nghị định 98', 'Quyết định 15']],
    ['on the last day of a decree', '2025-06-30', ['Luật', 'Nghị định 98', 'Quyết định 15']],
    ['on the first day of the next', '2025-07-01', ['Luật', 'Nghị định 152', 'Quyết định 15']],
  ])('%s', (_, day, citations) => {
    expect(basesOn(BASES, day).map(({ citation }) => citation)).toEqual(citations)
  })

  it('name the form of the last basis in force that prescribes one', () => {
    expect(formOn(BASES, '2024-08-01', 'petition')).toBe('Mẫu B')
    expect(formOn(BASES, '2025-08-01', 'petition')).toBe('Mẫu A')
    expect(formOn(BASES, '2024-08-01', 'council_minutes')).toBeNull()
  })

  it('do not end before they begin', () => {
    const typed = { subject: 'commendation', citation: 'Căn cứ', place: '10', fromOn: '2024-07-10', toOn: '2024-07-09' }
    expect(legalBasisInput.safeParse(typed).error?.issues.map(({ message }) => message)).toEqual(['ends_before_start'])
    expect(legalBasisInput.safeParse({ ...typed, toOn: '' }).success).toBe(true)
  })
})
