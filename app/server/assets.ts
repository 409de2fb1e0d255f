import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler } from 'express'

/** How long the assets of a build are kept after the last day on which it was served (ms). */
const KEPT_MS = 7 * 86_400_000
const DAY_MS = 86_400_000
const BUILT = 'build/client'

/** The folder for the assets of the last builds: beside the data, which survives every kind of deployment. */
const keptIn = (dataDir: string) => join(dataDir, 'assets')

/** Names of built assets hold their content; the service worker is asked for again each time. */
function cachingOf(file: string): string {
  if (file.includes('/assets/')) return 'public, max-age=31536000, immutable'
  return file.endsWith('/sw.js') ? 'no-cache' : 'public, max-age=3600'
}

/**
 * Serves the build's files, and after them the assets of the builds of the last week: a page that was opened before an
 * update asks for scripts of its own build.
 */
export function serveAssets(dataDir: string): RequestHandler[] {
  const options: Parameters<typeof express.static>[1] = {
    index: false,
    redirect: false,
    setHeaders: (response, file) => response.setHeader('Cache-Control', cachingOf(file)),
  }
  const kept = express.static(keptIn(dataDir), options)
  return [
    express.static(BUILT, options),
    (request, response, next) => {
      if (!request.path.startsWith('/assets/')) return next()
      const { url } = request
      request.url = url.slice('/assets'.length)
      kept(request, response, error => {
        request.url = url
        next(error)
      })
    },
  ]
}

/**
 * Copies the assets of the running build beside the data, and marks them as served at the instant `at` (ms). Removes
 * those that no build has served for a week. A name contains a hash of the content, so existing files stay.
 */
export function keepAssets(dataDir: string, at: number, built = join(BUILT, 'assets')) {
  const folder = keptIn(dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const own = new Set(existsSync(built) ? readdirSync(built) : [])
  for (const name of own) {
    const kept = join(folder, name)
    if (!existsSync(kept)) {
      // whole or not at all, also where two processes begin at once
      const part = `${kept}.${process.pid}.part`
      copyFileSync(join(built, name), part)
      renameSync(part, kept)
    }
    utimesSync(kept, at / 1000, at / 1000)
  }
  for (const name of readdirSync(folder)) {
    const { mtimeMs } = statSync(join(folder, name), { throwIfNoEntry: false }) ?? { mtimeMs: at }
    if (!own.has(name) && at - mtimeMs > KEPT_MS) rmSync(join(folder, name), { force: true })
  }
}

/** Copies the assets now and once a day. A failed write is passed to `log`, and the server continues. */
export function keepAssetsDaily(dataDir: string, log: (thrown: unknown) => void) {
  const keep = () => {
    try {
      keepAssets(dataDir, Date.now())
    } catch (error) {
      log(error)
    }
  }
  keep()
  setInterval(keep, DAY_MS).unref()
}
