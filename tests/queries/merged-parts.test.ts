import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { answerByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { answerCorrection } from '#app/queries/correction.server.ts'
import { raiseDispute } from '#app/queries/dispute.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { changePeople, recount } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { askMerge } from '#app/queries/official-merge.server.ts'
import { recordPortalLogin } from '#app/queries/portal-login.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { exportTimesheet } from '#app/queries/team-timesheet.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { seal } from '#db/keys.server.ts'
import * as schema from '#db/schema.ts'
import {
  CAMPAIGN,
  citizenNumber,
  confirmNow,
  done,
  dropChecked,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  NOW,
  recordMany,
  unitNamed,
} from '#tests/make.ts'
import { judgedOtherwise } from '#tests/second-judge.ts'

/*
 * What becomes of everything that names an official, where two entries turn out to be one person. After each test the
 * figures are counted again, judged by the second judge, and the events tell of every fact.
 */

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  expect(judgedOtherwise(CAMPAIGN)).toEqual([])
  dropChecked()
})

/** What becomes of the rows of the entry that ends. */
const FATES: Record<string, 'moves' | 'stays' | 'goes'> = {
  'assignment.official_id': 'moves',
  'award.official_id': 'moves',
  'citizen_code.official_id': 'moves',
  'exemption.official_id': 'moves',
  'gate.official_id': 'moves',
  'help.official_id': 'moves',
  'help_companion.official_id': 'moves',
  'join_offer.official_id': 'moves',
  'membership.official_id': 'moves',
  'obligation.official_id': 'moves',
  'portal_login.official_id': 'moves',
  'official_match.official_id': 'moves',
  'paper_signature.official_id': 'moves',
  'pledge.official_id': 'moves',
  'posting.official_id': 'moves',
  'review_case.official_id': 'moves',
  'stored_file.official_id': 'moves',
  'target_decision.official_id': 'moves',
  'team_member.official_id': 'moves',
  // the sign-in that ended, by which what it did is still known
  'account.official_id': 'stays',
  // decided before: papers, a frozen result, a trace
  'candidate.official_id': 'stays',
  'official_assessment.official_id': 'stays',
  'official_correction.official_id': 'stays',
  'official_correction.other_id': 'stays',
  'transfer.official_id': 'stays',
  'official.merged_into_id': 'moves',
  // counted again: nothing
  'standing.official_id': 'stays',
  // they are one
  'official_clash.first_id': 'goes',
  'official_clash.second_id': 'goes',
}

type Made = ReturnType<typeof makeOfficial>

function scene() {
  const commune = unitNamed('UBND xã Tân Thành')
  const root = unitNamed('Tỉnh Bình Phước')
  const holder = (role: 'head' | 'coordinator') => grantTo(makeOfficial(root.id).actor, role, root.id)
  return {
    commune,
    kept: makeOfficial(commune.id, { name: 'Điểu Thị Thử', sex: 'female' }),
    ending: makeOfficial(commune.id, { name: 'Điểu Thị Thử', sex: 'female' }),
    third: makeOfficial(commune.id),
    asker: holder('coordinator'),
    other: holder('head'),
  }
}

function merge(
  { asker, other }: { asker: Person; other: Person },
  { kept, ending, account = 'this' }: { kept: Made; ending: Made; account?: 'this' | 'other' },
) {
  const staffCode = prepared<string>('select staff_code from official where id = ?').pluck().one(ending.officialId)
  const asked = askMerge(asker, { officialId: kept.officialId, input: { staffCode, account, reason: 'Lý lịch' } })
  if (!asked.ok) return asked.problems[0]?.reason
  const answered = answerCorrection(other, { correctionId: asked.correctionId, answer: 'accepted' })
  return answered.ok ? null : answered.problems[0]?.reason
}

/** Writes what a test needs of officials, with every sum that follows. */
const write = (text: string, ...values: unknown[]) =>
  changePeople(prepared<number>('select id from official').pluck().all(), tx => tx.write(text).run(...values))
