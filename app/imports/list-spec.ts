import { composed } from '#app/domain/letters.ts'
import { foldWords } from '#app/domain/name.ts'

/** Kinds of values, which distinguish a row from a title, a total or a signature. */
export type ValueKind =
  | 'name'
  | 'number'
  | 'phone'
  | 'birth'
  | 'code'
  | 'day'
  | 'day_or_words'
  | 'count'
  | 'place'
  | 'words'

export type ColumnSpec = {
  /** as templates and exports write it */
  header: string
  /** other heads that mean this column, folded by `foldWords`; with marks where folded they could mean another */
  synonyms: readonly string[]
  /** folded words that begin or end a head of this column, after every exact head has its column */
  parts?: readonly string[]
  kind: ValueKind
}

/**
 * Columns that together hold one: numbering, family and given name, men and women (a mark, or the birth), and day,
 * month and year of the birth.
 */
export type Spread =
  | 'ordinal'
  | 'familyName'
  | 'givenName'
  | 'male'
  | 'female'
  | 'birthDay'
  | 'birthMonth'
  | 'birthYear'
export type Heading<Column extends string> = Column | Spread

/** What one list wants of a file; all else is the same for every list. */
export type ListSpec<Column extends string> = {
  columns: Readonly<Record<Column, ColumnSpec>>
  /** whose name, birth and sex may be spread over several columns; undefined: the list names no people */
  person?: { name: Column; birth: Column }
  /** a head names one of these */
  heads: readonly Heading<Column>[]
  /** how many columns a head names at least; undefined: 2 */
  least?: number
  /** columns that must be there, judged by those that are */
  missing: (has: (column: Heading<Column>) => boolean) => Column[]
  /** columns that a file's heads name only where they name this one, too */
  beside?: Partial<Record<Column, readonly Column[]>>
  /** begins the text of `person.name` in the template's example */
  exampleMark?: string
}

/** True for a column that needs another one beside it, which `has` does not find. */
export const isOutOfPlace = <Column extends string>(
  { beside = {} }: ListSpec<Column>,
  column: Heading<Column>,
  has: (column: Column) => boolean,
) =>
  (Object.entries(beside) as [Column, readonly Heading<Column>[]][]).some(
    ([anchor, others]) => !has(anchor) && others.includes(column),
  )

/** All that the columns' order of a spec says. */
export const columnsIn = <Column extends string>(spec: ListSpec<Column>) => Object.keys(spec.columns) as Column[]

const SPREAD: Record<Spread, readonly string[]> = {
  ordinal: ['stt', 'tt', 'so tt', 'so thu tu', 'no'],
  familyName: [
    'ho',
    'ho dem',
    'ho va dem',
    'ho va ten dem',
    'ho ten dem',
    'ho va chu dem',
    'ho chu dem',
    'ho va chu lot',
    'ho lot',
    'ho va ten lot',
  ],
  givenName: ['ten'],
  male: ['nam', 'nam sinh nam', 'gioi tinh nam', 'ngay sinh nam', 'ngay thang nam sinh nam'],
  female: ['nu', 'nam sinh nu', 'gioi tinh nu', 'ngay sinh nu', 'ngay thang nam sinh nu'],
  birthDay: ['ngay', 'sinh ngay', 'ngay sinh ngay', 'nam sinh ngay', 'ngay thang nam sinh ngay'],
  birthMonth: ['thang', 'sinh thang', 'ngay sinh thang', 'nam sinh thang', 'ngay thang nam sinh thang'],
  birthYear: [],
}

/** A head over the year of a birth; without marks `nam` is the men's column, with them the year's. */
const YEAR = /(^| )năm$/

/** A longer text is no head. */
export const MOST_SIGNS = 400

/** A head that speaks of somebody else than the citizen or official of the row. */
const OTHERS =
  /\b(chu ho|nguoi than|than nhan|vo chong|nguoi gioi thieu|cha me|bo me|nguoi giam ho|giam ho|nguoi bao tin|nguoi dai dien|chu thue bao cu)\b|^ho (va )?ten (cha|me|bo|vo|chong|con)\b| (cua|ong|ba) (cha|me|bo|vo|chong)$| (vo|chong)$/

/** True if a head speaks of a head of household, a relative or another third person. */
export const isOfOthers = (words: string) => OTHERS.test(foldWords(words))

export type Matcher<Column extends string> = {
  /** the column whose head or synonym these words are; bracketed remarks and asterisks are passed over */
  exact(words: string): Heading<Column> | undefined
  /** columns of which a part begins or ends these words, the longest part first; none for heads of others */
  loose(words: string): Column[]
}

const matchers = new WeakMap<object, Matcher<string>>()

/** Returns how heads are matched to the columns of a spec. */
export function matcherOf<Column extends string>(spec: ListSpec<Column>): Matcher<Column> {
  const known = matchers.get(spec)
  // the map holds for each spec the matcher of its own columns
  if (known) return known as Matcher<Column>
  const made = makeMatcher(spec)
  matchers.set(spec, made as Matcher<string>)
  return made
}

function makeMatcher<Column extends string>(spec: ListSpec<Column>): Matcher<Column> {
  const spreads = Object.entries(SPREAD) as [Spread, readonly string[]][]
  const spread = spec.person ? spreads : spreads.filter(([column]) => column === 'ordinal')
  const columns = columnsIn(spec)
  const columnOf = new Map<string, Heading<Column>>([
    ...spread.flatMap(([column, words]) => words.map(word => [word, column] as const)),
    ...columns.flatMap(column =>
      [foldWords(spec.columns[column].header), ...spec.columns[column].synonyms].map(word => [word, column] as const),
    ),
  ])
  const parts = columns
    .flatMap(column => (spec.columns[column].parts ?? []).map(part => ({ part, column })))
    .sort((a, b) => b.part.length - a.part.length)
  return {
    exact(words) {
      if (words.length > MOST_SIGNS) return undefined
      const spoken = words
        .toLowerCase()
        .replace(/[().:*]/g, '')
        .trim()
      const withoutRemark = words.replace(/\([^)]*\)/g, ' ')
      const found = columnOf.get(spoken) ?? columnOf.get(foldWords(words))
      const column = found ?? (isOfOthers(words) ? undefined : columnOf.get(foldWords(withoutRemark)))
      return column === 'male' && YEAR.test(composed(spoken)) ? 'birthYear' : column
    },
    loose(words) {
      if (words.length > MOST_SIGNS) return []
      const text = foldWords(words.replace(/\([^)]*\)/g, ' '))
      if (text === '' || OTHERS.test(text)) return []
      return parts
        .filter(({ part }) => text === part || text.startsWith(`${part} `) || text.endsWith(` ${part}`))
        .map(({ column }) => column)
    },
  }
}
