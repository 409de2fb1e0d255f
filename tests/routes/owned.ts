import { prepared } from '#db/client.server.ts'
import { unitNamed } from '#tests/make.ts'
import { type Ids, namesIn } from './walk.ts'

/** Ids that are of the whole province, or of a person: their pages show what the session's campaign has there. */
export const SHARED = [
  'unitId',
  'officialId',
  'accountId',
  'chapterId',
  'code',
  'layoutId',
  'list',
  'basisId',
  'grantId',
  'correctionId',
  'transferId',
  'jobId',
  'signerId',
  'part',
  'period',
  'step',
  'document',
  'unitPaper',
  'reviewPaper',
  'rateId',
  // campaigns are kept by their office, and public, under their own address
  'campaign',
  'campaignId',
]

/** Where the ids of what one campaign owns are found: rows of all the names that addresses put together. */
export const OWNED: Record<string, string> = {
  assignmentId: 'select id as assignmentId from assignment where campaign_id = ? and official_id is not null',
  batchId: "select id as batchId, unit_id as unitId from import_batch where campaign_id = ? and kind = 'worklist'",
  candidateId: `select c.id as candidateId, c.round_id as roundId from candidate c join round r on r.id = c.round_id
    where r.campaign_id = ?`,
  caseId: 'select id as caseId from review_case where campaign_id = ?',
  closingId: 'select id as closingId from closing where campaign_id = ?',
  difficultyId: 'select id as difficultyId from difficulty where campaign_id = ?',
  disputeId: 'select id as disputeId, unit_id as unitId from dispute where campaign_id = ?',
  exemptionId: `select e.id as exemptionId, p.unit_id as unitId from exemption e
    join posting p on p.official_id = e.official_id where e.campaign_id = ? and p.to_on is null`,
  exportId: `select t.id as exportId, t.team_id as teamId, m.unit_id as unitId from timesheet_export t
    join team m on m.id = t.team_id where t.campaign_id = ?`,
  extractId: 'select id as extractId from extract where campaign_id = ?',
  fileId: 'select id as fileId from stored_file where campaign_id = ?',
  gateId: 'select id as gateId from gate where campaign_id = ?',
  helpBatchId: "select id as helpBatchId, unit_id as unitId from import_batch where campaign_id = ? and kind = 'help'",
  helpId: `select id as helpId from help where campaign_id = ? and official_id in
    (select official_id from account where login in ('canbo', 'daumoi'))`,
  inspectionId: `select p.inspection_id as inspectionId, p.help_id as helpId from inspection_pick p
    join inspection i on i.id = p.inspection_id where i.campaign_id = ? group by p.inspection_id`,
  offerId: 'select id as offerId from offer where campaign_id = ?',
  outreachId: 'select id as outreachId from outreach where campaign_id = ?',
  paperId: 'select id as paperId from prepared_paper where campaign_id = ?',
  pointId: 'select id as pointId from collection_point where campaign_id = ?',
  reconsiderationId: 'select id as reconsiderationId from reconsideration where campaign_id = ?',
  requestId: 'select id as requestId from citizen_request where campaign_id = ?',
  roundId: 'select id as roundId from round where campaign_id = ?',
  scenarioId: `select s.id as scenarioId from scenario s join closing c on c.id = s.closing_id where c.campaign_id = ?`,
  teamId: 'select id as teamId, unit_id as unitId from team where campaign_id = ?',
  tokenId: 'select id as tokenId from api_token where campaign_id = ?',
  wishId: 'select id as wishId from offer_request where campaign_id = ?',
}
/** The name in a route's path that says whose it is: the last that a campaign owns. */
export const ownerIn = (path: string) => namesIn(path).findLast(name => name in OWNED)

const first = (text: string) => prepared<number>(text).pluck().get() ?? 0

/** Ids of the commune whose people most is about, and of the province. */
export function sharedIds(second: number): Ids[] {
  const commune = unitNamed('UBND xã Tân Thành')
  const base = {
    officialId: first("select official_id from account where login = 'canbo'"),
    accountId: first("select id from account where login = 'daumoi'"),
    chapterId: first('select id from chapter where unit_id is not null'),
    layoutId: 0,
    basisId: first('select id from legal_basis'),
    grantId: 1,
    correctionId: 0,
    transferId: first('select id from transfer'),
    jobId: 1,
    part: 'phone_4g',
    step: 'y-kien',
    document: 'danh-sach.xlsx',
    unitPaper: 'to-trinh.docx',
    reviewPaper: 'thong-bao.docx',
    rateId: 0,
    campaign: '250-kh-ubnd',
    campaignId: second,
  }
  return [
    { ...base, unitId: commune.id, code: commune.localityCode ?? '', period: 'tuan-2024-06-07' },
    { ...base, unitId: unitNamed('Tỉnh Bình Phước').id, code: '70', period: 'tong-ket' },
  ]
}
