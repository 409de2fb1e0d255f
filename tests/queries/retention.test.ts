import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { goneBefore, isRemovalDue, RETENTION_DAYS, type RetentionRule } from '#app/domain/retention.ts'
import { findRemoval, lastRemoval, removeExpired } from '#app/queries/retention.server.ts'
import { prepared, transact } from '#db/client.server.ts'
import { dropChecked, grantTo, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const HOUR_MS = 3_600_000
const count = (table: string) => (prepared(`select count(*) as n from ${table}`).get() as { n: number }).n
const someone = () => makeOfficial(unitNamed('Sở Nội vụ').id)

/** What puts one row of a rule there whose time is counted from `at` (ms). `n` keeps the two of a test apart. */
const PUT: Record<
  Exclude<RetentionRule, 'citizen_request_text' | 'paper_bundle'>,
  (at: number, accountId: number, n: number) => void
> = {
  import_content: (at, accountId) =>
    prepared(
      `insert into import_batch (kind, unit_id, file_name, plan_cipher, created_at, created_by) values ('roster', 1, 'a.xlsx', x'01', ?, ?)`,
    ).run(at, accountId),
  sign_in_ticket: (at, accountId, n) =>
    prepared(`insert into sign_in_ticket (ticket_hash, account_id, device_hash, expires_at) values (?, ?, 'd', ?)`).run(
      `t${n}`,
      accountId,
      at,
    ),
  activation_code: (at, accountId, n) =>
    prepared('insert into activation_code (account_id, code_hash, created_at, expires_at) values (?, ?, 0, ?)').run(
      accountId,
      `c${n}`,
      at,
    ),
  remembered_device: (at, accountId, n) =>
    prepared(
      `insert into remembered_device (device_hash, account_id, pin_hash, remembered_at, seen_at) values (?, ?, 'p', 0, ?)`,
    ).run(`d${n}`, accountId, at),
  push_subscription: (at, accountId, n) =>
    prepared(
      `insert into push_subscription (account_id, endpoint_hash, endpoint_cipher, created_at, renewed_at) values (?, ?, x'01', 0, ?)`,
    ).run(accountId, `e${n}`, at),
  job: at =>
    prepared(
      `insert into job (kind, input, state, created_at, finished_at) values ('rejudge', '{}', 'done', 0, ?)`,
    ).run(at),
  signed_file: (at, accountId) => {
    const unitId = unitNamed('Sở Nội vụ').id
    const { id } = prepared<{ id: number }>(
      `insert into stored_file (kind, unit_id, media_type, size, content_cipher, created_at, created_by, campaign_id)
        values ('pledge_list', ?, 'application/pdf', 1, x'01', ?, ?, 1) returning id`,
    ).one(unitId, at, accountId)
    const rootId =
      prepared<number>('select id from trusted_root').pluck().get() ??
      prepared<number>(
        `insert into trusted_root (certificate, fingerprint, name, valid_from_on, valid_to_on, source, entered_at, entered_by)
          values ('', 'f', 'Gốc', '2015-01-01', '2035-01-01', 'x', 0, ?) returning id`,
      )
        .pluck()
        .one(accountId)
    const paperId = prepared<number>(
      `insert into prepared_paper (campaign_id, kind, unit_id, subject, code_hash, content, prepared_at)
        values (1, 'pledge_list', ?, '', ?, '{}', 0) returning id`,
    )
      .pluck()
      .one(unitId, `h${id}`)
    prepared(
      `insert into paper_signature (paper_id, file_id, root_id, fingerprint, valid_from_on, valid_to_on, is_sure,
        is_revocation_known, checked_at) values (?, ?, ?, 'c', '2023-01-01', '2049-01-01', 1, 0, 0)`,
    ).run(paperId, id, rootId)
  },
  device_account: (at, accountId, n) =>
    prepared('insert into device_account (device_hash, account_id, seen_at) values (?, ?, ?)').run(
      `d${n}`,
      accountId,
      at,
    ),
  access_log: (at, accountId) =>
    prepared(`insert into access_log (at, account_id, what, subject_id, count) values (?, ?, 'help_list', '1', 1)`).run(
      at,
      accountId,
    ),
}
const LEFT: Partial<Record<RetentionRule, string>> = {
  import_content: 'import_batch where length(plan_cipher) > 0',
  signed_file: 'stored_file where length(content_cipher) > 0',
}

describe('removeExpired', () => {
  it.each(Object.keys(PUT) as (keyof typeof PUT)[])(
    '%s: takes what is past its time and leaves the rest',
    async rule => {
      const at = Date.now()
      const { accountId } = someone()
      const table = LEFT[rule] ?? rule
      await removeExpired(system, at)
      const before = count(table)
      PUT[rule](goneBefore(rule, at) - HOUR_MS, accountId, 1)
      PUT[rule](goneBefore(rule, at) + HOUR_MS, accountId, 2)
      expect(await removeExpired(system, at)).toEqual({ [rule]: 1 })
      expect(count(table)).toBe(before + 1)
      expect(lastRemoval()?.removed).toEqual({ [rule]: 1 })
    },
  )

  it('takes more than one transaction’s worth', async () => {
    const { accountId } = someone()
    const at = Date.now()
    transact(() => {
      for (let n = 0; n < 1201; n++) PUT.device_account(goneBefore('device_account', at) - HOUR_MS, accountId, n)
    })
    expect(await removeExpired(system, at)).toEqual({ device_account: 1201 })
    expect(count('device_account')).toBe(0)
  })

  it('keeps a job that has not ended, however old', async () => {
    prepared(`insert into job (kind, input, state, created_at) values ('rejudge', '{}', 'queued', 0)`).run()
    await removeExpired(system, Date.now())
    expect(count('job')).toBe(1)
  })

  it('is the system’s alone, and its last time the operator’s to read', async () => {
    const { actor } = someone()
    await expect(removeExpired(grantTo(actor, 'admin', 1), Date.now())).rejects.toMatchObject({ kind: 'forbidden' })
    expect(() => findRemoval(actor)).toThrow(expect.objectContaining({ kind: 'forbidden' }))
    expect(findRemoval(grantTo(someone().actor, 'admin', 1))).toBeNull()
  })
})

describe('isRemovalDue', () => {
  it('is once a day', () => {
    expect(isRemovalDue(null, 0)).toBe(true)
    expect(isRemovalDue(0, 24 * HOUR_MS - 1)).toBe(false)
    expect(isRemovalDue(0, 24 * HOUR_MS)).toBe(true)
    expect(RETENTION_DAYS.access_log).toBe(730)
  })
})
