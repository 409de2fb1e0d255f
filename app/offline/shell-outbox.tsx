import { useEffect, useState } from 'react'
import type { FormSubject } from '#app/domain/offline.ts'
import { PICK_RESULTS } from '#app/domain/vocabulary.ts'
import { formatInstant } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { Button, ButtonLink, buttonClass } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { HelpStatus } from '#app/ui/help-status.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { QrCode } from '#app/ui/qr-code.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status, type Tone } from '#app/ui/status.tsx'
import { type DraftForm, keepDraft } from './draft.ts'
import { DropButton } from './drop-button.tsx'
import { drop, type KeptRow } from './outbox.ts'
import type { OutboxState } from './store.ts'

const STATES: Record<OutboxState, { tone: Tone; word: string }> = {
  waiting: { tone: 'late', word: 'Chờ gửi' },
  unknown: { tone: 'late', word: 'Đã gửi, chưa có trả lời' },
  refused: { tone: 'check', word: 'Hệ thống chưa nhận' },
  saved: { tone: 'done', word: 'Đã gửi' },
}

const SUBJECTS: Record<FormSubject['kind'], string> = {
  record: 'Trường hợp mới',
  correction: 'Nội dung bổ sung, sửa',
  contact: 'Kết quả liên hệ',
  check: 'Kết quả kiểm tra',
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
      <StorageWarning isKeeping={kept.some(isUnsent)} />
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

/** Says that the browser may empty its store by itself (iOS after a week), where something waits in it. */
function StorageWarning({ isKeeping }: { isKeeping: boolean }) {
  const [isSafe, setSafe] = useState(true)
  useEffect(() => {
    // asked again here: browsers grant it to pages that are used
    void (navigator.storage?.persist?.() ?? Promise.resolve(false)).catch(() => false).then(setSafe)
  }, [])
  if (isSafe || !isKeeping) return null
  return (
    <Notice kind="warning" title="Trình duyệt này có thể tự xóa dữ liệu trên máy">
      Anh/chị mở ứng dụng khi có mạng trong vòng 7 ngày để các nội dung này được gửi, và không xóa dữ liệu trình duyệt
      trước đó. Trên iPhone, thêm ứng dụng vào màn hình chính thì dữ liệu được giữ lâu hơn.
    </Notice>
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
          <p>
            {SUBJECTS[row.subject?.kind ?? 'record']}, ghi lúc {formatInstant(enteredAt)} theo giờ của máy
          </p>
          {row.subject?.kind === 'check' && !saved ? <p>{typedAtSheet(row)}</p> : null}
          {problems.map(({ field, message }) => (
            <p key={field} className="error">
              {message}
            </p>
          ))}
          {state === 'unknown' ? <p>Sửa được sau khi biết hệ thống đã nhận hay chưa.</p> : null}
          {saved ? <Outcome saved={saved} /> : null}
          {saved?.kind === 'saved' && saved.isCodeBound === false ? (
            <p>Mã đã cho người dân xem chưa gắn được; anh/chị tạo mã khác.</p>
          ) : null}
          {state === 'waiting' || state === 'refused' ? (
            <p className="actions">
              <EditButton row={row} isQuiet label="Sửa" />
              <DropButton
                what="trường hợp này"
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

/** What was noted at a sheet, in words: it may be gone by now. */
function typedAtSheet({ entries }: KeptRow): string {
  const { result, note } = Object.fromEntries(entries)
  const word = PICK_RESULTS.find(known => known === result)
  return [word && officeLabels.pickResult[word], note].filter(Boolean).join('. ')
}

/** Shows how the server answered, and leads to what it saved. */
function Outcome({ saved }: { saved: NonNullable<KeptRow['saved']> }) {
  if (saved.kind === 'noted')
    return (
      <p>
        <a href={`/phan-cong/${saved.assignmentId}`}>Xem người dân được phân công</a>
      </p>
    )
  if (saved.kind === 'checked')
    return (
      <p>
        <a href={`/kiem-tra/${saved.inspectionId}`}>Xem cuộc kiểm tra</a>
      </p>
    )
  return (
    <p>
      <HelpStatus {...saved.verdict} /> <a href={`/ho-tro/${saved.helpId}`}>Xem trường hợp</a>
    </p>
  )
}

/**
 * Leads to the form in which a kept form is changed. A record and a sheet have one here. The others lie at their own
 * page, where what was typed is offered as a draft.
 */
function EditButton({ row, label, isQuiet = false }: { row: KeptRow; label: string; isQuiet?: boolean }) {
  const { subject, key } = row
  const variant = isQuiet ? 'quiet' : undefined
  if (subject === undefined || subject.kind === 'record')
    return (
      <ButtonLink to={`#sua=${key}`} variant={variant}>
        {label}
      </ButtonLink>
    )
  if (subject.kind === 'check') {
    const { inspectionId, helpId } = subject
    // refused, the sheet is behind what the server has: it is opened there
    const isHere = row.state !== 'refused'
    return (
      <a
        className={buttonClass({ variant })}
        href={isHere ? `#phieu=${inspectionId}-${helpId}` : `/kiem-tra/${inspectionId}/phieu/${helpId}`}
      >
        {isHere ? label : 'Mở phiếu trên hệ thống'}
      </a>
    )
  }
  const [form, page]: [DraftForm, string] =
    subject.kind === 'correction'
      ? [`correction-${subject.helpId}`, `/ho-tro/${subject.helpId}/sua`]
      : [`contact-${subject.assignmentId}`, `/phan-cong/${subject.assignmentId}`]
  return (
    <Button
      variant={variant}
      onClick={async () => {
        const { entries, enteredAt, changed = [] } = row
        await keepDraft(form, { key, entries, changed, typedAt: enteredAt })
        await drop(key)
        window.location.assign(page)
      }}
    >
      {label}
    </Button>
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
        {state === 'saved'
          ? saved?.kind !== 'saved'
            ? 'Hệ thống đã lưu nội dung này.'
            : 'Hệ thống đã lưu trường hợp này.'
          : 'Nội dung nằm trên máy này, hệ thống chưa có.'}
      </p>
      {saved ? <Outcome saved={saved} /> : null}
      {row.problems.map(({ field, message }) => (
        <p key={field} className="error">
          {message}
        </p>
      ))}
      {state === 'refused' ? <EditButton row={row} label="Sửa rồi gửi lại" /> : null}
      {code && !(saved?.kind === 'saved' && saved.isCodeBound === false) && state !== 'refused' ? (
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
      <ButtonLink to={`#them-sau=${row.key}`} isLarge>
        Thêm người khác
      </ButtonLink>
    </div>
  )
}
