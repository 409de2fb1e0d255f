import { describe, expect, it } from 'vitest'
import { questionsOf } from '#app/domain/list.ts'
import { listFields, readListChoice } from '#app/domain/list-input.ts'
import { dayFirst } from '#app/domain/written-day.ts'
import { readExchanged } from '#app/imports/exchange-spec.ts'
import { readHelpTable } from '#app/imports/help-table.ts'
import { readList } from '#app/imports/list-reading.ts'
import { readRoster } from '#app/imports/roster.ts'
import { rosterSpec } from '#app/imports/roster-spec.ts'
import { readWorklistTable } from '#app/imports/worklist-table.ts'
import { csvOf, type Line, workbookOf } from '../fixtures/sheets.ts'

const COMMUNES = [{ code: '25207', name: 'Tân Thành', type: 'xã' }]
const CONTEXT = { communes: COMMUNES, allCommunes: COMMUNES, minimumAge: 14, endsOn: '2024-07-03' }
const date = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day))

/** What a spreadsheet with American settings makes of 05/6, 04/6 and 25/5/2024: two dates turned round, and a text. */
const TURNED = [date(2024, 5, 6), date(2024, 4, 6), '25/05/2024']
/** The same of births: 12/3/1985, 05/1/1979, 25/12/1985. */
const BIRTHS = [date(1985, 12, 3), date(1979, 5, 1), '25/12/1985']

type Read = { view: Parameters<typeof questionsOf>[0]; days: (string | null | undefined)[] }
type Said = NonNullable<Parameters<typeof readList>[2]>['choice']

const HELP_HEAD = ['Mã cán bộ', 'Họ tên người dân', 'Số định danh', 'Ngày sinh', 'Xã', 'Ngày hỗ trợ', 'Nơi hỗ trợ']
const MORE = ['Kích hoạt tài khoản', 'Cách thể hiện đồng ý', 'Người dân đồng ý']
const helpLines = (helped: Line, born: Line, activated: Line): Line[] => [
  [...HELP_HEAD, ...MORE],
  ...helped.map((day, n): Line => {
    const person = ['CB1', `Thị Thử ${'ABC'[n]}n`, `07018580160${n}`, born[n], 'Tân Thành', day]
    return [...person, 'Tại nhà', activated[n], 'Bằng văn bản', 'x']
  }),
]

async function helpOf(lines: Line[], choice: Said, field: string): Promise<Read> {
  const table = await readHelpTable(await workbookOf({ lines }), { choice })
  if (!table.ok) throw new Error(table.reason)
  return { view: table.view, days: table.rows.map(({ fields }) => fields[field]) }
}

type List = { column: string; read: (choice: Said) => Promise<Read>; days: string[] }

