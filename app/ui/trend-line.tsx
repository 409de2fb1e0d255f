const WIDTH = 120
const HEIGHT = 24
const MARGIN = 2

/** A line of values from 0 up, without axes: how much each day brought. It draws without a charting library. */
export function TrendLine({ label, values }: { label: string; values: readonly number[] }) {
  const highest = Math.max(1, ...values)
  const x = (n: number) => MARGIN + (n / Math.max(1, values.length - 1)) * (WIDTH - 2 * MARGIN)
  const y = (value: number) => HEIGHT - MARGIN - (Math.max(0, value) / highest) * (HEIGHT - 2 * MARGIN)
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className="trend-line"
    >
      <polyline
        className="line-main"
        points={values.map((value, n) => `${x(n).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
      />
    </svg>
  )
}
