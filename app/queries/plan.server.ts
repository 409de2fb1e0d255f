import { eq } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import type { Articles, Plan } from '#app/domain/article.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { CampaignPart } from '#app/domain/campaign.ts'
import type { CampaignWords } from '#app/domain/campaign-words-input.ts'
import { yearsWithoutDaysOff } from '#app/domain/days-off.ts'
import { found } from '#app/domain/refusal.ts'
import type { HeldTerms, TermWords } from '#app/domain/terms.ts'
import { prepared, transact } from '#db/client.server.ts'
import { campaign, campaignTerms } from '#db/schema.ts'
import { untilWritten } from '#db/until-written.server.ts'
import { listCampaigns } from './campaign.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'

/** A campaign's plan as its pages and papers cite it. Throws 404 without the campaign. */
export const findPlan = untilWritten((campaignId: number): Plan => {
  const row = found(
    prepared<{ code: string; articles: string }>('select code, articles from campaign where id = ?').get(campaignId),
  )
  return { code: row.code, articles: JSON.parse(row.articles) as Articles }
})

/** What of a campaign was copied and is yet to be looked at. */
export function unreviewedOf(campaignId: number): CampaignPart[] {
  const text = prepared<string>('select unreviewed from campaign where id = ?').pluck().get(campaignId)
  return JSON.parse(found(text)) as CampaignPart[]
}

/** Notes that the campaign office has looked at a copied part; logged. A part that was not open stays as it is. */
export function noteReviewed(actor: Actor, campaignId: number, part: string) {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  transact(tx => {
    const open = unreviewedOf(campaignId)
    const left = open.filter(other => other !== part)
    if (left.length === open.length) return
    prepared('update campaign set unreviewed = ? where id = ?').run(JSON.stringify(left), campaignId)
    logEvent(tx, actor, {
      verb: 'edit',
      subject: 'campaign',
      subjectId: campaignId,
      campaignId,
      data: { reviewed: part },
    })
  })
}

type OpenCampaign = { id: number; code: string; yearsOff: string[]; unreviewed: CampaignPart[] }

/** Campaigns that are not over on `today` and still lack days off, or have copied parts that nobody looked at. */
export function openCampaigns(today: Day): OpenCampaign[] {
  return listCampaigns()
    .filter(({ regulation }) => regulation.endsOn >= today)
    .map(({ id, code, regulation }) => ({
      id,
      code,
      yearsOff: yearsWithoutDaysOff(regulation, regulation.daysOff),
      unreviewed: unreviewedOf(id),
    }))
    .filter(({ yearsOff, unreviewed }) => yearsOff.length + unreviewed.length > 0)
}

/** Replaces the trích yếu and the articles of a campaign's plan, by its campaign office; logged by how many there are. */
export function setPlanWords(
  actor: Actor,
  campaignId: number,
  { title, articles }: { title: string; articles: Articles },
) {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  transact(tx => {
    found(prepared('select 1 from campaign where id = ?').get(campaignId))
    prepared('update campaign set title = ?, articles = ? where id = ?').run(
      title,
      JSON.stringify(articles),
      campaignId,
    )
    logEvent(tx, actor, {
      verb: 'edit',
      subject: 'campaign',
      subjectId: campaignId,
      campaignId,
      data: { articles: Object.keys(articles).length },
    })
  })
}

/** How a campaign's own plan calls obligations and outcomes; absent words: as everywhere. */
export const termWordsOf = untilWritten((campaignId: number): TermWords => {
  const text = prepared<string>('select terms from campaign_terms where campaign_id = ?').pluck().get(campaignId)
  return JSON.parse(text ?? '{}') as TermWords
})

/** What holds in a campaign by its regulation, and how its own plan calls it. */
export const heldIn = (campaignId: number, { heldParts, heldOutcomes }: Omit<HeldTerms, 'words'>): HeldTerms => ({
  heldParts,
  heldOutcomes,
  words: termWordsOf(campaignId),
})

/** Replaces a campaign's own words, by its campaign office: on the public page, about its annex, and for its terms. Logged. */
export function setCampaignWords(actor: Actor, campaignId: number, { terms, ...words }: CampaignWords) {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  transact(tx => {
    found(prepared('select 1 from campaign where id = ?').get(campaignId))
    tx.update(campaign).set(words).where(eq(campaign.id, campaignId)).run()
    const set = { terms: JSON.stringify(terms) }
    tx.insert(campaignTerms)
      .values({ campaignId, ...set })
      .onConflictDoUpdate({ target: campaignTerms.campaignId, set })
      .run()
    const named = Object.values(terms).reduce((sum, kind) => sum + Object.keys(kind).length, 0)
    logEvent(tx, actor, { verb: 'edit', subject: 'campaign', subjectId: campaignId, campaignId, data: { named } })
  })
}
