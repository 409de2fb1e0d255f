import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { shownValue } from '#app/domain/shown-record.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, makeProvince, NOW, unitNamed } from '#tests/make.ts'
import { campaignTables, emptyCampaign, foundTwo, referencesAcross, rowsOf } from '#tests/two-campaigns.ts'
import { LOGINS } from '../e2e/route-access.ts'
import { type Asker, ask, type Ids, namesIn, ROUTES, sessionOf } from './walk.ts'

/** Ids that are of the whole province, or of a person: their pages show what the session's campaign has there. */
const SHARED = [
  'unitId',
  'officialId',
  'accountId',
  'chapterId',
  'code',
  'layoutId',
  'basisId',
  'grantId',
  'correctionId',
  'transferId',
  'jobId',
  'part',
  'period',
  'step',
  'document',
  'campaign',
  'campaignId',
]

/** Where the ids of what one campaign owns are found: rows of all the names that addresses put together. */
const OWNED: Record<string, string> = {
  helpId:
    "select id as helpId from help where campaign_id = ? and official_id = (select official_id from account where login = 'canbo') limit 2",
  inspectionId: `select p.inspection_id as inspectionId, p.help_id as helpId from inspection_pick p
      join inspection i on i.id = p.inspection_id where i.campaign_id = ? group by p.inspection_id limit 3`,
  disputeId: 'select d.id as disputeId, d.unit_id as unitId from dispute d where d.campaign_id = ? limit 3',
  reconsiderationId: 'select id as reconsiderationId from reconsideration where campaign_id = ? limit 2',
  assignmentId: 'select id as assignmentId from assignment where campaign_id = ? and official_id is not null limit 3',
  batchId:
    "select id as batchId, unit_id as unitId from import_batch where campaign_id = ? and kind = 'worklist' limit 2",
  helpBatchId:
    "select id as helpBatchId, unit_id as unitId from import_batch where campaign_id = ? and kind = 'help' limit 2",
  teamId: 'select id as teamId, unit_id as unitId from team where campaign_id = ? limit 2',
  exportId:
    'select t.id as exportId, t.team_id as teamId, m.unit_id as unitId from timesheet_export t join team m on m.id = t.team_id where t.campaign_id = ? limit 1',
  exemptionId: `select e.id as exemptionId, p.unit_id as unitId from exemption e join posting p on p.official_id = e.official_id
      where e.campaign_id = ? and p.to_on is null limit 2`,
  fileId: 'select id as fileId from stored_file where campaign_id = ? limit 3',
  outreachId: 'select id as outreachId from outreach where campaign_id = ? limit 2',
  pointId: 'select id as pointId from collection_point where campaign_id = ? limit 2',
  offerId: 'select id as offerId from offer where campaign_id = ? limit 2',
  wishId: 'select id as wishId from offer_request where campaign_id = ? limit 2',
  difficultyId: 'select id as difficultyId from difficulty where campaign_id = ? limit 3',
  extractId: 'select id as extractId from extract where campaign_id = ? limit 3',
  closingId: 'select id as closingId from closing where campaign_id = ? limit 2',
  scenarioId:
    'select s.id as scenarioId from scenario s join closing c on c.id = s.closing_id where c.campaign_id = ? limit 1',
  caseId: 'select id as caseId from review_case where campaign_id = ? limit 2',
  gateId: 'select id as gateId from gate where campaign_id = ? limit 2',
  roundId: 'select id as roundId from round where campaign_id = ? limit 2',
  candidateId:
    'select c.id as candidateId, c.round_id as roundId from candidate c join round r on r.id = c.round_id where r.campaign_id = ? limit 2',
  requestId: 'select id as requestId from citizen_request where campaign_id = ? limit 2',
  tokenId: 'select id as tokenId from api_token where campaign_id = ? limit 1',
}

/** The name in a route's path that says whose it is: the last that a campaign owns. */
const ownerIn = (path: string) => namesIn(path).findLast(name => name in OWNED)

let two: Awaited<ReturnType<typeof foundTwo>>
let shared: Ids[] = []

const first = (text: string) => prepared<number>(text).pluck().get() ?? 0

