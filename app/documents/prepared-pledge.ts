import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fontkit from '@pdf-lib/fontkit'
import { PDFDict, PDFDocument, type PDFFont, PDFName, type PDFPage, PDFString, rgb } from 'pdf-lib'
import { authorityInFull } from '#app/domain/letterhead.ts'
import type { SignaturePlace } from '#app/domain/signed-paper.ts'
import { formatLongDay } from '#app/text/format.ts'
import { SEAL_KEY } from './paper-seal.ts'
import { type PledgePaper, pledgeSentences } from './pledge-paper.ts'

/** A4 in whole points, so that a tool that writes the page again writes the same numbers. */
const WIDTH = 595
const HEIGHT = 842
const LEFT = 72
const RIGHT = WIDTH - 56
const TOP = HEIGHT - 64
const BODY = 12
const LINE = 19
/** Sizes of the text, the first that fits above the place for signatures. */
const SCALES = [1, 0.9, 0.8, 0.7, 0.6]
const INK = rgb(0.1, 0.1, 0.1)
const FAINT = rgb(0.4, 0.4, 0.4)

/** The lower part of the only page, kept for the marks of signatures. */
export const PLEDGE_PLACES: readonly SignaturePlace[] = [{ page: 0, left: LEFT, bottom: 56, right: RIGHT, top: 216 }]

const FONT_FOLDER = '@fontsource/be-vietnam-pro/files/be-vietnam-pro'
/** The letters that the Vietnamese part of the font has; all others are in its Latin part. */
const VIETNAMESE = /[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01A0\u01A1\u01AF\u01B0\u1EA0-\u1EF9\u20AB]/

const fonts = new Map<string, Uint8Array>()

function fontFile(part: 'latin' | 'vietnamese', weight: 400 | 600): Uint8Array {
  const name = `${FONT_FOLDER}-${part}-${weight}-normal.woff`
  const known = fonts.get(name) ?? readFileSync(createRequire(import.meta.url).resolve(name))
  fonts.set(name, known)
  return known
}

type Faces = Record<400 | 600, { latin: PDFFont; vietnamese: PDFFont }>

/** Draws lines of text downwards, each letter from the part of the font that has it. */
class Pen {
  y = TOP
  readonly #page: PDFPage | null
  readonly #faces: Faces
  readonly #scale: number

  /** `page` null: nothing is drawn, only measured. */
  constructor(page: PDFPage | null, faces: Faces, scale: number) {
    this.#page = page
    this.#faces = faces
    this.#scale = scale
  }

  #runs(text: string, weight: 400 | 600) {
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

  #width(text: string, size: number, weight: 400 | 600) {
    const real = size * this.#scale
    return this.#runs(text, weight).reduce((sum, run) => sum + run.font.widthOfTextAtSize(run.text, real), 0)
  }

  line(text: string, { size = BODY, weight = 400 as 400 | 600, isCentred = false, color = INK, left = LEFT } = {}) {
    const real = size * this.#scale
    let x = isCentred ? (WIDTH - this.#width(text, size, weight)) / 2 : left
    for (const run of this.#runs(text, weight)) {
      this.#page?.drawText(run.text, { x, y: this.y, size: real, font: run.font, color })
      x += run.font.widthOfTextAtSize(run.text, real)
    }
    this.skip(LINE)
  }

  /** A paragraph over as many lines as it needs. */
  paragraph(text: string, { size = BODY, weight = 400 as 400 | 600, isCentred = false, color = INK } = {}) {
    let line = ''
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (line !== '' && this.#width(longer, size, weight) > RIGHT - LEFT) {
        this.line(line, { size, weight, isCentred, color })
        line = word
      } else line = longer
    }
    this.line(line, { size, weight, isCentred, color })
    this.skip(3)
  }

  /** Leaves room of so many points of the usual size. */
  skip(points: number) {
    this.y -= points * this.#scale
  }
}

/**
 * The bản cam kết of one person as a PDF to be signed with a certificate (plan IV.1): the same paper gives the same
 * bytes. `slot` is the place of the seal, text of its own length that `sealPaper` fills.
 */
export async function writePreparedPledge(pledge: PledgePaper, slot: string): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false })
  document.registerFontkit(fontkit)
  document.setTitle(`Bản cam kết ${pledge.name}`)
  document.setLanguage('vi')
  const info = document.context.lookup(document.context.trailerInfo.Info, PDFDict)
  info.set(PDFName.of(SEAL_KEY), PDFString.of(slot))
  const embed = async (weight: 400 | 600) => ({
    latin: await document.embedFont(fontFile('latin', weight), { subset: true }),
    vietnamese: await document.embedFont(fontFile('vietnamese', weight), { subset: true }),
  })
  const page = document.addPage([WIDTH, HEIGHT])
  const faces = { 400: await embed(400), 600: await embed(600) }
  const scale = SCALES.find(smaller => heightLeft(pledge, faces, smaller) >= 0) ?? SCALES.at(-1) ?? 1
  drawPledge(new Pen(page, faces, scale), pledge)
  const [place] = PLEDGE_PLACES
  if (place) {
    const { left, bottom, right, top } = place
    page.drawRectangle({
      x: left,
      y: bottom,
      width: right - left,
      height: top - bottom,
      borderWidth: 0.6,
      borderColor: FAINT,
      borderDashArray: [3, 3],
    })
    const pen = new Pen(page, faces, 1)
    pen.y = top + 8
    pen.line('Người cam kết ký số trong khung này', { size: 10, color: FAINT })
  }
  return Buffer.from(await document.save({ useObjectStreams: false, updateFieldAppearances: false }))
}

/** How far above the place for signatures the text ends, in points. */
function heightLeft(pledge: PledgePaper, faces: Faces, scale: number): number {
  const pen = new Pen(null, faces, scale)
  drawPledge(pen, pledge)
  return pen.y - (PLEDGE_PLACES[0]?.top ?? 0) - LINE
}

function drawPledge(pen: Pen, pledge: PledgePaper) {
  const { opening, promises, end } = pledgeSentences(pledge)
  pen.line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { weight: 600, isCentred: true })
  pen.line('Độc lập - Tự do - Hạnh phúc', { weight: 600, isCentred: true })
  pen.skip(10)
  const dated = pledge.signedOn === null ? '' : `, ${formatLongDay(pledge.signedOn)}`
  pen.line(`${pledge.place}${dated}`, { isCentred: true, color: FAINT })
  pen.skip(12)
  pen.line('BẢN CAM KẾT', { size: 15, weight: 600, isCentred: true })
  pen.paragraph(`${pledge.plan.name} (Kế hoạch số ${pledge.plan.code})`, { weight: 600, isCentred: true })
  pen.skip(8)
  pen.paragraph(`Kính gửi: ${authorityInFull(pledge.unitName)}`, { isCentred: true })
  pen.skip(8)
  for (const text of [...opening, ...promises, end]) pen.paragraph(text)
}
