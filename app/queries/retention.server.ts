import { type Actor, permit } from '#app/access/policy.ts'
import { goneBefore, RETENTION_RULES, type RetentionRule } from '#app/domain/retention.ts'
import { prepared, type Tx, transact } from '#db/client.server.ts'
import { raiseFirstId } from '#db/log-seal.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { permitOperating } from './go-live.server.ts'
import { inTurn } from './retry.server.ts'
import { Pace, untilNone } from './steps.server.ts'
import { rootUnit } from './unit.server.ts'

/** Rows that the first step removes. */
const FIRST = 500

/** The removal statement of each rule: data older than the instant `@before`, at most `@most` rows for each run. */
const STATEMENTS: Record<Exclude<RetentionRule, 'access_log'>, string> = {
  import_content: `update import_batch set plan_cipher = x'', revision = revision + 1 where id in (
    select id from import_batch where created_at < @before and length(plan_cipher) > 0 and cursor is null limit @most)`,
  paper_bundle: `update paper_bundle set content_cipher = x'' where id in (
    select id from paper_bundle where created_at < @before and length(content_cipher) > 0 limit @most)`,
  sign_in_ticket: `delete from sign_in_ticket where id in (
    select id from sign_in_ticket where expires_at < @before limit @most)`,
  activation_code: `delete from activation_code where id in (
    select id from activation_code where coalesce(used_at, expires_at) < @before and opened_at is null limit @most)`,
  remembered_device: `delete from remembered_device where (device_hash, account_id) in (
    select device_hash, account_id from remembered_device where seen_at < @before limit @most)`,
  push_subscription: `delete from push_subscription where id in (
    select id from push_subscription where renewed_at < @before limit @most)`,
  job: `delete from job where id in (
    select id from job where state in ('done', 'failed') and finished_at < @before and kind <> 'demo_load' limit @most)`,
  device_account: `delete from device_account where (device_hash, account_id) in (
    select device_hash, account_id from device_account where seen_at < @before limit @most)`,
  signed_file: `update stored_file set content_cipher = x'' where id in (
    select id from stored_file where created_at < @before and length(content_cipher) > 0 and (
      kind = 'evidence' and id in (select file_id from signature_check)
      or kind = 'pledge_list' and id in (select file_id from paper_signature)) limit @most)`,
  citizen_request_text: `update citizen_request set message_cipher = null, answer = null where id in (
    select id from citizen_request where closed_at < @before and (message_cipher is not null or answer is not null)
    limit @most)`,
}

/**
 * Removes expired openings from the log's beginning, so that what is left has no gap, and notes where it begins now. An
 * expired row behind one that is not waits for that one.
 */
function removeOpenings(tx: Tx, before: number, most: number): number {
  const rows = prepared<{ id: number; at: number }>('select id, at from access_log order by id limit ?').all(most)
  const kept = rows.findIndex(({ at }) => at >= before)
  const gone = kept === -1 ? rows : rows.slice(0, kept)
  const last = gone.at(-1)
  if (!last) return 0
  prepared('delete from access_log where id <= ?').run(last.id)
  raiseFirstId(tx, 'access_log', last.id + 1)
  return gone.length
}

/** Number of removed items of each kind; kinds without any are left out. */
type Removed = Partial<Record<RetentionRule, number>>

/**
 * Removes expired data as of the instant `at` (ms, real clock), one chunk for each transaction, and logs how many of
 * each kind. Citizens' requests use the campaign clock, by which they were closed. An interrupted removal continues
 * the next time.
 * The caller must make sure that the clock is right.
 */
export async function removeExpired(actor: Actor, at: number): Promise<Removed> {
  permit(actor, 'retention.apply', { unitPath: rootUnit().path })
  const campaignAt = campaignNow() + (at - Date.now())
  const removed: Removed = {}
  for (const rule of RETENTION_RULES) {
    const before = goneBefore(rule, rule === 'citizen_request_text' ? campaignAt : at)
    await untilNone(
      new Pace(FIRST),
      most =>
        transact(tx =>
          rule === 'access_log'
            ? removeOpenings(tx, before, most)
            : prepared(STATEMENTS[rule]).run({ before, most }).changes,
        ),
      async rows => {
        if (rows > 0) removed[rule] = (removed[rule] ?? 0) + rows
      },
    )
  }
  await inTurn(() =>
    transact(tx => logEvent(tx, actor, { verb: 'remove', subject: 'retention', subjectId: 'all', data: removed })),
  )
  return removed
}

/** Returns when expired data was last removed (ms), and how many items of each kind; null: never yet. */
export function lastRemoval(): { at: number; removed: Removed } | null {
  const row = prepared<{ at: number; data: string }>(
    `select at, data from event where subject = 'retention' and subject_id = 'all' order by id desc limit 1`,
  ).get()
  return row ? { at: row.at, removed: JSON.parse(row.data) as Removed } : null
}

/** Returns the last removal, for operators of the system. */
export function findRemoval(actor: Actor) {
  permitOperating(actor)
  return lastRemoval()
}
