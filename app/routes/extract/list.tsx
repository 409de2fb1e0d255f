import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ExtractState } from '#app/domain/vocabulary.ts'
import { listExtracts, sourcesOf } from '#app/queries/extract.server.ts'
import { extractStates } from '#app/text/extract.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status, type Tone } from '#app/ui/status.tsx'
import { reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Đối chiếu · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => ({
  extracts: listExtracts(actor, campaign.id),
  mayManage: sourcesOf(actor).length > 0,
}))

const TONES: Record<ExtractState, Tone> = {
  reading: 'doing',
  refused: 'check',
  read: 'late',
  applying: 'doing',
  applied: 'done',
  undoing: 'doing',
  undone: 'neutral',
}

export default function ExtractsPage() {
  const { extracts, mayManage } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <PageHeading
        title="Đối chiếu"
        note="Số liệu trích xuất từ cơ sở dữ liệu dân cư và doanh nghiệp viễn thông, đối chiếu với các trường hợp đã ghi"
        actions={
          mayManage ? (
            <>
              <ButtonLink to="/doi-chieu/moi">Tải số liệu lên</ButtonLink>
              <ButtonLink variant="quiet" to="/doi-chieu/tra-cuu">
                Xuất mã để tra cứu
              </ButtonLink>
            </>
          ) : undefined
        }
      />
      <Sheet title="Số liệu đã tải lên" note="Mới nhất ở trên">
        {extracts.length === 0 ? (
          <EmptyState title="Chưa có số liệu nào">
            Anh/chị tải lên tệp trích xuất (Excel hoặc CSV). Phần mềm cho xem trước kết quả; chưa có gì thay đổi cho đến
            khi anh/chị chọn áp dụng.
          </EmptyState>
        ) : (
          <RowList>
            {extracts.map(row => (
              <Row
                key={row.id}
                title={
                  <Link to={`/doi-chieu/${row.id}`}>
                    {officeLabels.extractSource[row.source]}, số liệu đến {formatDay(row.asOfOn)}
                  </Link>
                }
                detail={[
                  row.isFullList ? 'Danh sách đầy đủ' : 'Danh sách một phần',
                  row.counts === null ? null : `${formatNumber(row.counts.rows)} dòng`,
                  row.uploadedAt > 0 ? `tải lên ${formatInstant(row.uploadedAt)}` : null,
                ]
                  .filter(Boolean)
                  .join(' · ')}
                aside={<Status tone={TONES[row.state]}>{extractStates[row.state]}</Status>}
              />
            ))}
          </RowList>
        )}
      </Sheet>
    </div>
  )
}
