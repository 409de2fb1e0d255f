import { expect, it } from 'vitest'
import { checkImporters } from '#tests/fuzz/importers.ts'

/** The same few hundred cases each time; `npm run test:fuzz` runs thousands of new ones. */
it('every importer reads a hostile file or refuses it, and never throws', { timeout: 60_000 }, async () => {
  const { cases, faults } = await checkImporters({ numRuns: 800, seed: 128 })
  expect(faults).toEqual([])
  expect(cases).toBeGreaterThanOrEqual(800)
})
