import type { Plan } from '#app/domain/article.ts'
import type { AssessmentReason } from '#app/domain/assessment.ts'
import { type HelpCounts, partBases, type Standing } from '#app/domain/standing.ts'
import type {
  Article,
  Block,
  Category,
  CollectiveResult,
  OfficialResult,
  Sex,
  UnitKind,
} from '#app/domain/vocabulary.ts'
import { collectiveLabels, explainAssessment, officialLabels } from '#app/text/assessment.ts'
import { explainPartBases, namedPartBases } from '#app/text/part-basis.ts'
import { citeAll } from '#app/text/plan.ts'
import type { CampaignTerms } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'
import { type Place, placeColumns } from './place-columns.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

type Explained = { reasons: readonly AssessmentReason[]; articles: readonly Article[] }
/** One official with the current assessment. */
export type OfficialLine = Explained & {
  name: string
  sex: Sex | null
  position: string
  unitId: number
  unitName: string
  /** where they worked for half of the campaign or more before; null: nowhere else */
  formerUnit: string | null
  block: Block
  category: Category | null
  isLeader: boolean
  target: number | null
  counts: HelpCounts
  parts: Standing['parts']
  result: OfficialResult
  resultAny: OfficialResult
}
/** One collective with its assessment, of today or frozen; null: not frozen with it. `name`: with the units above it. */
export type CollectiveLine = Explained & {
  unitId: number
  name: string
  kind: UnitKind
  block: Block
  people: Record<'officials' | 'women' | 'targets' | 'reported' | 'counted' | 'verified', number> &
    Record<'countedAny' | 'quotaBearers' | 'reached' | 'obligationBearers' | 'allMet', number | null>
  result: CollectiveResult
  resultAny: CollectiveResult | null
  resultOtherTarget: CollectiveResult | null
}

/** The lines above the table of an export; `readings` head the columns of the two readings of the quota. */
type AssessmentHeading = {
  title: string
  /** number of the plan */
  campaign: string
  subtitle: readonly string[]
  asOf: number
  readings: { inForce: string; other: string }
  /** whose articles are the basis */
  plan: Plan
  /** what holds in the campaign, and how it is called there */
  terms: CampaignTerms
  /** what tells units of one name apart, by id */
  places: ReadonlyMap<number, Place>
  /** what the campaign calls an indicator */
  nameOf: (indicator: string) => string
  /** frozen at the close; else a preview */
  isFrozen: boolean
}

type Numbered<Line> = Line & { number: number }
const numbered = <Line>(lines: readonly Line[]): Numbered<Line>[] =>
  lines.map((line, n) => ({ ...line, number: n + 1 }))

const explanationIn =
  ({ terms, nameOf }: Pick<AssessmentHeading, 'terms' | 'nameOf'>) =>
  ({ reasons }: Explained) =>
    reasons.map(reason => explainAssessment(reason, terms.names, nameOf)).join('\n')
const basisIn =
  (plan: Plan) =>
  ({ articles }: Explained) =>
    citeAll(plan, articles)
      .map(({ article }) => article)
      .join(', ')

/** The column that says of each own part what it rests on. */
const ownParts = ({ names }: CampaignTerms): Column<Numbered<OfficialLine>> => ({
  header: 'Nội dung bản thân: căn cứ từng phần',
  width: 40,
  kind: 'text',
  value: row => explainPartBases(namedPartBases(partBases(row.parts), names)) || null,
})

/** Officials with the result, every reason, and what the other reading of the quota would give. */
export function writeOfficialAssessments(
  { readings, plan, places, terms, nameOf, isFrozen, ...heading }: AssessmentHeading,
  lines: readonly OfficialLine[],
): Promise<Uint8Array> {
  const { code, parent } = placeColumns<Numbered<OfficialLine>>('unit', ({ unitId }) => places.get(unitId))
  const columns: readonly Column<Numbered<OfficialLine>>[] = [
    { header: 'STT', width: 6, kind: 'integer', value: row => row.number },
    { header: 'Họ và tên', width: 24, kind: 'text', value: row => row.name },
    { header: 'Giới tính', width: 8, kind: 'text', value: row => row.sex && labels.sex[row.sex] },
    { header: 'Chức vụ', width: 18, kind: 'text', value: row => row.position },
    code,
    { header: 'Đơn vị', width: 26, kind: 'text', value: row => row.unitName },
    parent,
    { header: 'Khối', width: 14, kind: 'text', value: row => labels.block[row.block] },
    { header: 'Loại', width: 14, kind: 'text', value: row => row.category && labels.category[row.category] },
    { header: 'Lãnh đạo', width: 8, kind: 'text', value: row => (row.isLeader ? 'x' : null) },
    { header: 'Chỉ tiêu', width: 10, kind: 'integer', value: row => row.target },
    { header: 'Ghi nhận', width: 10, kind: 'integer', value: row => row.counts.reported },
    { header: 'Được tính', width: 10, kind: 'integer', value: row => row.counts.counted },
    { header: 'Đã đối chiếu', width: 10, kind: 'integer', value: row => row.counts.verified },
    {
      header: `Kết quả: ${readings.inForce}`,
      width: 22,
      kind: 'text',
      value: row => officialLabels(isFrozen)[row.result],
    },
    { header: 'Lý do', width: 46, kind: 'text', value: explanationIn({ terms, nameOf }) },
    { header: 'Căn cứ', width: 12, kind: 'text', value: basisIn(plan) },
    ...(terms.parts.length === 0 ? [] : [ownParts(terms)]),
    { header: 'Đơn vị trước (từ nửa đợt trở lên)', width: 26, kind: 'text', value: row => row.formerUnit },
    { header: `Được tính: ${readings.other}`, width: 14, kind: 'integer', value: row => row.counts.countedAny },
    {
      header: `Kết quả: ${readings.other}`,
      width: 22,
      kind: 'text',
      value: row => officialLabels(isFrozen)[row.resultAny],
    },
  ]
  return writeWorkbook({ ...heading, sheets: [sheetOf({ name: 'Cá nhân', columns, rows: numbered(lines) })] })
}

