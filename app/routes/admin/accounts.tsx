import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ROLES } from '#app/domain/vocabulary.ts'
import { type AccountState, listAccounts } from '#app/queries/account-list.server.ts'
import { accountStateLabels } from '#app/text/account.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Status, type Tone } from '#app/ui/status.tsx'
import { reads } from '../_web/visit.server.ts'
import { accountList } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Tài khoản · 4 phủ' }]

const PAGE = '/quan-tri/tai-khoan'

export const loader = reads(({ actor }, { url }) => {
  const { after, ...filter } = accountList.read(url)
  const { rows, next } = listAccounts(actor, { ...filter, after })
  const firstTo = accountList.to(PAGE, filter)
  return {
    rows,
    filter,
    isFiltered: firstTo !== PAGE,
    firstTo: after === undefined ? undefined : firstTo,
    nextTo: next === null ? undefined : accountList.to(PAGE, { ...filter, after: next }),
  }
})

type Account = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

const TONES: Record<AccountState, Tone> = { active: 'done', not_activated: 'neutral', disabled: 'late' }

const stateOf = ({ isActivated, disabledAt }: Account): AccountState =>
  disabledAt !== null ? 'disabled' : isActivated ? 'active' : 'not_activated'

const COLUMNS: Column<Account>[] = [
  { key: 'name', header: 'Tên', cell: row => <Link to={`/quan-tri/tai-khoan/${row.id}`}>{row.displayName}</Link> },
  { key: 'login', header: 'Tên đăng nhập', cell: row => row.login },
  { key: 'unit', header: 'Đơn vị', cell: row => (row.isOffice ? 'Tài khoản cơ quan' : row.unitName) },
  { key: 'roles', header: 'Vai trò hôm nay', cell: row => row.roles.map(role => labels.role[role]).join(', ') || '–' },
  {
    key: 'state',
    header: 'Tình trạng',
    cell: row => <Status tone={TONES[stateOf(row)]}>{accountStateLabels[stateOf(row)]}</Status>,
  },
]

export default function AccountsPage() {
  const { rows, filter, isFiltered, firstTo, nextTo } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <PageHeading
        title="Tài khoản và vai trò"
        note="Người thuộc lực lượng vũ trang do quản trị trong lực lượng đó quản lý, không hiện ở đây."
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
        actions={<ButtonLink to="/quan-tri/tai-khoan/moi">Thêm tài khoản cơ quan</ButtonLink>}
      />
      <FilterBar
        search={{ name: 'tim', label: 'Họ tên hoặc tên đăng nhập', value: filter.search }}
        filters={[
          {
            name: 'vai-tro',
            label: 'Vai trò',
            value: filter.role,
            options: ROLES.map(value => ({ value, label: labels.role[value] })),
          },
          {
            name: 'trang-thai',
            label: 'Tình trạng',
            value: filter.state,
            options: Object.entries(accountStateLabels).map(([value, label]) => ({ value, label })),
          },
        ]}
        clearTo={isFiltered ? PAGE : undefined}
      />
      <DataTable
        caption="Tài khoản"
        columns={COLUMNS}
        rows={rows}
        rowKey={row => String(row.id)}
        asCards
        empty={
          <EmptyState title="Không có tài khoản nào khớp">
            Anh/chị bỏ bớt điều kiện lọc, hoặc tìm theo mã cán bộ. Người thực hiện có tài khoản khi đơn vị nhập danh
            sách.
          </EmptyState>
        }
      />
      <Pager label="Xếp theo tên đăng nhập" previousTo={firstTo} nextTo={nextTo} />
    </div>
  )
}
