import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { enableAccount } from '#app/queries/account.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { answerCorrection } from '#app/queries/correction.server.ts'
import { correctionsOf, correctionsToAnswer } from '#app/queries/correction-list.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { uploadHelp } from '#app/queries/help-batch.server.ts'
import { previewHelp } from '#app/queries/help-preview.server.ts'
import { isSecondTo } from '#app/queries/independence.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { mergedInto, targetOf } from '#app/queries/official.server.ts'
import { askMerge } from '#app/queries/official-merge.server.ts'
import { formTeam, searchMembers } from '#app/queries/team.server.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { account } from '#db/schema.ts'
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
  makeReader,
  meetObligations,
  recordMany,
  statusOf,
  unitNamed,
} from '#tests/make.ts'
import { importRoster } from '#tests/roster.ts'
import { judgedOtherwise } from '#tests/second-judge.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  expect(judgedOtherwise(CAMPAIGN)).toEqual([])
  dropChecked()
})

function scene() {
  const health = unitNamed('Sở Y tế')
  const commune = unitNamed('UBND xã Tân Thành')
  const root = unitNamed('Tỉnh Bình Phước')
  const holder = (role: 'head' | 'coordinator') => grantTo(makeOfficial(root.id).actor, role, root.id)
  return {
    health,
    commune,
    kept: makeOfficial(health.id, { name: 'Điểu Thị Thử', sex: 'female' }),
    ending: makeOfficial(commune.id, { name: 'Điểu Thị Thử', sex: 'female', category: 'member', fromOn: '2019-01-01' }),
    asker: holder('coordinator'),
    other: holder('head'),
  }
}

type Made = ReturnType<typeof makeOfficial>
const codeOf = (officialId: number) =>
  prepared<string>('select staff_code from official where id = ?').pluck().one(officialId)
const ask = (actor: Person, kept: Made, ending: Made, chosen: 'this' | 'other' = 'this') =>
  askMerge(actor, {
    officialId: kept.officialId,
    input: { staffCode: codeOf(ending.officialId), account: chosen, reason: 'Đối chiếu lý lịch' },
  })
const yes = (actor: Person, correctionId: number) => answerCorrection(actor, { correctionId, answer: 'accepted' })
const reasonOf = (asked: ReturnType<typeof ask>) => (asked.ok ? null : asked.problems[0]?.reason)
const activate = (...accountIds: number[]) => {
  for (const id of accountIds) db.update(account).set({ passwordHash: 'x' }).where(eq(account.id, id)).run()
}
const countOf = (officialId: number) => storedStanding(CAMPAIGN, officialId)
const ownersOf = (helpIds: readonly number[]) =>
  helpIds.map(id => prepared('select official_id from help where id = ?').pluck().get(id))

