import {
  AlignmentType,
  convertMillimetersToTwip,
  Document,
  FrameAnchorType,
  FrameWrap,
  Packer,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx'
import { CERTIFICATE_PARTS, type CertificateLayout, type CertificatePart } from '#app/domain/certificate-layout.ts'
import { DOTS, type Issuing, signingLines, writtenDay } from './administrative-paper.ts'

/** Certificates of one decision, to be printed onto the province's forms. */
type Certificates = {
  layout: CertificateLayout
  issuing: Issuing & { authority: string }
  /** why, as the decision says */
  reason: string
  /** number and day of the decision; null: not on record yet */
  decision: { number: string; on: string } | null
  awarded: readonly { name: string; unitName: string; certificate: string | null }[]
}

const twips = convertMillimetersToTwip

/** Makes a docx with a page for each certificate: only what is not on the printed form, each part in its box. */
export async function writeCertificates(paper: Certificates): Promise<Uint8Array> {
  const { layout, awarded } = paper
  const document = new Document({
    title: 'Bằng khen',
    creator: '4 phủ',
    styles: {
      default: {
        document: { run: { font: 'Times New Roman', size: 28, color: '000000', language: { value: 'vi-VN' } } },
      },
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: {
              width: twips(Math.min(layout.width, layout.height)),
              height: twips(Math.max(layout.width, layout.height)),
              orientation: layout.width > layout.height ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { top: 0, bottom: 0, left: 0, right: 0 },
          },
        },
        children: awarded.flatMap((row, n) => [
          ...CERTIFICATE_PARTS.flatMap(part => boxed(layout, part, wordsOf(paper, row)[part])),
          new Paragraph({ pageBreakBefore: n > 0, children: [] }),
        ]),
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

/** What each box of one certificate says, a line each. */
function wordsOf(
  { issuing, reason, decision }: Certificates,
  row: Certificates['awarded'][number],
): Record<CertificatePart, readonly string[]> {
  return {
    authority: [issuing.authority.toLocaleUpperCase('vi')],
    name: [row.name, ...(row.unitName === '' ? [] : [row.unitName])],
    reason: [reason],
    day: [`${issuing.place}, ${writtenDay(issuing.datedOn)}`],
    signing: signingLines(issuing.signing).map(line => line.toLocaleUpperCase('vi')),
    signer: [issuing.signer ?? DOTS],
    number: [
      `Quyết định số ${decision?.number ?? '……'}, ${writtenDay(decision?.on)}`,
      `Số vào sổ: ${row.certificate ?? '……'}`,
    ],
  }
}

/** What somebody is, below their name, in this share of its size, so that a long unit stays within its box. */
const POSITION_SHARE = 0.7

/** A line of a box, `size` points high; below a name smaller and not bold. */
function lineRun(part: CertificatePart, text: string, { size, isBelow }: { size: number; isBelow: boolean }): TextRun {
  const points = isBelow ? Math.round(size * POSITION_SHARE) : size
  return new TextRun({ text, size: points * 2, bold: BOLD.includes(part) && !isBelow, italics: part === 'day' })
}

const BOLD: readonly CertificatePart[] = ['authority', 'name', 'signing', 'signer']

function boxed(layout: CertificateLayout, part: CertificatePart, lines: readonly string[]): Paragraph[] {
  const { left, top, width, size } = layout.boxes[part]
  return lines.map(
    (line, n) =>
      new Paragraph({
        alignment: part === 'number' ? AlignmentType.LEFT : AlignmentType.CENTER,
        frame: {
          type: 'absolute',
          position: { x: twips(left), y: twips(top) },
          width: twips(width),
          height: 0,
          anchor: { horizontal: FrameAnchorType.PAGE, vertical: FrameAnchorType.PAGE },
          wrap: FrameWrap.NOT_BESIDE,
        },
        children: [lineRun(part, line, { size, isBelow: part === 'name' && n > 0 })],
      }),
  )
}
