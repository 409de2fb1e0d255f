import { Link } from '@remix-run/react'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Row, RowList, Sheet } from './sheet.tsx'

/** One official whose work waits for somebody else than the reader: queries' `listHeldElsewhere`. */
type Held = {
  officialId: number
  name: string
  help: number
  obligations: number
  confirmers: readonly { accountId: number; name: string; role: 'head' | 'coordinator'; unitName: string }[]
}

/** Lists what waits for a second person, since the reader issued the codes, and names whom it waits for. */
export function HeldElsewhere({
  unitId,
  total,
  rows,
  endsOn,
}: {
  unitId: number
  total: number
  rows: readonly Held[]
  /** the campaign's last day, by which they confirm */
  endsOn: string
}) {
  if (total === 0) return null
  return (
    <Sheet
      title={`Chờ người khác xác nhận · ${formatNumber(total)} người`}
      note={total > rows.length ? `${formatNumber(rows.length)} người đầu` : undefined}
    >
      <p className="small">
        Anh/chị đã cấp mã kích hoạt hoặc vai trò cho những người này, nên một người khác xác nhận việc của họ. Khi người
        giữ vai trò khác của đơn vị, hoặc cấp trên, ghi tại trang{' '}
        <Link to={`/don-vi/${unitId}/tu-nhan`}>Đã tự nhận tài khoản</Link> thì anh/chị xác nhận được.
      </p>
      <RowList>
        {rows.map(row => (
          <Row
            key={row.officialId}
            title={row.name}
            detail={`Chờ ${waitsFor(row.confirmers)}, chậm nhất ${formatDay(endsOn)}`}
            aside={<span className="small">{amountOf(row)}</span>}
          />
        ))}
      </RowList>
    </Sheet>
  )
}

function waitsFor(confirmers: Held['confirmers']): string {
  if (confirmers.length === 0) return 'cơ quan thường trực (Công an tỉnh)'
  return confirmers
    .map(({ name, role, unitName }) => `${name}, ${labels.role[role].toLowerCase()} ${unitName}`)
    .join('; ')
}

function amountOf({ help, obligations }: Held): string {
  return [
    help > 0 ? `${formatNumber(help)} trường hợp` : '',
    obligations > 0 ? `${formatNumber(obligations)} nội dung` : '',
  ]
    .filter(Boolean)
    .join(', ')
}
