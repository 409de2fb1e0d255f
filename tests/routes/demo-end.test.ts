import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { DISCLOSURE } from '#app/domain/disclosure/rules.ts'
import { loadDemo } from '#app/jobs/demo/province.ts'
import { personOf } from '#app/queries/account.server.ts'
import { listClosings, startClosing } from '#app/queries/closing.server.ts'
import { publishDay } from '#app/queries/publication.server.ts'
import app from '#app/routes.ts'
import { prepared } from '#db/client.server.ts'
import { closeForGood, computeJob } from '#tests/closing.ts'
import { differing, type Figures, figurePlaces, named, type Places, UNITS, type Unit } from '#tests/figure-places.ts'
import { CAMPAIGN, done, dropProvince, makeProvince, system, unitNamed } from '#tests/make.ts'
import { renderedSite } from '#tests/rendered.ts'

/** The demo's end: its thirty figures at every place, and every workbook that it hands out, before and after the close. */
let who: Record<'office' | 'home' | 'admin', Person>
let site: Awaited<ReturnType<typeof renderedSite>>
/** The version that says how each person was assessed: a rehearsal before the close, the frozen one after it. */
const versionOf = () => listClosings(CAMPAIGN).find(({ frozenAt }) => frozenAt !== null)?.version ?? 0

const accountOf = (login: string) => prepared<number>('select id from account where login = ?').pluck().one(login)
function personCalled(login: string): Person {
  const person = personOf(accountOf(login), '2024-06-12')
  if (!person) throw new Error(`no ${login}`)
  return person
}

beforeAll(async () => {
  makeProvince()
  await loadDemo(() => undefined)
  who = { office: personCalled('congan'), home: personCalled('noivu'), admin: personCalled('quantri') }
  site = await renderedSite()
  await computeJob(done(startClosing(who.office, CAMPAIGN, { reason: 'rehearsal', note: '' })).jobId)
}, 300_000)
afterAll(dropProvince)

/** The sums of the people of a unit and those below it, as SQL has them. */
function sumsOf(unit: Unit) {
  const { path } = unitNamed(UNITS[unit])
  return prepared<Record<'reported' | 'counted' | 'verified' | 'officials' | 'targets', number>>(
    `select sum(s.reported) as reported, sum(s.counted) as counted, sum(s.verified) as verified,
            count(*) as officials, coalesce(sum(s.target), 0) as targets
       from standing s join unit u on u.id = s.unit_id where s.campaign_id = 1 and u.path like ? || '%'`,
  ).one(path)
}

/** How many people of a unit were assessed in each way in a version, as SQL has them. */
function resultsOf(unit: Unit, version: number) {
  const { path } = unitNamed(UNITS[unit])
  return prepared<Record<'eligible' | 'completed', number>>(
    `select coalesce(sum(a.result = 'eligible'), 0) as eligible, coalesce(sum(a.result = 'completed'), 0) as completed
       from official_assessment a join unit u on u.id = a.unit_id
      where a.from_version <= @version and (a.to_version is null or a.to_version > @version) and u.path like @path || '%'`,
  ).one({ version, path })
}

const right = (version: number): Figures => ({
  ...named(
    Object.fromEntries(
      (Object.keys(UNITS) as Unit[]).map(unit => [unit, { ...sumsOf(unit), ...resultsOf(unit, version) }]),
    ) as never,
  ),
  awaiting: prepared<number>("select count(*) from help where verdict_reason = 'awaiting_confirmation'").pluck().one(),
  reached: prepared<number>('select count(*) from standing where target is not null and counted >= target')
    .pluck()
    .one(),
})

/** Places whose records go by where they were made (domain 3), not by where their people are at the cut-off. */
const BY_DAY = ['tong-hop', 'don-vi/:unitId/ket-qua.xlsx', 'don-vi/:unitId/ket-qua.docx', 'api/v1/tallies/units']

/** The right figures of places where records go by where they were made. */
function byDay(right: Figures): Figures {
  const sums = (unit: Unit) =>
    prepared<Record<'reported' | 'counted' | 'verified', number>>(
      "select reported, counted, verified from help_total where campaign_id = 1 and dimension = 'unit' and key = ?",
    ).one(String(unitNamed(UNITS[unit]).id))
  return {
    ...right,
    ...named(Object.fromEntries((Object.keys(UNITS) as Unit[]).map(unit => [unit, sums(unit)])) as never),
  }
}

