import type { Actor } from '#app/access/policy.ts'
import { writeCandidateList } from '#app/documents/candidate-list.ts'
import { writeCertificates } from '#app/documents/certificates.ts'
import { writeCouncilMinutes } from '#app/documents/council-minutes.ts'
import { writeAwardBudget, writeDecision } from '#app/documents/decision.ts'
import { annexedToPetition, type SealedPart, writePetition } from '#app/documents/petition.ts'
import { type BudgetLine, rateOn } from '#app/domain/award-rate.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { authorityInFull, withoutRemark } from '#app/domain/letterhead.ts'
import { PROVINCE_WORDS } from '#app/domain/province.ts'
import type { AwardForm, RoundKind } from '#app/domain/vocabulary.ts'
import { listAwardRates } from '#app/queries/award-rate.server.ts'
import { certificateLayout } from '#app/queries/certificate-layout.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { councilDay, listMeetings } from '#app/queries/council.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { hasDraftPapers } from '#app/queries/round.server.ts'
import { type collectRound, frozenTotals, type ListedCandidate } from '#app/queries/round-list.server.ts'
import { annexesBeforeCouncil, listSealed } from '#app/queries/sealed-annex.server.ts'
import { provisionalNote } from '#app/text/closing.ts'
import { committeeInFull } from '#app/text/province.ts'
import {
  chairmanIssuing,
  citations,
  citedPlan,
  HOME_AFFAIRS,
  homeAffairsIssuing,
  unitIssuing,
} from './issuing.server.ts'
import { awaited, listedCollective, listedPerson } from './listed.ts'
import { listedIn, listsOf } from './listed-in.server.ts'

/** The papers of a round that home affairs makes, in the order of the dossier. */
export const ROUND_PAPERS = [
  'to-trinh.docx',
  'danh-sach-tap-the.docx',
  'danh-sach-ca-nhan.docx',
  'bien-ban-hop.docx',
  'quyet-dinh.docx',
  'du-toan.docx',
  'bang-khen.docx',
] as const
export type RoundPaper = (typeof ROUND_PAPERS)[number]

/** What a paper is called in contents and on pages. */
export const ROUND_PAPER_NAMES: Record<RoundPaper, string> = {
  'to-trinh.docx': 'Tờ trình, kèm danh sách',
  'danh-sach-tap-the.docx': 'Danh sách tập thể',
  'danh-sach-ca-nhan.docx': 'Danh sách cá nhân',
  'bien-ban-hop.docx': 'Biên bản họp Hội đồng',
  'quyet-dinh.docx': 'Quyết định tặng Bằng khen, kèm danh sách',
  'du-toan.docx': 'Dự toán tiền thưởng',
  'bang-khen.docx': 'Bằng khen, để in lên phôi',
}

/** The papers that a round of this kind has: a review commends nobody. */
export const papersOf = (kind: RoundKind): readonly RoundPaper[] =>
  kind === 'review' ? ['to-trinh.docx', 'danh-sach-tap-the.docx', 'danh-sach-ca-nhan.docx'] : ROUND_PAPERS

export type RoundList = Awaited<ReturnType<typeof collectRound>>

/** Makes one paper of a round from its list; `datedOn` null leaves its day blank, the law is then that of today. */
export function writeRoundPaper(
  actor: Actor,
  list: RoundList,
  { document, datedOn }: { document: RoundPaper; datedOn: Day | null },
): Promise<Uint8Array> {
  const provisional = provisionalNote(list.round)
  const annexedTo = [annexedToPetition(homeAffairsIssuing(datedOn)), provisional].filter(Boolean).join(' ')
  switch (document) {
    case 'to-trinh.docx':
      return petition(list, datedOn)
    case 'danh-sach-ca-nhan.docx':
      return writeCandidateList({ ...listsOf(list), annexedTo }, 'persons')
    case 'danh-sach-tap-the.docx':
      return writeCandidateList({ ...listsOf(list), annexedTo }, 'collectives')
    case 'bien-ban-hop.docx':
      return minutes(actor, list)
    case 'quyet-dinh.docx':
      return decision(list, datedOn)
    case 'du-toan.docx':
      return budget(list, datedOn)
    case 'bang-khen.docx':
      return certificates(list, datedOn)
  }
}

