import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { findClosing } from '#app/queries/closing.server.ts'
import { listMovedCollectives, listMovedOfficials } from '#app/queries/closing-moves.server.ts'
import { collectiveLabels, isFrozenVersion, officialLabels } from '#app/text/assessment.ts'
import { closingLines, closingTitle, explainChanges, lineCount, provisionalNote } from '#app/text/closing.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { MoveCounts, ResultCounts } from '#app/ui/result-counts.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { closingPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Phiên bản kết quả xét · 4 phủ' }]

const PAGE = 30

export const loader = reads(({ actor, campaign }, { params, url }) => {
  permitSomewhere(actor, 'closing.view')
  const closing = found(findClosing(campaign.id, idOf(params.closingId)))
  if (closing.frozenAt === null) throw notFound()
  const { after } = closingPage.read(url)
  const { id, version, reason, note, frozenAt, hash, regulationId, summary, isProvisional } = closing
  const { on, officials, collectives, moved, late, left } = summary
  return {
    closing: {
      id,
      version,
      isProvisional,
      reason,
      note,
      frozenAt,
      hash,
      regulationId,
      on,
      officials,
      collectives,
      moved,
      late,
      left,
    },
    ...listMovedOfficials(actor, closing, { after, limit: PAGE }),
    units: moved ? listMovedCollectives(actor, closing) : [],
  }
})

export default function ClosingPage() {
  const { closing, rows, next, units } = useLoaderData<typeof loader>()
  const { moved } = closing
  return (
    <div className="stack">
      <PageHeading
        title={closingTitle(closing)}
        note={closing.note || undefined}
        breadcrumbs={[{ to: '/ket-thuc', label: 'Kết thúc đợt' }]}
      />
      {closing.isProvisional ? <Notice>{provisionalNote(closing)}</Notice> : null}
      <Sheet title="Về phiên bản này">
        <Facts
          facts={[
            { name: 'Chốt lúc', value: formatInstant(closing.frozenAt) },
            ...(closing.late ? [{ name: 'Trong đó nhập sau ngày cuối', value: formatNumber(closing.late) }] : []),
            { name: 'Vướng mắc và các bước xem xét tính đến', value: formatDay(closing.on) },
            { name: 'Mã kiểm chứng (SHA-256)', value: <code className="hash">{closing.hash}</code> },
          ]}
        />
        <p>
          <Link to={`/danh-gia?ban=${closing.version}`}>Xem danh sách cá nhân</Link> ·{' '}
          <Link to={`/danh-gia/tap-the?ban=${closing.version}`}>Xem danh sách tập thể</Link>
        </p>
      </Sheet>
      {closing.left === undefined || closing.left.length === 0 ? null : (
        <Sheet title="Để lại khi kết thúc" note="Đã biết là còn chờ, có lý do">
          <RowList>
            {closing.left.map(row => (
              <Row key={row.item} title={closingLines[row.item].name} detail={row.reason} aside={lineCount(row)} />
            ))}
          </RowList>
        </Sheet>
      )}
      <Sheet title="Kết quả">
        <ResultCounts
          isFrozen={isFrozenVersion(closing)}
          officials={closing.officials}
          collectives={closing.collectives}
        />
      </Sheet>
      {moved === undefined ? null : (
        <Sheet title="Thay đổi so với phiên bản trước">
          <div className="stack">
            <MoveCounts caption="Số người" moves={moved.officials} resultLabels={officialLabels(true)} />
            <MoveCounts caption="Số tập thể" moves={moved.collectives} resultLabels={collectiveLabels(true)} />
            <RowList>
              {units.map(row => (
                <Row
                  key={`u${row.unitId}`}
                  title={row.name}
                  detail={
                    row.from === row.to
                      ? 'Kết quả giữ nguyên, số liệu thay đổi'
                      : `${row.from === null ? 'Chưa có' : collectiveLabels(true)[row.from]} → ${collectiveLabels(true)[row.to]}`
                  }
                />
              ))}
              {rows.map(row => (
                <Row
                  key={row.officialId}
                  title={<Link to={`/can-bo/${row.officialId}`}>{row.name}</Link>}
                  detail={`${row.unitName} · ${row.from === null ? 'chưa có trong danh sách' : explainChanges(row.changes)}`}
                  aside={
                    row.from === row.to
                      ? 'Kết quả giữ nguyên'
                      : `${row.from === null ? 'Mới' : officialLabels(true)[row.from]} → ${officialLabels(true)[row.to]}`
                  }
                />
              ))}
            </RowList>
            <Pager
              label={`${formatNumber(rows.length)} người trong trang này`}
              nextTo={next === null ? undefined : closingPage.to(`/ket-thuc/${closing.id}`, { after: next })}
            />
          </div>
        </Sheet>
      )}
    </div>
  )
}
