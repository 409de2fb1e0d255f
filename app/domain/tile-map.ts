/** Where a locality is drawn on the map of tiles; rows and columns count from 1. */
export type TilePlace = { code: string; row: number; column: number }

/** The map's tiles are drawn in this many columns. */
const TILE_COLUMNS = 4

/**
 * Returns the cells of the map in reading order, with the thing drawn in each; null: nothing. Empty where the layout has
 * no place for one of the things: a map that leaves out a locality would mislead.
 */
export function tileCells<Thing extends { code: string }>(
  things: readonly Thing[],
  layout: readonly TilePlace[],
): (Thing | null)[] {
  const placed = things.flatMap(thing => {
    const place = layout.find(({ code, column }) => code === thing.code && column <= TILE_COLUMNS)
    return place ? [{ thing, cell: (place.row - 1) * TILE_COLUMNS + place.column - 1 }] : []
  })
  if (placed.length === 0 || placed.length < things.length) return []
  const last = Math.max(...placed.map(({ cell }) => cell))
  return Array.from({ length: last + 1 }, (_, n) => placed.find(({ cell }) => cell === n)?.thing ?? null)
}

/** The colours of the map, from what is least far on. */
const MOST_STEPS = 5
/** Steps are whole halves of a percent, so that their bounds are read easily. */
const GRAIN = 200

/**
 * Divides the shares that occur into at most five steps of one width, so that localities which lie close together differ
 * too. Returns the bounds of each as shares, the lowest first; empty where there are none.
 */
export function tileScale(shares: readonly number[]): { from: number; to: number }[] {
  if (shares.length === 0) return []
  const low = Math.floor(Math.min(...shares) * 100) * (GRAIN / 100)
  const high = Math.max(...shares) * GRAIN
  const width = Math.max(1, Math.ceil(rounded((high - low) / MOST_STEPS)))
  const count = Math.min(MOST_STEPS, Math.max(1, Math.ceil(rounded((high - low) / width))))
  return Array.from({ length: count }, (_, n) => ({
    from: (low + n * width) / GRAIN,
    to: (low + (n + 1) * width) / GRAIN,
  }))
}

/** Sheds the crumbs of a division of fractions. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6

/** The step of a share on a scale; what lies on a bound belongs to the step above it. */
export function stepOf(share: number, scale: readonly { from: number }[]): number {
  return Math.max(0, scale.filter(({ from }) => share >= from).length - 1)
}