const rowsOf = (place: string, id: number) => {
  const [table, column] = place.split('.')
  return prepared<number>(`select count(*) from ${table} where ${column} = ?`).pluck().one(id)
}

function makeTeam(unitId: number) {
  return db
    .insert(schema.team)
    .values({ campaignId: CAMPAIGN, unitId, kind: 'volunteer', name: 'Tổ 1', createdAt: NOW })
    .returning()
    .get().id
}

/** A citizen on a list of the unit. */
function makeAssignment(
  unitId: number,
  importedBy: number,
  values: Partial<typeof schema.assignment.$inferInsert>,
): number {
  const list = db
    .insert(schema.worklist)
    .values({ campaignId: CAMPAIGN, unitId, name: 'a', legalBasis: 'b', importedAt: NOW, importedBy })
    .returning()
    .get()
  const slot = (column: string) => ({ table: 'assignment', column, rowId: list.id })
  const owner = { campaignId: CAMPAIGN }
  db.insert(schema.assignment)
    .values({
      id: list.id,
      campaignId: CAMPAIGN,
      worklistId: list.id,
      unitId,
      citizenHash: `assigned ${list.id}`,
      citizenNameCipher: seal(owner, slot('citizenName'), 'Thị Danh Sách'),
      citizenNumberCipher: seal(owner, slot('citizenNumber'), citizenNumber(800 + list.id)),
      localityCode: '25195',
      lacks: '["eid_activation"]',
      ...values,
    })
    .run()
  return list.id
}

it('every table that names an official says here what becomes of its rows', () => {
  const tables = prepared<string>("select name from sqlite_schema where type = 'table'").pluck().all()
  const places = tables.flatMap(table =>
    prepared<{ from: string }>(`select "from" from pragma_foreign_key_list('${table}') where "table" = 'official'`)
      .all()
      .map(({ from }) => `${table}.${from}`),
  )
  expect(places.sort()).toEqual(Object.keys(FATES).sort())
})