describe('two entries of one person', () => {
  it('become one: records, duties and sums go to the kept one, a citizen of both counts once', () => {
    const { kept, ending, asker, other, health, commune } = scene()
    const mine = recordMany(kept, 2)
    const theirs = recordMany(ending, 3)
    const twice = [kept, ending].map(
      ({ actor, officialId }) => done(recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(900) })).helpId,
    )
    confirmNow(other, CAMPAIGN, [...mine, ...theirs, ...twice])
    meetObligations(ending.officialId)
    expect(countOf(kept.officialId)?.counted).toBe(3)
    const { correctionId } = done(ask(asker, kept, ending))
    expect(ownersOf(theirs)).toEqual(theirs.map(() => ending.officialId))
    done(yes(other, correctionId))
    expect(ownersOf([...mine, ...theirs, ...twice]).every(id => id === kept.officialId)).toBe(true)
    expect(countOf(kept.officialId)).toMatchObject({ counted: 6, reported: 7, unitId: health.id, simSignature: 'met' })
    expect(countOf(ending.officialId)).toMatchObject({ counted: 0, target: null, unitId: null })
    expect(targetOf(ending.officialId, campaignToday()).unitId).toBe(health.id)
    expect(mergedInto(ending.officialId)).toBe(kept.officialId)
    // the days before the kept entry's first posting are those of the other
    expect(
      prepared(
        'select unit_id as unitId, from_on as fromOn, to_on as toOn from posting where official_id = ? order by from_on',
      ).all(kept.officialId),
    ).toEqual([
      { unitId: commune.id, fromOn: '2019-01-01', toOn: '2019-12-31' },
      { unitId: health.id, fromOn: '2020-01-01', toOn: null },
    ])
    expect(correctionsOf(asker, kept.officialId)).toMatchObject([{ kind: 'merge', state: 'accepted' }])
    // people who are one are no second person to each other
    expect(isSecondTo(kept.actor, ending.accountId)).toBe(false)
  })

  it('are found by the code of either, in a list of records and where a team looks for somebody', async () => {
    const { kept, ending, asker, other, health } = scene()
    const [code, former] = [codeOf(kept.officialId), codeOf(ending.officialId)]
    done(yes(other, done(ask(asker, kept, ending)).correctionId))
    const coordinator = grantTo(makeOfficial(health.id).actor, 'coordinator', health.id)
    const csv = [
      'Mã cán bộ;Họ tên người dân;Số định danh;Ngày sinh;Xã;Ngày hỗ trợ;Nơi hỗ trợ;Cách thể hiện đồng ý;Người dân đồng ý',
      ...[code, former].map((said, n) =>
        [said, 'Điểu Thị Dân', citizenNumber(n + 1), '1990', '25207', '10/4/2024', 'Tại nhà', 'Bằng văn bản', 'x'].join(
          ';',
        ),
      ),
    ].join('\n')
    const bytes = new TextEncoder().encode(csv)
    uploadHelp(coordinator, { campaignId: CAMPAIGN, unitId: health.id, fileName: 'ds.csv', bytes })
    for (let job = takeJob(); job; job = takeJob()) await runJob(job)
    const batchId = prepared<number>('select max(id) from import_batch').pluck().one()
    const planned = previewHelp(coordinator, batchId, { view: null, from: 0 })?.planned
    expect(planned?.counts).toEqual({ create: 2, problem: 0, recorded: 0 })
    expect(planned?.rows.map(row => row.officialName)).toEqual(['Điểu Thị Thử', 'Điểu Thị Thử'])
    const team = { name: 'Tổ', kind: 'volunteer', hamlet: '', decisionNumber: '' } as const
    const teamId = formTeam(coordinator, CAMPAIGN, { unitId: health.id, input: team })
    for (const search of [code, former])
      expect(searchMembers(coordinator, CAMPAIGN, { teamId, search }).candidates).toMatchObject([
        { officialId: kept.officialId },
      ])
  })

  it('are confirmed again what one of the two accounts had confirmed of the other', () => {
    const { kept, ending, asker, other, commune } = scene()
    const theirs = recordMany(ending, 1)
    const asHolder = grantTo(kept.actor, 'coordinator', commune.id)
    confirmNow(asHolder, CAMPAIGN, theirs)
    expect(countOf(ending.officialId)?.counted).toBe(1)
    done(yes(other, done(ask(asker, kept, ending)).correctionId))
    expect(countOf(kept.officialId)).toMatchObject({ counted: 0, reported: 1 })
  })

  it('keep the sign-in that was chosen; the other ends with its sessions, for good', () => {
    const { kept, ending, asker, other } = scene()
    activate(kept.accountId, ending.accountId)
    const session = (id: string, accountId: number) =>
      prepared(
        `insert into session (id, account_id, campaign_id, expires_at, created_at, user_agent) values (?, ?, 1, 9e15, 1, '')`,
      ).run(id, accountId)
    session('a', kept.accountId)
    session('b', ending.accountId)
    done(yes(other, done(ask(asker, kept, ending, 'other')).correctionId))
    const accounts = prepared(
      'select official_id as officialId, disabled_at is not null as isEnded from account where id in (?, ?) order by id = ?',
    ).all(kept.accountId, ending.accountId, ending.accountId)
    expect(accounts).toEqual([
      { officialId: ending.officialId, isEnded: 1 },
      { officialId: kept.officialId, isEnded: 0 },
    ])
    expect(prepared('select id from session').pluck().all()).toEqual(['b'])
    const admin = makeReader('admin')
    expect(statusOf(() => enableAccount(admin, kept.accountId))).toBe(403)
  })

  it('are found by both staff codes in later lists', async () => {
    const { kept, ending, asker, other, health } = scene()
    const [code, former] = [kept, ending].map(({ officialId }) => codeOf(officialId))
    done(yes(other, done(ask(asker, kept, ending)).correctionId))
    const count = () => prepared('select count(*) from official').pluck().get()
    const before = count()
    const row = { staffCode: former ?? '', name: 'Điểu Thị Thử', birthYear: 1980, number: null }
    expect(await importRoster(asker, health.id, [row], '2024-06-01')).toBe(true)
    expect(count()).toBe(before)
    expect(codeOf(kept.officialId)).toBe(code)
  })

  it('have one number', () => {
    const { kept, ending, asker, other } = scene()
    const hash = prepared('select number_hash from official where id = ?').pluck().get(kept.officialId)
    done(yes(other, done(ask(asker, kept, ending)).correctionId))
    expect(
      prepared('select number_hash from official where id in (?, ?) order by id')
        .pluck()
        .all(kept.officialId, ending.officialId),
    ).toEqual([hash, null])
    expect(prepared('select count(*) from official_match where official_id = ?').pluck().get(ending.officialId)).toBe(0)
  })
})

