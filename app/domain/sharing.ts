import { hamletFinder } from './hamlet.ts'

/**
 * Shares a worklist out to the people and teams who go from door to door (plan III.2: "phân công lực lượng … đi từng
 * ngõ, đến từng nhà"). Pure and deterministic: the same citizens, bearers and loads give the same sharing, in whatever
 * order they are named. Every citizen gets the reason for their bearer, or for having none.
 */
export const SHARING_WAYS = ['automatic', 'by_hamlet', 'evenly', 'by_hand'] as const
export type SharingWay = (typeof SHARING_WAYS)[number]

/** A citizen to be given to somebody. */
export type SharedItem = { id: number; hamlet: string }

/**
 * Who may be given citizens. `key` names one official or team; `hamlets` are where they live or work ('': no particular
 * hamlet). `load` is what they have open already; `share` is the most that they may have open, null: no limit.
 */
export type Bearer = { key: string; hamlets: readonly string[]; load: number; share: number | null }

/** own_hamlet: of the citizen's hamlet, and with the least to do there; least_loaded: nobody of the hamlet has room. */
const SHARING_REASONS = ['own_hamlet', 'least_loaded', 'even', 'by_hand'] as const
export type SharingReason = (typeof SHARING_REASONS)[number]

/** Why a citizen is left: nobody was named, nobody is of that hamlet, or everybody has their share. */
const LEFT_REASONS = ['nobody_named', 'hamlet_without_bearer', 'shares_full'] as const
export type LeftReason = (typeof LEFT_REASONS)[number]

type Sharing = {
  given: { itemId: number; bearerKey: string; reason: SharingReason }[]
  left: { itemId: number; reason: LeftReason }[]
}

/**
 * Shares `items` out among `bearers`:
 * - automatic: nobody above their share. A hamlet's own people come first, hamlets with the fewest people before
 *   others, then the bearer with the least open. So the loads of two bearers of the same hamlets who have room differ
 *   by at most one (or as much as before);
 * - by_hamlet: each hamlet to its own people alone, balanced among them, ignoring shares;
 * - evenly: as many to each, one more to those who have the least open; neighbouring citizens together;
 * - by_hand: all to the one bearer named.
 */
export function shareOut(items: readonly SharedItem[], bearers: readonly Bearer[], way: SharingWay): Sharing {
  const keyOf = hamletFinder(items.map(({ hamlet }) => hamlet))
  const sorted = distinct(items, keyOf)
  const ranked = bearers.map(bearer => new Hands(bearer, keyOf)).sort((a, b) => order(a.key, b.key))
  if (ranked.length === 0)
    return { given: [], left: sorted.map(({ id }) => ({ itemId: id, reason: 'nobody_named' as const })) }
  if (way === 'by_hand') {
    const [one] = ranked
    return { given: sorted.map(({ id }) => ({ itemId: id, bearerKey: one?.key ?? '', reason: 'by_hand' })), left: [] }
  }
  const sharing = way === 'evenly' ? evenly(sorted, ranked) : nearest(sorted, ranked, way === 'automatic')
  sharing.given.sort((a, b) => a.itemId - b.itemId)
  sharing.left.sort((a, b) => a.itemId - b.itemId)
  return sharing
}

type HamletKey = (hamlet: string) => string
type Placed = SharedItem & { hamletKey: string }

/** Each citizen once, by hamlet and then id. */
function distinct(items: readonly SharedItem[], keyOf: HamletKey): Placed[] {
  return [...new Map(items.map(item => [item.id, item])).values()]
    .map(item => ({ ...item, hamletKey: keyOf(item.hamlet) }))
    .sort((a, b) => order(a.hamletKey, b.hamletKey) || a.id - b.id)
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** A bearer during the sharing. */
class Hands {
  readonly key: string
  readonly hamlets: ReadonlySet<string>
  readonly share: number
  load: number

  constructor({ key, hamlets, load, share }: Bearer, keyOf: HamletKey) {
    this.key = key
    this.hamlets = new Set(hamlets.map(keyOf).filter(hamlet => hamlet !== ''))
    this.share = share ?? Number.POSITIVE_INFINITY
    this.load = load
  }

  get hasRoom() {
    return this.load < this.share
  }
}

/** Returns the bearer with the least open; the first by key if several have it. `ranked` is in the order of keys. */
function leastLoaded(ranked: readonly Hands[]): Hands | undefined {
  return ranked.reduce<Hands | undefined>(
    (least, hands) => (least && least.load <= hands.load ? least : hands),
    undefined,
  )
}

/** Gives to a hamlet's own people; what they cannot take goes, if `isCapped`, to any bearer with room. */
function nearest(items: readonly Placed[], ranked: readonly Hands[], isCapped: boolean): Sharing {
  const sharing: Sharing = { given: [], left: [] }
  const free = (hands: readonly Hands[]) => (isCapped ? hands.filter(({ hasRoom }) => hasRoom) : hands)
  const give = ({ id }: Placed, hands: Hands, reason: SharingReason) => {
    hands.load += 1
    sharing.given.push({ itemId: id, bearerKey: hands.key, reason })
  }
  const ownOf = new Map(
    [...new Set(items.map(item => item.hamletKey))].map(hamlet => [
      hamlet,
      ranked.filter(({ hamlets }) => hamlet !== '' && hamlets.has(hamlet)),
    ]),
  )
  const scarcest = [...ownOf].sort(([a, own], [b, other]) => own.length - other.length || order(a, b))
  const strangers: Placed[] = []
  for (const [hamlet, own] of scarcest)
    for (const item of items.filter(row => row.hamletKey === hamlet)) {
      const hands = leastLoaded(free(own))
      if (hands) give(item, hands, 'own_hamlet')
      else strangers.push(item)
    }
  for (const item of strangers) {
    const hands = isCapped ? leastLoaded(free(ranked)) : undefined
    if (hands) give(item, hands, 'least_loaded')
    else sharing.left.push({ itemId: item.id, reason: isCapped ? 'shares_full' : 'hamlet_without_bearer' })
  }
  return sharing
}

/** Neighbouring blocks of equal length, the longer ones to those who have the least open. */
function evenly(items: readonly Placed[], ranked: readonly Hands[]): Sharing {
  const base = Math.floor(items.length / ranked.length)
  const longer = items.length % ranked.length
  const byLoad = [...ranked].sort((a, b) => a.load - b.load || order(a.key, b.key))
  let from = 0
  return {
    given: byLoad.flatMap(({ key }, n) => {
      const block = items.slice(from, from + base + (n < longer ? 1 : 0))
      from += block.length
      return block.map(({ id }) => ({ itemId: id, bearerKey: key, reason: 'even' as const }))
    }),
    left: [],
  }
}
