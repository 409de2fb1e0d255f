import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { provinceOn } from '#app/domain/province.ts'
import { homeAffairsIssuing } from '#app/jobs/papers/issuing.server.ts'
import { addProvinceEntry, currentProvince, listProvinceEntries } from '#app/queries/province.server.ts'
import { committeeInFull, committeeOf, provinceTitle } from '#app/text/province.ts'
import { done, dropChecked, makeProvince, makeReader, statusOf } from '../make.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const DONG_NAI = {
  fromOn: '2024-06-20',
  type: 'city',
  name: 'Đồng Nai',
  place: 'Biên Hòa',
  telecomOffice: 'Sở Khoa học và Công nghệ',
  document: 'Nghị quyết số 202/2025/QH15',
} as const

describe('how the province is called', () => {
  it('is as founded until an entry begins, then as that entry says; papers go by their own day', () => {
    const office = makeReader('campaign_office')
    done(addProvinceEntry(office, DONG_NAI))
    expect(currentProvince()).toMatchObject({ name: 'Bình Phước', type: 'province', place: 'Bình Phước', code: '70' })
    expect(currentProvince('2024-06-19').telecomOffice).toBe('Sở Thông tin và Truyền thông')
    expect(currentProvince('2024-06-20')).toMatchObject({ name: 'Đồng Nai', code: '70' })
    expect(homeAffairsIssuing('2024-06-19')).toMatchObject({
      above: 'Ủy ban nhân dân tỉnh Bình Phước',
      place: 'Bình Phước',
    })
    expect(homeAffairsIssuing('2024-06-20')).toMatchObject({
      above: 'Ủy ban nhân dân thành phố Đồng Nai',
      place: 'Biên Hòa',
    })
  })

  it('never changes for days on which papers used it', () => {
    const office = makeReader('campaign_office')
    done(addProvinceEntry(office, DONG_NAI))
    for (const fromOn of ['2024-06-20', '2024-06-01'])
      expect(addProvinceEntry(office, { ...DONG_NAI, fromOn })).toEqual({
        ok: false,
        problems: [{ field: 'fromOn', reason: 'province_named_later' }],
      })
    expect(listProvinceEntries()).toHaveLength(2)
  })

  it('is the campaign office’s to say', () => {
    for (const role of ['admin', 'home_affairs', 'head'] as const)
      expect(statusOf(() => addProvinceEntry(makeReader(role), DONG_NAI))).toBe(403)
  })

  it('is written in the middle and at the head of a line', () => {
    expect(committeeOf(DONG_NAI)).toBe('UBND thành phố Đồng Nai')
    expect(committeeInFull({ type: 'province', name: 'Đồng Nai' })).toBe('Ủy ban nhân dân tỉnh Đồng Nai')
    expect(provinceTitle({ type: 'province', name: 'Đồng Nai' })).toBe('Tỉnh Đồng Nai')
  })

  it('holds from the first entry on, also for days before it', () => {
    const entries = [{ fromOn: '2025-07-01' }, { fromOn: '2000-01-01' }]
    expect(provinceOn(entries, '1999-01-01')).toEqual({ fromOn: '2000-01-01' })
    expect(provinceOn(entries, '2025-06-30')).toEqual({ fromOn: '2000-01-01' })
    expect(provinceOn(entries, '2025-07-01')).toEqual({ fromOn: '2025-07-01' })
    expect(provinceOn([], '2025-07-01')).toBeUndefined()
  })
})
