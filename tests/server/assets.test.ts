import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepAssets } from '#app/server/assets.ts'

const DAY_MS = 86_400_000
const AT = Date.parse('2026-03-02T08:00+07:00')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A build with one script. */
function build(name: string) {
  const built = join(folder, `build-${name}`)
  mkdirSync(built)
  writeFileSync(join(built, name), `// ${name}`)
  return built
}
const kept = (name: string) => existsSync(join(folder, 'assets', name))

it('the scripts of a build stay for a week after the last day on which it was served', () => {
  const [old, fresh] = [build('old-1.js'), build('new-2.js')]
  keepAssets(folder, AT, old)
  keepAssets(folder, AT + 20 * DAY_MS, old)
  keepAssets(folder, AT + 20 * DAY_MS, fresh)
  keepAssets(folder, AT + 26 * DAY_MS, fresh)
  expect([kept('old-1.js'), kept('new-2.js')]).toEqual([true, true])
  expect(readFileSync(join(folder, 'assets', 'old-1.js'), 'utf8')).toBe('// old-1.js')
  keepAssets(folder, AT + 28 * DAY_MS, fresh)
  expect([kept('old-1.js'), kept('new-2.js')]).toEqual([false, true])
})