it('everything that hangs on the entry that ends goes where its table says', () => {
  const made = scene()
  const { kept, ending, third, asker, commune } = made
  const by = asker.accountId
  const { officialId } = ending
  const [helpId] = recordMany(ending, 1)
  const [visit] = recordMany(third, 1)
  write('insert into help_companion (help_id, official_id) values (?, ?)', visit, officialId)
  issueCitizenLink(ending.actor, CAMPAIGN, helpId ?? 0)
  write(
    "insert into award (official_id, name, year, decision_number, created_at, created_by) values (?, 'a', 2023, '1', 1, ?)",
    officialId,
    by,
  )
  write(
    `insert into gate (campaign_id, official_id, kind, document_number, document_on, from_on, created_at, created_by)
      values (1, ?, 'complaint', '1', '2024-05-01', '2024-05-01', 1, ?)`,
    officialId,
    by,
  )
  const exemptions = `insert into exemption (campaign_id, official_id, part, reason, document_number, from_on, to_on, state,
      asked_at, decided_at, decided_by) values (1, ?, 'phone_4g', 'other', '1', '2024-04-01', '2024-12-31', 'approved', 1, 1, ?)`
  write(exemptions, officialId, by)
  write(
    "insert into obligation (campaign_id, official_id, part, state, first_login_on, declared_at) values (1, ?, 'portal_national', 'declared', '2024-05-01', 1)",
    officialId,
  )
  write(
    "insert into portal_login (campaign_id, official_id, issuer, subject_hash, is_assured, signed_in_at) values (1, ?, 'https://cong.example/', 's', 0, 1)",
    officialId,
  )
  write(
    "insert into pledge (campaign_id, official_id, citizens, sim_signature_by, phone4g_by, portal_login_by, signed_at) values (1, ?, 10, '2024-05-31', '2024-05-31', '2024-05-31', 1)",
    officialId,
  )
  write(
    'insert into target_decision (campaign_id, official_id, citizens, created_at, created_by) values (1, ?, 12, 1, ?)',
    officialId,
    by,
  )
  write(
    'insert into review_case (campaign_id, official_id, unit_id, opened_at, withdrawn_at) values (1, ?, ?, 1, 2)',
    officialId,
    commune.id,
  )
  write(
    "insert into stored_file (kind, official_id, unit_id, media_type, size, content_cipher, created_at) values ('evidence', ?, ?, 'image/png', 1, x'00', 1)",
    officialId,
    commune.id,
  )
  write(
    "insert into trusted_root (certificate, fingerprint, name, valid_from_on, valid_to_on, source, entered_at, entered_by) values ('', 'f', 'Gốc', '2020-01-01', '2040-01-01', 'Trang của Bộ', 1, ?)",
    by,
  )
  write(
    "insert into prepared_paper (campaign_id, kind, unit_id, subject, code_hash, content, prepared_at) values (1, 'minutes', ?, '1', 'h', '{}', 1)",
    commune.id,
  )
  write(
    `insert into paper_signature (paper_id, file_id, official_id, root_id, fingerprint, valid_from_on, valid_to_on, is_sure, is_revocation_known, checked_at)
      select p.id, (select max(id) from stored_file), ?, (select max(id) from trusted_root), 'c', '2024-01-01', '2025-01-01', 1, 1, 1 from prepared_paper p`,
    officialId,
  )
  const teamId = makeTeam(commune.id)
  write("insert into team_member (team_id, official_id, from_on) values (?, ?, '2024-05-01')", teamId, officialId)
  write(
    "insert into join_offer (official_id, unit_id, team_id, from_on, state, offered_at) values (?, ?, ?, '2024-06-01', 'offered', 1)",
    officialId,
    commune.id,
    makeTeam(commune.id),
  )
  const chapterId = prepared<number>('select min(id) from chapter').pluck().one()
  write("insert into membership (official_id, chapter_id, from_on) values (?, ?, '2022-01-01')", officialId, chapterId)
  write('insert into official_clash values (?, ?, 1)', kept.officialId, officialId)
  makeAssignment(commune.id, by, { officialId, state: 'appointment', appointmentOn: '2024-06-12' })
  write('delete from official_match where official_id = ?', kept.officialId)
  const before = Object.fromEntries(Object.keys(FATES).map(place => [place, rowsOf(place, officialId)]))
  const unfilled = ['official.merged_into_id', 'official_correction.other_id', 'official_clash.first_id']
  const decided = ['candidate', 'official_assessment', 'official_correction', 'transfer'].map(
    table => `${table}.official_id`,
  )
  for (const [place, count] of Object.entries(before))
    if (![...unfilled, ...decided].includes(place)) expect(count, place).toBeGreaterThan(0)

  expect(merge(made, { kept, ending })).toBeNull()
  for (const [place, fate] of Object.entries(FATES))
    if (fate !== 'stays') expect(rowsOf(place, officialId), place).toBe(0)
  for (const [place, fate] of Object.entries(FATES))
    if (fate === 'moves' && !unfilled.includes(place)) expect(rowsOf(place, kept.officialId), place).toBeGreaterThan(0)
  expect(storedStanding(CAMPAIGN, kept.officialId)).toMatchObject({ reported: 1, target: 12, phone4g: 'exempt' })
  expect(storedStanding(CAMPAIGN, officialId)).toMatchObject({ reported: 0, target: null })
  // the kept person has the other one's appointment among their tasks; the ended account has none and no mail
  const tasks = (actor: Person) => listReminders(actor, CAMPAIGN, '2024-06-12').map(({ kind }) => kind)
  for (const kind of ['appointments', 'companion', 'join_offers'] as const) {
    expect(tasks(kept.actor)).toContain(kind)
    expect(tasks(ending.actor)).not.toContain(kind)
  }
  expect(prepared('select disabled_at is not null from account where id = ?').pluck().get(ending.accountId)).toBe(1)
})

