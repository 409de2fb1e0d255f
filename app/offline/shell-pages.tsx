import { Link } from '@remix-run/react'
import type { FormEvent } from 'react'
import { dayOf } from '#app/domain/calendar.ts'
import type { Snapshot } from '#app/domain/offline.ts'
import { daysLeft } from '#app/domain/pace.ts'
import { ownState } from '#app/domain/standing.ts'
import { ownObligations } from '#app/domain/terms.ts'
import { formatAsOf, formatDay } from '#app/text/format.ts'
import { ownSentence } from '#app/text/home.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { HelpStatus } from '#app/ui/help-status.tsx'
import { HomeFigures } from '#app/ui/home-figures.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { ObligationStatus } from '#app/ui/obligation-status.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { forgetDrafts } from './draft.ts'
import { isUnsent, KeptStatus } from './shell-outbox.tsx'
import type { OutboxState } from './store.ts'
import type { Open } from './use-shell.ts'

/** The own figures as of the copy, and what waits to be added to them. */
export function ShellHome({ open: { copy, kept, row } }: { open: Open }) {
  const { names } = useTerms()
  const waiting = kept.filter(isUnsent)
  if (!copy || !row.copied)
    return (
      <Notice kind="warning">
        Máy chưa có dữ liệu của anh/chị, hoặc dữ liệu đã quá cũ. Anh/chị mở ứng dụng một lần khi có mạng.
      </Notice>
    )
  const { standing, at, startsOn, endsOn } = copy
  const today = dayOf(at + (Date.now() - row.copied.phoneAt))
  const state = ownState(standing, {
    awaiting: copy.awaiting ?? 0,
    isCertificateFlawed: copy.isCertificateFlawed ?? false,
  })
  const title = ownSentence(daysLeft(today, { startsOn, endsOn }), state)
  return (
    <div className="stack">
      <h1 className="visually-hidden">Hôm nay</h1>
      <HomeFigures standing={standing} title={title} asOf={formatAsOf(at)} endsOn={endsOn} />
      <ButtonLink to="#them" isLarge>
        Thêm người dân đã hỗ trợ
      </ButtonLink>
      {waiting.length > 0 ? (
        <Sheet title="Trên máy này, chưa có trong số liệu">
          <RowList>
            {waiting.map(({ key, citizenName, state }) => (
              <Row key={key} title={citizenName} aside={<KeptStatus state={state} />} />
            ))}
          </RowList>
        </Sheet>
      ) : null}
      <Sheet title="Nội dung bản thân thực hiện">
        <RowList>
          <Row
            title="Bản cam kết"
            aside={<Status tone={copy.hasPledged ? 'done' : 'late'}>{copy.hasPledged ? 'Đã ký' : 'Chưa ký'}</Status>}
          />
          {ownObligations(standing).map(obligation => (
            <Row
              key={obligation}
              title={names.obligation[obligation]}
              aside={<ObligationStatus standing={standing.obligations[obligation]} />}
            />
          ))}
        </RowList>
      </Sheet>
    </div>
  )
}

/** The newest own records, as of the copy. */
export function ShellRecords({ open: { copy } }: { open: Open }) {
  return (
    <div className="stack">
      <PageHeading title="Trường hợp đã hỗ trợ" note={copy ? formatAsOf(copy.at) : undefined} />
      <Sheet>
        {!copy || copy.records.length === 0 ? (
          <EmptyState title="Chưa có trường hợp nào ở đây">Các trường hợp hệ thống đã nhận hiện ở đây.</EmptyState>
        ) : (
          <RowList>
            {copy.records.map(record => (
              <Row
                key={record.id}
                title={record.citizenName}
                detail={`${formatDay(record.helpedOn)} · ${record.place}`}
                aside={<HelpStatus {...record} />}
              />
            ))}
          </RowList>
        )}
      </Sheet>
    </div>
  )
}

