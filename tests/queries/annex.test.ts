import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findAnnex } from '#app/queries/campaign.server.ts'
import { INDICATORS } from '#tests/indicators.ts'
import { CAMPAIGN, dropProvince, makeProvince } from '#tests/make.ts'

/** The annex of plan 128/KH-UBND as it is printed: for each indicator the total and the daily share. */
const PRINTED = `
Đồng Xoài 943 11 1583 18 27547 307 2790 31 60926 677
Phước Long 532 6 305 4 19711 220 2716 31 23920 266
Bình Long 479 6 822 10 24726 275 1922 22 23920 266
Chơn Thành 668 8 678 8 20828 232 1735 20 34237 381
Đồng Phú 695 8 1162 13 30719 342 2267 26 40006 445
Bù Đăng 1370 16 2037 23 55309 615 1182 14 43888 488
Bù Gia Mập 758 9 595 7 34026 379 2343 27 23984 267
Phú Riềng 797 9 1511 17 41624 463 1204 14 36233 403
Bù Đốp 494 6 523 6 19050 212 1424 16 18073 201
Lộc Ninh 1088 13 1509 17 44575 496 2979 34 37832 421
Hớn Quản 852 10 482 6 38933 433 1533 18 31424 350
Tổng 8676 102 11207 129 357048 3974 22095 253 374443 4165`

beforeAll(() => makeProvince())
afterAll(dropProvince)

describe('the annex', () => {
  it('comes out of the database cell by cell, row by row as it is printed', () => {
    const { rows, sums } = findAnnex(CAMPAIGN)
    const bare = (name: string) => name.replace(/^(thành phố|thị xã|huyện) /, '')
    const lines = [...rows, { name: 'Tổng', figures: sums }].map(({ name, figures }) =>
      [bare(name), ...INDICATORS.flatMap(({ code }) => [figures[code]?.total, figures[code]?.daily])].join(' '),
    )
    expect(lines).toEqual(PRINTED.trim().split('\n'))
  })

  it('is what the reference holds', () => {
    const lines = readFileSync('db/reference/plan-128-targets.csv', 'utf8').trim().split('\n').slice(1, 12)
    expect(lines.map(line => line.split(',').slice(1).join(' '))).toEqual(PRINTED.trim().split('\n').slice(0, 11))
  })
})
