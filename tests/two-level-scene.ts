import type { Person } from '#app/access/policy.ts'
import type { CampaignWords } from '#app/domain/campaign-words-input.ts'
import { HELP_COLUMNS, type HelpColumn } from '#app/domain/help-import.ts'
import { OBLIGATION_PARTS, OUTCOMES } from '#app/domain/vocabulary.ts'
import { computeClosing } from '#app/jobs/closing.server.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { addRegulation } from '#app/queries/campaign.server.ts'
import { listCandidates } from '#app/queries/candidate.server.ts'
import { proposeListed, proposeOutside } from '#app/queries/candidate-step.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { startClosing } from '#app/queries/closing.server.ts'
import { addPoint } from '#app/queries/collection.server.ts'
import { raiseDifficulty } from '#app/queries/difficulty.server.ts'
import { uploadHelp } from '#app/queries/help-batch.server.ts'
import { uploadRoster } from '#app/queries/import-batch.server.ts'
import { recordFigures } from '#app/queries/indicator-figure.server.ts'
import { orderInspection } from '#app/queries/inspection-draw.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { rulesOf } from '#app/queries/judging/index.server.ts'
import { logOutreach } from '#app/queries/outreach.server.ts'
import { setCampaignWords } from '#app/queries/plan.server.ts'
import { draftReport, signReport } from '#app/queries/report-signing.server.ts'
import { createRound, findRound } from '#app/queries/round.server.ts'
import { formTeam } from '#app/queries/team.server.ts'
import { addUnit } from '#app/queries/unit.server.ts'
import { uploadWorklist } from '#app/queries/worklist-import.server.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { prepared } from '#db/client.server.ts'
import { INDICATORS } from '#tests/indicators.ts'
import {
  CAMPAIGN,
  confirmNow,
  done,
  grantTo,
  makeOfficial,
  meetObligations,
  recordMany,
  system,
  unitNamed,
} from '#tests/make.ts'
import { FIRST_COMMUNE, PROVINCE } from '#tests/two-levels.ts'

const COMMUNE = 'UBND phường Trấn Biên'
export const TODAY = '2024-06-12'
export const OTHER_CAMPAIGN = {
  code: '45/KH-UBND',
  name: 'Đợt hai',
  issuer: 'UBND tỉnh Đồng Nai',
  issuedOn: '2024-06-01',
}

type Staff = Record<'office' | 'home' | 'telecom' | 'leader' | 'admin' | 'auditor' | 'head' | 'desk' | 'own', Person>
export let staff: Staff
/** The ids of what the scene holds, by the names that addresses have for them. */
export const ids: Record<string, number> = {}

async function doJobs() {
  for (let job = takeJob(); job; job = takeJob()) await runJob(job)
}

export const root = () => unitNamed('Tỉnh Đồng Nai').id
const bytesOf = (lines: readonly (readonly string[])[]) =>
  new TextEncoder().encode(lines.map(cells => cells.join('\t')).join('\n'))

/** What does not hold in the scene's campaign, and how its plan calls some of what does. */
const HELD_PARTS = OBLIGATION_PARTS.filter(part => part === 'sim_signature' || part === 'phone_4g')
const HELD_OUTCOMES = OUTCOMES.filter(outcome => outcome !== 'portal_account')
const WORDS: CampaignWords = {
  headline: 'Mỗi nhà một công dân số',
  annexAsOf: '2024-03-31',
  annexNote: 'Theo số liệu của Công an tỉnh.',
  terms: {
    obligation: { sim_signature: 'Chữ ký số cá nhân' },
    outcome: { vneid_installed: 'Ứng dụng định danh mức 2' },
  },
}

/** Lets two of the three obligations hold, under the plan's own words; what was declared of the third before stays. */
function setTerms(office: Person) {
  const { version, regulation } = rulesOf(CAMPAIGN)
  const parameters = { ...regulation, heldParts: HELD_PARTS, heldOutcomes: HELD_OUTCOMES }
  const decided = { basedOn: version, documentNumber: '13/UBND', decidedOn: '2024-04-04', note: '' }
  done(addRegulation(office, CAMPAIGN, { parameters, ...decided }))
  setCampaignWords(office, CAMPAIGN, WORDS)
}

