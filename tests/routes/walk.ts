import { createHash } from 'node:crypto'
import type { ActionFunctionArgs } from '@remix-run/node'
import { answerOf } from '#app/access/refusal.server.ts'
import { startSession } from '#app/access/session.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import routes from '#app/routes.ts'
import { prepared } from '#db/client.server.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'

type Handler = (args: ActionFunctionArgs) => unknown
type Module = { loader?: Handler; action?: Handler }
const MODULES = import.meta.glob<Module>(['/app/routes/**/*.{ts,tsx}', '/app/root.tsx'])

/** A route: its path as routes.ts writes it, its file, and what its address adds. */
export type Route = { path: string; file: string; query?: string }

/** Every route of the app. */
export const ROUTES: readonly Route[] = routes.map(route => ({
  path: 'path' in route ? (route.path ?? '') : '',
  file: `/app/${route.file}`,
}))

/** The names of the ids in a route's path. */
export const namesIn = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

export type Ids = Record<string, string | number>

/** Who asks: the cookie of a session, or the token of another system. */
export type Asker = { name: string; headers: Record<string, string> }

/** A session of the account with this login, in a campaign. */
export async function sessionOf(login: string, campaignId: number): Promise<Asker> {
  const accountId = prepared<number>('select id from account where login = ?').pluck().one(login)
  const cookie = await startSession(accountId, { campaignId, userAgent: 'x', isProven: true })
  return { name: login, headers: { Cookie: cookie.split(';')[0] ?? '' } }
}

const written = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) =>
    part instanceof Map ? [...part] : part instanceof Set ? [...part] : part,
  ) ?? 'undefined'

/** An answer as far as it can be compared: its status, and all that it says; a file's bytes besides. */
export type Answer = { status: number; body: string; file?: Uint8Array<ArrayBuffer> }

async function answerWith(answer: unknown): Promise<Answer> {
  if (answer instanceof Response) {
    const bytes = Buffer.from(await answer.arrayBuffer())
    const type = answer.headers.get('Content-Type') ?? ''
    const isText = type === '' || /text|json|javascript|calendar/.test(type)
    const body = isText ? bytes.toString('utf8') : createHash('sha256').update(bytes).digest('hex')
    return {
      status: answer.status,
      body: `${answer.headers.get('Location') ?? ''}${body}`,
      ...(isText ? {} : { file: new Uint8Array(bytes) }),
    }
  }
  const { data, init } = (answer ?? {}) as { data?: unknown; init?: ResponseInit | null }
  return { status: init?.status ?? 200, body: written(init === undefined ? answer : data) }
}

/** Asks a route's loader, or with a body its action; what it throws is its answer as well. Undefined: it has none. */
export async function ask(
  { path, file, query = '' }: Route,
  asker: Asker,
  ids: Ids,
  body?: URLSearchParams,
): Promise<Answer | undefined> {
  const module = (await MODULES[file]?.()) ?? {}
  const handler = body ? module.action : module.loader
  if (!handler) return undefined
  const filled = path.replace('*', 'khong-co').replaceAll(/:(\w+)/g, (_, name: string) => String(ids[name]))
  const params = Object.fromEntries(namesIn(path).map(name => [name, String(ids[name])]))
  const headers = { ...asker.headers, ...(body ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}) }
  const init = body ? { method: 'POST', headers, body: body.toString() } : { headers }
  try {
    return await answerWith(
      await handler({
        request: new Request(`${ORIGIN}/${filled}${query}`, init),
        params,
        context: makeContext({ hasMail: true, backupFolder: '/nowhere' }),
      }),
    )
  } catch (thrown) {
    if (thrown instanceof Refusal) return { status: answerOf(thrown).status, body: '' }
    if (thrown instanceof Response || (thrown as { init?: unknown }).init !== undefined) return await answerWith(thrown)
    throw thrown
  }
}
