import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** Sources of the product, without the demo, which is the Bình Phước of 2024. */
const SOURCES = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .map(file => join('app', file))
  .filter(file => /\.(ts|tsx|css)$/.test(file) && !file.startsWith(join('app', 'jobs', 'demo')))

it('has files to look through', () => {
  expect(SOURCES.length).toBeGreaterThan(500)
})

it.each([
  ['the name of a province', /bình phước/i],
  ['the code of its locality', /['"`]70['"`]/],
])('does not hold %s: a province is data', (_, word) => {
  expect(SOURCES.filter(file => word.test(readFileSync(file, 'utf8').normalize('NFC')))).toEqual([])
})
