import { CONSENT_VERSION } from '#app/queries/help.server.ts'
import { inserterOf, insertFact } from '#db/inserter.server.ts'
import { matchHash, seal } from '#db/keys.server.ts'
import { citizenAnswer, help, helpCompanion, helpOutcome } from '#db/schema.ts'
import { CAMPAIGN_ID, logStep, type Steps } from './steps.server.ts'
import type { Visit } from './visit.ts'

/** Writes the records in the order of receipt: a record's id is its place in it. */
export function writeVisits(visits: readonly Visit[], steps: Steps) {
  const owner = { campaignId: CAMPAIGN_ID }
  const insertCompanion = inserterOf(helpCompanion)
  steps.write(visits, (tx, visit, n) => {
    const { citizen, outcomes, answer, companion, note } = visit
    const helpId = n + 1
    const slot = (column: string) => ({ table: 'help', column, rowId: helpId })
    insertFact(tx, help, {
      id: helpId,
      campaignId: CAMPAIGN_ID,
      officialId: visit.official.id,
      citizenHash: matchHash(owner, 'number', citizen.number),
      citizenNameCipher: seal(owner, slot('citizenName'), citizen.name),
      citizenNumberCipher: seal(owner, slot('citizenNumber'), citizen.number),
      citizenPhoneCipher: citizen.phone === null ? null : seal(owner, slot('citizenPhone'), citizen.phone),
      citizenPhoneHash: citizen.phone && matchHash(owner, 'phone', citizen.phone),
      citizenBirthOn: citizen.birthOn,
      citizenBirthYear: citizen.birthYear,
      carrier: citizen.carrier,
      localityCode: citizen.commune.code,
      hamlet: citizen.hamlet,
      helpedOn: visit.helpedOn,
      place: visit.place,
      consentVersion: CONSENT_VERSION,
      consentChannel: visit.consentChannel,
      noteCipher: note === null ? null : seal(owner, slot('note'), note),
      submissionKey: `4f4f4f4f-0000-4000-8000-${String(helpId).padStart(12, '0')}`,
      recordedBy: visit.recordedBy,
      receivedAt: visit.receivedAt,
      claimedAt: visit.claimedAt,
      withdrawnAt: visit.withdrawnAt,
      confirmedAt: visit.confirmedAt,
      confirmedBy: visit.confirmedBy,
      returnedAt: visit.returnedAt,
      returnReason: visit.returnReason,
      // until the rules have spoken
      verdictKind: 'pending',
      verdictReason: 'outcome_missing',
      holdsCredit: false,
      isReported: false,
      countsAny: false,
    })
    for (const outcome of outcomes) insertFact(tx, helpOutcome, { helpId, ...outcome })
    if (answer) insertFact(tx, citizenAnswer, { helpId, ...answer })
    if (companion) insertCompanion({ helpId, officialId: companion.id })
  })
  logStep('help', { count: visits.length })
}
