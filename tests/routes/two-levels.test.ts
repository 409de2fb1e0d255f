import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { createCampaign, findAnnex } from '#app/queries/campaign.server.ts'
import { indicatorsOf } from '#app/queries/indicator.server.ts'
import { rulesOf } from '#app/queries/judging/index.server.ts'
import { findLocality, hasDistricts, listAreas, listCommunes } from '#app/queries/locality.server.ts'
import { publishDay } from '#app/queries/publication.server.ts'
import { findSharing, listReceivedShares, shareTarget } from '#app/queries/target-sharing.server.ts'
import { prepared } from '#db/client.server.ts'
import { INDICATORS } from '#tests/indicators.ts'
import { CAMPAIGN, done, dropProvince, makeTwoLevelProvince, system } from '#tests/make.ts'
import { renderedSite, textOf } from '#tests/rendered.ts'
import {
  addressesOf,
  closeAndPropose,
  ids,
  makeScene,
  OTHER_CAMPAIGN,
  root,
  staff,
  TODAY,
} from '#tests/two-level-scene.ts'
import { FIRST_COMMUNE, PROVINCE } from '#tests/two-levels.ts'

let site: Awaited<ReturnType<typeof renderedSite>>

beforeAll(async () => {
  makeTwoLevelProvince()
  site = await renderedSite()
  await makeScene()
})
afterAll(dropProvince)

describe('a province without districts', () => {
  it('lists its communes in its own name, and areas without districts', () => {
    expect(hasDistricts(TODAY)).toBe(false)
    expect(listCommunes(TODAY).map(({ district, communes }) => [district, communes.length])).toEqual([
      ['tỉnh Đồng Nai', 6],
    ])
    expect(listAreas(TODAY).map(({ label, options }) => [label, options.length])).toEqual([
      ['Cả tỉnh', 1],
      ['tỉnh Đồng Nai', 6],
    ])
  })

  it('has its annex by commune, of which the sum is the province’s', () => {
    const { rows, sums } = findAnnex(CAMPAIGN)
    expect(rows.map(row => row.name)).toEqual([
      'phường Trấn Biên',
      'phường Tam Hiệp',
      'phường Long Bình',
      'xã Trị An',
      'xã Phú Lâm',
      'xã Xuân Lộc',
    ])
    expect(sums.eid_activated?.total).toBe(900 + 901 + 902 + 903 + 904 + 905)
    const places = [PROVINCE, FIRST_COMMUNE].flatMap(code => findLocality(code, TODAY) ?? [])
    const targets = indicatorsOf(CAMPAIGN, places, { ...rulesOf(CAMPAIGN), today: TODAY }).map(
      ({ indicators }) => indicators.find(({ indicator }) => indicator === 'eid_activated')?.total,
    )
    expect(targets).toEqual([5415, 900])
  })

  it('has associations whose chapters in communes lie below that of the province', () => {
    const names = prepared<string>(
      `select c.name from chapter c join chapter top on top.id = c.parent_id and top.parent_id is null
        where c.association = 'union' and c.name like '%phường%' order by c.id`,
    )
      .pluck()
      .all()
    expect(names).toEqual(['Công đoàn phường Trấn Biên', 'Công đoàn phường Tam Hiệp', 'Công đoàn phường Long Bình'])
  })

  it('hands its communes other targets, which are the annex from then on; a commune hands its own down', () => {
    const share = (actor: Person, unitId: number, totals: readonly number[]) => {
      const rows = findSharing(actor, CAMPAIGN, unitId, 'phone_4g')?.rows ?? []
      return shareTarget(actor, CAMPAIGN, {
        unitId,
        indicator: 'phone_4g',
        documentNumber: '45/QĐ-UBND',
        basis: '',
        shares: new Map(rows.map(({ id }, n) => [id, totals[n] ?? 0])),
      })
    }
    const sharing = findSharing(staff.office, CAMPAIGN, root(), 'phone_4g')
    expect(sharing).toMatchObject({ total: 375, daily: 6, isOpen: false })
    expect(sharing?.rows.map(({ name, share: has }) => [name, has])).toEqual([
      ['UBND phường Long Bình', 62],
      ['UBND phường Tam Hiệp', 61],
      ['UBND phường Trấn Biên', 60],
      ['UBND xã Phú Lâm', 64],
      ['UBND xã Trị An', 63],
      ['UBND xã Xuân Lộc', 65],
    ])
    expect(share(staff.office, root(), [62, 61, 60, 64, 63, 65])).toEqual({ ok: false, problem: 'sharing_unchanged' })
    expect(share(staff.office, root(), [62, 61, 100, 64, 63, 26])).toEqual({
      ok: false,
      problem: 'sharing_does_not_add_up',
    })
    expect(share(staff.office, root(), [62, 61, 100, 64, 63, 25])).toEqual({ ok: true })
    const { rows, sums } = findAnnex(CAMPAIGN)
    expect(rows.map(row => row.figures.phone_4g?.total)).toEqual([100, 61, 62, 63, 64, 25])
    expect(sums.phone_4g?.total).toBe(375)
    const places = [FIRST_COMMUNE].flatMap(code => findLocality(code, TODAY) ?? [])
    expect(
      indicatorsOf(CAMPAIGN, places, { ...rulesOf(CAMPAIGN), today: TODAY })[0]?.indicators.find(
        ({ indicator }) => indicator === 'phone_4g',
      ),
    ).toMatchObject({ total: 100, daily: 2 })
    expect(share(staff.head, ids.unitId ?? 0, [70, 30])).toEqual({ ok: true })
    expect(listReceivedShares(staff.head, CAMPAIGN, ids.departmentId ?? 0)).toMatchObject([{ total: 70 }])
    expect(listReceivedShares(staff.head, CAMPAIGN, ids.unitId ?? 0)).toMatchObject([{ total: 100 }])
  })
})

