import { Link } from '@remix-run/react'
import type { IndicatorStatus } from '#app/domain/indicator.ts'
import { indicatorStatusLabels } from '#app/text/indicator.ts'
import { Icon, type IconName } from './icon.tsx'

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
 * Draws localities as tiles at their approximate places on the map, each with its figure; darker means further on.
 * `cells` in reading order, null: nothing is drawn there.
 */
export function TileMap({ label, cells }: { label: string; cells: readonly (Tile | null)[] }) {
  return (
    <ul className="tile-map" aria-label={label}>
      {cells.map((tile, n) =>
        tile === null ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has nothing but its place
          <li key={n} aria-hidden="true" />
        ) : (
          <li key={tile.code}>
            <Link to={tile.to} className={`tile tile-${tile.step}`}>
              <span>{tile.name}</span> <b>{tile.value}</b>
              {tile.status ? (
                <span className="tile-status">
                  <Icon name={ICONS[tile.status]} /> {indicatorStatusLabels[tile.status]}
                </span>
              ) : null}
            </Link>
          </li>
        ),
      )}
    </ul>
  )
}
