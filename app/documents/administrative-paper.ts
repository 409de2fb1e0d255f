import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Header,
  type IParagraphOptions,
  type IRunOptions,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { Day } from '#app/domain/calendar.ts'
import { authorityInFull, type Letterhead } from '#app/domain/letterhead.ts'
import { formatLongDay } from '#app/text/format.ts'
import { boldWidth } from './times-width.ts'

/**
 * The pieces of an administrative document by NĐ 30/2020, annex I. A4, margins 20/20/30/15 mm, Times New Roman, black,
 * body 14 pt, pages numbered at the top from the second on. Sizes of type are half points, widths millimetres.
 */
const FONT = 'Times New Roman'
const BODY = 28
const SMALL = 24
const TEXT_WIDTH = 165
const LANDSCAPE_WIDTH = 252
const LINE_SPACE = 120
/** 1.15 lines */
const LINE = 276
const LEFT_COLUMN = 68
const RIGHT_COLUMN = TEXT_WIDTH - LEFT_COLUMN

const twips = convertMillimetersToTwip
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE }

type Style = Pick<IRunOptions, 'bold' | 'italics' | 'size' | 'underline'>

/** Makes a run of text without the characters that XML forbids, which people may have typed. */
const run = (text: string, style: Style = {}) =>
  new TextRun({ text: text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' '), ...style })

const centred = (text: string, style: Style = {}, layout: IParagraphOptions = {}) =>
  new Paragraph({ alignment: AlignmentType.CENTER, children: [run(text, style)], ...layout })

/** A bold line in the middle: who decides, and "QUYẾT ĐỊNH:" (NĐ 30/2020, annex III, form 1.2). */
export const centredLine = (text: string) =>
  centred(text, { bold: true }, { keepNext: true, spacing: { before: LINE_SPACE, after: LINE_SPACE } })

/** A paragraph of the body, its first line indented. */
export function bodyText(text: string, style: Style = {}, layout: IParagraphOptions = {}): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: twips(10) },
    spacing: { after: LINE_SPACE, line: LINE },
    children: [run(text, style)],
    ...layout,
  })
}

/** An article of a decision, `Điều n.` in bold (NĐ 30/2020, annex I, II.6.d). */
export function article(n: number, text: string, layout: IParagraphOptions = {}): Paragraph {
  return bodyText('', {}, { ...layout, children: [run(`Điều ${n}. `, { bold: true }), run(text)] })
}

/** The heading of a part; it stays with what follows. */
export function bodyHeading(text: string): Paragraph {
  return bodyText(
    text,
    { bold: true },
    { keepNext: true, spacing: { before: LINE_SPACE, after: LINE_SPACE, line: LINE } },
  )
}

/** Dotted lines to be filled in by hand. */
export function dottedLines(count: number, layout: IParagraphOptions = {}): Paragraph[] {
  return Array.from(
    { length: count },
    () =>
      new Paragraph({
        spacing: { after: LINE_SPACE },
        tabStops: [{ type: 'right', position: twips(TEXT_WIDTH), leader: 'dot' }],
        children: [new TextRun({ children: [new Tab()] })],
        ...layout,
      }),
  )
}

/** Who issues a paper, when, and who signs it: what its head and its end are made of. */
export type Issuing = Pick<Letterhead, 'form' | 'above' | 'issuer' | 'sign'> & {
  place: string
  number: string | null
  /** null: the day is written by hand, the month and year too */
  datedOn: Day | null
  signing: Signing
  signer: string | null
  /** the part of the office that drafts, behind "Lưu: VT, "; '': it has no parts; null: unknown, dots */
  draftedBy: string | null
}

/**
 * True while a paper of an authority lacks its number, its day or who signs it: it is a draft (DỰ THẢO). Papers whose words
 * are settled elsewhere, by a vote or by a signature in the application, follow that instead.
 */
export const lacksSigning = ({ number, datedOn, signer }: Pick<Issuing, 'number' | 'datedOn' | 'signer'>) =>
  number === null || datedOn === null || signer === null

/** Marks what nobody has entered, to be written by hand. */
export const DOTS = '……………'

