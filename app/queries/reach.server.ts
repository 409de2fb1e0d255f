import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.server.ts'

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

class Undone extends Error {}

/**
 * Writes each item in one transaction. The first refusal undoes all of them and is returned with its item; undefined
 * if none was refused.
 */
export function firstRefused<Item, Done extends { ok: boolean }>(
  itemsOf: () => readonly Item[],
  write: (item: Item) => Done,
): { item: Item; refusal: Extract<Done, { ok: false }> } | undefined {
  let refused: { item: Item; refusal: Extract<Done, { ok: false }> } | undefined
  try {
    transact(() => {
      for (const item of itemsOf()) {
        const done = write(item)
        if (done.ok) continue
        refused = { item, refusal: done as Extract<Done, { ok: false }> }
        throw new Undone()
      }
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  return refused
}

/** Tries to write each item and takes everything back: returns the items that would be refused, and why. */
export function refusalsOf<Item, Done extends { ok: boolean }>(
  items: readonly Item[],
  write: (item: Item) => Done,
): { item: Item; refusal: Extract<Done, { ok: false }> }[] {
  const refused: { item: Item; refusal: Extract<Done, { ok: false }> }[] = []
  try {
    transact(() => {
      for (const item of items) {
        const done = write(item)
        if (!done.ok) refused.push({ item, refusal: done as Extract<Done, { ok: false }> })
      }
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  return refused
}
