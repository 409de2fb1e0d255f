import { ASSIGNMENT_STATES, WORKLIST_LACKS } from '#app/domain/vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { FilterBar } from './filter-bar.tsx'

/** What narrows a unit's list; a filter without anything to choose is left out. */
export function WorklistFilters({
  filter,
  hamlets,
  bearers,
  clearTo,
}: {
  filter: { state?: string; hamlet?: string; lack?: string; bearer?: string }
  hamlets: readonly string[]
  bearers: readonly { key: string; name: string }[]
  clearTo: string | undefined
}) {
  const filters = [
    {
      name: 'tt',
      label: 'Tình trạng',
      value: filter.state ?? '',
      options: ASSIGNMENT_STATES.map(value => ({ value, label: labels.assignmentState[value] })),
    },
    {
      name: 'ap',
      label: 'Ấp, khu phố',
      value: filter.hamlet ?? '',
      options: hamlets.map(label => ({ value: label, label })),
    },
    {
      name: 'thieu',
      label: 'Còn thiếu',
      value: filter.lack ?? '',
      options: WORKLIST_LACKS.map(value => ({ value, label: labels.worklistLack[value] })),
    },
    {
      name: 'ai',
      label: 'Người, tổ',
      value: filter.bearer ?? '',
      options:
        bearers.length === 0
          ? []
          : [
              { value: 'none', label: 'Chưa phân công' },
              ...bearers.map(({ key, name }) => ({ value: key, label: name })),
            ],
    },
  ]
  return <FilterBar filters={filters.filter(({ options }) => options.length > 0)} clearTo={clearTo} />
}
