/** Signs a PDF as tools do: an update at its end with the signature, its field and mark; and as attackers do. */
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { canonical, type PdfValue, readSections } from '#app/documents/pdf-objects.ts'
import type { SignaturePlace } from '#app/domain/signed-paper.ts'
import { type Identity, type MessageWish, messageOf } from './authority.ts'

/** The place for signatures on the paper of the tests: the lower part of its only page. */
export const PLACES: readonly SignaturePlace[] = [{ page: 0, left: 40, bottom: 40, right: 555, top: 640 }]

/** A paper of one page as it is before anybody signs. */
export async function preparedPaper(text = 'Ban cam ket: 10 nguoi dan'): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false })
  document.setProducer('4 phu')
  document.setTitle('Ban cam ket')
  const font = await document.embedFont(StandardFonts.TimesRoman)
  document.addPage([595, 842]).drawText(text, { x: 60, y: 760, size: 14, font })
  return Buffer.from(await document.save({ useObjectStreams: false, addDefaultPage: false }))
}

/** What a file holds after its last update. */
export function paperOf(file: Buffer) {
  const sections = readSections(file)
  const objects = new Map(sections.flatMap(section => [...section.objects]))
  const last = sections.at(-1)
  const trailer = last?.trailer.entries ?? new Map<string, PdfValue>()
  const root = trailer.get('Root')
  const size = trailer.get('Size')
  if (!last || root?.kind !== 'ref' || size?.kind !== 'number') throw new Error('no paper')
  const catalog = dictOf(objects.get(root.number))
  const tree = dictOf(objects.get(refOf(catalog.get('Pages'))))
  const kids = tree.get('Kids')
  const pages = kids?.kind === 'array' ? kids.items.map(refOf) : []
  return { objects, trailer, root: root.number, size: size.value, tableAt: last.tableAt, catalog, pages }
}

const refOf = (value: PdfValue | undefined) => (value?.kind === 'ref' ? value.number : 0)
export const dictOf = (value: PdfValue | undefined) => new Map(value?.kind === 'dict' ? value.entries : [])

/** Writes a value as a PDF does. */
export function written(value: PdfValue | undefined): string {
  switch (value?.kind) {
    case 'ref':
      return `${value.number} 0 R`
    case 'name':
      return `/${value.value}`
    case 'string':
      return `<${Buffer.from(value.bytes, 'latin1').toString('hex')}>`
    case 'array':
      return `[${value.items.map(written).join(' ')}]`
    case 'dict':
      return writtenDict(value.entries)
    default:
      return canonical(value)
  }
}

const writtenDict = (entries: ReadonlyMap<string, PdfValue | string>): string =>
  `<< ${[...entries].map(([key, value]) => `/${key} ${typeof value === 'string' ? value : written(value)}`).join(' ')} >>`

/** Writes a dictionary with these entries besides or instead. */
export const writtenWith = (entries: ReadonlyMap<string, PdfValue>, more: Record<string, string>): string =>
  writtenDict(new Map<string, PdfValue | string>([...entries, ...Object.entries(more)]))

export type Update = {
  objects: Map<number, string>
  trailer: Map<string, string>
  /** where the table says that each object is, if elsewhere */
  places?: (at: Map<number, number>) => Map<number, number>
}

/** Appends an update; all text is latin1. */
export function appended(file: Buffer, { objects, trailer, places }: Update): Buffer {
  let text = '\n'
  const at = new Map<number, number>()
  for (const [number, body] of [...objects].toSorted(([one], [other]) => one - other)) {
    at.set(number, file.length + text.length)
    text += `${number} 0 obj\n${body}\nendobj\n`
  }
  const tableAt = file.length + text.length
  text += 'xref\n0 1\n0000000000 65535 f \n'
  for (const [number, place] of places?.(at) ?? at) text += `${number} 1\n${String(place).padStart(10, '0')} 00000 n \n`
  text += `trailer\n${writtenDict(trailer)}\nstartxref\n${tableAt}\n%%EOF\n`
  return Buffer.concat([file, Buffer.from(text, 'latin1')])
}

