/** Whether `decider` may decide on what `asker` asked for; null: the system, which nobody need be second to. */
export type IsSecond = (decider: number, asker: number | null) => boolean

/** Answers it for many questions: who decides is another account than the one that asked. */
export function secondPersons(): IsSecond {
  return (decider, asker) => asker === null || decider !== asker
}
