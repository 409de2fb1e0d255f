import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { homeAffairsIssuing, unitIssuing } from '#app/jobs/papers/issuing.server.ts'
import { addSigner, currentSigner, endSigner, listSigners } from '#app/queries/signer.server.ts'
import { dropChecked, makeProvince, makeReader, problemOf, statusOf, unitNamed } from '../make.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const HEAD = { name: 'Nguyễn Văn Đứng', title: 'Giám đốc', capacity: 'head', fromOn: '2024-01-01', toOn: null } as const
const DEPUTY = {
  name: 'Trần Thị Phó',
  title: 'Phó Giám đốc',
  capacity: 'deputy',
  fromOn: '2024-06-03',
  toOn: '2024-06-07',
} as const

describe('who signs papers of a unit', () => {
  it('is the one who began last; after a deputy’s days the head again', () => {
    const office = makeReader('campaign_office')
    const { id } = unitNamed('Sở Nội vụ')
    expect(homeAffairsIssuing('2024-06-01')).toMatchObject({
      signing: { form: 'head', title: 'Giám đốc' },
      signer: null,
    })
    addSigner(office, id, HEAD)
    addSigner(office, id, DEPUTY)
    const signed = (day: string) => {
      const { signing, signer } = homeAffairsIssuing(day)
      return [signing.form, signer]
    }
    expect(['2023-12-31', '2024-06-02', '2024-06-03', '2024-06-07', '2024-06-08'].map(signed)).toEqual([
      ['head', null],
      ['head', HEAD.name],
      ['deputy', DEPUTY.name],
      ['deputy', DEPUTY.name],
      ['head', HEAD.name],
    ])
    expect(homeAffairsIssuing('2024-06-05').signing).toEqual({
      form: 'deputy',
      headTitle: 'Giám đốc',
      title: 'Phó Giám đốc',
    })
  })

  it('signs for the committee where the unit is one', () => {
    const { id } = unitNamed('UBND xã Tân Thành')
    addSigner(makeReader('campaign_office'), id, { ...HEAD, title: 'Chủ tịch UBND xã' })
    expect(unitIssuing(id, '2024-06-05')).toMatchObject({
      signing: { form: 'on_behalf', body: 'Ủy ban nhân dân', title: 'Chủ tịch' },
      signer: HEAD.name,
    })
    addSigner(makeReader('campaign_office'), id, { ...DEPUTY, title: 'Phó Chủ tịch UBND xã' })
    expect(unitIssuing(id, '2024-06-05').signing).toEqual({
      form: 'deputy',
      body: 'Ủy ban nhân dân',
      headTitle: 'Chủ tịch',
      title: 'Phó Chủ tịch',
    })
  })

  it('signs papers dated at the unit’s own place, which names a ward by its number in full', () => {
    const placeOf = (name: string) => unitIssuing(unitNamed(name).id, '2024-06-05').place
    expect(['Tỉnh Bình Phước', 'Sở Nội vụ', 'Thành phố Đồng Xoài', 'UBND phường Tân Đồng'].map(placeOf)).toEqual([
      'Bình Phước',
      'Bình Phước',
      'Đồng Xoài',
      'Tân Đồng',
    ])
  })

  it('is entered and ended by the campaign office, for one unit, and never edited', () => {
    const office = makeReader('campaign_office')
    const [one, other] = [unitNamed('Sở Nội vụ').id, unitNamed('Sở Y tế').id]
    for (const role of ['admin', 'home_affairs', 'head'] as const)
      expect(statusOf(() => addSigner(makeReader(role), one, HEAD))).toBe(403)
    const signerId = addSigner(office, one, HEAD)
    expect(statusOf(() => endSigner(office, other, { signerId, toOn: '2024-06-30' }))).toBe(404)
    expect(problemOf(endSigner(office, one, { signerId, toOn: '2023-12-31' }))).toBe('ends_before_start')
    expect(problemOf(endSigner(office, one, { signerId, toOn: '2024-06-30' }))).toBeNull()
    expect(problemOf(endSigner(office, one, { signerId, toOn: '2024-07-30' }))).toBe('signer_ended_already')
    expect(currentSigner(one, '2024-06-30')?.name).toBe(HEAD.name)
    expect(currentSigner(one, '2024-07-01')).toBeNull()
    expect(listSigners(office, one).signers).toHaveLength(1)
    expect(listSigners(office, other).signers).toHaveLength(0)
  })
})
