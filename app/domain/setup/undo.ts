/** What of a unit or a locality a list may write; null: not given. */
type Written = Readonly<Record<string, string | number | null>>

/** The rows that a list writes to, by their keys, each with its name for people. */
export type SetupState = ReadonlyMap<string, { name: string; written: Written }>

/** One row as an applied list left it; `before` null: the list added it. */
export type UndoStep = { key: string; name: string; before: Written | null; after: Written }

const isSame = (one: Written, other: Written | undefined) => JSON.stringify(one) === JSON.stringify(other)

/** The rows that a list added or changed, in their order; lists remove none. */
export function undoSteps(before: SetupState, after: SetupState): UndoStep[] {
  return [...after].flatMap(([key, { name, written }]) => {
    const was = before.get(key)?.written
    return was !== undefined && isSame(written, was) ? [] : [{ key, name, before: was ?? null, after: written }]
  })
}

/** The rows that somebody has changed or removed since the list left them. */
export const changedSince = (steps: readonly UndoStep[], now: SetupState): UndoStep[] =>
  steps.filter(({ key, after }) => !isSame(after, now.get(key)?.written))