/** So many certificates are in one file: office programs take minutes to open a file of a thousand boxed pages. */
const MOST_CERTIFICATES = 100

/**
 * Makes one paper of a round in files that an office program opens: certificates a hundred at a time, `part` says which
 * ("101-200"), every other paper in one (`part` '').
 */
export async function* writeRoundFiles(
  actor: Actor,
  list: RoundList,
  asked: { document: RoundPaper; datedOn: Day | null },
): AsyncGenerator<{ part: string; content: Uint8Array }> {
  const { document, datedOn } = asked
  const { persons, collectives } = document === 'bang-khen.docx' ? awardedOf(list) : { persons: [], collectives: [] }
  const count = persons.length + collectives.length
  if (count <= MOST_CERTIFICATES) return yield { part: '', content: await writeRoundPaper(actor, list, asked) }
  for (let from = 0; from < count; from += MOST_CERTIFICATES) {
    const to = Math.min(from + MOST_CERTIFICATES, count)
    yield { part: `${from + 1}-${to}`, content: await certificates(list, datedOn, { from, to }) }
  }
}

function petition(list: RoundList, datedOn: Day | null) {
  const { round } = list
  const council = councilDay(round.id)
  return writePetition({
    kind: round.kind,
    plan: citedPlan(round.campaignId),
    issuing: homeAffairsIssuing(datedOn),
    isDraft: hasDraftPapers(round),
    ...citations(round.campaignId, datedOn, { paper: 'petition', subjects: [round.kind] }),
    totals: frozenTotals(round),
    frozenOn: dayOf(round.closingFrozenAt),
    provisional: provisionalNote(round),
    hash: round.closingHash,
    council: council === null ? null : { metOn: council },
    lists: listsOf(list),
    sealed: round.kind === 'review' ? [] : sealedParts(list, datedOn),
  })
}

/** People in sealed annexes that home affairs has passed on, by command, of one form of award or all; no name. */
function sealedParts({ round }: RoundList, datedOn: Day | null, form?: AwardForm): SealedPart[] {
  return listSealed(round, form)
    .filter(({ stage }) => stage === 'council' || stage === 'decision')
    .map(({ commandId, count, certificates }) => ({
      command: unitIssuing(commandId, datedOn).issuer,
      count,
      certificates: certificates.length === 0 ? '' : `${Math.min(...certificates)}–${Math.max(...certificates)}`,
    }))
}

/** The province's council, which has no unit of its own in the tree. */
function provincialCouncil(day: Day) {
  const province = currentProvince(day)
  return {
    issuing: {
      form: 'state',
      above: committeeInFull(province),
      issuer: 'Hội đồng Thi đua - Khen thưởng',
      sign: 'HĐTĐKT',
    },
    council: `Hội đồng Thi đua - Khen thưởng ${PROVINCE_WORDS[province.type]}`,
    presenter: HOME_AFFAIRS,
  } as const
}

/** The minutes as they were frozen at the newest meeting; before one, a draft with who is put before the council. */
function minutes(actor: Actor, { round, persons, collectives }: RoundList) {
  const [meeting] = listMeetings(actor, round.campaignId, round.id)
  const issuerOf = (commandId: number) => unitIssuing(commandId, meeting?.metOn ?? null).issuer
  const voted = (isOfCollectives: boolean) =>
    meeting?.votes
      .filter(row => row.isCollective === isOfCollectives)
      .map(row => ({
        ...row,
        name: withoutRemark(row.name),
        unitName: withoutRemark(row.unitName),
        votes: { for: row.votesFor, total: row.votesTotal },
      }))
  return writeCouncilMinutes({
    ...provincialCouncil(meeting?.metOn ?? campaignToday()),
    plan: citedPlan(round.campaignId),
    ...citations(round.campaignId, null, { paper: 'council_minutes', subjects: ['commendation'] }),
    sitting: meeting ?? null,
    supplements: meeting?.supplements ?? [],
    persons: voted(false) ?? persons.map(awaited),
    collectives: voted(true) ?? collectives.map(awaited),
    annexes:
      meeting === undefined
        ? annexesBeforeCouncil(round).map(annex => ({
            command: issuerOf(annex.commandId),
            count: annex.rows.length,
            votes: null,
            isKept: true,
          }))
        : (meeting.annexes ?? []).map(annex => ({
            command: issuerOf(annex.commandId),
            count: annex.count,
            votes: { for: annex.votesFor, total: annex.votesTotal },
            isKept: annex.isKept,
          })),
  })
}

