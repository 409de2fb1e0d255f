import { describe, expect, it } from 'vitest'
import { stepOf, tileCells, tileScale } from '#app/domain/tile-map.ts'
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

describe('the scale of the map', () => {
  const DISTRICTS = [0.6911, 0.7031, 0.7102, 0.7254, 0.7316, 0.744, 0.7459, 0.751, 0.76, 0.7742, 0.791]

  it('separates districts that lie within ten points', () => {
    const scale = tileScale(DISTRICTS)
    expect(scale.map(({ from, to }) => [from, to])).toEqual([
      [0.69, 0.715],
      [0.715, 0.74],
      [0.74, 0.765],
      [0.765, 0.79],
      [0.79, 0.815],
    ])
    expect(DISTRICTS.map(share => stepOf(share, scale))).toEqual([0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 4])
  })

  it('puts a share on a bound into the step above it, and the highest into the last', () => {
    const scale = tileScale([0, 1])
    expect(scale).toHaveLength(5)
    expect([0, 0.2, 0.999, 1].map(share => stepOf(share, scale))).toEqual([0, 1, 4, 4])
  })

  it('is one step where all are alike, none without figures', () => {
    expect(tileScale([0.5, 0.5])).toEqual([{ from: 0.5, to: 0.505 }])
    expect(tileScale([])).toEqual([])
  })
})
