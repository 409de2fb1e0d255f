import { Link } from '@remix-run/react'
import type { IndicatorStatus } from '#app/domain/indicator.ts'
import { indicatorStatusLabels } from '#app/text/indicator.ts'
import { Icon, type IconName } from './icon.tsx'

/** The province's districts by locality code, in their places: from the north-west to the south-east, 4 × 3. */
export const PLACES = ['692', '693', '691', null, '690', '698', '688', '696', '694', '697', '689', '695']

const ICONS: Record<IndicatorStatus, IconName> = {
  reached: 'check',
  on_pace: 'half',
  behind: 'triangle',
  no_figures: 'dash',
  no_target: 'dash',
}

export type Tile = {
  /** The locality's code. */
  code: string
  name: string
  /** The figure as written. */
  value: string
  to: string
  /** How far it has come, in fifths: 0 (under 20 %) to 4 (80 % and more). */
  step: 0 | 1 | 2 | 3 | 4
  /** The status against its pace, shown by icon and word too. */
  status?: IndicatorStatus
}

/**
 * Draws the 11 districts as tiles at their approximate places on the map, each with its figure; darker means further
 * on.
 */
export function TileMap({ label, tiles }: { label: string; tiles: readonly Tile[] }) {
  const byCode = new Map(tiles.map(tile => [tile.code, tile]))
  return (
    <ul className="tile-map" aria-label={label}>
      {PLACES.map(code => {
        const tile = code === null ? undefined : byCode.get(code)
        return tile === undefined ? (
          <li key={code} aria-hidden="true" />
        ) : (
          <li key={code}>
            <Link to={tile.to} className={`tile tile-${tile.step}`}>
              <span>{tile.name}</span> <b>{tile.value}</b>
              {tile.status ? (
                <span className="tile-status">
                  <Icon name={ICONS[tile.status]} /> {indicatorStatusLabels[tile.status]}
                </span>
              ) : null}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
