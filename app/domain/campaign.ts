import type { Day } from './calendar.ts'
import { foldName } from './name.ts'

/** Addresses below the public page that are no campaign's. */
const TAKEN = ['dia-ban', 'nhung']

/** How a campaign is named in addresses, by the number of its plan: 128/KH-UBND → 128-kh-ubnd. */
export function campaignSlug(code: string): string {
  return foldName(code)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** True where a new plan's number would have no address of its own beside those of other campaigns. */
export function isSlugTaken(code: string, others: readonly string[]): boolean {
  const slug = campaignSlug(code)
  return slug === '' || TAKEN.includes(slug) || others.some(other => campaignSlug(other) === slug)
}

type Span = { startsOn: Day; endsOn: Day }

/** True where two campaigns have a day in common; both days of each count. */
export const overlaps = (one: Span, other: Span) => one.startsOn <= other.endsOn && other.startsOn <= one.endsOn

/** The campaigns whose days include `today`, the one that began first in front. */
export function runningOn<C extends { id: number; regulation: Span }>(campaigns: readonly C[], today: Day): C[] {
  return campaigns
    .filter(({ regulation: { startsOn, endsOn } }) => startsOn <= today && today <= endsOn)
    .sort((a, b) => a.regulation.startsOn.localeCompare(b.regulation.startsOn) || a.id - b.id)
}

/**
 * The campaign that pages show where nobody chose: the one used last if it runs, else the one that began first of those
 * that run, else the newest. Undefined without any.
 */
export function campaignToShow<C extends { id: number; regulation: Span }>(
  campaigns: readonly C[],
  { today, lastId }: { today: Day; lastId: number | null },
): C | undefined {
  const running = runningOn(campaigns, today)
  const newest = campaigns.reduce<C | undefined>((found, one) => (found && found.id > one.id ? found : one), undefined)
  return running.find(({ id }) => id === lastId) ?? running[0] ?? newest
}

/** What a campaign takes over from the one that it copies and that is to be looked at again. */
const CAMPAIGN_PARTS = ['articles', 'indicators', 'weekly_report', 'readings', 'annex'] as const
export type CampaignPart = (typeof CAMPAIGN_PARTS)[number]

/** What a copy takes over and leaves open: articles, indicators and goals are its plan's own, the annex if copied. */
export const partsToReview = ({ copiesAnnex }: { copiesAnnex: boolean }): CampaignPart[] =>
  CAMPAIGN_PARTS.filter(part => part !== 'annex' || copiesAnnex)
