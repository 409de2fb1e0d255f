import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { EXEMPTION_STATES } from '#app/domain/vocabulary.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listExemptions } from '#app/queries/exemption.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { ExemptionRows } from '#app/ui/exemption-rows.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Pager } from '#app/ui/pager.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { exemptionList } from './params.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Miễn, giảm · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.people) throw notFound()
  const { state, before } = exemptionList.read(url)
  return {
    heading,
    state,
    isFirst: before === undefined,
    ...listExemptions(actor, campaign.id, { unitPath: heading.path, state, before }),
  }
})

export default function ExemptionsPage() {
  const { heading, state, rows, next, isFirst } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/mien-giam`
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="exemptions"
        title="Miễn, giảm"
        note="Đầu mối đề nghị, người đứng đầu quyết định; đề nghị của người đứng đầu do cấp trên quyết định. Người được miễn vẫn có trong danh sách."
        actions={heading.allowed.exempt ? <ButtonLink to={`${base}/moi`}>Đề nghị miễn</ButtonLink> : undefined}
      />
      <FilterBar
        filters={[
          {
            name: 'tinh-trang',
            label: 'Tình trạng',
            value: state,
            options: EXEMPTION_STATES.map(value => ({ value, label: officeLabels.exemptionState[value] })),
          },
        ]}
        clearTo={state ? base : undefined}
      />
      <Sheet>
        {rows.length === 0 ? (
          <EmptyState title="Không có đề nghị nào">
            {state
              ? 'Anh/chị thử bỏ điều kiện lọc.'
              : 'Khi có người nghỉ thai sản, ốm dài ngày, đi học hoặc chuyển đi, đầu mối ghi đề nghị kèm số văn bản.'}
          </EmptyState>
        ) : (
          <ExemptionRows rows={rows} base={base} unitId={heading.id} />
        )}
        <Pager
          label={`${formatNumber(rows.length)} đề nghị trong trang này`}
          firstTo={isFirst ? undefined : exemptionList.to(base, { state })}
          nextTo={next === null ? undefined : exemptionList.to(base, { state, before: next })}
        />
      </Sheet>
    </div>
  )
}
