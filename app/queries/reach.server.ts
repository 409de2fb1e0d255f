import { Refusal } from '#app/domain/refusal.ts'

/**
 * Divides the ids of a bulk act by the actor's permission: `reach` returns the row or throws a `Refusal`. `left` holds
 * the ids without permission. If no id is permitted, throws the first refusal.
 */
export function withinReach<Row>(ids: readonly number[], reach: (id: number) => Row): { rows: Row[]; left: number[] } {
  const left: number[] = []
  let refusal: Refusal | undefined
  const rows = [...new Set(ids)].flatMap(id => {
    try {
      return [reach(id)]
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      refusal ??= thrown
      left.push(id)
      return []
    }
  })
  if (rows.length === 0 && refusal) throw refusal
  return { rows, left }
}
