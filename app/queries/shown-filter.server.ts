import { prepared } from '#db/client.server.ts'

/** Letters of a hash, of 6 bits each, that choose one of its two bits among 16 million. */
const LETTERS = 4
const BYTES = 2 ** (6 * LETTERS - 3)
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))))

/**
 * Which hashes may be among many, in 2 MB of memory: says no of most others (of 500,000 it lets 4 in 1,000 others pass),
 * and never of one that is.
 */
export class HashFilter {
  private readonly bits = new Uint8Array(BYTES)

  constructor(hashes: Iterable<string>) {
    for (const hash of hashes)
      for (const from of [0, LETTERS]) {
        const bit = bitOf(hash, from)
        this.bits[bit >> 3] = (this.bits[bit >> 3] ?? 0) | (1 << (bit & 7))
      }
  }

  mayHold(hash: string): boolean {
    return this.isSet(bitOf(hash, 0)) && this.isSet(bitOf(hash, LETTERS))
  }

  private isSet(bit: number): boolean {
    return ((this.bits[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0
  }
}

/** A bit of a hash, chosen by its letters from one on: keyed hashes are as good as random throughout. */
function bitOf(hash: string, from: number): number {
  let bit = 0
  for (let n = from; n < from + LETTERS; n++) bit = bit * 64 + (VALUES[hash.charCodeAt(n)] ?? 0)
  return bit
}

/**
 * Whom a staged extract may show by their numbers. Good for as long as it is applied or undone: meanwhile it gets no
 * facts besides those that it has.
 */
export function filterOf(extractId: number): HashFilter {
  const hashes = prepared<string>('select subject_hash from extract_fact where extract_id = ?').pluck()
  return new HashFilter(hashes.iterate(extractId))
}

/**
 * Hashes of the citizens whom an extract may show, `most` at most, of records with ids after `cursor` and up to `end`,
 * and the record up to which it has looked. Reads records in the order in which they lie and looks nothing else up.
 */
export function candidatesIn(
  filter: HashFilter,
  campaignId: number,
  { cursor, end, most }: { cursor: number; end: number; most: number },
): { hashes: string[]; reached: number } {
  const hashes = new Set<string>()
  const rows = prepared<[number, string]>(
    'select id, citizen_hash from help not indexed where id > ? and id <= ? and campaign_id = ? order by id',
  ).raw()
  let reached = end
  for (const [id, hash] of rows.iterate(cursor, end, campaignId)) {
    if (!filter.mayHold(hash)) continue
    hashes.add(hash)
    if (hashes.size < most) continue
    reached = id
    break
  }
  return { hashes: [...hashes], reached }
}
