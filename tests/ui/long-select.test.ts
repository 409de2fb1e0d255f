import { expect, it } from 'vitest'
import { narrow } from '#app/ui/long-select.tsx'

const AREAS = [
  {
    label: 'Thành phố Đồng Xoài',
    options: [
      { value: '1', label: 'Xã Tân Thành' },
      { value: '2', label: 'Phường Tân Phú' },
    ],
  },
  { label: 'Huyện Bù Đốp', options: [{ value: '3', label: 'Xã Tân Thành' }] },
]
const found = (text: string) => narrow(AREAS, text).flatMap(({ options }) => options.map(({ value }) => value))

it('narrows a long select by words with or without marks, in the name or its group (P25)', () => {
  expect(found('tan thanh')).toEqual(['1', '3'])
  expect(found('tân thành bù đốp')).toEqual(['3'])
  expect(found('dong xoai')).toEqual(['1', '2'])
  expect(found('không có')).toEqual([])
  expect(found('  ')).toEqual(['1', '2', '3'])
})
