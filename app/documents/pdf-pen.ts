import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fontkit from '@pdf-lib/fontkit'
import { PDFDict, PDFDocument, type PDFFont, PDFName, type PDFPage, PDFString, rgb } from 'pdf-lib'
import type { SignaturePlace } from '#app/domain/signed-paper.ts'
import { SEAL_KEY, type SealedPaper, sealSlot } from './paper-seal.ts'
import { drawQrCode } from './qr-code.ts'

/** A4 in whole points, so that a tool that writes the page again writes the same numbers. */
export const WIDTH = 595
const HEIGHT = 842
export const LEFT = 72
export const RIGHT = WIDTH - 56
const TOP = HEIGHT - 64
/** Where the text of a page ends below, above the code that leads to the paper's page. */
const BOTTOM = 96
const BODY = 12
export const LINE = 19
const CELL_LINE = 14
const CELL_PAD = 4
/** The square of the code that a phone reads, in points. */
const QR_SIZE = 66
const INK = rgb(0.1, 0.1, 0.1)
export const FAINT = rgb(0.4, 0.4, 0.4)

const FONT_FOLDER = '@fontsource/be-vietnam-pro/files/be-vietnam-pro'
/** The letters that the Vietnamese part of the font has; all others are in its Latin part. */
const VIETNAMESE = /[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01A0\u01A1\u01AF\u01B0\u1EA0-\u1EF9\u20AB]/

type Weight = 400 | 600
const fonts = new Map<string, Uint8Array>()

function fontFile(part: 'latin' | 'vietnamese', weight: Weight): Uint8Array {
  const name = `${FONT_FOLDER}-${part}-${weight}-normal.woff`
  const known = fonts.get(name) ?? readFileSync(createRequire(import.meta.url).resolve(name))
  fonts.set(name, known)
  return known
}

type Faces = Record<Weight, { latin: PDFFont; vietnamese: PDFFont }>
type Writing = { size?: number; weight?: Weight; isCentred?: boolean; color?: ReturnType<typeof rgb>; left?: number }

/** A column of a table: its head and width in points; `isNumber`: written to the right. */
export type PenColumn = { header: string; width: number; isNumber?: boolean }

/** Draws lines of text downwards, each letter from the part of the font that has it, over as many pages as it needs. */
export class Pen {
  y = TOP
  /** places kept for signatures, as they were drawn */
  readonly places: SignaturePlace[] = []
  readonly #pages: PDFPage[] = []
  readonly #addPage: (() => PDFPage) | null
  readonly #faces: Faces
  readonly #scale: number

  /** `addPage` null: nothing is drawn, only measured. */
  constructor(addPage: (() => PDFPage) | null, faces: Faces, scale: number) {
    this.#addPage = addPage
    this.#faces = faces
    this.#scale = scale
    if (addPage) this.#pages.push(addPage())
  }

