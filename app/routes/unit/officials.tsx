import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { paceOfPerson } from '#app/domain/pace.ts'
import { ASSOCIATIONS, CATEGORIES, OFFICIAL_RESULTS } from '#app/domain/vocabulary.ts'
import { listAlike } from '#app/queries/alike.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listOfficials } from '#app/queries/official.server.ts'
import { burstsOf } from '#app/queries/signal.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { optionsOf } from '#app/ui/field.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { OfficialTable } from '#app/ui/official-table.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { officialList } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Người thực hiện · 4 phủ' }]

const PAGE = 50

export const loader = reads(({ actor, campaign, regulation, today }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.people) throw notFound()
  const { after, ...filter } = officialList.read(url)
  const { isByName, search, result, ...chosen } = filter
  const { rows, next } = listOfficials(actor, campaign.id, {
    ...chosen,
    unitPath: heading.path,
    search: search || undefined,
    result: heading.allowed.assessments ? result : undefined,
    sort: isByName ? 'name' : 'lacking',
    after: after === undefined ? undefined : { id: after },
    limit: PAGE,
  })
  const bursts = heading.allowed.confirm
    ? burstsOf(
        campaign.id,
        rows.map(row => row.officialId),
      )
    : null
  const alike = heading.allowed.roster
    ? listAlike(
        actor,
        rows.map(row => row.officialId),
      )
    : null
  return {
    heading,
    next,
    rows: rows.map(row => ({
      ...row,
      pace: paceOfPerson(row, today, regulation),
      burst: bursts?.get(row.officialId)?.figures ?? null,
      alike: alike?.get(row.officialId),
    })),
    filter,
    isFirst: !after,
  }
})

export default function OfficialsPage() {
  const { heading, rows, next, filter, isFirst } = useLoaderData<typeof loader>()
  const { lackings, names } = useTerms()
  const base = `/don-vi/${heading.id}/nguoi-thuc-hien`
  const { isByName } = filter
  const to = (changes: Partial<typeof filter> & { after?: number }) => officialList.to(base, { ...filter, ...changes })
  const unfiltered = officialList.to(base, { isByName })
  const isFiltered = to({}) !== unfiltered
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="people"
        title="Người thực hiện"
        actions={
          heading.allowed.roster ? (
            <>
              <ButtonLink variant="quiet" to={`/don-vi/${heading.id}/nhac-viec`}>
                Nhắc việc
              </ButtonLink>
              <ButtonLink variant="quiet" to={`${base}.xlsx`} reloadDocument>
                Xuất Excel
              </ButtonLink>
              <ButtonLink variant="quiet" to={`${base}/nhap`}>
                Nhập danh sách
              </ButtonLink>
            </>
          ) : undefined
        }
      />
      <FilterBar
        search={{ name: 'tim', label: 'Tìm theo họ tên (có dấu hoặc không)', value: filter.search }}
        filters={[
          { name: 'thieu', label: 'Còn thiếu', value: filter.lacking, options: optionsOf(lackings, names.lacking) },
          { name: 'loai', label: 'Loại', value: filter.category, options: optionsOf(CATEGORIES, labels.category) },
          {
            name: 'doan-the',
            label: 'Đoàn thể',
            value: filter.association,
            options: optionsOf(ASSOCIATIONS, labels.association),
          },
          ...(heading.allowed.assessments
            ? [
                {
                  name: 'ket-qua',
                  label: 'Kết quả dự kiến',
                  value: filter.result,
                  options: optionsOf(OFFICIAL_RESULTS, labels.officialResult),
                },
              ]
            : []),
        ]}
        kept={isByName ? { xep: 'ten' } : {}}
        clearTo={isFiltered ? unfiltered : undefined}
      />
      <Sheet title="Danh sách" note={isByName ? 'Sắp theo tên' : 'Còn thiếu nhiều nhất đứng trước'}>
        <OfficialTable
          rows={rows}
          caption="Người thực hiện"
          unitId={heading.id}
          sorted={isByName ? 'name' : 'lacking'}
          sortTo={{ name: to({ isByName: true }), lacking: to({ isByName: false }) }}
          empty={
            isFiltered ? (
              <EmptyState title="Không có ai phù hợp">Anh/chị thử bỏ bớt điều kiện lọc.</EmptyState>
            ) : (
              <EmptyState title="Chưa có người thực hiện">Đơn vị nhập danh sách để bắt đầu theo dõi.</EmptyState>
            )
          }
        />
        <Pager
          label={`${formatNumber(rows.length)} người trong trang này`}
          firstTo={isFirst ? undefined : to({})}
          nextTo={next === null ? undefined : to({ after: next })}
        />
      </Sheet>
    </div>
  )
}
