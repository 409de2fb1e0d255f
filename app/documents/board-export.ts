import type { Day } from '#app/domain/calendar.ts'
import { camel, type DayFigures, type PeopleFigures } from '#app/domain/figures.ts'
import type { IndicatorWord } from '#app/domain/indicator-word.ts'
import { type PartSums, type PartTallies, partSums } from '#app/domain/part-sums.ts'
import { canRestOn } from '#app/domain/standing.ts'
import { BASES, type ObligationPart } from '#app/domain/vocabulary.ts'
import { partSumLabels } from '#app/text/board.ts'
import { indicatorWordLabels } from '#app/text/indicator.ts'
import type { CampaignTerms } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'
import { type Place, placeColumns } from './place-columns.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

type People = Pick<
  PeopleFigures,
  'officials' | 'women' | 'quotaBearers' | 'targets' | 'reached' | 'idle' | 'shortage' | 'obligationBearers' | 'allMet'
> &
  // null: no version freezes them by this split
  Record<'eligible' | 'completed', number | null> &
  PartTallies
/** One line of a board; `people` null where its key holds no people: localities. */
export type BoardLine = {
  label: string
  help: Omit<DayFigures, 'countedAny'>
  people: People | null
  /** of a unit or locality; left out: the line is none */
  place?: Place
}

/** The first columns of a table: its label, and where some of its lines are places, what tells those apart. */
function labelColumns<Row extends { label: string; place?: Place }>(
  header: string,
  rows: readonly Row[],
  of: Parameters<typeof placeColumns>[0],
  width = 36,
): Column<Row>[] {
  const { code, parent } = placeColumns<Row>(of, row => row.place)
  const label: Column<Row> = { header, width, kind: 'text', value: row => row.label }
  return rows.some(row => row.place) ? [label, code, parent] : [label]
}

const shareOf = (part: number, whole: number) => (whole === 0 ? null : part / whole)

const HELP_COLUMNS: readonly Column<BoardLine>[] = [
  { header: 'Ghi nhận', width: 12, kind: 'integer', value: row => row.help.reported },
  { header: 'Được tính', width: 12, kind: 'integer', value: row => row.help.counted },
  { header: 'Đã đối chiếu', width: 12, kind: 'integer', value: row => row.help.verified },
  { header: 'Chờ xác nhận', width: 12, kind: 'integer', value: row => row.help.awaiting },
]

/** What the counted rest on; together they are the counted. */
const BASIS_COLUMNS = BASES.map(
  (word): Column<BoardLine> => ({
    header: `Được tính: ${labels.basis[word].toLowerCase()}`,
    width: 14,
    kind: 'integer',
    value: row => row.help[camel(`by_${word}`)],
  }),
)

const person = (header: string, metric: keyof People, width = 12): Column<BoardLine> => ({
  header,
  width,
  kind: 'integer',
  value: row => row.people?.[metric] ?? null,
})

const sumOf = (row: BoardLine, part: ObligationPart, metric: Exclude<keyof PartSums, 'part'>) =>
  row.people && (partSums(row.people, { parts: [part] })[0]?.[metric] ?? null)

/** One column for each sum of the part; none for a basis that the part cannot rest on. */
const partColumns = (part: ObligationPart, name: string): Column<BoardLine>[] =>
  (['bearers', 'declared', 'confirmed', 'met', 'proof', 'extract', 'unit'] as const)
    .filter(metric => !(metric === 'proof' || metric === 'extract') || canRestOn(part, metric))
    .map(metric => ({
      header: `${name}: ${partSumLabels[metric].toLowerCase()}`,
      width: 15,
      kind: 'integer',
      value: row => sumOf(row, part, metric),
    }))

const PEOPLE_COLUMNS: readonly Column<BoardLine>[] = [
  person('Chỉ tiêu', 'targets'),
  {
    header: 'Được tính/chỉ tiêu',
    width: 12,
    kind: 'share',
    value: row => row.people && shareOf(row.help.counted, row.people.targets),
  },
  person('Người thực hiện', 'officials'),
  person('Trong đó nữ', 'women', 10),
  person('Người có chỉ tiêu', 'quotaBearers'),
  person('Người đạt chỉ tiêu', 'reached'),
  person('Người chưa ghi trường hợp nào', 'idle', 14),
  person('Còn phải hỗ trợ', 'shortage'),
  person('Đủ điều kiện được xem xét', 'eligible', 14),
  person('Hoàn thành', 'completed'),
]

const partSheet = ({ parts, names }: CampaignTerms): readonly Column<BoardLine>[] => [
  person('Người có nội dung bản thân', 'obligationBearers', 14),
  person('Đạt đủ nội dung bản thân', 'allMet', 14),
  ...parts.flatMap(part => partColumns(part, names.part[part])),
]

/** A board as a workbook, one line a row: records and people on one sheet, obligations by part on another; where its keys hold no people, the records alone. */
export function writeBoard({
  title,
  campaign,
  subtitle,
  asOf,
  header,
  lines,
  terms,
  total,
}: {
  title: string
  /** number of the plan */
  campaign: string
  subtitle: readonly string[]
  asOf: number
  /** the sum of the lines, apart from them; left out: none */
  total?: BoardLine
  /** head of the first column: what the lines are */
  header: string
  lines: readonly BoardLine[]
  terms: CampaignTerms
}): Promise<Uint8Array> {
  const hasPeople = lines.some(line => line.people !== null)
  const label = labelColumns(header, lines, hasPeople ? 'unit' : 'locality')
  const sheet = (name: string, columns: readonly Column<BoardLine>[]) =>
    sheetOf({ name, columns: [...label, ...columns], rows: lines, total })
  return writeWorkbook({
    title,
    campaign,
    subtitle,
    asOf,
    sheets: hasPeople
      ? [
          sheet('Tổng hợp', [...HELP_COLUMNS, ...PEOPLE_COLUMNS, ...BASIS_COLUMNS]),
          ...(terms.parts.length === 0 ? [] : [sheet('Nội dung bản thân', partSheet(terms))]),
        ]
      : [sheet('Tổng hợp', [...HELP_COLUMNS, ...BASIS_COLUMNS])],
  })
}

