import type { FieldMetadata } from '@conform-to/react'
import type { ReactNode } from 'react'
import { PLEDGE_DAYS } from '#app/domain/pledge.ts'
import { formatNumber } from '#app/text/format.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { DateField } from '#app/ui/field.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { pledgeList } from './params.ts'

/** The people of a list of pledges, searched and paged, with the form that takes them; only words after the campaign. */
export function PledgePeople({
  people: { search, rows, next, isOver },
  base,
  children,
}: {
  people: { search: string; rows: readonly unknown[]; next: number | null; isOver: boolean }
  /** the address of the list */
  base: string
  children: ReactNode
}) {
  if (isOver) return <EmptyState title="Đợt cao điểm đã kết thúc">Không nhận thêm cam kết.</EmptyState>
  return (
    <>
      <FilterBar
        search={{ name: 'tim', label: 'Tìm theo họ tên (có dấu hoặc không)', value: search }}
        clearTo={search ? base : undefined}
      />
      {rows.length === 0 ? (
        <EmptyState title="Không có ai phù hợp">Anh/chị thử tìm bằng tên khác.</EmptyState>
      ) : (
        children
      )}
      {next === null ? null : (
        <Pager
          label={`${formatNumber(rows.length)} người trong trang này`}
          nextTo={pledgeList.to(base, { search, after: next })}
        />
      )}
    </>
  )
}

/** The fields of the days that a list gives everybody: their names, and what each is called. */
export function useListDays(): { days: string[]; dayLabels: Record<string, string> } {
  const { obligations, names } = useTerms()
  const labelled = obligations.map(obligation => [PLEDGE_DAYS[obligation], names.obligation[obligation]] as const)
  return { days: labelled.map(([day]) => day), dayLabels: Object.fromEntries(labelled) }
}

/** A field for the last day of each obligation. */
export function ListDayFields({
  field,
  startsOn,
  endsOn,
}: {
  field: (name: string) => FieldMetadata<string>
  startsOn: string
  endsOn: string
}) {
  const { days, dayLabels } = useListDays()
  return days.map(day => (
    <DateField key={day} field={field(day)} label={`${dayLabels[day]}, chậm nhất ngày`} min={startsOn} max={endsOn} />
  ))
}
