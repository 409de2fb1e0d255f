import type { Day } from './calendar.ts'
import type { PledgeInput } from './pledge.ts'
import type { ReportFigures, ReportIndicator } from './report.ts'
import {
  type ExpectedSigner,
  judgeSignature,
  type ShownSignature,
  type SignatureFacts,
  type SignatureVerdict,
} from './signed-paper.ts'
import type { SigningCapacity } from './signer.ts'

/** Papers of which a PDF is prepared to be signed with certificates, by one person or several. */
export const PREPARED_KINDS = ['pledge_list', 'report', 'minutes'] as const
export type PreparedKind = (typeof PREPARED_KINDS)[number]
/** A pledge is one person's own, and is known by its own row. */
export type PaperKind = 'pledge' | PreparedKind

/** People on one list that is signed with certificates: a file takes 60 signatures, time stamps among them. */
export const SIGNED_LIST_ROWS = 30

/** Bytes of an uploaded file of several signatures. */
export const SIGNED_FILE_BYTES = 5 * 1024 * 1024

/** What a prepared list says: whom it binds to how many citizens (null: no quota is borne), and the days for all. */
export type ListContent = {
  rows: readonly { officialId: number; citizens: number | null }[]
  days: Omit<PledgeInput, 'citizens'>
}

/** Days after which a prepared report is made again, so that what is signed is not of long ago. */
export const REPORT_PAPER_DAYS = 7

/** What a prepared report says: the figures of its moment (`at`, ms), the words, and who may sign beside the head. */
export type PreparedReport = {
  at: number
  version: number
  unitName: string
  regulationId: number
  figures: ReportFigures
  indicators: readonly ReportIndicator[]
  difficulties: string
  proposals: string
  reason: string
  /** why it is signed before the last day of its period; null: it is not */
  earlyReason: string | null
  /** whom the register of signers named then; null: nobody */
  signer: { name: string; capacity: SigningCapacity } | null
}

/** Why a valid signature on a report does not make it a signed one now; the signature itself stays. */
export type ReportObstacle = 'unconfirmed' | 'too_old' | 'superseded' | 'not_open' | 'rules_changed'

/**
 * Decides whether a report that was prepared may be signed now (domain 8): its period is open, no other version was
 * signed meanwhile, the regulation is the same, and it is no older than a week. Moments in milliseconds.
 */
export function reportObstacle(
  paper: Pick<PreparedReport, 'at' | 'version' | 'regulationId'>,
  now: { at: number; nextVersion: number; regulationId: number; isOpen: boolean },
): Exclude<ReportObstacle, 'unconfirmed'> | null {
  if (!now.isOpen) return 'not_open'
  if (paper.version !== now.nextVersion) return 'superseded'
  if (paper.regulationId !== now.regulationId) return 'rules_changed'
  return now.at - paper.at > REPORT_PAPER_DAYS * 86_400_000 ? 'too_old' : null
}

/** Why a valid signature on minutes is no signature of the inspection now. */
export type MinutesObstacle =
  /** whose it is by name alone is for the signer to confirm in their own session */
  | 'unconfirmed'
  /** a result was recorded after the minutes were prepared */
  | 'results_changed'
  /** the inspection was concluded otherwise */
  | 'concluded'
  /** the two signers would not be two people (domain 10), or may not inspect the unit any more */
  | 'not_second'

/**
 * Decides who may confirm whose a signature is that bears a name alone: of minutes the signer, of other papers anybody
 * who keeps them but the signer (domain 10).
 */
export const mayConfirmSigner = (kind: PreparedKind, isOwn: boolean): boolean => (kind === 'minutes' ? isOwn : !isOwn)

/** What is kept of a signature on a paper; `isSure`: it is certain whose it is. Days and moments as of one that is shown. */
export type PaperCheck = { isSure: boolean } & Pick<
  ShownSignature,
  'validFromOn' | 'validToOn' | 'stampedAt' | 'isRevocationKnown' | 'checkedAt'
>

/** Whose a signature is among those whom a paper expects, by place; null: of none. `isAmbiguous`: of several by name. */
export type Assigned = { at: number | null; isAmbiguous: boolean; verdict: SignatureVerdict }

/**
 * Finds whose a signature on a paper of several is (plan IV.1): the one whose number its certificate bears; where no
 * number was compared, the only one of that name, who is confirmed by hand. One of nobody is another person's.
 */
export function assignSigner(
  facts: SignatureFacts,
  expected: readonly ExpectedSigner[],
  { endsOn }: { endsOn: Day },
): Assigned {
  const verdicts = expected.map(signer => judgeSignature(facts, signer, { endsOn }))
  const of = (match: SignatureVerdict['match']) =>
    verdicts.flatMap((verdict, at) => (verdict.match === match ? at : []))
  const [same, unsure] = [of('same'), of('unsure')]
  const found = same.length > 0 ? same : unsure
  const [at] = found
  const isOne = found.length === 1 && at !== undefined
  const verdict = isOne ? verdicts[at] : undefined
  return {
    at: isOne ? at : null,
    isAmbiguous: found.length > 1,
    verdict: verdict ?? judgeSignature(facts, NOBODY, { endsOn }),
  }
}

const NOBODY: ExpectedSigner = { name: '', hasNumber: () => false }

/** Why a signature on a list makes no pledge now; the signature itself stays. */
export type ListObstacle =
  /** who it is by name alone waits for a confirmation */
  | 'unconfirmed'
  /** the person signed on the app after the list was prepared: that one is newer and stays */
  | 'own_is_newer'
  /** the target was raised, or the days do not fit any more */
  | 'terms_changed'
  | 'elsewhere'
  | 'campaign_over'

/**
 * Decides whether a pledge signed on the app stays in force over a list that the person signed: it does where it was
 * signed (ms) after the list was prepared, for nobody replaces what one promised later. Plan IV.1.
 */
export const staysOver = (ownSignedAt: number | null, preparedAt: number): boolean =>
  ownSignedAt !== null && ownSignedAt > preparedAt
