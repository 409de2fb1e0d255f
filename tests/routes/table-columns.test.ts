import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listFields } from '#app/domain/list-input.ts'
import { addPoint } from '#app/queries/collection.server.ts'
import { action as importDays } from '#app/routes/field-work/import-collection-days.tsx'
import { action as importOutreach } from '#app/routes/field-work/import-outreach.tsx'
import { action as importFigures } from '#app/routes/indicator/import.tsx'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, done, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import { type Texts, visitor, withFile } from '#tests/visitor.ts'
import { csvOf, type Line, type MadeSheet, workbookOf } from '../fixtures/sheets.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const MEETING = 'Họp chi bộ, tổ dân phố'
const date = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day))

async function commune(name = 'UBND xã Tân Thành') {
  const unit = unitNamed(name)
  const keeper = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
  const params = { unitId: String(unit.id) }
  const desk = await visitor(keeper)
  const outreach = async (form: FormData | Texts) =>
    desk.ask(importOutreach, `/don-vi/${unit.id}/tuyen-truyen/nhap`, params, form)
  const days = async (form: FormData | Texts) =>
    desk.ask(importDays, `/don-vi/${unit.id}/diem-thu-nhan/nhap`, params, form)
  return { unit, keeper, params, desk, outreach, days }
}

type Asked = NonNullable<Awaited<ReturnType<Awaited<ReturnType<typeof commune>>['outreach']>>['asked']>

/** The form of the column page as it is shown, with `changes`. */
function answer(asked: Asked | undefined, changes: Texts = {}): Texts {
  if (!asked) throw new Error('nothing is asked')
  const columns = asked.view.heads.map(({ at, column }) => [listFields.column(at), column ?? ''] as const)
  return { ...Object.fromEntries(columns), ...asked.typed, ...asked.kept, 'da-noi-cot': 'on', ...changes }
}

const book = async (...sheets: MadeSheet[]) => withFile((await workbookOf(...sheets)) as Uint8Array<ArrayBuffer>)