/** Pages and papers that the close changes. */
const JUDGED = /^danh-gia|^ket-thuc|^khen-thuong|^xem-xet|ket-qua/

/** What is said nowhere in this province and campaign, and the routes that may say it, with why. */
const NOWHERE: readonly { words: RegExp; except: Record<string, string> }[] = [
  { words: /huyện/gi, except: {} },
  { words: /bình phước/gi, except: {} },
  { words: /128\/KH|KH 128|128-kh/gi, except: {} },
  {
    // the obligation and the outcome that do not hold
    words: /cổng dịch vụ công|cổng quốc gia|cổng tỉnh|tài khoản dịch vụ công/gi,
    except: {
      'quan-tri/dot/:campaignId': 'all that is known is offered to be chosen',
      'quan-tri/cong-dich-vu-cong': 'issuers are the server’s, whatever its campaigns ask for',
      'nhat-ky': 'offers every subject that the log knows',
    },
  },
  {
    // what its plan calls otherwise
    words: /SIM chính chủ kèm chữ ký số|Cài đặt ứng dụng VNeID/g,
    except: {
      'quan-tri/dot/:campaignId': 'all that is known is offered to be chosen',
      'quan-tri/dot/:campaignId/ten-goi': 'names what is called otherwise by its name everywhere',
      'ho-tro.xlsx': 'the template’s heads, by which it comes back',
      'don-vi/:unitId/truong-hop.xlsx': 'the template’s heads, by which it comes back',
      'mau-truong-hop.xlsx': 'heads that every campaign reads',
      'don-vi/:unitId/truong-hop/nhap/:helpBatchId': 'heads that every campaign reads',
      'don-vi/:unitId/truong-hop/nhap/:helpBatchId/cot': 'heads that every campaign reads',
      'don-vi/:unitId/truong-hop/nhap/:helpBatchId/can-sua.xlsx': 'heads that every campaign reads',
    },
  },
]

