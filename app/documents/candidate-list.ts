import { authorityInFull } from '#app/domain/letterhead.ts'
import type { RoundKind, Sex } from '#app/domain/vocabulary.ts'
import { formatNumber, formatParts } from '#app/text/format.ts'
import { countPartBases, type NamedBasis } from '#app/text/part-basis.ts'
import type { NamedShare } from '#app/text/terms.ts'
import { annexHead, annexName, type PaperColumn, ruledTable, writePaper } from './administrative-paper.ts'

/** Figures of the frozen assessment; reported ⊇ counted ⊇ verified, always side by side. */
type Counts = { reported: number; counted: number; verified: number }

/** A person in a list of candidates; `figures` null: from outside the rosters, without a quota. */
export type ListedPerson = {
  candidateId: number
  officialId: number | null
  name: string
  sex: Sex | null
  birthYear: number | null
  position: string
  unitId: number
  unitName: string
  achievement: string
  /** khen thưởng đã có; empty: none, as was told; null: none is on record, and nobody was asked */
  earlierAwards: readonly string[] | null
  figures: (Counts & { target: number | null }) | null
  /** parts of the person's own obligations that are met, of those borne, and what each rests on */
  obligations: { met: number; borne: number; bases: readonly NamedBasis[] } | null
  /** hình thức đề nghị; of a review: what is proposed */
  form: string
  note: string
}

/** The same for a collective; its figures are sums over its people at the cut-off. */
export type ListedCollective = {
  candidateId: number
  /** null: from outside the tree of units */
  unitId: number | null
  name: string
  kind: string
  achievement: string
  /** khen thưởng đã có; empty: none, as was told; null: none is on record, and nobody was asked */
  earlierAwards: readonly string[] | null
  figures: (Counts & { target: number; officials: number; women: number }) | null
  /** those that hold in the campaign, in one order for all; null: from outside the rosters */
  obligations: readonly NamedShare[] | null
  form: string
  note: string
}

/** The lists of one round and what they are annexed to. */
export type CandidateLists = {
  kind: RoundKind
  /** "(Kèm theo Tờ trình số … )" */
  annexedTo: string
  persons: readonly ListedPerson[]
  collectives: readonly ListedCollective[]
}

type Numbered<Line> = Line & { number: number }
const numbered = <Line>(lines: readonly Line[]): Numbered<Line>[] =>
  lines.map((line, n) => ({ ...line, number: n + 1 }))

/** Returns how a list addresses a person; null: the sex is not known. */
export const honorificOf = (sex: Sex | null) => (sex === null ? 'Ông/Bà' : sex === 'female' ? 'Bà' : 'Ông')

/** Words the earlier awards of a list: "Chưa có" only where somebody was asked. */
export const awardsText = ({ earlierAwards }: { earlierAwards: readonly string[] | null }) =>
  earlierAwards?.length === 0 ? 'Chưa có' : (earlierAwards ?? []).join('; ')

const ACHIEVEMENT_HEADER = 'Tóm tắt thành tích'
/** What a review shows in that column. */
const LACK_HEADER = 'Nội dung chưa hoàn thành'

const figure = (value: number | null | undefined) => (value === null || value === undefined ? '–' : formatNumber(value))

/** The columns that only some lists have. */
const AWARDS_HEADER = 'Khen thưởng đã có'
const FORM_HEADER = 'Hình thức đề nghị'
const NOTE_HEADER = 'Ghi chú'

const PERSON_COLUMNS: readonly PaperColumn<Numbered<ListedPerson>>[] = [
  { header: 'STT', width: 9, value: row => String(row.number) },
  { header: 'Ông/Bà', width: 11, value: row => honorificOf(row.sex) },
  { header: 'Họ và tên', width: 28, isWords: true, value: row => row.name },
  { header: 'Năm sinh', width: 12, value: row => (row.birthYear === null ? '' : String(row.birthYear)) },
  { header: 'Chức vụ', width: 21, isWords: true, value: row => row.position },
  { header: 'Đơn vị', width: 27, isWords: true, value: row => row.unitName },
  { header: ACHIEVEMENT_HEADER, width: 24, isWords: true, value: row => row.achievement },
  { header: AWARDS_HEADER, width: 22, isWords: true, value: row => awardsText(row) },
  { header: 'Chỉ tiêu', width: 12, value: row => figure(row.figures?.target) },
  { header: 'Được tính', width: 12, value: row => figure(row.figures?.counted) },
  { header: 'Đã đối chiếu', width: 13, value: row => figure(row.figures?.verified) },
  {
    header: 'Nội dung bản thân',
    width: 26,
    isWords: true,
    value: row => ownPartsOf(row),
  },
  { header: FORM_HEADER, width: 22, isWords: true, value: row => row.form },
  { header: NOTE_HEADER, width: 13, isWords: true, value: row => row.note },
]

/** Words a person's own parts: how many are met, and what each rests on. */
const ownPartsOf = ({ obligations }: ListedPerson) =>
  obligations === null ? '–' : `${obligations.met}/${obligations.borne}; ${countPartBases(obligations.bases)}`

