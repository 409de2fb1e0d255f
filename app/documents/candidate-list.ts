import { authorityInFull } from '#app/domain/letterhead.ts'
import type { RoundKind, Sex } from '#app/domain/vocabulary.ts'
import { formatNumber, formatParts } from '#app/text/format.ts'
import { groupPartBases, type NamedBasis } from '#app/text/part-basis.ts'
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

/** The column that only a commendation has. */
const AWARDS_HEADER = 'Khen thưởng đã có'

const figure = (value: number | null | undefined) => (value === null || value === undefined ? '–' : formatNumber(value))

const PERSON_COLUMNS: readonly PaperColumn<Numbered<ListedPerson>>[] = [
  { header: 'STT', width: 9, value: row => String(row.number) },
  { header: 'Ông/Bà', width: 12, value: row => honorificOf(row.sex) },
  { header: 'Họ và tên', width: 27, isWords: true, value: row => row.name },
  { header: 'Năm sinh', width: 12, value: row => (row.birthYear === null ? '' : String(row.birthYear)) },
  { header: 'Chức vụ', width: 18, isWords: true, value: row => row.position },
  { header: 'Đơn vị', width: 25, isWords: true, value: row => row.unitName },
  { header: 'Tóm tắt thành tích', width: 34, isWords: true, value: row => row.achievement },
  { header: AWARDS_HEADER, width: 20, isWords: true, value: row => awardsText(row) },
  { header: 'Chỉ tiêu', width: 12, value: row => figure(row.figures?.target) },
  { header: 'Được tính', width: 12, value: row => figure(row.figures?.counted) },
  { header: 'Đã đối chiếu', width: 13, value: row => figure(row.figures?.verified) },
  {
    header: 'Nội dung bản thân',
    width: 29,
    isWords: true,
    value: row => ownPartsOf(row),
  },
  { header: 'Hình thức đề nghị', width: 16, isWords: true, value: row => row.form },
  { header: 'Ghi chú', width: 13, isWords: true, value: row => row.note },
]

/** Words a person's own parts: how many are met, and what each rests on. */
const ownPartsOf = ({ obligations }: ListedPerson) =>
  obligations === null ? '–' : `${obligations.met}/${obligations.borne}; ${groupPartBases(obligations.bases)}`

const metOf = ({ obligations }: ListedCollective) =>
  obligations === null
    ? '–'
    : obligations.map(({ name, met, bearers }) => `${name}: ${formatParts(met, bearers)}`).join('; ')

const COLLECTIVE_COLUMNS: readonly PaperColumn<Numbered<ListedCollective>>[] = [
  { header: 'STT', width: 9, value: row => String(row.number) },
  { header: 'Tên tập thể', width: 36, isWords: true, value: row => authorityInFull(row.name) },
  { header: 'Số người (nữ)', width: 17, value: row => peopleOf(row) },
  { header: 'Tóm tắt thành tích', width: 44, isWords: true, value: row => row.achievement },
  { header: AWARDS_HEADER, width: 24, isWords: true, value: row => awardsText(row) },
  { header: 'Chỉ tiêu', width: 15, value: row => figure(row.figures?.target) },
  { header: 'Được tính', width: 15, value: row => figure(row.figures?.counted) },
  { header: 'Đã đối chiếu', width: 15, value: row => figure(row.figures?.verified) },
  { header: 'Nội dung bản thân', width: 40, isWords: true, value: metOf },
  { header: 'Hình thức đề nghị', width: 22, isWords: true, value: row => row.form },
  { header: 'Ghi chú', width: 15, isWords: true, value: row => row.note },
]

const peopleOf = ({ figures }: ListedCollective) =>
  figures === null ? '–' : `${formatNumber(figures.officials)} (${formatNumber(figures.women)})`

/** Names of the lists as their heads say them. */
const LIST_NAMES: Record<RoundKind, { persons: string; collectives: string }> = {
  commendation: {
    persons: 'Danh sách cá nhân đề nghị tặng thưởng',
    collectives: 'Danh sách tập thể đề nghị tặng thưởng',
  },
  review: {
    persons: 'Danh sách cá nhân đề nghị xem xét trách nhiệm',
    collectives: 'Danh sách tập thể đề nghị xem xét trách nhiệm',
  },
}

/** Half points: fourteen columns fit on a landscape page. */
const LIST_SIZE = 20

/**
 * Adapts the columns: a review shows what is missing where a commendation shows an achievement, proposes no form of
 * award, and says nothing of earlier ones.
 */
function forKind<Row>(columns: readonly PaperColumn<Row>[], kind: RoundKind): readonly PaperColumn<Row>[] {
  if (kind === 'commendation') return columns
  const words: Record<string, string> = {
    'Tóm tắt thành tích': 'Nội dung chưa hoàn thành',
    'Hình thức đề nghị': 'Đề nghị',
  }
  return columns
    .filter(({ header }) => header !== AWARDS_HEADER)
    .map(column => ({ ...column, header: words[column.header] ?? column.header }))
}

/** The landscape pages of a round's lists as annexes of a paper, collectives first. */
export function listPages(lists: CandidateLists) {
  const { kind, annexedTo } = lists
  const names = LIST_NAMES[kind]
  const parts = [
    ...(lists.collectives.length > 0
      ? [
          {
            name: names.collectives,
            table: ruledTable(forKind(COLLECTIVE_COLUMNS, kind), numbered(lists.collectives), undefined, LIST_SIZE),
          },
        ]
      : []),
    ...(lists.persons.length > 0
      ? [
          {
            name: names.persons,
            table: ruledTable(forKind(PERSON_COLUMNS, kind), numbered(lists.persons), undefined, LIST_SIZE),
          },
        ]
      : []),
  ]
  return parts.map(({ name, table }, n) => [...annexHead(annexName(n, parts.length), name, annexedTo), table])
}

/** One list as a docx of its own; `part` says which. A list without candidates has its head and an empty table. */
export function writeCandidateList(lists: CandidateLists, part: 'persons' | 'collectives'): Promise<Uint8Array> {
  const name = LIST_NAMES[lists.kind][part]
  const columns = {
    persons: () => ruledTable(forKind(PERSON_COLUMNS, lists.kind), numbered(lists.persons), undefined, LIST_SIZE),
    collectives: () =>
      ruledTable(forKind(COLLECTIVE_COLUMNS, lists.kind), numbered(lists.collectives), undefined, LIST_SIZE),
  }
  return writePaper(name, [], [[...annexHead('', name, lists.annexedTo), columns[part]()]])
}