/** What follows the number of a paper: `/TTr-SNV`. A party body's own form is not known here, so it has dots. */
const numberingOf = ({ form, sign }: Pick<Issuing, 'form' | 'sign'>, kind: string) =>
  form === 'party' ? '……' : `/${kind}-${sign ?? '……'}`

/** Names a paper by number, day and issuer, for what is annexed to it: "Tờ trình số …/TTr-SNV ngày … của Sở Nội vụ". */
export function citedPaper(name: string, kind: string, issuing: Issuing): string {
  const { number, datedOn, issuer } = issuing
  return `${name} số ${number ?? '……'}${numberingOf(issuing, kind)} ${writtenDay(datedOn)} của ${issuer}`
}

/**
 * The head of the first page: who issues on the left with number and sign, on the right the state with its motto, of a
 * party body the party's name, below it where and when. Minutes bear no place and day (`isDated` false). `numbered`: the
 * whole number with its sign, where the paper has one.
 */
export function paperHead({
  issuing,
  kind,
  numbered,
  isDated = true,
  isDraft,
  isLandscape = false,
}: {
  issuing: Pick<Issuing, 'form' | 'above' | 'issuer' | 'sign'> & Partial<Pick<Issuing, 'place' | 'number' | 'datedOn'>>
  /** the kind of paper in its sign: `TTr` */
  kind: string
  numbered?: string | null
  isDated?: boolean
  isDraft: boolean
  isLandscape?: boolean
}): Table {
  const rightColumn = isLandscape ? LANDSCAPE_WIDTH - LEFT_COLUMN : RIGHT_COLUMN
  const { form, above, issuer, place = '', number = null, datedOn = null } = issuing
  const parent = above === null ? [] : linesOf(above === '' ? DOTS : shortly(above))
  const names = linesOf(authorityInFull(issuer))
  const left = [
    ...parent.map(line => centred(line, { size: 24 })),
    ...names.map(line => centred(line, { size: 24, bold: true })),
    ruleUnder(boldWidth(names.at(-1) ?? '', 12) * 0.4, LEFT_COLUMN),
    centred(
      `Số: ${numbered ?? `${number ?? '       '}${numberingOf(issuing, kind)}`}`,
      { size: 26 },
      { spacing: { before: LINE_SPACE } },
    ),
    ...(isDraft ? [centred('DỰ THẢO', { bold: true, size: 26 }, { spacing: { before: 60 } })] : []),
  ]
  const right = [
    ...(form === 'party' ? partyLines(rightColumn) : stateLines(rightColumn)),
    ...(isDated
      ? [
          centred(
            `${place === '' ? DOTS : place}, ${writtenDay(datedOn)}`,
            { italics: true, size: 26 },
            { spacing: { before: LINE_SPACE } },
          ),
        ]
      : []),
  ]
  return layoutTable([LEFT_COLUMN, rightColumn], [[left, right]])
}

/** A name in capitals in the left column of the head: on one line, or where it is too long on two of about one length. */
function linesOf(name: string): string[] {
  if (name === '') return []
  const capitals = (words: readonly string[]) => words.join(' ').toLocaleUpperCase('vi')
  const words = name.split(' ')
  const whole = capitals(words)
  if (boldWidth(whole, 12) <= LEFT_COLUMN - 2) return [whole]
  const breaks = words.flatMap((_, n) =>
    n === 0 || isWithinCompound(words, n) ? [] : [[capitals(words.slice(0, n)), capitals(words.slice(n))]],
  )
  const longest = (lines: readonly string[]) => Math.max(...lines.map(line => boldWidth(line, 12)))
  return breaks.reduce((best, lines) => (longest(lines) < longest(best) ? lines : best), [whole])
}

/** True where a break before word `n` parts a name with a hyphen: "Thi đua - Khen thưởng" begins at its capital. */
function isWithinCompound(words: readonly string[], n: number): boolean {
  const hyphen = words.indexOf('-')
  const start = words.slice(0, Math.max(hyphen, 0)).findLastIndex(word => /^\p{Lu}/u.test(word))
  return hyphen >= 0 && n > start && n <= hyphen + 1
}

const MOTTO = 'Độc lập - Tự do - Hạnh phúc'

/** The state and its motto over a rule as long, centred in `width`. */
const stateLines = (width: number) => [
  centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: 24, bold: true }),
  centred(MOTTO, { size: 26, bold: true }),
  ruleUnder(boldWidth(MOTTO, 13), width),
]

