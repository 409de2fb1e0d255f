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

type Opened = { address: string; who: string; bytes: number; statements: number }

async function open(address: string): Promise<Opened[]> {
  const opened: Opened[] = []
  for (const [who, { accountId }] of Object.entries(staff)) {
    // the first look compiles statements and fills what is remembered
    const first = await site.open(address, accountId, CAMPAIGN)
    if (first.status !== 200 || !(first.headers.get('Content-Type') ?? '').includes('text/html')) continue
    statements.take()
    const answer = await site.open(address, accountId, CAMPAIGN)
    const bytes = (await answer.arrayBuffer()).byteLength
    const ran = [...statements.take().values()].reduce((sum, count) => sum + count, 0)
    opened.push({ address, who, bytes, statements: ran })
  }
  return opened
}

it('sends no page of more than 45 kB, whoever of the widest roles opens it', { timeout: 900_000 }, async () => {
  const all: Opened[] = []
  for (const address of ['', ...new Set(addresses())]) all.push(...(await open(address)))
  if (process.env.SHOW_PAGES) {
    const line = ({ address, who, bytes, statements: ran }: Opened) => `${bytes}\t${ran}\t${who}\t/${address}\n`
    process.stdout.write(
      all
        .sort((a, b) => b.bytes - a.bytes)
        .map(line)
        .join(''),
    )
  }
  expect(all.length).toBeGreaterThan(300)
  expect(all.filter(({ bytes }) => bytes > MOST_BYTES)).toEqual([])
})
