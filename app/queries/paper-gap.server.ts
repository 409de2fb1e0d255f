import { AWARD_PARTS, rateOn } from '#app/domain/award-rate.ts'
import { basesOn, lacksDay } from '#app/domain/legal-basis.ts'
import { type IssuingUnit, letterheadOf } from '#app/domain/letterhead.ts'
import { paperGaps } from '#app/domain/paper-gap.ts'
import { prepared } from '#db/client.server.ts'
import { listAwardRates } from './award-rate.server.ts'
import { findCampaign } from './campaign.server.ts'
import { campaignToday } from './clock.server.ts'
import { listLegalBases } from './legal-basis.server.ts'
import { currentProvince } from './province.server.ts'
import { currentSigner } from './signer.server.ts'
import { draftingPart } from './unit.server.ts'

/** Lists what the papers of a campaign have dots for today; for the go-live list and for who makes them. */
export function paperGapsOf(campaignId: number) {
  const today = campaignToday()
  const bases = listLegalBases()
  const rates = listAwardRates()
  const heads = letterheads()
  return paperGaps({
    hasPlanTitle: (findCampaign(campaignId)?.title ?? '') !== '',
    rates: AWARD_PARTS.filter(part => rateOn(rates, today, { form: 'province_certificate', part }) !== undefined)
      .length,
    hasAuthority: basesOn(bases, today, ['authority']).length > 0,
    hasReviewBases: basesOn(bases, today, ['review']).length > 0,
    undatedBases: basesOn(bases, today).filter(({ citation }) => lacksDay(citation)).length,
    withoutSigner: heads.filter(({ id }) => currentSigner(id, today) === null).length,
    withoutSuperior: heads.filter(({ above }) => above === '').length,
    withoutSign: heads.filter(({ sign, form }) => sign === null && form === 'state').length,
    withoutDraftingPart: heads.filter(({ id }) => draftingPart(id) === undefined).length,
  })
}

/** The heads of the province's own papers and of those of every open unit directly below it. */
function letterheads() {
  const province = currentProvince()
  const rows = prepared<IssuingUnit & { id: number; parentId: number | null }>(
    `select id, parent_id as parentId, name, kind, block, head_title as headTitle, superior_name as superiorName,
            issuer_name as issuerName, paper_sign as sign
       from unit where closed_on is null and (parent_id is null or parent_id = (select id from unit where parent_id is null))
      order by parent_id is not null, id`,
  ).all()
  const [root] = rows
  return rows.map(({ id, ...unit }) => ({
    id,
    ...letterheadOf(unit, root === undefined || unit.parentId === null ? [] : [root], province),
  }))
}