const PARTY = 'ĐẢNG CỘNG SẢN VIỆT NAM'

/** The party's name over a rule as long: its bodies' papers bear neither the state's name nor its motto. */
const partyLines = (width: number) => [centred(PARTY, { size: 28, bold: true }), ruleUnder(boldWidth(PARTY, 14), width)]

/** The head of a paper that a person makes, not an authority: the state and its motto, where and when. */
export function stateHead({ place, datedOn }: { place: string; datedOn: Day | null }): Paragraph[] {
  return [
    ...stateLines(TEXT_WIDTH),
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      spacing: { before: LINE_SPACE },
      children: [run(`${place}, ${writtenDay(datedOn)}`, { italics: true, size: 26 })],
    }),
  ]
}

/** A day as documents are dated, or the blanks to write it in. */
export const writtenDay = (day: Day | null | undefined) => (day ? formatLongDay(day) : 'ngày …… tháng …… năm ………')

/** A line of `length`, centred in a column of `width`. */
function ruleUnder(length: number, width: number): Paragraph {
  const indent = Math.max(0, (width - length) / 2)
  return new Paragraph({
    indent: { left: twips(indent), right: twips(indent) },
    spacing: { line: 60, lineRule: 'exact' },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    children: [],
  })
}

/** Makes the document's name in capitals, with its subject below, over a short rule. */
export function paperTitle(
  name: string,
  about: readonly string[],
  { isLandscape = false }: { isLandscape?: boolean } = {},
): (Paragraph | Table)[] {
  const width = isLandscape ? LANDSCAPE_WIDTH : TEXT_WIDTH
  const last = about.at(-1) ?? ''
  return [
    centred(name.toLocaleUpperCase('vi'), { bold: true }, { spacing: { before: 2 * LINE_SPACE }, keepNext: true }),
    ...about.map(line => centred(line, { bold: true }, { keepNext: true })),
    ruleUnder(Math.min(boldWidth(last, 14), width) * 0.4, width),
    new Paragraph({ spacing: { line: 160, lineRule: 'exact' }, children: [] }),
  ]
}

/** Addresses a document: one name in a centred line, several as a list below "Kính gửi:". */
export function addressees(names: readonly string[]): Paragraph[] {
  const [only, ...others] = names
  if (only === undefined) return []
  if (others.length === 0)
    return [centred(`Kính gửi: ${only}.`, {}, { spacing: { before: LINE_SPACE, after: 2 * LINE_SPACE } })]
  return [
    new Paragraph({ indent: { left: twips(40) }, spacing: { before: LINE_SPACE }, children: [run('Kính gửi:')] }),
    ...names.map(
      (name, n) =>
        new Paragraph({
          indent: { left: twips(52) },
          spacing: { after: n === names.length - 1 ? 2 * LINE_SPACE : 0 },
          children: [run(`- ${name}${n === names.length - 1 ? '.' : ';'}`)],
        }),
    ),
  ]
}

/** The legal bases in italics, each a line that ends in ";", the last in ".". */
export function legalBases(citations: readonly string[]): Paragraph[] {
  return citations.map((citation, n) =>
    bodyText(`${citation}${n === citations.length - 1 ? '.' : ';'}`, { italics: true }),
  )
}

