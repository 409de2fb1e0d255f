import type { PlaywrightWorkerArgs } from '@playwright/test'
import routes from '#app/routes.ts'
import { brokenLettersOf } from './letters.ts'
import { expect, idsAt, idsOfAll, query, sessionCookie, test, urlOf } from './person.ts'
import { EVERYONE, expectedStatus, LOGINS, ROUTE_ACCESS } from './route-access.ts'

test('every route is listed with who may open it', () => {
  const known = new Set(ROUTE_ACCESS.map(row => row.route))
  const paths = routes.map(route => ('path' in route ? (route.path ?? '') : ''))
  expect(paths.filter(path => !known.has(path))).toEqual([])
})

const statusBeforeEnd = (row: (typeof ROUTE_ACCESS)[number], login: string) =>
  expectedStatus(row.afterEnd ? { ...row, opens: undefined } : row, login)

test.describe('who may open a route', () => {
  for (const login of ['nobody', ...LOGINS])
    test(login, async ({ playwright, baseURL }) => {
      test.setTimeout(180_000)
      const ids = idsOfAll()
      const cookie = login === 'nobody' ? undefined : sessionCookie(login)
      const headers = cookie ? { Cookie: `${cookie.name}=${cookie.value}` } : undefined
      const client = await playwright.request.newContext({ baseURL, extraHTTPHeaders: headers })
      const wrong: string[] = []
      const broken: string[] = []
      for (const row of ROUTE_ACCESS.filter(({ posts }) => !posts)) {
        const url = urlOf(row, ids)
        const response = await client.get(url, { maxRedirects: 0 })
        const ought = statusBeforeEnd(row, login)
        if (response.status() !== ought)
          wrong.push(`GET ${url} (${row.route} ${row.at ?? ''}): ${response.status()}, not ${ought}`)
        const letters = await brokenLettersOf(await response.body(), response.headers()['content-type'] ?? '')
        broken.push(...letters.map(problem => `${url}: ${problem}`))
      }
      await client.dispose()
      expect(wrong).toEqual([])
      expect(broken).toEqual([])
    })
})

/** Another campaign beside plan 128, made in the app by the campaign office; its id. */
async function makeCampaign(playwright: PlaywrightWorkerArgs['playwright'], baseURL: string): Promise<number> {
  const { name, value } = sessionCookie('congan')
  const client = await playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: { Cookie: `${name}=${value}`, Origin: baseURL },
  })
  const response = await client.post('/quan-tri/dot/moi', {
    form: {
      code: '1/KH-THU',
      issuedOn: '2024-05-02',
      name: 'Đợt thử',
      issuer: 'UBND tỉnh Bình Phước',
      startsOn: '2025-01-01',
      endsOn: '2025-03-31',
      finalReportOn: '2025-04-10',
      quota: '5',
      copyOf: '1',
      copiesAnnex: 'on',
    },
  })
  expect(response.ok()).toBe(true)
  await client.dispose()
  return query<{ id: number }>("select id from campaign where code = '1/KH-THU'")[0]?.id ?? 0
}

test('what belongs to another campaign is not found', async ({ playwright, baseURL }) => {
  const { helpId, officialId } = idsAt('in')
  const other = await makeCampaign(playwright, baseURL ?? '')
  const { name, value } = sessionCookie('canbo', other)
  const client = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { Cookie: `${name}=${value}` } })
  for (const path of [`/ho-tro/${helpId}`, `/ho-tro/${helpId}/sua`])
    expect((await client.get(path)).status(), path).toBe(404)
  const own = await client.get(`/can-bo/${officialId}`)
  expect(await own.text()).toContain('1/KH-THU')
  await client.dispose()
})

test.describe('a write is refused', () => {
  test('from a page of somebody else', async ({ playwright, baseURL }) => {
    const { name, value } = sessionCookie('canbo')
    const client = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { Cookie: `${name}=${value}` } })
    for (const origin of ['https://example.org', 'null', undefined]) {
      const response = await client.post('/ho-tro/moi', { headers: origin ? { Origin: origin } : {}, form: { a: 'b' } })
      expect(response.status()).toBe(403)
    }
    await client.dispose()
  })

  test('to whoever may not do it', async ({ playwright, baseURL }) => {
    test.setTimeout(180_000)
    const ids = idsOfAll()
    const { name, value } = sessionCookie('kiemtoan')
    const client = await playwright.request.newContext({
      baseURL,
      extraHTTPHeaders: { Cookie: `${name}=${value}`, Origin: baseURL ?? '' },
    })
    const wrong: string[] = []
    const own = [
      'dang-xuat',
      'dang-nhap',
      'kich-hoat',
      'dot',
      'ngay-mau',
      'tai-khoan/mat-khau',
      'tai-khoan/phien',
      'dang-nhap/pin',
      'dang-nhap/xac-thuc',
      'dang-nhap/cai-dat',
      'dang-nhap/doi-nguoi',
      'tai-khoan/may/bo',
    ]
    for (const row of ROUTE_ACCESS.filter(({ route }) => !own.includes(route))) {
      if (row.opens === EVERYONE && !row.posts) continue
      const url = urlOf(row, ids)
      const response = await client.post(url, { form: {}, maxRedirects: 0 })
      if (![400, 401, 403, 404, 405].includes(response.status())) wrong.push(`POST ${url}: ${response.status()}`)
    }
    await client.dispose()
    expect(wrong).toEqual([])
  })
})