/** One locality: its indicators' targets, pace and official figures, its counts, and whether its officials' targets can be reached. */
export type LocalityLine = {
  label: string
  place?: Place
  help: Pick<DayFigures, 'reported' | 'counted' | 'verified' | 'awaiting'>
  /** counted records by an indicator that is an outcome too: achieved by the help, and had before */
  outcomes: Partial<Record<string, { achieved: number; had: number }>>
  indicators: readonly {
    indicator: string
    name: string
    /** null: no target was given */
    total: number | null
    daily: number | null
    dueToday: number | null
    /** the newest cumulative figure and its day; null: none was reported */
    value: number | null
    asOfOn: Day | null
    neededPerDay: number | null
    forecast: { on: Day | null; earliest: Day | null; latest: Day | null } | null
    word: IndicatorWord
  }[]
  /** the target of citizens who get an account; null: none was given */
  activationTotal: number | null
  feasibility: { shortage: number; unactivated: number; ratio: number | null } | null
}

type IndicatorLine = LocalityLine['indicators'][number] & {
  label: string
  place?: Place
  counted: number | null
  had: number | null
}

const LOCALITY_COLUMNS: readonly Column<LocalityLine>[] = [
  { header: 'Ghi nhận', width: 12, kind: 'integer', value: row => row.help.reported },
  { header: 'Được tính', width: 12, kind: 'integer', value: row => row.help.counted },
  { header: 'Đã đối chiếu', width: 12, kind: 'integer', value: row => row.help.verified },
  {
    header: 'Chỉ tiêu kích hoạt',
    width: 16,
    kind: 'integer',
    value: row => row.activationTotal,
  },
  {
    header: 'Được tính/chỉ tiêu kích hoạt',
    width: 16,
    kind: 'share',
    value: row => shareOf(row.help.counted, row.activationTotal ?? 0),
  },
  { header: 'Còn phải hỗ trợ', width: 14, kind: 'integer', value: row => row.feasibility?.shortage ?? null },
  {
    header: 'Người dân chưa kích hoạt',
    width: 16,
    kind: 'integer',
    value: row => row.feasibility?.unactivated ?? null,
  },
]

const INDICATOR_COLUMNS: readonly Column<IndicatorLine>[] = [
  { header: 'Chỉ tiêu', width: 48, kind: 'text', value: row => row.name },
  { header: 'Phải thực hiện', width: 14, kind: 'integer', value: row => row.total },
  { header: 'Hằng ngày', width: 12, kind: 'integer', value: row => row.daily },
  { header: 'Số liệu chính thức', width: 14, kind: 'integer', value: row => row.value },
  { header: 'Số liệu đến ngày', width: 14, kind: 'day', value: row => row.asOfOn },
  {
    header: 'Số liệu/chỉ tiêu',
    width: 12,
    kind: 'share',
    value: row => (row.value === null ? null : shareOf(row.value, row.total ?? 0)),
  },
  { header: 'Cần có đến hết hôm nay', width: 16, kind: 'integer', value: row => row.dueToday },
  { header: 'Cần mỗi ngày từ nay', width: 14, kind: 'integer', value: row => row.neededPerDay },
  { header: 'Dự kiến đạt', width: 14, kind: 'day', value: row => row.forecast?.on ?? null },
  { header: 'Sớm nhất', width: 14, kind: 'day', value: row => row.forecast?.earliest ?? null },
  { header: 'Muộn nhất', width: 14, kind: 'day', value: row => row.forecast?.latest ?? null },
  { header: 'Tình trạng', width: 18, kind: 'text', value: row => indicatorWordLabels[row.word] },
  { header: 'Từ trường hợp được tính', width: 16, kind: 'integer', value: row => row.counted },
  {
    header: 'Được tính/chỉ tiêu',
    width: 14,
    kind: 'share',
    value: row => (row.counted === null ? null : shareOf(row.counted, row.total ?? 0)),
  },
  { header: 'Được tính, đã có từ trước', width: 16, kind: 'integer', value: row => row.had },
]

/** A locality and those below it: a sheet of help records, and where there are targets or figures a sheet of indicators. */
export function writeLocalityBoard({
  title,
  campaign,
  subtitle,
  asOf,
  lines,
}: {
  title: string
  /** number of the plan */
  campaign: string
  subtitle: readonly string[]
  asOf: number
  lines: readonly LocalityLine[]
}): Promise<Uint8Array> {
  const places = <Row extends { label: string; place?: Place }>(rows: readonly Row[]) =>
    labelColumns('Địa bàn', rows, 'locality', 34)
  const indicators = lines.flatMap(({ label, place, outcomes, indicators }): IndicatorLine[] =>
    indicators
      .filter(row => row.total !== null || row.value !== null)
      .map(row => {
        const sums = outcomes[row.indicator]
        return { ...row, label, place, counted: sums?.achieved ?? null, had: sums?.had ?? null }
      }),
  )
  return writeWorkbook({
    title,
    campaign,
    subtitle,
    asOf,
    sheets: [
      sheetOf({ name: 'Trường hợp hỗ trợ', columns: [...places(lines), ...LOCALITY_COLUMNS], rows: lines }),
      ...(indicators.length > 0
        ? [sheetOf({ name: 'Chỉ tiêu', columns: [...places(indicators), ...INDICATOR_COLUMNS], rows: indicators })]
        : []),
    ],
  })
}
