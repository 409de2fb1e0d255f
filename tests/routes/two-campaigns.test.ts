import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { shownValue } from '#app/domain/shown-record.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, makeProvince, NOW } from '#tests/make.ts'
import { emptyCampaign, foundTwo, referencesAcross, rowsOf } from '#tests/two-campaigns.ts'
import { LOGINS } from '../e2e/route-access.ts'
import { OWNED, ownerIn, SHARED, sharedIds } from './owned.ts'
import { type Answer, type Asker, ask, type Ids, namesIn, ROUTES, type Route, sessionOf } from './walk.ts'

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

/** Added to the time since the process began: what is kept for a while is over in another province. */
let passed = 0

let two: Awaited<ReturnType<typeof foundTwo>>
let shared: Ids[] = []

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
