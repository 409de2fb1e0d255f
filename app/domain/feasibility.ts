/**
 * What is known about how many citizens of an area have an activated account; `own` is a figure for the area itself.
 */
export type Activated = {
  /** Σ of counted records of which the help achieved it */
  helped: number
  /** the newest official figure since the campaign began; null: none was reported */
  official: { value: number; isWhole: boolean } | null
}

/**
 * Citizens of an area still without an activated account: the annex's total less the official figure, where one is known,
 * for most accounts are not activated by an official's help; less the helped where none is. A figure summed up of only
 * some of the localities below is taken where it says more than the records do. Plan IV.1, annex.
 */
export function stillUnactivated(total: number, { helped, official }: Activated): number {
  const activated = official === null ? helped : official.isWhole ? official.value : Math.max(official.value, helped)
  return Math.max(0, total - activated)
}

/**
 * Whether an area's officials can still reach their targets with distinct citizens: `owed` is Σ of what each still has
 * to reach, `unactivated` the citizens of the area still without an activated account. `ratio` is owed ÷ unactivated,
 * null where nobody is left to activate; above 1 the targets cannot all be reached, and the campaign office may lower
 * them by a decision (plan IV.1, V.6).
 */
export function feasibilityOf({ owed, unactivated }: { owed: number; unactivated: number }): {
  ratio: number | null
  isFeasible: boolean
} {
  return { ratio: unactivated > 0 ? owed / unactivated : null, isFeasible: owed <= unactivated }
}
