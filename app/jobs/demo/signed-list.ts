import { PDFDocument, StandardFonts } from 'pdf-lib'
import type { Dice } from './dice.ts'

/** A page like the scan of a unit's signed list: the plan's number, numbered lines, a scrawl in place of each signature. */
export async function signedList(lines: number, dice: Dice): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false })
  const page = document.addPage([595, 842])
  const font = await document.embedFont(StandardFonts.TimesRoman)
  page.drawText('128/KH-UBND', { x: 60, y: 780, size: 13, font })
  for (let n = 0; n < Math.min(lines, 34); n++) {
    const y = 740 - n * 20
    page.drawText(String(n + 1), { x: 60, y, size: 11, font })
    page.drawLine({ start: { x: 85, y: y - 3 }, end: { x: 535, y: y - 3 }, thickness: 0.4 })
    let x = 440
    for (let stroke = 0; stroke < 5; stroke++) {
      const next = x + dice.int(6, 14)
      page.drawLine({
        start: { x, y: y + dice.int(-1, 9) },
        end: { x: next, y: y + dice.int(-1, 9) },
        thickness: 0.9,
      })
      x = next
    }
  }
  return Buffer.from(await document.save({ useObjectStreams: false }))
}