/** The award of the province's decision; a Giấy khen is the decision of an agency's own head. */
export const PROVINCIAL: AwardForm = 'province_certificate'

/** Who is awarded by the province's decision. */
function awardedOf({ round, persons, collectives }: RoundList) {
  const within = listedIn(round)
  const isProvincial = ({ form }: ListedCandidate) => form === PROVINCIAL
  return {
    persons: persons.filter(isProvincial).map(row => ({
      ...listedPerson(within, row),
      certificate: row.certificateNumber,
    })),
    collectives: collectives.filter(isProvincial).map(row => ({
      ...listedCollective(within, row),
      certificate: row.certificateNumber,
    })),
  }
}

/** The bonuses of a round's decision, at the rates of its day. */
function budgetOf(list: RoundList, datedOn: Day | null): BudgetLine[] {
  const { persons, collectives } = awardedOf(list)
  const sealed = sealedParts(list, datedOn, PROVINCIAL).reduce((sum, { count }) => sum + count, 0)
  const rates = listAwardRates()
  const day = list.round.decisionOn ?? datedOn ?? campaignToday()
  const rate = (part: BudgetLine['part']) => rateOn(rates, day, { form: PROVINCIAL, part })
  return [
    { part: 'collective', count: collectives.length, rate: rate('collective') },
    { part: 'person', count: persons.length + sealed, rate: rate('person') },
  ]
}

/** As on record where the decision is: its number and day; else as asked for. */
export function decisionIssuing({ round }: Pick<RoundList, 'round'>, datedOn: Day | null) {
  const { decisionOn, decisionNumber } = round
  const issuing = chairmanIssuing(decisionOn ?? datedOn)
  const number = decisionNumber?.split('/')[0]?.trim() || null
  // the office that puts it before the chairman has drafted it
  return { ...issuing, number, draftedBy: homeAffairsIssuing(null).sign }
}

function decision(list: RoundList, datedOn: Day | null) {
  const { campaignId } = list.round
  const issuing = decisionIssuing(list, datedOn)
  return writeDecision({
    plan: citedPlan(campaignId),
    issuing,
    isDraft: hasDraftPapers(list.round),
    bases: citations(campaignId, issuing.datedOn, { subjects: ['authority', 'commendation'] }).bases,
    petition: homeAffairsIssuing(null),
    council: provincialCouncil(issuing.datedOn ?? campaignToday()).council,
    lists: awardedOf(list),
    sealed: sealedParts(list, issuing.datedOn, PROVINCIAL),
    budget: budgetOf(list, datedOn),
  })
}

function budget(list: RoundList, datedOn: Day | null) {
  const { campaignId } = list.round
  return writeAwardBudget({
    plan: citedPlan(campaignId),
    issuing: homeAffairsIssuing(datedOn),
    isDraft: hasDraftPapers(list.round),
    bases: citations(campaignId, datedOn, { subjects: ['commendation'] }).bases,
    budget: budgetOf(list, datedOn),
  })
}

/** The certificates of a round in the order of its lists, from number `from` (from 0) up to `to`. */
export function certificates(list: RoundList, datedOn: Day | null, { from, to }: { from?: number; to?: number } = {}) {
  const { round } = list
  const { persons, collectives } = awardedOf(list)
  const plan = citedPlan(round.campaignId)
  return writeCertificates({
    layout: certificateLayout(),
    issuing: decisionIssuing(list, datedOn),
    reason: `Đã có thành tích xuất sắc trong thực hiện Kế hoạch số ${plan.code} của ${plan.issuer}`,
    decision:
      round.decisionNumber === null || round.decisionOn === null
        ? null
        : { number: round.decisionNumber, on: round.decisionOn },
    awarded: [
      ...collectives.map(({ name, certificate }) => ({ name: authorityInFull(name), unitName: '', certificate })),
      ...persons.map(({ name, position, unitName, certificate }) => ({
        name,
        unitName: [position, authorityInFull(unitName)].filter(Boolean).join(', '),
        certificate,
      })),
    ].slice(from, to),
  })
}
