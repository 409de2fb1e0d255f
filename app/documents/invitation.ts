import { Paragraph } from 'docx'
import type { Day } from '#app/domain/calendar.ts'
import type { Province } from '#app/domain/province.ts'
import { formatLongDay } from '#app/text/format.ts'
import { committeeOf, provinceTitle } from '#app/text/province.ts'
import { bodyText, paperHead, paperTitle, signatures, writePaper } from './administrative-paper.ts'

export type Invitations = {
  campaign: { code: string }
  province: Pick<Province, 'name' | 'type'>
  unitName: string
  headTitle: string
  day: Day
  /** '' : any time of the day */
  time: string
  place: string
  bring: string
  people: readonly {
    name: string
    birthYear: number | null
    address: string | null
    hamlet: string
    communeName: string
  }[]
}

/** Documents write the name of an authority in full. */
const inFull = (name: string) => name.replace(/^UBND(?= )/, 'Ủy ban nhân dân')

/** Returns where somebody lives, in one line. */
function homeOf({
  address,
  hamlet,
  communeName,
}: Pick<Invitations['people'][number], 'address' | 'hamlet' | 'communeName'>) {
  return [address, hamlet, communeName].filter(Boolean).join(', ')
}

/** When a session is: "08 giờ 00, ngày 14 tháng 6 năm 2024". */
function sessionTime({ day, time }: Pick<Invitations, 'day' | 'time'>): string {
  const [hours, minutes] = time.split(':')
  return time === '' ? `Trong giờ làm việc, ${formatLongDay(day)}` : `${hours} giờ ${minutes}, ${formatLongDay(day)}`
}

/**
 * Invitations (giấy mời) to an id-card session as docx by NĐ 30/2020: a page for each citizen, marked as a draft until
 * it is numbered and signed.
 */
export function writeInvitations(paper: Invitations): Promise<Uint8Array> {
  const { campaign, province, unitName, headTitle, people } = paper
  return writePaper(
    `Giấy mời ${inFull(unitName)}`,
    people.flatMap((person, n) => [
      ...(n === 0 ? [] : [new Paragraph({ pageBreakBefore: true })]),
      paperHead({ above: provinceTitle(province), issuer: inFull(unitName), numbering: '/GM-UBND', isDraft: true }),
      ...paperTitle('Giấy mời', ['Làm thẻ căn cước, kích hoạt tài khoản định danh điện tử']),
      bodyText(
        `Thực hiện Kế hoạch số ${campaign.code} của ${committeeOf(province)}, ${inFull(unitName)} trân trọng kính mời:`,
      ),
      bodyText(`Ông (bà): ${person.name}${person.birthYear === null ? '' : `, sinh năm ${person.birthYear}`}`, {
        bold: true,
      }),
      bodyText(`Nơi ở: ${homeOf(person)}`),
      bodyText(`Thời gian: ${sessionTime(paper)}`),
      bodyText(`Địa điểm: ${paper.place}`),
      bodyText(`Khi đến mang theo: ${paper.bring}`),
      bodyText(
        'Cán bộ hướng dẫn tại chỗ, không thu tiền hướng dẫn. Nếu chưa đến được, xin ông (bà) báo lại để đơn vị hẹn ngày khác.',
      ),
      signatures([
        { capacity: ['Nơi nhận'], note: 'Như trên; lưu: VT.', name: '' },
        { capacity: [headTitle], note: '(Ký, ghi rõ họ tên, đóng dấu)', name: null },
      ]),
    ]),
  )
}
