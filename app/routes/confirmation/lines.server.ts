import { dayOf } from '#app/domain/calendar.ts'
import { shownValue } from '#app/domain/shown-record.ts'
import { OUTCOMES, type Outcome } from '#app/domain/vocabulary.ts'
import type { listToConfirm } from '#app/queries/help-list.server.ts'
import type { listWaitingObligations } from '#app/queries/obligation.server.ts'
import { answerFlagTexts } from '#app/text/citizen.ts'
import { formatDay, formatInstant, formatShortDay } from '#app/text/format.ts'
import { describeChange } from '#app/text/help-change.ts'
import { lateNote } from '#app/text/late-entry.ts'
import { explainFlaws, explainLacking } from '#app/text/obligation.ts'
import { describeDeclared } from '#app/text/official.ts'
import { explainLogin } from '#app/text/portal-login.ts'
import { explainKept, signatureWordLabels } from '#app/text/signed-paper.ts'
import type { TermNames } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'

/*
 * What the queue shows of each thing that waits, in the words in which it is read: a page holds many lines, and what is
 * in none of them does not go to the browser. Properties that a line lacks are left out.
 */

type HelpRow = ReturnType<typeof listToConfirm>[number]

/** What speaks for or against a record, as far as anything does. */
export type Marks = {
  answer?: NonNullable<HelpRow['answer']>
  /** why the citizen's answer is looked at again */
  flag?: string
  /** somebody entered it in the official's name */
  isEntered?: true
  returns?: number
  changes?: string
}

/**
 * A record of help as one text: its value, citizen, official, place, what is claimed and when, between tabs; with the marks,
 * if it has any. A page holds many, and names of properties would be told with each.
 */
export type HelpLine = string | readonly [text: string, marks: Marks]

/** How records are worded: the campaign's words, what it requires, a commune's name by its code for what was changed. */
type Telling = {
  names: TermNames
  required: readonly Outcome[]
  communeOf: (code: string) => string
  /** the list says of all its records that the citizen has said yes */
  isAffirmed?: boolean
}

/** A record of help. */
export function helpLine(row: HelpRow, telling: Telling): HelpLine {
  const place = [row.hamlet, row.localityName].filter(Boolean).join(', ')
  const late = row.lateAt === null ? '' : ` · Nhập sau ngày cuối: ${lateNote(row)}`
  const parts = [
    shownValue(row),
    row.citizenName,
    row.officialName,
    `${place} · ${labels.helpPlace[row.place]}${late}`,
    claimedOf(row, telling.required),
    whenOf(row),
  ]
  const text = parts.map(part => part.replaceAll('\t', ' ')).join('\t')
  const marks = marksOf(row, telling)
  return marks === null ? text : [text, marks]
}

/** When it was, and when it was entered: the year where the two differ in it. */
function whenOf({ helpedOn, receivedAt }: HelpRow): string {
  const receivedOn = dayOf(receivedAt)
  const time = formatInstant(receivedAt).slice(formatDay(receivedOn).length + 2)
  if (receivedOn === helpedOn) return `${formatShortDay(helpedOn)}, ghi ${time}`
  const dayIn = receivedOn.slice(0, 4) === helpedOn.slice(0, 4) ? formatShortDay : formatDay
  return `${dayIn(helpedOn)}, ghi ${dayIn(receivedOn)}, ${time}`
}

/**
 * What is claimed, as `readClaimed` reads it: a plus where all that is required is, as in nearly every record; the
 * achieved outcomes beside that, a slash, and those had before, by their numbers in `OUTCOMES`.
 */
function claimedOf({ outcomes }: HelpRow, required: readonly Outcome[]): string {
  const isWhole = required.every(outcome => outcomes.some(claimed => claimed.outcome === outcome))
  const numbers = (kept: (claimed: HelpRow['outcomes'][number]) => boolean) =>
    outcomes.filter(kept).map(({ outcome }) => OUTCOMES.indexOf(outcome))
  const achieved = numbers(({ outcome, value }) => value === 'achieved' && !(isWhole && required.includes(outcome)))
  const had = numbers(({ value }) => value === 'already_had')
  return `${isWhole ? '+' : ''}${achieved.join(',')}/${had.join(',')}`
}

function marksOf(
  { answer, flag, returns, recordedBy, changed }: HelpRow,
  { names, communeOf, isAffirmed }: Telling,
): Marks | null {
  const marks = {
    ...(answer !== null && !isAffirmed && { answer }),
    ...(flag !== null && { flag: answerFlagTexts[flag] }),
    ...(recordedBy !== null && { isEntered: true as const }),
    ...(returns > 0 && { returns }),
    ...(changed.length > 0 && {
      changes: changed.map(change => describeChange(change, communeOf, names)).join('; '),
    }),
  }
  return Object.keys(marks).length === 0 ? null : marks
}

type ObligationRow = ReturnType<typeof listWaitingObligations>['rows'][number]

/** A declared obligation, with what it lacks. */
export function obligationLine(row: ObligationRow, names: TermNames, endsOn: string) {
  const flaws = explainFlaws(row, endsOn)
  return {
    id: row.id,
    officialId: row.officialId,
    by: row.officialName,
    part: names.part[row.part],
    declared: describeDeclared(row),
    ...(row.login !== null && { login: explainLogin(row.login) }),
    ...(row.signature !== null && { signature: signatureLine(row.signature) }),
    ...(row.isInReview && row.extract && { lacking: explainLacking(row.extract) }),
    ...(flaws !== null && { flaws }),
    ...(row.evidenceFileId !== null && { fileId: row.evidenceFileId }),
  }
}

/** A kept signature: what it says in a word and a sentence, and that a proof leaves the SIM's own name alone to confirm. */
function signatureLine(signature: NonNullable<ObligationRow['signature']>) {
  const isProof = signature.word === 'proof'
  return {
    isProof,
    label: signatureWordLabels[signature.word],
    text: `${explainKept(signature)}${isProof ? ' Xác nhận của đơn vị nói về SIM chính chủ.' : ''}`,
  }
}

export type ObligationLine = ReturnType<typeof obligationLine>
