import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { type BoardLine, writeBoard, writeLocalityBoard } from '#app/documents/board-export.ts'
import { partSums } from '#app/domain/part-sums.ts'
import { EVERY_TERM, heldTerms } from '#app/domain/terms.ts'
import { campaignTerms } from '#app/text/terms.ts'
import { nameOf } from '#tests/indicators.ts'

const ASOF = Date.parse('2024-06-12T09:15+07:00')
const HELP = {
  reported: 12,
  counted: 9,
  verified: 4,
  awaiting: 2,
  byInspection: 1,
  byExtract: 3,
  byCitizen: 2,
  byUnit: 3,
}

function people(changes: Partial<NonNullable<BoardLine['people']>> = {}): NonNullable<BoardLine['people']> {
  const parts = ['simSignature', 'phone4g', 'portalNational', 'portalProvincial'] as const
  const steps = ['Bearers', 'Declared', 'Confirmed', 'Met'] as const
  const part = Object.fromEntries(parts.flatMap(name => steps.map(step => [`${name}${step}`, 1])))
  return {
    officials: 2,
    women: 1,
    quotaBearers: 2,
    targets: 20,
    reached: 0,
    idle: 1,
    shortage: 11,
    obligationBearers: 2,
    allMet: 1,
    simSignatureVerified: 1,
    phone4gVerified: 1,
    portalNationalVerified: 1,
    portalProvincialVerified: 0,
    eligible: 0,
    completed: 0,
    ...(part as Record<`${(typeof parts)[number]}${(typeof steps)[number]}`, number>),
    ...changes,
  }
}

/** Reads a sheet as its lines of cells, by the row of the table's heading. */
async function readSheet(bytes: Uint8Array, name: string) {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  const rows: ExcelJS.CellValue[][] = []
  const sheet = workbook.getWorksheet(name)
  sheet?.eachRow(row => rows.push(Array.from({ length: sheet.columnCount }, (_, n) => row.getCell(n + 1).value)))
  return { names: workbook.worksheets.map(sheet => sheet.name), rows }
}

const BASES = [
  'Được tính: kiểm tra thực tế',
  'Được tính: số liệu trích xuất',
  'Được tính: người dân xác nhận qua đường dẫn do cán bộ trao',
  'Được tính: chỉ đơn vị xác nhận',
]
const PLAN = '128/KH-UBND'
const BOARD = {
  title: 'TỔNG HỢP',
  campaign: PLAN,
  subtitle: ['Tỉnh Bình Phước'],
  asOf: ASOF,
  header: 'Đơn vị',
  terms: campaignTerms(EVERY_TERM),
}

test('a board tells its instant, and every figure as a number beside its parts', async () => {
  const lines = [{ label: '=SUM(A1)', help: HELP, people: people() }]
  const { rows } = await readSheet(await writeBoard({ ...BOARD, lines }), 'Tổng hợp')
  expect(rows.slice(0, 4).map(row => row[0])).toEqual([
    'TỔNG HỢP',
    'Tỉnh Bình Phước',
    'Kế hoạch 128/KH-UBND',
    'Tính đến 12/6/2024, 09:15',
  ])
  expect(rows[4]?.slice(0, 7)).toEqual([
    'Đơn vị',
    'Ghi nhận',
    'Được tính',
    'Đã đối chiếu',
    'Chờ xác nhận',
    'Chỉ tiêu',
    'Được tính/chỉ tiêu',
  ])
  expect(rows[5]?.slice(0, 7)).toEqual(['=SUM(A1)', 12, 9, 4, 2, 20, 0.45])
  expect(rows[4]?.slice(-4)).toEqual(BASES)
  expect(rows[5]?.slice(-4)).toEqual([1, 3, 2, 3])
})

test('the obligations have a sheet of their own, each part with its bearers and what they have done', async () => {
  const lines = [{ label: 'Sở Nội vụ', help: HELP, people: people({ simSignatureBearers: 2, simSignatureMet: 0 }) }]
  const { rows } = await readSheet(await writeBoard({ ...BOARD, lines }), 'Nội dung bản thân')
  expect(rows[5]?.slice(0, 7)).toEqual(['Sở Nội vụ', 2, 1, 2, 1, 1, 0])
})

