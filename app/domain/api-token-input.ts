import { z } from '#app/domain/zod.ts'
import { choices, requiredId, requiredText, requiredWhole } from './field.ts'
import { API_SCOPES } from './vocabulary.ts'

/** Tokens lapse: a year and a day at the most. */
export const MOST_TOKEN_DAYS = 366

/** A token to be issued: what for, over which unit's subtree, for how many days. */
export const apiTokenInput = z.object({
  name: requiredText(100),
  unitId: requiredId,
  scopes: choices(API_SCOPES, 1),
  days: requiredWhole({ min: 1, max: MOST_TOKEN_DAYS }),
})
export type ApiTokenInput = z.output<typeof apiTokenInput>
