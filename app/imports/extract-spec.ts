import { EXTRACT_COLUMNS, type ExtractColumn } from '#app/domain/extract.ts'
import type { ExtractSource } from '#app/domain/vocabulary.ts'
import { extractColumns } from '#app/text/extract.ts'
import type { ColumnSpec, ListSpec, ValueKind } from './list-spec.ts'

const KINDS: Partial<Record<ExtractColumn, ValueKind>> = {
  number: 'number',
  phone: 'phone',
  code: 'code',
  activatedOn: 'day',
  signedOn: 'day',
}

/** Words over a column, without marks; they also begin or end longer heads. */
const WORDS: Record<ExtractColumn, readonly string[]> = {
  number: [
    'so dinh danh',
    'so ddcn',
    'ddcn',
    'so cccd',
    'cccd',
    'can cuoc',
    'so can cuoc',
    'so giay to',
    'ma dinh danh',
  ],
  phone: ['so dien thoai', 'dien thoai', 'so thue bao', 'thue bao', 'sdt', 'msisdn', 'so di dong'],
  code: ['ma truong hop', 'ma ho tro', 'ma ho so'],
  level: ['muc do', 'muc', 'trang thai', 'tinh trang', 'kich hoat'],
  activatedOn: ['ngay kich hoat', 'thoi gian kich hoat', 'thoi diem kich hoat', 'ngay kh'],
  ownName: ['chinh chu', 'dung ten', 'sim chinh chu', 'thue bao chinh chu'],
  signature: ['chu ky so', 'cks', 'ky so', 'co chu ky so', 'da cap chu ky so', 'chung thu so'],
  signedOn: ['ngay cap chu ky so', 'ngay cap', 'ngay kich hoat', 'ngay dang ky', 'ngay cap cks'],
  has4g: ['4g', 'su dung 4g', 'thiet bi 4g', 'smartphone 4g', 'dien thoai 4g', 'co 4g'],
}

function specOf(source: ExtractSource): ListSpec<ExtractColumn> {
  const columns = Object.fromEntries(
    EXTRACT_COLUMNS[source].map(column => [
      column,
      {
        header: extractColumns[column].label,
        synonyms: WORDS[column],
        parts: WORDS[column],
        kind: KINDS[column] ?? 'words',
      },
    ]),
  ) as Record<ExtractColumn, ColumnSpec>
  return { columns, heads: ['number', 'phone', 'code'], least: 1, missing: () => [] }
}

/** What the files of each source hold. */
export const EXTRACT_SPECS: Record<ExtractSource, ListSpec<ExtractColumn>> = {
  police: specOf('police'),
  telecom: specOf('telecom'),
}