describe('the page of columns of outreach', () => {
  const STRANGE = [
    ['Thời điểm', 'Cách làm', 'Chỗ làm', 'Đông'],
    [date(2024, 6, 10), MEETING, 'Nhà văn hóa', 40],
  ]

  it('asks for what the heads do not say, with samples, and shows what was chosen', async () => {
    const { outreach } = await commune()
    const lines: Line[] = [
      ['TT', 'Ngày', 'Cách làm', 'Địa điểm', 'Số người'],
      [1, date(2024, 6, 10), MEETING, 'Nhà văn hóa', 40],
    ]
    const { asked } = await outreach(await book({ lines }))
    expect(asked?.missing).toEqual(['Hình thức'])
    expect(asked?.view.heads.map(({ words, samples, column }) => [words, samples, column])).toEqual([
      ['TT', ['1'], 'ordinal'],
      ['Ngày', ['2024-06-10'], 'day'],
      ['Cách làm', [MEETING], null],
      ['Địa điểm', ['Nhà văn hóa'], 'place'],
      ['Số người', ['40'], 'people'],
    ])
    const open = await outreach(answer(asked))
    expect(open.asked?.missing).toEqual(['Hình thức'])
    const twice = await outreach(answer(asked, { [listFields.column(2)]: 'place' }))
    expect(twice.asked?.problem).toContain('Hai cột')
    expect(twice.asked?.typed[listFields.column(2)]).toBe('place')
    const { preview } = await outreach(answer(asked, { [listFields.column(2)]: 'channel' }))
    expect(preview?.rows).toMatchObject([{ number: 2, title: `${MEETING}, 10/6/2024` }])
  })

  it('takes a value for the whole list, and remembers heads for the unit alone', async () => {
    const { outreach } = await commune()
    const lines: Line[] = [
      ['Ngày', 'Chỗ', 'Số người'],
      ['10/6/2024', 'Nhà văn hóa', 40],
    ]
    const { asked } = await outreach(await book({ lines }))
    expect(asked?.missing).toEqual(['Hình thức', 'Địa điểm'])
    const said = { [listFields.column(1)]: 'place', [listFields.value('channel')]: MEETING }
    const { preview } = await outreach(answer(asked, said))
    expect(preview?.rows).toMatchObject([{ title: `${MEETING}, 10/6/2024`, detail: '40 người · Nhà văn hóa' }])
    const again = await outreach(await book({ lines }))
    expect(again.asked?.missing).toEqual(['Hình thức'])
    const other = await commune('UBND phường Tân Phú')
    expect((await other.outreach(await book({ lines }))).asked?.missing).toEqual(['Hình thức', 'Địa điểm'])
    // a preview gives rows back under our own heads
    const saved = { pasted: preview?.text ?? '', 'bang-da-doc': 'on' }
    expect((await outreach(saved)).preview?.rows).toHaveLength(1)
  })

  it('does not read what a preview gave back by what was said of a file’s heads', async () => {
    const { outreach } = await commune()
    const lines: Line[] = [
      ['Ngày', 'Địa điểm', 'Số người', 'Hình thức', 'Chỗ'],
      ['10/6/2024', 'ghi sau', 40, MEETING, 'Nhà văn hóa'],
    ]
    const { preview: first } = await outreach(await book({ lines }))
    const { asked } = await outreach({ ...first?.columns.kept })
    const said = { [listFields.column(1)]: '', [listFields.column(4)]: 'place' }
    const { preview } = await outreach(answer(asked, said))
    expect(preview?.rows).toMatchObject([{ detail: '40 người · Nhà văn hóa' }])
    const saved = await outreach({ pasted: preview?.text ?? '', 'bang-da-doc': 'on' })
    expect(saved.preview?.rows).toMatchObject([{ detail: '40 người · Nhà văn hóa' }])
  })

  it('can be looked at again from the preview', async () => {
    const { outreach } = await commune()
    const lines: Line[] = [
      ['Ngày', 'Hình thức', 'Địa điểm', 'Số người', 'Chủ trì'],
      ['10/6/2024', MEETING, 'Nhà văn hóa', 40, 'Bí thư chi bộ'],
    ]
    const { preview } = await outreach(await book({ lines }))
    expect(preview?.columns.note).toBe('Đọc được 1 dòng ở trang “Trang 1”, tiêu đề ở dòng 1. Không dùng cột “Chủ trì”.')
    const { asked } = await outreach({ ...preview?.columns.kept })
    expect(asked?.view.heads).toHaveLength(5)
    const changed = await outreach(answer(asked, { [listFields.column(4)]: 'note' }))
    expect(changed.preview?.text).toContain('Bí thư chi bộ')
    const kept = await outreach({ ...changed.preview?.columns.kept })
    expect(kept.asked?.typed[listFields.column(4)]).toBe('note')
  })

  it('asks about hidden rows, lost fonts, and which of day and month comes first', async () => {
    const { outreach } = await commune()
    const heads: Line = ['Ngày', 'Hình thức', 'Địa điểm', 'Số người']
    const turned = [date(2024, 5, 6), '25/05/2024'].map((day): Line => [day, MEETING, 'Nhà văn hóa', 40])
    const days = await outreach(await book({ lines: [heads, ...turned] }))
    expect(days.asked?.view.unclearDays).toEqual(['day'])
    const unsaid = await outreach(answer(days.asked))
    expect(unsaid.asked?.problem).toBe('Anh/chị cho biết trong cột ngày, ngày hay tháng đứng trước.')
    const { preview } = await outreach(answer(days.asked, { [listFields.dayOrder('day')]: 'month_first' }))
    expect(preview?.rows.map(({ title }) => title)).toEqual([`${MEETING}, 05/6/2024`, `${MEETING}, 25/5/2024`])

    const lines = [1, 2].map((n): Line => ['10/6/2024', MEETING, `Ấp ${n}`, 40])
    const hidden = await outreach(await book({ lines: [heads, ...lines], hidden: [3] }))
    expect(hidden.asked?.view.hidden).toBe(1)
    const left = await outreach(answer(hidden.asked, { [listFields.hidden]: 'bo' }))
    expect(left.preview?.rows.map(({ number }) => number)).toEqual([2])

    const lost = await outreach(await book({ lines: [heads, ['10/6/2024', MEETING, 'Nhµ v¨n hãa Êp §ång T©m', 40]] }))
    expect(lost.asked?.view.conversions).toEqual([{ from: 'Nhµ v¨n hãa Êp §ång T©m', to: 'Nhà văn hóa ấp Đồng Tâm' }])
    const agreed = await outreach(answer(lost.asked, { [listFields.fonts]: 'on' }))
    expect(agreed.preview?.rows).toMatchObject([{ detail: '40 người · Nhà văn hóa ấp Đồng Tâm' }])
  })

  it('reads what every list is read from: a cover, two rows of heads, merged cells, sections, totals, signatures', async () => {
    const { outreach } = await commune()
    const lines: Line[] = [
      ['ỦY BAN NHÂN DÂN XÃ TÂN THÀNH'],
      ['DANH SÁCH HOẠT ĐỘNG'],
      ['TT', 'Ngày', 'Hình thức', 'Nơi', null, 'Số người'],
      [null, null, null, 'Địa bàn', 'Địa điểm', null],
      [1, date(2024, 6, 10), MEETING, 'xã Tân Thành', 'Nhà văn hóa ấp 1', 40],
      [2, null, MEETING, 'xã Tân Thành', 'Nhà văn hóa ấp 2', '1.200'],
      ['II', 'Loa đài'],
      [3, date(2024, 6, 11), MEETING, 'xã Tân Thành', 'Nhà văn hóa ấp 3', { formula: 'A1+1' }],
      [null, 'Tổng cộng', null, null, null, 1240],
      [null, null, null, null, 'Tân Thành, ngày 12 tháng 6 năm 2024'],
    ]
    const cover: MadeSheet = { name: 'Bìa', lines: [['Báo cáo'], ['Tháng 6']] }
    const list: MadeSheet = { name: 'Số liệu', lines, merges: ['D3:E3', 'B5:B6', 'A3:A4', 'B3:B4', 'C3:C4', 'F3:F4'] }
    const { preview, asked } = await outreach(await book(cover, list))
    expect(asked).toBeUndefined()
    expect(preview?.rows.map(({ number, detail }) => [number, detail])).toEqual([
      [5, '40 người · Nhà văn hóa ấp 1'],
      [6, '1.200 người · Nhà văn hóa ấp 2'],
    ])
    expect(preview?.problems).toEqual([{ number: 8, reason: 'formula_unsaved', cell: '=…' }])
  })

  it('takes no text from a formula without a value, or with an error', async () => {
    const { outreach } = await commune()
    const lines: Line[] = [
      ['Ngày', 'Hình thức', 'Địa điểm', 'Số người'],
      ['10/6/2024', MEETING, { formula: 'A1' }, 40],
      ['10/6/2024', MEETING, { error: '#N/A' }, 40],
    ]
    expect((await outreach(await book({ lines }))).preview).toMatchObject({
      rows: [],
      problems: [{ reason: 'formula_unsaved' }, { reason: 'cell_error' }],
    })
  })

  it('names what is no table, and says where no head is found', async () => {
    const { outreach } = await commune()
    const page = withFile(new TextEncoder().encode('<html><table><tr><td>Ngày</td></tr></table></html>'), {}, 'a.xls')
    expect((await outreach(page)).message).toContain('trang web')
    const old = withFile(
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(600).fill(0)]),
      {},
      'a.xls',
    )
    expect((await outreach(old)).message).toMatch(/\.xls|hỏng/)
    expect((await outreach(await book({ lines: STRANGE }))).message).toContain('Không tìm thấy dòng tiêu đề')
  })

  it('takes nothing from a file that was changed on its way', async () => {
    const { outreach } = await commune()
    expect((await outreach({ tep: 'AAAA' })).message).toContain('quá lớn')
  })

  it('is not explained by somebody without the right', async () => {
    const { unit } = await commune()
    const member = await visitor(makeOfficial(unit.id).actor)
    const form = { pasted: 'Ngày\tx\ty', 'da-noi-cot': 'on' }
    const params = { unitId: String(unit.id) }
    await expect(member.ask(importOutreach, `/don-vi/${unit.id}/tuyen-truyen/nhap`, params, form)).rejects.toBeDefined()
    expect(prepared('select count(*) from list_heads').pluck().get()).toBe(0)
  })
})

