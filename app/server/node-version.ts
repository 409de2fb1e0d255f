/** The oldest supported Node.js, as in package.json (`engines`); under an older one SQLite's library crashes. */
const LEAST = [22, 12] as const

/**
 * Returns true if this Node.js version fits; if not, prints one sentence of advice and sets the exit code to 1. Runs
 * before any package is loaded, so this file imports nothing.
 */
export function fitsNode(version = process.versions.node): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return true
  process.stderr.write(
    `Node.js ${LEAST.join('.')} or later is needed, this is ${version}: install Node.js 24 LTS (https://nodejs.org), then start this again.\n`,
  )
  process.exitCode = 1
  return false
}
