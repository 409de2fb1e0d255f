import { Link, useLocation } from '@remix-run/react'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { campaignTerms } from '#app/text/terms.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { TermsContext } from '#app/ui/terms.ts'
import { later, Part } from './part.tsx'
import { PinGate } from './pin-gate.tsx'
import { isUnsent, KeptRecord, ShellOutbox } from './shell-outbox.tsx'
import { ShellHome, ShellLeave, ShellPeople, ShellRecords } from './shell-pages.tsx'
import { type Open, useShell } from './use-shell.ts'

const ENTRY = later(() => import('./shell-entry.tsx'))
const CONTACT = later(() => import('./shell-contact.tsx'))
const SHEETS = later(() => import('./shell-sheets.tsx'))

const PLACES = [
  // not '#': a router takes that for the page itself, and asks the server for it
  { to: '#hom-nay', label: 'Hôm nay' },
  { to: '#ho-tro', label: 'Đã hỗ trợ' },
  { to: '#phan-cong', label: 'Được phân công' },
  { to: '#phieu', label: 'Phiếu kiểm tra' },
  { to: '#cho-gui', label: 'Chờ gửi' },
] as const

/** The places of an account: without a quota it has only what it took along; sheets are shown where there are any. */
const placesOf = ({ row, sheets }: Open) =>
  PLACES.filter(({ to }) => (to === '#phieu' ? row.isOffice || sheets.length > 0 : to === '#cho-gui' || !row.isOffice))

/**
 * Runs the app without a network: the sealed data of this phone, opened for the current account. The hash selects the
 * page.
 */
export function OfflineShell() {
  const { state, hasNetwork, send, reread, tryPin } = useShell()
  return (
    <div className="stack">
      {hasNetwork ? null : <Notice kind="info">Không có mạng. Anh/chị đang dùng dữ liệu lưu trên máy.</Notice>}
      <ShellContent {...{ state, hasNetwork, send, reread, tryPin }} />
    </div>
  )
}

function ShellContent({ state, hasNetwork, send, reread, tryPin }: ReturnType<typeof useShell>) {
  switch (state.kind) {
    case 'opening':
      return <p role="status">Đang mở…</p>
    case 'failed':
      return (
        <Notice kind="error">
          Trình duyệt này không cho lưu dữ liệu trên máy nên không dùng được khi không có mạng. Anh/chị kiểm tra chế độ
          ẩn danh hoặc bộ nhớ của máy.
        </Notice>
      )
    case 'signed_out':
      return (
        <Sheet>
          <EmptyState title="Phiên làm việc đã kết thúc">
            Dữ liệu lưu trên máy đã được xóa. Trường hợp chưa gửi vẫn được khóa trên máy và gửi được sau khi chính người
            ghi <a href="/dang-nhap?den=%2Fngoai-tuyen">đăng nhập lại</a>.
          </EmptyState>
        </Sheet>
      )
    case 'empty':
      return (
        <Sheet>
          <EmptyState title="Máy này chưa có dữ liệu để dùng ngoại tuyến">
            Anh/chị <a href="/">mở ứng dụng</a> và đăng nhập một lần khi có mạng.
          </EmptyState>
        </Sheet>
      )
    case 'pin':
      return <PinGate name={state.name} onPin={tryPin} />
    case 'open':
      return <Opened open={state} hasNetwork={hasNetwork} onSend={send} onChange={reread} />
  }
}

function Opened({
  open,
  hasNetwork,
  onSend,
  onChange,
}: {
  open: Open
  hasNetwork: boolean
  onSend: () => Promise<void>
  onChange: () => Promise<void>
}) {
  const { hash } = useLocation()
  const waiting = open.kept.filter(isUnsent).length
  const places = placesOf(open)
  const onKept = onSend
  const [place = '', key] = (hash || places[0]?.to || '').split('=')
  const row = open.kept.find(kept => kept.key === key)
  const person = open.copy?.people.find(({ id }) => String(id) === key)
  return (
    <TermsContext.Provider value={campaignTerms(open.copy?.terms ?? EVERY_TERM, open.copy?.terms?.words)}>
      <div className="stack">
        <nav aria-label="Phần dùng ngoại tuyến" className="choices">
          {places.map(({ to, label }) => (
            <Link key={to} to={to} aria-current={to === place ? 'page' : undefined}>
              {label}
              {to === '#cho-gui' && waiting > 0 ? ` (${waiting})` : null}
            </Link>
          ))}
        </nav>
        {place === '#them' ? <Part key={key} part={ENTRY} given={{ open, person, onKept }} /> : null}
        {place === '#goi' && person ? <Part key={key} part={CONTACT} given={{ open, person, onKept }} /> : null}
        {place === '#them-sau' && row ? (
          <Part key={`sau ${row.key}`} part={ENTRY} given={{ open, after: row, onKept }} />
        ) : null}
        {place === '#sua' && row && row.state !== 'saved' && row.state !== 'unknown' ? (
          <Part key={row.key} part={ENTRY} given={{ open, edited: row, onKept }} />
        ) : null}
        {place === '#da-ghi' && row ? <KeptRecord row={row} /> : null}
        {place === '#ho-tro' ? <ShellRecords open={open} /> : null}
        {place === '#phan-cong' ? <ShellPeople open={open} /> : null}
        {place === '#phieu' ? <Part part={SHEETS} given={{ open, address: key, onKept }} /> : null}
        {place === '#cho-gui' ? (
          <ShellOutbox kept={open.kept} hasNetwork={hasNetwork} onSend={onSend} onChange={onChange} />
        ) : null}
        {place === '#dang-xuat' ? <ShellLeave open={open} hasNetwork={hasNetwork} onSend={onSend} /> : null}
        {place === PLACES[0].to ? <ShellHome open={open} /> : null}
      </div>
    </TermsContext.Provider>
  )
}
