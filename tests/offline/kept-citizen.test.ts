import { describe, expect, it } from 'vitest'
import { keptAbout, placeOfKept } from '#app/offline/kept-citizen.ts'
import type { KeptRow } from '#app/offline/outbox.ts'

const NUMBER = '070090000001'
const SAVED = {
  kind: 'saved',
  helpId: 7,
  verdict: { verdictKind: 'counts', verdictReason: 'confirmed', verdictOutcome: null },
  isCodeBound: null,
  at: 1,
} as const

const row = (key: string, changes: Partial<KeptRow> = {}): KeptRow => ({
  key,
  state: 'waiting',
  campaignId: 1,
  subject: { kind: 'record' },
  entries: [['citizenNumber', NUMBER]],
  citizenName: 'Thị Mẫu',
  enteredAt: 1,
  contactAt: null,
  isDayChosen: false,
  consentVersion: '2024-04',
  code: null,
  problems: [],
  saved: null,
  ...changes,
})
const found = (rows: KeptRow[], formKey = 'new') => keptAbout(rows, { number: NUMBER, formKey })?.key

describe('the own record of a citizen on this phone', () => {
  it('is found by the number, however it was typed', () => {
    expect(found([row('a', { entries: [['citizenNumber', '070 090-000.001']] })])).toBe('a')
    expect(found([row('a', { entries: [['citizenNumber', '070090000002']] }), row('b', { entries: [] })])).toBe(
      undefined,
    )
    expect(found([row('a', { entries: [['citizenNumber', '07009000000']] })])).toBe(undefined)
  })

  it('is no other record to its own form', () => {
    expect(found([row('a')], 'a')).toBe(undefined)
    expect(found([row('a'), row('b')], 'a')).toBe('b')
  })

  it('is the one that waits, before one that was sent', () => {
    expect(found([row('a', { state: 'saved', saved: SAVED }), row('b')])).toBe('b')
    expect(found([row('a', { state: 'saved', saved: SAVED }), row('b', { state: 'saved', saved: SAVED })])).toBe('b')
  })

  it.each([
    ['a record that waits, in its form', row('a'), '/ngoai-tuyen#sua=a'],
    ['one that was refused, in its form', row('a', { state: 'refused' }), '/ngoai-tuyen#sua=a'],
    ['one of an earlier build', row('a', { subject: undefined }), '/ngoai-tuyen#sua=a'],
    ['one that may be there already, only once that is known', row('a', { state: 'unknown' }), '/ngoai-tuyen#cho-gui'],
    ['a correction, at its own page', row('a', { subject: { kind: 'correction', helpId: 7 } }), '/ngoai-tuyen#cho-gui'],
    ['a sent one, at the server', row('a', { state: 'saved', saved: SAVED }), '/ho-tro/7/sua'],
  ])('is continued: %s', (_, kept, place) => expect(placeOfKept(kept)).toBe(place))
})
