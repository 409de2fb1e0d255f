import { parseArgs } from 'node:util'
import { growProvince, publish } from '#tests/disclosure-provinces.ts'
import { searchOut } from '#tests/disclosure-search.ts'

/**
 * Publishes 30 days of 3,000 small provinces, with falls and quiet days, and attacks each by a linear program: as an
 * outsider, and as somebody inside each of two units. Nothing withheld and no growth below five may come out as one
 * number. `npm run test:disclosure -- [--provinces 3000] [--from 1]`. Every tenth province is
 * larger.
 */
const DAYS = 30
const INSIDERS = 2

type Result = { seed: number; days: number; figures: number; found: string[] }

function attack(seed: number): Result {
  const kind = { isTiny: seed % 10 !== 0, falls: (seed % 4) * 10, quiet: (seed % 3) * 15 }
  const days = publish(growProvince(seed, DAYS, kind), seed)
  const figures = days.reduce(
    (sum, { published }) => sum + Object.keys(published.localities).length + Object.keys(published.units).length,
    0,
  )
  return { seed, days: days.length, figures, found: searchOut(days, { insiders: INSIDERS, seed }) }
}

const { values } = parseArgs({
  options: { provinces: { type: 'string', default: '3000' }, from: { type: 'string', default: '1' } },
})
const [count, from] = [Number(values.provinces), Number(values.from)]
const sums = { provinces: 0, days: 0, figures: 0, leaking: 0 }
for (let seed = from; seed < from + count; seed++) {
  const { days, figures, found } = attack(seed)
  sums.provinces += 1
  sums.days += days
  sums.figures += figures
  if (found.length > 0) {
    sums.leaking += 1
    process.exitCode = 1
    console.error(`province ${seed}: ${found.slice(0, 5).join('; ')}`)
  }
  if (sums.provinces % 100 === 0 || sums.provinces === count) console.log(JSON.stringify(sums))
}
