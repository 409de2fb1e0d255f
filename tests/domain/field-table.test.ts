import { describe, expect, it, test } from 'vitest'
import { collectionOfTable, outreachOfTable } from '#app/domain/field-table.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { REPORT_FIGURES, type ReportFigures, reportPeriods } from '#app/domain/report.ts'
import { type LayoutColumn, layoutFields, writeByLayout } from '#app/domain/table-layout.ts'
import { readExchanged } from '#app/imports/exchange-spec.ts'
import { collectionRow, outreachRow, reportRow } from '#app/text/field-table.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { layoutLabels } from '#app/text/table-layout.ts'

const KNOWN = {
  own: { unitId: 75, localityCode: '25207' },
  units: [
    { id: 75, name: 'UBND xã Tân Thành', path: '/75/' },
    { id: 76, name: 'UBND phường Tân Phú', path: '/76/' },
    { id: 90, name: 'Trạm Y tế', path: '/75/90/' },
    { id: 91, name: 'Trạm Y tế', path: '/76/91/' },
  ],
  areas: [{ id: '25195', name: 'phường Tân Phú' }],
  channels: officeLabels.outreachChannel,
}
/** Reads a pasted table by a layout. */
const readPasted = (table: 'outreach' | 'collection_days', cells: string[][], layout: readonly LayoutColumn[]) =>
  readExchanged(table, { pasted: cells.map(line => line.join('\t')).join('\n') }, { layout })

const ROW = { day: '10/6/2024', channel: 'Họp chi bộ, tổ dân phố', place: 'Nhà văn hóa ấp 1', people: '1.040' }
const read = (changes: Record<string, string>, known = KNOWN) =>
  outreachOfTable([{ number: 4, row: { ...ROW, ...changes } }], known)

const REFUSED: readonly { label: string; changes: Record<string, string>; reason: string }[] = [
  { label: 'a unit that is not below', changes: { unit: 'UBND xã Lộc Hiệp' }, reason: 'unit_unknown' },
  { label: 'a name that two units have', changes: { unit: 'Trạm Y tế' }, reason: 'unit_unknown' },
  { label: 'no day', changes: { day: '31/6/2024' }, reason: 'day_unreadable' },
  { label: 'another channel', changes: { channel: 'Thư tay' }, reason: 'channel_unknown' },
  { label: 'another locality', changes: { locality: 'xã Không Có' }, reason: 'area_unknown' },
  { label: 'no place', changes: { place: '' }, reason: 'place_missing' },
  { label: 'no count', changes: { people: 'nhiều' }, reason: 'count_unreadable' },
]

describe('outreach out of a table', () => {
  it('is the page’s own unit and locality where the row names none', () => {
    expect(read({}).activities).toEqual([
      {
        number: 4,
        unitId: 75,
        channel: 'meeting',
        heldOn: '2024-06-10',
        localityCode: '25207',
        place: 'Nhà văn hóa ấp 1',
        people: 1040,
        note: null,
      },
    ])
  })

  it('names one of several units of a name with its parent, and a locality by code', () => {
    const changes = { unit: 'Trạm Y tế – UBND phường Tân Phú', locality: 'xã Tân Thành', locality_code: '25195' }
    expect(read(changes).activities[0]).toMatchObject({ unitId: 91, localityCode: '25195' })
  })

  it('names unit, locality and channel with marks or without', () => {
    const changes = { unit: 'ubnd phuong tan phu', locality: 'Phường Tân Phú', channel: 'tin nhan sms', note: 'Đợt 1' }
    expect(read(changes).activities[0]).toMatchObject({
      unitId: 76,
      localityCode: '25195',
      channel: 'sms',
      note: 'Đợt 1',
    })
  })

  test.each(REFUSED)('$label is told: $reason', ({ changes, reason }) => {
    const { activities, problems } = read(changes)
    expect(activities).toEqual([])
    expect(problems).toEqual([expect.objectContaining({ number: 4, reason })])
  })

  test.each(['2024-06-10', '10/6/2024', '10-06-2024', '10.6.2024', '2024-06-10T00:00:00', '10/6/2024 08:00'])(
    'a day written %s',
    day => {
      expect(read({ day }).activities[0]?.heldOn).toBe('2024-06-10')
    },
  )
})

