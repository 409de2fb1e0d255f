import { afterEach, describe, expect, it } from 'vitest'
import { unitTitles } from '#app/queries/unit-title.server.ts'
import { prepared } from '#db/client.server.ts'
import { dropProvince, makeProvince, makeTwoLevelProvince, unitNamed } from '#tests/make.ts'

afterEach(dropProvince)

describe('a unit outside its own tree', () => {
  it('is called with those above it, up to the level below the province (B5)', () => {
    makeProvince()
    const twins = prepared<number>("select id from unit where name = 'UBND xã Tân Thành' order by id").pluck().all()
    const ids = [unitNamed('Tỉnh Bình Phước').id, unitNamed('Sở Y tế').id, ...twins]
    const titleOf = unitTitles(ids)
    expect(ids.map(titleOf)).toEqual([
      'Tỉnh Bình Phước',
      'Sở Y tế',
      'UBND xã Tân Thành, Thành phố Đồng Xoài',
      'UBND xã Tân Thành, Huyện Bù Đốp',
    ])
    expect(titleOf(999_999)).toBe('')
  })

  it('is called by its name alone where it lies below the province', () => {
    makeTwoLevelProvince()
    const commune = prepared<{ id: number; name: string }>(
      "select id, name from unit where kind = 'commune' limit 1",
    ).one()
    expect(unitTitles([commune.id])(commune.id)).toBe(commune.name)
  })
})