/** What places say that differs from the right values, each by its own rule of where a record belongs. */
async function differingBoth(places: Places, now: Figures, alsoByDay: readonly string[] = []): Promise<string[]> {
  const isByDay = (place: string) => BY_DAY.includes(place) || alsoByDay.includes(place)
  const part = (wanted: boolean) =>
    Object.fromEntries(Object.entries(places).filter(([place]) => isByDay(place) === wanted))
  return [...(await differing(part(false), now)), ...(await differing(part(true), byDay(now)))]
}

/** What the public page says of the whole province that is not the true figure, rounded. */
async function publishedWrong(true_: Figures): Promise<string[]> {
  const answer = await site.open('cong-khai.json', null, CAMPAIGN)
  const { province } = (await answer.json()) as { province: Record<string, number | null> | null }
  return (['reported', 'counted', 'verified'] as const).flatMap(metric => {
    const [shown, value] = [province?.[metric] ?? null, true_[`province.${metric}`] ?? Number.NaN]
    return shown !== null && Math.abs(shown - value) < DISCLOSURE.step ? [] : [`${metric} ${shown}, not ${value}`]
  })
}

/** One workbook: its address with ids filled in, who takes it, and what its lines above the table must say. */
type Book = {
  at: () => string
  as?: string
  /** of no campaign, or of a blank table */
  isBlank?: true
  /** is read back by the application: its cells are text, so that no program changes them */
  isExchanged?: true
  says?: { before: RegExp; after: RegExp }
  /** names units that stand below one unit, or where nothing of one name can be confused */
  isOfOneUnit?: true
}

const idOf = (name: string) => unitNamed(name).id
const one = (text: string) => prepared<number>(text).pluck().one()
const COMMUNE = () => idOf('UBND xã Tân Thành')
const VERSION = { before: /BẢN XEM TRƯỚC/, after: /BẢN CHỐT|BẢN SỐ|PHIÊN BẢN/ }
const blank = (path: string): Book => ({ at: () => path, isBlank: true, isExchanged: true })

