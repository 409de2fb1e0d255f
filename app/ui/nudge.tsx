import { Form, Link } from '@remix-run/react'
import type { Nudge } from '#app/domain/nudge.ts'
import type { Quickest } from '#app/domain/proof-way.ts'
import { formatDay } from '#app/text/format.ts'
import { nudgeTitle } from '#app/text/nudge.ts'
import { explainCauses } from '#app/text/official-cause.ts'
import { proofWayActs, quickestText } from '#app/text/proof-way.ts'
import { SubmitButton } from './form.tsx'
import { MessageToPaste } from './group-message.tsx'
import { Notice } from './notice.tsx'
import { Sheet } from './sheet.tsx'
import { useTerms } from './terms.ts'

/** Tells the reminded, on opening the app, who reminded them, when, and what they lack. */
export function NudgeNotice({
  nudge,
}: {
  nudge: (Nudge & { lacking: Parameters<typeof explainCauses>[0]; quickest: Quickest | null }) | null
}) {
  const { names } = useTerms()
  if (nudge === null) return null
  return (
    <Notice title={nudgeTitle(nudge)}>
      {explainCauses(nudge.lacking, names)}.{' '}
      {nudge.quickest === null ? null : (
        <>
          {quickestText(nudge.quickest, names)}.{' '}
          <Link to={`/nghia-vu/${nudge.quickest.part}`}>{proofWayActs[nudge.quickest.way]}</Link>
          {' · '}
        </>
      )}
      <Link to="/danh-gia/cua-toi">Xem việc còn thiếu</Link>
    </Notice>
  )
}

/** The ways to remind one person: in the app and the daily mail, or by a text to paste. Nothing for `nudge` null. */
export function NudgeSheet({
  officialId,
  unitId,
  nudge,
}: {
  officialId: number
  unitId: number
  nudge: {
    /** they opened their account, so they see a reminder there */
    isActivated: boolean
    /** what they lack, as one sentence */
    lacking: string
    message: string
    /** the day of the newest reminder; null: none */
    nudgedOn: string | null
  } | null
}) {
  if (nudge === null) return null
  const { isActivated, lacking, message, nudgedOn } = nudge
  return (
    <Sheet title="Nhắc người này" note={nudgedOn === null ? undefined : `Đã nhắc ngày ${formatDay(nudgedOn)}`}>
      <div className="stack">
        <p>{lacking}.</p>
        {isActivated ? (
          <Form method="post" action={`/don-vi/${unitId}/nhac`}>
            <input type="hidden" name="nguoi" value={officialId} />
            <input type="hidden" name="ve" value="nguoi" />
            <SubmitButton variant="quiet">Nhắc trong ứng dụng</SubmitButton>
          </Form>
        ) : (
          <p className="small">Người này chưa kích hoạt tài khoản nên chưa thấy lời nhắc trong ứng dụng.</p>
        )}
        <MessageToPaste
          text={message}
          title="Soạn tin nhắn riêng"
          note="Tin nhắn không có tên. Anh/chị chép rồi gửi riêng cho người này."
        />
      </div>
    </Sheet>
  )
}
