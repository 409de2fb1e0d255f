import { afterEach, beforeEach, expect, it } from 'vitest'
import { moveClock } from '#app/queries/clock.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, makeOfficial, makeProvince, makeReader } from '#tests/make.ts'
import { renderedSite } from '#tests/rendered.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

it('shows the late reports of a whole province in less than 60 kB, by period and state (E)', async () => {
  const ids = prepared<number>('select id from unit where parent_id = 1').pluck().all()
  for (const id of ids) makeOfficial(id)
  expect(ids.length).toBeGreaterThan(60)
  const office = makeReader('campaign_office')
  moveClock(makeReader('admin'), Date.parse('2024-07-10T09:00+07:00'))
  const site = await renderedSite()
  const page = async (search = '') =>
    await (await site.open(`don-vi/1/bao-cao${search}`, office.accountId, CAMPAIGN)).text()
  const whole = await page()
  expect(Buffer.byteLength(whole)).toBeLessThan(60_000)
  // the final report is missing of every unit that owes one, and each is named
  expect(whole).toContain('?ky=tong-ket&amp;tinh-trang=missing')
  expect(whole).toContain('Thành phố Đồng Xoài')
  expect(await page('?ky=tong-ket&tinh-trang=in_time')).not.toContain('>Thành phố Đồng Xoài</a>')
}, 60_000)
