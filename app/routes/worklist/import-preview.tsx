import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { findColumns } from '#app/queries/import-batch.server.ts'
import { findWorklistBatch } from '#app/queries/worklist-import.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { otherSheets } from '#app/text/list.ts'
import { explainWorklistFile, explainWorklistProblem } from '#app/text/worklist.ts'
import { lacksInWords } from '#app/ui/assignment-row.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Figure, FigureRow } from '#app/ui/figure.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction = () => [{ title: 'Xem trước danh sách người dân · 4 phủ' }]
/** Rows of a file with citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

const SHOWN = 200

export const loader = reads(async ({ actor }, { params }) => {
  const heading = found(findUnitHeading(actor, idOf(params.unitId)))
  const { content, unit, id, fileName } = found(findWorklistBatch(actor, idOf(params.batchId)))
  if (unit.id !== heading.id) throw notFound()
  const columns = findColumns(actor, 'worklist', id)
  if (columns?.isAsked) throw redirect(`/don-vi/${unit.id}/phan-cong/nhap/${id}/cot`)
  if (content?.stage !== 'planned')
    return {
      hasColumns: false,
      sheets: '',
      heading,
      batch: { id, fileName },
      planned: null,
      text:
        content === null
          ? 'Danh sách đã nhập xong, hoặc tệp tải lên đã quá 7 ngày nên không còn được giữ.'
          : content.stage === 'refused'
            ? explainWorklistFile(content.reason)
            : 'Tệp đang được xử lý. Anh/chị mở lại trang này sau ít phút.',
    }
  const { plan, unread, planKey, name, legalBasis } = content
  const problems = [...unread, ...plan.problems].sort((a, b) => a.row - b.row)
  const count = Math.min(plan.adds.length, SHOWN) + Math.min(problems.length, SHOWN)
  await noteShown(actor, { what: 'worklist_batch', subjectId: id, count })
  return {
    heading,
    batch: { id, fileName },
    text: null,
    hasColumns: columns !== undefined,
    sheets: columns ? otherSheets(columns.view) : '',
    planned: {
      name,
      legalBasis,
      planKey,
      counts: { adds: plan.adds.length, kept: plan.kept.length, problems: problems.length },
      adds: plan.adds.slice(0, SHOWN).map(({ number, phone, ...row }) => ({
        ...row,
        numberTail: number.slice(-3),
        hasPhone: phone !== null,
      })),
      problems: problems.slice(0, SHOWN).map(({ row, name: who, ...problem }) => ({
        row,
        name: who,
        text: explainWorklistProblem(problem),
      })),
    },
  }
})

export default function WorklistPreviewPage() {
  const { heading, batch, planned, text, hasColumns, sheets } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="worklist"
        title="Xem trước danh sách người dân"
        note={[`Tệp ${batch.fileName}`, sheets].filter(Boolean).join(' · ')}
        actions={
          hasColumns ? (
            <ButtonLink variant="quiet" to={`/don-vi/${heading.id}/phan-cong/nhap/${batch.id}/cot`}>
              Xem lại các cột
            </ButtonLink>
          ) : undefined
        }
      />
      {planned === null ? (
        <>
          <Notice>{text}</Notice>
          <div className="actions">
            <ButtonLink to={`/don-vi/${heading.id}/phan-cong`}>Về danh sách phân công</ButtonLink>
          </div>
        </>
      ) : (
        <Planned />
      )}
    </div>
  )
}

type Loaded = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['planned']>

function Planned() {
  const { heading, batch, planned } = useLoaderData<typeof loader>()
  if (planned === null) return null
  const { counts, planKey, name, legalBasis } = planned
  const apply = `/don-vi/${heading.id}/phan-cong/nhap/${batch.id}/ap-dung`
  return (
    <>
      <FigureRow>
        <Figure label="Sẽ đưa vào danh sách" value={formatNumber(counts.adds)}>
          người dân
        </Figure>
        <Figure label="Đã có trong danh sách" value={formatNumber(counts.kept)}>
          giữ nguyên, không nhập lại
        </Figure>
        <Figure label="Dòng không nhập được" value={formatNumber(counts.problems)}>
          {counts.problems === 0 ? 'không có' : 'lý do từng dòng ở dưới'}
        </Figure>
      </FigureRow>
      <Sheet>
        <Form method="post" action={apply} className="stack">
          <Facts
            facts={[
              { name: 'Tên danh sách', value: name },
              { name: 'Căn cứ', value: legalBasis },
            ]}
          />
          <input type="hidden" name="planKey" value={planKey} />
          {counts.adds === 0 ? (
            <p>Không có ai để đưa vào danh sách. Anh/chị sửa tệp rồi tải lên lại.</p>
          ) : (
            <div className="actions">
              <SubmitButton action={apply} pendingLabel="Đang nhập…">
                Nhập {formatNumber(counts.adds)} người dân
              </SubmitButton>
              {counts.problems > 0 ? (
                <p className="small">
                  {formatNumber(counts.problems)} dòng có vấn đề được bỏ qua; anh/chị sửa rồi nhập sau cũng được.
                </p>
              ) : null}
            </div>
          )}
        </Form>
      </Sheet>
      <Problems problems={planned.problems} count={counts.problems} />
      <Adds adds={planned.adds} count={counts.adds} />
    </>
  )
}

function Problems({ problems, count }: { problems: Loaded['problems']; count: number }) {
  if (count === 0) return null
  return (
    <Sheet title="Dòng không nhập được" note={`${formatNumber(problems.length)}/${formatNumber(count)} dòng`}>
      <RowList>
        {problems.map(problem => (
          <Row
            key={problem.row}
            title={`Dòng ${formatNumber(problem.row)}: ${problem.text}`}
            detail={problem.name || 'Không có họ tên'}
          />
        ))}
      </RowList>
    </Sheet>
  )
}

function Adds({ adds, count }: { adds: Loaded['adds']; count: number }) {
  return (
    <Sheet title="Người dân sẽ đưa vào danh sách" note={`${formatNumber(adds.length)}/${formatNumber(count)} người`}>
      <DataTable
        caption="Người dân sẽ đưa vào danh sách"
        rows={adds}
        rowKey={row => String(row.row)}
        asCards
        empty={<EmptyState title="Không có ai">Các dòng trong tệp đều đã có hoặc chưa nhập được.</EmptyState>}
        columns={[
          { key: 'name', header: 'Họ và tên', cell: row => row.name },
          { key: 'number', header: 'Số định danh', cell: row => `•••${row.numberTail}` },
          { key: 'hamlet', header: 'Ấp, thôn, khu phố', cell: row => row.hamlet },
          { key: 'phone', header: 'Điện thoại', cell: row => (row.hasPhone ? 'có' : 'chưa có') },
          { key: 'lacks', header: 'Còn thiếu', cell: row => lacksInWords(row.lacks) },
        ]}
      />
    </Sheet>
  )
}
