import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { OBLIGATION_PARTS, OUTCOMES } from '#app/domain/vocabulary.ts'
import { issueToken } from '#app/queries/api-token.server.ts'
import { createCampaign, findAnnex } from '#app/queries/campaign.server.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import { indicatorEvidence } from '#app/queries/indicator-evidence.server.ts'
import { publishDay } from '#app/queries/publication.server.ts'
import { findSharing, shareTarget } from '#app/queries/target-sharing.server.ts'
import { action as sendFigures } from '#app/routes/api/indicator-figures.ts'
import { action as editIndicators, loader as indicatorsPage } from '#app/routes/campaign/indicators.tsx'
import { action as editAnnex } from '#app/routes/campaign/targets.tsx'
import { loader as tableTemplate } from '#app/routes/field-work/template.xlsx.ts'
import { action as saveFigures } from '#app/routes/indicator/figures.tsx'
import { action as importFigures } from '#app/routes/indicator/import.tsx'
import { labels } from '#app/text/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { INDICATORS } from '#tests/indicators.ts'
import { done, dropProvince, grantTo, makeOfficial, makeTwoLevelProvince, system, unitNamed } from '#tests/make.ts'
import { renderedSite, textOf } from '#tests/rendered.ts'
import { FIRST_COMMUNE, PROVINCE } from '#tests/two-levels.ts'
import { type Texts, visitor, withFile } from '#tests/visitor.ts'

const COMMUNE = 'UBND phường Trấn Biên'
const DAY = '2024-06-11'

/** A campaign of three indicators: two of outcomes that the software knows, under names of its own, and a new one. */
const OWN: readonly Texts[] = [
  {
    code: 'eid_activated',
    name: 'Mở tài khoản định danh cho người dân',
    shortName: 'Tài khoản',
    unit: 'tài khoản đã mở',
    source: 'police',
    outcome: 'eid_activated',
  },
  {
    code: 'phone_4g',
    name: 'Đổi máy cho hộ khó khăn',
    shortName: 'Đổi máy',
    unit: 'máy đã đổi',
    source: 'telecom',
    outcome: 'phone_4g',
  },
  {
    name: 'Lập sổ sức khỏe điện tử',
    shortName: 'Sổ sức khỏe',
    unit: 'sổ đã lập',
    source: 'locality',
    basis: 'annex',
    share: '80',
    exceptions: 'người đi làm xa',
  },
]
const NEW = 'so_suc_khoe'
const CODE_WORDS: string[] = [
  ...OUTCOMES,
  ...OBLIGATION_PARTS,
  ...Object.values({ ...labels.obligation, ...labels.outcome }),
]
/** What plan 128 calls its indicators, and nobody else does; obligations and outcomes stay words of the code. */
const OTHERS = INDICATORS.flatMap(row => [row.name, row.shortName, row.publicName, row.code]).filter(
  words => !CODE_WORDS.includes(words),
)

let office: Person
let campaignId: number
let desk: Awaited<ReturnType<typeof visitor>>
let site: Awaited<ReturnType<typeof renderedSite>>

beforeAll(async () => {
  makeTwoLevelProvince()
  site = await renderedSite()
  office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
  const leader = makeOfficial(unitNamed(COMMUNE).id, { isLeader: true })
  grantTo(leader.actor, 'head', unitNamed(COMMUNE).id)
  campaignId = done(
    createCampaign(office, {
      code: '45/KH-UBND',
      name: 'Đợt 60 ngày',
      issuer: 'UBND tỉnh Đồng Nai',
      issuedOn: '2024-05-01',
      parameters: { ...PLAN_128, startsOn: '2024-05-10', endsOn: '2024-07-09', finalReportOn: '2024-07-15', quota: 5 },
      annexOf: null,
    }),
  ).campaignId
  prepared("update job set state = 'done'").run()
  desk = await visitor(office, campaignId)
})
afterAll(dropProvince)

const ids = () => ({ campaignId: String(campaignId) })

/** The text of a page or paper as the office sees it in its campaign. */
async function read(path: string, accountId: number | null = office.accountId): Promise<string> {
  const answer = await site.open(path, accountId, campaignId)
  expect([path, answer.status]).toEqual([path, 200])
  return textOf(answer)
}

