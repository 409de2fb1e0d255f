import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import type { RouteConfigEntry } from '@remix-run/route-config'
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js'
import { startSession } from '#app/access/session.server.ts'
import * as entry from '#app/entry.server.tsx'
import { REMIX_FLAGS } from '#app/remix-flags.ts'
import * as root from '#app/root.tsx'
import routes from '#app/routes.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'

const MODULES = import.meta.glob<ServerBuild['routes'][string]['module']>('/app/routes/**/*.{ts,tsx}')

/** Every route of the site by its path, its module loaded. */
async function siteRoutes() {
  return Promise.all(
    (routes as RouteConfigEntry[]).map(async ({ id, path, index, file }) => {
      const load = MODULES[`/app/${file}`]
      if (!load) throw new Error(`no module ${file}`)
      return { id: id ?? file.replace(/\.tsx?$/, ''), parentId: 'root', path, index, module: await load() }
    }),
  )
}

/** The site as the server builds it, from its sources and without scripts: to read pages whole in a test. */
export async function renderedSite() {
  const all = [{ id: 'root', path: '', module: root }, ...(await siteRoutes())]
  const build = {
    mode: 'test',
    // refusals are answers here, and no news
    entry: {
      module: { ...entry, handleError: () => undefined },
    },
    routes: Object.fromEntries(all.map(row => [row.id, row])),
    assets: {
      version: '1',
      url: '',
      entry: { module: '', imports: [] },
      routes: Object.fromEntries(
        all.map(({ module, ...row }) => [
          row.id,
          {
            ...row,
            hasAction: 'action' in module,
            hasLoader: 'loader' in module,
            hasClientAction: false,
            hasClientLoader: false,
            hasErrorBoundary: 'ErrorBoundary' in module,
            module: '',
            imports: [],
          },
        ]),
      ),
    },
    publicPath: '/',
    assetsBuildDirectory: '',
    future: { ...REMIX_FLAGS, unstable_optimizeDeps: false },
    isSpaMode: false,
  } as unknown as ServerBuild
  const handler = createRequestHandler(build, 'production')
  const cookies = new Map<number, string>()
  return {
    paths: all.flatMap(({ path, module }) => (path && ('loader' in module || 'default' in module) ? [path] : [])),
    /** Opens an address as an account sees it, or sends a form there; null: as nobody. */
    async open(path: string, accountId: number | null, campaignId: number, form?: FormData): Promise<Response> {
      if (accountId !== null && !cookies.has(accountId)) {
        const cookie = await startSession(accountId, { campaignId, userAgent: 'x', isProven: true })
        cookies.set(accountId, cookie.split(';')[0] ?? '')
      }
      const headers: Record<string, string> = { Origin: ORIGIN, Host: new URL(ORIGIN).host }
      if (accountId !== null) headers.Cookie = cookies.get(accountId) ?? ''
      const sent = form ? { method: 'POST', body: form } : {}
      return handler(new Request(new URL(path, `${ORIGIN}/`), { headers, ...sent }), makeContext())
    },
  }
}

const DOCUMENT = /zip|officedocument|octet-stream/

/** The text of a page, or of every part of a document. */
export async function textOf(answer: Response): Promise<string> {
  if (!DOCUMENT.test(answer.headers.get('Content-Type') ?? '')) return answer.text()
  const archive = new ZipReader(new Uint8ArrayReader(new Uint8Array(await answer.arrayBuffer())))
  const parts = (await archive.getEntries()).filter(({ filename }) => /\.(xml|txt|json|csv)$/.test(filename))
  const texts = await Promise.all(parts.map(part => (part.directory ? '' : part.getData(new TextWriter()))))
  return texts.join('\n')
}
