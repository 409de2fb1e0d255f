import { covers, type Day } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { assessedAmong } from '#app/domain/transfer.ts'
import { prepared } from '#db/client.server.ts'
import { localityCodesReader } from '../locality.server.ts'
import { type PostingRow, postingAmong, postingsOf, postingsReader } from '../official-posting.server.ts'
import { rulesOf } from './rules.server.ts'
import type { Placement } from './tally.server.ts'

/** What of a regulation decides the posting of the assessment. */
type CutOff = Pick<Regulation, 'endsOn' | 'shortPostingDays'>

/**
 * The posting by which an official is assessed, summed up and heard in a campaign (domain 3): that of the cut-off, or
 * the one that a short posting left. Undefined where they were posted nowhere then.
 */
export function assessedPosting(campaignId: number, officialId: number): PostingRow | undefined {
  return assessedAmong(postingsReader([officialId])(officialId), rulesOf(campaignId).regulation)
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

  /** All postings of an official, in the order in which they began. */
  postingsOf(officialId: number): readonly PostingRow[] {
    return this.placesOf(officialId).postings
  }

  /**
   * The unit of an official's latest posting on `day`, or of the first one for a day before it; one who has left is still
   * seen at the last. Null without a posting. As SQL: `unitIdSql`.
   */
  lastUnitOn(officialId: number, day: Day): number | null {
    const { postings } = this.placesOf(officialId)
    return (postings.findLast(({ fromOn }) => fromOn <= day) ?? postings[0])?.unitId ?? null
  }

  /** Returns where an official's work on `day` is counted: posting and memberships of that day, and all above them. */
  placementOn(officialId: number, day: Day): Placement {
    const places = this.placesOf(officialId)
    return placementAt(postingAmong(places.postings, day), places, day)
  }

  /**
   * Returns where an official is counted as a member of staff: the posting of the assessment, the memberships of the
   * cut-off. Nowhere before the first posting.
   */
  assessedPlacement(officialId: number, cutOff: CutOff): Placement {
    const places = this.placesOf(officialId)
    return placementAt(assessedAmong(places.postings, cutOff), places, cutOff.endsOn)
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
