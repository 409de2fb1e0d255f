import { type Issuing, signingAlone } from '#app/documents/administrative-paper.ts'
import type { CitedPlan } from '#app/documents/petition.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { BasisSubject, PrescribedPaper } from '#app/domain/legal-basis.ts'
import { draftedBy, type Letterhead, letterheadOf, placeOfPapers, titleInCommittee } from '#app/domain/letterhead.ts'
import { found } from '#app/domain/refusal.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { basesForPaper } from '#app/queries/legal-basis.server.ts'
import { findLocality } from '#app/queries/locality.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { currentSigner } from '#app/queries/signer.server.ts'
import { draftingPart, findUnitBelowRoot, rootUnit, unitForPaper } from '#app/queries/unit.server.ts'
import { planInFull } from '#app/text/plan.ts'
import { committeeOf } from '#app/text/province.ts'

/** A campaign's plan as documents cite it. */
export function citedPlan(campaignId: number): CitedPlan {
  const { name, title, issuer, issuedOn, regulation } = found(findCampaign(campaignId))
  const { startsOn, endsOn } = regulation
  return { ...findPlan(campaignId), name, title, issuer, issuedOn, startsOn, endsOn }
}

/**
 * Returns what a document cites: the law of its day on these subjects, then the plan itself; and the form that the law
 * prescribes.
 */
export function citations(
  campaignId: number,
  datedOn: Day | null,
  { paper = null, subjects }: { paper?: PrescribedPaper | null; subjects: readonly BasisSubject[] },
) {
  const { citations, form } = basesForPaper(datedOn ?? campaignToday(), paper, subjects)
  return { bases: [...citations, `Căn cứ ${planInFull(citedPlan(campaignId))}`], form }
}

export const HOME_AFFAIRS = 'Sở Nội vụ'

/** Papers of Sở Nội vụ, also where no unit of that name is in the tree. */
export function homeAffairsIssuing(datedOn: Day | null): Issuing {
  const unit = findUnitBelowRoot(HOME_AFFAIRS)
  if (unit !== undefined) return unitIssuing(unit.id, datedOn)
  const province = currentProvince(datedOn ?? undefined)
  return {
    form: 'state',
    above: committeeOf(province),
    issuer: HOME_AFFAIRS,
    sign: 'SNV',
    place: province.place,
    number: null,
    datedOn,
    signing: { form: 'head', title: 'Giám đốc' },
    signer: null,
    draftedBy: null,
  }
}

/**
 * Papers of any unit by its real line of command, dated at its own place, signed by whom its register of signers names.
 * `nameThen`: what it was called when it signed the paper.
 */
export function unitIssuing(unitId: number, datedOn: Day | null, nameThen?: string): Issuing {
  const province = currentProvince(datedOn ?? undefined)
  const { above, ...present } = unitForPaper(unitId)
  const isRenamed = nameThen !== undefined && nameThen !== present.name
  const own = isRenamed ? { ...present, name: nameThen, issuerName: null } : present
  const [unit, ...chain] = [own, ...above].map(({ paperSign, ...row }) => ({ ...row, sign: paperSign }))
  const head = letterheadOf(found(unit), chain, province)
  return {
    form: head.form,
    above: head.above,
    issuer: head.issuer,
    sign: head.sign,
    place: placeOf([...above, own], datedOn) ?? province.place,
    number: null,
    datedOn,
    ...signedBy(unitId, head, datedOn),
    draftedBy: draftedBy(draftingPart(unitId), chain),
  }
}

/** The place of the nearest unit upwards that governs a locality below the province; null: none does. */
function placeOf(chain: readonly { localityCode: string | null }[], datedOn: Day | null): string | null {
  const code = chain.slice(1).findLast(({ localityCode }) => localityCode !== null)?.localityCode
  return placeOfPapers((code && findLocality(code, datedOn ?? '9999-12-31')) || null)
}

/** Who signs papers of a unit on their day, in which capacity; the head, with dots for the name, if nobody is entered. */
function signedBy(
  unitId: number,
  { headTitle, isCommittee }: Letterhead,
  datedOn: Day | null,
): Pick<Issuing, 'signing' | 'signer'> {
  const signer = currentSigner(unitId, datedOn)
  const title = signer === null ? headTitle : isCommittee ? titleInCommittee(signer.title) : signer.title
  const body = isCommittee ? { body: 'Ủy ban nhân dân' } : {}
  const name = signer?.name ?? null
  if (signer === null || signer.capacity === 'head')
    return {
      signing: isCommittee ? { form: 'on_behalf', body: 'Ủy ban nhân dân', title } : { form: 'head', title },
      signer: name,
    }
  if (signer.capacity === 'deputy') return { signing: { form: 'deputy', headTitle, title, ...body }, signer: name }
  return { signing: { form: signer.capacity, headTitle, title }, signer: name }
}

/** Decisions of the chairman of the province's committee, who decides alone and not on behalf of the collective. */
export function chairmanIssuing(datedOn: Day | null): Issuing & { authority: string } {
  const { signing, ...issuing } = unitIssuing(rootUnit().id, datedOn)
  const authority = `Chủ tịch ${issuing.issuer}`
  return { ...issuing, signing: signingAlone(signing), authority }
}
