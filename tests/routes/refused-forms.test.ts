import type { HTMLElement } from 'node-html-parser'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, makeProvince, NOW } from '#tests/make.ts'
import { fieldNames, fieldsOf, type Page, plainBrowser } from '#tests/plain-browser.ts'
import { renderedSite } from '#tests/rendered.ts'
import { foundTwo } from '#tests/two-campaigns.ts'
import { LOGINS } from '../e2e/route-access.ts'
import { OWNED, ownerIn, sharedIds } from './owned.ts'
import { type Ids, namesIn } from './walk.ts'

/*
 * A browser without scripts keeps nothing of a form that it has sent: what was typed must come back from the server.
 * Every form of every page with more than two fields is filled with what cannot be right, and sent; the page that
 * answers holds each field as it was typed.
 */

let site: Awaited<ReturnType<typeof renderedSite>>
let file = ''
let shared: Ids[] = []

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-12-01T03:00:00Z') })
  const two = await foundTwo()
  file = two.file
  shared = sharedIds(two.second)
  makeProvince(NOW, file)
  site = await renderedSite()
}, 300_000)
afterAll(() => {
  dropProvince()
  vi.useRealTimers()
})

/** Fields whose values nobody types, or that no page may give back. */
const isLeftOut = (field: HTMLElement) => {
  const type = field.getAttribute('type')
  return (
    type === 'hidden' ||
    type === 'file' ||
    type === 'password' ||
    field.getAttribute('name') === 'password' ||
    !field.getAttribute('name') ||
    field.hasAttribute('disabled')
  )
}
const fieldsIn = (form: HTMLElement) => form.querySelectorAll('input, select, textarea').filter(one => !isLeftOut(one))
const namesOf = (form: HTMLElement) => [...new Set(fieldsIn(form).map(field => field.getAttribute('name') ?? ''))]

const MORE_THAN = 2
/** A form is known by the page's route and its fields: rows of one list have forms alike. */
const markOf = (path: string, form: HTMLElement) => `${path} ${namesOf(form).map(withoutRow).join(' ')}`
const withoutRow = (name: string) => name.replace(/\d+/g, '0')

/** What is sent: ticks and choices are the last ones, texts say whose they are; `long`: the first text is too long. */
function typedInto(form: HTMLElement, isLong: boolean): Map<string, string[]> {
  const typed = new Map<string, string[]>()
  let longest = isLong
  for (const field of fieldsIn(form)) {
    const name = field.getAttribute('name') ?? ''
    const type = field.getAttribute('type')
    if (field.tagName === 'SELECT') {
      const last = field.querySelectorAll('option').findLast(option => !option.hasAttribute('disabled'))
      typed.set(name, [last?.getAttribute('value') ?? ''])
    } else if (type === 'radio') typed.set(name, [field.getAttribute('value') ?? 'on'])
    else if (type === 'checkbox') typed.set(name, [...(typed.get(name) ?? []), field.getAttribute('value') ?? 'on'])
    else {
      typed.set(name, [longest ? `Gõ dở ${'dài '.repeat(3000)}${name}` : `Gõ dở ${name}`])
      longest = false
    }
  }
  return typed
}

/** The fields that the answer holds otherwise than they were typed. */
function lostIn(page: Page, typed: ReadonlyMap<string, readonly string[]>): string[] {
  const names = [...typed.keys()]
  const form = page.forms.find(one => names.every(name => fieldNames(one).includes(name)))
  if (!form) return ['the whole form']
  const kept = new Map<string, string[]>()
  for (const [name, value] of fieldsOf(form)) kept.set(name, [...(kept.get(name) ?? []), value])
  const same = (one: readonly string[] = [], other: readonly string[] = []) =>
    JSON.stringify(one.map(text => text.trim())) === JSON.stringify(other.map(text => text.trim()))
  return names.filter(name => !same(kept.get(name), typed.get(name)))
}

const addressesOf = (path: string): string[] => {
  const owner = ownerIn(path)
  const rows =
    owner === undefined
      ? shared
      : prepared<Ids>(`${OWNED[owner]} limit 3`)
          .all(CAMPAIGN)
          .map(row => ({ ...shared[0], ...row }))
  const filled = rows.map(ids => path.replaceAll(/:(\w+)/g, (_, name: string) => String(ids[name])))
  return namesIn(path).length === 0 ? [path] : filled
}

const accountOf = (login: string) => prepared<number>('select id from account where login = ?').pluck().one(login)

type Browser = ReturnType<typeof plainBrowser>
type Tried = { answer: Page; typed: Map<string, string[]> }

/** Sends what cannot be right; where that is taken all the same, once more with a text that is too long. */
async function refusalOf(browser: Browser, address: string, form: HTMLElement): Promise<Tried> {
  const send = async (isLong: boolean): Promise<Tried> => {
    const typed = typedInto(form, isLong)
    const sent = new FormData()
    for (const [name, value] of fieldsOf(form)) if (!typed.has(name)) sent.append(name, value)
    for (const [name, values] of typed) for (const value of values) sent.append(name, value)
    return { answer: await browser.post(form.getAttribute('action') || address, sent), typed }
  }
  const first = await send(false)
  return first.answer.status === 400 ? first : send(true)
}

it('every form of more than two fields gives back what was typed where it is refused', {
  timeout: 900_000,
}, async () => {
  const seen = new Set<string>()
  const taken: string[] = []
  const lost: string[] = []
  const paths = site.paths.filter(path => !/^\*|kieu-mau|^x\/|\.(xlsx|docx|pdf|zip|csv|json|ics)$/.test(path))
  const tryForm = async (browser: Browser, address: string, { mark, form }: { mark: string; form: HTMLElement }) => {
    seen.add(mark)
    const { answer, typed } = await refusalOf(browser, address, form)
    const fields = answer.status === 400 ? lostIn(answer, typed) : []
    if (answer.status !== 400) taken.push(`${mark}: ${answer.status} ${answer.path}`)
    if (fields.length > 0) lost.push(`${mark}: ${fields.join(', ')}`)
  }
  const tryPage = async (address: string, path: string, accountId: number) => {
    const browser = plainBrowser(site, accountId)
    const { status, forms } = await browser.open(address)
    if (status !== 200) return
    const posting = forms.filter(form => form.getAttribute('method')?.toLowerCase() === 'post')
    for (const form of posting) {
      const mark = markOf(path, form)
      if (namesOf(form).length > MORE_THAN && !seen.has(mark)) await tryForm(browser, address, { mark, form })
    }
  }
  for (const path of paths)
    for (const address of addressesOf(path)) for (const login of LOGINS) await tryPage(address, path, accountOf(login))
  expect(lost).toEqual([])
  expect(taken).toEqual([])
  expect(seen.size).toBeGreaterThan(30)
})
