import { canonicalJson, type ReportContent, type ReportIndicator, type ReportPeriod } from '#app/domain/report.ts'
import { formatInstant } from '#app/text/format.ts'
import { hashCheck, periodTitle, reportGroups, signedLine } from '#app/text/report.ts'
import type { CampaignTerms } from '#app/text/terms.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

const FIGURES: readonly Column<{ group: string; label: string; value: number }>[] = [
  { header: 'Nhóm', width: 34, kind: 'text', value: row => row.group },
  { header: 'Nội dung', width: 48, kind: 'text', value: row => row.label },
  { header: 'Số liệu', width: 14, kind: 'integer', value: row => row.value },
]

const indicatorColumns = (nameOf: (indicator: string) => string): readonly Column<ReportIndicator>[] => [
  { header: 'Chỉ tiêu', width: 48, kind: 'text', value: row => nameOf(row.indicator) },
  { header: 'Được giao', width: 14, kind: 'integer', value: row => row.target },
  { header: 'Thực hiện', width: 14, kind: 'integer', value: row => row.done },
  { header: 'Số liệu ngày', width: 14, kind: 'day', value: row => row.asOfOn },
]

/** Every hashed item, by its key: JSON as in the signed text, and a label. */
const ITEMS: readonly Column<{ key: string; json: string }>[] = [
  { header: 'Khóa', width: 34, kind: 'text', value: row => row.key },
  { header: 'Giá trị (JSON)', width: 80, kind: 'text', value: row => row.json },
]

const CHECK: readonly Column<{ name: string; text: string }>[] = [
  { header: 'Mục', width: 24, kind: 'text', value: row => row.name },
  { header: 'Nội dung', width: 110, kind: 'text', value: row => row.text },
]

/**
 * Writes a signed report as a workbook. It has the figures to read, every hashed item by its key (those of the figures
 * as `figures.…`), and the exact text with its SHA-256. So the hash can be computed again from either sheet.
 */
export function writeReportWorkbook({
  content,
  text,
  hash,
  period,
  terms,
  nameOf,
}: {
  content: ReportContent
  text: string
  hash: string
  period: ReportPeriod
  terms: CampaignTerms
  /** what the campaign calls an indicator */
  nameOf: (indicator: string) => string
}): Promise<Uint8Array> {
  const { figures, indicators = [], ...words } = content
  return writeWorkbook({
    title: `${periodTitle(period)}, ${content.unitName}`,
    campaign: content.campaign,
    subtitle: [`Bản ${content.version}. ${signedLine(content)}`, `Mã băm SHA-256: ${hash}`],
    asOf: content.signedAt,
    sheets: [
      sheetOf({
        name: 'Số liệu',
        columns: FIGURES,
        rows: reportGroups(terms).flatMap(group =>
          group.figures.map(({ figure, label }) => ({ group: group.title, label, value: figures[figure] })),
        ),
      }),
      ...(indicators.length === 0
        ? []
        : [sheetOf({ name: 'Chỉ tiêu phụ lục', columns: indicatorColumns(nameOf), rows: indicators })]),
      sheetOf({
        name: 'Nội dung',
        columns: ITEMS,
        rows: [
          ...Object.entries(words).map(([key, value]) => ({ key, json: JSON.stringify(value) })),
          ...Object.entries(figures).map(([key, value]) => ({ key: `figures.${key}`, json: JSON.stringify(value) })),
          ...indicators.map((row, n) => ({ key: `indicators.${n}`, json: canonicalJson(row) })),
        ],
      }),
      sheetOf({
        name: 'Kiểm tra',
        columns: CHECK,
        rows: [
          { name: 'Nguyên văn đã ký', text },
          { name: 'Mã băm SHA-256', text: hash },
          { name: 'Ký lúc', text: formatInstant(content.signedAt) },
          ...hashCheck.map((step, n) => ({ name: `Cách kiểm tra, bước ${n + 1}`, text: step })),
        ],
      }),
    ],
  })
}
