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
