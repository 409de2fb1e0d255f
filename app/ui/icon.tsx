/** Drawn on a 16-unit square in the colour of the text; always beside a word, so hidden from screen readers. */
const SHAPES = {
  check: <path d="M3 8.5 6.5 12 13 4.5" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11Z" fill="currentColor" />
    </>
  ),
  triangle: <path d="M8 2.5 14.5 13.5h-13Z" fill="currentColor" />,
  question: (
    <>
      <path
        d="M5 5.6C5 3.8 6.3 2.8 8 2.8s3 1 3 2.7C11 7.7 8 7.6 8 10.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      />
      <circle cx="8" cy="13" r="1.3" fill="currentColor" />
    </>
  ),
  dash: <path d="M3.5 8h9" fill="none" stroke="currentColor" strokeWidth="2" />,
  down: <path d="m4 6 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  up: <path d="m4 10 4-4 4 4" fill="none" stroke="currentColor" strokeWidth="1.8" />,
}
export type IconName = keyof typeof SHAPES

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  )
}
