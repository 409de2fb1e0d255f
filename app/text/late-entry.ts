import { formatDay } from './format.ts'

/** On what a late entry rests: its document, or that it was typed in time and a head confirms it. */
export function lateNote(row: { lateDocumentNumber: string | null; lateDocumentOn: string | null }): string {
  const { lateDocumentNumber, lateDocumentOn } = row
  if (lateDocumentNumber === null) return 'Ghi trên máy trước ngày cuối, người đứng đầu xác nhận'
  return `Theo văn bản số ${lateDocumentNumber}${lateDocumentOn === null ? '' : ` ngày ${formatDay(lateDocumentOn)}`}`
}
