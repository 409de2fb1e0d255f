import type { Standing } from '#app/domain/standing.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { Ring } from './ring.tsx'

/** Shows an official's standing at the top of their home: the ring if they have a target, and the three figures. */
export function HomeFigures({
  standing: { counts, target },
  title,
  asOf,
  endsOn,
}: {
  standing: Pick<Standing, 'counts' | 'target'>
  /** what is missing, in one sentence */
  title: string
  asOf: string
  endsOn: string
}) {
  const figures = (
    <p className="small">
      Ghi nhận {formatNumber(counts.reported)}, được tính {formatNumber(counts.counted)}, đã đối chiếu{' '}
      {formatNumber(counts.verified)}. {asOf}. Kết thúc ngày {formatDay(endsOn)}.
    </p>
  )
  return target === null ? (
    <div>
      <p className="strong">{title}</p>
      {figures}
    </div>
  ) : (
    <Ring value={counts.counted} target={target} counted="người dân" title={title}>
      {figures}
    </Ring>
  )
}
