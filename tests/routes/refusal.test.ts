import { readFileSync } from 'node:fs'
import type { ActionFunctionArgs, ServerBuild } from '@remix-run/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSession } from '#app/access/session.server.ts'
import { busy, forbidden, notFound, Refusal } from '#app/domain/refusal.ts'
import routes from '#app/routes.ts'
import { withFailuresNoted } from '#app/server/failures.ts'
import { answerFaults } from '#app/server/storage-faults.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { CAMPAIGN, dropProvince, makeOfficial, makeProvince } from '#tests/make.ts'

type Handler = (args: ActionFunctionArgs) => unknown
type Module = { loader?: Handler; action?: Handler }
const MODULES = import.meta.glob<Module>('/app/routes/**/*.{ts,tsx}')
const PATHS = new Map(routes.map(route => [`/app/${route.file}`, 'path' in route ? (route.path ?? '') : '']))

/** The modules as the server wraps them; `failures` collects what would be an unexpected error. */
function wrapped(modules: Record<string, Module>) {
  const failures: string[] = []
  const routesOfBuild = Object.fromEntries(Object.entries(modules).map(([id, module]) => [id, { id, module }]))
  const build = answerFaults({ routes: routesOfBuild } as unknown as ServerBuild, () => undefined)
  const { routes } = withFailuresNoted(build, thrown => failures.push(String(thrown)))
  return { routes: routes as unknown as Record<string, { module: Module }>, failures }
}

async function statusOf(handler: Handler, path: string, init: RequestInit, notes: object[] = []): Promise<number> {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const url = `${ORIGIN}/${path.replaceAll(/:\w+/g, '999999')}`
  const context = makeContext({ note: facts => notes.push(facts) })
  const params = Object.fromEntries(names.map(name => [name, '999999']))
  try {
    const answer = await handler({ request: new Request(url, init), params, context })
    const { status, init: given } = (answer ?? {}) as { status?: number; init?: ResponseInit | null }
    return status ?? given?.status ?? 200
  } catch (thrown) {
    return (
      (thrown as { status?: number; init?: ResponseInit }).status ??
      (thrown as { init?: ResponseInit }).init?.status ??
      500
    )
  }
}

const handlersOf = ({ loader, action }: Module) => [loader, action].filter(handler => handler !== undefined)

beforeAll(() => makeProvince())
afterAll(dropProvince)

it('a refusal is answered by its status in every loader and action', async () => {
  const KINDS: readonly [Refusal, number][] = [
    [new Refusal('malformed'), 400],
    [forbidden('help.record'), 403],
    [notFound(), 404],
    [new Refusal('conflict'), 409],
    [new Refusal('gone'), 410],
    [busy(2), 503],
  ]
  for (const [refusal, status] of KINDS) {
    const refuse = () => Promise.reject(refusal)
    const { routes, failures } = wrapped(
      Object.fromEntries([...PATHS.keys()].map(file => [file, { loader: refuse, action: refuse }])),
    )
    for (const [file, { module }] of Object.entries(routes))
      for (const handler of handlersOf(module)) {
        const notes: object[] = []
        expect(await statusOf(handler, PATHS.get(file) ?? '', {}, notes)).toBe(status)
        if (status === 403) expect(notes).toEqual([{ refused: 'help.record' }])
      }
    expect(failures).toEqual([])
  }
})

it('no loader or action fails when an official without a role asks for what does not exist', async () => {
  const { actor } = makeOfficial(1)
  const begin = async () =>
    (await startSession(actor.accountId, { campaignId: CAMPAIGN, userAgent: 'x', isProven: true })).split(';')[0] ?? ''
  const modules: Record<string, Module> = {}
  for (const file of PATHS.keys()) modules[file] = (await MODULES[file]?.()) ?? {}
  const { routes, failures } = wrapped(modules)
  const counts = new Map<number, number>()
  const failed: string[] = []
  for (const [file, { module }] of Object.entries(routes)) {
    const path = PATHS.get(file) ?? ''
    for (const handler of handlersOf(module)) {
      const headers = { Cookie: await begin(), 'Content-Type': 'application/x-www-form-urlencoded' }
      const init = handler === module.action ? { method: 'POST', headers, body: 'x=1' } : { headers }
      const status = await statusOf(handler, path, init)
      counts.set(status, (counts.get(status) ?? 0) + 1)
      if (status >= 500) failed.push(`${path} (${handler === module.action ? 'action' : 'loader'}): ${status}`)
    }
  }
  expect({ failed, failures }).toEqual({ failed: [], failures: [] })
  expect(counts.get(403)).toBeGreaterThan(40)
  expect(counts.get(404)).toBeGreaterThan(40)
}, 600_000)

it('queries and rules know no HTTP answers', () => {
  const files = Object.keys(import.meta.glob('/app/{queries,domain}/**/*.ts'))
  expect(files.length).toBeGreaterThan(150)
  expect(files.filter(file => /\bResponse\b/.test(readFileSync(`.${file}`, 'utf8')))).toEqual([])
})