/** People, records, figures, shares, reports, points, teams, lists with problems, an inspection and a round. */
export async function makeScene() {
  const agency = unitNamed('Sở Nội vụ').id
  const commune = unitNamed(COMMUNE).id
  const at = (role: Parameters<typeof grantTo>[1], unitId = root()) => grantTo(makeOfficial(agency).actor, role, unitId)
  staff = {
    office: at('campaign_office'),
    home: at('home_affairs'),
    telecom: at('telecom_office'),
    leader: at('province_leader'),
    admin: at('admin'),
    auditor: at('auditor'),
    head: grantTo(makeOfficial(commune, { isLeader: true }).actor, 'head', commune),
    desk: grantTo(makeOfficial(commune).actor, 'coordinator', commune),
    own: makeOfficial(commune).actor,
  }
  const { office, desk, head } = staff
  setTerms(office)
  await doJobs()
  const below = (kind: 'department' | 'hamlet_team', name: string) =>
    done(
      addUnit(office, { parentId: commune, kind, block: 'state', name, headTitle: 'Trưởng phòng', localityCode: null }),
    ).unitId
  ids.departmentId = below('department', 'Phòng Văn hóa - Xã hội')
  below('hamlet_team', 'Tổ khu phố 1')
  ids.unitId = commune
  const member = makeOfficial(commune)
  ids.officialId = member.officialId
  const helped = recordMany(member, 12, { citizen: { localityCode: FIRST_COMMUNE } })
  confirmNow(desk, CAMPAIGN, helped.slice(0, 11))
  meetObligations(member.officialId)
  ids.helpId = helped[0] ?? 0
  makeOfficial(ids.departmentId)
  done(
    recordFigures(office, CAMPAIGN, {
      asOfOn: '2024-06-11',
      source: 'Công an tỉnh',
      reason: '',
      origin: 'typed',
      figures: INDICATORS.map(({ code }) => ({ localityCode: FIRST_COMMUNE, indicator: code, value: 30 })),
    }),
  )
  const report = { unitId: commune, slug: 'tuan-2024-06-07' }
  draftReport(desk, CAMPAIGN, { ...report, input: { difficulties: null, proposals: null, reason: 'Muộn.' } })
  signReport(head, CAMPAIGN, { ...report, capacity: 'head', earlyReason: null } as Parameters<typeof signReport>[2])
  const point = {
    kind: 'fixed' as const,
    name: 'Trụ sở',
    localityCode: FIRST_COMMUNE,
    place: 'Số 1',
    fromOn: TODAY,
    toOn: '2024-06-20',
    hours: '7–17 giờ',
    dailyCapacity: 50,
  }
  ids.pointId = done(addPoint(desk, CAMPAIGN, { unitId: commune, input: point })).pointId
  const activity = { channel: 'meeting' as const, heldOn: TODAY, localityCode: FIRST_COMMUNE, place: 'Khu phố 1' }
  done(logOutreach(desk, CAMPAIGN, { unitId: commune, input: { ...activity, people: 20, note: null } }))
  const difficulty = { unitId: commune, route: 'campaign_office' as const, title: 'Thiếu máy', body: 'Thiếu máy.' }
  ids.difficultyId = raiseDifficulty(desk, CAMPAIGN, difficulty)
  const team = { kind: 'volunteer' as const, name: 'Tổ 1', hamlet: '', decisionNumber: '' }
  ids.teamId = formTeam(desk, CAMPAIGN, { unitId: commune, input: team })
  await makeLists(desk, commune)
  const inspectors = [1, 2].map(() => grantTo(makeOfficial(agency).actor, 'inspector', root()))
  const memberIds = inspectors.map(({ accountId }) => accountId)
  const wish = { memberIds, certainty: 0.95, untrueShare: 0.2, riskPicks: 0 }
  done(orderInspection(office, CAMPAIGN, { unitId: commune, input: wish }))
  await doJobs()
  ids.inspectionId = Number(prepared('select max(id) from inspection').pluck().get())
}