/** Where one of the words that stand nowhere was found in a text. */
const saidIn = (path: string, text: string) =>
  NOWHERE.filter(({ except }) => !(path in except)).flatMap(({ words }) =>
    [...text.matchAll(new RegExp(`.{0,60}(?:${words.source}).{0,40}`, words.flags))].map(([found]) => found),
  )

/** Files that are of no campaign, with why. */
const OF_NO_CAMPAIGN: Record<string, string> = {
  'mau-danh-sach-nguoi-dan.xlsx': 'a template',
  'mau-danh-sach.xlsx': 'a template',
  'mau-truong-hop.xlsx': 'a template',
  'mau-diem-thu-nhan.xlsx': 'a template',
  'mau-so-lieu.xlsx': 'a template',
  'mau-so-lieu-cong-an.xlsx': 'a template',
  'mau-so-lieu-nha-mang.xlsx': 'a template',
  'mau-tuyen-truyen.xlsx': 'a template',
  'quan-tri/danh-sach/:list/mau.xlsx': 'a template',
  'quan-tri/danh-sach/:list.xlsx': 'units and localities are the whole province’s',
  'don-vi/:unitId/nguoi-thuc-hien.xlsx': 'people are of all campaigns',
  'api/v1/openapi.json': 'describes the interface',
}

/** True of a file to keep that says of which campaign it is, in its name or in itself; of a page there is nothing to say. */
function namesCampaign(answer: Response, text: string): boolean {
  const name = answer.headers.get('Content-Disposition') ?? ''
  return !name.startsWith('attachment') || name.includes('12-kh-ubnd') || text.includes('12/KH-UBND')
}

/** Opens every address of some routes as somebody who may: which were opened, what they say, and files without a campaign. */
async function readSite(paths: readonly string[]) {
  const opened = new Set<string>()
  const said = new Set<string>()
  const unnamed = new Set<string>()
  let readers = [null, ...Object.values(staff)]
  for (const path of paths)
    for (const address of addressesOf(path))
      for (const person of readers) {
        const answer = await site.open(address, person?.accountId ?? null, CAMPAIGN)
        if (answer.status !== 200) continue
        opened.add(path)
        // who may open this page probably may open the next one
        readers = [person, ...readers.filter(one => one !== person)]
        const text = (await textOf(answer)).normalize('NFC')
        for (const found of saidIn(path, text)) said.add(`${address}: ${found}`)
        if (!(path in OF_NO_CAMPAIGN) && !namesCampaign(answer, text)) unnamed.add(address)
        break
      }
  return { opened, said: [...said], unnamed: [...unnamed] }
}

/** Pages and papers in which a district had a part. */
const MUST_OPEN = [
  'cong-khai',
  'cong-khai/dia-ban/:code',
  'cong-khai/nhung',
  'dia-ban/:code',
  'dia-ban/:code.xlsx',
  'dia-ban/:code/phu-luc',
  'doi-chieu/moi',
  'doi-chieu/tra-cuu',
  'don-vi/:unitId/bao-cao',
  'don-vi/:unitId/bao-cao/:period.docx',
  'don-vi/:unitId/chi-tieu/duoc-giao',
  'don-vi/:unitId/giao-chi-tieu',
  'don-vi/:unitId/ket-qua.docx',
  'don-vi/:unitId/phan-cong/nhap/:batchId',
  'don-vi/:unitId/truong-hop/nhap/:helpBatchId',
  'khen-thuong/:roundId/ho-so/:candidateId',
  'khen-thuong/:roundId/van-ban/:document',
  'kiem-tra/:inspectionId',
  'kiem-tra/moi',
  'lo-nhap/:batchId',
  'mau-truong-hop.xlsx',
  'quan-tri',
  'quan-tri/don-vi/:unitId/them',
  'quan-tri/dot/:campaignId/chi-tieu',
  'quan-tri/dot/:campaignId/ten-goi',
  'don-vi/:unitId/bao-cao.xlsx',
  'don-vi/:unitId/tuyen-truyen.xlsx',
  'don-vi/:unitId/diem-thu-nhan.xlsx',
  'don-vi/:unitId/phan-cong.xlsx',
  'dia-ban/:code/so-lieu.xlsx',
  'tong-hop.xlsx',
]