/** The citizens assigned to the official, by hamlet. */
export function ShellPeople({ open: { copy, kept } }: { open: Open }) {
  const waiting = kept.filter(row => isUnsent(row) && row.subject?.kind === 'contact')
  const stateOf = (id: number) =>
    waiting.find(({ subject }) => subject?.kind === 'contact' && subject.assignmentId === id)?.state
  return (
    <div className="stack">
      <PageHeading title="Người dân được phân công" note={copy ? formatAsOf(copy.at) : undefined} />
      <Sheet>
        {!copy || copy.people.length === 0 ? (
          <EmptyState title="Chưa có người dân nào được phân công">
            Khi đơn vị phân công, danh sách hiện ở đây sau lần mở có mạng tiếp theo.
          </EmptyState>
        ) : (
          <RowList>
            {copy.people.map(person => (
              <PersonRow key={person.id} person={person} state={stateOf(person.id)} />
            ))}
          </RowList>
        )}
      </Sheet>
    </div>
  )
}

/** Shows an assigned citizen; `state`: of the contact that is on its way. */
function PersonRow({ person, state }: { person: Snapshot['people'][number]; state: OutboxState | undefined }) {
  const { id, name, hamlet, said, lacks, phone } = person
  return (
    <Row
      title={name}
      detail={
        <>
          {state ? (
            <span className="block">
              <KeptStatus state={state} /> Kết quả liên hệ
            </span>
          ) : null}
          <span className="block">
            {[hamlet, said, lacks.map(lack => labels.worklistLack[lack]).join(', ')].filter(Boolean).join(' · ')}
          </span>
          <div className="row-acts">
            <Link to={`#goi=${id}`}>Ghi kết quả liên hệ</Link>
            <Link to={`#them=${id}`}>Ghi kết quả hỗ trợ</Link>
          </div>
        </>
      }
      aside={phone === null ? undefined : <a href={`tel:${phone}`}>Gọi {phone}</a>}
    />
  )
}

/** Before a session ends while something typed is only here: how much, and what happens to that. */
export function ShellLeave({
  open: { kept, drafts, sheets },
  hasNetwork,
  onSend,
}: {
  open: Open
  hasNetwork: boolean
  onSend: () => Promise<void>
}) {
  const count = kept.filter(isUnsent).length
  const isLoss = count > 0 || drafts > 0
  return (
    <div className="stack">
      <PageHeading title="Đăng xuất" />
      {isLoss ? null : <p>Không còn nội dung nào chờ gửi.</p>}
      {sheets.length > 0 ? <p>{sheets.length} phiếu mang theo trên máy này được xóa khi đăng xuất.</p> : null}
      {drafts > 0 ? (
        <Notice kind="warning" title={`Còn ${drafts} biểu mẫu đang nhập dở`}>
          Nếu đăng xuất, nội dung nhập dở trên máy này bị xóa. Để giữ, anh/chị mở lại biểu mẫu và lưu trước.
        </Notice>
      ) : null}
      {count > 0 ? (
        <>
          <Notice kind="warning" title={`Còn ${count} trường hợp chưa gửi`}>
            Nếu đăng xuất bây giờ, các trường hợp này được khóa trên máy và chỉ gửi được khi chính anh/chị đăng nhập lại
            trên máy này.
          </Notice>
          <Button isLarge onClick={onSend}>
            Gửi ngay
          </Button>
        </>
      ) : null}
      {hasNetwork ? (
        <form method="post" action="/dang-xuat" data-asked="" onSubmit={leave}>
          <Button type="submit" variant={isLoss ? 'danger' : 'primary'}>
            {isLoss ? 'Vẫn đăng xuất' : 'Đăng xuất'}
          </Button>
        </form>
      ) : (
        <p>Đăng xuất cần có mạng.</p>
      )}
    </div>
  )
}

/** Deletes the drafts, then ends the session. */
function leave(event: FormEvent<HTMLFormElement>) {
  event.preventDefault()
  const form = event.currentTarget
  void forgetDrafts()
    .catch(() => undefined)
    .then(() => form.submit())
}
