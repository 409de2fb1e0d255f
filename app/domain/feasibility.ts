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
