import { dirname } from 'node:path'
import { readSettings, type Settings } from '#app/server/settings.ts'

/** Settings of a server on a database file that a test has. */
export function settingsFor(databaseFile: string, env: Record<string, string> = {}): Settings {
  const dataDir = dirname(databaseFile)
  return { ...readSettings({ NODE_ENV: 'test', DATA_DIR: dataDir, ...env }), databaseFile }
}
