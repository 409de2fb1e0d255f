import { z } from '#app/domain/zod.ts'
import { CONTACT_LETTERS, NOTED_STATES } from './assignment.ts'
import { choiceInput } from './choice-input.ts'
import { optionalDay, optionalPhone, optionalText, requiredChoice, requiredDay, requiredText, tick } from './field.ts'
import { typedText } from './letters.ts'
import type { InputProblem } from './problem.ts'
import { readSpokenTime } from './spoken-time.ts'

/** A time of day as `readSpokenTime` reads it, `18:30`; '' where any time will do. */
const optionalTime = z
  .string()
  .overwrite(typedText)
  .trim()
  .optional()
  .refine(time => !time || readSpokenTime(time) !== undefined, { error: 'not_a_time' satisfies InputProblem })
  .transform(time => (time && readSpokenTime(time)) || '')

/**
 * What came of going to a citizen, or calling; an appointment has its day. `revision`: the version that was shown. A new
 * `phone` takes the place of the old one, and whose number was wrong waits to be contacted on it.
 */
export const contactInput = z
  .object({
    revision: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
    state: requiredChoice(NOTED_STATES),
    appointmentOn: optionalDay,
    appointmentTime: optionalTime,
    appointmentPlace: optionalText(CONTACT_LETTERS.appointmentPlace),
    note: optionalText(CONTACT_LETTERS.note),
    phone: optionalPhone,
  })
  .superRefine(({ state, appointmentOn }, context) => {
    if (state === 'appointment' && appointmentOn === null)
      context.addIssue({ code: 'custom', path: ['appointmentOn'], message: 'required' satisfies InputProblem })
  })
  .transform(input => ({
    ...input,
    state: input.state === 'wrong_number' && input.phone !== null ? ('not_contacted' as const) : input.state,
  }))
export type ContactInput = z.infer<typeof contactInput>

/** An invitation (giấy mời) to a session: when, where, what to bring; `marks` notes the appointment with each citizen. */
export const invitationInput = choiceInput.extend({
  day: requiredDay,
  time: optionalTime,
  place: requiredText(200),
  /** whom to tell when one cannot come */
  phone: requiredText(30),
  bring: requiredText(300),
  marks: tick,
})
export type InvitationInput = z.infer<typeof invitationInput>
