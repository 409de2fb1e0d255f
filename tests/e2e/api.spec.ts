import { createHash } from 'node:crypto'
import type { APIRequestContext, APIResponse } from '@playwright/test'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { contextOf, expect, expectWell, query, test, watch } from './person.ts'

/** Puts a token beside the running server, as if it had been issued; its text. */
function tokenAt(unitName: string, scopes: readonly string[]): string {
  const token = `4phu_${createHash('sha256').update(`${unitName}${scopes}${Math.random()}`).digest('base64url')}`
  query(
    `insert into api_token (campaign_id, name, token_hash, scopes, unit_id, created_at, created_by, expires_at)
      select 1, 'thử', ?, ?, u.id, ?, a.id, ? from unit u, account a where u.name = ? and a.login = 'congan' order by u.id limit 1`,
    createHash('sha256').update(token).digest('hex'),
    JSON.stringify(scopes),
    Date.now(),
    Date.now() + 86_400_000,
    unitName,
  )
  return token
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
const ALL_SCOPES = ['read', 'figures', 'extracts']
const ROOT = 'Tỉnh Bình Phước'

type Operation = {
  operationId: string
  parameters: { name: string; in: string }[]
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } }

/** What each operation is called with: every operation of the document must have a line here. */
const CALLS: Record<
  string,
  { path?: Record<string, string>; query?: string; json?: object; form?: () => Record<string, string | object> }
> = {
  openapi: {},
  published: {},
  units: { query: 'limit=200' },
  targets: {},
  indicators: { query: 'limit=200&indicator=eid_activated' },
  recordFigures: {
    json: {
      asOfOn: '2024-06-11',
      source: 'Hệ thống thử',
      reason: 'Thử giao diện',
      figures: [{ localityCode: '689', indicator: 'eid_activated', value: 20_000 }],
    },
  },
  unitTallies: { query: 'limit=200' },
  localityTallies: { query: 'limit=200' },
  dayTallies: { query: 'localityCode=689&limit=200' },
  reports: { query: 'limit=200' },
  assessments: { query: 'limit=200' },
  uploadExtract: {
    form: () => ({
      source: 'police',
      asOfOn: '2024-06-10',
      file: {
        name: 'trich-xuat.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('Số định danh,Ngày kích hoạt\n070090000001,04/4/2024\n'),
      },
    }),
  },
  extract: { path: { extractId: '1' } },
}

function call(client: APIRequestContext, method: string, path: string, { operationId }: Operation, token: string) {
  const { path: names = {}, query: text, json, form } = CALLS[operationId] ?? {}
  const url = `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '')}${text ? `?${text}` : ''}`
  return client.fetch(url, {
    method,
    headers: bearer(token),
    data: json,
    multipart: form?.() as never,
  })
}

async function readDocument(client: APIRequestContext): Promise<Document> {
  return (await (await client.get('/api/v1/openapi.json')).json()) as Document
}

