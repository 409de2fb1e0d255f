import type { ReportFigures, ReportPeriod, ReportState } from '#app/domain/report.ts'
import type { OutreachChannel, PointKind } from '#app/domain/vocabulary.ts'
import { collectionFigureLabels } from '#app/text/collection.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { periodTitle, reportGroups, reportStateLabels } from '#app/text/report.ts'
import type { CampaignTerms } from '#app/text/terms.ts'
import { type Place, placeColumns } from './place-columns.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

type ReportLine = {
  unitName: string
  place: Place | null
  period: ReportPeriod
  state: ReportState
  version: number
  signedAt: number | null
  figures: ReportFigures | null
}
type OutreachLine = {
  unitName: string
  channel: OutreachChannel
  heldOn: string
  localityCode: string
  area: string
  place: string
  people: number
  note: string
}
type CollectionLine = {
  unitName: string
  pointName: string
  kind: PointKind
  area: string
  day: string
  invited: number
  received: number
  sentOn: number
  approved: number
}
/** `campaign`: number of the plan. */
type Told = { title: string; campaign: string; unitName: string; asOf: number }

const unitColumn = {
  header: 'Đơn vị',
  width: 34,
  kind: 'text',
  value: (row: { unitName: string }) => row.unitName,
} as const

const place = placeColumns<ReportLine>('unit', row => row.place)

const reportColumns = (terms: CampaignTerms): readonly Column<ReportLine>[] => [
  unitColumn,
  place.code,
  place.parent,
  { header: 'Kỳ báo cáo', width: 26, kind: 'text', value: row => periodTitle(row.period) },
  { header: 'Số liệu đến ngày', width: 14, kind: 'day', value: row => row.period.endsOn },
  { header: 'Tình trạng', width: 16, kind: 'text', value: row => reportStateLabels[row.state] },
  { header: 'Bản', width: 8, kind: 'integer', value: row => row.version || null },
  { header: 'Ký lúc', width: 18, kind: 'instant', value: row => row.signedAt },
  ...reportGroups(terms).flatMap(group =>
    group.figures.map(
      ({ figure, label }): Column<ReportLine> => ({
        header: label,
        width: 15,
        kind: 'integer',
        value: row => row.figures?.[figure] ?? null,
      }),
    ),
  ),
]

const OUTREACH: readonly Column<OutreachLine>[] = [
  unitColumn,
  { header: 'Ngày', width: 13, kind: 'day', value: row => row.heldOn },
  { header: 'Hình thức', width: 28, kind: 'text', value: row => officeLabels.outreachChannel[row.channel] },
  { header: 'Mã địa bàn', width: 12, kind: 'text', value: row => row.localityCode },
  { header: 'Địa bàn', width: 24, kind: 'text', value: row => row.area },
  { header: 'Địa điểm, phương tiện', width: 34, kind: 'text', value: row => row.place },
  { header: 'Số người', width: 12, kind: 'integer', value: row => row.people },
  { header: 'Ghi chú', width: 30, kind: 'text', value: row => row.note },
]

const figure = (key: keyof typeof collectionFigureLabels): Column<CollectionLine> => ({
  header: collectionFigureLabels[key],
  width: 12,
  kind: 'integer',
  value: row => row[key],
})

const COLLECTION: readonly Column<CollectionLine>[] = [
  unitColumn,
  { header: 'Điểm', width: 36, kind: 'text', value: row => row.pointName },
  { header: 'Loại', width: 12, kind: 'text', value: row => officeLabels.pointKind[row.kind] },
  { header: 'Địa bàn', width: 24, kind: 'text', value: row => row.area },
  { header: 'Ngày', width: 13, kind: 'day', value: row => row.day },
  figure('invited'),
  figure('received'),
  figure('sentOn'),
  figure('approved'),
]

/** One sheet of lines under its title, and one of those after the campaign if there are any; `asOf` (ms): when read. */
function write<Row>(
  { title, campaign, unitName, asOf }: Told,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  after: readonly Row[] = [],
) {
  const sheets = [sheetOf({ name: title, columns, rows })]
  if (after.length > 0) sheets.push(sheetOf({ name: 'Sau đợt cao điểm', columns, rows: after }))
  return writeWorkbook({ title, campaign, subtitle: [unitName], asOf, sheets })
}

/** The reports of a unit and those below it by period, with the figures of the newest signed version of each. */
export const writeReportTable = (
  { terms, ...told }: Omit<Told, 'title'> & { terms: CampaignTerms },
  rows: readonly ReportLine[],
) => write({ ...told, title: 'Báo cáo theo kỳ' }, reportColumns(terms), rows)

/** Outreach activities, a line each; those `after` the campaign on a sheet of their own. */
export const writeOutreach = (
  told: Omit<Told, 'title'>,
  rows: readonly OutreachLine[],
  after: readonly OutreachLine[] = [],
) => write({ ...told, title: 'Hoạt động tuyên truyền' }, OUTREACH, rows, after)

/** The days of collection points, a line each; those `after` the campaign on a sheet of their own. */
export const writeCollectionDays = (
  told: Omit<Told, 'title'>,
  rows: readonly CollectionLine[],
  after: readonly CollectionLine[] = [],
) => write({ ...told, title: 'Điểm thu nhận theo ngày' }, COLLECTION, rows, after)
