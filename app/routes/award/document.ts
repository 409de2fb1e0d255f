import { permit } from '#app/access/policy.ts'
import { writeCandidateWorkbook } from '#app/documents/candidate-export.ts'
import { writeCandidateList } from '#app/documents/candidate-list.ts'
import { writeCouncilMinutes } from '#app/documents/council-minutes.ts'
import { annexedToPetition, writePetition } from '#app/documents/petition.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import type { Candidate } from '#app/queries/candidate.server.ts'
import { councilDay, listMeetings } from '#app/queries/council.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { collectRound, frozenTotals, logRoundExport } from '#app/queries/round-list.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { provisionalNote, versionName } from '#app/text/closing.ts'
import { formatDay } from '#app/text/format.ts'
import { committeeInFull } from '#app/text/province.ts'
import { labels } from '#app/text/vocabulary.ts'
import { citations, citedPlan, homeAffairsIssuing, paperDay, paperResponse } from '../_web/paper.server.ts'
import { found, idOf, notFound, reads, type Visit } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { listedCollective, listedPerson } from './round.server.ts'

const DOCUMENTS = [
  'to-trinh.docx',
  'danh-sach-ca-nhan.docx',
  'danh-sach-tap-the.docx',
  'bien-ban-hop.docx',
  'danh-sach.xlsx',
] as const

/** One document of a round; each is logged. The workbook holds what the actor sees, the papers are home affairs'. */
export const loader = reads(async (visit, { params, url, context }) => {
  const { actor, campaign } = visit
  const round = found(findRound(actor, campaign.id, idOf(params.roundId)))
  const document = DOCUMENTS.find(name => name === params.document)
  if (!document || (document === 'bien-ban-hop.docx' && round.kind === 'review')) throw notFound()
  if (document !== 'danh-sach.xlsx') permit(actor, 'round.manage', { unitPath: rootUnit().path })
  const list = await collectRound(actor, campaign.id, {
    roundId: round.id,
    isWhole: document === 'danh-sach.xlsx' && !round.isFrozen,
  })
  await retryBusy(() =>
    logRoundExport(actor, campaign.id, {
      roundId: round.id,
      document,
      rows: list.persons.length + list.collectives.length,
    }),
  )
  const fileName = `${document.replace(/\.\w+$/, '')}-${round.id}`
  return document === 'danh-sach.xlsx'
    ? workbookResponse(await workbook(visit, list, context.publicUrl), fileName, campaign)
    : paperResponse(await paper(visit, list, { document, url }), fileName, campaign)
})

type List = Awaited<ReturnType<typeof collectRound>>
type Paper = Exclude<(typeof DOCUMENTS)[number], 'danh-sach.xlsx'>

function workbook(visit: Visit, { round, persons, collectives }: List, origin: string) {
  const listedIn = { kind: round.kind, terms: visit.terms, nameOf: indicatorNames(visit.campaign.id) }
  const certificates = [...persons, ...collectives].flatMap(row =>
    row.certificateNumber === null ? [] : [[row.id, row.certificateNumber] as const],
  )
  return writeCandidateWorkbook({
    kind: round.kind,
    campaign: visit.campaign.code,
    subtitle: [
      round.name,
      `Số liệu theo kết quả xét đã chốt ngày ${formatDay(dayOf(round.closingFrozenAt))}, ${versionName({ ...round, version: round.closingVersion }).toLowerCase()}, mã kiểm tra ${round.closingHash.slice(0, 16)}; mã trường hợp tra cứu lúc xuất.`,
      ...(round.isProvisional ? [provisionalNote(round) ?? ''] : []),
    ],
    asOf: visit.at,
    origin: origin.replace(/\/$/, ''),
    persons: persons.map(row => listedPerson(listedIn, row)),
    collectives: collectives.map(row => listedCollective(listedIn, row)),
    certificates: new Map(certificates),
  })
}

function paper(visit: Visit, list: List, { document, url }: { document: Paper; url: URL }) {
  const { round, persons, collectives } = list
  const listedIn = { kind: round.kind, terms: visit.terms, nameOf: indicatorNames(visit.campaign.id) }
  const datedOn = paperDay(url)
  const issuing = homeAffairsIssuing(datedOn)
  const provisional = provisionalNote(round)
  const annexedTo = `${annexedToPetition(issuing)}${provisional === null ? '' : ` ${provisional}`}`
  const lists = {
    kind: round.kind,
    annexedTo,
    persons: persons.map(row => listedPerson(listedIn, row)),
    collectives: collectives.map(row => listedCollective(listedIn, row)),
  }
  switch (document) {
    case 'to-trinh.docx':
      return petition(visit, list, datedOn)
    case 'danh-sach-ca-nhan.docx':
      return writeCandidateList(lists, 'persons')
    case 'danh-sach-tap-the.docx':
      return writeCandidateList(lists, 'collectives')
    case 'bien-ban-hop.docx':
      return minutes(visit, list)
  }
}

function petition(visit: Visit, { round, persons, collectives }: List, datedOn: string | null) {
  const council = councilDay(round.id)
  const listedIn = { kind: round.kind, terms: visit.terms, nameOf: indicatorNames(visit.campaign.id) }
  return writePetition({
    kind: round.kind,
    plan: citedPlan(visit),
    issuing: homeAffairsIssuing(datedOn),
    ...citations(visit, datedOn, 'petition'),
    totals: frozenTotals(round),
    frozenOn: dayOf(round.closingFrozenAt),
    provisional: provisionalNote(round),
    hash: round.closingHash,
    council: council === null ? null : { metOn: council },
    lists: {
      persons: persons.map(row => listedPerson(listedIn, row)),
      collectives: collectives.map(row => listedCollective(listedIn, row)),
    },
  })
}

/** The minutes as they were frozen at the newest meeting; before one, a draft with who is put before the council. */
function minutes(visit: Visit, { round, persons, collectives }: List) {
  const [meeting] = listMeetings(visit.actor, visit.campaign.id, round.id)
  const formOf = (form: Candidate['form']) => (form === null ? '' : labels.awardForm[form])
  const awaited = (row: Candidate) => ({
    name: row.name,
    unitName: row.outside?.description ?? row.unitName,
    form: formOf(row.form),
    votes: null,
    isKept: true,
  })
  const voted = (isOfCollectives: boolean) =>
    meeting?.votes
      .filter(row => row.isCollective === isOfCollectives)
      .map(row => ({
        ...row,
        form: formOf(row.form),
        votes: { for: row.votesFor, total: row.votesTotal },
      }))
  return writeCouncilMinutes({
    committee: committeeInFull(currentProvince(meeting?.metOn ?? visit.today)),
    plan: citedPlan(visit),
    ...citations(visit, null, 'council_minutes'),
    sitting: meeting ?? null,
    supplements: meeting?.supplements ?? [],
    persons: voted(false) ?? persons.map(awaited),
    collectives: voted(true) ?? collectives.map(awaited),
  })
}
