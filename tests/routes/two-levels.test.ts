import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { HELP_COLUMNS, type HelpColumn } from '#app/domain/help-import.ts'
import { computeClosing } from '#app/jobs/closing.server.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { createCampaign, findAnnex } from '#app/queries/campaign.server.ts'
import { listCandidates } from '#app/queries/candidate.server.ts'
import { proposeListed, proposeOutside } from '#app/queries/candidate-step.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { startClosing } from '#app/queries/closing.server.ts'
import { addPoint } from '#app/queries/collection.server.ts'
import { raiseDifficulty } from '#app/queries/difficulty.server.ts'
import { uploadHelp } from '#app/queries/help-batch.server.ts'
import { uploadRoster } from '#app/queries/import-batch.server.ts'
import { indicatorsOf } from '#app/queries/indicator.server.ts'
import { recordFigures } from '#app/queries/indicator-figure.server.ts'
import { orderInspection } from '#app/queries/inspection-draw.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { rulesOf } from '#app/queries/judging/index.server.ts'
import { findLocality, hasDistricts, listAreas, listCommunes } from '#app/queries/locality.server.ts'
import { logOutreach } from '#app/queries/outreach.server.ts'
import { publishDay } from '#app/queries/publication.server.ts'
import { draftReport, signReport } from '#app/queries/report-signing.server.ts'
import { createRound, findRound } from '#app/queries/round.server.ts'
import { findSharing, listReceivedShares, shareTarget } from '#app/queries/target-sharing.server.ts'
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
  dropProvince,
  grantTo,
  makeOfficial,
  makeTwoLevelProvince,
  meetObligations,
  recordMany,
  system,
  unitNamed,
} from '#tests/make.ts'
import { renderedSite, textOf } from '#tests/rendered.ts'
import { FIRST_COMMUNE, PROVINCE } from '#tests/two-levels.ts'

const COMMUNE = 'UBND phường Trấn Biên'
const TODAY = '2024-06-12'
const OTHER_CAMPAIGN = { code: '45/KH-UBND', name: 'Đợt hai', issuer: 'UBND tỉnh Đồng Nai', issuedOn: '2024-06-01' }

type Staff = Record<'office' | 'home' | 'telecom' | 'leader' | 'admin' | 'auditor' | 'head' | 'desk' | 'own', Person>
let staff: Staff
const ids: Record<string, number> = {}
let site: Awaited<ReturnType<typeof renderedSite>>

async function doJobs() {
  for (let job = takeJob(); job; job = takeJob()) await runJob(job)
}

const root = () => unitNamed('Tỉnh Đồng Nai').id
const bytesOf = (lines: readonly (readonly string[])[]) =>
  new TextEncoder().encode(lines.map(cells => cells.join('\t')).join('\n'))

