import { readIdNumber } from '#app/domain/id-number.ts'
import type { KeptRow } from './outbox.ts'

/**
 * The form about the citizen of this number among those of an outbox, one that is not sent yet before a sent one.
 * `formKey` names the form that asks, which is no other record. Undefined: there is none.
 */
export function keptAbout(
  rows: readonly KeptRow[],
  { number, formKey }: { number: string; formKey: string },
): KeptRow | undefined {
  const about = rows.filter(({ key, entries }) => {
    const other = readIdNumber(entries.find(([field]) => field === 'citizenNumber')?.[1] ?? '')
    return key !== formKey && other.ok && other.number === number
  })
  return about.find(({ saved }) => saved === null) ?? about.at(-1)
}

/** Where a kept form is changed, or the place that says why it cannot be now. */
export function placeOfKept({ key, state, subject, saved }: KeptRow): string {
  if (saved?.kind === 'saved') return `/ho-tro/${saved.helpId}/sua`
  const isHere = subject === undefined || subject.kind === 'record'
  return isHere && state !== 'unknown' ? `/ngoai-tuyen#sua=${key}` : '/ngoai-tuyen#cho-gui'
}
