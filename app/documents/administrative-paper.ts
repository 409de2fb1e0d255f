import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Header,
  type IParagraphOptions,
  type IRunOptions,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'

/**
 * The pieces of an administrative document by NĐ 30/2020, annex I: A4, margins 20/20/30/15 mm, Times New Roman,
 * body 14 pt, pages numbered at the top from the second on. Sizes of type are half points, widths millimetres.
 */
const FONT = 'Times New Roman'
const BODY = 28
const SMALL = 24
const TEXT_WIDTH = 165
const LINE_SPACE = 120

const twips = convertMillimetersToTwip
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE }

type Style = Pick<IRunOptions, 'bold' | 'italics' | 'size' | 'underline'>

/** What people typed may hold characters that XML does not. */
const run = (text: string, style: Style = {}) =>
  new TextRun({ text: text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' '), ...style })

const centred = (text: string, style: Style = {}, layout: IParagraphOptions = {}) =>
  new Paragraph({ alignment: AlignmentType.CENTER, children: [run(text, style)], ...layout })

/** A paragraph of the body, its first line indented. */
export function bodyText(text: string, style: Style = {}, layout: IParagraphOptions = {}): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: twips(10) },
    spacing: { after: LINE_SPACE },
    children: [run(text, style)],
    ...layout,
  })
}

/** The heading of a part; it stays with what follows. */
export function bodyHeading(text: string): Paragraph {
  return bodyText(text, { bold: true }, { keepNext: true })
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

/** The head of the first page: who issues on the left with the number to be filled in, the state on the right. */
export function paperHead({
  above,
  issuer,
  numbering,
  isDraft,
  placed,
}: {
  above: string
  issuer: string
  /** what stands behind the blank for the number: `/BB-TKT` */
  numbering: string
  isDraft: boolean
  /** "Tân Thành, ngày 14 tháng 6 năm 2024", where the document is dated in its head */
  placed?: string
}): Table {
  const left = [
    centred(above.toLocaleUpperCase('vi'), { size: 24 }),
    centred(issuer.toLocaleUpperCase('vi'), { size: 24, bold: true }),
    rule(24),
    centred(`Số:        ${numbering}`, { size: 26 }, { spacing: { before: LINE_SPACE } }),
    ...(isDraft ? [centred('DỰ THẢO', { bold: true, size: 26 }, { spacing: { before: LINE_SPACE } })] : []),
  ]
  const right = [
    centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: 24, bold: true }),
    centred('Độc lập - Tự do - Hạnh phúc', { size: 26, bold: true, underline: { type: 'single' } }),
    ...(placed === undefined
      ? []
      : [centred(placed, { size: 26, italics: true }, { spacing: { before: 2 * LINE_SPACE } })]),
  ]
  return layoutTable([68, 97], [[left, right]])
}

/** A short line, centred in a column of the head. */
function rule(indent: number): Paragraph {
  return new Paragraph({
    indent: { left: twips(indent), right: twips(indent) },
    spacing: { line: 60, lineRule: 'exact' },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
  })
}

/** The name of the document in capitals, below it what it is about. */
export function paperTitle(name: string, about: readonly string[]): Paragraph[] {
  const last = about.length - 1
  return [
    centred(name.toLocaleUpperCase('vi'), { bold: true }, { spacing: { before: 2 * LINE_SPACE }, keepNext: true }),
    ...about.map((line, n) =>
      centred(line, { bold: true }, { keepNext: true, spacing: { after: n === last ? 2 * LINE_SPACE : 0 } }),
    ),
  ]
}

/** "Kính gửi: …", to whom a document goes. */
export function addressedTo(name: string): Paragraph {
  return centred(`Kính gửi: ${name}`, {}, { keepNext: true, spacing: { after: 2 * LINE_SPACE } })
}

/** The foot of a document: who gets it ("Nơi nhận") on the left, the one signature on the right. */
export function closingBlock(recipients: readonly string[], { capacity, note, name }: Signature): Table {
  const small = (text: string, style: Style = {}) => new Paragraph({ children: [run(text, { size: 22, ...style })] })
  return layoutTable(
    [75, 90],
    [
      [
        [
          small('Nơi nhận:', { size: SMALL, bold: true, italics: true }),
          ...recipients.map((line, n) => small(`- ${line}${n === recipients.length - 1 ? '.' : ';'}`)),
        ],
        [
          ...capacity.map(line => centred(line.toLocaleUpperCase('vi'), { bold: true, size: 28 }, { keepNext: true })),
          centred(note, { italics: true, size: 26 }, { keepNext: true, spacing: { after: twips(22) } }),
          centred(name ?? '………………………', { bold: name !== null }),
        ],
      ],
    ],
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

/** A column of a ruled table: its head, width in millimetres (together 165), whether its cells are figures or words. */
export type PaperColumn<Row> = { header: string; width: number; isWords?: true; value: (row: Row) => string }

/** A ruled table whose head stands again on every page; a last row in bold where `total` is given. */
export function ruledTable<Row>(columns: readonly PaperColumn<Row>[], rows: readonly Row[], total?: Row): Table {
  const cell = (text: string, width: number, { bold, isWords }: { bold: boolean; isWords?: boolean }) =>
    new TableCell({
      width: { size: twips(width), type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      children: [
        new Paragraph({
          alignment: isWords ? AlignmentType.LEFT : AlignmentType.CENTER,
          children: [run(text, { size: SMALL, bold })],
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
    width: { size: twips(TEXT_WIDTH), type: WidthType.DXA },
    columnWidths: columns.map(({ width }) => twips(width)),
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
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

/** Who signs: as what (in lines), what stands in place of a signature or how to sign, the name where it is known. */
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

/** Rows of columns without rules. */
function layoutTable(widths: readonly number[], rows: readonly Paragraph[][][]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: twips(TEXT_WIDTH), type: WidthType.DXA },
    columnWidths: widths.map(width => twips(width)),
    margins: { left: 0, right: 0 },
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

/** The bytes of a document (docx) made of these pieces. */
export async function writePaper(title: string, children: readonly (Paragraph | Table)[]): Promise<Uint8Array> {
  const document = new Document({
    title,
    creator: '4 phủ',
    styles: { default: { document: { run: { font: FONT, size: BODY, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: twips(210), height: twips(297) },
            margin: { top: twips(20), bottom: twips(20), left: twips(30), right: twips(15), header: twips(10) },
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
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}
