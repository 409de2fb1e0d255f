/**
 * Parts what a bulk act names into what its actor may act on and what lies out of reach: `reach` returns the row or
 * throws a Response. `left` holds the ids out of reach. Where nothing is in reach, throws the first refusal.
 */
export function withinReach<Row>(ids: readonly number[], reach: (id: number) => Row): { rows: Row[]; left: number[] } {
  const left: number[] = []
  let refusal: Response | undefined
  const rows = [...new Set(ids)].flatMap(id => {
    try {
      return [reach(id)]
    } catch (thrown) {
      if (!(thrown instanceof Response)) throw thrown
      refusal ??= thrown
      left.push(id)
      return []
    }
  })
  if (rows.length === 0 && refusal) throw refusal
  return { rows, left }
}
