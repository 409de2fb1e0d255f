import { type Day, dayOf } from './calendar.ts'
import type { FieldProblem } from './problem.ts'
import type { Regulation } from './regulation.ts'

/** The document that allows an entry after the last day: number and day as typed; null: left blank. */
export type LateDocument = { number: string | null; on: Day | null }

/** By the campaign's clock (ms): when the phone claims it was typed, and the last contact before; null: not known. */
type TypedOffline = { enteredAt: number; contactAt: number | null }

type LastEntry = Pick<Regulation, 'lastEntryOn' | 'finalReportOn'>

/** The last day of entry: the regulation's, by default the last day of the final report. Plan V.1; domain 5. */
export function lastEntryDay({ lastEntryOn, finalReportOn }: LastEntry): Day {
  return lastEntryOn ?? finalReportOn
}

/** True for an entry on `today` that is after the last day. */
export function isLateEntry(today: Day, regulation: LastEntry): boolean {
  return today > lastEntryDay(regulation)
}

/**
 * True for a record that a phone kept since before the last day was over: typed then by its claim, and the server knows
 * of no contact after that day. It needs the head's tick instead of a document.
 */
export function isTypedInTime({ enteredAt, contactAt }: TypedOffline, regulation: LastEntry): boolean {
  const last = lastEntryDay(regulation)
  return contactAt !== null && dayOf(contactAt) <= last && dayOf(enteredAt) <= last
}

/** Returns which fields of its document a late entry on `today` lacks; empty if it is complete. */
export function checkLateDocument({ number, on }: LateDocument, today: Day): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (number === null) problems.push({ field: 'lateDocumentNumber', reason: 'late_document_needed' })
  if (on === null) problems.push({ field: 'lateDocumentOn', reason: 'required' })
  else if (on > today) problems.push({ field: 'lateDocumentOn', reason: 'in_future' })
  return problems
}

/** True where a late entry has no document, so that only a head of its unit or of one above confirms it. */
export function needsHead({
  lateAt,
  lateDocumentNumber,
}: {
  lateAt: number | null
  lateDocumentNumber: string | null
}) {
  return lateAt !== null && lateDocumentNumber === null
}
