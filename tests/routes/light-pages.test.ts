import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  recordMany,
  unitNamed,
} from '#tests/make.ts'
import { renderedSite } from '#tests/rendered.ts'
import { countStatements } from '#tests/statements.ts'

/** The most bytes that a page's HTML may have, before it is compressed. */
const MOST_BYTES = 45_000
/** The most statements that a page may run; one that asks for each row of a list runs hundreds. */
const MOST_STATEMENTS = 90
/** Pages that ask for each locality of the province, or each point of going live, with the most that they may run. */
const ASKING_MORE: Record<string, number> = {
  'dia-ban/70/so-lieu': 135,
  'dia-ban/70/so-lieu/nhap': 135,
  'quan-tri': 160,
  'quan-tri/thiet-lap': 165,
  'quan-tri/van-hanh': 160,
}
const COMMUNE = 'UBND xã Tân Thành'

let site: Awaited<ReturnType<typeof renderedSite>>
let statements: ReturnType<typeof countStatements>
let unitId: number
let staff: Record<'own' | 'head' | 'police' | 'home' | 'leader' | 'inspector' | 'telecom' | 'auditor' | 'admin', Person>

/** A commune with more people and records than a page of a list shows. */
beforeAll(async () => {
  statements = countStatements()
  makeProvince()
  site = await renderedSite()
  unitId = unitNamed(COMMUNE).id
  const agency = unitNamed('Sở Y tế').id
  const at = (role: Parameters<typeof grantTo>[1]) => grantTo(makeOfficial(agency).actor, role, rootUnit().id)
  const worker = makeOfficial(unitId)
  staff = {
    own: worker.actor,
    head: grantTo(makeOfficial(unitId, { isLeader: true }).actor, 'head', unitId),
    police: at('campaign_office'),
    home: at('home_affairs'),
    leader: at('province_leader'),
    inspector: at('inspector'),
    telecom: at('telecom_office'),
    auditor: at('auditor'),
    admin: at('admin'),
  }
  const helped = recordMany(worker, 80)
  confirmNow(staff.head, CAMPAIGN, helped.slice(0, 20))
  for (let n = 0; n < 70; n++) recordMany(makeOfficial(unitId), 2)
}, 300_000)
afterAll(() => {
  dropProvince()
  statements.restore()
})

/** Every address of a page that leads to something here. */
function addresses(): string[] {
  const accountId = prepared<number>('select max(id) from account').pluck().one()
  const ids: Record<string, string | number> = {
    unitId,
    code: '70',
    officialId: staff.own.officialId ?? 0,
    accountId,
    helpId: 1,
    campaignId: CAMPAIGN,
    campaign: '128-kh-ubnd',
    part: 'phone_4g',
    period: 'tuan-2024-06-07',
    list: 'don-vi',
    chapterId: 1,
    basisId: 1,
    jobId: 1,
  }
  return site.paths
    .filter(path => !path.includes('.') && !path.includes('*'))
    .flatMap(path => {
      const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
      if (names.some(name => !(name in ids))) return []
      const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => String(ids[name]))
      return names.includes('unitId') ? [filled, filled.replace(`don-vi/${unitId}`, 'don-vi/1')] : [filled]
    })
}

type Opened = { address: string; who: string; bytes: number; statements: number; html: string }

async function open(address: string): Promise<Opened[]> {
  const opened: Opened[] = []
  for (const [who, { accountId }] of Object.entries(staff)) {
    // the first look compiles statements and fills what is remembered
    const first = await site.open(address, accountId, CAMPAIGN)
    if (first.status !== 200 || !(first.headers.get('Content-Type') ?? '').includes('text/html')) continue
    statements.take()
    const html = await (await site.open(address, accountId, CAMPAIGN)).text()
    const ran = [...statements.take().values()].reduce((sum, count) => sum + count, 0)
    opened.push({ address, who, bytes: Buffer.byteLength(html), statements: ran, html })
  }
  return opened
}

/** The content of a page, without the frame around it. */
const mainOf = (html: string) => html.slice(html.indexOf('<main'), html.indexOf('</main>'))

const lineOf = ({ address, who, bytes, statements: ran }: Opened) =>
  `/${address} (${who}): ${bytes} B, ${ran} statements`

it('keeps every page light: its bytes, its statements, and no script where none is needed', {
  timeout: 900_000,
}, async () => {
  const all: Opened[] = []
  for (const address of ['', ...new Set(addresses())]) all.push(...(await open(address)))
  if (process.env.SHOW_PAGES)
    process.stdout.write(
      `${all
        .sort((a, b) => b.bytes - a.bytes)
        .map(lineOf)
        .join('\n')}\n`,
    )
  expect(all.length).toBeGreaterThan(300)
  expect(all.filter(({ bytes }) => bytes > MOST_BYTES).map(lineOf)).toEqual([])
  expect(all.filter(page => page.statements > (ASKING_MORE[page.address] ?? MOST_STATEMENTS)).map(lineOf)).toEqual([])
  const still = all.filter(({ html }) => !html.includes('<script'))
  expect(new Set(still.map(({ address }) => address)).size).toBeGreaterThan(15)
  // without scripts nothing says that a form is on its way, or asks again
  expect(still.filter(({ html }) => /method="post"|type="button"/i.test(mainOf(html))).map(lineOf)).toEqual([])
})
