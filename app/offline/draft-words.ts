import type { Draft } from './draft.ts'

const fieldOf = ({ entries }: Draft, name: string) => entries.find(([field]) => field === name)?.[1].trim() ?? ''

/** Whom an unsaved record is about, as far as it was typed. */
export function describeRecord(draft: Draft): string {
  const name = fieldOf(draft, 'citizenName')
  if (name !== '') return `trường hợp của ${name}`
  const tail = fieldOf(draft, 'citizenNumber').slice(-4)
  return tail === '' ? 'một trường hợp, chưa có họ tên' : `trường hợp có số định danh tận cùng ${tail}`
}