describe('the page of columns of collection days', () => {
  it('asks for a figure where none has a column, and gives the point and the day for the whole list', async () => {
    const { unit, keeper, days } = await commune()
    const input = {
      kind: 'fixed',
      name: 'Điểm thu nhận xã',
      place: 'UBND xã',
      localityCode: '25207',
      fromOn: '2024-06-01',
      toOn: '2024-06-30',
      hours: '7 giờ – 17 giờ',
      dailyCapacity: 40,
    } as const
    done(addPoint(keeper, CAMPAIGN, { unitId: unit.id, input }))
    const lines: Line[] = [
      ['Ngày', 'Làm được', 'Ghi chú'],
      ['10/6/2024', 7, 'mưa'],
    ]
    const { asked } = await days(withFile(csvOf(lines) as Uint8Array<ArrayBuffer>, {}, 'ds.csv'))
    expect(asked?.missing).toEqual(['Điểm thu nhận', 'Đã thu nhận'])
    const said = { [listFields.column(1)]: 'received', [listFields.value('point')]: input.name }
    const { preview } = await days(answer(asked, said))
    expect(preview).toMatchObject({ problems: [], rows: [{ number: 2, title: 'Điểm thu nhận xã, 10/6/2024' }] })
  })
})

describe('the page of columns of figures', () => {
  it('asks for the place, keeps the day, and remembers heads for the district', async () => {
    const keeper = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
    const desk = await visitor(keeper)
    const send = (form: FormData | Texts) => desk.ask(importFigures, '/dia-ban/692/so-lieu/nhap', { code: '692' }, form)
    const lines: Line[] = [
      ['Nơi', 'Kích hoạt định danh điện tử', 'Máy'],
      ['xã Lộc Thạnh', '1.200', 5],
      ['xã Lộc Thành', 30, 6],
      ['Tổng cộng', 1230, 11],
    ]
    const file = () => withFile(csvOf(lines) as Uint8Array<ArrayBuffer>, { asOfOn: '2024-06-11' }, 'so-lieu.csv')
    const first = await send(file())
    const asked = first.ok ? undefined : first.asked
    expect([asked?.missing, asked?.kept.asOfOn]).toEqual([['Địa bàn'], '2024-06-11'])
    const shown = await send(answer(asked, { [listFields.column(0)]: 'locality' }))
    const typed = { '25280:eid_activated': '1200', '25294:eid_activated': '30' }
    expect(shown).toMatchObject({
      ok: true,
      day: '2024-06-11',
      problems: [],
      answer: { typed, source: 'Tệp so-lieu.csv' },
    })
    expect(await send(file())).toMatchObject({ ok: true, count: 2 })
  })
})
