import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { planRoster } from '#app/domain/roster/plan.ts'
import { readRoster } from '#app/imports/roster.ts'
import { messyRoster } from '../fixtures/messy-roster.ts'

/** Every roster that the project keeps; what each row, notice and problem becomes may not change by a byte. */
const FIXTURES = new URL('../fixtures/rosters/', import.meta.url)
const FILES = readdirSync(FIXTURES).filter(name => name.endsWith('.xlsx'))
const UNITS = [{ unitId: 1, name: 'Sở Nội vụ', path: '/1/' }]

async function planOf(bytes: Uint8Array, association?: 'women') {
  const reading = await readRoster(bytes, { association })
  if (!reading.ok) return { reading }
  const rows = reading.rows.map(row => ({ ...row, numberKey: row.number, phoneKey: row.phone }))
  return { reading, plan: planRoster(rows, [], { unitId: 1, units: UNITS, association }) }
}

const written = (plan: unknown) => `${JSON.stringify(plan, null, 1)}\n`

it.each(FILES)('%s becomes the same rows, notices and problems as ever', async name => {
  const bytes = readFileSync(new URL(name, FIXTURES))
  const plan = await planOf(bytes, name === 'association.xlsx' ? 'women' : undefined)
  await expect(written(plan)).toMatchFileSnapshot(`../golden/roster/${name}.json`)
})

it('a messy roster of 25 becomes the same rows, notices and problems as ever', async () => {
  const plan = await planOf(await messyRoster())
  expect(plan.reading.ok && plan.reading.rows).toHaveLength(25)
  await expect(written(plan)).toMatchFileSnapshot('../golden/roster/messy-25.json')
})