  get #page(): PDFPage | undefined {
    return this.#pages.at(-1)
  }

  #runs(text: string, weight: Weight) {
    const { latin, vietnamese } = this.#faces[weight]
    const runs: { font: PDFFont; text: string }[] = []
    for (const letter of text) {
      const font = VIETNAMESE.test(letter) ? vietnamese : latin
      const last = runs.at(-1)
      if (last?.font === font) last.text += letter
      else runs.push({ font, text: letter })
    }
    return runs
  }

  #width(text: string, size: number, weight: Weight) {
    const real = size * this.#scale
    return this.#runs(text, weight).reduce((sum, run) => sum + run.font.widthOfTextAtSize(run.text, real), 0)
  }

  #draw(text: string, x: number, y: number, { size = BODY, weight = 400, color = INK }: Writing) {
    const real = size * this.#scale
    let at = x
    for (const run of this.#runs(text, weight)) {
      this.#page?.drawText(run.text, { x: at, y, size: real, font: run.font, color })
      at += run.font.widthOfTextAtSize(run.text, real)
    }
  }

  /** The lines that a text needs in a width, in points; a word longer than the width is cut. */
  #wrap(text: string, most: number, size: number, weight: Weight): string[] {
    const lines: string[] = []
    let line = ''
    for (const word of text.split(/\s+/)) {
      const longer = line === '' ? word : `${line} ${word}`
      if (this.#width(longer, size, weight) <= most) line = longer
      else {
        if (line !== '') lines.push(line)
        line = word
        for (let cut = cutAt(line); this.#width(line, size, weight) > most && cut > 0; cut = cutAt(line)) {
          let fits = cut
          while (fits > 1 && this.#width(line.slice(0, fits), size, weight) > most) fits--
          lines.push(line.slice(0, fits))
          line = line.slice(fits)
        }
      }
    }
    return [...lines, line]
  }

  line(text: string, writing: Writing = {}) {
    const { size = BODY, weight = 400, isCentred = false, left = LEFT } = writing
    this.#draw(text, isCentred ? (WIDTH - this.#width(text, size, weight)) / 2 : left, this.y, writing)
    this.down(LINE)
  }

  /** A paragraph over as many lines as it needs. */
  paragraph(text: string, writing: Writing = {}) {
    for (const line of this.#wrap(text, RIGHT - LEFT, writing.size ?? BODY, writing.weight ?? 400)) {
      this.room(LINE)
      this.line(line, writing)
    }
    this.down(3)
  }

  /** Leaves room of so many points of the usual size. */
  down(points: number) {
    this.y -= points * this.#scale
  }

  /** Goes on to another page where fewer points than these are left on this one. */
  room(points: number) {
    if (this.#addPage === null || this.y - points * this.#scale >= BOTTOM) return
    this.#pages.push(this.#addPage())
    this.y = TOP
  }

  /**
   * A ruled table whose head is on each page again. `marks`: its last column is kept for signatures, one place for each
   * page, and its rows are so high (points).
   */
  table(columns: readonly PenColumn[], rows: readonly (readonly string[])[], { rowHeight = 0, marks = false } = {}) {
    const size = 10
    const edges = [LEFT]
    for (const { width } of columns) edges.push((edges.at(-1) ?? LEFT) + width)
    const draw = (cells: readonly string[], weight: Weight) => {
      const lines = cells.map((cell, n) =>
        cell === '' ? [] : this.#wrap(cell, (columns[n]?.width ?? 0) - 2 * CELL_PAD, size, weight),
      )
      const high = Math.max(rowHeight, ...lines.map(all => all.length * CELL_LINE + 2 * CELL_PAD))
      return { lines, high, weight }
    }
    const put = ({ lines, high, weight }: ReturnType<typeof draw>) => {
      lines.forEach((cell, n) => {
        const { width = 0, isNumber = false } = columns[n] ?? {}
        const left = edges[n] ?? LEFT
        cell.forEach((text, at) => {
          const x = isNumber ? left + width - CELL_PAD - this.#width(text, size, weight) : left + CELL_PAD
          this.#draw(text, x, this.y - CELL_PAD - 10 - at * CELL_LINE, { size, weight })
        })
        this.#page?.drawRectangle({
          x: left,
          y: this.y - high,
          width,
          height: high,
          borderWidth: 0.5,
          borderColor: FAINT,
        })
      })
      this.y -= high
    }
    const head = draw(
      columns.map(({ header }) => header),
      600,
    )
    let top = 0
    const begin = () => {
      put(head)
      top = this.y
    }
    const end = () => {
      if (marks && top > this.y)
        this.#keep({ left: edges.at(-2) ?? LEFT, right: edges.at(-1) ?? RIGHT, top, bottom: this.y })
    }
    const drawn = rows.map(row => draw(row, 400))
    this.room(head.high + (drawn[0]?.high ?? 0))
    begin()
    for (const row of drawn) {
      if (this.#addPage !== null && this.y - row.high < BOTTOM) {
        end()
        this.room(HEIGHT)
        begin()
      }
      put(row)
    }
    end()
    this.y -= LINE
  }

  /** A line in bold that stays with what follows it. */
  heading(text: string) {
    this.room(4 * LINE)
    this.down(4)
    this.paragraph(text, { weight: 600 })
  }

  /** Two columns of lines, each centred in its half: the head of a paper. */
  columns(left: readonly string[], right: readonly string[]) {
    const half = (RIGHT - LEFT) / 2
    const size = 10
    const put = (texts: readonly string[], from: number) => {
      let y = this.y
      for (const text of texts)
        for (const line of this.#wrap(text, half - 8, size, 600)) {
          this.#draw(line, from + (half - this.#width(line, size, 600)) / 2, y, { size, weight: 600 })
          y -= CELL_LINE
        }
      return y
    }
    this.y = Math.min(put(left, LEFT), put(right, LEFT + half))
    this.down(8)
  }

  /** Draws a place for marks of signatures over the whole width, with words above it. */
  place(words: string, height: number) {
    this.room(height + 2 * LINE)
    this.line(words, { size: 10, color: FAINT })
    const top = Math.floor(this.y + LINE - 8)
    this.#frame({ left: LEFT, right: RIGHT, top, bottom: top - height })
    this.y = top - height - LINE
  }

  /** Who signs, in capitals, with a place for the mark below and the name under it; from `left` to the edge. */
  signing(capacity: readonly string[], name: string | null, { left, height }: { left: number; height: number }) {
    this.room(height + (capacity.length + 2) * CELL_LINE)
    const centred = (text: string) => {
      const x = left + (RIGHT - left - this.#width(text, 11, 600)) / 2
      this.#draw(text, x, this.y, { size: 11, weight: 600 })
      this.down(CELL_LINE)
    }
    for (const line of capacity) centred(line)
    const top = Math.floor(this.y + 6)
    this.#frame({ left, right: RIGHT, top, bottom: top - height })
    this.y = top - height - CELL_LINE
    if (name !== null) centred(name)
    this.down(CELL_LINE)
  }

  /** Draws a place at a fixed spot of the page, with words above it. */
  placeAt({ left, right, top, bottom }: Omit<SignaturePlace, 'page'>, words: string) {
    this.#frame({ left, right, top, bottom })
    this.#draw(words, left, top + 8, { size: 10, color: FAINT })
  }

  #frame(place: Omit<SignaturePlace, 'page'>) {
    this.#page?.drawRectangle({
      x: place.left,
      y: place.bottom,
      width: place.right - place.left,
      height: place.top - place.bottom,
      borderWidth: 0.6,
      borderColor: FAINT,
      borderDashArray: [3, 3],
    })
    this.#keep(place)
  }

  /** Keeps a place, in whole points within what was drawn. */
  #keep({ left, right, top, bottom }: Omit<SignaturePlace, 'page'>) {
    this.places.push({
      page: Math.max(0, this.#pages.length - 1),
      left: Math.ceil(left),
      right: Math.floor(right),
      top: Math.floor(top),
      bottom: Math.ceil(bottom),
    })
  }

  /** Draws at the foot of each page the code that leads to the paper's page, for a phone and for who types it. */
  code({ code, site }: PaperCode) {
    const { size, path } = drawQrCode(`${site}/${code}`)
    for (const [n, page] of this.#pages.entries()) {
      page.drawSvgPath(path, { x: RIGHT - QR_SIZE, y: 18 + QR_SIZE, scale: QR_SIZE / size, color: rgb(0, 0, 0) })
      const words = [`Mã tra cứu: ${code}`, `Xem chữ ký tại ${site}`, `Trang ${n + 1}/${this.#pages.length}`]
      words.forEach((text, at) => {
        let x = LEFT
        for (const run of this.#runs(text, 400)) {
          page.drawText(run.text, { x, y: 62 - at * 14, size: 9, font: run.font, color: FAINT })
          x += run.font.widthOfTextAtSize(run.text, 9)
        }
      })
    }
  }
}