test('collection days: a blank figure is 0, what cannot be read is told', () => {
  const points = [{ id: 12, name: 'Điểm cố định Công an xã Tân Thành' }]
  const row = { point: 'điểm cố định công an xã tân thành', day: '2024-06-10', invited: '40', received: '1.030' }
  expect(collectionOfTable([{ number: 2, row }], points)).toEqual({
    days: [{ number: 2, pointId: 12, day: '2024-06-10', invited: 40, received: 1030, sentOn: 0, approved: 0 }],
    problems: [],
  })
  expect(collectionOfTable([{ number: 2, row: { ...row, point: 'Điểm khác' } }], points).problems).toEqual([
    { number: 2, reason: 'point_unknown', cell: 'Điểm khác' },
  ])
  expect(collectionOfTable([{ number: 2, row: { ...row, approved: '-1' } }], points).problems).toEqual([
    { number: 2, reason: 'count_unreadable', cell: '-1' },
  ])
})

describe('another system’s layout', () => {
  const LAYOUT = [
    { header: 'STT', field: null, fixed: '' },
    { header: 'Số người tham dự', field: 'people', fixed: '' },
    { header: 'Thời gian', field: 'day', fixed: '' },
    { header: 'Nội dung', field: null, fixed: 'Đề án 06' },
    { header: 'Hình thức TT', field: 'channel', fixed: '' },
    { header: 'Nơi tổ chức', field: 'place', fixed: '' },
    { header: 'Cơ quan', field: 'unit', fixed: '' },
    { header: 'Xã', field: 'locality', fixed: '' },
  ]

  it('gives back the activities that were written in it', async () => {
    const line = {
      unitName: 'UBND phường Tân Phú',
      heldOn: '2024-06-01',
      channel: 'poster',
      localityCode: '25195',
      area: 'phường Tân Phú',
      place: 'Cổng chợ',
      people: 1250,
      note: '',
    } as const
    const cells = writeByLayout(LAYOUT, [outreachRow(line)])
    expect(cells[1]).toEqual([
      '',
      '1250',
      '01/6/2024',
      'Đề án 06',
      'Pano, áp phích, băng rôn',
      'Cổng chợ',
      'UBND phường Tân Phú',
      'phường Tân Phú',
    ])
    const rows = await readPasted('outreach', [['BÁO CÁO'], ...cells], LAYOUT)
    expect(outreachOfTable(rows?.rows ?? [], KNOWN)).toEqual({
      activities: [
        {
          number: 3,
          unitId: 76,
          channel: 'poster',
          heldOn: '2024-06-01',
          localityCode: '25195',
          place: 'Cổng chợ',
          people: 1250,
          note: null,
        },
      ],
      problems: [],
    })
  })

  it('of collection days gives them back too', async () => {
    const line = {
      unitName: 'UBND xã Tân Thành',
      pointName: 'Điểm 1',
      day: '2024-06-10',
      invited: 4,
      received: 3,
      sentOn: 2,
      approved: 1,
    }
    const columns = Object.entries(layoutLabels('collection_days', [])).map(([field, header]) => ({
      header,
      field,
      fixed: '',
    }))
    const rows = await readPasted('collection_days', writeByLayout(columns, [collectionRow(line)]), columns)
    expect(collectionOfTable(rows?.rows ?? [], [{ id: 12, name: 'Điểm 1' }]).days).toEqual([
      { number: 2, pointId: 12, day: '2024-06-10', invited: 4, received: 3, sentOn: 2, approved: 1 },
    ])
  })

  it('of reports has every field that is listed for it, figures only of what is signed', () => {
    const [period] = reportPeriods(PLAN_128, '128/KH-UBND')
    if (!period) throw new Error('no period')
    const figures = Object.fromEntries(REPORT_FIGURES.map((figure, n) => [figure, n])) as ReportFigures
    const line = { unitName: 'UBND xã Tân Thành', period, state: 'in_time' } as const
    expect(Object.keys(reportRow({ ...line, figures })).toSorted()).toEqual(layoutFields('reports', []).toSorted())
    expect(reportRow({ ...line, figures: null })).toEqual({
      unit: 'UBND xã Tân Thành',
      period: 'Báo cáo tuần đến 12/4/2024',
      state: 'Đúng hạn',
    })
  })
})
