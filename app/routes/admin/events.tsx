import type { MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { EVENT_SUBJECTS, EVENT_VERBS, formatChainHead } from '#app/domain/event.ts'
import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import { listEvents } from '#app/queries/event.server.ts'
import { checkEventChain } from '#app/queries/event-chain.server.ts'
import { explainEvent, explainEventData, subjectLabels, verbLabels } from '#app/text/event.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { optionsOf } from '#app/ui/field.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Pager } from '#app/ui/pager.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'
import { eventList } from './params.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Nhật ký · 4 phủ' }]

const PAGE = '/nhat-ky'

export const loader = reads(({ actor }, { url }) => {
  const { before, isChecked, chainHead, ...filter } = eventList.read(url)
  const { rows, next } = listEvents(actor, { ...filter, login: filter.login || undefined, before })
  const firstTo = eventList.to(PAGE, filter)
  const namers = new Map([...new Set(rows.map(row => row.campaignId))].map(id => [id, indicatorNames(id ?? 0)]))
  return {
    rows: rows.map(row => ({
      id: row.id,
      at: row.at,
      who: nameOf(row),
      what: explainEvent(row),
      data: explainEventData(row.data, code => namers.get(row.campaignId)?.(code) ?? code),
      hash: row.hash,
    })),
    filter,
    isFiltered: firstTo !== PAGE,
    firstTo: before === undefined ? undefined : firstTo,
    nextTo: next === null ? undefined : eventList.to(PAGE, { ...filter, before: next }),
    check: isChecked ? { found: checkEventChain(actor, chainHead) ?? null } : null,
    chainHead,
  }
})

function nameOf({ actorKind, who, accountId, data }: ReturnType<typeof listEvents>['rows'][number]): string {
  if (actorKind === 'person') return who ? `${who.displayName} (${who.login})` : `Tài khoản ${accountId}`
  if (actorKind === 'token') return `Mã truy cập số ${data.tokenId}`
  return actorKind === 'system' ? 'Hệ thống' : 'Không đăng nhập'
}

type Event = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

const COLUMNS: Column<Event>[] = [
  { key: 'id', header: 'Số', cell: row => formatNumber(row.id) },
  { key: 'at', header: 'Lúc', cell: row => <span className="nowrap">{formatInstant(row.at)}</span> },
  { key: 'who', header: 'Người thực hiện', cell: row => row.who },
  {
    key: 'what',
    header: 'Việc',
    cell: row => (
      <>
        {row.what}
        {row.data === '' ? null : <div className="small">{row.data}</div>}
      </>
    ),
  },
  { key: 'hash', header: 'Mã băm', cell: row => <code title={row.hash}>{row.hash.slice(0, 10)}</code> },
]

export default function EventsPage() {
  const { rows, filter, isFiltered, firstTo, nextTo, check, chainHead } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <PageHeading
        title="Nhật ký"
        note="Ngày giờ thực, không theo ngày mẫu. Mỗi dòng mang mã băm của dòng trước, không sửa, không xóa."
        actions={
          <ButtonLink variant="quiet" to="/nhat-ky/truy-cap">
            Lượt mở dữ liệu người dân
          </ButtonLink>
        }
      />
      <Sheet title="Kiểm tra toàn bộ chuỗi">
        <Form method="get" className="stack">
          <input type="hidden" name="kiem-tra" value="1" />
          <div className="field">
            <label htmlFor="dau-chuoi">Đầu chuỗi đã ghi lại lần trước</label>
            <p className="small" id="dau-chuoi-hint">
              Lấy từ bản in hoặc thư hằng ngày; có nó mới phát hiện được nhật ký bị cắt bớt hoặc tính lại. Có thể để
              trống.
            </p>
            <input
              id="dau-chuoi"
              name="dau-chuoi"
              className="control"
              defaultValue={chainHead}
              autoComplete="off"
              spellCheck={false}
              aria-describedby="dau-chuoi-hint"
            />
          </div>
          <p>
            <Button type="submit" variant="quiet">
              Kiểm tra
            </Button>
          </p>
        </Form>
        {check === null ? null : <CheckResult check={check} />}
      </Sheet>
      <FilterBar
        search={{ name: 'tai-khoan', label: 'Tên đăng nhập của người thực hiện', value: filter.login }}
        filters={[
          { name: 'viec', label: 'Việc', value: filter.verb, options: optionsOf(EVENT_VERBS, verbLabels) },
          {
            name: 'doi-tuong',
            label: 'Đối tượng',
            value: filter.subject,
            options: optionsOf(EVENT_SUBJECTS, subjectLabels),
          },
        ]}
        day={{ name: 'ngay', label: 'Ngày', value: filter.day }}
        clearTo={isFiltered ? PAGE : undefined}
      />
      <DataTable
        caption="Nhật ký"
        columns={COLUMNS}
        rows={rows}
        rowKey={row => String(row.id)}
        asCards
        empty={<EmptyState title="Không có dòng nào khớp">Anh/chị bỏ bớt điều kiện lọc.</EmptyState>}
      />
      <Pager label="Mới nhất ở trên" previousTo={firstTo} nextTo={nextTo} />
    </div>
  )
}

function CheckResult({ check }: { check: NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['check']> }) {
  const { found } = check
  if (found === null)
    return (
      <Notice kind="error" title="Đầu chuỗi chưa đúng">
        Đầu chuỗi có dạng số dòng, dấu gạch ngang, rồi 43 ký tự. Anh/chị chép lại cả dòng.
      </Notice>
    )
  const { count, brokenAt, differsAt } = found
  if (brokenAt !== null || differsAt !== null)
    return (
      <Notice
        kind="error"
        title={
          brokenAt !== null
            ? `Chuỗi không khớp từ dòng ${formatNumber(brokenAt)}`
            : `Dòng ${formatNumber(differsAt ?? 0)} không như đầu chuỗi đã ghi lại`
        }
      >
        {formatNumber(count)} dòng khớp với nhau. Anh/chị giữ nguyên cơ sở dữ liệu và đối chiếu với bản sao lưu.
      </Notice>
    )
  return (
    <div className="stack">
      <Notice kind="success" title="Chuỗi khớp">
        {formatNumber(count)} dòng. Anh/chị in hoặc ghi lại đầu chuỗi dưới đây, cất ở nơi khác, để đối chiếu lần sau.
      </Notice>
      <p>
        <code>{formatChainHead(found)}</code>
      </p>
    </div>
  )
}
