import { WORKLIST_LACKS } from '#app/domain/vocabulary.ts'
import { LISTED_COLUMNS, RETURNED_COLUMNS, type WorklistColumn } from '#app/domain/worklist.ts'
import { WORKLIST_EXAMPLE_MARK, worklistHeaders } from '#app/text/worklist.ts'
import type { ColumnSpec, ListSpec, ValueKind } from './list-spec.ts'

const KINDS: Partial<Record<WorklistColumn, ValueKind>> = {
  name: 'name',
  number: 'number',
  birth: 'birth',
  phone: 'phone',
  code: 'code',
  appointmentOn: 'day',
}

/** What the list of citizens to be helped wants of a file. */
export const WORKLIST_SPEC: ListSpec<WorklistColumn> = {
  columns: Object.fromEntries(
    LISTED_COLUMNS.map(column => {
      const { header, synonyms, parts } = worklistHeaders[column]
      return [column, { header, synonyms, parts, kind: KINDS[column] ?? 'words' }]
    }),
  ) as Record<WorklistColumn, ColumnSpec>,
  person: { name: 'name', birth: 'birth' },
  heads: ['name', 'givenName', 'number'],
  beside: { code: RETURNED_COLUMNS.filter(column => column !== 'code') },
  missing: has => {
    const missing: WorklistColumn[] = []
    if (!has('name') && !has('givenName')) missing.push('name')
    if (has('code')) return missing
    if (RETURNED_COLUMNS.some(has)) missing.push('code')
    if (!has('number')) missing.push('number')
    if (!has('hamlet') && !has('address')) missing.push('hamlet')
    if (!has('lacks') && !WORKLIST_LACKS.some(has)) missing.push('lacks')
    return missing
  },
  exampleMark: WORKLIST_EXAMPLE_MARK,
}