const BOOKS: Record<string, Book> = {
  'danh-gia/tap-the.xlsx': { at: () => 'danh-gia/tap-the.xlsx', says: VERSION },
  'danh-gia.xlsx': { at: () => 'danh-gia.xlsx?ket-qua=all', says: VERSION },
  'tong-hop.xlsx': { at: () => 'tong-hop.xlsx', says: { before: /hiện tại/, after: /bản/i } },
  'dia-ban/:code.xlsx': { at: () => 'dia-ban/70.xlsx', says: { before: /hiện tại/, after: /hiện tại/ } },
  'dia-ban/:code/so-lieu.xlsx': { at: () => 'dia-ban/70/so-lieu.xlsx', isExchanged: true },
  'don-vi/:unitId/bao-cao.xlsx': { at: () => `don-vi/${idOf('Thành phố Đồng Xoài')}/bao-cao.xlsx` },
  'don-vi/:unitId/bao-cao/:period.xlsx': {
    at: () => {
      const { unitId, endsOn } = prepared<{ unitId: number; endsOn: string }>(
        "select unit_id as unitId, ends_on as endsOn from report where kind = 'weekly' and figures is not null limit 1",
      ).one()
      return `don-vi/${unitId}/bao-cao/tuan-${endsOn}.xlsx`
    },
    isOfOneUnit: true,
  },
  'don-vi/:unitId/ket-qua.xlsx': { at: () => 'don-vi/1/ket-qua.xlsx', says: { before: /hiện tại/, after: /hiện tại/ } },
  'don-vi/:unitId/diem-thu-nhan.xlsx': { at: () => `don-vi/1/diem-thu-nhan.xlsx`, isExchanged: true },
  'don-vi/:unitId/tuyen-truyen.xlsx': { at: () => `don-vi/1/tuyen-truyen.xlsx`, isExchanged: true },
  'don-vi/:unitId/nguoi-thuc-hien.xlsx': {
    at: () => `don-vi/${COMMUNE()}/nguoi-thuc-hien.xlsx`,
    as: 'thutruong',
    isExchanged: true,
    isBlank: true,
  },
  'don-vi/:unitId/phan-cong.xlsx': {
    at: () => `don-vi/${COMMUNE()}/phan-cong.xlsx`,
    as: 'thutruong',
    isOfOneUnit: true,
  },
  'don-vi/:unitId/truong-hop.xlsx': {
    at: () => `don-vi/${COMMUNE()}/truong-hop.xlsx`,
    as: 'thutruong',
    isExchanged: true,
  },
  'ho-tro.xlsx': { at: () => 'ho-tro.xlsx', as: 'canbo', isExchanged: true },
  'don-vi/:unitId/to/:teamId/cham-cong.xlsx': {
    at: () =>
      `don-vi/${COMMUNE()}/to/${one(`select id from team where unit_id = ${COMMUNE()} limit 1`)}/cham-cong.xlsx`,
    as: 'thutruong',
    isOfOneUnit: true,
  },
  'don-vi/:unitId/to/:teamId/cham-cong/:exportId.xlsx': {
    at: () => {
      const { id, teamId } = prepared<{ id: number; teamId: number }>(
        'select id, team_id as teamId from timesheet_export order by id desc limit 1',
      ).one()
      return `don-vi/${COMMUNE()}/to/${teamId}/cham-cong/${id}.xlsx`
    },
    as: 'thutruong',
    isOfOneUnit: true,
  },
  'mau-danh-sach-nguoi-dan.xlsx': blank('mau-danh-sach-nguoi-dan.xlsx'),
  'mau-danh-sach.xlsx': blank('mau-danh-sach.xlsx'),
  'mau-truong-hop.xlsx': blank('mau-truong-hop.xlsx'),
  'mau-diem-thu-nhan.xlsx': blank('mau-diem-thu-nhan.xlsx'),
  'mau-so-lieu.xlsx': blank('mau-so-lieu.xlsx'),
  'mau-so-lieu-cong-an.xlsx': blank('mau-so-lieu-cong-an.xlsx'),
  'mau-so-lieu-nha-mang.xlsx': blank('mau-so-lieu-nha-mang.xlsx'),
  'mau-tuyen-truyen.xlsx': blank('mau-tuyen-truyen.xlsx'),
  'quan-tri/danh-sach/:list.xlsx': blank('quan-tri/danh-sach/don-vi.xlsx'),
  'quan-tri/danh-sach/:list/mau.xlsx': blank('quan-tri/danh-sach/don-vi/mau.xlsx'),
}

/** Workbooks that need a list just imported; they have the columns of the blank tables above. */
const OF_A_BATCH = [
  'don-vi/:unitId/phan-cong/nhap/:batchId/can-sua.xlsx',
  'don-vi/:unitId/truong-hop/nhap/:helpBatchId/can-sua.xlsx',
]

/** Heads of columns whose numbers are names: never counted, and kept as they are written. */
const NAMES =
  /^Mã|[Ss]ố điện thoại|[Ss]ố định danh|[Ss]ố quyết định|Giá trị \(JSON\)|^Nội dung$|^Giờ hẹn$|^Ngày hẹn$|Khóa/
const NUMBER = /^-?\d+([.,]\d+)*\s*%?$/
const DAY = /^\d{1,2}\/\d{1,2}\/\d{4}/

/** Points of a sheet's type on its paper. */
function typeOn({ columns, pageSetup }: ExcelJS.Worksheet): number {
  const width = columns.reduce((sum, column) => sum + ((7 * (column.width ?? 9) + 5) * 25.4) / 96, 0)
  const across = (Number(pageSetup.paperSize) === 8 ? 420 : 297) - 2 * 0.4 * 25.4
  return pageSetup.fitToPage ? 12 * Math.min(1, across / width) : (12 * (pageSetup.scale ?? 100)) / 100
}

const lastOfFilter = ({ autoFilter }: ExcelJS.Worksheet): number | null =>
  typeof autoFilter === 'string' ? Number(/\d+$/.exec(autoFilter)?.[0]) : null

/** Columns whose sum below the table is not that of its rows. */
function notAddingUp(sheet: ExcelJS.Worksheet, headAt: number, end: number): string[] {
  const total = sheet.rowCount
  if (total <= end) return []
  return Array.from({ length: sheet.columnCount }, (_, n) => n + 1).flatMap(column => {
    const cell = sheet.getCell(total, column)
    if (cell.numFmt !== '#,##0' || typeof cell.value !== 'number') return []
    let sum = 0
    for (let at = headAt + 1; at <= end; at++) sum += Number(sheet.getCell(at, column).value ?? 0)
    return sum === cell.value ? [] : [`${sheet.getCell(headAt, column).text}: rows ${sum}, sum ${cell.value}`]
  })
}

