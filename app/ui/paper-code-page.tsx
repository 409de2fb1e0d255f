import type { PreparedKind } from '#app/domain/prepared-paper.ts'
import { formatNumber } from '#app/text/format.ts'
import { preparedLabels } from '#app/text/prepared-paper.ts'
import { CitizenPage } from './citizen-page.tsx'

/** Asks for the code that is printed on a paper, where none or a wrong one was typed. */
export function PaperCodeForm({ problem }: { problem: string | null }) {
  return (
    <CitizenPage title="Tra cứu văn bản ký số">
      {problem ? (
        <p role="alert" className="alert">
          {problem}
        </p>
      ) : null}
      <form method="get" action="/v">
        <label htmlFor="ma">Mã tra cứu ở chân văn bản, 16 chữ và số</label>
        <input id="ma" name="ma" required autoComplete="off" autoCapitalize="characters" />
        <button type="submit">Tra cứu</button>
      </form>
    </CitizenPage>
  )
}

/** What anybody may know of a paper by its code: whose it is, of which day, and how many valid signatures it has. */
export type PublicPaper = {
  kind: PreparedKind
  unitName: string
  /** the day on which it was prepared, as it is written */
  preparedOn: string
  /** null: of a unit of the armed forces, whose numbers are withheld */
  signatures: number | null
  isSigned: boolean
  detailsAt: string
}

/** Tells of a paper what anybody may know, and leads to who signed for those who may see that. */
export function PublicPaperPage({ paper }: { paper: PublicPaper }) {
  const { kind, unitName, preparedOn, signatures, isSigned, detailsAt } = paper
  return (
    <CitizenPage title={isSigned ? 'Văn bản hợp lệ' : 'Văn bản chưa có đủ chữ ký'}>
      <p>
        {preparedLabels[kind]} của {unitName}, lập ngày {preparedOn}.
      </p>
      {signatures === null ? null : (
        <p>{signatures === 0 ? 'Chưa có chữ ký số hợp lệ nào.' : `Có ${formatNumber(signatures)} chữ ký số hợp lệ.`}</p>
      )}
      <p>
        Mã này do hệ thống lập văn bản in ra. Nội dung đúng là nội dung của tệp đã ký được lưu trên hệ thống; bản in chỉ
        để xem.
      </p>
      <p>
        <a href={detailsAt}>Đăng nhập để xem người ký và tải tệp</a> (dành cho người được xem văn bản).
      </p>
    </CitizenPage>
  )
}
