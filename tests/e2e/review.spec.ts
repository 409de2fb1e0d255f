import {
  contextOf,
  expect,
  expectWell,
  idsOfAll,
  passTheEnd,
  query,
  sessionCookie,
  test,
  urlOf,
  watch,
} from './person.ts'
import { expectedStatus, LOGINS, ROUTE_ACCESS } from './route-access.ts'

/** Routes of what is there only from the day after the last day on: cases of due process. */
const ROWS = ROUTE_ACCESS.filter(row => row.afterEnd)
/** Of these, pages to look at; the others are papers to take along. */
const PAGES = ROWS.filter(({ route }) => !route.endsWith(':reviewPaper'))

test.beforeEach(async ({ browser }) => {
  const context = await contextOf(browser, 'lanhdao')
  await passTheEnd(await context.newPage())
  await context.close()
})

test('the demo has cases at every step once its date has passed the end, each by a notice after it', () => {
  const last = query<{ kind: string }>(
    `select (select kind from review_step s where s.case_id = c.id order by s.id desc limit 1) as kind from review_case c`,
  )
  expect([...new Set(last.map(({ kind }) => kind))].sort()).toEqual(
    expect.arrayContaining(['appeal', 'explanation', 'explanation_decision', 'notice']),
  )
  const early = query("select id from review_step where taken_on < '2024-07-04'")
  expect(early).toEqual([])
})

test('who may open a case', async ({ playwright, baseURL }) => {
  const ids = idsOfAll()
  const wrong: string[] = []
  for (const login of ['nobody', ...LOGINS]) {
    const cookie = login === 'nobody' ? undefined : sessionCookie(login)
    const headers = cookie ? { Cookie: `${cookie.name}=${cookie.value}` } : undefined
    const client = await playwright.request.newContext({ baseURL, extraHTTPHeaders: headers })
    for (const row of ROWS) {
      const url = urlOf(row, ids)
      const status = (await client.get(url, { maxRedirects: 0 })).status()
      const ought = expectedStatus(row, login)
      if (status !== ought) wrong.push(`GET ${url} by ${login}: ${status}, not ${ought}`)
    }
    await client.dispose()
  }
  expect(ROWS.length).toBeGreaterThan(1)
  expect(wrong).toEqual([])
})

test('the pages of a case are sound, narrow and wide', async ({ browser }) => {
  const ids = idsOfAll()
  const context = await contextOf(browser, 'thutruong')
  const page = watch(await context.newPage())
  for (const row of PAGES) {
    await page.goto(urlOf(row, ids), { waitUntil: 'load' })
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await expectWell(page)
    }
  }
  await context.close()
})
