import { prepared } from '#db/client.server.ts'

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

/** Pages that most ask for, each as an account sees it whose day begins with it; null: as anybody does. */
export function accountsToRehearse(): { accountId: number | null; paths: string[] }[] {
  const leader = prepared<{ id: number; unitId: number }>(
    `select account_id as id, unit_id as unitId from role_grant
      where role in ('head', 'coordinator', 'campaign_office', 'province_leader') order by id limit 1`,
  ).get()
  const official = prepared<{ id: number }>(
    `select id from account where official_id is not null
        and id not in (select account_id from role_grant) order by id limit 1`,
  ).get()
  return [
    { accountId: null, paths: ['/dang-nhap'] },
    ...(official ? [{ accountId: official.id, paths: ['/', '/ho-tro/moi'] }] : []),
    ...(leader ? [{ accountId: leader.id, paths: ['/', '/tong-hop', `/don-vi/${leader.unitId}`] }] : []),
  ]
}
