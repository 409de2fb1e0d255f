import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { appointCoordinator, listCandidates, listCoordinators } from '#app/queries/grant.server.ts'
import { findUnit } from '#app/queries/unit.server.ts'
import { explainGrant } from '#app/text/account.ts'
import { explainProblem } from '#app/text/problem.ts'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { coordinatorPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Đầu mối · 4 phủ' }]

export const loader = reads(({ actor }, { params, url }) => {
  const unit = found(findUnit(actor, idOf(params.unitId)))
  const coordinators = listCoordinators(actor, unit.id)
  const { search, refusal } = coordinatorPage.read(url)
  return {
    unit: { id: unit.id, name: unit.name, above: unit.above },
    coordinators,
    search,
    ...listCandidates(actor, { unitId: unit.id, search }),
    refusal: refusal === undefined ? null : explainProblem(refusal),
  }
})

export const action = writes(({ actor }, { form, params }) => {
  const unitId = idOf(params.unitId)
  const made = appointCoordinator(actor, { officialId: idOf(form.get('officialId')?.toString()), unitId })
  const page = `/don-vi/${unitId}/dau-moi` as const
  return made.ok ? redirectWith(page, 'da-cu') : redirect(`${page}?chua=${made.problems[0]?.reason}`)
})

export default function CoordinatorsPage() {
  const { unit, coordinators, search, candidates, isCut, refusal } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Đầu mối của đơn vị"
        note="Đầu mối nhập danh sách, xác nhận trường hợp và nội dung bản thân của đơn vị và đơn vị cấp dưới."
        breadcrumbs={[{ to: `/don-vi/${unit.id}`, label: unit.name }]}
      />
      {refusal === null ? null : <Notice kind="error">{refusal}</Notice>}
      <Sheet title="Đang làm đầu mối">
        {coordinators.length === 0 ? (
          <EmptyState title="Chưa có đầu mối">Anh/chị chọn một người trong danh sách dưới đây.</EmptyState>
        ) : (
          <RowList>
            {coordinators.map(row => (
              <Row
                key={row.grantId}
                title={row.displayName}
                detail={explainGrant(row)}
                aside={
                  row.allowed.end ? (
                    <Confirm
                      label="Thôi"
                      question={`Để ${row.displayName} thôi làm đầu mối?`}
                      consequence="Hết hiệu lực ngay hôm nay. Anh/chị có thể cử lại."
                      action={`/don-vi/${unit.id}/dau-moi/${row.grantId}/ket-thuc`}
                      confirmLabel="Thôi làm đầu mối"
                    />
                  ) : undefined
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
      <Sheet title="Cử thêm đầu mối" note="hiệu lực từ hôm nay">
        <div className="stack">
          <FilterBar
            search={{ name: 'tim', label: 'Tìm theo họ tên', value: search }}
            clearTo={search === '' ? undefined : `/don-vi/${unit.id}/dau-moi`}
          />
          {candidates.length === 0 ? (
            <EmptyState title="Không có ai khớp">
              Chỉ người của đơn vị và đơn vị cấp dưới được cử. Anh/chị thử tên khác.
            </EmptyState>
          ) : (
            <Form method="post">
              <RowList>
                {candidates.map(person => (
                  <Row
                    key={person.officialId}
                    title={person.name}
                    detail={[person.position, person.unitName].filter(Boolean).join(' · ')}
                    aside={
                      <Button
                        type="submit"
                        variant="quiet"
                        name="officialId"
                        value={person.officialId}
                        aria-label={`Cử ${person.name}`}
                      >
                        Cử
                      </Button>
                    }
                  />
                ))}
              </RowList>
            </Form>
          )}
          {isCut ? <p className="small">Còn nhiều người khác, anh/chị tìm theo họ tên.</p> : null}
        </div>
      </Sheet>
    </div>
  )
}
