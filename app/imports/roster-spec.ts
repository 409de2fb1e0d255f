import { ROSTER_COLUMNS, type RosterColumn } from '#app/domain/roster/row.ts'
import type { Association } from '#app/domain/vocabulary.ts'
import { EXAMPLE_MARK, rosterHeaders } from '#app/text/roster.ts'
import type { ColumnSpec, Heading, ListSpec, ValueKind } from './list-spec.ts'

const KINDS: Partial<Record<RosterColumn, ValueKind>> = {
  staffCode: 'code',
  name: 'name',
  birth: 'birth',
  number: 'number',
  phone: 'phone',
}

const columns = Object.fromEntries(
  ROSTER_COLUMNS.map(column => [
    column,
    { header: rosterHeaders[column].header, synonyms: rosterHeaders[column].synonyms, kind: KINDS[column] ?? 'words' },
  ]),
) as Record<RosterColumn, ColumnSpec>

/** Returns the missing columns among the name, a detail that identifies people and, for staff, the category. */
function missingIn(has: (column: Heading<RosterColumn>) => boolean, association: Association | undefined) {
  const missing: RosterColumn[] = []
  const hasBirth = has('birth') || has('birthYear') || has('male') || has('female')
  if (!has('name') && !has('familyName')) missing.push('name')
  if (!hasBirth && !has('number')) missing.push('birth')
  if (association !== undefined) return missing
  if (!has('number') && !has('staffCode')) missing.push('number')
  if (!has('category')) missing.push('category')
  return missing
}

const specOf = (association: Association | undefined): ListSpec<RosterColumn> => ({
  columns,
  person: { name: 'name', birth: 'birth' },
  heads: ['name', 'givenName'],
  missing: has => missingIn(has, association),
  exampleMark: EXAMPLE_MARK,
})

const STAFF = specOf(undefined)
const MEMBERS = specOf('youth')

/** What a roster wants of a file; a list of an association need not have numbers and categories. */
export const rosterSpec = (association: Association | undefined) => (association === undefined ? STAFF : MEMBERS)
