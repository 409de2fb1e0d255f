import type { LastContact } from './assignment.ts'
import type { Day } from './calendar.ts'
import type { Standing } from './standing.ts'
import type { HeldTerms } from './terms.ts'
import type {
  ConsentVersion,
  FindingWay,
  OpeningPurpose,
  Outcome,
  PickResult,
  VerdictKind,
  VerdictReason,
  WorklistLack,
} from './vocabulary.ts'

const HOUR_MS = 3_600_000

/**
 * How far a phone's clock may differ from the server's (ms) before the form asks for a day instead of filling it in.
 */
const CLOCK_TOLERANCE_MS = 3 * HOUR_MS

/** Wrong PINs in a row after which a device is forgotten and asks for the password. */
export const PIN_TRIES = 5

/** A phone's copy is not opened when it is older: as long as a session lasts. */
export const SNAPSHOT_LIFE_MS = 7 * 24 * HOUR_MS

/** How long a phone keeps a sheet of an inspection that was taken along (ms). Domain 6.4. */
export const SHEET_LIFE_MS = 24 * HOUR_MS

/** Sheets that are taken along at once at most: a day's road. */
export const MOST_SHEETS = 60

/** A clock that was put back by more (ms) may be meant to keep a sheet longer. */
const SET_BACK_MS = 5 * 60_000

/**
 * True if a sheet that was taken along at `takenAt` is no longer kept at `now`, both by the phone's clock (ms): its day is
 * over, or the clock was put back before the taking.
 */
export const isSheetOver = (takenAt: number, now: number) =>
  now - takenAt >= SHEET_LIFE_MS || now < takenAt - SET_BACK_MS

/** True if the two clocks (ms) differ by more than is tolerated. */
export const clocksDiffer = (phone: number, server: number) => Math.abs(phone - server) > CLOCK_TOLERANCE_MS

/** Times by the phone's clock (ms): when a record was typed and sent, and the last contact with the server before it was typed. */
type PhoneTimes = { enteredAt: number; sentAt: number; contactAt: number | null }

/**
 * True if a day that the phone filled in cannot be relied on. Either its clock disagrees with the server's at sending,
 * or it was moved since (typed later than sent, or before an earlier contact).
 */
export function doubtsClock({ enteredAt, sentAt, contactAt }: PhoneTimes, now: number): boolean {
  return (
    clocksDiffer(sentAt, now) ||
    enteredAt > sentAt + CLOCK_TOLERANCE_MS ||
    (contactAt !== null && enteredAt < contactAt - CLOCK_TOLERANCE_MS)
  )
}

/**
 * Bounds the instant at which a phone claims that a record was typed (ms). It lies between the last contact that the
 * server knows from before, and now. Without a known contact it is not older than a phone's copy can be.
 */
export function boundedEntry(claimedAt: number, { contactAt, startedAt, now }: KnownContact): number {
  const earliest = contactAt ?? startedAt - SNAPSHOT_LIFE_MS
  return Math.min(Math.max(claimedAt, earliest), now)
}

/** What the server knows of a session (ms): its last contact before (null: none), its beginning, and the present. */
export type KnownContact = { contactAt: number | null; startedAt: number; now: number }

/** What a phone keeps, sealed, to work without a network: one official's own, as their screens show it. */
export type Snapshot = {
  accountId: number
  name: string
  campaign: { id: number; code: string }
  /** server's instant, by the campaign clock and by the real one */
  at: number
  serverAt: number
  startsOn: Day
  endsOn: Day
  unitName: string
  standing: Standing
  /** records that wait for the unit, and whether the declared certificate will not do; absent in copies of before */
  awaiting?: number
  isCertificateFlawed?: boolean
  hasPledged: boolean
  /** newest first, no more than a screen's worth */
  records: {
    id: number
    citizenName: string
    helpedOn: Day
    place: string
    verdictKind: VerdictKind
    verdictReason: VerdictReason
    verdictOutcome: Outcome | null
  }[]
  /** citizens assigned to the official or a team of theirs that still wait; never their numbers */
  people: {
    id: number
    name: string
    localityCode: string
    hamlet: string
    phone: string | null
    lacks: WorklistLack[]
    /** house, state, appointment or call, and note, in words; absent in copies of before */
    said?: string
    /** the last contact, from which another one is noted; absent in copies of before */
    contact?: LastContact
  }[]
  form: {
    communes: { district: string; communes: { code: string; name: string }[] }[]
    required: readonly Outcome[]
    minimumAge: number
    localityCode: string
    consentVersion: ConsentVersion
  }
  /** what holds in the campaign; copies made before it was kept have none: everything holds */
  terms?: HeldTerms
  /** where a citizen answers: the address that a code is put behind */
  answerUrl: string
}

/** How a sheet was when it was taken along: its last result (ms; null: none) and the revision of its record. */
export type TakenFrom = { checkedAt: number | null; revision: number }

/** A sheet of an inspection as its inspector takes it along: what an opened one shows, and the result so far. */
export type TakenSheet = {
  campaignId: number
  inspectionId: number
  helpId: number
  /** place in the draw, and on the road; from 1 */
  place: number
  road: number
  unitName: string
  /** hamlet and commune in words */
  where: string
  purpose: OpeningPurpose
  proposedWay: FindingWay
  name: string
  number: string
  phone: string | null
  birthYear: number
  /** null: of an armed-forces unit, who are not named */
  officialName: string | null
  /** day and place of the help, and what was recorded, in words */
  helped: string
  claims: { name: string; value: string }[]
  result: PickResult | null
  foundBy: FindingWay | null
  note: string | null
  /** another one is drawn in its place if its citizen is not reached */
  isReplaced: boolean
  from: TakenFrom
}

/** What stays the same for the next person of a visit, as fields of the help form. */
export const VISIT_FIELDS = ['place', 'localityCode', 'hamlet', 'consentChannel'] as const

/** What a form on the phone is about: a new record, the correction of one, a contact with an assigned citizen, or a sheet. */
export type FormSubject =
  | { kind: 'record' }
  | { kind: 'correction'; helpId: number }
  | { kind: 'contact'; assignmentId: number }
  | { kind: 'check'; inspectionId: number; helpId: number; from: TakenFrom }

/** How the server answered one form: saved, noted, or refused with what is wrong with which field. */
export type SendAnswer =
  | { kind: 'noted'; assignmentId: number }
  | { kind: 'checked'; inspectionId: number }
  | {
      kind: 'saved'
      helpId: number
      verdict: { verdictKind: VerdictKind; verdictReason: VerdictReason; verdictOutcome: Outcome | null }
      /** null: no code came with it */
      isCodeBound: boolean | null
    }
  | { kind: 'refused'; problems: { field: string; message: string }[] }
