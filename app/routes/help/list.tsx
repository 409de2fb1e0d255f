import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { VERDICT_KINDS } from '#app/domain/vocabulary.ts'
import { listHelp } from '#app/queries/help-list.server.ts'
import { formatDay } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { HelpStatus } from '#app/ui/help-status.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'
import { helpList } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Trường hợp đã hỗ trợ · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { url }) => {
  const { kind, before } = helpList.read(url)
  return {
    kind,
    isFirst: before === undefined,
    ...listHelp(actor, campaign.id, { officialId: actor.officialId ?? -1, kind, before, limit: 30 }),
  }
})

export default function HelpListPage() {
  const { rows, next, kind, isFirst } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Trường hợp đã hỗ trợ"
        actions={
          <>
            <ButtonLink to="/ho-tro/moi">Thêm người dân</ButtonLink>
            <ButtonLink to="/ho-tro/buoi" variant="quiet">
              Nhập cả buổi
            </ButtonLink>
            <ButtonLink to="/phieu-xac-nhan" variant="quiet">
              Phiếu xác nhận
            </ButtonLink>
            <ButtonLink to={helpList.to('/ho-tro.xlsx', { kind })} variant="quiet" reloadDocument>
              Tải về
            </ButtonLink>
          </>
        }
      />
      <nav aria-label="Lọc theo kết quả xét" className="choices">
        <Link to="/ho-tro" aria-current={kind === undefined ? 'page' : undefined}>
          Tất cả
        </Link>
        {VERDICT_KINDS.map(word => (
          <Link
            key={word}
            to={helpList.to('/ho-tro', { kind: word })}
            aria-current={kind === word ? 'page' : undefined}
          >
            {labels.verdictKind[word]}
          </Link>
        ))}
      </nav>
      <Sheet>
        {rows.length === 0 ? (
          <EmptyState title="Chưa có trường hợp nào ở đây">
            Sau mỗi lần hỗ trợ, anh/chị ghi ngay tại chỗ để người dân kịp xác nhận.
          </EmptyState>
        ) : (
          <RowList>
            {rows.map(row => (
              <Row
                key={row.id}
                title={<Link to={`/ho-tro/${row.id}`}>{row.citizenName}</Link>}
                detail={`${formatDay(row.helpedOn)} · ${[row.hamlet, row.localityName].filter(Boolean).join(', ')}`}
                aside={<HelpStatus {...row} />}
              />
            ))}
          </RowList>
        )}
      </Sheet>
      {isFirst && next === null ? null : (
        <Pager
          label="Mới nhất đứng trước"
          firstTo={isFirst ? undefined : helpList.to('/ho-tro', { kind })}
          nextTo={next === null ? undefined : helpList.to('/ho-tro', { kind, before: next })}
        />
      )}
    </div>
  )
}