it.each([
  ['has no number of its own, which is then the other’s', false, 'verified'],
  ['has another number: it waits for the unit', true, 'declared'],
])('a proof by the ending entry’s sign-in goes on where the kept one %s', (_, isNumbered, standing) => {
  const made = scene()
  const { kept, ending } = made
  if (!isNumbered) {
    write('update official set number_hash = null, number_cipher = null where id = ?', kept.officialId)
    write('delete from official_match where official_id = ?', kept.officialId)
  }
  const told = { issuer: 'https://cong.example/', subject: 'an', part: 'portal_national' as const, isAssured: true }
  expect(recordPortalLogin(ending.accountId, { ...told, number: ending.number })).toBe('proof')
  expect(merge(made, { kept, ending })).toBeNull()
  expect(storedStanding(CAMPAIGN, kept.officialId)?.portalNational).toBe(standing)
})

it('an exemption that one of the two accounts approved for the other waits for somebody else', () => {
  const made = scene()
  const { kept, ending, other } = made
  const approve = (officialId: number, part: string, decidedBy: number) =>
    write(
      `insert into exemption (campaign_id, official_id, part, reason, document_number, from_on, to_on, state, asked_at,
          decided_at, decided_by) values (1, ?, ?, 'other', '1', '2024-04-01', '2024-12-31', 'approved', 1, 1, ?)`,
      officialId,
      part,
      decidedBy,
    )
  approve(ending.officialId, 'phone_4g', kept.accountId)
  approve(ending.officialId, 'portal_national', other.accountId)
  expect(merge(made, { kept, ending })).toBeNull()
  expect(
    prepared('select part, state, decided_by as decidedBy from exemption where official_id = ? order by part').all(
      kept.officialId,
    ),
  ).toEqual([
    { part: 'phone_4g', state: 'asked', decidedBy: null },
    { part: 'portal_national', state: 'approved', decidedBy: other.accountId },
  ])
  expect(storedStanding(CAMPAIGN, kept.officialId)).toMatchObject({ phone4g: 'missing', portalNational: 'exempt' })
})

it('an obligation that one of the two accounts cleared of a list for the other is looked at again', () => {
  const made = scene()
  const { kept, ending, other } = made
  for (const [part, by] of [
    ['portal_national', kept.accountId],
    ['portal_provincial', other.accountId],
  ])
    write(
      `insert into obligation (campaign_id, official_id, part, state, first_login_on, declared_at, cleared_at, cleared_by)
        values (1, ?, ?, 'declared', '2024-05-01', 1, 1, ?)`,
      ending.officialId,
      part,
      by,
    )
  expect(merge(made, { kept, ending })).toBeNull()
  expect(
    prepared('select part, cleared_by from obligation where official_id = ? order by part').raw().all(kept.officialId),
  ).toEqual([
    ['portal_national', null],
    ['portal_provincial', other.accountId],
  ])
})

for (const account of ['this', 'other'] as const)
  it(`the team’s timesheet keeps the days of both entries, the sign-in of ${account} kept`, () => {
    const made = scene()
    const { kept, ending, asker, other, commune } = made
    const teamId = makeTeam(commune.id)
    const member = (officialId: number, fromOn: string) =>
      write('insert into team_member (team_id, official_id, from_on) values (?, ?, ?)', teamId, officialId, fromOn)
    member(kept.officialId, '2024-05-01')
    member(ending.officialId, '2024-04-01')
    const days = ['2024-04-04', '2024-05-06'] as const
    const citizen = { localityCode: commune.localityCode ?? '' }
    const records = [
      ...recordMany(ending, 1, { helpedOn: days[0], citizen }),
      ...recordMany(kept, 1, { helpedOn: days[1], citizen }),
    ]
    confirmNow(other, CAMPAIGN, records)
    for (const [at, changedBy] of [
      ['2024-05-07', ending.accountId],
      ['2024-05-08', kept.accountId],
    ] as const)
      makeAssignment(commune.id, asker.accountId, {
        teamId,
        state: 'away',
        changedAt: Date.parse(`${at}T09:00+07:00`),
        changedBy,
      })
    expect(merge(made, { kept, ending, account })).toBeNull()
    const sheet = exportTimesheet(asker, CAMPAIGN, { teamId, fromOn: '2024-04-01', toOn: '2024-06-12' })
    expect(sheet?.members.map(row => row.days.map(({ on }) => on))).toEqual([[...days, '2024-05-07', '2024-05-08']])
    expect(
      prepared('select from_on as fromOn, to_on as toOn from team_member where official_id = ? order by from_on').all(
        kept.officialId,
      ),
    ).toEqual([
      { fromOn: '2024-04-01', toOn: '2024-04-30' },
      { fromOn: '2024-05-01', toOn: null },
    ])
  })

