import { covers, type Day } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import { prepared } from '#db/client.server.ts'
import { localityCodesReader } from '../locality.server.ts'
import { heldAmong, heldPostingOn, type PostingRow, postingAmong, postingsOf } from '../official-posting.server.ts'
import { rulesOf } from './rules.server.ts'
import type { Placement } from './tally.server.ts'

/**
 * The posting by which an official is assessed, summed up and heard in a campaign (domain 3): that of the cut-off.
 * Undefined where they were posted nowhere then.
 */
export function assessedPosting(campaignId: number, officialId: number): PostingRow | undefined {
  return heldPostingOn(officialId, rulesOf(campaignId).regulation.endsOn)
}

const idsOf = (path: string) => path.split('/').filter(id => id !== '')

/** Reads the places of each official once: for one pass over many records during which their postings do not change. */
export class PlaceReader {
  private readonly read = new Map<number, Places>()
  /** `localityCodes`, as localities belonged when the pass began. */
  readonly localityCodes = localityCodesReader()

  /** Reads the places of these officials together; others are read as they come. */
  constructor(officialIds: Iterable<number> = []) {
    this.readAhead(officialIds)
  }

  /** Reads the places of those not read yet, together. */
  readAhead(officialIds: Iterable<number>) {
    const missing = [...new Set(officialIds)].filter(officialId => !this.read.has(officialId))
    if (missing.length === 0) return
    const ids = JSON.stringify(missing)
    const women = womenAmong(ids)
    const postings = grouped(postingsOf(ids), row => row.officialId)
    const memberships = grouped(
      prepared<Places['memberships'][number] & { officialId: number }>(
        `select m.official_id as officialId, m.chapter_id as chapterId, c.path, m.from_on as fromOn, m.to_on as toOn
           from membership m join chapter c on c.id = m.chapter_id
          where m.official_id in (select value from json_each(?))`,
      ).all(ids),
      row => row.officialId,
    )
    for (const officialId of missing)
      this.read.set(officialId, {
        postings: postings.get(officialId) ?? [],
        memberships: memberships.get(officialId) ?? [],
        isWoman: women.has(officialId),
      })
  }

  private placesOf(officialId: number): Places {
    this.readAhead([officialId])
    return this.read.get(officialId) as Places
  }

  /** `heldPostingOn`. */
  heldPostingOn(officialId: number, day: Day): PostingRow | undefined {
    return heldAmong(this.placesOf(officialId).postings, day)
  }

  /** Returns where an official's work on `day` is counted: posting and memberships of that day, and all above them. */
  placementOn(officialId: number, day: Day): Placement {
    const places = this.placesOf(officialId)
    return placementAt(postingAmong(places.postings, day), places, day)
  }

  /**
   * Returns where an official is counted as a member of staff on `day`, the cut-off; nowhere before the first posting.
   */
  heldPlacementOn(officialId: number, day: Day): Placement {
    const places = this.placesOf(officialId)
    return placementAt(heldAmong(places.postings, day), places, day)
  }
}

type Places = {
  postings: readonly PostingRow[]
  memberships: readonly { chapterId: number; path: string; fromOn: Day; toOn: Day | null }[]
  isWoman: boolean
}

function womenAmong(officialIds: string): Set<number> {
  const rows = prepared<{ id: number }>(
    "select id from official where id in (select value from json_each(?)) and sex = 'female'",
  ).all(officialIds)
  return new Set(rows.map(row => row.id))
}

function placementAt(posting: PostingRow | undefined, { memberships, isWoman }: Places, day: Day): Placement {
  const held = memberships.filter(membership => covers(membership, day))
  return {
    unitId: posting?.unitId ?? null,
    unitIds: posting ? idsOf(posting.unitPath) : [],
    block: posting?.block ?? null,
    category: posting?.category ?? null,
    ownChapterIds: held.map(({ chapterId }) => chapterId),
    chapterIds: [...new Set(held.flatMap(membership => idsOf(membership.path)))],
    isWoman,
  }
}
