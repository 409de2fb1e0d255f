import { Paragraph } from 'docx'
import type { Day } from '#app/domain/calendar.ts'
import type { WorklistLack } from '#app/domain/vocabulary.ts'
import { capitalize } from '#app/text/board.ts'
import { formatLongDay } from '#app/text/format.ts'
import { planInFull } from '#app/text/plan.ts'
import { invitationPurpose } from '#app/text/worklist.ts'
import {
  bodyText,
  type Issuing,
  lacksSigning,
  paperEnd,
  paperHead,
  paperTitle,
  writePaper,
} from './administrative-paper.ts'

export type Invitations = {
  campaign: { code: string; title: string; issuer: string; issuedOn: Day }
  issuing: Issuing
  day: Day
  /** '' : any time of the day */
  time: string
  place: string
  bring: string
  /** whom to tell when one cannot come; '' for none */
  phone: string
  people: readonly {
    name: string
    birthYear: number | null
    address: string | null
    hamlet: string
    communeName: string
    lacks: readonly WorklistLack[]
  }[]
}

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
  const { campaign, issuing, people } = paper
  const { issuer } = issuing
  return writePaper(
    `Giấy mời ${issuer}`,
    people.flatMap((person, n) => [
      ...(n === 0 ? [] : [new Paragraph({ pageBreakBefore: true })]),
      paperHead({ issuing, kind: 'GM', isDraft: lacksSigning(issuing) }),
      ...paperTitle('Giấy mời', [capitalize(invitationPurpose(person.lacks))]),
      bodyText(`Thực hiện ${planInFull(campaign)}, ${issuer} trân trọng kính mời:`),
      bodyText(`Ông (bà): ${person.name}${person.birthYear === null ? '' : `, sinh năm ${person.birthYear}`}`, {
        bold: true,
      }),
      bodyText(`Nơi ở: ${homeOf(person)}`),
      bodyText(`Thời gian: ${sessionTime(paper)}`),
      bodyText(`Địa điểm: ${paper.place}`),
      bodyText(`Khi đến mang theo: ${paper.bring}`),
      bodyText(
        `Cán bộ hướng dẫn tại chỗ, không thu tiền hướng dẫn. Nếu chưa đến được, xin ông (bà) báo lại${paper.phone === '' ? '' : ` theo số điện thoại ${paper.phone}`} để đơn vị hẹn ngày khác.`,
      ),
      paperEnd({ recipients: ['Như trên'], issuing }),
    ]),
  )
}
