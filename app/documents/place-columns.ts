import type { Column } from './workbook.ts'

/** What tells places of one name apart: their code and the one above; null: none is known. */
export type Place = { code: string | null; parentName: string | null }

const HEADS = {
  unit: { code: 'Mã đơn vị', parent: 'Đơn vị cấp trên' },
  locality: { code: 'Mã địa bàn', parent: 'Địa bàn cấp trên' },
} as const

/** Columns with the code of a unit or locality and the one above it: eleven units share the name of their department. */
export function placeColumns<Row>(
  of: keyof typeof HEADS,
  placeOf: (row: Row) => Place | null | undefined,
): { code: Column<Row>; parent: Column<Row> } {
  const { code, parent } = HEADS[of]
  return {
    code: { header: code, width: 10, kind: 'text', value: row => placeOf(row)?.code ?? null },
    parent: { header: parent, width: 22, kind: 'text', value: row => placeOf(row)?.parentName ?? null },
  }
}
