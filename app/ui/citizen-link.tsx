import { Form, Link, useRevalidator } from '@remix-run/react'
import { type ReactNode, useEffect, useState } from 'react'
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
/** Without scripts the page is loaded again: less often, for that takes longer. */
const RELOAD_SECONDS = 10

type CitizenLink = {
  answer?: {
    answer: CitizenAnswer
    denied: readonly Outcome[]
    words: string | null
    answeredAt: number
    flag: AnswerFlag | null
  }
  link: { url: string; code: string; expiresAt: number | null; qr: { size: number; path: string } } | null
}

/**
 * Shows what the citizen says about a record: their answer, or, for its own official, the QR code that waits for it.
 * While a code waits, the page looks again by itself, but not where a slip is to be bound (`bindsSlip`). `next` is what
 * the official does afterwards.
 */
export function CitizenLinkSheet({
  helpId,
  state: { answer, link },
  mayAsk,
  bindsSlip,
  next,
}: {
  helpId: number
  state: CitizenLink
  mayAsk: boolean
  bindsSlip: boolean
  next?: ReactNode
}) {
  const { names } = useTerms()
  const isWaiting = link !== null && !answer && !bindsSlip
  useLookAgain(isWaiting)
  if (!answer && !mayAsk) return null
  if (answer)
    return (
      <Sheet title="Người dân xác nhận">
        <div className="stack">
          <p>
            <Status tone={answer.answer === 'yes' ? 'done' : 'check'}>{citizenAnswerTexts[answer.answer]}</Status>
          </p>
          {answer.denied.length === 0 ? null : (
            <p>Chưa đạt: {answer.denied.map(outcome => names.outcome[outcome]).join('; ')}.</p>
          )}
          {answer.words === null ? null : <p>Người dân viết: “{answer.words}”</p>}
          <p className="small">Trả lời lúc {formatInstant(answer.answeredAt)}.</p>
          {answer.flag ? <p>{answerFlagTexts[answer.flag]}</p> : null}
        </div>
      </Sheet>
    )
  return (
    <Sheet title={link ? undefined : 'Người dân xác nhận'}>
      <div className="stack">
        {link ? (
          <WaitingLink link={link} isWaiting={isWaiting} next={next} />
        ) : (
          <p>Người dân trả lời trên máy của họ: một lần chạm, không cần tài khoản.</p>
        )}
        <Form method="post" action={`/ho-tro/${helpId}/ma`}>
          <SubmitButton variant={link ? 'quiet' : 'primary'} pendingLabel="Đang tạo…">
            {link ? 'Tạo mã khác' : 'Tạo mã để người dân xác nhận'}
          </SubmitButton>
        </Form>
        {bindsSlip ? (
          <SlipForm helpId={helpId} />
        ) : (
          <p>
            <Link to={`/ho-tro/${helpId}?phieu=1`}>Người dân đã có phiếu in sẵn</Link>
          </p>
        )}
      </div>
    </Sheet>
  )
}

/** The code first, so that a phone shows it whole without a tap. */
function WaitingLink({
  link: { url, qr, expiresAt },
  isWaiting,
  next,
}: {
  link: NonNullable<CitizenLink['link']>
  isWaiting: boolean
  next: ReactNode
}) {
  return (
    <>
      <QrCode {...qr} label="Mã QR để người dân xác nhận" />
      <p>Mời người dân quét bằng máy của họ, hoặc gửi đường dẫn. Anh/chị không trả lời thay.</p>
      <ShareLink url={url} />
      <p>
        <a href={url}>{url}</a>
      </p>
      {isWaiting ? (
        <noscript>
          <meta httpEquiv="refresh" content={String(RELOAD_SECONDS)} />
        </noscript>
      ) : null}
      <p className="small" role="status">
        Đang chờ người dân trả lời
        {expiresAt === null ? '' : `. Mã dùng được đến ${formatInstant(expiresAt)}`}.
      </p>
      {next}
    </>
  )
}

function SlipForm({ helpId }: { helpId: number }) {
  return (
    <Form method="post" action={`/ho-tro/${helpId}/ma`} className="stack">
      <div className="field">
        <label htmlFor="slip">Mã trên phiếu đã trao</label>
        <input id="slip" name="slip" className="control" required autoComplete="off" autoCapitalize="characters" />
      </div>
      <SubmitButton variant="quiet" pendingLabel="Đang gắn…">
        Gắn phiếu vào trường hợp này
      </SubmitButton>
    </Form>
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