/** The title of the only annex, on a page of its own: without a number. */
export function annexTitle(name: string, note: string): Paragraph[] {
  return [
    centred('Phụ lục', { bold: true }, { pageBreakBefore: true, keepNext: true }),
    centred(name.toLocaleUpperCase('vi'), { bold: true }, { keepNext: true }),
    centred(note, { italics: true }, { keepNext: true, spacing: { after: 2 * LINE_SPACE } }),
  ]
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI']

/**
 * Names annex `n` (from 0) of `count`: Roman numbers from two annexes on, a single one has none (NĐ 30/2020, annex I,
 * III.1.a).
 */
export const annexName = (n: number, count: number) => (count < 2 ? 'Phụ lục' : `Phụ lục ${ROMAN[n] ?? n + 1}`)

/** The head of an annex that has pages of its own (`annexes` of `writePaper`); `label` '' for a list on its own. */
export function annexHead(label: string, name: string, note: string): Paragraph[] {
  return [
    ...(label === '' ? [] : [centred(label, { bold: true }, { keepNext: true })]),
    centred(name.toLocaleUpperCase('vi'), { bold: true }, { keepNext: true }),
    centred(note, { italics: true }, { keepNext: true, spacing: { after: 2 * LINE_SPACE } }),
  ]
}

/** A column of a ruled table: its head, width in millimetres, whether its cells are figures or words. */
export type PaperColumn<Row> = { header: string; width: number; isWords?: true; value: (row: Row) => string }

/**
 * Makes a ruled table whose heading repeats on every page; the last row is bold if `total` is given. Its columns
 * together are 165 mm wide, in a landscape annex 252 mm; `size` is that of its type in half points.
 */
export function ruledTable<Row>(
  columns: readonly PaperColumn<Row>[],
  rows: readonly Row[],
  total?: Row,
  size: number = SMALL,
): Table {
  const tableWidth = columns.reduce((sum, { width }) => sum + width, 0)
  const cell = (text: string, width: number, { bold, isWords }: { bold: boolean; isWords?: boolean }) =>
    new TableCell({
      width: { size: twips(width), type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      children: [
        new Paragraph({
          alignment: isWords ? AlignmentType.LEFT : AlignmentType.CENTER,
          children: [run(text, { size, bold })],
        }),
      ],
    })
  const line = (row: Row, bold: boolean) =>
    new TableRow({
      cantSplit: true,
      children: columns.map(({ value, width, isWords }) => cell(value(row), width, { bold, isWords })),
    })
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: twips(tableWidth), type: WidthType.DXA },
    columnWidths: columns.map(({ width }) => twips(width)),
    margins: { top: 40, bottom: 40, left: size < SMALL ? 50 : 80, right: size < SMALL ? 50 : 80 },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ header, width }) => cell(header, width, { bold: true })),
      }),
      ...rows.map(row => line(row, false)),
      ...(total === undefined ? [] : [line(total, true)]),
    ],
  })
}

/** Who signs: the capacity (in lines), what replaces a signature or how to sign, the name if it is known. */
export type Signature = { capacity: readonly string[]; note: string; name: string | null }

/** Signatures side by side, on one page; `staysWithNext`: on that of what follows. */
export function signatures(signers: readonly Signature[], { staysWithNext = false } = {}): Table {
  return layoutTable(
    signers.map(() => TEXT_WIDTH / signers.length),
    [
      signers.map(({ capacity }) =>
        capacity.map(line => centred(line.toLocaleUpperCase('vi'), { bold: true, size: 26 }, { keepNext: true })),
      ),
      signers.map(({ note }) => [
        centred(note, { italics: true, size: 26 }, { keepNext: true, spacing: { after: twips(22) } }),
      ]),
      signers.map(({ name }) => [centred(name ?? '………………………', { bold: name !== null }, { keepNext: staysWithNext })]),
    ],
  )
}

/** In which capacity somebody signs: as head, for the collective that decides (TM.), for the head (KT.), by order (TL.), authorised (TUQ.). */
export type Signing =
  | { form: 'head'; title: string }
  | { form: 'on_behalf'; body: string; title: string }
  /** `body`: the collective on whose behalf the deputy signs, as the head would; absent: the head alone decides */
  | { form: 'deputy'; headTitle: string; title: string; body?: string }
  | { form: 'by_order'; headTitle: string; title: string }
  | { form: 'authorised'; headTitle: string; title: string }

/** How a head signs who decides alone, not on behalf of the collective that they lead: without TM. */
export function signingAlone(signing: Signing): Signing {
  if (signing.form === 'on_behalf') return { form: 'head', title: signing.title }
  if (signing.form !== 'deputy') return signing
  const { body: _, ...alone } = signing
  return alone
}

/** The lines above a signature. */
export function signingLines(signing: Signing): string[] {
  switch (signing.form) {
    case 'head':
      return [signing.title]
    case 'on_behalf':
      return [`TM. ${signing.body}`, signing.title]
    case 'deputy':
      return [...(signing.body === undefined ? [] : [`TM. ${signing.body}`]), `KT. ${signing.headTitle}`, signing.title]
    case 'by_order':
      return [`TL. ${signing.headTitle}`, signing.title]
    case 'authorised':
      return [`TUQ. ${signing.headTitle}`, signing.title]
  }
}

