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
 * Computes how many citizens of an area still lack an activated account: the annex's total less the official figure, if
 * one is known. Most accounts are activated without an official's help. If no official figure is known, it subtracts
 * the helped. A figure that covers only some of the localities below is used if it is higher than the records' count.
 * Plan IV.1, annex.
 */
export function stillUnactivated(total: number, { helped, official }: Activated): number {
  const activated = official === null ? helped : official.isWhole ? official.value : Math.max(official.value, helped)
  return Math.max(0, total - activated)
}

/**
 * Decides whether an area's officials can still reach their targets with distinct citizens. `shortage` is Σ of what each
 * still has to reach; `unactivated` are the area's citizens without an activated account. `ratio` is shortage ÷
 * unactivated, null if nobody is left to activate. Above 1 the targets cannot all be reached, and the campaign office
 * may lower them by a decision (plan IV.1, V.6).
 */
export function feasibilityOf({ shortage, unactivated }: { shortage: number; unactivated: number }): {
  ratio: number | null
  isFeasible: boolean
} {
  return { ratio: unactivated > 0 ? shortage / unactivated : null, isFeasible: shortage <= unactivated }
}
