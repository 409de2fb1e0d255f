import { join } from 'node:path'
import type { ServerBuild } from '@remix-run/node'
import { createServer } from 'vite'

/** `npm run dev`: the demo with the bundler in front, on PORT; keys are the demo's own. */
process.env.DEMO ??= '1'
process.env.MASTER_KEY ??= Buffer.alloc(32, 7).toString('base64')
const port = Number(process.env.PORT ?? 3000)

const vite = await createServer({ server: { middlewareMode: true, hmr: { port: port + 10_000 } } })
const main = (await vite.ssrLoadModule('/app/server/main.ts')) as typeof import('../app/server/main.ts')
const fileOf = (name: string) => join(import.meta.dirname, '../app', name)
const build = () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>
await main.serve(
  build,
  {
    worker: fileOf('jobs/worker.ts'),
    workbooks: fileOf('jobs/workbook-thread.ts'),
    signedFiles: fileOf('jobs/signed-file-thread.ts'),
    command: fileOf('server/start-command.ts'),
  },
  {
    handlers: [vite.middlewares],
    isDevelopment: true,
  },
)