/** "Nơi nhận:" at the left margin with who gets the paper, the last line where it is filed. */
function recipientLines(recipients: readonly string[], filedAt: readonly string[]): Paragraph[] {
  const item = (text: string) => new Paragraph({ children: [run(text, { size: 22 })] })
  return [
    new Paragraph({ children: [run('Nơi nhận:', { bold: true, italics: true, size: 24 })] }),
    ...recipients.map(recipient => item(`- ${recipient};`)),
    item(`- Lưu: ${['VT', ...filedAt].join(', ')}.`),
  ]
}

/** Who gets a paper whose signatures stand side by side above it: minutes, filed with what they are about (form 1.9). */
export const recipientsBelow = (recipients: readonly string[]): Paragraph[] => [
  new Paragraph({ spacing: { before: LINE_SPACE }, children: [] }),
  ...recipientLines(recipients, ['Hồ sơ']),
]

/** The end of a document: who gets it on the left, the last where it is filed; who signs on the right. */
export function paperEnd({
  recipients,
  issuing: { signing, signer, draftedBy },
  isLandscape = false,
}: {
  recipients: readonly string[]
  issuing: Pick<Issuing, 'signing' | 'signer' | 'draftedBy'>
  isLandscape?: boolean
}): Table {
  const lines = signingLines(signing)
  const filedAt = draftedBy === '' ? [] : [draftedBy ?? '……']
  return layoutTable(
    [LEFT_COLUMN, isLandscape ? LANDSCAPE_WIDTH - LEFT_COLUMN : RIGHT_COLUMN],
    [
      [
        recipientLines(recipients, filedAt),
        [
          ...lines.map((line, n) =>
            centred(
              line.toLocaleUpperCase('vi'),
              { bold: true },
              { keepNext: true, spacing: { after: n === lines.length - 1 ? twips(24) : 0 } },
            ),
          ),
          centred(signer ?? DOTS, { bold: true }),
        ],
      ],
    ],
    { before: 2 * LINE_SPACE },
  )
}

/** Rows of columns without rules. */
function layoutTable(
  widths: readonly number[],
  rows: readonly Paragraph[][][],
  { before = 0 }: { before?: number } = {},
): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: twips(widths.reduce((sum, width) => sum + width, 0)), type: WidthType.DXA },
    columnWidths: widths.map(width => twips(width)),
    margins: { top: before, left: 0, right: 0 },
    borders: NO_BORDERS,
    rows: rows.map(
      cells =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (children, n) => new TableCell({ width: { size: twips(widths[n] ?? 0), type: WidthType.DXA }, children }),
          ),
        }),
    ),
  })
}

type Children = readonly (Paragraph | Table)[]

/**
 * Returns the bytes of a document (docx) made of these pieces. `annexes` follow on landscape pages of their own, each
 * numbered from 1. A list on its own is an annex without a body (`children` empty).
 */
export async function writePaper(
  title: string,
  children: Children,
  annexes: readonly Children[] = [],
): Promise<Uint8Array> {
  const document = new Document({
    title,
    creator: '4 phủ',
    styles: {
      default: { document: { run: { font: FONT, size: BODY, color: '000000', language: { value: 'vi-VN' } } } },
    },
    sections: [
      ...(children.length > 0 ? [section(children, false)] : []),
      ...annexes.map(annex => section(annex, true)),
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

/** Pages numbered centred in the top margin, but for the first. */
function section(children: Children, isLandscape: boolean): ISectionOptions {
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      titlePage: true,
      page: {
        size: {
          width: twips(210),
          height: twips(297),
          orientation: isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: { top: twips(20), bottom: twips(20), left: twips(30), right: twips(15), header: twips(10) },
        pageNumbers: { start: 1 },
      },
    },
    headers: {
      first: new Header({ children: [new Paragraph({})] }),
      default: new Header({
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ children: [PageNumber.CURRENT] })],
          }),
        ],
      }),
    },
    children: [...children],
  }
}

/** Above the issuer's the name of an authority is shortened. */
const shortly = (name: string) => name.replace(/^Ủy ban nhân dân(?= )/, 'UBND')