/** A roster, a worklist and a list of records, each with a row that names what is not there. */
async function makeLists(desk: Person, unitId: number) {
  const line: Partial<Record<HelpColumn, string>> = {
    officialName: 'Nguyễn Văn Thử',
    citizenName: 'Điểu Thị Mẫu',
    citizenNumber: '075090000001',
    birth: '1990',
    commune: 'Không có',
    helpedOn: '10/4/2024',
    place: 'Tại nhà',
    eid_activated: 'x',
    consentChannel: 'Bằng văn bản',
    consent: 'x',
  }
  const columns = HELP_COLUMNS.filter(column => column !== 'district' && column !== 'portal_account')
  const help = bytesOf([columns.map(column => helpHeaders[column].header), columns.map(column => line[column] ?? '')])
  uploadHelp(desk, { campaignId: CAMPAIGN, unitId, fileName: 'a.csv', bytes: help })
  await doJobs()
  ids.helpBatchId = Number(prepared('select max(id) from import_batch').pluck().get())
  const citizens = bytesOf([
    ['Họ và tên', 'Số định danh', 'Xã', 'Ấp', 'Nội dung còn thiếu'],
    ['Điểu Thị Mẫu', '075090000002', 'Không có', 'Khu phố 1', 'SIM'],
    ['Điểu Thị Nhà', '075090000003', '', 'Khu phố 1', 'SIM'],
  ])
  uploadWorklist(desk, CAMPAIGN, { unitId, fileName: 'b.csv', bytes: citizens, name: 'Danh sách', legalBasis: 'KH' })
  await doJobs()
  ids.batchId = Number(prepared('select max(id) from import_batch').pluck().get())
  const people = bytesOf([
    ['Họ và tên', 'Số định danh', 'Loại', 'Đơn vị'],
    ['Lê Thị Mới', '075190000004', 'Công chức', 'Không có'],
  ])
  uploadRoster(desk, unitId, { fileName: 'c.csv', bytes: people, association: null, fromOn: TODAY })
  await doJobs()
  ids.rosterId = Number(prepared('select max(id) from import_batch').pluck().get())
}

/** The close, and a round in which an official, a collective and a person from outside are proposed. */
export async function closeAndPropose() {
  const { office, home, head, admin } = staff
  moveClock(admin, Date.parse('2024-07-05T09:00+07:00'))
  const { jobId } = done(startClosing(office, CAMPAIGN, { reason: 'close', note: '' }))
  const input = prepared<string>('select input from job where id = ?').pluck().one(jobId)
  await computeClosing(JSON.parse(input), system, () => undefined)
  prepared("update job set state = 'done' where id = ?").run(jobId)
  ids.closingId = Number(prepared('select max(id) from closing').pluck().get())
  const limits = { proposalsDueOn: '2024-07-20', individualCap: null, collectiveCap: null }
  const { roundId } = done(createRound(home, CAMPAIGN, { kind: 'commendation', name: 'Tổng kết', ...limits }))
  ids.roundId = roundId
  const words = { form: 'province_certificate' as const, achievement: 'Vượt chỉ tiêu.' }
  proposeListed(head, CAMPAIGN, { roundId, kind: 'official', ids: [ids.officialId ?? 0], ...words })
  const outsider = { name: 'Tổ công nghệ khu phố 1', description: 'Tổ công nghệ số cộng đồng', ...words }
  proposeOutside(head, CAMPAIGN, {
    roundId,
    unitId: ids.unitId ?? 0,
    input: {
      kind: 'outside_collective',
      ...outsider,
      sex: null,
      birthYear: null,
      number: null,
      awards: 'none',
      awardsText: null,
    },
  })
  const round = findRound(home, CAMPAIGN, roundId)
  ids.candidateId = (round && listCandidates(home, round, {})[0]?.id) ?? 0
}

/** The addresses of a route in this scene: each id in its places. */
export function addressesOf(path: string): string[] {
  const values: Record<string, readonly (string | number)[]> = {
    ...Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, [id]])),
    unitId: path.endsWith('duoc-giao') ? [ids.departmentId ?? 0] : [ids.unitId ?? 0, root()],
    batchId: [path.startsWith('lo-nhap') ? (ids.rosterId ?? 0) : (ids.batchId ?? 0)],
    code: [PROVINCE, FIRST_COMMUNE],
    campaignId: [CAMPAIGN],
    period: ['tuan-2024-06-07', 'tong-ket'],
    accountId: [staff.desk.accountId],
    chapterId: [1],
    list: ['don-vi', 'dia-ban'],
    part: ['sim_signature'],
    document: ['to-trinh', 'danh-sach-tap-the', 'danh-sach-ca-nhan', 'bien-ban-hop', 'quyet-dinh', 'du-toan'].map(
      name => `${name}.docx`,
    ),
    unitPaper: ['to-trinh', 'bien-ban-hop-xet', 'danh-sach-tap-the', 'danh-sach-ca-nhan'].map(name => `${name}.docx`),
    reviewPaper: ['thong-bao', 'giai-trinh', 'ket-luan', 'giai-quyet'].map(name => `${name}.docx`),
  }
  const parts = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  return parts.reduce<string[]>(
    (all, name) =>
      all.flatMap(address => (values[name] ?? [1]).map(value => address.replace(`:${name}`, String(value)))),
    [path],
  )
}
