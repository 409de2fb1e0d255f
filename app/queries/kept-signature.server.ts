import type { Day } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import type { CertificateOrigin } from '#app/domain/signature-kind.ts'
import { type KeptSignature, revocationByLists, signatureWord, type WayStep } from '#app/domain/signature-proof.ts'
import type { ShownSignature } from '#app/domain/signed-paper.ts'
import { type FactTx, prepared } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { signatureCheck } from '#db/schema.ts'
import { rulesOf } from './judging/index.server.ts'
import { keptListReader } from './revocation-list.server.ts'
import { kindReader } from './signature-kind.server.ts'

/**
 * What a check found of a taken signature: the certificate and the root that it leads to, each by its SHA-256; the
 * number in it (null: none), and what kinds and lists are looked up by. `stampedAt` null: no trusted time stamp.
 */
export type NewCheck = {
  fingerprint: string
  root: string
  validFromOn: Day
  validToOn: Day
  stampedAt: number | null
  isSure: boolean
  number: string | null
  origin: CertificateOrigin | null
  way: readonly WayStep[]
  checkedAt: number
}

/**
 * Keeps beside an evidence file what its signature came to, with its kind and withdrawal by the tables of this moment;
 * the write that keeps the file has asked for leave.
 */
export function keepCheck(tx: FactTx, fileId: number, { root, number, origin, way, ...check }: NewCheck): void {
  const rootId = prepared<number>('select id from trusted_root where fingerprint = ?').pluck().one(root)
  const signedAt = check.stampedAt ?? check.checkedAt
  const { state, revokedAt } = revocationByLists(way, signedAt, keptListReader())
  tx.insert(signatureCheck)
    .values({
      fileId,
      rootId,
      ...check,
      numberHash: number === null ? null : matchHash('staff', 'number', number),
      origin: origin === null ? null : JSON.stringify(origin),
      way: JSON.stringify(way),
      kind: kindReader()(origin, signedAt),
      isRevocationKnown: state === 'good',
      revokedAt,
    })
    .run()
}

/** A kept signature of an official, with the official's number (hash; null: unknown) and the certificate's first day. */
type KeptRow = KeptSignature & {
  fileId: number
  officialId: number
  ownHash: string | null
  validFromOn: Day
  fingerprint: string
}

/** The signatures kept of some officials in a campaign, the first in front. */
export function keptSignatures(campaignId: number, officialIds: readonly number[]): Map<number, KeptRow[]> {
  const rows = prepared<KeptRow>(
    `select s.official_id as officialId, c.file_id as fileId, c.number_hash as numberHash, f.number_hash as ownHash,
            c.kind, c.valid_from_on as validFromOn, c.valid_to_on as validToOn, c.revoked_at as revokedAt,
            c.checked_at as checkedAt, c.fingerprint
       from json_each(@ids) j cross join stored_file s on s.official_id = j.value and s.campaign_id = @campaignId
       cross join signature_check c on c.file_id = s.id join official f on f.id = s.official_id
      where s.kind = 'evidence' order by c.file_id`,
  ).all({ ids: JSON.stringify(officialIds), campaignId })
  return grouped(rows, row => row.officialId)
}

/**
 * Returns the signatures kept of some officials as pages show them, the newest first, each with what it says now. Officials
 * without one are left out. Checks no right: the caller shows these officials' parts.
 */
export function signaturesOf(campaignId: number, officialIds: readonly number[]): Map<number, ShownSignature[]> {
  const { regulation } = rulesOf(campaignId)
  const rows = prepared<
    Omit<ShownSignature, 'word' | 'isRevocationKnown' | 'issuer'> &
      KeptRow & { isRevocationKnown: number; origin: string | null; confirmedAt: number | null }
  >(
    `select s.official_id as officialId, c.file_id as fileId, c.number_hash as numberHash, f.number_hash as ownHash,
            c.kind, c.valid_from_on as validFromOn, c.valid_to_on as validToOn, c.revoked_at as revokedAt,
            c.checked_at as checkedAt, c.stamped_at as stampedAt, c.is_revocation_known as isRevocationKnown,
            c.origin, c.fingerprint, o.confirmed_at as confirmedAt
       from json_each(@ids) j cross join stored_file s on s.official_id = j.value and s.campaign_id = @campaignId
       cross join signature_check c on c.file_id = s.id join official f on f.id = s.official_id
       left join obligation o on o.campaign_id = @campaignId and o.official_id = s.official_id
        and o.part = 'sim_signature'
      where s.kind = 'evidence' order by c.file_id desc`,
  ).all({ ids: JSON.stringify(officialIds), campaignId })
  return new Map(
    [...grouped(rows, row => row.officialId)].map(([officialId, kept]) => [
      officialId,
      kept.map(row => shownFrom(row, wordIn(row, row.confirmedAt, regulation))),
    ]),
  )
}

/** Says what a kept signature proves by now; `confirmedAt` null: the unit confirmed nothing. */
export const wordIn = (
  row: KeptSignature & { ownHash: string | null },
  confirmedAt: number | null,
  regulation: Pick<Regulation, 'endsOn' | 'certificateKinds'>,
) => signatureWord(row, { ownHash: row.ownHash, confirmedAt }, regulation)

function shownFrom(
  row: Omit<ShownSignature, 'word' | 'isRevocationKnown' | 'issuer'> & {
    isRevocationKnown: number
    origin: string | null
  },
  word: ShownSignature['word'],
): ShownSignature {
  const origin = row.origin === null ? null : (JSON.parse(row.origin) as CertificateOrigin)
  return {
    fileId: row.fileId,
    word,
    validFromOn: row.validFromOn,
    validToOn: row.validToOn,
    stampedAt: row.stampedAt,
    isRevocationKnown: row.isRevocationKnown === 1,
    revokedAt: row.revokedAt,
    kind: row.kind,
    issuer: origin?.issuerCommonName ?? '',
    checkedAt: row.checkedAt,
  }
}
