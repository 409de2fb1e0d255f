import type { Plan } from '#app/domain/article.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { authorityInFull, titleInCommittee } from '#app/domain/letterhead.ts'
import type { ReportFigures, ReportIndicator } from '#app/domain/report.ts'
import type { Article, ReportKind } from '#app/domain/vocabulary.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { inSentence, placesIn, placesTogether, planInFull } from '#app/text/plan.ts'
import { figuresNote, groupDay, raisedDifficulties, reportGroups } from '#app/text/report.ts'
import type { CampaignTerms } from '#app/text/terms.ts'
import {
  addressees,
  bodyHeading,
  bodyText,
  type Issuing,
  type PaperColumn,
  paperEnd,
  paperHead,
  paperTitle,
  ruledTable,
  type Signing,
  writePaper,
} from './administrative-paper.ts'

/** A unit's report as shown in its document: sums and words, no person's records. */
export type ReportPaper = {
  campaign: Plan & { name: string; title: string; issuer: string; issuedOn: Day }
  issuing: Issuing
  /** the unit above, to which the unit reports; the province gets final reports through its police */
  aboveName: string
  isToProvince: boolean
  kind: ReportKind
  endsOn: Day
  /** the instant of the figures: when it was signed, of a draft now */
  at: number
  figures: ReportFigures
  terms: CampaignTerms
  /** the annex's indicators of the unit's locality; empty where none is assigned, or none was kept */
  indicators: readonly ReportIndicator[]
  /** what the campaign calls an indicator */
  nameOf: (indicator: string) => string
  difficulties: string
  proposals: string
  /** null: a draft to be signed */
  signed: {
    at: number
    name: string
    capacity: string
    /** the head's office at the signing; null: not kept with it, the unit's present one holds */
    title: string | null
    isOnPaper: boolean
    documentNumber: string | null
    documentOn: Day | null
    hash: string
  } | null
}

type Line = { label: string; value: number }
const COLUMNS: readonly PaperColumn<Line>[] = [
  { header: 'Nội dung', width: 125, isWords: true, value: row => row.label },
  { header: 'Số liệu', width: 40, value: row => formatNumber(row.value) },
]

/** Which articles of the plan a group of figures rests on: ` (mục IV.1, IV.2 Kế hoạch)`; '' where it gives none. */
export function groupPlace(plan: Plan, articles: readonly Article[]): string {
  const named = placesTogether(placesIn(plan), articles)
  return named === '' ? '' : ` (${inSentence(named)} Kế hoạch)`
}

/**
 * Writes a unit's report (báo cáo kết quả, plan IV.2, V.1) as docx, laid out by NĐ 30/2020. It is a draft until it is
 * signed, then it shows who signed and the hash of what was signed.
 */
export function writeReportPaper(report: ReportPaper): Promise<Uint8Array> {
  const { campaign, issuing, aboveName, kind, endsOn, signed } = report
  const { issuer } = issuing
  const above = authorityInFull(aboveName)
  const to = kind === 'final' && report.isToProvince ? `${above} (qua Công an tỉnh)` : above
  return writePaper(`Báo cáo của ${issuer}`, [
    paperHead({
      issuing: { ...issuing, datedOn: signed?.documentOn ?? dayOf(report.at) },
      kind: 'BC',
      numbered: signed?.documentNumber ?? null,
      isDraft: signed === null,
    }),
    ...paperTitle('Báo cáo', [
      kind === 'final'
        ? `Tổng kết kết quả thực hiện Kế hoạch số ${campaign.code}`
        : `Kết quả thực hiện Kế hoạch số ${campaign.code}`,
      `(số liệu đến ngày ${formatDay(endsOn)})`,
    ]),
    ...addressees([to]),
    bodyText(`Thực hiện ${planInFull(campaign)}, ${issuer} báo cáo kết quả thực hiện như sau:`),
    bodyHeading('I. KẾT QUẢ THỰC HIỆN'),
    ...reportGroups(report.terms).flatMap((group, n) => [
      bodyText(
        `${n + 1}. ${group.title}${groupPlace(campaign, group.articles)}, ${groupDay(group.asOf, { endsOn, at: report.at })}`,
        { bold: true },
        { keepNext: true, spacing: { before: 120, after: 120 } },
      ),
      ruledTable(
        COLUMNS,
        group.figures.map(({ figure, label }) => ({ label, value: report.figures[figure] })),
      ),
    ]),
    ...indicatorTable(report),
    bodyText(figuresNote, { italics: true }, { spacing: { before: 120, after: 120 } }),
    bodyHeading('II. KHÓ KHĂN, VƯỚNG MẮC'),
    ...paragraphs(report.difficulties || raisedDifficulties(report.figures)),
    bodyHeading('III. ĐỀ XUẤT, KIẾN NGHỊ'),
    ...paragraphs(report.proposals),
    bodyText(`Trên đây là báo cáo kết quả thực hiện Kế hoạch số ${campaign.code} của ${issuer}./.`),
    ...(signed === null
      ? []
      : [
          bodyText(
            `Số liệu được chốt trên hệ thống lúc ${formatInstant(signed.at)}, mã băm SHA-256: ${signed.hash}.`,
            { italics: true },
            { alignment: 'left' },
          ),
        ]),
    paperEnd({
      recipients: ['Như trên', 'Công an tỉnh (thường trực)'],
      issuing: { ...issuing, signing: signingOf(report), signer: signed?.name ?? issuing.signer },
    }),
  ])
}

const indicatorColumns = (nameOf: ReportPaper['nameOf']): readonly PaperColumn<ReportIndicator>[] => [
  { header: 'Chỉ tiêu', width: 75, isWords: true, value: row => nameOf(row.indicator) },
  { header: 'Được giao', width: 28, value: row => formatNumber(row.target) },
  { header: 'Thực hiện', width: 32, value: row => (row.done === null ? 'Chưa có' : formatNumber(row.done)) },
  { header: 'Số liệu ngày', width: 30, value: row => (row.asOfOn === null ? '–' : formatDay(row.asOfOn)) },
]

/** The annex's indicators of the unit's locality by the period's last day; nothing where it has none. */
function indicatorTable({ indicators, nameOf, endsOn, terms }: ReportPaper) {
  if (indicators.length === 0) return []
  return [
    bodyText(
      `${reportGroups(terms).length + 1}. Chỉ tiêu phụ lục của địa bàn, số liệu mới nhất đến hết ngày ${formatDay(endsOn)}`,
      { bold: true },
      { keepNext: true, spacing: { before: 120, after: 120 } },
    ),
    ruledTable(indicatorColumns(nameOf), indicators),
  ]
}

function paragraphs(text: string) {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
  return lines.length === 0 ? [bodyText('Không nêu.')] : lines.map(line => bodyText(line))
}

/** As it was signed: TM. of a committee, KT. for a deputy, TL. by order; a draft as its register of signers says. */
function signingOf({ issuing, signed }: ReportPaper): Signing {
  if (signed === null) return issuing.signing
  const { signing } = issuing
  const body = 'body' in signing ? signing.body : undefined
  const present = 'headTitle' in signing ? signing.headTitle : signing.title
  const head = titleInCommittee(body === undefined ? (signed.title ?? present) : 'Chủ tịch')
  if (signed.capacity === 'deputy')
    return { form: 'deputy', headTitle: head, title: `Phó ${head}`, ...(body === undefined ? {} : { body }) }
  if (signed.capacity === 'by_order') return { form: 'by_order', headTitle: head, title: '' }
  return body === undefined ? { form: 'head', title: head } : { form: 'on_behalf', body, title: head }
}
