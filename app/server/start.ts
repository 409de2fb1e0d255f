import { join } from 'node:path'
import { fitsNode } from './node-version.ts'

/**
 * The web server as it is built: `node build/server/main.js`. Loads everything else only under a Node.js that fits.
 * `server` is what it loads, for benchmarks that serve another build; undefined where this Node.js is too old.
 */
export const server = fitsNode() ? await import('./main.ts') : undefined

const folder = import.meta.dirname
if (server && process.argv[1] === import.meta.filename)
  await server.serve(server.build, {
    worker: join(folder, 'worker.js'),
    workbooks: join(folder, 'workbook-thread.js'),
    signedFiles: join(folder, 'signed-file-thread.js'),
    command: join(folder, 'command.js'),
  })