describe('a campaign with indicators of its own', () => {
  it('gets them from its office, one form each, and a code for the one that names none', async () => {
    const page = `/quan-tri/dot/${campaignId}/chi-so`
    for (const texts of OWN) expect(await desk.send(editIndicators, page, ids(), texts)).toContain(page)
    expect(listIndicators(campaignId).map(({ code }) => code)).toEqual(['eid_activated', 'phone_4g', NEW])
    const again = await desk.ask(editIndicators, page, ids(), OWN[0] ?? {})
    expect(JSON.stringify(again)).toContain('đã có một chỉ tiêu mang mã đó')
    expect(await desk.open(indicatorsPage, ids())).toMatchObject({ isOpen: true, mayAdd: true })
  })

  it('has an annex of them, row by row and handed down', async () => {
    const page = `/quan-tri/dot/${campaignId}/chi-tieu?dia-ban=${FIRST_COMMUNE}`
    const form = { eid_activated: '600', phone_4g: '60', [NEW]: '1.200' }
    await desk.send(editAnnex, page, ids(), form)
    expect(findAnnex(campaignId).sums).toEqual({
      eid_activated: { total: 600, daily: 10 },
      phone_4g: { total: 60, daily: 1 },
      [NEW]: { total: 1200, daily: 20 },
    })
    const commune = unitNamed(COMMUNE).id
    expect(findSharing(office, campaignId, commune, NEW)).toMatchObject({ total: 1200 })
    const shares = new Map(
      findSharing(office, campaignId, commune, NEW)?.rows.map(({ id }, n) => [id, n === 0 ? 1200 : 0]),
    )
    if (shares.size > 0)
      expect(
        shareTarget(office, campaignId, { unitId: commune, indicator: NEW, documentNumber: '1/QĐ', basis: '', shares }),
      ).toEqual({ ok: true })
  })

  it('takes figures from the form, from a file by its own heads, and through the interface', async () => {
    const page = `/dia-ban/${PROVINCE}/so-lieu`
    const params = { code: PROVINCE }
    const typed = { asOfOn: DAY, source: 'Trạm y tế', reason: '', [`${FIRST_COMMUNE}:${NEW}`]: '300' }
    expect(await desk.send(saveFigures, page, params, typed)).toContain('da-luu')
    const template = await desk.download(tableTemplate, '/mau-so-lieu.xlsx', {})
    for (const { name = '' } of OWN) expect(await textOf(new Response(template, ZIP))).toContain(name)
    const table = `Mã địa bàn\t${OWN[0]?.name}\tSổ sức khỏe\n${FIRST_COMMUNE}\t150\t310\n`
    const read = await desk.ask(
      importFigures,
      `${page}/nhap`,
      params,
      withFile(new TextEncoder().encode(table), { asOfOn: DAY }, 'a.csv'),
    )
    expect(read).toMatchObject({
      ok: true,
      problems: [],
      answer: { typed: { [`${FIRST_COMMUNE}:eid_activated`]: '150', [`${FIRST_COMMUNE}:${NEW}`]: '310' } },
    })
    const { token } = done(
      issueToken(office, campaignId, { name: 'Sở Y tế', unitId: 1, scopes: ['read', 'figures'], days: 30 }),
    )
    const sent = async (indicator: string) => {
      const request = new Request(`${ORIGIN}/api/v1/indicators/figures`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          asOfOn: '2024-06-12',
          source: 'Sở Y tế',
          figures: [{ localityCode: FIRST_COMMUNE, indicator, value: 320 }],
        }),
      })
      return (await sendFigures({ request, params: {}, context: makeContext() } as never)).status
    }
    expect(await sent(NEW)).toBe(201)
    expect(await sent('sim_signature')).toBe(400)
    const of = indicatorEvidence(campaignId, '/1/', '2024-07-09')
    expect(of(unitNamed(COMMUNE).id)).toEqual([{ indicator: NEW, done: 320, target: 1200 }])
  })

  it('is shown everywhere by its own words, and nowhere by those of plan 128', async () => {
    await publishDay(system, campaignId)
    const unit = unitNamed(COMMUNE).id
    const board = await read(`dia-ban/${FIRST_COMMUNE}?chi-tieu=${NEW}`)
    expect(board).toContain('320')
    const pages = [
      board,
      await read(`dia-ban/${PROVINCE}`),
      await read(`dia-ban/${PROVINCE}/phu-luc`),
      await read(`dia-ban/${PROVINCE}/so-lieu`),
      await read(`dia-ban/${PROVINCE}/so-lieu/nhap`),
      await read(`dia-ban/${FIRST_COMMUNE}/so-lieu/lich-su`),
      await read(`dia-ban/${FIRST_COMMUNE}.xlsx`),
      await read(`don-vi/${unit}/giao-chi-tieu`),
      await read(`don-vi/${unit}/ket-qua.docx`),
      await read(`quan-tri/dot/${campaignId}/chi-so`),
      await read(`quan-tri/dot/${campaignId}/chi-tieu?dia-ban=${FIRST_COMMUNE}`),
      await read('danh-gia/muc-tieu'),
      await read('danh-gia/tap-the'),
      await read('cong-khai/45-kh-ubnd', null),
      await read(`cong-khai/45-kh-ubnd/dia-ban/${FIRST_COMMUNE}`, null),
      await read('cong-khai/45-kh-ubnd/nhung', null),
      await read('cong-khai/45-kh-ubnd/so-lieu.json', null),
    ]
    for (const [n, text] of pages.entries()) {
      expect([n, OTHERS.filter(words => text.includes(words))]).toEqual([n, []])
      const named = OWN.some(({ name = '', shortName = '' }) => text.includes(name) || text.includes(shortName))
      expect([n, named || n === 12]).toEqual([n, true])
    }
    expect(pages[1]).toContain('Ba chỉ tiêu theo')
    expect(pages[8]).toContain('Lập sổ sức khỏe điện tử')
    expect(pages[13]).toContain('Ba chỉ tiêu của toàn tỉnh')
    expect(JSON.parse(pages[16] ?? '')).toMatchObject({
      indicators: [{ code: 'eid_activated' }, { code: 'phone_4g' }, { code: NEW, unit: 'sổ đã lập' }],
    })
    expect(pages[1]).toContain('Kế hoạch nêu 80%')
    expect(pages[1]).toContain('người đi làm xa')
  })
})

const ZIP = { headers: { 'Content-Type': 'application/zip' } }
