import { Link } from '@remix-run/react'
import type { findInspection } from '#app/queries/inspection.server.ts'
import { formatDay, formatInstant, formatNumber, formatShare } from '#app/text/format.ts'
import { REPLAY_RULE, stratumLabel } from '#app/text/inspection.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'

type Page = NonNullable<ReturnType<typeof findInspection>>

/** What came of a concluded inspection: the unit's answer, findings, appeals. */
export function OutcomeSheets({ inspection }: { inspection: Page }) {
  const base = `/kiem-tra/${inspection.id}`
  const hasFinding = inspection.findings.some(({ withdrawnAt }) => withdrawnAt === null)
  return (
    <>
      <Sheet
        title="Trả lời của đơn vị"
        note={inspection.answerDueOn ? `Hạn ${formatDay(inspection.answerDueOn)}` : undefined}
      >
        {inspection.unitAnsweredAt === null ? (
          <p>Đơn vị chưa trả lời.</p>
        ) : (
          <>
            <p>{inspection.unitAnswer}</p>
            <p className="small">
              {inspection.headTitle}, {formatInstant(inspection.unitAnsweredAt)}
            </p>
          </>
        )}
        {inspection.answering === null ? <ButtonLink to={`${base}/tra-loi`}>Trả lời</ButtonLink> : null}
      </Sheet>
      <Sheet title="Kết luận về báo cáo của đơn vị">
        {inspection.findings.length === 0 ? <p>Chưa có kết luận báo cáo không đúng thực tế.</p> : null}
        <RowList>
          {inspection.findings.map(finding => (
            <Row
              key={finding.id}
              title={finding.reason}
              detail={`${finding.foundBy}, ${formatInstant(finding.foundAt)}${finding.withdrawnAt === null ? '' : ` · đã rút ${formatInstant(finding.withdrawnAt)}: ${finding.withdrawalReason ?? ''}`}`}
              aside={
                finding.withdrawnAt === null ? (
                  <Status tone="check">Báo cáo không đúng thực tế</Status>
                ) : (
                  <Status tone="neutral">Đã rút</Status>
                )
              }
            />
          ))}
        </RowList>
        {inspection.finding === undefined ? null : hasFinding ? (
          <p className="actions-below">
            <ButtonLink to={`${base}/rut-ket-luan`} variant="quiet">
              Rút kết luận
            </ButtonLink>
          </p>
        ) : inspection.finding === null ? (
          <ButtonLink to={`${base}/ket-luan`} variant="quiet">
            Kết luận báo cáo không đúng thực tế
          </ButtonLink>
        ) : (
          <p className="small">{explainProblem(inspection.finding)}</p>
        )}
      </Sheet>
      {inspection.appeals.length === 0 ? null : (
        <Sheet title="Kiến nghị" note={`${formatNumber(inspection.appeals.length)} kiến nghị`}>
          <RowList>
            {inspection.appeals.map(appeal => (
              <Row
                key={appeal.id}
                title={<Link to={`${base}/kien-nghi/${appeal.helpId}`}>Trường hợp {appeal.helpId}</Link>}
                detail={`Gửi ${formatInstant(appeal.raisedAt)}`}
                aside={
                  <Status tone={appeal.decision === null ? 'doing' : 'neutral'}>
                    {appeal.decision === null ? 'Chờ quyết định' : officeLabels.decision[appeal.decision]}
                  </Status>
                }
              />
            ))}
          </RowList>
        </Sheet>
      )}
    </>
  )
}

/** How the sample was drawn, so that anyone can draw it again. */
export function DesignSheet({ inspection }: { inspection: Page }) {
  return (
    <Sheet title="Cách chọn mẫu">
      <Facts
        facts={[
          { name: 'Trường hợp đã báo cáo', value: formatNumber(inspection.population) },
          {
            name: 'Yêu cầu',
            value: `chắc chắn ${formatShare(inspection.certainty, 1)} thấy ít nhất một trường hợp không đúng, nếu có từ ${formatShare(inspection.untrueShare, 1)}`,
          },
          { name: 'Số mẫu ngẫu nhiên', value: formatNumber(inspection.size) },
          {
            name: 'Chọn thêm theo dấu hiệu',
            value: `${formatNumber(inspection.picks.filter(pick => pick.origin === 'risk').length)}, không tính vào tỷ lệ`,
          },
          { name: 'Mã chọn mẫu', value: <code>{inspection.seed}</code> },
        ]}
      />
      <details className="disclosure">
        <summary>Các nhóm và số lượng phân bổ</summary>
        <DataTable
          caption="Các nhóm và số lượng phân bổ"
          rows={inspection.strata}
          rowKey={row => row.stratum}
          empty={null}
          columns={[
            { key: 'name', header: 'Nhóm', cell: stratumLabel },
            { key: 'size', header: 'Trường hợp', align: 'end', cell: row => formatNumber(row.size) },
            { key: 'drawn', header: 'Lấy mẫu', align: 'end', cell: row => formatNumber(row.drawn) },
          ]}
        />
      </details>
      <details className="disclosure">
        <summary>Cách kiểm tra lại việc chọn mẫu</summary>
        <p>{REPLAY_RULE}</p>
      </details>
      <p>
        <Link to={`/kiem-tra/${inspection.id}/tong-the.csv`} reloadDocument>
          Tải danh sách mã trường hợp (csv)
        </Link>
      </p>
    </Sheet>
  )
}