describe('the merging of two entries', () => {
  it('is the word of the one whose sign-in ends, or of a role holder of both; not of who asked', () => {
    const { kept, ending, asker, health } = scene()
    activate(kept.accountId, ending.accountId)
    const { correctionId } = done(ask(asker, kept, ending))
    expect(statusOf(() => yes(asker, correctionId))).toBe(403)
    expect(statusOf(() => yes(kept.actor, correctionId))).toBe(403)
    const ofOne = grantTo(makeOfficial(health.id).actor, 'head', health.id)
    expect(statusOf(() => yes(ofOne, correctionId))).toBe(403)
    expect(correctionsToAnswer(ending.actor)).toHaveLength(1)
    done(yes(ending.actor, correctionId))
    expect(mergedInto(ending.officialId)).toBe(kept.officialId)
  })

  it('is not the person’s word alone where the other entry has records and was never opened', () => {
    const { kept, ending, asker, other } = scene()
    activate(kept.accountId)
    recordMany(ending, 1)
    const { correctionId } = done(ask(asker, kept, ending))
    expect(correctionsToAnswer(kept.actor)).toEqual([])
    expect(correctionsToAnswer(other)).toHaveLength(1)
    expect(statusOf(() => yes(kept.actor, correctionId))).toBe(403)
  })

  it('takes charge of both entries', () => {
    const { kept, ending, health } = scene()
    const ofOne = grantTo(makeOfficial(health.id).actor, 'coordinator', health.id)
    expect(reasonOf(ask(ofOne, kept, ending))).toBe('merge_over_reach')
    expect(
      reasonOf(
        askMerge(ofOne, {
          officialId: kept.officialId,
          input: { staffCode: 'khong-co', account: 'this', reason: 'x' },
        }),
      ),
    ).toBe('merge_not_found')
  })

  it('waits for due process, a close, an inspection, a round and the ending account’s role', () => {
    const { kept, ending, asker, other, commune } = scene()
    const [helpId] = recordMany(ending, 1)
    const { correctionId } = done(ask(asker, kept, ending))
    const hindered = (put: () => unknown, take: () => unknown) => {
      transact(put)
      const answered = yes(other, correctionId)
      transact(take)
      return answered.ok ? null : answered.problems[0]?.reason
    }
    const at = Date.parse('2024-07-04T09:00+07:00')
    expect(
      hindered(
        () => {
          prepared(
            'insert into review_case (id, campaign_id, official_id, unit_id, opened_at) values (1, 1, ?, ?, ?)',
          ).run(ending.officialId, commune.id, at)
          prepared(
            "insert into review_step (case_id, kind, body, taken_at, taken_on, taken_by) values (1, 'notice', 'x', ?, '2024-06-10', ?)",
          ).run(at, asker.accountId)
        },
        () => prepared('update review_case set withdrawn_at = 1').run(),
      ),
    ).toBe('merge_in_review')
    expect(
      hindered(
        () =>
          prepared(
            "insert into closing (campaign_id, version, reason, regulation_id, started_at) values (1, 1, 'close', 1, 1)",
          ).run(),
        () => prepared('update closing set frozen_at = 1').run(),
      ),
    ).toBe('merge_while_closing')
    expect(
      hindered(
        () => {
          prepared(
            "insert into inspection (id, campaign_id, unit_id, seed, population, design, drawn_at, drawn_by) values (1, 1, ?, 'x', 1, '{}', 1, ?)",
          ).run(commune.id, asker.accountId)
          prepared("insert into inspection_pick (inspection_id, help_id, origin, place) values (1, ?, 'risk', 1)").run(
            helpId,
          )
        },
        () => prepared('update inspection set concluded_at = 1').run(),
      ),
    ).toBe('merge_in_inspection')
    expect(
      hindered(
        () =>
          prepared(
            "insert into role_grant (account_id, role, unit_id, from_on, created_at) values (?, 'coordinator', ?, '2024-01-01', 1)",
          ).run(ending.accountId, commune.id),
        () => prepared("update role_grant set to_on = '2024-01-02' where account_id = ?").run(ending.accountId),
      ),
    ).toBe('merge_roles_held')
    done(yes(other, correctionId))
  })
})
