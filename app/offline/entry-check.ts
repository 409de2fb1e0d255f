import { checkCitizenAge, readIdNumber } from '#app/domain/id-number.ts'
import { readPhone } from '#app/domain/phone.ts'
import { explainEntry } from '#app/text/entry-problem.ts'

/**
 * Checks a filled form without the server, while the citizen is still there: a number, birth or phone that cannot be
 * right. The server finds everything else when the form is sent. Messages by field; null if nothing is wrong.
 */
export function checkEntry(
  entries: readonly (readonly [string, string])[],
  minimumAge: number,
): Record<string, string[]> | null {
  const typed = (name: string) => entries.find(([field]) => field === name)?.[1].trim() ?? ''
  const problems: Record<string, string[]> = {}
  const refuse = (field: string, reason: Parameters<typeof explainEntry>[0]) => {
    problems[field] = [explainEntry(reason)]
  }
  const number = readIdNumber(typed('citizenNumber'))
  const birthOn = typed('birthOn') || null
  const checkBirth = (birthYear: number) => {
    if (birthOn !== null && Number(birthOn.slice(0, 4)) !== birthYear) return refuse('birthOn', 'birth_disagrees')
    if (typed('helpedOn') === '') return
    const age = checkCitizenAge({ birthYear, birthOn }, typed('helpedOn'), minimumAge)
    if (age !== null) refuse(age === 'too_young' && birthOn === null ? 'citizenNumber' : 'birthOn', age)
  }
  if (number.ok) checkBirth(number.birthYear)
  else refuse('citizenNumber', number.reason)
  const phone = typed('phone') === '' ? null : readPhone(typed('phone'))
  if (phone !== null && !phone.ok) refuse('phone', phone.reason)
  return Object.keys(problems).length === 0 ? null : problems
}
