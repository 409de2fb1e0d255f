import { useState } from 'react'
import { formatInstant } from '#app/text/format.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { HelpStatus } from '#app/ui/help-verdict.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { QrCode } from '#app/ui/qr-code.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status, type Tone } from '#app/ui/status.tsx'
import { drop, type KeptRow } from './outbox.ts'
import type { OutboxState } from './store.ts'

const STATES: Record<OutboxState, { tone: Tone; word: string }> = {
  waiting: { tone: 'late', word: 'Chờ gửi' },
  unknown: { tone: 'late', word: 'Đã gửi, chưa có trả lời' },
  refused: { tone: 'check', word: 'Hệ thống chưa nhận' },
  saved: { tone: 'done', word: 'Đã gửi' },
}

export const isUnsent = (row: KeptRow) => row.state !== 'saved'

/** Shows where one record is on its way to the server, as far as is known. */
export function KeptStatus({ state }: { state: OutboxState }) {
  return <Status tone={STATES[state].tone}>{STATES[state].word}</Status>
}

/** Shows what this phone keeps to be sent, and what was sent within the day. */
export function ShellOutbox({
  kept,
  hasNetwork,
  onSend,
  onChange,
}: {
  kept: KeptRow[]
  hasNetwork: boolean
  onSend: () => Promise<void>
  onChange: () => Promise<void>
}) {
  const [isSending, setSending] = useState(false)
  const canSend = kept.some(row => row.state === 'waiting' || row.state === 'unknown')
  return (
    <div className="stack">
      <PageHeading
        title="Chờ gửi"
        note={hasNetwork ? undefined : 'Máy đang không có mạng. Khi có mạng, máy tự gửi theo thứ tự đã ghi.'}
      />
      <Sheet>
        {kept.length === 0 ? (
          <EmptyState title="Không có trường hợp nào chờ gửi">
            Trường hợp ghi khi không có mạng nằm ở đây cho đến khi hệ thống nhận.
          </EmptyState>
        ) : (
          <RowList>
            {kept.map(row => (
              <OutboxRow key={row.key} row={row} onChange={onChange} />
            ))}
          </RowList>
        )}
      </Sheet>
      {canSend ? (
        <Button
          isLarge
          aria-disabled={isSending || undefined}
          onClick={async () => {
            setSending(true)
            await onSend()
            setSending(false)
          }}
        >
          {isSending ? 'Đang gửi…' : 'Gửi ngay'}
        </Button>
      ) : null}
    </div>
  )
}

function OutboxRow({ row, onChange }: { row: KeptRow; onChange: () => Promise<void> }) {
  const { key, state, citizenName, enteredAt, problems, saved, code } = row
  return (
    <Row
      title={citizenName}
      detail={
        <div className="stack-tight">
          <KeptStatus state={state} />
          <p>Ghi lúc {formatInstant(enteredAt)} theo giờ của máy</p>
          {problems.map(({ field, message }) => (
            <p key={field} className="error">
              {message}
            </p>
          ))}
          {state === 'unknown' ? <p>Sửa được sau khi biết hệ thống đã nhận hay chưa.</p> : null}
          {saved ? (
            <p>
              <HelpStatus {...saved.verdict} /> <a href={`/ho-tro/${saved.helpId}`}>Xem trường hợp</a>
            </p>
          ) : null}
          {saved?.isCodeBound === false ? <p>Mã đã cho người dân xem chưa gắn được; anh/chị tạo mã khác.</p> : null}
          {state === 'waiting' || state === 'refused' ? (
            <p className="actions">
              <ButtonLink to={`#sua=${key}`} variant="quiet">
                Sửa
              </ButtonLink>
              <DropButton
                onDrop={async () => {
                  await drop(key)
                  await onChange()
                }}
              />
            </p>
          ) : null}
          {code && state !== 'refused' && !saved ? (
            <p>
              <a href={`#da-ghi=${key}`}>Mã cho người dân</a>
            </p>
          ) : null}
        </div>
      }
    />
  )
}

/** Asks once before a record is thrown away. */
function DropButton({ onDrop }: { onDrop: () => Promise<void> }) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <Button variant="quiet" onClick={() => setAsked(true)}>
        Bỏ
      </Button>
    )
  return (
    <>
      <Button variant="danger" onClick={onDrop}>
        Bỏ hẳn trường hợp này
      </Button>
      <Button variant="quiet" onClick={() => setAsked(false)}>
        Giữ lại
      </Button>
    </>
  )
}

/** Confirms that a record was kept: its state, and the code for the citizen. */
export function KeptRecord({ row }: { row: KeptRow }) {
  const { state, citizenName, code, saved } = row
  return (
    <div className="stack">
      <PageHeading title={citizenName} />
      <p role="status">
        <KeptStatus state={state} />{' '}
        {state === 'saved' ? 'Hệ thống đã lưu trường hợp này.' : 'Trường hợp nằm trên máy này, hệ thống chưa có.'}
      </p>
      {saved ? (
        <p>
          <HelpStatus {...saved.verdict} /> <a href={`/ho-tro/${saved.helpId}`}>Xem trường hợp</a>
        </p>
      ) : null}
      {row.problems.map(({ field, message }) => (
        <p key={field} className="error">
          {message}
        </p>
      ))}
      {state === 'refused' ? <ButtonLink to={`#sua=${row.key}`}>Sửa rồi gửi lại</ButtonLink> : null}
      {code && saved?.isCodeBound !== false && state !== 'refused' ? (
        <Sheet title="Người dân xác nhận">
          <div className="stack">
            <p>
              Mời người dân quét bằng máy của họ, hoặc ghi lại mã.{' '}
              {state === 'saved' ? null : 'Mã trả lời được sau khi trường hợp này được gửi.'}
            </p>
            <QrCode {...code.qr} label="Mã QR để người dân xác nhận" />
            <p>
              <code>{code.code}</code>
            </p>
          </div>
        </Sheet>
      ) : null}
      <ButtonLink to="#them" isLarge>
        Thêm người khác
      </ButtonLink>
    </div>
  )
}