/** Where a word is cut at most: before its last letter. */
const cutAt = (word: string) => word.length - 1

/** The short code of a paper, and the address under which it is looked up. */
export type PaperCode = { code: string; site: string }

/**
 * Writes a paper as a PDF to be signed with a certificate: the same paper gives the same bytes, with an empty seal that
 * `sealPaper` fills. `draw` draws with the first of `scales` at which `fits`; null `code`: none is printed.
 */
export async function writePreparedPaper(
  { kind, id }: Omit<SealedPaper, 'places'>,
  {
    title,
    draw,
    scales = [1],
    fits = () => true,
    code,
  }: {
    title: string
    draw: (pen: Pen) => void
    scales?: readonly number[]
    fits?: (pen: Pen) => boolean
    code: PaperCode | null
  },
): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false })
  document.registerFontkit(fontkit)
  document.setTitle(title)
  document.setLanguage('vi')
  const embed = async (weight: Weight) => ({
    latin: await document.embedFont(fontFile('latin', weight), { subset: true }),
    vietnamese: await document.embedFont(fontFile('vietnamese', weight), { subset: true }),
  })
  const faces = { 400: await embed(400), 600: await embed(600) }
  const scale = scales.find(smaller => {
    const measured = new Pen(null, faces, smaller)
    draw(measured)
    return fits(measured)
  })
  const pen = new Pen(() => document.addPage([WIDTH, HEIGHT]), faces, scale ?? scales.at(-1) ?? 1)
  draw(pen)
  if (code) pen.code(code)
  const info = document.context.lookup(document.context.trailerInfo.Info, PDFDict)
  info.set(PDFName.of(SEAL_KEY), PDFString.of(sealSlot({ kind, id, places: pen.places })))
  return Buffer.from(await document.save({ useObjectStreams: false, updateFieldAppearances: false }))
}
