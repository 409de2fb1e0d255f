import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { DIFFICULTY_ROUTES } from '#app/domain/vocabulary.ts'
import { countToAnswer, listDifficulties } from '#app/queries/difficulty.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { routeLabel } from '#app/text/province.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { useProvince } from '#app/ui/province.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { reads } from '../_web/visit.server.ts'
import { difficultyList, STATES } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Khó khăn, vướng mắc · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { url }) => {
  const { before, ...filter } = difficultyList.read(url)
  const { rows, next } = listDifficulties(actor, campaign.id, { ...filter, before })
  return {
    filter,
    rows: rows.map(row => ({ ...row, raisedOn: dayOf(row.raisedAt) })),
    next,
    isFirst: before === undefined,
    toAnswer: countToAnswer(actor, campaign.id),
    mayRaise: canSomewhere(actor, 'difficulty.raise'),
  }
})

export default function DifficultiesPage() {
  const { filter, rows, next, isFirst, toAnswer, mayRaise } = useLoaderData<typeof loader>()
  const province = useProvince()
  const to = (more: Parameters<typeof difficultyList.to>[1]) => difficultyList.to('/kho-khan', more)
  const isFiltered = to(filter) !== to({})
  return (
    <div className="narrow stack">
      <PageHeading
        title="Khó khăn, vướng mắc"
        note={`Đơn vị nêu bất cứ lúc nào; cơ quan thường trực hoặc ${province.telecomOffice} trả lời. Mọi người tra cứu được câu trả lời.`}
        actions={mayRaise ? <ButtonLink to="/kho-khan/moi">Nêu khó khăn</ButtonLink> : undefined}
      />
      {toAnswer > 0 ? (
        <Notice kind="warning">
          {formatNumber(toAnswer)} nội dung chờ cơ quan anh/chị trả lời. <Link to={to({ state: 'open' })}>Xem</Link>
        </Notice>
      ) : null}
      <FilterBar
        search={{ name: 'tim', label: 'Tìm (có dấu hoặc không)', value: filter.search }}
        filters={[
          {
            name: 'noi',
            label: 'Nơi trả lời',
            value: filter.route,
            options: DIFFICULTY_ROUTES.map(value => ({ value, label: routeLabel(value, province) })),
          },
          {
            name: 'muc',
            label: 'Tình trạng',
            value: filter.state && STATES[filter.state],
            options: [
              { value: STATES.open, label: 'Chờ trả lời' },
              { value: STATES.answered, label: 'Đã trả lời' },
            ],
          },
        ]}
        clearTo={isFiltered ? to({}) : undefined}
      />
      <Sheet>
        {rows.length === 0 ? (
          <EmptyState title="Không có nội dung nào phù hợp">
            {isFiltered
              ? 'Anh/chị thử từ khác hoặc bỏ lọc.'
              : 'Khi đơn vị nêu khó khăn, nội dung và câu trả lời hiện ở đây.'}
          </EmptyState>
        ) : (
          <RowList>
            {rows.map(row => (
              <Row
                key={row.id}
                title={<Link to={`/kho-khan/${row.id}`}>{row.title}</Link>}
                detail={`${row.unitName} · ${formatDay(row.raisedOn)} · gửi ${routeLabel(row.route, province)}`}
                aside={
                  row.answeredAt === null ? (
                    <Status tone="doing">Chờ trả lời</Status>
                  ) : (
                    <Status tone="done">Đã trả lời</Status>
                  )
                }
              />
            ))}
          </RowList>
        )}
        <Pager
          label={`${formatNumber(rows.length)} nội dung trong trang này`}
          firstTo={isFirst ? undefined : to(filter)}
          nextTo={next === null ? undefined : to({ ...filter, before: next })}
        />
      </Sheet>
    </div>
  )
}
