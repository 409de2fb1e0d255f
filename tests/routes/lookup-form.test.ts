import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import { plainBrowser } from '#tests/plain-browser.ts'
import { renderedSite } from '#tests/rendered.ts'

/** The form that gives out codes and numbers for a look-up, sent by a browser without scripts. */

let site: Awaited<ReturnType<typeof renderedSite>>
// the first one loads every page
beforeAll(() => renderedSite(), 300_000)
beforeEach(async () => {
  makeProvince()
  site = await renderedSite()
})
afterEach(dropProvince)

const PAGE = 'doi-chieu/tra-cuu'
const accountOfOffice = () => {
  const { actor } = makeOfficial(unitNamed('Sở Nội vụ').id)
  return grantTo(actor, 'campaign_office', unitNamed('Tỉnh Bình Phước').id).accountId
}
const commune = () => unitNamed('UBND xã Tân Thành').localityCode ?? ''
const sent = (password: string) => {
  const form = new FormData()
  const asked = { source: 'police', localityCode: commune(), purpose: 'complaint', password }
  for (const [name, value] of Object.entries(asked)) form.append(name, value)
  return form
}
const exports = () => prepared<number>("select count(*) from event where verb = 'export'").pluck().one()

it('keeps the three choices, and not the password, where the password is too short', async () => {
  const accountId = accountOfOffice()
  const { status, text, root, fields } = await plainBrowser(site, accountId).post(PAGE, sent('ngan-qua'))
  expect(status).toBe(400)
  expect(Object.fromEntries(fields('localityCode'))).toEqual({
    source: 'police',
    localityCode: commune(),
    purpose: 'complaint',
    password: '',
  })
  expect(text).toContain('Mật khẩu gồm ít nhất 10 ký tự.')
  expect(root.toString()).not.toContain('ngan-qua')
  expect(exports()).toBe(0)
})

it('sends the form on to the file, and what the file cannot take back to the page', async () => {
  const accountId = accountOfOffice()
  const answer = async (path: string, password: string) => {
    const { status, headers } = await site.open(path, accountId, CAMPAIGN, sent(password))
    return [status, headers.get('Location') ?? headers.get('Content-Type')]
  }
  expect(await answer(PAGE, 'mot-cau-du-dai')).toEqual([307, `/${PAGE}.zip`])
  expect(await answer(`${PAGE}.zip`, 'ngan-qua')).toEqual([307, `/${PAGE}`])
  expect(exports()).toBe(0)
  expect(await answer(`${PAGE}.zip`, 'mot-cau-du-dai')).toEqual([200, 'application/zip'])
  expect(exports()).toBe(1)
})
