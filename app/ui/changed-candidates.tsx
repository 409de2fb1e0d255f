import { Form, Link } from '@remix-run/react'
import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { collectiveLabels, officialLabels } from '#app/text/assessment.ts'
import { formatNumber } from '#app/text/format.ts'
import { SubmitButton } from './form.tsx'
import { Notice } from './notice.tsx'
import { Row, RowList } from './sheet.tsx'

type AnyResult = OfficialResult | CollectiveResult
const labelsOf = (isFrozen: boolean): Record<AnyResult, string> => ({
  ...officialLabels(isFrozen),
  ...collectiveLabels(isFrozen),
})

/** Warns of candidates whose result changed after they were proposed, and offers what takes them back. */
export function ChangedCandidates({
  roundId,
  rows,
  newerVersion,
}: {
  roundId: number
  rows: readonly {
    id: number
    name: string
    unitName: string
    isDecided: boolean
    from: AnyResult
    to: AnyResult | null
    isFrozen: boolean
    mayDrop: boolean
    mayRevoke: boolean
  }[]
  /** a newer version to which the round may be moved; null: none, or its list is frozen */
  newerVersion: number | null
}) {
  const base = `/khen-thuong/${roundId}`
  if (rows.length === 0 && newerVersion === null) return null
  return (
    <Notice
      kind="warning"
      title={
        rows.length === 0
          ? `Kết quả xét đã có phiên bản ${newerVersion}.`
          : `${formatNumber(rows.length)} hồ sơ có kết quả xét thay đổi sau khi được đề nghị.`
      }
    >
      {newerVersion === null ? null : (
        <Form method="post" action={`${base}/chuyen-phien-ban`} className="actions">
          <SubmitButton action={`${base}/chuyen-phien-ban`} variant="quiet">
            Chuyển đợt xét sang phiên bản {newerVersion}
          </SubmitButton>
        </Form>
      )}
      <RowList>
        {rows.map(row => (
          <Row
            key={row.id}
            title={<Link to={`${base}/ho-so/${row.id}`}>{row.name}</Link>}
            detail={`${row.unitName} · ${labelsOf(true)[row.from]} → ${row.to === null ? 'không còn được xét' : labelsOf(row.isFrozen)[row.to]}${row.isFrozen ? '' : ', theo số liệu hiện tại; cần tính lại để chốt'}`}
            aside={
              row.isDecided && row.mayRevoke ? (
                <Link to={`${base}/ho-so/${row.id}/thu-hoi`}>Thu hồi khen thưởng</Link>
              ) : row.mayDrop ? (
                <Link to={`${base}/tra-lai?viec=drop&chon=${row.id}`}>Đưa ra khỏi danh sách</Link>
              ) : undefined
            }
          />
        ))}
      </RowList>
    </Notice>
  )
}
