import { createHmac } from 'node:crypto'
import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Person } from '#app/access/policy.ts'
import { mayCall } from '#app/domain/assignment.ts'
import type { Snapshot } from '#app/domain/offline.ts'
import { ASSIGNMENT_STATES, type WorklistLack } from '#app/domain/vocabulary.ts'
import { db } from '#db/client.server.ts'
import { derivedKey, unsealName, unsealText } from '#db/keys.server.ts'
import { assignment, teamMember } from '#db/schema.ts'
import { isUnrestricted } from './citizen-right.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { CONSENT_VERSION } from './help.server.ts'
import { listHelp } from './help-list.server.ts'
import { ownStanding } from './home.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { listCommunes } from './locality.server.ts'
import { ownSums } from './own-waiting.server.ts'
import { heldIn } from './plan.server.ts'

const RECORDS = 30
const PEOPLE = 200
/** Nothing is left to do for these. */
const SETTLED = ['done', 'refused', 'abroad', 'serving_sentence', 'address_unknown'] as const

/**
 * Returns the data that the official's own phone keeps for work without a network. It is what their screens show
 * anyway, about themself only, without any citizen's number. Undefined for accounts without a posting. Domain 11.
 */
export function snapshotFor(
  actor: Person & { displayName: string },
  campaign: { id: number; code: string },
): (Omit<Snapshot, 'answerUrl' | 'people'> & { people: ReturnType<typeof assignedPeople> }) | undefined {
  const own = ownStanding(actor, campaign.id)
  if (!own || actor.officialId === null) return undefined
  const { officialId } = actor
  const { regulation } = rulesOf(campaign.id)
  const { place, standing } = own
  const sums = ownSums(campaign.id, officialId, { standing, regulation, today: campaignToday() })
  return {
    accountId: actor.accountId,
    name: actor.displayName,
    campaign: { id: campaign.id, code: campaign.code },
    at: campaignNow(),
    serverAt: Date.now(),
    startsOn: regulation.startsOn,
    endsOn: regulation.endsOn,
    unitName: place.unitName,
    standing,
    awaiting: sums.state.awaiting,
    isCertificateFlawed: sums.isCertificateFlawed,
    hasPledged: sums.pledged !== null,
    records: listHelp(actor, campaign.id, { officialId, limit: RECORDS }).rows.map(row => ({
      id: row.id,
      citizenName: row.citizenName,
      helpedOn: row.helpedOn,
      place: [row.hamlet, row.localityName].filter(Boolean).join(', '),
      verdictKind: row.verdictKind,
      verdictReason: row.verdictReason,
      verdictOutcome: row.verdictOutcome,
    })),
    terms: heldIn(campaign.id, regulation),
    people: assignedPeople(campaign.id, officialId),
    form: {
      communes: listCommunes(campaignToday()),
      required: regulation.requiredOutcomes,
      minimumAge: regulation.minimumAge,
      localityCode: place.localityCode ?? '',
      consentVersion: CONSENT_VERSION,
    },
  }
}

/** Citizens given to the official, or to a team that they belong to today, for whom something is left to do. */
function assignedPeople(campaignId: number, officialId: number) {
  const today = campaignToday()
  const teams = db
    .select()
    .from(teamMember)
    .where(eq(teamMember.officialId, officialId))
    .all()
    .filter(row => row.fromOn <= today && (row.toOn === null || row.toOn >= today))
    .map(row => row.teamId)
  const slot = (column: string, rowId: number) => ({ table: 'assignment', column, rowId })
  return db
    .select()
    .from(assignment)
    .where(
      and(
        eq(assignment.campaignId, campaignId),
        or(eq(assignment.officialId, officialId), inArray(assignment.teamId, teams)),
        isNull(assignment.helpId),
        isUnrestricted(assignment.campaignId, assignment.citizenHash),
        inArray(
          assignment.state,
          ASSIGNMENT_STATES.filter(state => !SETTLED.some(settled => settled === state)),
        ),
      ),
    )
    .orderBy(asc(assignment.hamlet), asc(assignment.id))
    .limit(PEOPLE)
    .all()
    .map(row => ({
      id: row.id,
      name: unsealName(slot('citizenName', row.id), row.citizenNameCipher),
      localityCode: row.localityCode,
      hamlet: row.hamlet,
      phone: mayCall(row.state) ? unsealText(slot('citizenPhone', row.id), row.citizenPhoneCipher) : null,
      lacks: JSON.parse(row.lacks) as WorklistLack[],
      address: unsealText(slot('address', row.id), row.addressCipher),
      revision: row.revision,
      state: row.state,
      appointmentOn: row.appointmentOn,
      appointmentTime: row.appointmentTime,
      appointmentPlace: unsealText(slot('appointmentPlace', row.id), row.appointmentPlaceCipher),
      changedAt: row.changedAt,
      note: unsealText(slot('note', row.id), row.noteCipher),
    }))
}

/**
 * The server's half of the key under which one browser's store (`storeId`, made by that browser) seals an account's data:
 * handed out only to that account's session, so that what is sealed opens again only after its official signed in.
 */
export function storeSecret(actor: Person, storeId: string): string {
  return createHmac('sha256', derivedKey('offline store')).update(`${actor.accountId} ${storeId}`).digest('base64')
}
