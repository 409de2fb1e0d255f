import { Link } from '@remix-run/react'
import type { IndicatorWord } from '#app/domain/indicator-word.ts'
import { stepOf, tileScale } from '#app/domain/tile-map.ts'
import { formatShare } from '#app/text/format.ts'
import { paceNote } from '#app/text/indicator.ts'
import { IndicatorWordText } from './indicator-mark.tsx'

export type Tile = {
  /** The locality's code. */
  code: string
  name: string
  /** null: there is no figure yet */
  value: number | null
  total: number
  to: string
  word: IndicatorWord
}

const shareOf = ({ value, total }: Tile) => (value === null || total === 0 ? null : value / total)

/**
 * Draws localities as tiles at their approximate places on the map, each with its figure and the word of its pace;
 * darker means further on, on a scale that separates these localities. `cells` in reading order, null: nothing is drawn
 * there. `isPlain`: the page has no script.
 */
export function TileMap({
  label,
  cells,
  isPlain = false,
}: {
  label: string
  cells: readonly (Tile | null)[]
  isPlain?: boolean
}) {
  const shares = cells.flatMap(tile => (tile === null ? [] : (shareOf(tile) ?? [])))
  const scale = tileScale(shares)
  return (
    <>
      <ul className="tile-map" aria-label={label}>
        {cells.map((tile, n) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has nothing but its place
          if (tile === null) return <li key={n} aria-hidden="true" />
          const share = shareOf(tile)
          const className = share === null ? 'tile' : `tile tile-${stepOf(share, scale)}`
          const drawn = (
            <>
              <span>{tile.name}</span> <b>{tile.value === null ? 'chưa có' : formatShare(tile.value, tile.total)}</b>
              <IndicatorWordText word={tile.word} />
            </>
          )
          return (
            <li key={tile.code}>
              {isPlain ? (
                <a href={tile.to} className={className}>
                  {drawn}
                </a>
              ) : (
                <Link to={tile.to} className={className}>
                  {drawn}
                </Link>
              )}
            </li>
          )
        })}
      </ul>
      {scale.length < 2 ? null : (
        <ul className="tile-scale" aria-label="Thang màu">
          {scale.map(({ from, to }, n) => (
            <li key={from} className={`tile-${n}`}>
              {formatShare(from, 1)} – {formatShare(to, 1)}
            </li>
          ))}
        </ul>
      )}
      <p className="small">{paceNote}</p>
    </>
  )
}
