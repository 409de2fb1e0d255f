import { secondsOf } from './independence.server.ts'

/** Whether `decider` may decide on what `asker` asked for; null: the system, which nobody need be second to. */
export type IsSecond = (decider: number, asker: number | null) => boolean

/** Answers it for many questions: the two are independent people (domain 10). */
export function secondPersons(): IsSecond {
  const { isSecond } = secondsOf()
  return (decider, asker) => isSecond(decider, asker)
}
