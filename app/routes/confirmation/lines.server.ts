import { shownValue } from '#app/domain/shown-record.ts'
import type { listToConfirm } from '#app/queries/help-list.server.ts'
import type { listWaitingObligations } from '#app/queries/obligation.server.ts'
import { answerFlagTexts } from '#app/text/citizen.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
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

/** A record of help. `communeOf`: the name of a commune by its code, for what was changed. */
export function helpLine(row: HelpRow, names: TermNames, communeOf: (code: string) => string) {
  const { answer, flag, returns, recordedBy, changed } = row
  const claimed = row.outcomes.map(
    ({ outcome, value }) => names.outcome[outcome] + (value === 'already_had' ? ' (đã có từ trước)' : ''),
  )
  const place = [row.hamlet, row.localityName].filter(Boolean).join(', ')
  const late = row.lateAt === null ? '' : ` · Nhập sau ngày cuối: ${lateNote(row)}`
  return {
    value: shownValue(row),
    citizen: row.citizenName,
    by: row.officialName,
    where: `${place} · ${labels.helpPlace[row.place]}${late}`,
    claimed: claimed.join('; ') || 'Chưa có nội dung nào đạt',
    when: `hỗ trợ ${formatDay(row.helpedOn)}, ghi ${formatInstant(row.receivedAt)}`,
    ...(answer !== null && { answer }),
    ...(flag !== null && { flag: answerFlagTexts[flag] }),
    ...(recordedBy !== null && { isEntered: true }),
    ...(returns > 0 && { returns }),
    ...(changed.length > 0 && {
      changes: changed.map(change => describeChange(change, communeOf, names)).join('; '),
    }),
  }
}

export type HelpLine = ReturnType<typeof helpLine>

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
