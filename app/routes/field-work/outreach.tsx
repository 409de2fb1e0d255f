import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { OUTREACH_CHANNELS } from '#app/domain/vocabulary.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listOutreach, type OutreachSum, sumOutreach } from '#app/queries/outreach.server.ts'
import { listLayouts } from '#app/queries/table-layout.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { LayoutLinks } from '#app/ui/table-import.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { outreachList } from './params.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Tuyên truyền, ${data?.heading.name ?? 'đơn vị'} · 4 phủ` },
]

export const loader = reads(({ actor, campaign }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const { channel, before } = outreachList.read(url)
  return {
    heading,
    layouts: listLayouts('outreach').map(({ id, name }) => ({ id, name })),
    channel,
    isFirst: before === undefined,
    after: before === undefined ? listOutreach(actor, campaign.id, { unitPath: heading.path, part: 'after' }).rows : [],
    sums: sumOutreach(actor, campaign.id, { unitId: heading.id, unitPath: heading.path }),
    ...listOutreach(actor, campaign.id, { unitPath: heading.path, channel, before }),
  }
})

const sums = <T extends OutreachSum>(header: string, name: (row: T) => ReactNode): Column<T>[] => [
  { key: 'name', header, cell: name },
  { key: 'sessions', header: 'Hoạt động', align: 'end', cell: row => formatNumber(row.sessions) },
  { key: 'people', header: 'Lượt người', align: 'end', cell: row => formatNumber(row.people) },
]

export default function OutreachPage() {
  const { heading, layouts, channel, sums: sum, rows, after, next, isFirst } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/tuyen-truyen`
  const kept = channel ? `hinh-thuc=${channel}&` : ''
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="outreach"
        title="Tuyên truyền"
        note={`${formatNumber(sum.total.sessions)} hoạt động, ${formatNumber(sum.total.people)} lượt người của đơn vị và đơn vị trực thuộc. Số người do đơn vị đếm hoặc ước tính.`}
        actions={
          <>
            {heading.allowed.logOutreach ? (
              <>
                <ButtonLink to={`${base}/moi`}>Ghi hoạt động</ButtonLink>
                <ButtonLink variant="quiet" to={`${base}/nhap`}>
                  Nhập từ bảng
                </ButtonLink>
              </>
            ) : null}
            <ButtonLink variant="quiet" to={`${base}.xlsx`} reloadDocument>
              Xuất Excel
            </ButtonLink>
          </>
        }
      />
      <LayoutLinks layouts={layouts} to={`${base}.xlsx`} />
      <div className={sum.below.length === 0 ? 'stack' : 'columns'}>
        <Sheet title="Theo hình thức">
          <DataTable
            caption="Hoạt động tuyên truyền theo hình thức"
            columns={sums(
              'Hình thức',
              (row: (typeof sum.channels)[number]) => officeLabels.outreachChannel[row.channel],
            )}
            rows={sum.channels}
            rowKey={row => row.channel}
            empty={null}
          />
        </Sheet>
        {sum.below.length === 0 ? null : (
          <Sheet title="Theo đơn vị trực thuộc">
            <DataTable
              caption="Hoạt động tuyên truyền theo đơn vị trực thuộc"
              columns={sums('Đơn vị', (row: (typeof sum.below)[number]) => (
                <Link to={`/don-vi/${row.id}/tuyen-truyen`}>{row.name}</Link>
              ))}
              rows={sum.below}
              rowKey={row => String(row.id)}
              empty={null}
            />
          </Sheet>
        )}
      </div>
      <FilterBar
        filters={[
          {
            name: 'hinh-thuc',
            label: 'Hình thức',
            value: channel,
            options: OUTREACH_CHANNELS.map(value => ({ value, label: officeLabels.outreachChannel[value] })),
          },
        ]}
        clearTo={channel ? base : undefined}
      />
      <Sheet title="Đã ghi" note="Mới ghi đứng trước">
        {rows.length === 0 ? (
          <EmptyState title="Chưa có hoạt động nào">
            {heading.allowed.logOutreach
              ? 'Anh/chị ghi từng buổi, đợt phát, bài đăng kèm số người tiếp cận.'
              : 'Đầu mối của đơn vị ghi hoạt động tuyên truyền tại đây.'}
          </EmptyState>
        ) : (
          <Activities rows={rows} />
        )}
        <Pager
          label={`${formatNumber(rows.length)} hoạt động trong trang này`}
          firstTo={isFirst ? undefined : channel ? `${base}?hinh-thuc=${channel}` : base}
          nextTo={next === null ? undefined : `${base}?${kept}truoc=${next}`}
        />
      </Sheet>
      {after.length === 0 ? null : (
        <Sheet title="Sau đợt cao điểm" note="Ghi riêng, không nằm trong số liệu và báo cáo của đợt">
          <Activities rows={after} />
        </Sheet>
      )}
    </div>
  )
}

type Activity = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

function Activities({ rows }: { rows: readonly Activity[] }) {
  const { heading } = useLoaderData<typeof loader>()
  return (
    <RowList>
      {rows.map(row => (
        <Row
          key={row.id}
          title={`${officeLabels.outreachChannel[row.channel]}, ${formatDay(row.heldOn)}`}
          detail={[
            `${formatNumber(row.people)} người`,
            row.place,
            row.area,
            row.unitId === heading.id ? '' : row.unitName,
            row.note,
          ]
            .filter(Boolean)
            .join(' · ')}
          aside={
            row.mayWithdraw ? (
              <Confirm
                label="Rút"
                question={`Rút hoạt động ngày ${formatDay(row.heldOn)}?`}
                consequence="Hoạt động không còn trong số liệu nhưng vẫn lưu trong nhật ký."
                action={`/tuyen-truyen/${row.id}/rut`}
              />
            ) : undefined
          }
        />
      ))}
    </RowList>
  )
}
