import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { findUnitToEdit, rootUnit, searchUnits } from '#app/queries/unit.server.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'
import { unitTree } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Cơ quan, đơn vị · 4 phủ' }]

export const loader = reads(({ actor, today }, { url }) => {
  const { id, name, kind, children } = findUnitToEdit(actor, rootUnit().id, today)
  const { search } = unitTree.read(url)
  const units = search === '' ? children.map(child => ({ ...child, title: child.name })) : searchUnits(actor, search)
  return {
    root: { id, name, kind },
    search,
    units: units.map(unit => ({
      id: unit.id,
      name: unit.title,
      kind: unit.kind,
      closedOn: unit.closedOn,
    })),
  }
})

export default function UnitsPage() {
  const { root, search, units } = useLoaderData<typeof loader>()
  const levels = useLevels()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Cơ quan, đơn vị"
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
        actions={
          <>
            <ButtonLink to={`/quan-tri/don-vi/${root.id}/them`}>{levels.addedUnits}</ButtonLink>
            <ButtonLink variant="quiet" to="/quan-tri/danh-sach/don-vi">
              Nhập, xuất bằng Excel
            </ButtonLink>
          </>
        }
      />
      <FilterBar
        search={{ name: 'tim', label: 'Tên đơn vị', value: search }}
        clearTo={search === '' ? undefined : '/quan-tri/don-vi'}
      />
      <Sheet
        title={search === '' ? `Trực thuộc ${root.name}` : `Kết quả tìm “${search}”`}
        note={
          search === '' ? `${units.length} đơn vị` : units.length === 50 ? '50 kết quả đầu' : `${units.length} kết quả`
        }
      >
        {units.length === 0 ? (
          <EmptyState title="Không có đơn vị nào mang tên này">
            Anh/chị thử một phần của tên, có dấu hoặc không dấu đều được.
          </EmptyState>
        ) : (
          <RowList>
            {units.map(unit => (
              <Row
                key={unit.id}
                title={<Link to={`/quan-tri/don-vi/${unit.id}`}>{unit.name}</Link>}
                detail={labels.unitKind[unit.kind]}
                aside={unit.closedOn === null ? undefined : 'Đã ngừng'}
              />
            ))}
          </RowList>
        )}
      </Sheet>
    </div>
  )
}
