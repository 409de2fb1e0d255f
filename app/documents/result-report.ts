import type { Day } from '#app/domain/calendar.ts'
import { authorityInFull } from '#app/domain/letterhead.ts'
import { formatDay, formatInstant, formatNumber, formatParts, formatShare } from '#app/text/format.ts'
import { explainBases, type NamedBases } from '#app/text/part-basis.ts'
import { planInFull } from '#app/text/plan.ts'
import type { NamedShare } from '#app/text/terms.ts'
import {
  addressees,
  annexHead,
  annexName,
  bodyHeading,
  bodyText,
  citedPaper,
  type Issuing,
  lacksSigning,
  legalBases,
  type PaperColumn,
  paperEnd,
  paperHead,
  paperTitle,
  ruledTable,
  writePaper,
} from './administrative-paper.ts'
import type { CitedPlan } from './petition.ts'
import { type Place, placeColumns } from './place-columns.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

/** Figures of one unit with everything below it; `id` null: what no row names. */
export type ResultFigures = {
  id: number | null
  name: string
  officials: number
  targets: number
  reported: number
  counted: number
  verified: number
  quotaBearers: number
  reached: number
  /** those that hold in the campaign, in one order for all units */
  obligations: readonly NamedShare[]
  /** of the same by part: what those who met it rest on */
  bases: readonly NamedBases[]
}

/** The báo cáo kết quả of one unit, or of the province (plan V.1). */
export type ResultReport = {
  plan: CitedPlan
  issuing: Issuing
  bases: readonly string[]
  form: string | null
  addressees: readonly string[]
  /** the days that the figures are of, and the instant of which they speak */
  period: { fromOn: Day; toOn: Day }
  asOf: number
  isFinal: boolean
  total: ResultFigures
  /** the units directly below; empty for one without */
  parts: readonly ResultFigures[]
  /** the annex indicators of the locality; empty where none is assigned. `done`, `asOfOn` null: no figure is known */
  indicators: readonly { name: string; target: number; done: number | null; asOfOn: Day | null }[]
  difficulties: string
  proposals: string
  /** hash (hex) of what was frozen; null: figures as of now */
  hash: string | null
}

/** Names the subject of a report, for its heading. */
const aboutOf = ({ plan, total, isFinal }: ResultReport) => [
  `${isFinal ? 'Kết quả' : 'Kết quả bước đầu'} thực hiện Kế hoạch số ${plan.code}`,
  `của ${authorityInFull(total.name)}`,
]

type Line = ResultFigures & { number: string }
const lines = (parts: readonly ResultFigures[]): Line[] => parts.map((row, n) => ({ ...row, number: String(n + 1) }))

const partColumns = (total: ResultFigures): readonly PaperColumn<Line>[] => [
  { header: 'STT', width: 10, value: row => row.number },
  { header: 'Đơn vị', width: 46, isWords: true, value: row => authorityInFull(row.name) },
  { header: 'Người thực hiện', width: 17, value: row => formatNumber(row.officials) },
  { header: 'Chỉ tiêu', width: 16, value: row => formatNumber(row.targets) },
  { header: 'Ghi nhận', width: 16, value: row => formatNumber(row.reported) },
  { header: 'Được tính', width: 16, value: row => formatNumber(row.counted) },
  { header: 'Đã đối chiếu', width: 17, value: row => formatNumber(row.verified) },
  { header: 'Tỷ lệ được tính', width: 17, value: row => formatShare(row.counted, row.targets) },
  { header: 'Người đạt chỉ tiêu', width: 25, value: row => formatParts(row.reached, row.quotaBearers) },
  ...total.obligations.map(
    ({ name }, n): PaperColumn<Line> => ({ header: name, width: 24, value: row => shareIn(row.obligations[n]) }),
  ),
]

const shareIn = (share: NamedShare | undefined) => formatParts(share?.met ?? 0, share?.bearers ?? 0)

type Indicator = ResultReport['indicators'][number]
const INDICATOR_COLUMNS: readonly PaperColumn<Indicator>[] = [
  { header: 'Chỉ tiêu', width: 63, isWords: true, value: row => row.name },
  { header: 'Được giao', width: 24, value: row => formatNumber(row.target) },
  { header: 'Thực hiện', width: 30, value: row => (row.done === null ? 'Chưa có số liệu' : formatNumber(row.done)) },
  { header: 'Tỷ lệ', width: 22, value: row => (row.done === null ? '–' : formatShare(row.done, row.target)) },
  { header: 'Số liệu đến ngày', width: 26, value: row => (row.asOfOn === null ? '–' : formatDay(row.asOfOn)) },
]

