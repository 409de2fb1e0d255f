import type { CitedPlan, Issuing } from '#app/documents/petition.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { PrescribedPaper } from '#app/domain/legal-basis.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { basesForPaper } from '#app/queries/legal-basis.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { currentSigner } from '#app/queries/signer.server.ts'
import { findUnitBelowRoot } from '#app/queries/unit.server.ts'
import { formatLongDay } from '#app/text/format.ts'
import { committeeOf } from '#app/text/province.ts'
import { download, type OfCampaign } from './download.server.ts'
import { paperPage } from './params.ts'
import { found, type Visit } from './visit.server.ts'

/** A document to download; `fileName` is plain ASCII, without the ending. */
export const paperResponse = (bytes: Uint8Array, fileName: string, campaign: OfCampaign): Response =>
  download(bytes, { name: fileName, ending: 'docx', campaign })

/** The plan of the visit's campaign as documents cite it. */
export function citedPlan({ campaign, regulation }: Visit): CitedPlan {
  const { name, issuer, issuedOn } = found(findCampaign(campaign.id))
  return { ...findPlan(campaign.id), name, issuer, issuedOn, startsOn: regulation.startsOn, endsOn: regulation.endsOn }
}

/** The day of a document: `?ngay=` where it names one, else blank on paper; the law is that of the day, or of today. */
export function paperDay(url: URL): Day | null {
  return paperPage.read(url).day ?? null
}

/** Returns what a document cites: the law of its day, then the plan itself; and the form that the law prescribes. */
export function citations(visit: Visit, datedOn: Day | null, paper: PrescribedPaper | null) {
  const { citations, form } = basesForPaper(datedOn ?? visit.today, paper)
  const { code, issuedOn, issuer } = citedPlan(visit)
  const full = issuer.replace(/^UBND(?= )/, 'Ủy ban nhân dân')
  return { bases: [...citations, `Căn cứ Kế hoạch số ${code} ${formatLongDay(issuedOn)} của ${full}`], form }
}

const HOME_AFFAIRS = 'Sở Nội vụ'

/** Papers of Sở Nội vụ. */
export function homeAffairsIssuing(datedOn: Day | null): Issuing {
  const province = currentProvince(datedOn ?? undefined)
  return {
    above: committeeOf(province),
    issuer: HOME_AFFAIRS,
    sign: 'SNV',
    place: province.place,
    number: null,
    datedOn,
    ...signedBy(findUnitBelowRoot(HOME_AFFAIRS)?.id, { headTitle: 'Giám đốc', isCommittee: false, datedOn }),
  }
}

/** Papers of any unit: a people's committee signs on behalf of the collective (TM.), every other by its head. */
export function unitIssuing(
  unit: {
    id: number
    name: string
    headTitle: string
    kind: string
    superiorName: string | null
    issuerName: string | null
    above: readonly { name: string }[]
  },
  datedOn: Day | null,
): Issuing {
  const isCommittee = unit.kind === 'province' || unit.kind === 'district' || /^UBND /.test(unit.name)
  const parent = unit.above.at(-1)?.name ?? ''
  return {
    above: unit.superiorName ?? committeeName(parent),
    issuer: unit.issuerName ?? committeeName(unit.name),
    sign: isCommittee ? 'UBND' : initials(unit.name),
    place: currentProvince(datedOn ?? undefined).place,
    number: null,
    datedOn,
    ...signedBy(unit.id, { headTitle: isCommittee ? 'Chủ tịch' : unit.headTitle, isCommittee, datedOn }),
  }
}

/** Who signs papers of a unit on their day, in which capacity; the head, with a blank for the name, if nobody is entered. */
function signedBy(
  unitId: number | undefined,
  { headTitle, isCommittee, datedOn }: { headTitle: string; isCommittee: boolean; datedOn: Day | null },
): Pick<Issuing, 'signing' | 'signer'> {
  const signer = unitId === undefined ? null : currentSigner(unitId, datedOn)
  if (signer !== null && signer.capacity !== 'head')
    return { signing: { form: signer.capacity, headTitle, title: signer.title }, signer: signer.name }
  return {
    signing: isCommittee
      ? { form: 'on_behalf', body: 'Ủy ban nhân dân', title: headTitle }
      : { form: 'head', title: signer?.title ?? headTitle },
    signer: signer?.name ?? null,
  }
}

/** Names the people's committee of a locality: "Thành phố Đồng Xoài" issues as "UBND thành phố Đồng Xoài". */
const committeeName = (name: string) =>
  /^(Tỉnh|Thành phố|Thị xã|Huyện) /.test(name) ? `UBND ${name[0]?.toLowerCase()}${name.slice(1)}` : name

/** "Sở Giáo dục và Đào tạo" → SGDVĐT: the sign of a unit's papers, to be mended by hand where it has another. */
const initials = (name: string) =>
  name
    .replace(/\(.*\)/, '')
    .split(/\s+/)
    .filter(word => word !== '' && word !== 'và')
    .map(word => word[0]?.toLocaleUpperCase('vi') ?? '')
    .join('')
