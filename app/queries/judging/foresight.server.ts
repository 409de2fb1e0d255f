import { type Foresight, foresee } from '#app/domain/foresight.ts'
import type { HelpInput } from '#app/domain/help.ts'
import { matchHash } from '#db/keys.server.ts'
import { campaignNow } from '../clock.server.ts'
import { appliedExtracts, factsOf, type RecordRow, readFacts } from './facts.server.ts'
import { rulesOf } from './rules.server.ts'

/** No record has an id as high as these, so nothing stored speaks of them. */
const FIRST_ID = 2 ** 52

/**
 * Returns the verdict that each of these records would get, as `foresee` looks ahead; writes nothing. The facts of all
 * are read together, as for records that are stored.
 */
export function foreseeHelp(
  campaignId: number,
  creates: readonly { officialId: number; input: HelpInput }[],
): Foresight[] {
  if (creates.length === 0) return []
  const { regulation } = rulesOf(campaignId)
  const owner = { campaignId }
  const receivedAt = campaignNow()
  const rows = creates.map(
    ({ officialId, input: { citizen, helpedOn } }, n): RecordRow => ({
      ...UNJUDGED,
      id: FIRST_ID + n,
      officialId,
      citizenHash: matchHash(owner, 'number', citizen.number),
      phoneHash: citizen.phone === null ? null : matchHash(owner, 'phone', citizen.phone),
      helpedOn,
      localityCode: citizen.localityCode,
      carrier: citizen.carrier,
      receivedAt,
      claimedAt: receivedAt,
    }),
  )
  const read = readFacts(campaignId, rows, appliedExtracts(campaignId))
  return rows.map((row, n) => {
    const facts = factsOf(row, read, row.id, regulation)
    return foresee({ ...facts, outcomes: creates[n]?.input.outcomes ?? {} }, regulation)
  })
}

/** What a record has before anything happened to it. */
const UNJUDGED = {
  recordedBy: null,
  withdrawnAt: null,
  confirmedAt: null,
  returnedAt: null,
  staffKept: null,
  erasedAt: null,
  citizenAt: null,
  verdictKind: 'pending',
  verdictReason: 'outcome_missing',
  verdictOutcome: null,
  holdsCredit: 0,
  isReported: 0,
  countsAny: 0,
  basis: null,
  countedOutcomes: null,
} as const