/** The report as docx: figures with their parts, remarks of the unit; its units on landscape pages behind it. */
export function writeResultReport(report: ResultReport): Promise<Uint8Array> {
  const { plan, issuing, total, parts } = report
  const about = aboutOf(report)
  const annexNote = `(Kèm theo ${citedPaper('Báo cáo', 'BC', issuing)})`
  return writePaper(
    `Báo cáo ${about.join(' ')}`,
    [
      paperHead({ issuing, kind: 'BC', isDraft: lacksSigning(issuing) }),
      ...paperTitle('Báo cáo', about),
      ...addressees(report.addressees),
      ...legalBases(report.bases),
      bodyText(
        `Thực hiện ${planInFull(plan)}, ${issuing.issuer} báo cáo kết quả từ ngày ${formatDay(report.period.fromOn)} đến hết ngày ${formatDay(report.period.toOn)} (số liệu tính đến ${formatInstant(report.asOf)}) như sau:`,
      ),
      ...(report.form === null ? [] : [bodyText(`(${report.form})`, { italics: true })]),
      bodyHeading('I. KẾT QUẢ THỰC HIỆN'),
      bodyText(
        `1. Hỗ trợ người dân: ${formatNumber(total.officials)} người thực hiện, chỉ tiêu ${formatNumber(total.targets)} người dân; ghi nhận ${formatNumber(total.reported)}, được tính ${formatParts(total.counted, total.targets)}, đã đối chiếu ${formatParts(total.verified, total.counted)} số được tính. Số người đạt chỉ tiêu: ${formatParts(total.reached, total.quotaBearers)}.`,
      ),
      ...(total.obligations.length === 0 ? [] : [bodyText('2. Nội dung bản thân thực hiện:', {}, { keepNext: true })]),
      ...total.obligations.map(share => bodyText(`- ${share.name}: ${shareIn(share)}.`)),
      ...(total.bases.length === 0
        ? []
        : [bodyText(`Số đạt được xác định như sau: ${total.bases.map(explainBases).join('; ')}.`)]),
      ...(report.indicators.length === 0
        ? []
        : [
            bodyText(`${total.obligations.length === 0 ? 2 : 3}. Chỉ tiêu của địa bàn:`, {}, { keepNext: true }),
            ruledTable(INDICATOR_COLUMNS, report.indicators),
          ]),
      bodyHeading('II. KHÓ KHĂN, VƯỚNG MẮC'),
      ...(report.difficulties || 'Không.').split('\n').map(line => bodyText(line)),
      bodyHeading('III. ĐỀ XUẤT, KIẾN NGHỊ'),
      ...(report.proposals || 'Không.')
        .split('\n')
        .map((line, n, all) => bodyText(line, {}, { keepNext: n === all.length - 1 })),
      ...(report.hash === null
        ? []
        : [
            bodyText(
              `Số liệu đã chốt trên hệ thống theo dõi, mã kiểm tra ${report.hash.slice(0, 16)}.`,
              {},
              { keepNext: true },
            ),
          ]),
      bodyText(`Trên đây là báo cáo của ${issuing.issuer}./.`, {}, { keepNext: true }),
      paperEnd({ recipients: ['Như trên'], issuing }),
    ],
    parts.length === 0
      ? []
      : [
          [
            ...annexHead(annexName(0, 1), 'Kết quả của từng đơn vị', annexNote),
            ruledTable(partColumns(total), lines(parts), { ...total, name: 'Cộng', number: '' }, 22),
          ],
        ],
  )
}

/** The twin of a report as a workbook: the same figures, each row with the way back to its records under `origin`. */
export function writeResultWorkbook(
  report: ResultReport,
  origin: string,
  places: ReadonlyMap<number, Place>,
): Promise<Uint8Array> {
  const { code, parent } = placeColumns<Line>('unit', ({ id }) => (id === null ? undefined : places.get(id)))
  const columns: readonly Column<Line>[] = [
    { header: 'STT', width: 6, kind: 'ordinal', value: row => (row.number === '' ? null : Number(row.number)) },
    { header: 'Đơn vị', width: 40, kind: 'text', value: row => row.name },
    code,
    parent,
    { header: 'Người thực hiện', width: 11, kind: 'integer', value: row => row.officials },
    { header: 'Chỉ tiêu', width: 10, kind: 'integer', value: row => row.targets },
    { header: 'Ghi nhận', width: 10, kind: 'integer', value: row => row.reported },
    { header: 'Được tính', width: 10, kind: 'integer', value: row => row.counted },
    { header: 'Đã đối chiếu', width: 10, kind: 'integer', value: row => row.verified },
    {
      header: 'Nguồn của số liệu: bảng của đơn vị',
      width: 34,
      kind: 'link',
      value: row => (row.id === null ? null : `${origin}/don-vi/${row.id}`),
    },
    { header: 'Người đạt chỉ tiêu', width: 10, kind: 'integer', value: row => row.reached },
    { header: 'Người có chỉ tiêu', width: 10, kind: 'integer', value: row => row.quotaBearers },
    ...report.total.obligations.flatMap(({ name }, n): Column<Line>[] => [
      { header: `${name}: đạt`, width: 13, kind: 'integer', value: row => row.obligations[n]?.met ?? 0 },
      {
        header: `${name}: phải thực hiện`,
        width: 13,
        kind: 'integer',
        value: row => row.obligations[n]?.bearers ?? 0,
      },
    ]),
    {
      header: 'Nguồn: danh sách từng người',
      width: 34,
      kind: 'link',
      value: row => (row.id === null ? null : `${origin}/danh-gia?don-vi=${row.id}&ket-qua=all`),
    },
  ]
  const [title = '', of = ''] = aboutOf(report)
  return writeWorkbook({
    title: `${title} ${of}`.toLocaleUpperCase('vi'),
    campaign: report.plan.code,
    subtitle: [
      `Từ ngày ${formatDay(report.period.fromOn)} đến hết ngày ${formatDay(report.period.toOn)}`,
      'Số liệu hiện tại, chưa chốt.',
    ],
    asOf: report.asOf,
    sheets: [
      sheetOf({
        name: 'Kết quả',
        columns,
        rows: lines(report.parts),
        total: { ...report.total, name: 'Cộng', number: '' },
      }),
    ],
  })
}
