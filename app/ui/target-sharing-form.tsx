import { Form } from '@remix-run/react'
import { useRef, useState } from 'react'
import { readCount } from '#app/domain/count.ts'
import { remainderOf } from '#app/domain/target-sharing.ts'
import { formatNumber } from '#app/text/format.ts'
import { Button } from './button.tsx'
import { SubmitButton } from './form.tsx'
import { useLevels } from './levels.ts'
import { Notice } from './notice.tsx'
import { Sheet } from './sheet.tsx'

/** Says what is left of the total, or what the parts add up to where they will be the total. */
function remainderWords(total: number | null, remainder: number): string {
  if (total === null) return `Tổng các phần ${formatNumber(-remainder)}.`
  if (remainder === 0) return 'Các phần vừa khớp chỉ tiêu.'
  return remainder > 0 ? `Còn ${formatNumber(remainder)} chưa giao.` : `Vượt chỉ tiêu ${formatNumber(-remainder)}.`
}

type ShareRow = { id: number; name: string; share: number | null }

/**
 * Edits the shares of a total, row by row, with the remainder as it is typed. It also takes the bases from which
 * proportional shares are proposed. Without JavaScript the server computes the remainder.
 */
export function SharingForm({
  base,
  indicator,
  total,
  daily,
  rows,
  proposal,
  answer,
  mayShare,
}: {
  base: string
  indicator: string
  /** null: what is handed down will be the total */
  total: number | null
  daily: number
  rows: readonly ShareRow[]
  proposal: { basis: string; typed: readonly string[]; shares: readonly number[] | null; isPartial: boolean } | null
  answer?: { typed: readonly string[]; documentNumber: string; basis: string }
  mayShare: boolean
}) {
  const shownIn = (row: ShareRow, n: number) => answer?.typed[n] ?? String(proposal?.shares?.[n] ?? row.share ?? '')
  const rest = (texts: readonly string[]) =>
    remainderOf(
      total ?? 0,
      texts.map(text => readCount(text.trim()) ?? 0),
    )
  const levels = useLevels()
  const form = useRef<HTMLFormElement>(null)
  const [remainder, setRemainder] = useState(() => rest(rows.map(shownIn)))
  const count = () => {
    const inputs = form.current?.querySelectorAll<HTMLInputElement>('input[name^="phan-"]') ?? []
    setRemainder(rest([...inputs].map(input => input.value)))
  }
  return (
    <>
      <Sheet
        title={total === null ? levels.shared : `${levels.shared}: ${formatNumber(total)}`}
        note={total === null ? 'Tổng các phần là chỉ tiêu của toàn tỉnh' : `mỗi ngày ${formatNumber(daily)}`}
      >
        <Form ref={form} method="post" action={`${base}?chi-tieu=${indicator}`} className="stack" onInput={count}>
          <section className="frame" aria-label="Phần của từng đơn vị" tabIndex={0}>
            <table className="figure-grid shares">
              <caption className="visually-hidden">Phần chỉ tiêu của từng đơn vị</caption>
              <thead>
                <tr>
                  <th scope="col">Đơn vị</th>
                  <th scope="col" className="end">
                    {mayShare ? 'Giao' : 'Đang giao'}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, n) => (
                  <tr key={row.id}>
                    <th scope="row">
                      {row.name}
                      {mayShare && row.share !== null ? (
                        <span className="small block">đang giao {formatNumber(row.share)}</span>
                      ) : null}
                    </th>
                    <td className="end">
                      {mayShare ? (
                        <input
                          className="control"
                          name={`phan-${row.id}`}
                          inputMode="numeric"
                          autoComplete="off"
                          aria-label={`Giao cho ${row.name}`}
                          defaultValue={shownIn(row, n)}
                        />
                      ) : row.share === null ? (
                        '–'
                      ) : (
                        formatNumber(row.share)
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {mayShare ? (
            <>
              <p role="status" className="sharing-sum strong">
                {remainderWords(total, remainder)}
              </p>
              <div className="field">
                <label htmlFor="documentNumber">
                  Số văn bản giao chỉ tiêu<span className="required"> (bắt buộc)</span>
                </label>
                <input
                  id="documentNumber"
                  name="documentNumber"
                  className="control control-short"
                  required
                  maxLength={100}
                  defaultValue={answer?.documentNumber ?? ''}
                />
              </div>
              <input type="hidden" name="basis" value={answer?.basis ?? proposal?.basis ?? ''} />
              <SubmitButton action={`${base}?chi-tieu=${indicator}`} isLarge>
                Giao chỉ tiêu
              </SubmitButton>
            </>
          ) : null}
        </Form>
      </Sheet>
      {mayShare && total !== null ? (
        <Sheet
          title="Chia theo tỷ lệ"
          note="Điền số làm cơ sở, hệ thống tính phần của từng đơn vị để anh/chị xem rồi giao"
        >
          <details className="disclosure" open={proposal !== null}>
            <summary>Nhập cơ sở để chia</summary>
            {proposal !== null && proposal.shares === null ? (
              <Notice kind="error">Cơ sở để chia là số nguyên, không âm.</Notice>
            ) : null}
            {proposal?.isPartial ? (
              <Notice kind="warning">
                Đơn vị để trống cơ sở được tính phần bằng 0. Anh/chị điền đủ nếu chưa đúng.
              </Notice>
            ) : null}
            <Form method="get" action={base} className="stack">
              <input type="hidden" name="chi-tieu" value={indicator} />
              <div className="field">
                <label htmlFor="theo">Cơ sở là</label>
                <input
                  id="theo"
                  name="theo"
                  className="control"
                  required
                  maxLength={200}
                  defaultValue={proposal?.basis ?? ''}
                  placeholder="Ví dụ: dân số từ 14 tuổi"
                />
              </div>
              {rows.map((row, n) => (
                <div key={row.id} className="field">
                  <label htmlFor={`co-so-${row.id}`}>{row.name}</label>
                  <input
                    id={`co-so-${row.id}`}
                    name={`co-so-${row.id}`}
                    className="control control-short"
                    inputMode="numeric"
                    autoComplete="off"
                    defaultValue={proposal?.typed[n] ?? ''}
                  />
                </div>
              ))}
              <Button type="submit" variant="quiet">
                Tính phần của từng đơn vị
              </Button>
            </Form>
          </details>
        </Sheet>
      ) : null}
    </>
  )
}
