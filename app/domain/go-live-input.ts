import { z } from '#app/domain/zod.ts'
import { optionalText, requiredChoice, requiredDay, requiredText } from './field.ts'
import { GO_LIVE_ITEMS } from './go-live.ts'

/** An item as an administrator notes it: when it was done, and by which document. */
export const goLiveInput = z.object({
  item: requiredChoice(GO_LIVE_ITEMS),
  doneOn: requiredDay,
  documentNumber: requiredText(100),
  note: optionalText(300),
})
export type GoLiveInput = z.infer<typeof goLiveInput>
