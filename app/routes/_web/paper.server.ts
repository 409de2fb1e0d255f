import type { CitedPlan, Issuing } from '#app/documents/petition.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { PrescribedPaper } from '#app/domain/legal-basis.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { basesForPaper } from '#app/queries/legal-basis.server.ts'
import { formatLongDay } from '#app/text/format.ts'
import { paperPage } from './params.ts'
import { found, type Visit } from './visit.server.ts'

/** A document to download; `fileName` is plain ASCII, without the ending. Never kept by caches: it is as of now. */
export function paperResponse(bytes: Uint8Array, fileName: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'Content-Disposition': `attachment; filename="${fileName}.docx"`,
      'Cache-Control': 'no-store',
    },
  })
}

/** The plan of the visit's campaign as documents cite it. */
export function citedPlan({ campaign, regulation }: Visit): CitedPlan {
  const { code, name, issuer, issuedOn } = found(findCampaign(campaign.id))
  return { code, name, issuer, issuedOn, startsOn: regulation.startsOn, endsOn: regulation.endsOn }
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

const PLACE = 'Bình Phước'

/** Papers of Sở Nội vụ. */
export function homeAffairsIssuing(datedOn: Day | null): Issuing {
  return {
    above: 'UBND tỉnh Bình Phước',
    issuer: 'Sở Nội vụ',
    sign: 'SNV',
    place: PLACE,
    number: null,
    datedOn,
    signing: { form: 'head', title: 'Giám đốc' },
    signer: null,
  }
}

/** Papers of any unit: a people's committee signs on behalf of the collective (TM.), every other by its head. */
export function unitIssuing(
  unit: {
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
    place: PLACE,
    number: null,
    datedOn,
    signing: isCommittee
      ? { form: 'on_behalf', body: 'Ủy ban nhân dân', title: 'Chủ tịch' }
      : { form: 'head', title: unit.headTitle },
    signer: null,
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
