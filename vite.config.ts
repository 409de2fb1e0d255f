import { availableParallelism } from 'node:os'
import { vitePlugin as remix } from '@remix-run/dev'
import { build, defineConfig, type Plugin } from 'vite'
import { REMIX_FLAGS } from './app/remix-flags.ts'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

/**
 * The server build's entries, which share their modules: web server, jobs' worker, writer of workbooks, reader of signed
 * files, commands.
 */
const ENTRIES = {
  main: './app/server/start.ts',
  worker: './app/jobs/worker.ts',
  'workbook-thread': './app/jobs/workbook-thread.ts',
  'signed-file-thread': './app/jobs/signed-file-thread.ts',
  command: './app/server/start-command.ts',
}

const serverEntries: Plugin = {
  name: 'server-entries',
  enforce: 'post',
  config: (_config, { isSsrBuild }) =>
    isSsrBuild
      ? {
          build: {
            target: 'node22',
            rollupOptions: {
              input: ENTRIES,
              output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
            },
          },
        }
      : {},
  configResolved(config) {
    if (config.build.ssr) config.build.rollupOptions.input = ENTRIES
  },
}

/** Builds the service worker beside the client's assets, as one file at the root, from which it sees every page. */
const serviceWorker: Plugin = {
  name: 'service-worker',
  apply: 'build',
  async closeBundle() {
    if (this.environment.name !== 'client' || process.env.VITEST) return
    await build({
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      build: {
        outDir: 'build/client',
        emptyOutDir: false,
        rollupOptions: {
          input: './app/offline/shell-keeper.ts',
          output: { entryFileNames: 'sw.js', format: 'iife' },
        },
      },
    })
  },
}

/**
 * What Remix's own browser code does where a page was opened before an update, put right: each text must stand in the
 * file exactly once, or the build breaks off.
 */
const RELOADS: readonly { file: RegExp; find: string; put: string }[] = [
  {
    // a script that is gone: the way is gone to its end first, and the page there is loaded whole, not the one left
    file: /@remix-run\/react\/dist\/esm\/routeModules\.js$/,
    find: `    window.location.reload();
    return new Promise(() => {
      // check out of this hook cause the DJs never gonna re[s]olve this
    });`,
    put: `    return routeModulesCache[route.id] = {
      default() {
        reactOfReload.useEffect(() => window.location.reload(), []);
        return null;
      }
    };`,
  },
  {
    // routes of another build: the address that is loaded keeps its query, which says what was saved
    file: /@remix-run\/react\/dist\/esm\/fog-of-war\.js$/,
    find: '      window.location.href = errorReloadPath;',
    put: `      let ahead = window.__remixRouter?.state.navigation.location;
      window.location.href = ahead && ahead.pathname === errorReloadPath ? ahead.pathname + ahead.search + ahead.hash : errorReloadPath;`,
  },
]

const reloads: Plugin = {
  name: 'reloads',
  apply: 'build',
  transform(code, id) {
    const known = RELOADS.find(({ file }) => file.test(id.split('?')[0] ?? ''))
    if (!known) return null
    if (code.split(known.find).length !== 2) throw new Error(`${id} is not what it was: look at RELOADS`)
    const put = code.replace(known.find, () => known.put)
    return {
      code: put.includes('reactOfReload') ? `import * as reactOfReload from 'react';\n${put}` : put,
      map: null,
    }
  },
}

export default defineConfig({
  plugins: [process.env.VITEST ? [] : remix({ future: REMIX_FLAGS }), serverEntries, serviceWorker, reloads],
  server: { port: 3000 },
  // modules of the server only, which the browser's bundle need not look into
  optimizeDeps: { exclude: ['@node-rs/argon2', 'better-sqlite3', 'sharp'] },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    globalSetup: 'tests/temporary.ts',
    // Vitest leaves one core free, which on a machine of two is half of the time
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
} as Parameters<typeof defineConfig>[0])
