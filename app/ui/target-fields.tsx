import type { FieldMetadata } from '@conform-to/react'
import { Link } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { EmptyState } from './empty-state.tsx'
import { TextArea, TextField } from './field.tsx'
import { Row, RowList } from './sheet.tsx'

export const TARGET_LABELS: Record<string, string> = {
  target: 'Chỉ tiêu',
  documentNumber: 'Số văn bản',
  reason: 'Lý do',
  scope: 'Áp dụng cho',
  chon: 'Chọn người',
}

/** Asks how many citizens, by which document (always, or below the quota), and why. */
export function TargetFields({
  field,
  quota,
}: {
  field: (name: string) => FieldMetadata<string>
  /** below it a document is needed; undefined: always */
  quota?: number
}) {
  return (
    <>
      <TextField field={field('target')} label="Chỉ tiêu (người dân mỗi người)" inputMode="numeric" isShort />
      <TextField
        field={field('documentNumber')}
        label="Số văn bản quyết định"
        hint={quota === undefined ? undefined : `Bắt buộc khi chỉ tiêu thấp hơn ${formatNumber(quota)}`}
        isShort
      />
      <TextArea field={field('reason')} label="Lý do" rows={2} />
    </>
  )
}

type Decision = {
  id: number
  officialId: number | null
  officialName: string | null
  unitName: string | null
  citizens: number
  documentNumber: string
  reason: string
  createdAt: number
  decidedBy: string | null
}

/** Decisions on targets with what they rest on. */
export function TargetHistory({ rows }: { rows: readonly Decision[] }) {
  if (rows.length === 0)
    return <EmptyState title="Chưa có quyết định nào">Mọi người thực hiện theo mức chung của kế hoạch.</EmptyState>
  return (
    <RowList>
      {rows.map(row => (
        <Row
          key={row.id}
          title={
            <>
              {row.officialId === null ? (
                row.unitName
              ) : (
                <Link to={`/can-bo/${row.officialId}`}>{row.officialName}</Link>
              )}
              : {formatNumber(row.citizens)} người dân
            </>
          }
          detail={[
            formatDay(dayOf(row.createdAt)),
            row.decidedBy,
            row.documentNumber ? `văn bản ${row.documentNumber}` : '',
            row.reason,
          ]
            .filter(Boolean)
            .join(' · ')}
        />
      ))}
    </RowList>
  )
}
