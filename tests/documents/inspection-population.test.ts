import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { writePopulation } from '#app/documents/inspection-population.ts'
import { drawablesOf, drawKey, planDraw } from '#app/domain/inspection.ts'

it('lets a stranger find the sample again from the file alone', () => {
  const candidates = Array.from({ length: 80 }, (_, n) => ({
    id: n + 100,
    unitId: 2 + (n % 2),
    isMarked: n % 10 === 0,
  }))
  const draw = planDraw(candidates, { certainty: 0.95, untrueShare: 0.1, riskPicks: 2 }, 'hat')
  const picks = new Map(draw.picks.map(pick => [pick.helpId, pick]))
  const file = writePopulation({
    seed: 'hat',
    rows: drawablesOf(draw).map(({ id, stratum }) => ({
      helpId: id,
      stratum,
      key: drawKey('hat', id),
      origin: picks.get(id)?.origin ?? null,
      place: picks.get(id)?.place ?? null,
    })),
  })
  const [header, ...lines] = file.trimEnd().split('\r\n')
  expect(header).toBe('ma_chon_mau,ma_truong_hop,nhom,sha256,thu_tu,cach_chon')
  const rows = lines.map(line => line.split(','))
  expect(rows).toHaveLength(80)
  for (const [seed, id, , key] of rows) expect(createHash('sha256').update(`${seed}:${id}`).digest('hex')).toBe(key)
  for (const { stratum, drawn } of draw.design.strata) {
    const ordered = rows.filter(row => row[2] === stratum).sort((a, b) => ((a[3] ?? '') < (b[3] ?? '') ? -1 : 1))
    const lot = ordered.filter(row => row[5] === 'lot')
    expect(lot).toEqual(ordered.slice(0, drawn))
  }
})
