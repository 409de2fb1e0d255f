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

/** The heading of a part; it stays with what follows. */
export function bodyHeading(text: string): Paragraph {
  return bodyText(
    text,
    { bold: true },
    { keepNext: true, spacing: { before: LINE_SPACE, after: LINE_SPACE, line: LINE } },
  )
}

/** Dotted lines to be filled in by hand. */
export function dottedLines(count: number): Paragraph[] {
  return Array.from(
    { length: count },
    () =>
      new Paragraph({
        spacing: { after: LINE_SPACE },
        tabStops: [{ type: 'right', position: twips(TEXT_WIDTH), leader: 'dot' }],
        children: [new TextRun({ children: [new Tab()] })],
      }),
  )
}

/**
 * The head of the first page: who issues on the left with number and sign, the state with its motto on the right, below
 * it where and when. `number` null leaves the blank in which it is written; minutes have no `place` and no day.
 */
export function paperHead({
  above,
  issuer,
  numbering,
  number = null,
  place,
  datedOn,
  isDraft,
}: {
  above: string
  issuer: string
  /** what follows the number: `/BB-TKT` */
  numbering: string
  number?: string | null
  place?: string
  /** null: the day is written by hand, the month and year too */
  datedOn?: Day | null
  isDraft: boolean
}): Table {
  const parent = linesOf(shortly(above).toLocaleUpperCase('vi'))
  const names = linesOf(inFull(issuer).toLocaleUpperCase('vi'))
  const left = [
    ...parent.map(line => centred(line, { size: 24 })),
    ...names.map(line => centred(line, { size: 24, bold: true })),
    ruleUnder(boldWidth(names.at(-1) ?? '', 12) * 0.4, LEFT_COLUMN),
    centred(`Số: ${number ?? '       '}${numbering}`, { size: 26 }, { spacing: { before: LINE_SPACE } }),
    ...(isDraft ? [centred('DỰ THẢO', { bold: true, size: 26 }, { spacing: { before: 60 } })] : []),
  ]
  const right = [
    ...stateLines(RIGHT_COLUMN),
    ...(place === undefined
      ? []
      : [
          centred(`${place}, ${writtenDay(datedOn)}`, { italics: true, size: 26 }, { spacing: { before: LINE_SPACE } }),
        ]),
  ]
  return layoutTable([LEFT_COLUMN, RIGHT_COLUMN], [[left, right]])
}

/** A name in the left column of the head: on one line, or where it is too long on two of about the same length. */
function linesOf(name: string): string[] {
  if (name === '') return []
  if (boldWidth(name, 12) <= LEFT_COLUMN - 2) return [name]
  const words = name.split(' ')
  const breaks = words.slice(1).map((_, n) => [words.slice(0, n + 1).join(' '), words.slice(n + 1).join(' ')])
  const longest = (lines: readonly string[]) => Math.max(...lines.map(line => boldWidth(line, 12)))
  return breaks.reduce((best, lines) => (longest(lines) < longest(best) ? lines : best), [name])
}

const MOTTO = 'Độc lập - Tự do - Hạnh phúc'

/** The state and its motto over a rule as long, centred in `width`. */
const stateLines = (width: number) => [
  centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: 24, bold: true }),
  centred(MOTTO, { size: 26, bold: true }),
  ruleUnder(boldWidth(MOTTO, 13), width),
]

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
export function paperTitle(name: string, about: readonly string[]): (Paragraph | Table)[] {
  const last = about.at(-1) ?? ''
  return [
    centred(name.toLocaleUpperCase('vi'), { bold: true }, { spacing: { before: 2 * LINE_SPACE }, keepNext: true }),
    ...about.map(line => centred(line, { bold: true }, { keepNext: true })),
    ruleUnder(Math.min(boldWidth(last, 14), TEXT_WIDTH) * 0.4, TEXT_WIDTH),
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

/** The title of an annex, on a page of its own. */
export function annexTitle(name: string, note: string): Paragraph[] {
  return [
    centred('Phụ lục', { bold: true }, { pageBreakBefore: true, keepNext: true }),
    centred(name.toLocaleUpperCase('vi'), { bold: true }, { keepNext: true }),
    centred(note, { italics: true }, { keepNext: true, spacing: { after: 2 * LINE_SPACE } }),
  ]
}

/** The head of a numbered annex that has pages of its own (`annexes` of `writePaper`). */
export function annexHead(number: string, name: string, note: string): Paragraph[] {
  return [
    ...(number === '' ? [] : [centred(`Phụ lục ${number}`, { bold: true }, { keepNext: true })]),
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

/** Signatures side by side, on one page. */
export function signatures(signers: readonly Signature[]): Table {
  return layoutTable(
    signers.map(() => TEXT_WIDTH / signers.length),
    [
      signers.map(({ capacity }) =>
        capacity.map(line => centred(line.toLocaleUpperCase('vi'), { bold: true, size: 26 }, { keepNext: true })),
      ),
      signers.map(({ note }) => [
        centred(note, { italics: true, size: 26 }, { keepNext: true, spacing: { after: twips(22) } }),
      ]),
      signers.map(({ name }) => [centred(name ?? '………………………', { bold: name !== null })]),
    ],
  )
}

/** In which capacity somebody signs: as head, for the collective that decides (TM.), for the head (KT.), by order (TL.), authorised (TUQ.). */
export type Signing =
  | { form: 'head'; title: string }
  | { form: 'on_behalf'; body: string; title: string }
  | { form: 'deputy'; headTitle: string; title: string }
  | { form: 'by_order'; headTitle: string; title: string }
  | { form: 'authorised'; headTitle: string; title: string }

/** The lines above a signature. */
function signingLines(signing: Signing): string[] {
  switch (signing.form) {
    case 'head':
      return [signing.title]
    case 'on_behalf':
      return [`TM. ${signing.body}`, signing.title]
    case 'deputy':
      return [`KT. ${signing.headTitle}`, signing.title]
    case 'by_order':
      return [`TL. ${signing.headTitle}`, signing.title]
    case 'authorised':
      return [`TUQ. ${signing.headTitle}`, signing.title]
  }
}

/** The end of a document: who gets it on the left, the last where it is filed; who signs on the right. */
export function paperEnd({
  recipients,
  filedAt,
  signing,
  name,
}: {
  recipients: readonly string[]
  /** behind "Lưu: VT, " */
  filedAt: string
  signing: Signing
  name: string | null
}): Table {
  const item = (text: string) => new Paragraph({ children: [run(text, { size: 22 })] })
  const lines = signingLines(signing)
  return layoutTable(
    [LEFT_COLUMN, RIGHT_COLUMN],
    [
      [
        [
          new Paragraph({ children: [run('Nơi nhận:', { bold: true, italics: true, size: 24 })] }),
          ...recipients.map(recipient => item(`- ${recipient};`)),
          item(`- Lưu: VT${filedAt === '' ? '' : `, ${filedAt}`}.`),
        ],
        [
          ...lines.map((line, n) =>
            centred(
              line.toLocaleUpperCase('vi'),
              { bold: true },
              { keepNext: true, spacing: { after: n === lines.length - 1 ? twips(24) : 0 } },
            ),
          ),
          centred(name ?? '', { bold: true }),
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
    width: { size: twips(TEXT_WIDTH), type: WidthType.DXA },
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

/** Documents write the name of an authority in full, above the issuer's they shorten it. */
export const inFull = (name: string) => name.replace(/^UBND(?= )/, 'Ủy ban nhân dân')
const shortly = (name: string) => name.replace(/^Ủy ban nhân dân(?= )/, 'UBND')
