import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { prepared } from '#db/client.server.ts'
import { csvOf, type Line, type MadeSheet, workbookOf } from '#tests/fixtures/sheets.ts'
import { dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import { type Answers, type Page, plainBrowser } from '#tests/plain-browser.ts'
import { renderedSite } from '#tests/rendered.ts'

/** Tables of figures as districts keep them, sent through the pages by a browser without scripts. */

let site: Awaited<ReturnType<typeof renderedSite>>
// the first one loads every page
beforeAll(() => renderedSite(), 300_000)
beforeEach(async () => {
  makeProvince()
  site = await renderedSite()
})
afterEach(dropProvince)

const DISTRICT = '692'
const HEAD: Line = ['Địa bàn', 'Kích hoạt định danh điện tử']
const PLACES: Line[] = [
  ['Thị trấn Lộc Ninh', '1.200'],
  ['Xã Lộc Thành', '1.100'],
  ['Xã Lộc Thạnh', '1.050'],
  ['Xã Lộc Thịnh', '900'],
]

function office() {
  const { actor } = makeOfficial(unitNamed('Sở Nội vụ').id)
  const { accountId } = grantTo(actor, 'campaign_office', unitNamed('Tỉnh Bình Phước').id)
  const browser = plainBrowser(site, accountId)
  return async (sent: Answers) => {
    const page = await browser.open(`dia-ban/${DISTRICT}/so-lieu/nhap`)
    return page.send('pasted', { asOfOn: '2024-06-11', ...sent })
  }
}

const fileOf = (bytes: Uint8Array, name = 'so-lieu.xlsx') => new File([new Uint8Array(bytes)], name)
const bookOf = async (...sheets: MadeSheet[]) => ({ file: fileOf(await workbookOf(...sheets)) })

/** Saves the grid that a preview shows, and returns the figures by locality. */
async function saved(preview: Page) {
  const after = await preview.send('source', { source: 'Sổ theo dõi của huyện' })
  expect(after.status).toBe(200)
  return prepared(
    `select l.name, f.value from indicator_figure f join locality l on l.code = f.locality_code order by f.value desc`,
  ).all()
}
const wanted = PLACES.map(([place, value]) => ({
  name: String(place).replace(/^(Thị trấn|Xã) /, ''),
  value: Number(String(value).replace('.', '')),
}))

describe('a table of figures', () => {
  it.each([
    ['pasted', () => ({ pasted: [HEAD, ...PLACES].map(line => line.join('\t')).join('\n') })],
    ['as a workbook', () => bookOf({ lines: [HEAD, ...PLACES] })],
    ['as text', () => ({ file: fileOf(csvOf([HEAD, ...PLACES]), 'so-lieu.csv') })],
  ])('tells communes that differ in a mark apart, and reads 1.200 as 1200: %s', async (_, sent) => {
    const preview = await office()(await sent())
    expect(preview.text).toContain('Đọc được 4 số, chưa lưu')
    expect(preview.text).not.toContain('Dòng không lấy được')
    expect(await saved(preview)).toEqual(wanted)
    const again = await office()(await sent())
    expect(again.text).toContain('Không có gì cần nhập')
  })

  it.each([
    { answer: 'bo', count: 2, rows: wanted.slice(0, 2) },
    { answer: 'lay', count: 4, rows: wanted },
  ])('with hidden rows is asked about, with how many, before a figure is shown: $answer', async said => {
    const asked = await office()(await bookOf({ lines: [HEAD, ...PLACES], hidden: [4, 5] }))
    expect(asked.text).toContain('2 dòng đang bị ẩn trong tệp')
    const unsaid = await asked.send('dong-an')
    expect(unsaid.text).toContain('Anh/chị cho biết có lấy các dòng đang bị ẩn hay không.')
    const preview = await unsaid.send('dong-an', { 'dong-an': said.answer })
    expect(preview.text).toContain(`Đọc được ${said.count} số, chưa lưu`)
    expect(await saved(preview)).toEqual(said.rows)
  })

  it('has its heads, places and totals in a lost font, behind a cover, over two rows and merged cells', async () => {
    const lines: Line[] = [
      ['B¸o c¸o kÕt qu¶'],
      ['TT', '§Þa bµn', 'KÕt qu¶'],
      [null, null, 'KÝch ho¹t ®Þnh danh ®iÖn tö'],
      [1, 'ThÞ trÊn Léc Ninh', 1200],
      [2, 'X· Léc Thµnh', 1100],
      [3, 'X· Léc Th¹nh', 1050],
      [4, 'X· Léc ThÞnh', 900],
      [null, 'Tæng céng', 4250],
      [null, null, 'Léc Ninh, ngµy 11 th¸ng 6 n¨m 2024'],
    ]
    const cover: MadeSheet = { name: 'Bìa', lines: [['Báo cáo'], ['Tháng 6']] }
    const asked = await office()(await bookOf(cover, { name: 'SL', lines, merges: ['A2:A3', 'B2:B3'] }))
    expect(asked.text).toContain('Xã Lộc Thạnh')
    expect(asked.text).toContain('“Bìa”')
    const preview = await asked.send('phong-chu', { 'phong-chu': ['on'] })
    expect(preview.text).not.toContain('Dòng không lấy được')
    expect(await saved(preview)).toEqual(wanted)
  })

  it('tells a figure that is none, and a place that is not here, by its row', async () => {
    const lines: Line[] = [HEAD, ['Xã Lộc Thành', '1.100,5'], ['Xã Lộc Thanh', 7], ['Xã Lộc Thịnh', { formula: 'A1' }]]
    const preview = await office()(await bookOf({ lines }))
    for (const words of ['không phải số nguyên', 'không có trong các địa bàn này', 'công thức chưa có kết quả'])
      expect(preview.text).toContain(words)
  })
})
