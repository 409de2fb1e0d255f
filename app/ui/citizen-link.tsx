import { Form, useRevalidator } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { AnswerFlag, CitizenAnswer, Outcome } from '#app/domain/vocabulary.ts'
import { answerFlagTexts, citizenAnswerTexts } from '#app/text/citizen.ts'
import { formatInstant } from '#app/text/format.ts'
import { Button } from './button.tsx'
import { SubmitButton } from './form.tsx'
import { QrCode } from './qr-code.tsx'
import { Sheet } from './sheet.tsx'
import { Status } from './status.tsx'
import { useTerms } from './terms.ts'

const LOOK_AGAIN_MS = 3000

type CitizenLink = {
  answer?: { answer: CitizenAnswer; outcome: Outcome | null; answeredAt: number; flag: AnswerFlag | null }
  link: { url: string; code: string; expiresAt: number | null; qr: { size: number; path: string } } | null
}

/**
 * Shows what the citizen says about a record: their answer, or, for its own official, the QR code that waits for it.
 * While a code waits, the page looks again every three seconds.
 */
export function CitizenLinkSheet({
  helpId,
  state: { answer, link },
  mayAsk,
}: {
  helpId: number
  state: CitizenLink
  mayAsk: boolean
}) {
  const { names } = useTerms()
  useLookAgain(link !== null)
  if (!answer && !mayAsk) return null
  return (
    <Sheet title="Người dân xác nhận">
      {answer ? (
        <div className="stack">
          <p>
            <Status tone={answer.answer === 'yes' ? 'done' : 'check'}>{citizenAnswerTexts[answer.answer]}</Status>
          </p>
          {answer.outcome ? <p>Chưa đạt: {names.outcome[answer.outcome]}.</p> : null}
          <p className="small">Trả lời lúc {formatInstant(answer.answeredAt)}.</p>
          {answer.flag ? <p>{answerFlagTexts[answer.flag]}</p> : null}
        </div>
      ) : (
        <div className="stack">
          {link ? (
            <>
              <QrCode {...link.qr} label="Mã QR để người dân xác nhận" />
              <p>Mời người dân quét bằng máy của họ, hoặc gửi đường dẫn. Anh/chị không trả lời thay.</p>
              <ShareLink url={link.url} />
              <p>
                <a href={link.url}>{link.url}</a>
              </p>
              <noscript>
                <p>Câu trả lời hiện ở đây sau khi anh/chị tải lại trang.</p>
              </noscript>
              <p className="small" role="status">
                Đang chờ người dân trả lời
                {link.expiresAt === null ? '' : `. Mã dùng được đến ${formatInstant(link.expiresAt)}`}.
              </p>
            </>
          ) : (
            <p>Người dân trả lời trên máy của họ: một lần chạm, không cần tài khoản.</p>
          )}
          <Form method="post" action={`/ho-tro/${helpId}/ma`}>
            <SubmitButton variant={link ? 'quiet' : 'primary'} pendingLabel="Đang tạo…">
              {link ? 'Tạo mã khác' : 'Tạo mã để người dân xác nhận'}
            </SubmitButton>
          </Form>
          <details className="disclosure">
            <summary>Người dân đã có phiếu in sẵn</summary>
            <Form method="post" action={`/ho-tro/${helpId}/ma`} className="stack">
              <div className="field">
                <label htmlFor="slip">Mã trên phiếu đã trao</label>
                <input
                  id="slip"
                  name="slip"
                  className="control"
                  required
                  autoComplete="off"
                  autoCapitalize="characters"
                />
              </div>
              <SubmitButton variant="quiet" pendingLabel="Đang gắn…">
                Gắn phiếu vào trường hợp này
              </SubmitButton>
            </Form>
          </details>
        </div>
      )}
    </Sheet>
  )
}

/** Hands the citizen's address to another app of the phone, or copies it where the browser cannot. */
function ShareLink({ url }: { url: string }) {
  const [way, setWay] = useState<'none' | 'share' | 'copy'>('none')
  const [said, setSaid] = useState('')
  useEffect(() => {
    if ('share' in navigator) setWay('share')
    else if ('clipboard' in navigator) setWay('copy')
  }, [])
  if (way === 'none') return null
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => setSaid('Đã chép đường dẫn.'),
      () => setSaid('Trình duyệt chưa cho chép. Anh/chị bấm giữ đường dẫn bên dưới để chép.'),
    )
  // a share that was called off is no failure
  const share = () => navigator.share({ title: 'Xác nhận kết quả hỗ trợ', url }).catch(() => undefined)
  return (
    <p className="actions">
      <Button variant="quiet" onClick={() => void (way === 'share' ? share() : copy())}>
        {way === 'share' ? 'Gửi đường dẫn' : 'Chép đường dẫn'}
      </Button>
      <span role="status" className="small">
        {said}
      </span>
    </p>
  )
}

function useLookAgain(isWaiting: boolean) {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') revalidate()
    }, LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [isWaiting, revalidate])
}