function sharedIds(): Ids[] {
  const officialId = first("select official_id from account where login = 'canbo'")
  const commune = unitNamed('UBND xã Tân Thành')
  const base = {
    officialId,
    accountId: first("select id from account where login = 'daumoi'"),
    chapterId: first('select id from chapter where unit_id is not null'),
    layoutId: 0,
    basisId: first('select id from legal_basis'),
    grantId: 1,
    correctionId: 0,
    transferId: first('select id from transfer'),
    jobId: 1,
    part: 'phone_4g',
    period: 'tuan-2024-06-07',
    step: 'y-kien',
    document: 'danh-sach.xlsx',
    campaign: '250-kh-ubnd',
    campaignId: two.second,
  }
  return [
    { ...base, unitId: commune.id, code: commune.localityCode ?? '' },
    { ...base, unitId: unitNamed('Tỉnh Bình Phước').id, code: '70', period: 'tong-ket' },
  ]
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-12-01T03:00:00Z') })
  // what is kept for a while is kept for nobody here
  let at = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (at += 60_000))
  const fs = await import('node:fs')
  if (fs.existsSync('/tmp/dev/two.json')) {
    two = JSON.parse(fs.readFileSync('/tmp/dev/two.json', 'utf8'))
    makeProvince(NOW, two.file)
  } else {
    two = await foundTwo()
    fs.copyFileSync(two.file, '/tmp/dev/two.sqlite')
    fs.writeFileSync('/tmp/dev/two.json', JSON.stringify({ ...two, file: '/tmp/dev/two.sqlite' }))
  }
  shared = sharedIds()
}, 900_000)
afterAll(() => {
  dropProvince()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** What answers by chance or by the clock of the machine, or tells of the whole province by design. */
const OF_PROVINCE: Record<string, string> = {
  'nhat-ky': 'one log of everything, for the auditor of the province',
}

it('names for every id in an address whose it is', () => {
  const names = new Set(ROUTES.flatMap(({ path }) => namesIn(path)))
  expect([...names].filter(name => !SHARED.includes(name) && !(name in OWNED))).toEqual([])
})

describe('a session of one campaign', () => {
  it('finds nothing of the other by its ids, and changes nothing', async () => {
    makeProvince(NOW, two.file)
    const opened: string[] = []
    const unopened: string[] = []
    const before = rowsOf(CAMPAIGN)
    const revision = prepared<{ id: number; revision: number }>(
      'select id, revision from help where campaign_id = ? limit 1',
    ).one(CAMPAIGN)
    for (const route of ROUTES) {
      const owner = ownerIn(route.path)
      if (owner === undefined) continue
      const rows = prepared<Ids>(OWNED[owner] ?? '').all(CAMPAIGN)
      let isOpen = false
      for (const login of LOGINS) {
        const here = await sessionOf(login, two.second)
        for (const ids of rows) {
          const all = { ...shared[0], ...ids }
          const answer = await ask(route, here, all)
          if (answer && ![403, 404, 405].includes(answer.status))
            opened.push(`${login} ${route.path}: ${answer.status}`)
          const body = new URLSearchParams({
            chon: shownValue(revision),
            reason: 'x',
            note: 'x',
            answer: 'accepted',
            decision: 'approved',
            decisionReason: 'x',
          })
          await ask(route, here, all, body)
          if (!isOpen)
            isOpen = [200, 302].includes((await ask(route, await sessionOf(login, CAMPAIGN), all))?.status ?? 200)
        }
      }
      if (!isOpen) unopened.push(`${route.path} ${rows.length}`)
    }
    console.log('UNOPENED', unopened)
    console.log('OPENED', opened)
    const after = rowsOf(CAMPAIGN)
    console.log(
      'CHANGED',
      Object.keys(before).filter(table => before[table] !== after[table]),
    )
    console.log('ACROSS', referencesAcross())
  }, 900_000)

  it('shows the same on every page, paper and list, whether or not anything was done in the other', async () => {
    const walk = async () => {
      const said = new Map<string, string>()
      for (const login of LOGINS) {
        const asker = await sessionOf(login, two.second)
        for (const route of ROUTES) {
          if (ownerIn(route.path) !== undefined) continue
          const names = namesIn(route.path)
          for (const [n, ids] of (names.length === 0 ? shared.slice(0, 1) : shared).entries()) {
            const answer = await ask(route, asker, ids)
            if (answer) said.set(`${login} ${n} ${route.path}`, `${answer.status} ${answer.body}`)
          }
        }
      }
      const token: Asker = { name: 'token', headers: { Authorization: `Bearer ${two.tokens[two.second]}` } }
      for (const route of ROUTES.filter(({ path }) => path.startsWith('api/'))) {
        const answer = await ask(route, token, shared[0] ?? {})
        if (answer) said.set(`token ${route.path}`, `${answer.status} ${answer.body}`)
      }
      return said
    }
    makeProvince(NOW, two.file)
    const t = Date.now()
    const full = await walk()
    makeProvince(NOW, two.file)
    emptyCampaign(CAMPAIGN)
    const empty = await walk()
    const differing = [...full].filter(([where, said]) => empty.get(where) !== said)
    const statuses = new Map<string, number>()
    for (const said of full.values()) statuses.set(said.slice(0, 3), (statuses.get(said.slice(0, 3)) ?? 0) + 1)
    console.log('STATUS', [...statuses], t)
    for (const [where, said] of differing) {
      const other = empty.get(where) ?? ''
      let n = 0
      while (n < said.length && said[n] === other[n]) n++
      console.log(
        'DIFF',
        where,
        n,
        '\n   ',
        said.slice(Math.max(0, n - 60), n + 120),
        '\n   ',
        other.slice(Math.max(0, n - 60), n + 120),
      )
    }
  }, 900_000)
})
