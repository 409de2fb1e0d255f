import type { Person } from '#app/access/policy.ts'
import { prepared } from '#db/client.server.ts'

/** SQL: the person was ever reminded by their unit in this campaign. */
const NUDGED = `
  select 1 from event e where e.subject = 'official' and e.subject_id = cast(cast(@officialId as integer) as text)
     and e.verb = 'remind' and e.campaign_id = @campaignId`

/** SQL: somebody is assigned to the official, or to a team of theirs. */
const ASSIGNED = `
  select 1 from assignment a where a.campaign_id = @campaignId and a.official_id = @officialId
  union all select 1 from team_member m where m.official_id = @officialId`

/** SQL: a citizen's right about any record was met. */
const MET_RIGHT = `
  select 1 from citizen_request where campaign_id = @campaignId and is_met = 1`

/**
 * Queues whose turns are worked out row by row, each with the rows that may be somebody's turn: all that wait, or for a
 * person without a role those that name them.
 */
const QUEUES = {
  nudges: { any: NUDGED, own: NUDGED },
  assignments: { any: ASSIGNED, own: ASSIGNED },
  rights: { any: MET_RIGHT, own: MET_RIGHT },
  notices: {
    any: `select 1 from activation_code c where c.is_reset = 1 and c.opened_at is not null
      union all select 1 from key_destruction d where d.withdrawn_at is null and d.confirmed_at is null`,
    own: 'select 1 from activation_code c where c.is_reset = 1 and c.account_id = @accountId and c.opened_at is not null',
  },
  grants: { any: 'select 1 from grant_request where decided_at is null', own: null },
  receipts: {
    any: 'select 1 from activation_code where opened_at is not null and received_at is null and created_by is not null',
    own: null,
  },
  corrections: {
    any: "select 1 from official_correction where state = 'asked'",
    own: `select 1 from official_correction where state = 'asked' and @officialId in (official_id, other_id)`,
  },
  offers: {
    any: "select 1 from join_offer where state = 'offered'",
    own: "select 1 from join_offer where state = 'offered' and official_id = @officialId",
  },
  transfers: { any: "select 1 from transfer where state = 'asked'", own: null },
  disputes: { any: 'select 1 from dispute where campaign_id = @campaignId and decided_at is null', own: null },
  exemptions: { any: "select 1 from exemption where campaign_id = @campaignId and state = 'asked'", own: null },
  scans: { any: 'select 1 from exemption where campaign_id = @campaignId and scan_file_id is null', own: null },
  reviews: {
    any: 'select 1 from review_case where campaign_id = @campaignId and withdrawn_at is null',
    own: `select 1 from review_case
           where campaign_id = @campaignId and withdrawn_at is null and official_id = @officialId`,
  },
  signatures: {
    any: `select 1 from inspection i join inspection_member m on m.inspection_id = i.id
           where i.campaign_id = @campaignId and i.concluded_at is null and m.signed_at is not null`,
    own: null,
  },
  appeals: {
    any: `select 1 from inspection_appeal a join inspection i on i.id = a.inspection_id
           where i.campaign_id = @campaignId and a.decision is null`,
    own: null,
  },
  reconsiderations: {
    any: 'select 1 from reconsideration where campaign_id = @campaignId and decided_at is null',
    own: null,
  },
  closings: {
    any: `select 1 from closing_request
           where campaign_id = @campaignId and confirmed_at is null and withdrawn_at is null
          union all select 1 from closing where campaign_id = @campaignId and version = 0`,
    own: null,
  },
  rounds: { any: 'select 1 from round where campaign_id = @campaignId', own: null },
} as const satisfies Record<string, { any: string; own: string | null }>
type Queue = keyof typeof QUEUES
export type OpenQueues = Record<Queue, boolean>
const NAMES = Object.keys(QUEUES) as Queue[]

const textOf = (side: 'any' | 'own') =>
  `select ${NAMES.map(name => `exists (${QUEUES[name][side] ?? 'select 1 where 0'}) as ${name}`).join(', ')}`
const TEXTS = { any: textOf('any'), own: textOf('own') }

/** Tells in one statement which queues hold anything that may be this person's turn; the others need no look. */
export function openQueues({ accountId, officialId, grants }: Person, campaignId: number): OpenQueues {
  const text = TEXTS[grants.length > 0 ? 'any' : 'own']
  const row = prepared<Record<Queue, number>>(text).one({ accountId, officialId, campaignId })
  return Object.fromEntries(NAMES.map(name => [name, row[name] === 1])) as OpenQueues
}
