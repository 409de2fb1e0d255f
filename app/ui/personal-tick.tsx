import type { FieldMetadata } from '@conform-to/react'
import { personalWords } from '#app/domain/personal-words.ts'
import { CheckboxField } from './field.tsx'

export const PERSONAL_TICK = 'Không có thông tin cá nhân của ai'

/** Shown once a public text was asked about: what in it may be personal, and the tick that says that it is meant. */
export function PersonalTick({ field, texts }: { field: FieldMetadata; texts: readonly (string | undefined)[] }) {
  if (field.errors === undefined) return null
  const { phones, numbers, mails, names } = personalWords(texts.map(text => text ?? '').join('\n'))
  return (
    <CheckboxField field={field} label={PERSONAL_TICK} hint={[...phones, ...numbers, ...mails, ...names].join('; ')} />
  )
}
