/**
 * Drawn on a 16-unit square in the colour of the text; always beside a word, so hidden from screen readers. The
 * stylesheet tells lines from areas, because a list repeats the shapes in each row.
 */
const SHAPES = {
  check: <path d="M3 8.5 6.5 12 13 4.5" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11Z" className="solid" />
    </>
  ),
  triangle: <path d="M8 2.5 14.5 13.5h-13Z" className="solid" />,
  question: (
    <>
      <path d="M5 5.6C5 3.8 6.3 2.8 8 2.8s3 1 3 2.7C11 7.7 8 7.6 8 10.2" />
      <circle cx="8" cy="13" r="1.3" className="solid" />
    </>
  ),
  dash: <path d="M3.5 8h9" />,
  down: <path d="m4 6 4 4 4-4" />,
  up: <path d="m4 10 4-4 4 4" />,
}
export type IconName = keyof typeof SHAPES

/** The shapes, once for each page that shows any: a list repeats them in each row. */
export function IconShapes() {
  return (
    <svg className="shapes" aria-hidden="true">
      {Object.entries(SHAPES).map(([name, shape]) => (
        <symbol key={name} id={`dau-${name}`} viewBox="0 0 16 16">
          {shape}
        </symbol>
      ))}
    </svg>
  )
}

/** One of the shapes; the page holds `IconShapes`. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" aria-hidden="true">
      <use href={`#dau-${name}`} />
    </svg>
  )
}
