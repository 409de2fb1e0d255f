import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The npm package that brings the binary; it is no dependency, for it fits one kind of machine and has 30 MB. */
const PACKAGE = '@flydotio/litestream-linux-x64'
const PACKAGE_VERSION = '1.0.1'
const VERSION = 'v0.3.13'
const SHA256 = 'bbd8b9baa5bd9ae35318bececace384247b71fed4269a3e3cb8a8ac3f6c957bb'
const FOLDER = '.cache/litestream'

/**
 * The path of Litestream: LITESTREAM where it is set, else the binary of the pinned package, fetched once and kept. Throws
 * a sentence where the machine is of another kind, or the binary is not the one that was tried.
 */
export function findLitestream(): string {
  const own = process.env.LITESTREAM
  if (own) return withVersion(own)
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      `the package with Litestream is for Linux on x64: set LITESTREAM to the path of Litestream ${VERSION} for this machine`,
    )
  const binary = join(FOLDER, 'node_modules', PACKAGE, 'litestream')
  if (!existsSync(binary)) {
    mkdirSync(FOLDER, { recursive: true })
    const wanted = `${PACKAGE}@${PACKAGE_VERSION}`
    const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts']
    execFileSync('npm', ['install', '--prefix', FOLDER, ...options, wanted], { stdio: 'inherit' })
  }
  if (createHash('sha256').update(readFileSync(binary)).digest('hex') !== SHA256)
    throw new Error(`${binary} is not the binary that was tried: remove ${FOLDER} and start again`)
  return withVersion(binary)
}

function withVersion(binary: string): string {
  const version = execFileSync(binary, ['version'], { encoding: 'utf8' }).trim()
  if (version === VERSION) return binary
  throw new Error(`${binary} is Litestream ${version}; the one that is supported is ${VERSION}`)
}
