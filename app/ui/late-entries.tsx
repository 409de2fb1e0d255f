import { formatDay, formatNumber } from '#app/text/format.ts'
import { lateNote } from '#app/text/late-entry.ts'
import { Row, RowList, Sheet } from './sheet.tsx'

/** The sheet of a late entry's document on a help form, after the last day of entry; `sent`: what a refused form held. */
export function LateDocumentSheet({ lastOn, sent }: { lastOn: string | null; sent?: Record<string, unknown> | null }) {
  if (lastOn === null) return null
  const typed = (name: string) => (typeof sent?.[name] === 'string' ? sent[name] : '')
  return (
    <Sheet title="Nhập sau ngày cuối" note={`Ngày nhập cuối: ${formatDay(lastOn)}`}>
      <div className="stack">
        <p className="small">Trường hợp nhập muộn cần văn bản cho phép và được xếp riêng khi chốt kết quả.</p>
        <div className="field-pair">
          <div className="field">
            <label htmlFor="late-number">Số văn bản</label>
            <input
              id="late-number"
              name="lateDocumentNumber"
              type="text"
              maxLength={60}
              className="control"
              defaultValue={typed('lateDocumentNumber')}
            />
          </div>
          <div className="field">
            <label htmlFor="late-on">Ngày văn bản</label>
            <input
              id="late-on"
              name="lateDocumentOn"
              type="date"
              className="control"
              defaultValue={typed('lateDocumentOn')}
            />
          </div>
        </div>
      </div>
    </Sheet>
  )
}

type LateRow = {
  unitId: number
  unitName: string
  documentNumber: string | null
  documentOn: string | null
  count: number
  counted: number
}

/** Lists the entries after the last day by unit and document, apart from all others; nothing where there are none. */
export function LateEntries({ rows }: { rows: readonly LateRow[] }) {
  if (rows.length === 0) return null
  return (
    <Sheet title="Nhập sau ngày cuối" note="Xếp riêng theo đơn vị và văn bản">
      <RowList>
        {rows.map(row => (
          <Row
            key={`${row.unitId} ${row.documentNumber} ${row.documentOn}`}
            title={row.unitName}
            detail={lateNote({ lateDocumentNumber: row.documentNumber, lateDocumentOn: row.documentOn })}
            aside={`${formatNumber(row.counted)} được tính trong ${formatNumber(row.count)}`}
          />
        ))}
      </RowList>
    </Sheet>
  )
}
