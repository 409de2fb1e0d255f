import { randomInt, randomUUID } from 'node:crypto'
import { shownValue } from '#app/domain/shown-record.ts'
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

/** How many different people and units take turns: code that has met only one is compiled again for the next. */
const TURNS = 24

/** Every so many rows, so that what takes turns is spread over the whole table. */
const spread = (from: string) => `${from} and id % max(1, (select max(id) from account) / ${TURNS}) = 0 limit ${TURNS}`

/** Accounts of officials without a role, spread over all. */
const ordinaryAccounts = () =>
  prepared<number>(
    spread('select id from account where official_id is not null and id not in (select account_id from role_grant)'),
  )
    .pluck()
    .all()

/** Pages that most ask for, each as an account sees it whose day begins with it; null: as anybody does. */
export function accountsToRehearse(): { accountId: number | null; paths: string[] }[] {
  const leader = prepared<number>(
    `select account_id from role_grant
      where role in ('campaign_office', 'province_leader') order by id limit 1`,
  )
    .pluck()
    .get()
  const heads = prepared<{ id: number; unitId: number }>(
    `select account_id as id, unit_id as unitId from role_grant
      where role in ('head', 'coordinator') order by id limit ${TURNS}`,
  ).all()
  return [
    { accountId: null, paths: ['/dang-nhap'] },
    ...ordinaryAccounts().map(accountId => ({ accountId, paths: ['/', '/ho-tro/moi'] })),
    ...heads.flatMap(({ id, unitId }) => [
      { accountId: id, paths: ['/'] },
      { accountId: leader ?? id, paths: ['/tong-hop', `/don-vi/${unitId}`] },
    ]),
  ]
}

/** A form to be sent before the server listens, and whose it is. */
export type Rehearsed = { accountId: number; campaignId: number; path: string; form: Record<string, string> }

/** Records of citizens that wait for one of the first coordinators, with whom they wait for. */
const waitingRecords = (campaignId: number) =>
  prepared<{ helpId: number; revision: number; accountId: number; unitId: number }>(
    `select h.id as helpId, h.revision, g.account_id as accountId, g.unit_id as unitId
       from (select account_id, unit_id from role_grant where role = 'coordinator' order by id limit 20) g
       join posting p on p.unit_id = g.unit_id
       join help h on h.official_id = p.official_id and h.campaign_id = ?
        and h.verdict_kind <> 'counts' and h.verdict_reason = 'awaiting_confirmation'
      limit ${TURNS}`,
  ).all(campaignId)

/**
 * Forms that most send: records of invented citizens, and confirmations. They are sent in transactions that are rolled
 * back (`server/warm-up.ts`), so no citizen of these numbers is ever recorded.
 */
export function formsToRehearse(): Rehearsed[] {
  const today = campaignToday()
  const campaignId = defaultCampaignId(today)
  const regulation = findCampaign(campaignId)?.regulation
  const communes = listCommunes(today).flatMap(district => district.communes)
  if (!regulation || communes.length === 0) return []
  const day = today < regulation.endsOn ? today : regulation.endsOn
  const outcomes = regulation.requiredOutcomes.flatMap(outcome => [
    [`outcome_${outcome}`, 'achieved'],
    [`outcome_${outcome}_on`, day],
  ])
  const records = ordinaryAccounts().map((accountId, n) => ({
    accountId,
    campaignId,
    path: '/ho-tro/moi',
    form: {
      submissionKey: randomUUID(),
      citizenName: 'Nguyễn Văn An',
      citizenNumber: `070090${String(randomInt(1_000_000)).padStart(6, '0')}`,
      birthYear: '1990',
      localityCode: communes[n % communes.length]?.code ?? '',
      helpedOn: day,
      place: 'home',
      ...Object.fromEntries(outcomes),
      consentChannel: 'own_phone',
      consent: 'on',
    },
  }))
  const confirmations = waitingRecords(campaignId).map(({ accountId, unitId, helpId, revision }) => ({
    accountId,
    campaignId,
    path: `/don-vi/${unitId}/xac-nhan/truong-hop`,
    form: { chon: shownValue({ id: helpId, revision }) },
  }))
  return [...records, ...confirmations]
}
