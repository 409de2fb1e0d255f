import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { shownValue } from '#app/domain/shown-record.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, makeProvince, NOW, unitNamed } from '#tests/make.ts'
import { emptyCampaign, foundTwo, referencesAcross, rowsOf } from '#tests/two-campaigns.ts'
import { LOGINS } from '../e2e/route-access.ts'
import { type Answer, type Asker, ask, type Ids, namesIn, ROUTES, type Route, sessionOf } from './walk.ts'

/** Ids that are of the whole province, or of a person: their pages show what the session's campaign has there. */
const SHARED = [
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
const OWNED: Record<string, string> = {
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
  pointId: 'select id as pointId from collection_point where campaign_id = ?',
  reconsiderationId: 'select id as reconsiderationId from reconsideration where campaign_id = ?',
  requestId: 'select id as requestId from citizen_request where campaign_id = ?',
  roundId: 'select id as roundId from round where campaign_id = ?',
  scenarioId: `select s.id as scenarioId from scenario s join closing c on c.id = s.closing_id where c.campaign_id = ?`,
  teamId: 'select id as teamId, unit_id as unitId from team where campaign_id = ?',
  tokenId: 'select id as tokenId from api_token where campaign_id = ?',
  wishId: 'select id as wishId from offer_request where campaign_id = ?',
}
/** What nobody made in either campaign of these tests: its routes are tried by no id. */
const WITHOUT_ROWS = ['assignmentId', 'candidateId', 'disputeId', 'exportId', 'reconsiderationId', 'wishId']
/** So many rows of each kind are tried. */
const TRIED = 3

/** Pages that tell of every campaign, each with its reason. */
const OF_EVERY_CAMPAIGN: Record<string, string> = {
  'cong-khai.json': 'the short public addresses show the campaign that began first',
  'cong-khai/dia-ban/:code': 'the short public addresses show the campaign that began first',
  'cong-khai/nhung': 'the short public addresses show the campaign that began first',
  'nhat-ky': 'one log of the whole province, for its auditor',
  'quan-tri': 'the jobs that the account itself started',
}

/** The name in a route's path that says whose it is: the last that a campaign owns. */
const ownerIn = (path: string) => namesIn(path).findLast(name => name in OWNED)

/** Added to the time since the process began: what is kept for a while is over in another province. */
let passed = 0

let two: Awaited<ReturnType<typeof foundTwo>>
let shared: Ids[] = []

const first = (text: string) => prepared<number>(text).pluck().get() ?? 0

/** Ids of the commune whose people most is about, and of the province. */
function sharedIds(second: number): Ids[] {
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

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-12-01T03:00:00Z') })
  two = await foundTwo()
  shared = sharedIds(two.second)
  const elapsed = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => elapsed() + passed)
}, 300_000)
afterAll(() => {
  dropProvince()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it('names for every id in an address whose it is', () => {
  const names = new Set(ROUTES.flatMap(({ path }) => namesIn(path)))
  expect([...names].filter(name => !SHARED.includes(name) && !(name in OWNED))).toEqual([])
  const paths = ROUTES.map(({ path }) => path)
  const empty = Object.keys(OWNED).filter(name => prepared(OWNED[name] ?? '').all(CAMPAIGN).length === 0)
  expect(empty).toEqual(WITHOUT_ROWS)
  expect(Object.keys(OF_EVERY_CAMPAIGN).filter(path => !paths.includes(path))).toEqual([])
})

/** A form with what most ask for; the rows that it chooses are the first campaign's. */
function anyForm(): URLSearchParams {
  const shown = prepared<{ id: number; revision: number }>(
    'select id, revision from help where campaign_id = ? limit 1',
  ).one(CAMPAIGN)
  return new URLSearchParams([
    ['chon', shownValue(shown)],
    ['chon', String(shown.id)],
    ['reason', 'Lý do'],
    ['decision', 'approved'],
    ['decisionReason', 'Lý do'],
    ['answer', 'accepted'],
    ['note', 'Ghi chú'],
  ])
}

/** The ids of what the first campaign owns of a route's kind. */
const ownedIds = (route: Route): Ids[] =>
  prepared<Ids>(`${OWNED[ownerIn(route.path) ?? '']} limit ${TRIED}`)
    .all(CAMPAIGN)
    .map(row => ({ ...shared[0], ...row }))

/** What is not refused of a route with ids of the first campaign, in the accounts' sessions of a campaign. */
async function openedIn(campaignId: number, route: Route, forms: readonly (URLSearchParams | undefined)[]) {
  const opened: string[] = []
  for (const login of LOGINS) {
    const asker = await sessionOf(login, campaignId)
    for (const ids of ownedIds(route))
      for (const form of forms) {
        const answer = await ask(route, asker, ids, form)
        if (answer && isPassed(answer))
          opened.push(`${login} ${route.path}: ${answer.status} ${answer.body.slice(0, 80)}`)
      }
  }
  return opened
}

const isPassed = ({ status, body }: Answer) => status < 400 && !body.startsWith('/dang-nhap')

describe('a session of one campaign', () => {
  it('finds nothing of the other by its ids, and changes nothing there', async () => {
    makeProvince(NOW, two.file)
    const before = rowsOf(CAMPAIGN)
    const form = anyForm()
    const owned = ROUTES.filter(({ path }) => ownerIn(path) !== undefined)
    const opened: string[] = []
    for (const route of owned) opened.push(...(await openedIn(two.second, route, [undefined, form])))
    expect(opened).toEqual([])
    expect(rowsOf(CAMPAIGN)).toEqual(before)
    expect(referencesAcross()).toEqual([])
    // their own sessions open them
    const own: string[] = []
    for (const route of owned) if ((await openedIn(CAMPAIGN, route, [undefined])).length > 0) own.push(route.path)
    expect(own.length).toBeGreaterThan(25)
  }, 900_000)

  it('is answered the same on every page, paper and list, whether or not anything was done in the other', async () => {
    makeProvince(NOW, two.file)
    const full = await everythingSaid()
    makeProvince(NOW, two.file)
    emptyCampaign(CAMPAIGN)
    const empty = await everythingSaid()
    const differing = [...full].filter(([where, { said }]) => empty.get(where)?.said !== said)
    expect([...full.values()].filter(({ said }) => said.startsWith('200')).length).toBeGreaterThan(500)
    expect(
      differing.flatMap(([where, { path, said }]) =>
        path in OF_EVERY_CAMPAIGN ? [] : [`${where}: ${difference(said, empty.get(where)?.said ?? '')}`],
      ),
    ).toEqual([])
  }, 900_000)
})

type Said = Map<string, { path: string; said: string }>

/** What the accounts and another system are answered in the second campaign, without any id that one campaign owns. */
async function everythingSaid(): Promise<Said> {
  passed += 3_600_000
  const said: Said = new Map()
  const note = (asker: Asker, n: number, { path }: Route, answer: Answer | undefined) => {
    if (answer) said.set(`${asker.name} ${n} ${path}`, { path, said: `${answer.status} ${withoutChance(answer.body)}` })
  }
  const routes = ROUTES.filter(({ path }) => ownerIn(path) === undefined)
  const token = { name: 'token', headers: { Authorization: `Bearer ${two.tokens[two.second]}` } }
  for (const asker of [token, ...(await Promise.all(LOGINS.map(login => sessionOf(login, two.second))))])
    for (const route of asker === token ? routes.filter(({ path }) => path.startsWith('api/')) : routes)
      for (const [n, ids] of (namesIn(route.path).length === 0 ? shared.slice(0, 1) : shared).entries())
        note(asker, n, route, await ask(route, asker, ids))
  return said
}

/** An answer without what is drawn for each: the keys of forms, and the sessions' hashes. */
const withoutChance = (body: string) =>
  body.replaceAll(/[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g, '').replaceAll(/"hash":"[\w-]{43}"/g, '')

/** The place where two answers part. */
function difference(one: string, other: string): string {
  const at = [...one].findIndex((letter, n) => letter !== other[n])
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60)
  return `${around(one)} ≠ ${around(other)}`
}