/** The trailer of an update of this file. */
export function trailerOf(file: Buffer, size: number): Map<string, string> {
  const { root, trailer, tableAt } = paperOf(file)
  return new Map([
    ['Size', String(size)],
    ['Root', `${root} 0 R`],
    ...(trailer.has('Info') ? ([['Info', written(trailer.get('Info'))]] as const) : []),
    ['Prev', String(tableAt)],
  ])
}

export type SignatureWish = {
  message?: MessageWish
  rect?: readonly [number, number, number, number]
  /** the page of the mark, from 0 */
  page?: number
  fieldName?: string
  format?: string
  hasDrawing?: boolean
  /** changes the update before it is written */
  change?: (
    update: Update,
    numbers: { signature: number; field: number; drawing: number; page: number; form: number },
  ) => void
  /** another message in place of the signer's, of the bytes that are covered */
  cms?: (covered: Buffer) => Buffer
  /** another range in place of the one that covers all */
  range?: (range: [number, number, number, number]) => number[]
}

const CONTENT_DIGITS = 24_000
const RANGE = '[0 0000000001 0000000002 0000000003]'

/** Returns the file with one more signature, in an update at its end. */
export function signed(file: Buffer, signer: Identity, wish: SignatureWish = {}): Buffer {
  const paper = paperOf(file)
  const count = (file.toString('latin1').match(/\/FT \/Sig/g) ?? []).length
  const form = paper.catalog.get('AcroForm')
  const [signature, field, drawing, formNumber] = [
    paper.size,
    paper.size + 1,
    paper.size + 2,
    refOf(form) || paper.size + 3,
  ]
  const page = paper.pages[wish.page ?? 0] ?? 0
  const left = 50 + (count % 3) * 170
  const bottom = 50 + Math.floor(count / 3) * 25
  const rect = wish.rect ?? [left, bottom, left + 150, bottom + 22]
  const fields = form ? dictOf(paper.objects.get(formNumber)).get('Fields') : undefined
  const pageDict = dictOf(paper.objects.get(page))
  const marks = pageDict.get('Annots')
  const extended = (list: PdfValue | undefined) =>
    `[${[...(list?.kind === 'array' ? list.items : []).map(written), `${field} 0 R`].join(' ')}]`
  const hasDrawing = wish.hasDrawing ?? true
  const stream = `q 0.9 g 0 0 150 22 re f Q`
  const update: Update = {
    objects: new Map([
      [paper.root, writtenWith(paper.catalog, { AcroForm: `${formNumber} 0 R` })],
      [page, writtenWith(pageDict, { Annots: extended(marks) })],
      [formNumber, `<< /Fields ${extended(fields)} /SigFlags 3 >>`],
      [
        field,
        `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${wish.fieldName ?? `Chu ky ${count + 1}`}) /F 132 /Rect [${rect.join(' ')}] /P ${page} 0 R /V ${signature} 0 R${hasDrawing ? ` /AP << /N ${drawing} 0 R >>` : ''} >>`,
      ],
      [
        signature,
        `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${wish.format ?? 'ETSI.CAdES.detached'} /M (D:20240510100000+07'00') /ByteRange ${RANGE} /Contents <${'0'.repeat(CONTENT_DIGITS)}> >>`,
      ],
      ...(hasDrawing
        ? ([
            [
              drawing,
              `<< /Type /XObject /Subtype /Form /BBox [0 0 150 22] /Resources << >> /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
            ],
          ] as const)
        : []),
    ]),
    trailer: trailerOf(file, paper.size + 4),
  }
  wish.change?.(update, { signature, field, drawing, page, form: formNumber })
  const whole = appended(file, update)
  const gap = whole.indexOf(`<${'0'.repeat(CONTENT_DIGITS)}>`, file.length)
  if (gap < 0) return whole
  const end = gap + CONTENT_DIGITS + 2
  const range = [0, gap, end, whole.length - end] as [number, number, number, number]
  const said = wish.range?.(range) ?? range
  whole.write(`[${said.join(' ')}]`.padEnd(RANGE.length, ' '), whole.indexOf(RANGE, file.length), 'latin1')
  const [from = 0, length = 0, second = 0, rest = 0] = said
  const covered = Buffer.concat([whole.subarray(from, from + length), whole.subarray(second, second + rest)])
  const cms = wish.cms?.(covered) ?? messageOf(signer, covered, wish.message)
  whole.write(cms.toString('hex'), gap + 1, 'latin1')
  return whole
}
