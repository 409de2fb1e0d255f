import { createHash } from 'node:crypto'
import type { Actor } from '#app/access/policy.ts'
import type { MinutesObstacle } from '#app/domain/prepared-paper.ts'
import { type Result, refused } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { picksOf, sightOf } from './inspection.server.ts'
import { asMember, signFor } from './inspection-check.server.ts'
import {
  confirmSigners,
  type Expected,
  expectedOfficials,
  insertPaper,
  isKnown,
  type KeptSignature,
  keepSignatures,
  type NewSignature,
  noteSigned,
  type PaperRow,
  signaturesOf,
} from './prepared-paper.server.ts'
import { type StrippedContent, storeSignedMinutes } from './stored-file.server.ts'

type MinutesContent = { results: string }

/** SHA-256 of all results of an inspection: another one where any is recorded again or drawn in place. */
const resultsOf = (inspectionId: number): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        picksOf(inspectionId).map(({ helpId, origin, stratum, place, result, foundBy, checkedAt }) => [
          helpId,
          origin,
          stratum,
          place,
          result,
          foundBy,
          checkedAt,
        ]),
      ),
    )
    .digest('base64url')

const inspectionIdOf = (row: PaperRow): number => Number(row.subject)

/**
 * Prepares the minutes of an inspection as a paper that two of its team sign with certificates (plan IV.2). By the team,
 * once each sheet has its result and before it is concluded. Returns the paper's id.
 */
export function prepareMinutes(actor: Actor, campaignId: number, inspectionId: number): Result<{ paperId: number }> {
  return transact(tx => {
    const { row } = asMember(actor, campaignId, inspectionId)
    if (row.concludedAt !== null) return refused('', 'inspection_concluded')
    if (picksOf(inspectionId).some(({ result }) => result === null)) return refused('', 'results_missing')
    const content: MinutesContent = { results: resultsOf(inspectionId) }
    const subject = String(inspectionId)
    return {
      ok: true,
      paperId: insertPaper(tx, actor, { campaignId, kind: 'minutes', unitId: row.unitId, subject, content }),
    }
  })
}

/** True for who may see prepared minutes: the team; once they are signed, who may see the inspection. */
export function maySeeMinutes(actor: Actor, row: PaperRow): boolean {
  const sight = sightOf(actor, row.campaignId, inspectionIdOf(row))
  return sight !== undefined && (sight.isMember || row.signedAt !== null)
}

/** True for the team, which uploads the signed minutes. */
export const mayKeepMinutes = (actor: Actor, row: PaperRow): boolean =>
  sightOf(actor, row.campaignId, inspectionIdOf(row))?.isMember === true

/** What keeps prepared minutes from being signed further; null: nothing does. */
export function minutesClosed(row: PaperRow): MinutesObstacle | null {
  if (row.signedAt === null && !isCurrent(row)) return 'results_changed'
  return null
}

/** True while the results are those with which minutes were prepared. */
const isCurrent = (row: PaperRow): boolean =>
  (JSON.parse(row.content) as MinutesContent).results === resultsOf(inspectionIdOf(row))

/** The accounts of a team with their officials. */
const membersOf = (inspectionId: number) =>
  prepared<{ accountId: number; officialId: number | null; signedAt: number | null }>(
    `select m.account_id as accountId, a.official_id as officialId, m.signed_at as signedAt
       from inspection_member m join account a on a.id = m.account_id where m.inspection_id = ? order by a.id`,
  ).all(inspectionId)

/** Whom prepared minutes expect: the members of the team. */
export const minutesSigners = (row: PaperRow): Expected[] =>
  expectedOfficials(membersOf(inspectionIdOf(row)).flatMap(({ officialId }) => officialId ?? []))

/** The signatures of prepared minutes, each with why it does not sign the inspection; null: it does. */
export function minutesSignatures(row: PaperRow): (KeptSignature & { obstacle: MinutesObstacle | null })[] {
  const members = membersOf(inspectionIdOf(row))
  const isConcluded = prepared<number>('select concluded_at is not null from inspection where id = ?')
    .pluck()
    .one(inspectionIdOf(row))
  return signaturesOf(row.id).map(signature => {
    const signedAt = members.find(({ officialId }) => officialId === signature.officialId)?.signedAt ?? null
    const obstacle = !isKnown(signature)
      ? ('unconfirmed' as const)
      : signedAt !== null && (row.signedAt !== null || isCurrent(row))
        ? null
        : !isCurrent(row)
          ? ('results_changed' as const)
          : isConcluded === 1
            ? ('concluded' as const)
            : ('not_second' as const)
    return { ...signature, obstacle }
  })
}

/**
 * Keeps signed minutes with their new signatures: each known one is its member's signature of the inspection, as if given
 * in the application, and the second concludes it. By the team. Nothing is stored without a new one.
 */
export function keepSignedMinutes(
  actor: Actor,
  row: PaperRow,
  { file, signatures }: { file: StrippedContent; signatures: readonly NewSignature[] },
): void {
  transact(tx => {
    asMember(actor, row.campaignId, inspectionIdOf(row))
    if (signatures.length === 0) return
    const fileId = storeSignedMinutes(actor, row.campaignId, row.unitId, file)
    keepSignatures(tx, actor, row, { fileId, signatures })
    signAll(actor, row)
  })
}

/** Confirms one's own signature on minutes where only the name agrees: by nobody else (403). */
export function confirmMinutesSigners(actor: Actor, row: PaperRow, signatureIds: readonly number[]): void {
  transact(tx => {
    asMember(actor, row.campaignId, inspectionIdOf(row))
    confirmSigners(tx, actor, row, signatureIds)
    signAll(actor, row)
  })
}

/** Signs the inspection for each member whose signature on the minutes is known, where the results are still the same. */
function signAll(actor: Actor, row: PaperRow): void {
  if (!isCurrent(row)) return
  const inspectionId = inspectionIdOf(row)
  const officials = new Set(signaturesOf(row.id).flatMap(one => (isKnown(one) ? (one.officialId ?? []) : [])))
  for (const { accountId, officialId, signedAt } of membersOf(inspectionId))
    if (officialId !== null && signedAt === null && officials.has(officialId))
      signFor(actor, row.campaignId, { inspectionId, accountId })
  const signed = membersOf(inspectionId).filter(
    ({ officialId, signedAt }) => officialId !== null && signedAt !== null && officials.has(officialId),
  )
  if (signed.length > 1) transact(tx => noteSigned(tx, row))
}