const OBLIGATION_COLUMNS: readonly Column<Numbered<CollectiveLine>>[] = [
  { header: 'Người có nội dung bản thân', width: 13, kind: 'integer', value: row => row.people.obligationBearers },
  { header: 'Đạt đủ nội dung bản thân', width: 13, kind: 'integer', value: row => row.people.allMet },
]

/** Writes collectives in the same way, with the result under the other way of reaching a collective's target. */
export function writeCollectiveAssessments(
  {
    readings,
    otherTarget,
    plan,
    places,
    terms,
    nameOf,
    isFrozen,
    ...heading
  }: AssessmentHeading & { otherTarget: string },
  lines: readonly CollectiveLine[],
): Promise<Uint8Array> {
  const { code, parent } = placeColumns<Numbered<CollectiveLine>>('unit', ({ unitId }) => places.get(unitId))
  const columns: readonly Column<Numbered<CollectiveLine>>[] = [
    { header: 'STT', width: 7, kind: 'integer', value: row => row.number },
    code,
    { header: 'Tập thể', width: 38, kind: 'text', value: row => row.name },
    parent,
    { header: 'Cấp', width: 22, kind: 'text', value: row => labels.unitKind[row.kind] },
    { header: 'Khối', width: 18, kind: 'text', value: row => labels.block[row.block] },
    { header: 'Người thực hiện', width: 11, kind: 'integer', value: row => row.people.officials },
    { header: 'Trong đó nữ', width: 10, kind: 'integer', value: row => row.people.women },
    { header: 'Chỉ tiêu', width: 10, kind: 'integer', value: row => row.people.targets },
    { header: 'Ghi nhận', width: 10, kind: 'integer', value: row => row.people.reported },
    { header: 'Được tính', width: 10, kind: 'integer', value: row => row.people.counted },
    { header: 'Đã đối chiếu', width: 10, kind: 'integer', value: row => row.people.verified },
    { header: 'Người có chỉ tiêu', width: 11, kind: 'integer', value: row => row.people.quotaBearers },
    { header: 'Người đạt chỉ tiêu', width: 11, kind: 'integer', value: row => row.people.reached },
    ...(terms.parts.length === 0 ? [] : OBLIGATION_COLUMNS),
    {
      header: `Kết quả: ${readings.inForce}`,
      width: 22,
      kind: 'text',
      value: row => collectiveLabels(isFrozen)[row.result],
    },
    { header: 'Lý do', width: 52, kind: 'text', value: explanationIn({ terms, nameOf }) },
    { header: 'Căn cứ', width: 16, kind: 'text', value: basisIn(plan) },
    { header: `Được tính: ${readings.other}`, width: 14, kind: 'integer', value: row => row.people.countedAny },
    {
      header: `Kết quả: ${readings.other}`,
      width: 22,
      kind: 'text',
      value: row => row.resultAny && collectiveLabels(isFrozen)[row.resultAny],
    },
    {
      header: `Kết quả nếu chỉ tiêu là: ${otherTarget}`,
      width: 26,
      kind: 'text',
      value: row => row.resultOtherTarget && collectiveLabels(isFrozen)[row.resultOtherTarget],
    },
  ]
  // a frozen list has no column that holds nothing
  const rows = numbered(lines)
  const kept = columns.filter(({ value }) => rows.length === 0 || rows.some(row => value(row) !== null))
  return writeWorkbook({ ...heading, sheets: [sheetOf({ name: 'Tập thể', columns: kept, rows })] })
}
