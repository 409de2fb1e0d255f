import { randomInt, randomUUID } from 'node:crypto'
import { prepared } from '#db/client.server.ts'
import { defaultCampaignId, findCampaign } from './campaign.server.ts'
import { campaignToday } from './clock.server.ts'
import { listCommunes } from './locality.server.ts'

/** Statements that read what most pages need, besides rows by their id: sums, standings, postings, units, accounts. */
const HOT = [
  'select sum(length(key)) from people_tally',
  'select sum(length(key)) from help_total',
  'select sum(length(key)) from help_tally',
  'select sum(reported) from standing',
  'select sum(unit_id) from posting',
  'select sum(length(path)) from unit',
  'select sum(length(path)) from locality',
  'select sum(length(login)) from account',
  'select sum(account_id) from role_grant',
]

/** Reads what most pages need through, so that the system has it in memory, until `isOver` says so. */
export function touchHotPages(isOver: () => boolean) {
  for (const text of HOT) {
    if (isOver()) return
    prepared(text).get()
  }
}

/** The first account of an official without a role; undefined where there is none. */
const ordinaryAccount = () =>
  prepared<{ id: number }>(
    `select id from account where official_id is not null
        and id not in (select account_id from role_grant) order by id limit 1`,
  ).get()

/** Pages that most ask for, each as an account sees it whose day begins with it; null: as anybody does. */
export function accountsToRehearse(): { accountId: number | null; paths: string[] }[] {
  const leader = prepared<{ id: number; unitId: number }>(
    `select account_id as id, unit_id as unitId from role_grant
      where role in ('head', 'coordinator', 'campaign_office', 'province_leader') order by id limit 1`,
  ).get()
  const official = ordinaryAccount()
  return [
    { accountId: null, paths: ['/dang-nhap'] },
    ...(official ? [{ accountId: official.id, paths: ['/', '/ho-tro/moi'] }] : []),
    ...(leader ? [{ accountId: leader.id, paths: ['/', '/tong-hop', `/don-vi/${leader.unitId}`] }] : []),
  ]
}

/** A form to be sent before the server listens, and whose it is. */
export type Rehearsed = { accountId: number; campaignId: number; path: string; form: Record<string, string> }

/** The first citizen's record that waits for one of the first coordinators, with whom it waits for. */
const waitingRecord = (campaignId: number) =>
  prepared<{ helpId: number; accountId: number; unitId: number }>(
    `select h.id as helpId, g.account_id as accountId, g.unit_id as unitId
       from (select account_id, unit_id from role_grant where role = 'coordinator' order by id limit 20) g
       join posting p on p.unit_id = g.unit_id
       join help h on h.official_id = p.official_id and h.campaign_id = ?
        and h.verdict_kind <> 'counts' and h.verdict_reason = 'awaiting_confirmation'
      limit 1`,
  ).get(campaignId)

/**
 * Forms that most send: a record of an invented citizen, and a confirmation. They are sent in transactions that are
 * rolled back (`server/warm-up.ts`), so no citizen of that number is ever recorded.
 */
export function formsToRehearse(): Rehearsed[] {
  const today = campaignToday()
  const campaignId = defaultCampaignId(today)
  const regulation = findCampaign(campaignId)?.regulation
  const official = ordinaryAccount()
  const commune = listCommunes(today)[0]?.communes[0]
  if (!regulation) return []
  const day = today < regulation.endsOn ? today : regulation.endsOn
  const outcomes = regulation.requiredOutcomes.flatMap(outcome => [
    [`outcome_${outcome}`, 'achieved'],
    [`outcome_${outcome}_on`, day],
  ])
  const waiting = waitingRecord(campaignId)
  return [
    ...(official && commune
      ? [
          {
            accountId: official.id,
            campaignId,
            path: '/ho-tro/moi',
            form: {
              submissionKey: randomUUID(),
              citizenName: 'Nguyễn Văn An',
              citizenNumber: `070090${String(randomInt(1_000_000)).padStart(6, '0')}`,
              birthYear: '1990',
              localityCode: commune.code,
              helpedOn: day,
              place: 'home',
              ...Object.fromEntries(outcomes),
              consentChannel: 'own_phone',
              consent: 'on',
            },
          },
        ]
      : []),
    ...(waiting
      ? [
          {
            accountId: waiting.accountId,
            campaignId,
            path: `/don-vi/${waiting.unitId}/xac-nhan/truong-hop`,
            form: { chon: String(waiting.helpId) },
          },
        ]
      : []),
  ]
}
