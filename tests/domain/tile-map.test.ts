import { describe, expect, it } from 'vitest'
import { tileCells } from '#app/domain/tile-map.ts'
import { readReference, readTileMap } from '#db/reference.server.ts'

const layout = readTileMap('db/reference')
const districts = readReference('db/reference').localities.filter(({ level }) => level === 'district')

describe('the map of tiles', () => {
  it('draws the reference province in reading order, with its empty place', () => {
    expect(tileCells(districts, layout).map(cell => cell?.name ?? null)).toEqual([
      'Lộc Ninh',
      'Bù Đốp',
      'Bù Gia Mập',
      null,
      'Bình Long',
      'Phú Riềng',
      'Phước Long',
      'Bù Đăng',
      'Hớn Quản',
      'Chơn Thành',
      'Đồng Xoài',
      'Đồng Phú',
    ])
  })

  it('is not drawn where a locality has no place, nor of nothing', () => {
    expect(tileCells([...districts, { code: '26005' }], layout)).toEqual([])
    expect(tileCells([], layout)).toEqual([])
    expect(tileCells([{ code: 'a' }], [{ code: 'a', row: 1, column: 5 }])).toEqual([])
  })
})