it('an earlier membership of the other entry fills the days before the kept one’s', () => {
  const made = scene()
  const { kept, ending } = made
  const chapters = prepared<number>(
    'select min(id) from chapter group by association having count(*) > 0 order by 1 limit 1',
  )
    .pluck()
    .all()
  const join = (officialId: number, fromOn: string) =>
    write('insert into membership (official_id, chapter_id, from_on) values (?, ?, ?)', officialId, chapters[0], fromOn)
  join(kept.officialId, '2024-03-01')
  join(ending.officialId, '2021-01-01')
  expect(merge(made, { kept, ending })).toBeNull()
  expect(
    prepared('select from_on as fromOn, to_on as toOn from membership where official_id = ? order by from_on').all(
      kept.officialId,
    ),
  ).toEqual([
    { fromOn: '2021-01-01', toOn: '2024-02-29' },
    { fromOn: '2024-03-01', toOn: null },
  ])
})

it('a citizen’s yes from a browser of the ended account is no basis', () => {
  const made = scene()
  const { kept, ending } = made
  write("insert into device_account values ('their phone', ?, 1)", ending.accountId)
  const [helpId] = recordMany(kept, 1)
  expect(merge(made, { kept, ending })).toBeNull()
  done(issueCitizenLink(kept.actor, CAMPAIGN, helpId ?? 0))
  const code = findCitizenLink(kept.actor, CAMPAIGN, { id: helpId ?? 0, officialId: kept.officialId }).code ?? ''
  done(answerByCode(code, { answer: 'yes', outcomes: [], consentVersion: '1', deviceHash: 'their phone' }))
  expect(prepared('select flag from citizen_answer where help_id = ?').pluck().get(helpId)).toBe('official_device')
})

it('waits for the dispute between the two to be decided', () => {
  const made = scene()
  const { kept, ending, other } = made
  const [first, second] = [kept, ending].map(
    ({ actor, officialId }) => done(recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(950) })).helpId,
  )
  confirmNow(other, CAMPAIGN, [first ?? 0, second ?? 0])
  const raised = raiseDispute(ending.actor, CAMPAIGN, { helpId: second ?? 0, reason: 'Tôi làm trước' })
  expect(raised.ok).toBe(true)
  expect(merge(made, { kept, ending })).toBe('merge_in_dispute')
  write("update dispute set decision = 'dismissed', decided_at = 1, decided_by = ?", other.accountId)
  expect(merge(made, { kept, ending })).toBeNull()
})

it('drops a role that is asked for the account that ends, and an offer that both have', () => {
  const made = scene()
  const { kept, ending, asker, commune } = made
  write(
    "insert into grant_request (account_id, role, unit_id, from_on, asked_at, asked_by) values (?, 'inspector', ?, '2024-06-12', 1, ?)",
    ending.accountId,
    commune.id,
    asker.accountId,
  )
  const teamId = makeTeam(commune.id)
  for (const { officialId } of [kept, ending])
    write(
      "insert into join_offer (official_id, unit_id, team_id, from_on, state, offered_at) values (?, ?, ?, '2024-06-01', 'offered', 1)",
      officialId,
      commune.id,
      teamId,
    )
  expect(merge(made, { kept, ending })).toBeNull()
  expect(prepared('select decided_at is not null, grant_id from grant_request').raw().all()).toEqual([[1, null]])
  expect(prepared('select official_id, state from join_offer order by id').raw().all()).toEqual([
    [kept.officialId, 'offered'],
    [ending.officialId, 'withdrawn'],
  ])
  const withdrawn = prepared<string>("select subject from event where verb = 'withdraw' and subject = 'join_offer'")
  expect(withdrawn.pluck().all()).toEqual(['join_offer'])
})
