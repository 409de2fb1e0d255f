import { z } from '#app/domain/zod.ts'
import { MOST_TOKEN_DAYS } from './api-token.ts'
import { choices, requiredId, requiredText, requiredWhole } from './field.ts'
import { API_SCOPES } from './vocabulary.ts'

/** A token to be issued: what for, over which unit's subtree, for how many days. */
export const apiTokenInput = z.object({
  name: requiredText(100),
  unitId: requiredId,
  scopes: choices(API_SCOPES, 1),
  days: requiredWhole({ min: 1, max: MOST_TOKEN_DAYS }),
})
export type ApiTokenInput = z.output<typeof apiTokenInput>