/** Sums among the rows, and numbers or days that are text. */
function wrongInRows(
  sheet: ExcelJS.Worksheet,
  heads: readonly string[],
  book: Book,
  { from, to }: { from: number; to: number },
) {
  const isTextOnly = (value: ExcelJS.CellValue) => typeof value === 'string' && (NUMBER.test(value) || DAY.test(value))
  return Array.from({ length: to - from + 1 }, (_, n) => from + n).flatMap(at => {
    const cells = heads.map((_, n) => sheet.getCell(at, n + 1))
    const sums = cells.some(cell => /^(Cộng|Tổng cộng|Tổng số)$/.test(cell.text)) ? [`a sum in row ${at}`] : []
    if (book.isExchanged) return sums
    const texts = cells.flatMap(({ value }, n) =>
      !NAMES.test(heads[n] ?? '') && isTextOnly(value) ? [`${heads[n]}: ${value} is text`] : [],
    )
    return [...sums, ...texts]
  })
}

/** What tells units and localities of one name apart. */
const TELLING: readonly [RegExp, readonly string[]][] = [
  [/^(Đơn vị|Tập thể|Tên tập thể)$/, ['Mã đơn vị', 'Đơn vị cấp trên']],
  [/^Địa bàn$/, ['Mã địa bàn', 'Địa bàn cấp trên']],
]

/** What is wrong with a sheet as it is printed, filtered and summed. */
function wrongIn(sheet: ExcelJS.Worksheet, book: Book): string[] {
  const headAt = (sheet.views?.[0] as { ySplit?: number } | undefined)?.ySplit ?? 0
  const heads = Array.from({ length: sheet.columnCount }, (_, n) => sheet.getCell(headAt, n + 1).text)
  const end = lastOfFilter(sheet)
  const wrong = wrongInRows(sheet, heads, book, { from: headAt + 1, to: end ?? sheet.rowCount })
  if (typeOn(sheet) < 8) wrong.push(`type of ${typeOn(sheet).toFixed(1)} points`)
  if (end !== null) wrong.push(...notAddingUp(sheet, headAt, end))
  // a filter takes in every row that touches its own
  if (end !== null && sheet.rowCount > end && heads.some((_, n) => sheet.getCell(end + 1, n + 1).value !== null))
    wrong.push('the sums touch the table')
  const missing = TELLING.flatMap(([named, columns]) =>
    heads.some(head => named.test(head)) ? columns.filter(column => !heads.includes(column)) : [],
  )
  if (!book.isOfOneUnit && !book.isExchanged) wrong.push(...missing.map(column => `no column ${column}`))
  return wrong.map(what => `${sheet.name}: ${what}`)
}

async function wrongWith(path: string, book: Book, when: 'before' | 'after'): Promise<string[]> {
  const answer = await site.open(book.at(), accountOf(book.as ?? 'congan'), CAMPAIGN)
  if (answer.status !== 200) return [`${path}: ${answer.status}`]
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(await answer.arrayBuffer())
  const shown = workbook.worksheets.filter(({ state }) => state === 'visible')
  const [first] = shown
  if (!first) return [`${path}: no sheet`]
  const above = Array.from({ length: 6 }, (_, n) => first.getCell(n + 1, 1).text).join('\n')
  return [
    ...(book.isBlank || above.includes('Kế hoạch 128/KH-UBND') ? [] : ['names no campaign']),
    ...(book.says && !book.says[when].test(above) ? [`says ${above}`] : []),
    ...shown.flatMap(sheet => wrongIn(sheet, book)),
  ].map(what => `${path}: ${what}`)
}

/** What is wrong with the workbooks, each sort of fault once. */
async function wrongBooks(when: 'before' | 'after'): Promise<string[]> {
  const found: string[] = []
  for (const [path, book] of Object.entries(BOOKS)) found.push(...(await wrongWith(path, book, when)))
  return [...new Set(found)].slice(0, 40)
}

