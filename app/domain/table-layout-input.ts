import { cutText } from './letters.ts'
import type { LayoutColumn } from './table-layout.ts'

/** Columns that a layout may have. */
export const MOST_COLUMNS = 60
const MOST_SIGNS = 200

/** Names of the fields of one column in the form of a layout. */
export const columnFields = (n: number) => ({
  place: `thu-tu-${n}`,
  header: `tieu-de-${n}`,
  field: `noi-dung-${n}`,
  fixed: `chu-${n}`,
})

/**
 * The columns of a form, in the order of the places that were typed, those of one place in the order of the form. One
 * without a head, a field and a text is left out; a text beside a field says nothing.
 */
export function readColumnRows(fields: readonly string[], typed: (name: string) => string): LayoutColumn[] {
  const plain = (name: string) => cutText(typed(name).normalize('NFC').replace(/\s+/g, ' ').trim(), MOST_SIGNS)
  const rows = Array.from({ length: MOST_COLUMNS }, (_, n) => {
    const names = columnFields(n)
    const field = fields.find(known => known === typed(names.field)) ?? null
    const place = typed(names.place).trim()
    return {
      place: /^\d{1,3}$/.test(place) ? Number(place) : n + 1,
      column: { header: plain(names.header), field, fixed: field === null ? plain(names.fixed) : '' },
    }
  })
  return rows
    .filter(({ column: { header, field, fixed } }) => header !== '' || field !== null || fixed !== '')
    .sort((a, b) => a.place - b.place)
    .map(({ column }) => column)
}