/** People, records, figures, shares, reports, points, teams, lists with problems, an inspection and a round. */
async function makeScene() {
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
  const columns = HELP_COLUMNS.filter(column => column !== 'district')
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
async function closeAndPropose() {
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

beforeAll(async () => {
  makeTwoLevelProvince()
  site = await renderedSite()
  await makeScene()
})
afterAll(dropProvince)

describe('a province without districts', () => {
  it('lists its communes in its own name, and areas without districts', () => {
    expect(hasDistricts(TODAY)).toBe(false)
    expect(listCommunes(TODAY).map(({ district, communes }) => [district, communes.length])).toEqual([
      ['tỉnh Đồng Nai', 6],
    ])
    expect(listAreas(TODAY).map(({ label, options }) => [label, options.length])).toEqual([
      ['Cả tỉnh', 1],
      ['tỉnh Đồng Nai', 6],
    ])
  })

  it('has its annex by commune, of which the sum is the province’s', () => {
    const { rows, sums } = findAnnex(CAMPAIGN)
    expect(rows.map(row => row.name)).toEqual([
      'phường Trấn Biên',
      'phường Tam Hiệp',
      'phường Long Bình',
      'xã Trị An',
      'xã Phú Lâm',
      'xã Xuân Lộc',
    ])
    expect(sums.eid_activated?.total).toBe(900 + 901 + 902 + 903 + 904 + 905)
    const places = [PROVINCE, FIRST_COMMUNE].flatMap(code => findLocality(code, TODAY) ?? [])
    const targets = indicatorsOf(CAMPAIGN, places, { ...rulesOf(CAMPAIGN), today: TODAY }).map(
      ({ indicators }) => indicators.find(({ indicator }) => indicator === 'eid_activated')?.total,
    )
    expect(targets).toEqual([5415, 900])
  })

  it('has associations whose chapters in communes lie below that of the province', () => {
    const names = prepared<string>(
      `select c.name from chapter c join chapter top on top.id = c.parent_id and top.parent_id is null
        where c.association = 'union' and c.name like '%phường%' order by c.id`,
    )
      .pluck()
      .all()
    expect(names).toEqual(['Công đoàn phường Trấn Biên', 'Công đoàn phường Tam Hiệp', 'Công đoàn phường Long Bình'])
  })

  it('hands its communes other targets, which are the annex from then on; a commune hands its own down', () => {
    const share = (actor: Person, unitId: number, totals: readonly number[]) => {
      const rows = findSharing(actor, CAMPAIGN, unitId, 'phone_4g')?.rows ?? []
      return shareTarget(actor, CAMPAIGN, {
        unitId,
        indicator: 'phone_4g',
        documentNumber: '45/QĐ-UBND',
        basis: '',
        shares: new Map(rows.map(({ id }, n) => [id, totals[n] ?? 0])),
      })
    }
    const sharing = findSharing(staff.office, CAMPAIGN, root(), 'phone_4g')
    expect(sharing).toMatchObject({ total: 375, daily: 6, isOpen: false })
    expect(sharing?.rows.map(({ name, share: has }) => [name, has])).toEqual([
      ['UBND phường Long Bình', 62],
      ['UBND phường Tam Hiệp', 61],
      ['UBND phường Trấn Biên', 60],
      ['UBND xã Phú Lâm', 64],
      ['UBND xã Trị An', 63],
      ['UBND xã Xuân Lộc', 65],
    ])
    expect(share(staff.office, root(), [62, 61, 60, 64, 63, 65])).toEqual({ ok: false, problem: 'sharing_unchanged' })
    expect(share(staff.office, root(), [62, 61, 100, 64, 63, 26])).toEqual({
      ok: false,
      problem: 'sharing_does_not_add_up',
    })
    expect(share(staff.office, root(), [62, 61, 100, 64, 63, 25])).toEqual({ ok: true })
    const { rows, sums } = findAnnex(CAMPAIGN)
    expect(rows.map(row => row.figures.phone_4g?.total)).toEqual([100, 61, 62, 63, 64, 25])
    expect(sums.phone_4g?.total).toBe(375)
    const places = [FIRST_COMMUNE].flatMap(code => findLocality(code, TODAY) ?? [])
    expect(
      indicatorsOf(CAMPAIGN, places, { ...rulesOf(CAMPAIGN), today: TODAY })[0]?.indicators.find(
        ({ indicator }) => indicator === 'phone_4g',
      ),
    ).toMatchObject({ total: 100, daily: 2 })
    expect(share(staff.head, ids.unitId ?? 0, [70, 30])).toEqual({ ok: true })
    expect(listReceivedShares(staff.head, CAMPAIGN, ids.departmentId ?? 0)).toMatchObject([{ total: 70 }])
    expect(listReceivedShares(staff.head, CAMPAIGN, ids.unitId ?? 0)).toMatchObject([{ total: 100 }])
  })
})

/** The addresses of a route in this scene: each id in its places. */
function addressesOf(path: string): string[] {
  const values: Record<string, readonly (string | number)[]> = {
    ...Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, [id]])),
    unitId: path.endsWith('duoc-giao') ? [ids.departmentId ?? 0] : [ids.unitId ?? 0, root()],
    batchId: [path.startsWith('lo-nhap') ? (ids.rosterId ?? 0) : (ids.batchId ?? 0)],
    code: [PROVINCE, FIRST_COMMUNE],
    campaignId: [CAMPAIGN],
    period: ['tuan-2024-06-07', 'tong-ket'],
    accountId: [staff.desk.accountId],
    chapterId: [1],
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

/** Pages and papers that the close changes. */
const JUDGED = /^danh-gia|^ket-thuc|^khen-thuong|^xem-xet|ket-qua/

/** Opens every address of some routes as somebody who may, and returns where districts are named and what was opened. */
async function readSite(paths: readonly string[]) {
  const opened = new Set<string>()
  const named = new Set<string>()
  let readers = [null, ...Object.values(staff)]
  for (const path of paths)
    for (const address of addressesOf(path))
      for (const person of readers) {
        const answer = await site.open(address, person?.accountId ?? null, CAMPAIGN)
        if (answer.status !== 200) continue
        opened.add(path)
        // who may open this page probably may open the next one
        readers = [person, ...readers.filter(one => one !== person)]
        const text = (await textOf(answer)).normalize('NFC')
        for (const [found] of text.matchAll(/.{0,60}huyện.{0,40}/gi)) named.add(`${address}: ${found}`)
        break
      }
  return { opened, named: [...named] }
}

/** Pages and papers in which a district had a part. */
const MUST_OPEN = [
  'cong-khai',
  'cong-khai/dia-ban/:code',
  'cong-khai/nhung',
  'dia-ban/:code',
  'dia-ban/:code.xlsx',
  'dia-ban/:code/phu-luc',
  'doi-chieu/moi',
  'doi-chieu/tra-cuu',
  'don-vi/:unitId/bao-cao',
  'don-vi/:unitId/bao-cao/:period.docx',
  'don-vi/:unitId/chi-tieu/duoc-giao',
  'don-vi/:unitId/giao-chi-tieu',
  'don-vi/:unitId/ket-qua.docx',
  'don-vi/:unitId/phan-cong/nhap/:batchId',
  'don-vi/:unitId/truong-hop/nhap/:helpBatchId',
  'khen-thuong/:roundId/ho-so/:candidateId',
  'khen-thuong/:roundId/van-ban/:document',
  'kiem-tra/:inspectionId',
  'kiem-tra/moi',
  'lo-nhap/:batchId',
  'mau-truong-hop.xlsx',
  'quan-tri',
  'quan-tri/don-vi/:unitId/them',
  'quan-tri/dot/:campaignId/chi-tieu',
]

describe('its pages and papers', () => {
  it('speak of no district, in the campaign and after its close', { timeout: 300_000 }, async () => {
    const paths = site.paths.filter(one => !/^\*|kieu-mau/.test(one))
    const during = await readSite(paths)
    await closeAndPropose()
    const after = await readSite(paths.filter(path => !during.opened.has(path) || JUDGED.test(path)))
    expect([...during.named, ...after.named]).toEqual([])
    expect(MUST_OPEN.filter(path => !during.opened.has(path) && !after.opened.has(path))).toEqual([])
  })

  it('has a public page of each commune', async () => {
    publishDay(system, CAMPAIGN)
    const page = await site.open(`cong-khai/dia-ban/${FIRST_COMMUNE}`, null, CAMPAIGN)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Phường Trấn Biên')
    const whole = await (await site.open('cong-khai', null, CAMPAIGN)).text()
    expect(whole).toContain(`href="/cong-khai/dia-ban/${FIRST_COMMUNE}"`)
    expect(whole).not.toContain('tile-map')
    expect(whole).toContain('Theo xã, phường')
  })
})

describe('another campaign of it', () => {
  it('hands down what the annex has no row for: the parts are its total', () => {
    const campaignId = done(
      createCampaign(system, {
        ...OTHER_CAMPAIGN,
        parameters: rulesOf(CAMPAIGN).regulation,
        annexOf: null,
        indicators: INDICATORS,
      }),
    ).campaignId
    const handDown = (total: number) =>
      shareTarget(staff.office, campaignId, {
        unitId: root(),
        indicator: 'phone_4g',
        documentNumber: '45/QĐ-UBND',
        basis: '',
        shares: new Map([[ids.unitId ?? 0, total]]),
      })
    expect(findSharing(staff.office, campaignId, root(), 'phone_4g')).toMatchObject({ total: null, isOpen: true })
    expect(handDown(0)).toEqual({ ok: false, problem: 'sharing_without_total' })
    expect(handDown(91)).toEqual({ ok: true })
    expect(findSharing(staff.office, campaignId, root(), 'phone_4g')).toMatchObject({ total: 91, daily: 2 })
    expect(findAnnex(campaignId).sums.phone_4g).toEqual({ total: 91, daily: 2 })
  })
})
