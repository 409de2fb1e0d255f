import type { Actor } from '#app/access/policy.ts'
import { type ChainHead, parseChainHead } from '#app/domain/event.ts'
import { prepared } from '#db/client.server.ts'
import { eventHash, permitReading, type StoredEvent } from './event.server.ts'

/**
 * Result of a check of the chain: how many events fit, and the last one's hash. `brokenAt`: the first event that does
 * not fit. `differsAt`: the event that differs from the head noted outside, or is missing.
 */
type ChainCheck = ChainHead & { brokenAt: number | null; differsAt: number | null }

/**
 * Checks the whole chain. By itself the check detects every change that leaves a wrong hash. With a head that was
 * noted outside, it also detects a chain that was cut off or recomputed. `held` is the output of `formatChainHead`; ''
 * for none. Returns undefined if `held` is not a head.
 */
export function walkEventChain(held: string): ChainCheck | undefined {
  const known = parseChainHead(held)
  if (held.trim() !== '' && known === undefined) return undefined
  let previous = ''
  let count = 0
  let differsAt: number | null = null
  const statement = prepared<StoredEvent>('select * from event order by id')
  for (const row of statement.iterate()) {
    if (row.id !== count + 1 || row.previous_hash !== previous || eventHash(row) !== row.hash)
      return { count, hash: previous, brokenAt: row.id, differsAt }
    count += 1
    previous = row.hash
    if (count === known?.count && row.hash !== known.hash) differsAt = count
  }
  if (known !== undefined && known.count > count) differsAt = known.count
  return { count, hash: previous, brokenAt: null, differsAt }
}

/** Calls `walkEventChain` for actors who may read the log of the whole province. */
export function checkEventChain(actor: Actor, held = ''): ChainCheck | undefined {
  permitReading(actor)
  return walkEventChain(held)
}

/** The newest event's number and hash, to be noted down outside; count 0 before the first event. */
export function chainHead(): ChainHead {
  const row = prepared<ChainHead>('select id as count, hash from event order by id desc limit 1').get()
  return row ?? { count: 0, hash: '' }
}
