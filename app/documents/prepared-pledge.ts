import { authorityInFull } from '#app/domain/letterhead.ts'
import type { SignaturePlace } from '#app/domain/signed-paper.ts'
import { formatLongDay } from '#app/text/format.ts'
import { FAINT, LEFT, LINE, type Pen, RIGHT, writePreparedPaper } from './pdf-pen.ts'
import { type PledgePaper, pledgeSentences } from './pledge-paper.ts'

/** Sizes of the text, the first that fits above the place for signatures. */
const SCALES = [1, 0.9, 0.8, 0.7, 0.6]

/** The lower part of the only page, kept for the marks of signatures. */
export const PLEDGE_PLACE: SignaturePlace = { page: 0, left: LEFT, bottom: 56, right: RIGHT, top: 216 }

/** The bản cam kết of one person as a PDF to be signed with a certificate (plan IV.1), not sealed yet. */
export function writePreparedPledge(pledge: PledgePaper, pledgeId: number): Promise<Buffer> {
  return writePreparedPaper(
    { kind: 'pledge', id: pledgeId },
    {
      title: `Bản cam kết ${pledge.name}`,
      scales: SCALES,
      draw: pen => drawPledge(pen, pledge),
      fits: pen => pen.y >= PLEDGE_PLACE.top + LINE,
      code: null,
    },
  )
}

function drawPledge(pen: Pen, pledge: PledgePaper) {
  const { opening, promises, end } = pledgeSentences(pledge)
  pen.line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { weight: 600, isCentred: true })
  pen.line('Độc lập - Tự do - Hạnh phúc', { weight: 600, isCentred: true })
  pen.down(10)
  const dated = pledge.signedOn === null ? '' : `, ${formatLongDay(pledge.signedOn)}`
  pen.line(`${pledge.place}${dated}`, { isCentred: true, color: FAINT })
  pen.down(12)
  pen.line('BẢN CAM KẾT', { size: 15, weight: 600, isCentred: true })
  pen.paragraph(`${pledge.plan.name} (Kế hoạch số ${pledge.plan.code})`, { weight: 600, isCentred: true })
  pen.down(8)
  pen.paragraph(`Kính gửi: ${authorityInFull(pledge.unitName)}`, { isCentred: true })
  pen.down(8)
  for (const text of [...opening, ...promises, end]) pen.paragraph(text)
  pen.placeAt(PLEDGE_PLACE, 'Người cam kết ký số trong khung này')
}
