import routes from '#app/routes.ts'
import { EVERYONE, LOGINS, ROUTE_ACCESS, type RouteAccess } from './route-access.ts'
import { expect, query, sessionCookie, test } from './person.ts'

type Ids = Record<string, string | number>

/** The ids that a row's URL names, out of the synthetic province. */
function idsAt(place: NonNullable<RouteAccess['at']>): Ids {
  const first = (text: string, ...values: unknown[]) => Object.values(query<Ids>(text, ...values)[0] ?? { none: 0 })[0] ?? 0
  const own = first("select official_id from account where login = 'canbo'")
  const ownUnit = first('select unit_id from posting where official_id = ? and to_on is null', own)
  const unitId =
    place === 'in'
      ? ownUnit
      : first('select id from unit where name = ?', place === 'out' ? 'UBND xã Lộc Hiệp' : 'Bộ Chỉ huy Quân sự tỉnh')
  const officialId =
    place === 'in'
      ? own
      : first("select official_id from posting where unit_id = ? and to_on is null and category <> 'member'", unitId)
  return {
    unitId,
    officialId,
    helpId: first('select id from help where official_id = ?', officialId),
    code: place === 'in' ? first('select locality_code from unit where id = ?', ownUnit) : '70',
    accountId: first("select id from account where login = 'daumoi'"),
    campaignId: 1,
    chapterId: first('select id from chapter where unit_id = ?', ownUnit),
    fileId: first('select id from stored_file where unit_id = ?', unitId),
    exemptionId: first(
      'select e.id from exemption e join posting p on p.official_id = e.official_id where p.unit_id = ? and p.to_on is null',
      unitId,
    ),
    grantId: 1,
    jobId: 1,
    batchId: 0,
    part: 'phone_4g',
  }
}

const urlOf = ({ route, at = 'in' }: RouteAccess, ids: Record<string, Ids>) =>
  `/${route.replace('*', 'khong-co').replaceAll(/:(\w+)/g, (_, name: string) => String(ids[at]?.[name]))}`

function expectedStatus(row: RouteAccess, login: string): number {
  if (row.opens?.split(' ').includes(login)) return 200
  if (row.sent?.split(' ').includes(login)) return 302
  return row.forbidden?.split(' ').includes(login) ? 403 : 404
}

test('every route is listed with who may open it', () => {
  const known = new Set(ROUTE_ACCESS.map(row => row.route))
  const paths = routes.map(route => ('path' in route ? (route.path ?? '') : ''))
  expect(paths.filter(path => !known.has(path))).toEqual([])
})

test.describe('who may open a route', () => {
  for (const login of ['nobody', ...LOGINS])
    test(login, async ({ playwright, baseURL }) => {
      test.setTimeout(180_000)
      const ids = { in: idsAt('in'), out: idsAt('out'), mil: idsAt('mil') }
      const cookie = login === 'nobody' ? undefined : sessionCookie(login)
      const headers = cookie ? { Cookie: `${cookie.name}=${cookie.value}` } : undefined
      const client = await playwright.request.newContext({ baseURL, extraHTTPHeaders: headers })
      const wrong: string[] = []
      for (const row of ROUTE_ACCESS) {
        const url = urlOf(row, ids)
        if (row.posts) continue
        const response = await client.get(url, { maxRedirects: 0 })
        const ought = login === 'nobody' ? (row.nobody ?? 302) : expectedStatus(row, login)
        if (response.status() !== ought) wrong.push(`GET ${url} (${row.route} ${row.at ?? ''}): ${response.status()}, not ${ought}`)
      }
      await client.dispose()
      expect(wrong).toEqual([])
    })
})

test('what belongs to another campaign is not found', async ({ playwright, baseURL }) => {
  const { helpId, officialId } = idsAt('in')
  query(
    `insert or ignore into campaign (id, code, name, issuer, issued_on, created_at)
     values (99, '1/KH-THU', 'Đợt thử', 'UBND tỉnh', '2024-01-01', 0)`,
  )
  query(
    `insert into regulation (campaign_id, version, parameters, document_number, decided_on, created_at)
     select 99, 1, parameters, '1', '2024-01-01', 0 from regulation where campaign_id = 1 and version = 1
        and not exists (select 1 from regulation where campaign_id = 99)`,
  )
  const { name, value } = sessionCookie('canbo', 99)
  const client = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { Cookie: `${name}=${value}` } })
  for (const path of [`/ho-tro/${helpId}`, `/ho-tro/${helpId}/sua`]) expect((await client.get(path)).status(), path).toBe(404)
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
    const ids = { in: idsAt('in'), out: idsAt('out'), mil: idsAt('mil') }
    const { name, value } = sessionCookie('kiemtoan')
    const client = await playwright.request.newContext({
      baseURL,
      extraHTTPHeaders: { Cookie: `${name}=${value}`, Origin: baseURL ?? '' },
    })
    const wrong: string[] = []
    const own = ['dang-xuat', 'dang-nhap', 'kich-hoat', 'dot', 'ngay-mau', 'tai-khoan/mat-khau', 'tai-khoan/phien']
    for (const row of ROUTE_ACCESS.filter(({ route }) => !own.includes(route))) {
      if (row.opens === EVERYONE && !row.posts) continue
      const url = urlOf(row, ids)
      const response = await client.post(url, { form: {}, maxRedirects: 0 })
      if (![400, 403, 404, 405].includes(response.status())) wrong.push(`POST ${url}: ${response.status()}`)
    }
    await client.dispose()
    expect(wrong).toEqual([])
  })
})
