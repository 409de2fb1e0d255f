import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findCitizenLink, issueCitizenLink, standingAnswer } from '#app/queries/citizen-code.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { action as answer, loader as show } from '#app/routes/citizen/answer.tsx'
import { CITIZEN_CONSENT, CITIZEN_CONSENT_VERSION } from '#app/text/citizen.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { CAMPAIGN, done, dropProvince, helpForm, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const context = makeContext()

/** A record with a code that waits, and a browser that opens its page and sends its forms. */
function waiting() {
  const official = makeOfficial(unitNamed('Sở Nội vụ').id)
  const { officialId, actor } = official
  const { helpId } = done(recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(1) }))
  issueCitizenLink(actor, CAMPAIGN, helpId)
  const code = findCitizenLink(actor, CAMPAIGN, { id: helpId, officialId }).code ?? ''
  const open = async (search = '', cookie = '') => {
    const request = new Request(`${ORIGIN}/x/${code}${search}`, { headers: { Cookie: cookie } })
    return show({ request, params: { code }, context } as unknown as LoaderFunctionArgs)
  }
  const send = async (...fields: [string, string][]) => {
    const request = new Request(`${ORIGIN}/x/${code}`, { method: 'POST', body: new URLSearchParams(fields) })
    const response = await answer({ request, params: { code }, context } as unknown as ActionFunctionArgs)
    return { status: response.status, page: await response.text() }
  }
  return { helpId, open, send }
}

describe('the citizen’s yes', () => {
  it('is one button, which says what it agrees to, and opening the page is no answer', async () => {
    const { helpId, open, send } = waiting()
    const page = await (await open()).text()
    expect(page).toContain(CITIZEN_CONSENT)
    const form = /<form method="post"[^>]*>(?:(?!<\/form>).)*value="yes".*?<\/form>/s.exec(page)?.[0] ?? ''
    expect(form.match(/<(input|select|textarea)\b(?![^>]*type="hidden")/g)).toBeNull()
    expect(form.match(/<button/g)).toHaveLength(1)
    expect(standingAnswer(helpId)).toBeUndefined()
    const [, name = '', value = ''] = /<button[^>]*name="(\w+)" value="([^"]+)"/.exec(form) ?? []
    expect((await send(['answer', 'yes'], [name, value])).status).toBe(200)
    expect(standingAnswer(helpId)?.answer).toBe('yes')
  })

  it.each([
    ['without the words that it agrees to', []],
    ['under words that were shown before', [['consent', '2024-04/x']]],
  ] as [string, [string, string][]][])('is asked again %s', async (_, fields) => {
    const { helpId, send } = waiting()
    const { status, page } = await send(['answer', 'yes'], ...fields)
    expect(status).toBe(400)
    expect(page).toContain(CITIZEN_CONSENT_VERSION)
    expect(standingAnswer(helpId)).toBeUndefined()
  })
})

describe('what was not done', () => {
  it('is ticked, several at once, with the citizen’s own words', async () => {
    const { helpId, send } = waiting()
    const { status } = await send(
      ['answer', 'not_quite'],
      ['outcome', 'sim_signature'],
      ['outcome', 'vneid_installed'],
      ['words', '  Máy tôi chưa cài được '],
    )
    expect(status).toBe(200)
    expect(standingAnswer(helpId)).toMatchObject({
      answer: 'not_quite',
      denied: ['vneid_installed', 'sim_signature'],
      words: 'Máy tôi chưa cài được',
    })
  })

  it('is asked for where nothing is ticked, and what was written stays', async () => {
    const { helpId, send } = waiting()
    const { status, page } = await send(['answer', 'not_quite'], ['words', 'Chưa thấy ai đến'])
    expect(status).toBe(400)
    expect(page).toContain('<details open="">')
    expect(page).toContain('>Chưa thấy ai đến</textarea>')
    expect(standingAnswer(helpId)).toBeUndefined()
  })
})

describe('large letters', () => {
  const isLarge = async (response: Response) => /<html[^>]*class="large"/.test(await response.text())

  it('are asked for by a link, kept by a cookie of this host alone, and taken back', async () => {
    const { open } = waiting()
    const usual = await open()
    expect(usual.headers.getSetCookie()).toEqual([])
    expect(await usual.text()).toContain('href="?co-chu=lon"')
    const asked = await open('?co-chu=lon')
    const [cookie = ''] = asked.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-chu=lon; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/)
    expect(await isLarge(asked)).toBe(true)
    expect(await isLarge(await open('', 'a=b; __Host-chu=lon'))).toBe(true)
    expect(await isLarge(await open('?co-chu=thuong', '__Host-chu=lon'))).toBe(false)
    expect(await isLarge(await open('?co-chu=khac'))).toBe(false)
  })
})
