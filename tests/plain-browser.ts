import { type HTMLElement, parse } from 'node-html-parser'
import { expect } from 'vitest'
import { runJob } from '#app/jobs/run.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN } from './make.ts'
import type { renderedSite } from './rendered.ts'

/** A browser without scripts, for what a page shows and what its forms send. */

type Site = Awaited<ReturnType<typeof renderedSite>>
export type Answers = Readonly<Record<string, string | File | readonly string[]>>

/** Names and values as a browser sends a form that nobody touched. */
export function fieldsOf(form: HTMLElement): [name: string, value: string][] {
  return form.querySelectorAll('input, select, textarea').flatMap(field => {
    const name = field.getAttribute('name')
    const value = field.hasAttribute('disabled') ? undefined : sentBy(field)
    return name && value !== undefined ? [[name, value] as [string, string]] : []
  })
}

/** What an untouched field sends; undefined: nothing. */
function sentBy(field: HTMLElement): string | undefined {
  if (field.tagName === 'TEXTAREA') return field.text.replace(/^\n/, '')
  if (field.tagName === 'SELECT') {
    const options = field.querySelectorAll('option')
    const chosen = options.find(option => option.hasAttribute('selected')) ?? options[0]
    return chosen && (chosen.getAttribute('value') ?? chosen.text)
  }
  const type = field.getAttribute('type')
  if (type === 'file' || (isTick(type) && !field.hasAttribute('checked'))) return undefined
  return field.getAttribute('value') ?? (isTick(type) ? 'on' : '')
}

const isTick = (type: string | undefined) => type === 'checkbox' || type === 'radio'

/** The words of a part of a page, its spaces made one. */
export const wordsOf = (part: HTMLElement | null) => (part?.structuredText ?? '').replace(/\s+/g, ' ').trim()

async function work() {
  for (let job = takeJob(); job; job = takeJob()) {
    await runJob(job)
    const done = prepared<{ state: string; result: string }>('select state, result from job where id = ?').one(job.id)
    expect(done).toMatchObject({ state: 'done' })
  }
}

/** Opens pages as one account, goes where answers lead, and does the jobs that they wait for. */
export function plainBrowser(site: Site, accountId: number | null) {
  async function follow(answer: Response, path: string) {
    let [now, at] = [answer, path]
    for (let hops = 0; hops < 6 && now.status === 302; hops += 1) {
      at = (now.headers.get('Location') ?? '').replace(/^\//, '')
      if (at.startsWith('cong-viec/')) await work()
      now = await site.open(at, accountId, CAMPAIGN)
    }
    return pageOf(now.status, at, parse(await now.text(), { blockTextElements: { script: true, style: true } }))
  }

  function pageOf(status: number, path: string, root: HTMLElement) {
    const forms = root.querySelectorAll('main form')
    /** The form with a field of this name, or that sends to an address with this end. */
    const formWith = (mark: string) => {
      const found = forms.find(
        form => fieldNames(form).includes(mark) || (form.getAttribute('action') ?? '').split('?')[0]?.endsWith(mark),
      )
      if (!found) throw new Error(`no form with ${mark} at ${path}: ${wordsOf(root.querySelector('main'))}`)
      return found
    }
    return {
      status,
      path,
      root,
      forms,
      text: wordsOf(root.querySelector('main')),
      formWith,
      fields: (mark: string) => fieldsOf(formWith(mark)),
      /** Fills a form in and sends it; a list of texts ticks those boxes. */
      async send(mark: string, answers: Answers = {}) {
        const form = formWith(mark)
        const to = (form.getAttribute('action') ?? path).replace(/^\//, '')
        return follow(await site.open(to, accountId, CAMPAIGN, filledIn(form, answers)), to)
      },
    }
  }

  return {
    open: async (path: string) => follow(await site.open(path, accountId, CAMPAIGN), path),
    /** Sends these fields to an address. */
    post: async (path: string, form: FormData) =>
      follow(await site.open(path, accountId, CAMPAIGN, form), path.replace(/^\//, '')),
  }
}
export type Page = Awaited<ReturnType<ReturnType<typeof plainBrowser>['open']>>

/** What a form sends once these answers are given; a field that it does not have cannot be answered. */
function filledIn(form: HTMLElement, answers: Answers): FormData {
  const sent = new FormData()
  const names = fieldNames(form)
  for (const name of Object.keys(answers)) expect(names).toContain(name)
  for (const [name, value] of fieldsOf(form)) if (answers[name] === undefined) sent.append(name, value)
  for (const [name, answer] of Object.entries(answers)) {
    if (answer instanceof File) sent.append(name, answer)
    else for (const one of typeof answer === 'string' ? [answer] : answer) sent.append(name, one)
  }
  return sent
}

/** The names of a form's fields, filled or not. */
export const fieldNames = (form: HTMLElement) =>
  form.querySelectorAll('input, select, textarea').flatMap(field => field.getAttribute('name') ?? [])
