import { describe, expect, it } from 'vitest'
import { columnFields, readColumnRows } from '#app/domain/table-layout-input.ts'

const FIELDS = ['locality', 'phone_4g']
const read = (rows: Partial<Record<'place' | 'header' | 'field' | 'fixed', string>>[]) => {
  const typed = new Map(
    rows.flatMap((row, n) => {
      const names = columnFields(n)
      return (['place', 'header', 'field', 'fixed'] as const).map(key => [names[key], row[key] ?? ''] as const)
    }),
  )
  return readColumnRows(FIELDS, name => typed.get(name) ?? '')
}

describe('the columns of a layout’s form', () => {
  it.each([
    ['stand as they were', [{ header: 'Xã', field: 'locality' }, { header: 'Máy' }], ['Xã', 'Máy']],
    [
      'go by their places',
      [
        { header: 'A', place: '2' },
        { header: 'B', place: '1' },
      ],
      ['B', 'A'],
    ],
    [
      'of one place keep their order',
      [
        { header: 'A', place: '1' },
        { header: 'B', place: '1' },
      ],
      ['A', 'B'],
    ],
    ['without a place stand where the form has them', [{ header: 'A', place: 'x' }, { header: 'B' }], ['A', 'B']],
    ['that were emptied are gone', [{ header: ' ' }, { header: 'B' }], ['B']],
  ])('%s', (_, rows, heads) => expect(read(rows).map(({ header }) => header)).toEqual(heads))

  it('hold a field of ours, or a text of their own, never both', () => {
    expect(
      read([
        { header: 'A', field: 'locality', fixed: 'x' },
        { header: 'B', field: 'gone', fixed: ' y  z ' },
      ]),
    ).toEqual([
      { header: 'A', field: 'locality', fixed: '' },
      { header: 'B', field: null, fixed: 'y z' },
    ])
  })
})