const metOf = ({ obligations }: ListedCollective) =>
  obligations === null
    ? '–'
    : obligations.map(({ name, met, bearers }) => `${name}: ${formatParts(met, bearers)}`).join('; ')

const COLLECTIVE_COLUMNS: readonly PaperColumn<Numbered<ListedCollective>>[] = [
  { header: 'STT', width: 9, value: row => String(row.number) },
  { header: 'Tên tập thể', width: 36, isWords: true, value: row => authorityInFull(row.name) },
  { header: 'Số người (nữ)', width: 17, value: row => peopleOf(row) },
  { header: ACHIEVEMENT_HEADER, width: 44, isWords: true, value: row => row.achievement },
  { header: AWARDS_HEADER, width: 24, isWords: true, value: row => awardsText(row) },
  { header: 'Chỉ tiêu', width: 15, value: row => figure(row.figures?.target) },
  { header: 'Được tính', width: 15, value: row => figure(row.figures?.counted) },
  { header: 'Đã đối chiếu', width: 15, value: row => figure(row.figures?.verified) },
  { header: 'Nội dung bản thân', width: 40, isWords: true, value: metOf },
  { header: FORM_HEADER, width: 22, isWords: true, value: row => row.form },
  { header: NOTE_HEADER, width: 15, isWords: true, value: row => row.note },
]

const peopleOf = ({ figures }: ListedCollective) =>
  figures === null ? '–' : `${formatNumber(figures.officials)} (${formatNumber(figures.women)})`

type Part = 'persons' | 'collectives'

const WHO: Record<Part, string> = { persons: 'cá nhân', collectives: 'tập thể' }

/** Names a list as its head says it, with the form of award where all on it are proposed for one. */
function listName({ kind }: Pick<CandidateLists, 'kind'>, part: Part, form: string | undefined): string {
  if (kind === 'review') return `Danh sách ${WHO[part]} đề nghị xem xét trách nhiệm`
  return `Danh sách ${WHO[part]} đề nghị tặng ${form ?? 'thưởng'}`
}

/** Half points: fourteen columns fit on a landscape page. */
const LIST_SIZE = 20

type Listed = Pick<ListedPerson, 'form' | 'note'>

/** The form of award that everybody on a list is proposed for; undefined where there are several, or nobody. */
function commonForm(rows: readonly Listed[]): string | undefined {
  const forms = new Set(rows.map(({ form }) => form))
  return forms.size === 1 ? rows[0]?.form : undefined
}

/**
 * Adapts the columns to what a list says: a review shows what is missing where a commendation shows an achievement, and
 * says nothing of earlier awards; a form that all have is in the list's name; notes are a column where there is one. What
 * a left out column held is given to the words of the achievement, so that rows are low and a page holds many.
 */
function columnsFor<Row extends Listed>(
  columns: readonly PaperColumn<Row>[],
  kind: RoundKind,
  rows: readonly Row[],
): readonly PaperColumn<Row>[] {
  const left = new Set([
    ...(kind === 'review' ? [AWARDS_HEADER] : []),
    ...(commonForm(rows) === undefined ? [] : [FORM_HEADER]),
    ...(rows.some(({ note }) => note !== '') ? [] : [NOTE_HEADER]),
  ])
  const isLeft = ({ header }: PaperColumn<Row>) => left.has(header)
  const freed = columns.filter(isLeft).reduce((sum, { width }) => sum + width, 0)
  return columns
    .filter(column => !isLeft(column))
    .map(column =>
      column.header === ACHIEVEMENT_HEADER
        ? { ...column, header: kind === 'review' ? LACK_HEADER : column.header, width: column.width + freed }
        : column.header === FORM_HEADER && kind === 'review'
          ? { ...column, header: 'Đề nghị' }
          : column,
    )
}

/** The name and the table of one part of the lists. */
function listOf(lists: CandidateLists, part: Part) {
  const { kind } = lists
  const tableOf = <Row extends Listed>(columns: readonly PaperColumn<Numbered<Row>>[], rows: readonly Row[]) => {
    const lines = numbered(rows)
    return ruledTable(columnsFor(columns, kind, lines), lines, undefined, LIST_SIZE)
  }
  return {
    name: listName(lists, part, commonForm(lists[part])),
    table:
      part === 'persons'
        ? tableOf<ListedPerson>(PERSON_COLUMNS, lists.persons)
        : tableOf<ListedCollective>(COLLECTIVE_COLUMNS, lists.collectives),
  }
}

/** The landscape pages of a round's lists as annexes of a paper, collectives first. */
export function listPages(lists: CandidateLists) {
  const parts = (['collectives', 'persons'] as const).filter(part => lists[part].length > 0)
  return parts.map((part, n) => {
    const { name, table } = listOf(lists, part)
    return [...annexHead(annexName(n, parts.length), name, lists.annexedTo), table]
  })
}

/** One list as a docx of its own; `part` says which. A list without candidates has its head and an empty table. */
export function writeCandidateList(lists: CandidateLists, part: Part): Promise<Uint8Array> {
  const { name, table } = listOf(lists, part)
  return writePaper(name, [], [[...annexHead('', name, lists.annexedTo), table]])
}
