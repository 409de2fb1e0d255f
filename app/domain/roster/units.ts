import { foldWords, markedWords } from '../name.ts'

/** `path` like `/70/689/25195/`, ending in the unit's own id; `code` null or left out: lists call it by name alone. */
export type RosterUnit = { unitId: number; name: string; path: string; code?: string | null }

/**
 * Returns the label of each unit in a roster, so that an import finds it again. It is the unit's name, followed by its
 * parents' if several units of the list share it (`Văn phòng – UBND huyện Bù Đăng`).
 */
export function unitLabels(units: readonly RosterUnit[]): Map<number, string> {
  const index = indexUnits(units, markedWords)
  const byId = new Map(units.map(unit => [unit.unitId, unit]))
  return new Map(
    units.map(unit => {
      const chain = namesUpwards(unit, byId)
      const depth = chain.findIndex((_, n) => index.get(markedWords(chain.slice(0, n + 1).join(' ')))?.length === 1)
      return [unit.unitId, chain.slice(0, depth < 0 ? chain.length : depth + 1).join(' – ')]
    }),
  )
}

/** Finds the units that a text calls by own name, or own name and parent's, and so on; marks decide first. */
export function unitFinder(
  units: readonly RosterUnit[],
): (called: string) => readonly (RosterUnit & { aboveName: string | undefined })[] {
  const marked = indexUnits(units, markedWords)
  const folded = indexUnits(units, foldWords)
  const byId = new Map(units.map(unit => [unit.unitId, unit]))
  return called =>
    (marked.get(markedWords(called)) ?? folded.get(foldWords(called)) ?? []).map(unit => ({
      ...unit,
      aboveName: namesUpwards(unit, byId)[1],
    }))
}

/** Units by every way to call them, as `keyOf` compares. */
function indexUnits(units: readonly RosterUnit[], keyOf: (words: string) => string): Map<string, RosterUnit[]> {
  const byId = new Map(units.map(unit => [unit.unitId, unit]))
  const index = new Map<string, RosterUnit[]>()
  for (const unit of units) {
    const chain = namesUpwards(unit, byId)
    const calls = chain.map((_, n) => chain.slice(0, n + 1).join(' '))
    for (const key of new Set([...calls, ...(unit.code ? [unit.code] : [])].map(keyOf)))
      index.set(key, [...(index.get(key) ?? []), unit])
  }
  return index
}

function namesUpwards(unit: RosterUnit, byId: Map<number, RosterUnit>): string[] {
  const ids = unit.path.split('/').filter(Boolean).map(Number).reverse()
  return ids.flatMap(id => byId.get(id)?.name ?? [])
}
