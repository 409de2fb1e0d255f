import { join } from 'node:path'
import type { LoaderFunction, ServerBuild } from '@remix-run/node'
import { EMPTY, FROZEN } from './client.ts'

/**
 * The built server with two things to compare with. EMPTY has a page without loader, content and frame, and an action
 * that reads its form and redirects. With the header FROZEN every page stays as it is, but its loaders repeat their
 * first answers. What is left is the cost of the page's own HTML.
 */
type Route = ServerBuild['routes'][string] & { module: { default?: () => unknown } }

function withEmptyPage(build: ServerBuild): ServerBuild {
  const root = build.routes.root as Route
  const id = 'routes/bench-empty'
  const path = EMPTY.slice(1)
  const action: LoaderFunction = async ({ request }) => {
    await request.formData()
    return new Response(null, { status: 302, headers: { Location: EMPTY } })
  }
  const module = { default: () => null, action }
  const manifest = { ...build.assets.routes.root, id, path, hasAction: true, hasLoader: false, hasErrorBoundary: false }
  return {
    ...build,
    routes: { ...build.routes, [id]: { id, path, module } as never, root },
    assets: {
      ...build.assets,
      routes: { ...build.assets.routes, [id]: { ...manifest, parentId: undefined } as never },
    },
  }
}

function withFrozenLoaders(build: ServerBuild): ServerBuild {
  const answers = new Map<string, unknown>()
  const routes = Object.fromEntries(
    Object.entries(build.routes).map(([id, route]) => {
      const { loader } = (route as Route).module
      if (!loader) return [id, route]
      const frozen: LoaderFunction = async args => {
        if (!args.request.headers.has(FROZEN)) return await loader(args)
        const key = `${id} ${new URL(args.request.url).pathname}`
        if (!answers.has(key)) answers.set(key, await loader(args))
        return answers.get(key)
      }
      return [id, { ...route, module: { ...(route as Route).module, loader: frozen } }]
    }),
  )
  return { ...build, routes: routes as ServerBuild['routes'] }
}

const folder = join(import.meta.dirname, '../../build/server')
const { server } = (await import(join(folder, 'main.js'))) as typeof import('../../app/server/start.ts')
if (!server) process.exit(1)
const build = withFrozenLoaders(withEmptyPage(await server.build()))
await server.serve(async () => build, {
  worker: join(folder, 'worker.js'),
  workbooks: join(folder, 'workbook-thread.js'),
  signedFiles: join(folder, 'signed-file-thread.js'),
  command: join(folder, 'command.js'),
})
