import { z } from '#app/domain/zod.ts'
import { joinedGroups } from './letters.ts'
import type { InputProblem } from './problem.ts'

const COMMON = new Set([
  '112233',
  '223344',
  '332211',
  '147258',
  '159753',
  '246810',
  '135790',
  '520520',
  '696969',
  '789456',
])

/**
 * Returns why a PIN of six digits is refused; null if it is fine. Refused are repeated digits, pairs or triples, runs
 * up or down, and PINs with the person's birth year: anybody would try these first.
 */
export function refusePin(pin: string, birthYear: number | null): InputProblem | null {
  if (!/^\d{6}$/.test(pin)) return 'pin_form'
  const steps = [...pin].slice(1).map((digit, n) => (Number(digit) - Number(pin[n]) + 10) % 10)
  const isRun = [0, 1, 9].some(step => steps.every(taken => taken === step))
  const isRepeated = pin === pin.slice(0, 2).repeat(3) || pin === pin.slice(0, 3).repeat(2)
  const holdsBirthYear = birthYear !== null && pin.includes(String(birthYear))
  return isRun || isRepeated || holdsBirthYear || COMMON.has(pin) ? 'pin_guessable' : null
}

/** The form that remembers a device: the present password, and the new PIN twice. */
export const rememberInput = z.object({
  present: z
    .string({ error: 'required' satisfies InputProblem })
    .max(200, { error: 'too_long' satisfies InputProblem }),
  pin: z
    .string({ error: 'required' satisfies InputProblem })
    .overwrite(joinedGroups)
    .regex(/^\d{6}$/, { error: 'pin_form' satisfies InputProblem }),
  repeated: z
    .string({ error: 'required' satisfies InputProblem })
    .overwrite(joinedGroups)
    .max(6, { error: 'pin_differs' satisfies InputProblem }),
})