test('a unit’s screen and its sheet have one sum for each part: declared, confirmed, met and what that rests on apart', async () => {
  const counts = { simSignatureBearers: 9, simSignatureDeclared: 7, simSignatureConfirmed: 5, simSignatureMet: 4 }
  const sums = people({ ...counts, simSignatureVerified: 3, simSignatureProven: 1 })
  const [signature, , portal] = partSums(sums, heldTerms(EVERY_TERM))
  expect(signature).toEqual({
    part: 'sim_signature',
    ...{ bearers: 9, declared: 7, confirmed: 5, met: 4 },
    ...{ proof: 1, extract: 2, unit: 1 },
  })
  expect(portal).toMatchObject({ part: 'portal_national', met: 1, proof: 1, extract: null, unit: 0 })
  const { rows } = await readSheet(
    await writeBoard({ ...BOARD, lines: [{ label: 'Sở Nội vụ', help: HELP, people: sums }] }),
    'Nội dung bản thân',
  )
  const bases = ['tự chứng minh', 'theo số liệu trích xuất', 'theo xác nhận của đơn vị']
  expect(rows[4]?.slice(3, 10)).toEqual(
    ['phải thực hiện', 'đã kê khai', 'đã xác nhận', 'đạt', ...bases].map(
      words => `SIM chính chủ kèm chữ ký số: ${words}`,
    ),
  )
  expect(rows[5]?.slice(3, 10)).toEqual([9, 7, 5, 4, 1, 2, 1])
  expect(rows[4]).toHaveLength(3 + 7 + 6 + 6 + 6)
})

test('a part that does not hold in the campaign has no column, and the campaign’s own name heads the others', async () => {
  const held = { ...EVERY_TERM, heldParts: ['sim_signature' as const] }
  const terms = campaignTerms(held, { obligation: { sim_signature: 'Chữ ký số cá nhân' } })
  const lines = [{ label: 'Sở Nội vụ', help: HELP, people: people() }]
  const { rows } = await readSheet(await writeBoard({ ...BOARD, terms, lines }), 'Nội dung bản thân')
  expect(rows[4]).toHaveLength(3 + 7)
  expect(rows[4]?.[3]).toBe('Chữ ký số cá nhân: phải thực hiện')
  const none = campaignTerms({ ...held, heldParts: [] })
  const { names } = await readSheet(await writeBoard({ ...BOARD, terms: none, lines }), 'Tổng hợp')
  expect(names).toEqual(['Tổng hợp'])
})

test('a share of nothing stays empty', async () => {
  const lines = [{ label: 'Tổ', help: HELP, people: people({ targets: 0 }) }]
  const { rows } = await readSheet(await writeBoard({ ...BOARD, lines }), 'Tổng hợp')
  expect([rows[5]?.[5], rows[5]?.[6]]).toEqual([0, null])
})

test('a board of localities has no columns of people', async () => {
  const lines = [{ label: 'Thành phố Đồng Xoài', help: HELP, people: null }]
  const { rows } = await readSheet(await writeBoard({ ...BOARD, lines }), 'Tổng hợp')
  expect(rows[4]).toEqual(['Đơn vị', 'Ghi nhận', 'Được tính', 'Đã đối chiếu', 'Chờ xác nhận', ...BASES])
})

const NO_FIGURES = { value: null, asOfOn: null, neededPerDay: null, forecast: null, word: 'no_figures' as const }

test('indicators have a sheet of their own; counted records stand at the two that they speak of', async () => {
  const bytes = await writeLocalityBoard({
    title: 'ĐỊA BÀN',
    campaign: PLAN,
    subtitle: [],
    asOf: ASOF,
    lines: [
      {
        label: 'Thành phố Đồng Xoài',
        help: HELP,
        outcomes: { eid_activated: { achieved: 9, had: 0 } },
        indicators: [
          {
            ...NO_FIGURES,
            indicator: 'id_card_first',
            name: nameOf('id_card_first'),
            total: 943,
            daily: 11,
            dueToday: 770,
          },
          {
            indicator: 'eid_activated',
            name: nameOf('eid_activated'),
            total: 27_547,
            daily: 307,
            dueToday: 21_490,
            value: 20_000,
            asOfOn: '2024-06-11',
            neededPerDay: 344,
            forecast: { on: '2024-07-09', earliest: '2024-07-06', latest: null },
            word: 'may_miss',
          },
        ],
        activationTotal: 27_547,
        feasibility: { shortage: 11, unactivated: 27_538, ratio: 11 / 27_538 },
      },
      { label: 'Xã Tân Thành', help: HELP, outcomes: {}, indicators: [], activationTotal: null, feasibility: null },
    ],
  })
  const indicators = await readSheet(bytes, 'Chỉ tiêu')
  expect(indicators.names).toEqual(['Trường hợp hỗ trợ', 'Chỉ tiêu'])
  const day = (on: string) => new Date(`${on}T00:00:00Z`)
  expect(indicators.rows.slice(-2).map(row => row.slice(2, 14))).toEqual([
    [943, 11, null, null, null, 770, null, null, null, null, 'Chưa có số liệu', null],
    [
      ...[27_547, 307, 20_000, day('2024-06-11'), 20_000 / 27_547, 21_490, 344],
      ...[day('2024-07-09'), day('2024-07-06'), null, 'Có thể không kịp', 9],
    ],
  ])
  const help = await readSheet(bytes, 'Trường hợp hỗ trợ')
  expect(help.rows.at(-1)?.slice(0, 5)).toEqual(['Xã Tân Thành', 12, 9, 4, null])
})
