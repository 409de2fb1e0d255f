import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { declareObligation } from '#app/queries/obligation.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, recordMany, unitNamed } from '#tests/make.ts'
import { renderedSite } from '#tests/rendered.ts'

let site: Awaited<ReturnType<typeof renderedSite>>
let unitId: number
let head: Person

/** A commune with 110 records that wait, and one phone that somebody declared. */
beforeAll(async () => {
  makeProvince()
  site = await renderedSite()
  unitId = unitNamed('UBND xã Tân Thành').id
  head = grantTo(makeOfficial(unitId).actor, 'head', unitId)
  for (let n = 0; n < 11; n++) recordMany(makeOfficial(unitId), 10)
  const owner = makeOfficial(unitId)
  declareObligation(owner.actor, CAMPAIGN, {
    officialId: owner.officialId,
    declaration: { part: 'phone_4g', maker: 'Samsung', model: 'A15', has4g: true },
    evidence: null,
  })
}, 120_000)
afterAll(dropProvince)

const open = async (search: string) =>
  (await site.open(`don-vi/${unitId}/xac-nhan${search}`, head.accountId, CAMPAIGN)).text()
const valuesIn = (html: string) =>
  [...html.matchAll(/type="checkbox" name="chon" value="([^"]+)"/g)].map(found => found[1])

async function send(path: string, values: readonly string[]): Promise<string> {
  const form = new FormData()
  for (const value of values) form.append('chon', value)
  const answer = await site.open(`don-vi/${unitId}/xac-nhan/${path}`, head.accountId, CAMPAIGN, form)
  return answer.headers.get('Location') ?? ''
}

describe('the pages of a queue', () => {
  it('hold fifty lines each, and say which of how many', async () => {
    const pages = await Promise.all(['', '?trang=2', '?trang=3'].map(open))
    expect(pages.map(html => valuesIn(html).length)).toEqual([50, 50, 10])
    expect(new Set(pages.flatMap(valuesIn)).size).toBe(110)
    expect(pages[0]).toContain('110 trường hợp. Việc của chính')
    expect(pages[1]).toContain('Trang 2/3: trường hợp 51–100 trong 110')
    expect(pages[1]).toContain(`href="/don-vi/${unitId}/xac-nhan?trang=3"`)
    expect(pages[2]).not.toContain('rel="next"')
  })

  it('name what has a page of its own, and show it there', async () => {
    expect(await open('')).toContain(`href="/don-vi/${unitId}/xac-nhan?phan=noi-dung"`)
    expect(await open('?phan=noi-dung')).toContain('Nội dung bản thân kê khai · 1')
    expect(await open('?phan=con-nguoi')).toContain('<h1>Cần hỏi lại</h1>')
  })

  it('are where an act leads back to, and its undoing', async () => {
    const before = valuesIn(await open('?trang=2')).map(String)
    expect(await open('?trang=2')).toContain('<input type="hidden" name="trang" value="2"/>')
    const to = await send('truong-hop?trang=2', before.slice(0, 3))
    expect(to).toContain('trang=2')
    expect(to).toContain('hoan-tac=3')
    const after = await open(to.slice(to.indexOf('?')))
    expect(after).toContain(`action="/don-vi/${unitId}/xac-nhan/hoan-tac?trang=2"`)
    expect(valuesIn(after).slice(0, 47)).toEqual(before.slice(3))
    expect(await send('truong-hop?trang=2', [])).toContain('trang=2')
    const returning = await open(`/tra-lai?chon=${before[3]}&trang=2`)
    expect(returning).toContain(`href="/don-vi/${unitId}/xac-nhan?trang=2"`)
  })

  it('end with the last one: a page behind it shows that', async () => {
    expect(valuesIn(await open('?trang=99')).length).toBe(7)
    expect(prepared<number>('select count(*) from help_queue').pluck().one()).toBe(107)
  })
})
