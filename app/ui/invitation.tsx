import type { Day } from '#app/domain/calendar.ts'
import type { WorklistLack } from '#app/domain/vocabulary.ts'
import { formatLongDay } from '#app/text/format.ts'
import { invitationPurpose } from '#app/text/worklist.ts'

/** Who is invited, as an invitation names them. */
type Invited = {
  id: number
  name: string
  birthYear: number | null
  address: string | null
  hamlet: string
  communeName: string
  lacks: readonly WorklistLack[]
}

/** One invitation, small enough that several go on a page and are cut apart. */
export function InvitationSlip({
  person,
  unitName,
  headTitle,
  campaignCode,
  day,
  time,
  place,
  bring,
  phone,
}: {
  person: Invited
  unitName: string
  headTitle: string
  campaignCode: string
  day: Day
  time: string
  place: string
  bring: string
  /** '' in addresses from before it was asked for */
  phone: string
}) {
  return (
    <article className="invitation">
      <p className="invitation-head">
        <span>{unitName.replace(/^UBND(?= )/, 'Ủy ban nhân dân').toLocaleUpperCase('vi')}</span>
        <span>
          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
          <span className="block">Độc lập - Tự do - Hạnh phúc</span>
        </span>
      </p>
      <h2>GIẤY MỜI</h2>
      <p>
        Thực hiện Kế hoạch số {campaignCode}, {unitName} kính mời ông (bà) <b>{person.name}</b>
        {person.birthYear === null ? '' : `, sinh năm ${person.birthYear}`}, ở{' '}
        {[person.address, person.hamlet, person.communeName].filter(Boolean).join(', ')}, đến{' '}
        {invitationPurpose(person.lacks)}.
      </p>
      <p>
        <b>
          {time === '' ? 'Trong giờ làm việc' : time}, {formatLongDay(day)}
        </b>
        , tại {place}. Mang theo: {bring}.{phone === '' ? '' : ` Nếu chưa đến được, xin báo lại: ${phone}.`}
      </p>
      <p className="invitation-sign">
        {headTitle}
        <span className="block small">(Ký, đóng dấu)</span>
      </p>
    </article>
  )
}