function validatorOf(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats(ajv)
  ajv.addSchema({ $id: 'document', components: document.components })
  return (schema: object, answer: unknown): string[] => {
    const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')))
    check(answer)
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

test('every operation of the document answers by its own schema', async ({ request }) => {
  await expect.poll(() => query('select 1 from publication').length, { timeout: 30_000 }).toBeGreaterThan(0)
  const document = await readDocument(request)
  const errorsOf = validatorOf(document)
  const token = tokenAt(ROOT, ALL_SCOPES)
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(Object.keys(CALLS).sort())
  for (const { path, method, operation } of operations) {
    const response = await call(request, method, path, operation, token)
    const text = await response.text()
    const told = operation.responses[String(response.status())]
    expect(told, `${method} ${path}: ${response.status()} ${text.slice(0, 300)}`).toBeDefined()
    expect(response.ok(), `${method} ${path}: ${response.status()} ${text.slice(0, 300)}`).toBe(true)
    const schema = told?.content?.['application/json']?.schema ?? {}
    expect(errorsOf(schema, JSON.parse(text)), `${method} ${path}`).toEqual([])
    // and the schema is not one that takes anything
    expect(errorsOf(schema, { wrong: 'shape' }), `${method} ${path}`).not.toEqual([])
  }
})

test('every operation refuses by RFC 9457', async ({ request }) => {
  const document = await readDocument(request)
  const errorsOf = validatorOf(document)
  const problem = document.components.schemas.Problem ?? {}
  const wrong = tokenAt(ROOT, ['figures'])
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (!('401' in operation.responses)) continue
      const refusals = [
        await call(request, method, path, operation, 'khong-phai-ma-truy-cap-nao-ca'),
        ...(operation.operationId === 'recordFigures' ? [] : [await call(request, method, path, operation, wrong)]),
      ]
      expect(refusals.map(response => response.status())).toEqual([401, 403].slice(0, refusals.length))
      for (const response of refusals) {
        expect(response.headers()['content-type']).toContain('application/problem+json')
        expect(errorsOf(problem, await response.json())).toEqual([])
      }
    }
  const token = tokenAt(ROOT, ['read', 'figures'])
  const bad = await request.get('/api/v1/units?limit=0', { headers: bearer(token) })
  expect(bad.status()).toBe(400)
  expect((await bad.json()).errors).toEqual([expect.objectContaining({ field: 'limit' })])
  const unknown = await request.get('/api/v1/khong-co', { headers: bearer(token) })
  expect(unknown.status()).toBe(404)
  expect(errorsOf(problem, await unknown.json())).toEqual([])
  const lower = await request.post('/api/v1/indicators/figures', {
    headers: bearer(token),
    data: {
      asOfOn: '2030-01-01',
      source: 'x',
      figures: [{ localityCode: '689', indicator: 'eid_activated', value: 1 }],
    },
  })
  expect(lower.status()).toBe(400)
  expect((await lower.json()).errors[0].field).toBe('figures.0')
})

/** Plan 128, the annex, as printed: total and daily of the five indicators, row by row, and the row of totals. */
const ANNEX = `
Đồng Xoài	943	11	1583	18	27547	307	2790	31	60926	677
Phước Long	532	6	305	4	19711	220	2716	31	23920	266
Bình Long	479	6	822	10	24726	275	1922	22	23920	266
Chơn Thành	668	8	678	8	20828	232	1735	20	34237	381
Đồng Phú	695	8	1162	13	30719	342	2267	26	40006	445
Bù Đăng	1370	16	2037	23	55309	615	1182	14	43888	488
Bù Gia Mập	758	9	595	7	34026	379	2343	27	23984	267
Phú Riềng	797	9	1511	17	41624	463	1204	14	36233	403
Bù Đốp	494	6	523	6	19050	212	1424	16	18073	201
Lộc Ninh	1088	13	1509	17	44575	496	2979	34	37832	421
Hớn Quản	852	10	482	6	38933	433	1533	18	31424	350
Tổng	8676	102	11207	129	357048	3974	22095	253	374443	4165`
  .trim()
  .split('\n')
  .map(line => line.split('\t'))

type Cells = Record<string, { total: number; daily: number }>
const ORDER = ['id_card_first', 'id_card_mobile', 'eid_activated', 'phone_4g', 'sim_signature']
const flat = (cells: Cells) => ORDER.flatMap(word => [String(cells[word]?.total), String(cells[word]?.daily)])

test('the annex comes out as printed: 110 figures and the row of totals', async ({ request }) => {
  const token = tokenAt('UBND xã Tân Thành', ['read'])
  const answer = await (await request.get('/api/v1/targets', { headers: bearer(token) })).json()
  const rows = (answer.items as { name: string; targets: Cells }[]).map(({ name, targets }) => [
    name.replace(/^(thành phố|thị xã|huyện) /i, ''),
    ...flat(targets),
  ])
  expect(rows).toEqual(ANNEX.slice(0, 11))
  expect(ANNEX.slice(0, 11).flatMap(row => row.slice(1))).toHaveLength(110)
  expect(['Tổng', ...flat(answer.totals)]).toEqual(ANNEX[11])
  const csv = await (await request.get('/api/v1/targets?format=csv', { headers: bearer(token) })).text()
  expect(csv.trim().split('\r\n').at(-1)).toBe(`,${ANNEX[11]?.join(',')}`)
})

test('lists come in pages, as CSV, and 304 where nothing changed; a token sees its own subtree', async ({
  request,
}) => {
  const headers = bearer(tokenAt('Thành phố Đồng Xoài', ['read']))
  const ids: number[] = []
  let url: string | undefined = '/api/v1/units?limit=7'
  while (url) {
    const response: APIResponse = await request.get(url, { headers })
    ids.push(...(await response.json()).items.map((row: { id: number }) => row.id))
    url = /<([^>]+)>; rel="next"/.exec(response.headers().link ?? '')?.[1]
  }
  const own = query<{ id: number }>(
    `select id from unit where closed_on is null and path like
      (select path || '%' from unit where name = 'Thành phố Đồng Xoài') order by id`,
  )
  expect(ids).toEqual(own.map(row => row.id))
  const first = await request.get('/api/v1/tallies/units', { headers })
  const again = await request.get('/api/v1/tallies/units', {
    headers: { ...headers, 'If-None-Match': first.headers().etag ?? '' },
  })
  expect(again.status()).toBe(304)
  const csv = await request.get('/api/v1/units', { headers: { ...headers, Accept: 'text/csv' } })
  expect(csv.headers()['content-type']).toContain('text/csv')
  expect((await csv.text()).split('\r\n')[0]).toBe('\ufeffid,parentId,name,title,kind,block,localityCode')
  expect((await request.get('/api/v1/tallies/days?unitId=1', { headers })).status()).toBe(404)
})

test('no answer holds a person', async ({ request }) => {
  const document = await readDocument(request)
  const token = tokenAt(ROOT, ALL_SCOPES)
  const names = query<{ name: string }>('select distinct name from official order by id limit 4000')
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (!get) continue
    const text = await (await call(request, 'get', path, get, token)).text()
    expect(
      names.filter(({ name }) => text.includes(name)),
      path,
    ).toEqual([])
    expect(text, path).not.toMatch(/\b0\d{9}\b|\b0\d{11}\b/)
  }
})

test('the campaign office issues a token, which is shown once, and revokes it', async ({ browser, request }) => {
  const context = await contextOf(browser, 'congan', { viewport: { width: 360, height: 780 } })
  const page = watch(await context.newPage())
  await page.goto('/quan-tri')
  await page.getByRole('link', { name: 'Mã truy cập giao diện số liệu' }).click()
  await page.getByLabel('Dùng cho').fill('Trung tâm điều hành thông minh')
  await page.getByRole('button', { name: 'Cấp mã' }).click()
  const token = (await page.getByText(/^4phu_/).textContent()) ?? ''
  await expectWell(page)
  expect((await request.get('/api/v1/units?limit=1', { headers: bearer(token) })).status()).toBe(200)
  await page.goto('/quan-tri/ma-truy-cap')
  await expect(page.getByText(token)).toHaveCount(0)
  const row = page.getByRole('listitem').filter({ hasText: 'Trung tâm điều hành thông minh' })
  await row.getByText('Thu hồi').first().click()
  await row.getByRole('button', { name: 'Thu hồi' }).click()
  await expect(row.getByText('Đã thu hồi')).toBeVisible()
  expect((await request.get('/api/v1/units?limit=1', { headers: bearer(token) })).status()).toBe(401)
  await context.close()
})
