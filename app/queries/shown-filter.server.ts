import { prepared } from '#db/client.server.ts'

/** Letters of a hash, of 6 bits each, that choose its bit: 16 million bits, of which 500,000 facts set 3 in 100. */
const LETTERS = 4
const BYTES = 2 ** (6 * LETTERS - 3)
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))))

/** Which hashes may be among many, in 2 MB of memory: says no of most others, and never of one that is. */
export class HashFilter {
  private readonly bits = new Uint8Array(BYTES)

  constructor(hashes: Iterable<string>) {
    for (const hash of hashes) {
      const bit = bitOf(hash)
      this.bits[bit >> 3] = (this.bits[bit >> 3] ?? 0) | (1 << (bit & 7))
    }
  }

  mayHold(hash: string): boolean {
    const bit = bitOf(hash)
    return ((this.bits[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0
  }
}

/** The bit of a hash: keyed hashes are as good as random from their first letter on. */
function bitOf(hash: string): number {
  let bit = 0
  for (let n = 0; n < LETTERS; n++) bit = bit * 64 + (VALUES[hash.charCodeAt(n)] ?? 0)
  return bit
}

/**
 * Whom a staged extract may show. Good for as long as it is looked at, applied or undone: meanwhile it gets no facts
 * besides those that it has.
 */
export function filterOf(extractId: number): HashFilter {
  const hashes = prepared('select subject_hash from extract_fact where extract_id = ?').pluck()
  return new HashFilter(hashes.iterate(extractId) as Iterable<string>)
}

/** Records by id: after `cursor`, up to `end`, `most` at most. */
export type Candidates = { cursor: number; end: number; most: number }

/**
 * Records with ids after `cursor`, up to `end`, whose citizens an extract may show, in the order of their ids: `most` at
 * most. Reads each record's row once, in the order in which rows lie, and looks nothing up.
 */
export function candidatesIn(
  filter: HashFilter,
  campaignId: number,
  { cursor, end, most }: Candidates,
): number[] {
  const found: number[] = []
  const rows = prepared(
    'select id, citizen_hash from help not indexed where id > ? and id <= ? and campaign_id = ? order by id',
  ).raw()
  for (const [id, hash] of rows.iterate(cursor, end, campaignId) as Iterable<[number, string]>) {
    if (!filter.mayHold(hash)) continue
    found.push(id)
    if (found.length === most) break
  }
  return found
}
