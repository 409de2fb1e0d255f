import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { ROLES } from '#app/domain/vocabulary.ts'
import { navigationOf } from '#app/routes/_web/navigation.server.ts'
import { placeIn } from '#app/ui/navigation.tsx'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, makeReader, unitNamed } from '#tests/make.ts'
import { renderedSite } from '#tests/rendered.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

function people(): [string, Person][] {
  const unit = unitNamed('UBND xã Tân Thành')
  const official = makeOfficial(unit.id).actor
  const both = grantTo(grantTo(makeOfficial(unit.id).actor, 'head', unit.id), 'inspector', 1)
  return [
    ['official', official],
    ['head and inspector', both],
    ...(['head', 'coordinator'] as const).map((role): [string, Person] => [
      role,
      grantTo(makeOfficial(unit.id).actor, role, unit.id),
    ]),
    ...ROLES.filter(role => role !== 'head' && role !== 'coordinator').map((role): [string, Person] => [
      role,
      makeReader(role),
    ]),
  ]
}

it('shows at most six entries by role, each word once, and every entry opens (P17)', async () => {
  const site = await renderedSite()
  for (const [who, actor] of people()) {
    const { subjects, rest } = navigationOf(actor)
    // "Khác" is the sixth
    expect(subjects.length, who).toBeLessThanOrEqual(5)
    const pages = [...subjects, ...rest].flatMap(subject => subject.pages)
    expect(new Set(pages.map(page => page.label)).size, who).toBe(pages.length)
    expect(new Set(pages.map(page => page.to)).size, who).toBe(pages.length)
    for (const { to } of pages) {
      const answer = await site.open(to.slice(1), actor.accountId, CAMPAIGN)
      // some lead on, to the part that the reader may open
      const onward = answer.headers.get('Location')
      const last = onward === null ? answer : await site.open(onward.slice(1), actor.accountId, CAMPAIGN)
      expect([who, to, last.status]).toEqual([who, to, 200])
    }
  }
}, 120_000)

it('marks the subject whose page is open, also below it and on the other views of a place', () => {
  const unit = unitNamed('UBND xã Tân Thành')
  const head = navigationOf(grantTo(makeOfficial(unit.id).actor, 'head', unit.id))
  const at = (pathname: string) => placeIn(head, pathname).subject?.label
  expect(at('/')).toBe('Hôm nay')
  expect(at('/nghia-vu/sim_signature')).toBe('Hỗ trợ')
  expect(at(`/don-vi/${unit.id}/chi-tieu`)).toBe('Đơn vị')
  expect(at(`/don-vi/${unit.id}/xac-nhan/tra-lai`)).toBe('Xác nhận')
  expect(at('/tong-hop')).toBe('Đơn vị')
  expect(at('/dia-ban/689')).toBe('Đơn vị')
  expect(at('/khen-thuong/1')).toBe('Đánh giá')
  expect(at('/uu-dai')).toBe('Ưu đãi')
  expect(at('/tai-khoan')).toBeUndefined()
})

it('groups the pages of a unit in four, each within two clicks, and never says "Thêm" for more', async () => {
  const unit = unitNamed('UBND xã Tân Thành')
  const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
  const site = await renderedSite()
  const open = async (path: string) => await (await site.open(path, head.accountId, CAMPAIGN)).text()
  const board = await open(`don-vi/${unit.id}`)
  const groups = linksIn(board, 'Các trang của đơn vị')
  expect(groups.map(([, label]) => label)).toEqual(['Theo dõi', 'Người thực hiện', 'Hỗ trợ người dân', 'Chỉ tiêu'])
  expect(board).not.toContain('>Thêm<')
  const pages = new Set<string>()
  for (const [to, label] of groups)
    for (const [page] of linksIn(await open(to.slice(1)), label)) pages.add(page.replace(`/don-vi/${unit.id}`, ''))
  expect([...pages].sort()).toEqual(
    [
      '',
      `/tong-hop?don-vi=${unit.id}`,
      `/dia-ban/${unit.localityCode}`,
      ...['bao-cao', 'nguoi-thuc-hien', 'ma-kich-hoat', 'cam-ket', 'chuyen', 'dau-moi', 'xac-nhan', 'truong-hop'],
      ...['phan-cong', 'to', 'tuyen-truyen', 'diem-thu-nhan', 'chi-tieu', 'chi-tieu/duoc-giao', 'mien-giam'],
    ]
      .map(page => (page === '' || page.startsWith('/') ? page : `/${page}`))
      .sort(),
  )
  // the three views of one place lead to each other
  for (const path of [`tong-hop?don-vi=${unit.id}`, `dia-ban/${unit.localityCode}`])
    expect(linksIn(await open(path), 'Cách xem').map(([, label]) => label)).toEqual(['Đơn vị', 'Tổng hợp', 'Địa bàn'])
}, 60_000)

/** Address and words of each link in a navigation of that name. */
function linksIn(page: string, name: string): [string, string][] {
  const nav = new RegExp(`<nav[^>]*aria-label="${name}"[^>]*>(.*?)</nav>`).exec(page)?.[1] ?? ''
  return [...nav.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, to = '', label = '']) => [to, label])
}
