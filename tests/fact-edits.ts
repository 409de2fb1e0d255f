import Database from 'better-sqlite3'
import { eventHash } from '#app/queries/event.server.ts'
import { db } from '#db/client.server.ts'

/** Draws a number from 0 below `end`. */
export type Draw = (end: number) => number

/** What an edit made, as a check must name it: a table and the key of a row; null: any row of that table. */
type Edited = { subject: string; key: string | null }

type Edit = (file: Database.Database, draw: Draw) => Edited

const idsIn = (file: Database.Database, text: string) => file.prepare(text).pluck().all() as number[]
function oneOf(file: Database.Database, draw: Draw, text: string): number {
  const ids = idsIn(file, text)
  const id = ids[draw(ids.length)]
  if (id === undefined) throw new Error(`no row: ${text}`)
  return id
}

/** Sets columns of one row that is drawn from `where`. */
function setting(table: string, where: string, set: string): Edit {
  return (file, draw) => {
    const id = oneOf(file, draw, `select id from ${table} where ${where}`)
    file.prepare(`update ${table} set ${set} where id = ?`).run(id)
    return { subject: table, key: String(id) }
  }
}

/** Inserts one row with the given values. */
function adding(table: string, columns: string, values: string): Edit {
  return file => {
    const { lastInsertRowid } = file.prepare(`insert into ${table} (${columns}) select ${values}`).run()
    return { subject: table, key: String(lastInsertRowid) }
  }
}

/** One of several edits of a kind. */
const anyOf =
  (...edits: readonly Edit[]): Edit =>
  (file, draw) => {
    const edit = edits[draw(edits.length)]
    if (!edit) throw new Error('no edit')
    return edit(file, draw)
  }

/** Runs `work` with a log's triggers dropped, and puts them back, as somebody who hides it would. */
function withoutTriggers(file: Database.Database, table: string, work: () => void) {
  const triggers = file
    .prepare<[string], { name: string; sql: string }>(
      "select name, sql from sqlite_schema where type = 'trigger' and tbl_name = ?",
    )
    .all(table)
  for (const { name } of triggers) file.exec(`drop trigger ${name}`)
  work()
  for (const { sql } of triggers) file.exec(sql)
}

type Row = Parameters<typeof eventHash>[0] & { hash: string; facts: string | null; seal: string | null }

/** Rewrites the log with right numbers and hashes, as a forger who knows the rule would, but who has no key. */
function rewriteEvents(file: Database.Database, change: (rows: Row[]) => Row[]) {
  withoutTriggers(file, 'event', () => {
    const rows = change(file.prepare<[], Row>('select * from event order by id').all())
    file.exec('delete from event')
    const insert = file.prepare(
      `insert into event values (@id, @at, @actor_kind, @account_id, @campaign_id, @verb, @subject, @subject_id, @data,
         @previous_hash, @hash, @facts, @seal)`,
    )
    let previous = ''
    rows.forEach((row, n) => {
      const next = { ...row, id: n + 1, previous_hash: previous }
      previous = eventHash(next)
      insert.run({ ...next, hash: previous })
    })
  })
}

const forgedConfirmation: Edit = (file, draw) => {
  rewriteEvents(file, rows => {
    const last = rows.at(-1)
    if (!last) throw new Error('no event')
    const subject_id = String(oneOf(file, draw, 'select id from help'))
    return [...rows, { ...last, verb: 'confirm', subject: 'help', subject_id, data: '{}', facts: null, seal: null }]
  })
  return { subject: 'event', key: null }
}

const changedEvent: Edit = (file, draw) => {
  const at = draw(idsIn(file, 'select id from event').length)
  rewriteEvents(file, rows => rows.map((row, n) => (n === at ? { ...row, account_id: 999, verb: 'drop' } : row)))
  return { subject: 'event', key: null }
}

const cutEvents: Edit = (file, draw) => {
  const most = 1 + draw(5)
  withoutTriggers(file, 'event', () => {
    file.prepare('delete from event where id > (select max(id) from event) - ?').run(most)
  })
  return { subject: 'event', key: null }
}

/** Deletes some openings in a row, anywhere in the log, its ends too. */
const deletedOpenings: Edit = (file, draw) => {
  withoutTriggers(file, 'access_log', () => {
    const ids = idsIn(file, 'select id from access_log order by id')
    const start = draw(ids.length)
    const gone = ids.slice(start, start + 1 + draw(3))
    for (const id of gone) file.prepare('delete from access_log where id = ?').run(id)
  })
  return { subject: 'access_log', key: null }
}

/** The twelve kinds of edits of the file behind the application's back. */
export const EDITS: Record<string, Edit> = {
  'a record is confirmed': setting('help', 'confirmed_at is null', 'confirmed_at = 1718000000000, confirmed_by = 1'),
  'a “no” is set aside': setting('citizen_answer', "answer = 'no'", 'set_aside_at = 1718000000000'),
  'a pick is turned': (file, draw) => {
    const helpId = oneOf(file, draw, "select help_id from inspection_pick where result = 'untrue'")
    const inspectionId = file.prepare('select inspection_id from inspection_pick where help_id = ?').pluck().get(helpId)
    file.prepare("update inspection_pick set result = 'true' where help_id = ?").run(helpId)
    return { subject: 'inspection_pick', key: `${inspectionId}:${helpId}` }
  },
  'an exemption is added': anyOf(
    adding(
      'exemption',
      'campaign_id, official_id, part, reason, document_number, from_on, to_on, state, asked_at, decided_at',
      "1, max(id), 'quota', 'study', '1/QĐ', '2024-01-01', '2024-12-31', 'approved', 1, 2 from official",
    ),
    setting('exemption', "state = 'rejected'", "state = 'approved'"),
  ),
  'a target is lowered': anyOf(
    setting('target_decision', '1', 'citizens = citizens - 1'),
    adding('target_decision', 'campaign_id, official_id, citizens, created_at', '1, max(id), 1, 1 from official'),
  ),
  'a role is granted': anyOf(
    adding(
      'role_grant',
      'account_id, role, unit_id, from_on, created_at',
      "max(id), 'admin', 1, '2024-01-01', 1 from account",
    ),
    setting('role_grant', '1', "role = 'campaign_office'"),
  ),
  'a password is replaced': setting('account', 'password_hash is not null', "password_hash = '$argon2id$own'"),
  'a gate is opened': anyOf(setting('gate', '1', 'withdrawn_at = 1718000000000'), (file, draw) => {
    const id = oneOf(file, draw, 'select id from gate')
    file.prepare('delete from gate where id = ?').run(id)
    return { subject: 'gate', key: String(id) }
  }),
  'a decision is changed': anyOf(
    setting('dispute', '1', "decision = iif(decision = 'upheld', 'dismissed', 'upheld')"),
    setting('award', '1', 'revoked_at = 1718000000000'),
    setting('review_case', '1', 'withdrawn_at = 1718000000000'),
    setting('help', 'withdrawn_at is not null', 'withdrawn_at = null'),
  ),
  'an event is forged': anyOf(forgedConfirmation, changedEvent, cutEvents),
  'a job is put in': adding('job', 'kind, input, state, created_at', `'rejudge', '{"campaignId":1}', 'queued', 1`),
  'openings are deleted': deletedOpenings,
}

/** Runs `work` on a connection of its own, which is none of the application's. */
export function behindItsBack<T>(work: (file: Database.Database) => T): T {
  const file = new Database(db.$client.name)
  try {
    return work(file)
  } finally {
    file.close()
  }
}
