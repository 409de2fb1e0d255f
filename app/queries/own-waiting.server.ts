import type { Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { type CertificateFacts, certificateFlaws } from '#app/domain/certificate.ts'
import { PARTS } from '#app/domain/figures.ts'
import { NAME_RESTRICTED } from '#app/domain/name.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { appointmentDays, type OwnSums } from '#app/domain/reminder.ts'
import { ownState, type Standing } from '#app/domain/standing.ts'
import {
  OBLIGATION_PARTS,
  type Obligation,
  type Outcome,
  type OutcomeValue,
  recordOf,
  type VerdictKind,
  type VerdictReason,
} from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { PENDING_VISITS } from './companion.server.ts'
import { citizenNameOf } from './help-view.server.ts'
import { type ComputedStanding, STANDING_JSON } from './judging/index.server.ts'
import { PROOF_MEANS, type ProofMeansRow, proofMeansOf } from './proof-means.server.ts'

type Row = ProofMeansRow & {
  unitName: string | null
  standing: string | null
  awaiting: number
  returned: number
  toLookAt: number
  companion: number
  appointments: string
  pledged: string | null
  certificate: string | null
}

/**
 * SQL: a record `h` of a citizen who had what its verdict asks for before the help. Nothing is left to do about it, and
 * it is counted for nobody (plan IV.1).
 */
const IS_BEYOND_TARGET = `h.verdict_reason = 'outcome_missing' and exists (
  select 1 from help_outcome x where x.help_id = h.id and x.outcome = h.verdict_outcome and x.value = 'already_had')`

const OWN = `
  with waiting as (
    select h.verdict_reason as reason, ${IS_BEYOND_TARGET} as isBeyond from help h
     where h.campaign_id = @campaignId and h.official_id = @officialId and h.verdict_kind <> 'counts')
  select (select u.name from posting p join unit u on u.id = p.unit_id
           where p.official_id = @officialId and p.from_on <= @from order by p.from_on desc limit 1) as unitName,
         (select ${STANDING_JSON} from standing s
           where s.campaign_id = @campaignId and s.official_id = @officialId) as standing,
         (select count(*) from waiting where reason = 'awaiting_confirmation') as awaiting,
         (select count(*) from waiting where reason = 'returned') as returned,
         (select count(*) from waiting where not isBeyond
             and reason not in ('awaiting_confirmation', 'returned', 'withdrawn')) as toLookAt,
         (select count(*) ${PENDING_VISITS}) as companion,
         (select json_group_array(a.appointment_on) from assignment a
           where a.campaign_id = @campaignId and a.state = 'appointment' and a.appointment_on between @from and @to
             and (a.official_id = @officialId or a.team_id in (
               select m.team_id from team_member m where m.official_id = @officialId and m.from_on <= @from
                  and (m.to_on is null or m.to_on >= @from)))) as appointments,
         (select json_object('sim_signature', p.sim_signature_by, 'phone_4g', p.phone4g_by, 'portal_login', p.portal_login_by)
            from pledge p where p.campaign_id = @campaignId and p.official_id = @officialId
           order by p.id desc limit 1) as pledged,
         (select json_object('isOwnName', o.is_own_name, 'certificateKind', o.certificate_kind,
                             'validFromOn', o.valid_from_on, 'validToOn', o.valid_to_on, 'revokedAt', o.revoked_at)
            from obligation o where o.campaign_id = @campaignId and o.official_id = @officialId
             and o.part = 'sim_signature' and o.state <> 'missing') as certificate,
         ${PROOF_MEANS}`

type ToldStanding = Pick<Standing, 'counts' | 'target' | 'parts' | 'isSignatureProven'>

type On = { regulation: Regulation; today: Day }

function readOwn(campaignId: number, officialId: number, today: Day): Row {
  const { from, to } = appointmentDays(today)
  return prepared<Row>(OWN).one({ campaignId, officialId, from, to, day: today })
}

/** What waits of one official's own work, in one statement; checks no permission. */
export const ownSums = (campaignId: number, officialId: number, { standing, ...on }: On & { standing: ToldStanding }) =>
  sumsIn(readOwn(campaignId, officialId, on.today), standing, on)

function sumsIn(
  row: Row,
  standing: ToldStanding,
  { regulation, today }: On,
): OwnSums & { isCertificateFlawed: boolean } {
  const certificate = row.certificate === null ? null : (JSON.parse(row.certificate) as CertificateFacts)
  const flaws = certificate === null ? [] : certificateFlaws(certificate, regulation)
  const state = ownState(standing, { awaiting: row.awaiting, isCertificateFlawed: flaws.length > 0 })
  return {
    state,
    means: state.toDo.length > 0 ? proofMeansOf(row, today) : null,
    isCertificateFlawed: flaws.length > 0,
    pledged: row.pledged === null ? null : (JSON.parse(row.pledged) as Record<Obligation, Day>),
    certificateEndsOn: flaws.includes('ends_early') ? (certificate?.validToOn ?? null) : null,
    returned: row.returned,
    toLookAt: row.toLookAt,
    appointments: JSON.parse(row.appointments) as Day[],
    companion: row.companion,
  }
}

/** The actor's own figures as stored, with where they work and what waits; undefined without a posting until today. */
export function findOwn(actor: Person, campaignId: number, on: On) {
  if (actor.officialId === null) return undefined
  const row = readOwn(campaignId, actor.officialId, on.today)
  if (row.standing === null || row.unitName === null) return undefined
  const stored = JSON.parse(row.standing) as ComputedStanding
  const { target, reported, counted, verified, countedAny } = stored
  const standing = {
    target,
    counts: { reported, counted, verified, countedAny },
    parts: recordOf(OBLIGATION_PARTS, part => stored[PARTS[part].field]),
    ...(stored.simSignatureProven === 1 ? { isSignatureProven: true as const } : {}),
  }
  return { unitName: row.unitName, standing, sums: sumsIn(row, standing, on) }
}

type ToLookAt = {
  id: number
  citizenNameCipher: Buffer
  isRestricted: number
  helpedOn: Day
  verdictKind: VerdictKind
  verdictReason: VerdictReason
  verdictOutcome: Outcome | null
  value: OutcomeValue | null
}

/** An official's own records that count only once they act, those sent back among them: the newest `limit`, in one statement. */
export function recordsToLookAt(campaignId: number, officialId: number, limit: number) {
  return prepared<ToLookAt>(
    `select h.id, h.citizen_name_cipher as citizenNameCipher, h.helped_on as helpedOn, h.verdict_kind as verdictKind,
            h.verdict_reason as verdictReason, h.verdict_outcome as verdictOutcome,
            (select x.value from help_outcome x where x.help_id = h.id and x.outcome = h.verdict_outcome) as value,
            exists (select 1 from citizen_restriction r
              where r.campaign_id = h.campaign_id and r.citizen_hash = h.citizen_hash) as isRestricted
       from help h
      where h.campaign_id = ? and h.official_id = ? and h.verdict_kind <> 'counts' and not (${IS_BEYOND_TARGET})
        and h.verdict_reason not in ('awaiting_confirmation', 'withdrawn')
      order by h.id desc limit ?`,
  )
    .all(campaignId, officialId, limit)
    .map(({ citizenNameCipher, isRestricted, ...row }) => ({
      ...row,
      citizenName: isRestricted === 1 ? NAME_RESTRICTED : citizenNameOf({ id: row.id, citizenNameCipher }),
    }))
}
