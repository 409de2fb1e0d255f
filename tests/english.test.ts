import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Words that an engineer stumbles over; their number in comments may only fall. */
const AWKWARD = /\b(whoever|anew|nobody's|is told|are told|stands|of it)\b/gi
const MOST = 4

const commentsOf = (text: string) =>
  [...text.matchAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm)].map(([comment]) => comment).join('\n')

it('comments are in plain English', () => {
  const files = execFileSync('git', ['ls-files', 'app', 'db', 'scripts', 'tests'], { encoding: 'utf8' }).split('\n')
  const found = files
    .filter(file => /\.tsx?$/.test(file))
    .map(file => ({ file, count: commentsOf(readFileSync(file, 'utf8')).match(AWKWARD)?.length ?? 0 }))
    .filter(({ count }) => count > 0)
  const total = found.reduce((sum, { count }) => sum + count, 0)
  expect(total, found.map(({ file, count }) => `${count} ${file}`).join('\n')).toBeLessThanOrEqual(MOST)
})