const LISTS = {
  'days of help': {
    column: 'helpedOn',
    read: (choice: Said) => helpOf(helpLines(TURNED, [1985, 1985, 1985], ['x', 'x', 'x']), choice, 'helpedOn'),
    days: ['2024-06-05', '2024-06-04', '2024-05-25'],
  },
  'births of helped citizens': {
    column: 'birth',
    read: (choice: Said) =>
      helpOf(helpLines(['05/6/2024', '04/6/2024', '25/5/2024'], BIRTHS, ['x', 'x', 'x']), choice, 'birthOn'),
    days: ['1985-03-12', '1979-01-05', '1985-12-25'],
  },
  'days of an outcome': {
    column: 'eid_activated',
    read: (choice: Said) =>
      helpOf(
        helpLines(['05/6/2024', '04/6/2024', '25/5/2024'], [1985, 1985, 1985], TURNED),
        choice,
        'outcome_eid_activated_on',
      ),
    days: ['2024-06-05', '2024-06-04', '2024-05-25'],
  },
  'births of a worklist': {
    column: 'birth',
    read: async (choice: Said) => {
      const lines = BIRTHS.map(
        (born, n): Line => [`Thị Thử ${'ABC'[n]}n`, `0701${['85', '79', '85'][n]}80129${n}`, born, 'Ấp 1', 'kích hoạt'],
      )
      const head = ['Họ và tên', 'Số định danh', 'Ngày sinh', 'Ấp', 'Nội dung còn thiếu']
      const table = await readWorklistTable(await workbookOf({ lines: [head, ...lines] }), CONTEXT, { choice })
      if (!table.ok) throw new Error(table.reason)
      return { view: table.view, days: table.rows.map(({ birthYear }) => String(birthYear)) }
    },
    days: ['1985', '1979', '1985'],
  },
  'days of outreach': {
    column: 'day',
    read: async (choice: Said) => {
      const lines = TURNED.map((day): Line => [day, 'Họp chi bộ, tổ dân phố', 'Nhà văn hóa', 40])
      const bytes = await workbookOf({ lines: [['Ngày', 'Hình thức', 'Địa điểm', 'Số người'], ...lines] })
      const read = await readExchanged('outreach', { bytes }, { choice })
      if (!read) throw new Error('no head')
      return { view: read.view, days: read.rows.map(({ row }) => row.day) }
    },
    days: ['05/6/2024', '04/6/2024', '25/5/2024'],
  },
  'days of collection points': {
    column: 'day',
    read: async (choice: Said) => {
      const lines = ['6/5/2024 8:10:00 AM', '6/4/2024 8:10:00 AM', '5/25/2024 3:10:00 PM'].map(
        (day): Line => ['Điểm 1', day, 4],
      )
      const read = await readExchanged(
        'collection_days',
        { bytes: csvOf([['Điểm thu nhận', 'Ngày', 'Đã thu nhận'], ...lines]) },
        { choice },
      )
      if (!read) throw new Error('no head')
      return { view: read.view, days: read.rows.map(({ row }) => row.day) }
    },
    days: ['05/6/2024', '04/6/2024', '25/5/2024'],
  },
  'births of a roster': {
    column: 'birth',
    read: async (choice: Said) => {
      const lines = BIRTHS.map((born, n): Line => [`thu91${n}`, `Nguyễn Văn Thử ${'ABC'[n]}n`, born, 'Công chức'])
      const bytes = await workbookOf({ lines: [['Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Loại'], ...lines] })
      const list = await readList(bytes, rosterSpec(undefined), { choice })
      const roster = await readRoster(bytes, { dayOrders: choice?.dayOrders })
      if (!list.ok || !roster.ok) throw new Error('unread')
      return { view: list.view, days: roster.rows.map(({ birthOn }) => birthOn) }
    },
    days: ['1985-03-12', '1979-01-05', '1985-12-25'],
  },
  'births in columns for men and women': {
    column: 'female',
    read: async (choice: Said) => {
      const lines = BIRTHS.map((born, n): Line => [`thu92${n}`, `Nguyễn Thị Thử ${'ABC'[n]}n`, null, born, 'Công chức'])
      const bytes = await workbookOf({ lines: [['Mã cán bộ', 'Họ và tên', 'Nam', 'Nữ', 'Loại'], ...lines] })
      const list = await readList(bytes, rosterSpec(undefined), { choice })
      const roster = await readRoster(bytes, { dayOrders: choice?.dayOrders })
      if (!list.ok || !roster.ok) throw new Error('unread')
      return { view: list.view, days: roster.rows.map(({ birthOn }) => birthOn) }
    },
    days: ['1985-03-12', '1979-01-05', '1985-12-25'],
  },
} satisfies Record<string, List>

/** What the form of columns says where nothing is changed and the order is answered. */
function answered(view: Read['view'], column: string, order: string) {
  const fields: Record<string, string> = Object.fromEntries(
    view.heads.map(head => [listFields.column(head.at), head.column ?? '']),
  )
  fields[listFields.dayOrder(column)] = order
  const known = view.heads.flatMap(head => head.column ?? [])
  return readListChoice(name => fields[name] ?? '', view, { known, whole: [] })
}

describe('which of day and month comes first', () => {
  it.each(Object.entries(LISTS))('is asked of the column, and then read: %s', async (_, { column, read, days }) => {
    const { view } = await read(undefined)
    expect([view.unclearDays, questionsOf(view)]).toEqual([[column], ['days']])
    const { choice, areDaysOpen } = answered(view, column, 'month_first')
    expect([areDaysOpen, questionsOf(view, choice)]).toEqual([false, []])
    expect((await read(choice)).days).toEqual(days)
  })

  it('stays open where the form says nothing, and where the column is another one', async () => {
    const { view } = await LISTS['days of outreach'].read(undefined)
    const open = answered(view, 'day', '')
    expect([open.areDaysOpen, questionsOf(view, open.choice)]).toEqual([true, ['days']])
    const fields: Record<string, string> = {
      [listFields.column(3)]: 'day',
      [listFields.dayOrder('day')]: 'month_first',
    }
    const moved = readListChoice(name => fields[name] ?? '', view, { known: ['day'], whole: [] })
    expect([moved.areDaysOpen, moved.choice.dayOrders]).toEqual([false, {}])
  })

  it('day first leaves every cell as it is written', async () => {
    const { view } = await LISTS['days of outreach'].read(undefined)
    const { choice } = answered(view, 'day', 'day_first')
    const { days } = await LISTS['days of outreach'].read(choice)
    expect(days).toEqual(['06/5/2024', '06/4/2024', '25/5/2024'])
  })

  it.each([
    ['5/25/2024 3:10:00 PM', '25/5/2024 3:10:00 PM'],
    ['2024-05-06', '2024-06-05'],
    ['2024-05-25', '2024-05-25'],
    ['25/05/2024', '25/05/2024'],
    ['3-12-85', '12-3-85'],
    ['1985', '1985'],
    ['3/1985', '3/1985'],
    ['2024-06-04T18:30:00Z', '2024-06-04T18:30:00Z'],
    ['chưa', 'chưa'],
  ])('%s with the month first is %s', (written, text) => {
    expect(dayFirst(written)).toBe(text)
  })
})