describe.sequential('the demo', () => {
  it('names every route that hands out a workbook', () => {
    const paths = app
      .flatMap(route => ('path' in route ? [route.path ?? ''] : []))
      .filter(path => path.endsWith('.xlsx'))
    expect(paths.filter(path => !(path in BOOKS) && !OF_A_BATCH.includes(path))).toEqual([])
    expect(Object.keys(BOOKS).filter(path => !paths.includes(path))).toEqual([])
  })

  it('shows its thirty figures alike at every place before the close', async () => {
    const { live, assessed } = figurePlaces(who)
    const now = right(versionOf())
    expect(Object.keys(now)).toHaveLength(30)
    // an interface that has nothing frozen answers by where records were made
    expect(await differingBoth({ ...live, ...assessed }, now, ['api/v1/tallies/units?basis='])).toEqual([])
    expect(publishDay(system, CAMPAIGN)).toBe(true)
    expect(await publishedWrong(byDay(now))).toEqual([])
  }, 120_000)

  it('hands out workbooks that can be printed, filtered, summed and told apart (A11)', async () => {
    expect(await wrongBooks('before')).toEqual([])
  }, 120_000)

  it('says of an indicator how many counted records achieved it, and of accounts how many citizens have none (A8, A9)', async () => {
    const answer = await site.open('dia-ban/70.xlsx', accountOf('congan'), CAMPAIGN)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(await answer.arrayBuffer())
    /** The number of the whole province's row in a column; `line` picks the row. */
    const read = (name: string, line: RegExp, column: string) => {
      const sheet = workbook.getWorksheet(name)
      const headAt = (sheet?.views?.[0] as { ySplit?: number } | undefined)?.ySplit ?? 0
      const heads = Array.from({ length: sheet?.columnCount ?? 0 }, (_, n) => sheet?.getCell(headAt, n + 1).text ?? '')
      for (let at = headAt + 1; at <= (sheet?.rowCount ?? 0); at++)
        if (
          line.test(
            heads
              .slice(0, 5)
              .map((_, n) => sheet?.getCell(at, n + 1).text ?? '')
              .join('|'),
          )
        )
          return sheet?.getCell(at, heads.indexOf(column) + 1).value
      return undefined
    }
    const outcome = prepared<number>(
      `select count(*) from help h join help_outcome o on o.help_id = h.id
        where h.campaign_id = 1 and h.verdict_kind = 'counts' and o.outcome = ? and o.value = ?`,
    ).pluck()
    const sim = /^Tỉnh Bình Phước\|.*SIM/
    expect(read('Chỉ tiêu', sim, 'Từ trường hợp được tính')).toBe(outcome.one('sim_signature', 'achieved'))
    expect(read('Chỉ tiêu', sim, 'Được tính, đã có từ trước')).toBe(outcome.one('sim_signature', 'already_had'))
    const [total, done_] = ['Phải thực hiện', 'Số liệu chính thức'].map(column =>
      Number(read('Chỉ tiêu', /^Tỉnh Bình Phước\|.*[Kk]ích hoạt/, column)),
    )
    expect(read('Trường hợp hỗ trợ', /^Tỉnh Bình Phước/, 'Người dân chưa kích hoạt')).toBe((total ?? 0) - (done_ ?? 0))
  }, 60_000)

  it('shows the frozen figures alike after the close', async () => {
    await closeForGood(who)
    const { live, assessed, frozen } = figurePlaces(who)
    const now = right(versionOf())
    expect(await differingBoth({ ...live, ...assessed, ...frozen }, now)).toEqual([])
  }, 120_000)

  it('hands out the same workbooks after the close, the frozen list of collectives among them (A14)', async () => {
    expect(await wrongBooks('after')).toEqual([])
    const answer = await site.open('danh-gia/tap-the.xlsx', accountOf('noivu'), CAMPAIGN)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(await answer.arrayBuffer())
    const [sheet] = workbook.worksheets
    const last = sheet && lastOfFilter(sheet)
    const headAt = (sheet?.views?.[0] as { ySplit?: number } | undefined)?.ySplit ?? 0
    const frozen = prepared<number>(
      'select count(*) from collective_assessment where from_version <= @version and (to_version is null or to_version > @version)',
    )
      .pluck()
      .one({ version: versionOf() })
    expect((last ?? 0) - headAt).toBe(frozen)
  }, 120_000)
})
