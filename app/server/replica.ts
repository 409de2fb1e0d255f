import { replicaLagMs } from '#db/replica.server.ts'
import type { Settings } from './settings.ts'

/** Delay of the continuous copy, in seconds; null: no copy is set up. */
export type ReplicaLag = () => number | null

const LOOK_MS = 5_000

/**
 * Watches the continuous copy: reads a folder on request, Litestream's own metrics every five seconds. If Litestream
 * does not answer, the copy counts as behind since its last answer.
 */
export function watchReplica({ replica }: Pick<Settings, 'replica'>): ReplicaLag {
  if (!replica) return () => null
  if ('folder' in replica) return () => replicaLagMs(replica.folder, Date.now()) / 1000
  const { metricsUrl } = replica
  const follower = followPositions(Date.now())
  const look = async () => {
    try {
      const answer = await fetch(metricsUrl, { signal: AbortSignal.timeout(LOOK_MS / 2) })
      const found = answer.ok ? positionsIn(await answer.text()) : undefined
      if (found) follower.see(found, Date.now())
    } catch {
      // the time since the last answer tells it
    }
  }
  void look()
  setInterval(look, LOOK_MS).unref()
  return () => follower.lagMs(Date.now()) / 1000
}

/** How far Litestream has read the database, and how far it has copied it: places in the order of the log. */
type Positions = { read: number; copied: number }

/** Bytes that one part of the log never has; a place is its part times this, plus the bytes within. */
const PART_BYTES = 2 ** 40

/** Reads the positions out of Litestream's metrics; undefined where they are not there. The slowest replica counts. */
export function positionsIn(text: string): Positions | undefined {
  const valuesOf = (name: string) =>
    [...text.matchAll(new RegExp(`^litestream_${name}\\{[^}]*\\} (\\S+)$`, 'gm'))].map(([, value]) => Number(value))
  const placesOf = (index: string, within: string) => {
    const offsets = valuesOf(within)
    return valuesOf(index).map((part, n) => part * PART_BYTES + (offsets[n] ?? 0))
  }
  const read = placesOf('shadow_wal_index', 'shadow_wal_size')
  const copied = placesOf('replica_wal_index', 'replica_wal_offset')
  if (read.length === 0 || copied.length === 0) return undefined
  return { read: Math.max(...read), copied: Math.min(...copied) }
}

/** Works out from positions seen one after another since when the oldest part waits that was read and not copied. */
export function followPositions(startedAt: number) {
  let seenAt = startedAt
  let waiting: { place: number; since: number }[] = []
  return {
    see({ read, copied }: Positions, at: number) {
      seenAt = at
      // a new generation counts from the start
      if (waiting.some(({ place }) => place > read)) waiting = []
      if (read > (waiting.at(-1)?.place ?? -1)) waiting.push({ place: read, since: at })
      waiting = waiting.filter(({ place }) => place > copied)
    },
    /** 0: everything that was read was copied when last seen, a moment ago */
    lagMs(now: number): number {
      const silentMs = now - seenAt
      return Math.max(silentMs > 2 * LOOK_MS ? silentMs : 0, waiting[0] ? now - waiting[0].since : 0)
    },
  }
}
