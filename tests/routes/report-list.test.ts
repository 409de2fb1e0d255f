import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { setDelivery, takeDigest } from '#app/queries/digest-account.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { remindOfReports } from '#app/queries/report-reminder.server.ts'
import { signReport } from '#app/queries/report-signing.server.ts'
import { reminderAct, reminderWhat } from '#app/text/reminder.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  makeReader,
  statusOf,
  unitNamed,
} from '#tests/make.ts'
import { renderedSite } from '#tests/rendered.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

it('shows the late reports of a whole province in pages of less than 45 kB, by period and state (E)', async () => {
  const ids = prepared<number>('select id from unit where parent_id = 1').pluck().all()
  for (const id of ids) makeOfficial(id)
  expect(ids.length).toBeGreaterThan(60)
  const office = makeReader('campaign_office')
  moveClock(makeReader('admin'), Date.parse('2024-07-10T09:00+07:00'))
  const site = await renderedSite()
  const page = async (search = '') =>
    await (await site.open(`don-vi/1/bao-cao${search}`, office.accountId, CAMPAIGN)).text()
  /** Every page of the list, as its links lead from one to the next. */
  const pages = async () => {
    const read = [await page()]
    for (let next = /href="([^"]*)" rel="next"|rel="next"[^>]*href="([^"]*)"/.exec(read[0] ?? ''); next; ) {
      const to = (next[1] ?? next[2] ?? '').replaceAll('&amp;', '&')
      read.push(await page(to.slice(to.indexOf('?'))))
      next = /href="([^"]*)" rel="next"|rel="next"[^>]*href="([^"]*)"/.exec(read.at(-1) ?? '')
    }
    for (const html of read) expect(Buffer.byteLength(html)).toBeLessThan(45_000)
    return read.join('')
  }
  const whole = await pages()
  // the final report is missing of every unit that owes one, and each is named
  expect(whole).toContain('?ky=tong-ket&amp;tinh-trang=missing')
  expect(whole).toContain('Thành phố Đồng Xoài')
  expect(await page('?ky=tong-ket&tinh-trang=in_time')).not.toContain('>Thành phố Đồng Xoài</a>')
  // the next day each row has its reminder beside its button
  const all = await site.open('don-vi/1/bao-cao/tong-ket/nhac', office.accountId, CAMPAIGN, new FormData())
  expect(all.headers.get('Location')).toBe(`/don-vi/1/bao-cao?da-nhac=${ids.length}&ky=tong-ket`)
  moveClock(makeReader('admin'), Date.parse('2024-07-11T09:00+07:00'))
  const reminded = await pages()
  expect(reminded).toContain('đã nhắc 10/7')
  expect(reminded).toContain('aria-label="Nhắc Thành phố Đồng Xoài"')
}, 60_000)

/** What a person's list of tasks says of a unit's reports, until `today`. */
const ofReports = (actor: Person, today: Day) =>
  listReminders(actor, CAMPAIGN, today).filter(({ kind }) => kind.startsWith('report'))
const headAt = (name: string) => grantTo(makeOfficial(unitNamed(name).id).actor, 'head', unitNamed(name).id)

it('reminds the units that have not signed, each once a day, and no other (E)', async () => {
  const [health, build, office, commune] = [
    headAt('Sở Y tế'),
    headAt('Sở Xây dựng'),
    makeReader('campaign_office'),
    headAt('UBND xã Tân Thành'),
  ]
  moveClock(makeReader('admin'), Date.parse('2024-07-10T09:00+07:00'))
  const today = '2024-07-10'
  const final = { unitId: 1, slug: 'tong-ket' }
  const asked = { unitId: unitNamed('Sở Xây dựng').id, slug: 'tong-ket', earlyReason: null }
  expect(signReport(build, CAMPAIGN, asked)).toMatchObject({ ok: true })
  const owing = prepared<number>("select count(*) from unit where parent_id = 1 and kind <> 'province'").pluck().one()
  expect(owing).toBeGreaterThan(2)

  const site = await renderedSite()
  const press = async (only?: number) => {
    const form = new FormData()
    if (only !== undefined) form.set('don-vi', String(only))
    return (await site.open('don-vi/1/bao-cao/tong-ket/nhac', office.accountId, CAMPAIGN, form)).headers.get('Location')
  }
  // one unit alone, then all: that one is not reminded twice on a day, who has signed never
  const before = ofReports(health, today).map(({ kind, count }) => ({ kind, count }))
  expect(before).toEqual([{ kind: 'report_overdue', count: 13 }])
  expect(await press(unitNamed('Sở Y tế').id)).toBe('/don-vi/1/bao-cao?da-nhac=1&ky=tong-ket')
  expect(await press(unitNamed('Sở Y tế').id)).toBe('/don-vi/1/bao-cao?da-nhac=0&ky=tong-ket')
  const after = ofReports(health, today)
  expect(after.map(({ kind, count }) => ({ kind, count }))).toEqual([
    { kind: 'report_overdue', count: 12 },
    { kind: 'report_asked', count: 1 },
  ])
  expect(after.map(reminderWhat)).toContain('Cấp trên nhắc: 1 báo cáo chưa ký gửi')
  expect(after.map(row => reminderAct(row)?.to)).toContain(`/don-vi/${unitNamed('Sở Y tế').id}/bao-cao/tong-ket`)
  const district = await press()
  expect(district).toBe('/don-vi/1/bao-cao?da-nhac=1&ky=tong-ket')
  expect(ofReports(build, today).map(({ kind }) => kind)).toEqual(['report_overdue'])
  // a unit two levels below is its own level's to remind
  expect(ofReports(commune, today).map(({ kind }) => kind)).toEqual(['report_overdue'])
  const page = await (await site.open('don-vi/1/bao-cao?ky=tong-ket', office.accountId, CAMPAIGN)).text()
  expect(page).toContain('đã nhắc 10/7')
  expect(page).not.toContain('aria-label="Nhắc Sở Y tế"')
  const own = await site.open(`don-vi/${unitNamed('Sở Y tế').id}/bao-cao`, health.accountId, CAMPAIGN)
  expect(await own.text()).toContain('Cấp trên nhắc ngày 10/7/2024')

  // it goes with the day's mail, and ends with the signature
  setDelivery(health, { email: 'a@example.org', wantsDigest: true })
  const digest = takeDigest(health.accountId, [{ id: CAMPAIGN, code: '128/KH-UBND' }], today)
  expect(digest?.parts.flatMap(({ reminders }) => reminders.map(({ kind }) => kind))).toContain('report_asked')
  expect(
    signReport(health, CAMPAIGN, { unitId: unitNamed('Sở Y tế').id, slug: 'tong-ket', earlyReason: null }),
  ).toMatchObject({ ok: true })
  expect(ofReports(health, today).map(({ kind }) => kind)).toEqual(['report_overdue'])

  // nobody reminds their own unit, or one that they are not above
  const own1 = { ...final, unitId: 1, only: null }
  for (const actor of [health, commune]) expect(statusOf(() => remindOfReports(actor, CAMPAIGN, own1))).not.toBeNull()
  expect(statusOf(() => remindOfReports(office, CAMPAIGN, { ...own1, slug: 'tuan-2030-01-01' }))).toBe(404)
}, 60_000)
