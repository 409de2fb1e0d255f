import type { TilePlace } from '#app/domain/tile-map.ts'
import { readTileMap } from '#db/reference.server.ts'

let read: readonly TilePlace[] | undefined

/** Returns where localities are drawn on the map of tiles, by their codes; of provinces without a layout nothing. */
export function tileLayout(): readonly TilePlace[] {
  read ??= readTileMap('db/reference')
  return read
}
