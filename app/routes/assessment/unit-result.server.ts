import type { ResultFigures, ResultReport } from '#app/documents/result-report.ts'
import { obligationSums } from '#app/domain/figures.ts'
import { partSums } from '#app/domain/part-sums.ts'
import { citations, citedPlan, unitIssuing } from '#app/jobs/papers/issuing.server.ts'
import type { Figures } from '#app/queries/aggregate.server.ts'
import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { unitResult } from '#app/queries/unit-result.server.ts'
import { committeeInFull } from '#app/text/province.ts'
import { type CampaignTerms, namedShares } from '#app/text/terms.ts'
import { paperDay } from '../_web/paper.server.ts'
import { found, type Visit } from '../_web/visit.server.ts'

function figures(
  { id, name, help, people }: Figures & { id: number | null; name: string },
  terms: CampaignTerms,
): ResultFigures {
  return {
    id,
    name,
    officials: people.officials,
    targets: people.targets,
    reported: help.reported,
    counted: help.counted,
    verified: help.verified,
    quotaBearers: people.quotaBearers,
    reached: people.reached,
    obligations: namedShares(obligationSums(people), terms),
    bases: partSums(people, terms).map(sums => ({ name: terms.names.part[sums.part], ...sums })),
  }
}

/** The báo cáo kết quả of a unit as of now; what it met and proposes is the unit's to write. */
export function resultReport(visit: Visit, url: URL, unitId: number): ResultReport {
  const { actor, campaign, regulation, terms, at, today } = visit
  const { unit, total, parts, rest, indicators } = found(unitResult(actor, campaign.id, unitId))
  const nameOf = indicatorNames(campaign.id)
  const datedOn = paperDay(url)
  const isProvince = unit.above.length === 0
  return {
    plan: citedPlan(visit.campaign.id),
    issuing: unitIssuing(unit.id, datedOn),
    bases: citations(visit.campaign.id, datedOn, { subjects: [] }).bases,
    form: null,
    addressees: isProvince
      ? ['Văn phòng Chính phủ', 'Bộ Công an']
      : [committeeInFull(currentProvince(datedOn ?? undefined)), 'Công an tỉnh'],
    period: { fromOn: regulation.startsOn, toOn: today < regulation.endsOn ? today : regulation.endsOn },
    asOf: at,
    isFinal: today > regulation.endsOn,
    total: figures(total, terms),
    parts: [...parts, ...(rest ? [{ id: null, name: `Trực tiếp tại ${unit.name}`, ...rest }] : [])].map(part =>
      figures(part, terms),
    ),
    indicators: indicators.map(({ indicator, ...row }) => ({ name: nameOf(indicator), ...row })),
    difficulties: '',
    proposals: '',
    hash: null,
  }
}
