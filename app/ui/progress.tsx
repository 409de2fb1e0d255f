import { useId } from 'react'
import { formatNumber, formatShare } from '#app/text/format.ts'

/** Long work with its counts, `1.200/3.000 dòng (40%)`; without `total` the work has not been measured yet. */
export function Progress({
  label,
  done,
  total,
  counted,
}: {
  label: string
  done: number
  total?: number
  /** What is counted: "dòng", "trường hợp". */
  counted: string
}) {
  const id = useId()
  return (
    <div className="progress">
      <label htmlFor={id} className="progress-label">
        {label}
      </label>
      <progress id={id} max={total} value={total === undefined ? undefined : done} />
      <p className="small">
        {total === undefined
          ? `Đã xong ${formatNumber(done)} ${counted}`
          : `${formatNumber(done)}/${formatNumber(total)} ${counted} (${formatShare(done, total)})`}
      </p>
    </div>
  )
}