describe('its pages and papers', () => {
  it('speak of no district, of no other plan, and of nothing that does not hold', { timeout: 300_000 }, async () => {
    const paths = site.paths.filter(one => !/^\*|kieu-mau/.test(one))
    const during = await readSite(paths)
    await closeAndPropose()
    const after = await readSite(paths.filter(path => !during.opened.has(path) || JUDGED.test(path)))
    expect([...during.said, ...after.said]).toEqual([])
    expect([...during.unnamed, ...after.unnamed]).toEqual([])
    expect(MUST_OPEN.filter(path => !during.opened.has(path) && !after.opened.has(path))).toEqual([])
  })

  it('call what holds as its plan does, where it is judged, declared and summed up', async () => {
    const texts = await Promise.all(
      [
        ['nghia-vu', staff.own],
        ['ho-tro/moi', staff.own],
        ['danh-gia/cua-toi', staff.own],
        ['tong-hop', staff.leader],
        [`don-vi/${ids.unitId}/cam-ket`, staff.head],
      ].map(async ([path, person]) => (await site.open(path as string, (person as Person).accountId, CAMPAIGN)).text()),
    )
    for (const [n, text] of texts.entries())
      expect(text).toContain(n === 1 ? 'Ứng dụng định danh mức 2' : 'Chữ ký số cá nhân')
    const mayDeclare = async (part: string) =>
      (await site.open(`nghia-vu/${part}`, staff.own.accountId, CAMPAIGN)).status === 200
    expect([await mayDeclare('phone_4g'), await mayDeclare('portal_national')]).toEqual([true, false])
    expect(
      await (await site.open(`don-vi/${ids.unitId}/xac-nhan`, staff.head.accountId, CAMPAIGN)).text(),
    ).not.toContain('Cổng dịch vụ công')
  })

  it('has a public page of each commune', async () => {
    publishDay(system, CAMPAIGN)
    const page = await site.open(`cong-khai/dia-ban/${FIRST_COMMUNE}`, null, CAMPAIGN)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Phường Trấn Biên')
    const whole = await (await site.open('cong-khai', null, CAMPAIGN)).text()
    expect(whole).toContain(`href="/cong-khai/dia-ban/${FIRST_COMMUNE}"`)
    expect(whole).not.toContain('tile-map')
    expect(whole).toContain('Theo xã, phường')
  })
})

describe('another campaign of it', () => {
  it('hands down what the annex has no row for: the parts are its total', () => {
    const campaignId = done(
      createCampaign(system, {
        ...OTHER_CAMPAIGN,
        parameters: rulesOf(CAMPAIGN).regulation,
        annexOf: null,
        indicators: INDICATORS,
      }),
    ).campaignId
    const handDown = (total: number) =>
      shareTarget(staff.office, campaignId, {
        unitId: root(),
        indicator: 'phone_4g',
        documentNumber: '45/QĐ-UBND',
        basis: '',
        shares: new Map([[ids.unitId ?? 0, total]]),
      })
    expect(findSharing(staff.office, campaignId, root(), 'phone_4g')).toMatchObject({ total: null, isOpen: true })
    expect(handDown(0)).toEqual({ ok: false, problem: 'sharing_without_total' })
    expect(handDown(91)).toEqual({ ok: true })
    expect(findSharing(staff.office, campaignId, root(), 'phone_4g')).toMatchObject({ total: 91, daily: 2 })
    expect(findAnnex(campaignId).sums.phone_4g).toEqual({ total: 91, daily: 2 })
  })
})
