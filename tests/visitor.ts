import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { expect } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { startSession } from '#app/access/session.server.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { prepared } from '#db/client.server.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { CAMPAIGN } from './make.ts'

const context = () => makeContext({ isDemo: true })

type Params = Record<string, string>
export type Texts = Record<string, string>
type Action<Answer> = (args: ActionFunctionArgs) => Promise<Answer>
type Loader<Data> = (args: LoaderFunctionArgs) => Promise<Data>

/** What an action gave its page; undefined where it led elsewhere. */
type Shown<Answer> = Extract<Answer, { data: unknown }>['data']

/** Somebody at a page: opens it and sends its forms as a browser does; jobs that a form starts are done at once. */
export async function visitor({ accountId }: Person, campaignId = CAMPAIGN) {
  const options = { campaignId, userAgent: 'x', isProven: true }
  const cookie = (await startSession(accountId, options)).split(';')[0] ?? ''
  const headers = { Cookie: cookie, Origin: ORIGIN }
  async function open<Data>(loader: Loader<Data>, params: Params, search = ''): Promise<Exclude<Data, Response>> {
    const request = new Request(`${ORIGIN}/trang${search}`, { headers })
    const answer = await loader({ request, params, context: context() } as LoaderFunctionArgs)
    return answer as Exclude<Data, Response>
  }
  /** The bytes of a file that a page gives out; `path` is its address. */
  async function download(loader: Loader<Response>, path: string, params: Params): Promise<Uint8Array<ArrayBuffer>> {
    const request = new Request(`${ORIGIN}${path}`, { headers })
    const answer = await loader({ request, params, context: context() } as LoaderFunctionArgs)
    return new Uint8Array(await answer.arrayBuffer())
  }
  async function post<Answer>(action: Action<Answer>, path: string, params: Params, form: FormData | Texts) {
    const body = form instanceof FormData ? form : new URLSearchParams(form)
    const request = new Request(`${ORIGIN}${path}`, { method: 'POST', headers, body })
    return await action({ request, params, context: context() } as ActionFunctionArgs)
  }
  /** Sends a form that leads elsewhere; returns where the last of its jobs leads, or it does itself. */
  async function send<Answer>(action: Action<Answer>, path: string, params: Params, form: FormData | Texts) {
    const answer = (await post(action, path, params, form)) as Response
    expect(answer.status).toBe(302)
    let to = answer.headers.get('Location') ?? ''
    for (let job = takeJob(); job; job = takeJob()) {
      await runJob(job)
      const done = prepared<{ state: string; result: string }>('select state, result from job where id = ?').one(job.id)
      expect(done.state).toBe('done')
      to = (JSON.parse(done.result) as { to?: string }).to ?? to
    }
    return to
  }
  /** Sends a form that is answered on its own page; returns what the page then shows. */
  async function ask<Answer>(action: Action<Answer>, path: string, params: Params, form: FormData | Texts) {
    return ((await post(action, path, params, form)) as { data: Shown<Answer> }).data
  }
  return { open, download, send, ask }
}

/** A form with a file. */
export function withFile(bytes: Uint8Array<ArrayBuffer>, texts: Texts = {}, name = 'ds.xlsx'): FormData {
  const form = new FormData()
  for (const [field, text] of Object.entries(texts)) form.set(field, text)
  form.set('file', new File([bytes], name))
  return form
}
