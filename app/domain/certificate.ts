import type { Day } from './calendar.ts'
import type { Regulation } from './regulation.ts'
import type { CertificateKind } from './vocabulary.ts'

/** A declared SIM and its certificate; null where nothing is declared, or nothing of the kind is asked. */
export type CertificateFacts = {
  isOwnName: boolean | null
  certificateKind: CertificateKind | null
  validFromOn: Day | null
  validToOn: Day | null
  /** its certificate was withdrawn before it signed the proof (ms); null, absent: nothing is known of that */
  revokedAt?: number | null
}

/** Why a declared SIM and its certificate do not meet `sim_signature`, in the order of display. */
const CERTIFICATE_FLAWS = [
  'not_own_name',
  'kind_not_accepted',
  'undated',
  'starts_late',
  'ends_early',
  'revoked',
] as const
export type CertificateFlaw = (typeof CERTIFICATE_FLAWS)[number]

/**
 * Lists what keeps a declared `sim_signature` from being met once it is confirmed (plan IV.1). The certificate must be
 * valid on the cut-off day, the last of the campaign.
 */
export function certificateFlaws(
  { isOwnName, certificateKind, validFromOn, validToOn, revokedAt }: CertificateFacts,
  { certificateKinds, endsOn }: Pick<Regulation, 'certificateKinds' | 'endsOn'>,
): CertificateFlaw[] {
  const holds: Record<CertificateFlaw, boolean> = {
    not_own_name: !isOwnName,
    kind_not_accepted: certificateKind === null || !certificateKinds.includes(certificateKind),
    undated: validFromOn === null || validToOn === null,
    starts_late: validFromOn !== null && validFromOn > endsOn,
    ends_early: validToOn !== null && validToOn < endsOn,
    revoked: revokedAt != null,
  }
  return CERTIFICATE_FLAWS.filter(flaw => holds[flaw])
}
