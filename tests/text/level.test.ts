import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { levelWords } from '#app/text/level.ts'

/** Where districts are named although a province may have none: patterns, kinds, quotes, the demo, pages of districts. */
const MAY_NAME = new Set([
  'app/text/level.ts',
  // patterns of names
  'app/documents/report-paper.ts',
  'app/domain/letterhead.ts',
  'app/domain/personal-words.ts',
  'app/domain/place-name.ts',
  'app/domain/setup/localities.ts',
  'app/domain/setup/unit-guess.ts',
  // words of a list's cells for a kind of unit
  'app/text/setup.ts',
  'app/routes/_web/paper.server.ts',
  // an example in a comment
  'app/domain/roster/units.ts',
  // labels of districts themselves, and of a column of lists that name them
  'app/text/vocabulary.ts',
  'app/text/help-import.ts',
  // a reason that is given only where there are districts
  'app/text/worklist.ts',
  'app/queries/locality.server.ts',
  // the page of a district
  'app/ui/public-pages.tsx',
  // the plan's own words
  'app/text/plan.ts',
  // in the demo alone
  'app/routes/home/gallery.tsx',
])

it('districts are named by the words of levels alone', () => {
  const named = globSync('app/**/*.{ts,tsx}').filter(
    path => !path.startsWith('app/jobs/demo/') && /huyện/i.test(readFileSync(path, 'utf8').normalize('NFC')),
  )
  expect(named.filter(path => !MAY_NAME.has(path))).toEqual([])
})

it('without districts no word speaks of one', () => {
  const words = levelWords(false)
  expect(JSON.stringify([...Object.values(words), words.under('province')])).not.toMatch(/huyện/i)
  expect(levelWords(true).under('province')).toBe('huyện')
})
