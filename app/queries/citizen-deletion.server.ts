import { randomBytes } from 'node:crypto'
import { type Person, permit } from '#app/access/policy.ts'
import { foldName } from '#app/domain/name.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import type { ReachedBy } from '#app/domain/vocabulary.ts'
import { db, type FactTx, prepared, transact } from '#db/client.server.ts'
import { unsealText } from '#db/keys.server.ts'
import { endCodes } from './citizen-code.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { isSettledIn } from './independence.server.ts'
import { change } from './judging/index.server.ts'
import { rootUnit } from './unit.server.ts'

/**
 * Reasons to wait before a citizen's data can be erased: the data is still needed, verdicts are changing now, or the
 * actor's role was given less than three days ago (domain 10).
 */
export type DeletionBar = 'inspection_open' | 'dispute_open' | 'extract_moving' | 'role_too_new'

type Wanted = { id: number; helpId: number; citizenHash: string; askedAt: number }

const EMPTY = "x''"

/**
 * Returns the open request to delete; throws 403 for others than the campaign office, 404 if there is none with that
 * id.
 */
function wanted(actor: Person, campaignId: number, requestId: number): Wanted {
  permit(actor, 'citizen_request.handle', { unitPath: rootUnit().path })
  const row = found(
    prepared<Wanted>(
      `select r.id, r.help_id as helpId, h.citizen_hash as citizenHash, r.asked_at as askedAt
       from citizen_request r join help h on h.id = r.help_id
      where r.id = ? and r.campaign_id = ? and r.kind = 'delete' and r.closed_at is null`,
    ).get(requestId, campaignId),
  )
  return row
}

type CitizenRecord = {
  id: number
  localityCode: string
  nameCipher: Buffer
  phoneCipher: Buffer | null
  phoneHash: string | null
}

/** Returns every record of this citizen, regardless of who made it. */
function recordsOf(campaignId: number, citizenHash: string): CitizenRecord[] {
  return prepared<CitizenRecord>(
    `select id, locality_code as localityCode, citizen_name_cipher as nameCipher, citizen_phone_cipher as phoneCipher,
            citizen_phone_hash as phoneHash
       from help where campaign_id = ? and citizen_hash = ? order by id`,
  ).all(campaignId, citizenHash)
}

function barOf(actor: Person, campaignId: number, citizenHash: string): DeletionBar | null {
  if (!isSettledIn(actor, ['campaign_office'])) return 'role_too_new'
  const holds = (sql: string) => prepared(`select 1 ${sql} limit 1`).get({ campaignId, citizenHash }) !== undefined
  const own = 'h.campaign_id = @campaignId and h.citizen_hash = @citizenHash'
  if (
    holds(`from help h join inspection_pick p on p.help_id = h.id join inspection i on i.id = p.inspection_id
            where ${own} and i.concluded_at is null`) ||
    holds(`from help h join inspection_appeal a on a.help_id = h.id where ${own} and a.decided_at is null`)
  )
    return 'inspection_open'
  if (holds(`from help h join dispute d on h.id in (d.help_id, d.holder_id) where ${own} and d.decided_at is null`))
    return 'dispute_open'
  const isMoving = prepared(
    `select 1 from extract where campaign_id = ? and state in ('applying', 'undoing') limit 1`,
  ).get(campaignId)
  return isMoving ? 'extract_moving' : null
}

/** Returns what a citizen's request to delete would affect, and what bars it now. */
export function findDeletion(actor: Person, campaignId: number, requestId: number) {
  const { helpId, citizenHash, askedAt } = wanted(actor, campaignId, requestId)
  const listed = prepared<{ n: number }>(
    'select count(*) as n from assignment where campaign_id = ? and citizen_hash = ?',
  ).one(campaignId, citizenHash)
  return {
    requestId,
    helpId,
    askedAt,
    records: recordsOf(campaignId, citizenHash).length,
    assignments: listed.n,
    bar: barOf(actor, campaignId, citizenHash),
  }
}

/** The answer in the file of a request that was carried out. */
const DONE = 'Đã xóa dữ liệu cá nhân của người dân'

/**
 * Carries out a citizen's request to delete, in one transaction. Empties what identifies them: on each of their
 * records, their worklist row, their wishes for offers, inspectors' notes and their messages. Codes that wait expire.
 * The records still count under the citizen's hash, so that the same citizen is never counted twice. Every verdict
 * stays but one: a record that rests on its unit alone no longer counts, for nobody can ask the citizen any more. What
 * applied extracts showed of a phone is kept under a random word. `reachedBy`: how the citizen was reached, other than by
 * the code, which an official handed out. Cannot be undone.
 */
export function eraseCitizen(
  actor: Person,
  campaignId: number,
  { requestId, reachedBy }: { requestId: number; reachedBy: ReachedBy },
): Result<object, DeletionBar> {
  // overwritten data must not stay readable in the file's free pages
  db.$client.pragma('secure_delete = ON')
  try {
    const bar = transact(() => {
      const { citizenHash } = wanted(actor, campaignId, requestId)
      return (
        barOf(actor, campaignId, citizenHash) ??
        change(campaignId, { citizens: [citizenHash] }, tx => {
          const at = campaignNow()
          const records = recordsOf(campaignId, citizenHash)
          eraseWishes(campaignId, records)
          for (const record of records) eraseRecord(tx, record, at)
          prepared(
            `update assignment set citizen_name_cipher = ${EMPTY}, citizen_name_typed_cipher = null,
                    citizen_number_cipher = ${EMPTY}, citizen_phone_cipher = null, address_cipher = null,
                    appointment_place_cipher = null, note_cipher = null, citizen_birth_year = null, hamlet = '', revision = revision + 1
              where campaign_id = ? and citizen_hash = ?`,
          ).run(campaignId, citizenHash)
          for (const { id } of records)
            prepared(
              `update citizen_request set closed_at = ?, closed_by = ?, answer = ?, reached_by = ?
                where help_id = ? and kind = 'delete' and closed_at is null`,
            ).run(at, actor.accountId, DONE, reachedBy, id)
          const data = { helpIds: records.map(({ id }) => id), reachedBy }
          logEvent(tx, actor, { verb: 'erase', subject: 'citizen_request', subjectId: requestId, campaignId, data })
          return null
        })
      )
    })
    if (bar !== null) return { ok: false, problem: bar }
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    return { ok: true }
  } finally {
    db.$client.pragma('secure_delete = OFF')
  }
}

function eraseRecord(tx: FactTx, { id, phoneHash }: CitizenRecord, at: number) {
  tx.write(`update help set citizen_name_cipher = ${EMPTY}, citizen_name_typed_cipher = null,
            citizen_number_cipher = ${EMPTY}, citizen_phone_cipher = null, citizen_phone_hash = ?, citizen_birth_on = null, note_cipher = null, hamlet = '', submission_digest = null,
            erased_at = coalesce(erased_at, ?), revision = revision + 1
      where id = ?`).run(phoneHash === null ? null : moveFacts(tx, phoneHash), at, id)
  tx.write('update inspection_pick set note_cipher = null where help_id = ?').run(id)
  tx.write('update citizen_answer set network_hash = null, words_cipher = null where help_id = ?').run(id)
  prepared('update citizen_request set message_cipher = null where help_id = ?').run(id)
  // lapsed, not deleted: a code is derived from its row's id, and a row of the same id would print the same code again
  endCodes(id, at)
}

/**
 * Copies the facts that applied extracts show for a phone to a random word, and returns that word. The hash must not
 * stay, because it reveals the phone to anyone who tries all numbers.
 */
function moveFacts(tx: FactTx, phoneHash: string): string {
  const word = randomBytes(32).toString('base64url')
  tx.write(`insert into extract_fact (extract_id, subject_hash, outcome, happened_on)
     select f.extract_id, ?, f.outcome, f.happened_on from extract_fact f join extract e on e.id = f.extract_id
      where f.subject_hash = ? and e.state = 'applied'`).run(word, phoneHash)
  return word
}

type Wish = { id: number; nameCipher: Buffer; phoneCipher: Buffer; handedAt: number | null }

/**
 * Erases the citizen's wishes for offers, found by name and phone in their locality. Open wishes are deleted; the
 * others lose their personal data.
 */
function eraseWishes(campaignId: number, records: readonly CitizenRecord[]) {
  const opened = records.flatMap(({ id, localityCode, nameCipher, phoneCipher }) => {
    const name = unsealText({ table: 'help', column: 'citizenName', rowId: id }, nameCipher)
    const phone = unsealText({ table: 'help', column: 'citizenPhone', rowId: id }, phoneCipher)
    return name && phone ? [{ localityCode, who: `${foldName(name)} ${phone}` }] : []
  })
  for (const localityCode of new Set(opened.map(record => record.localityCode))) {
    const wishes = prepared<Wish>(
      `select id, citizen_name_cipher as nameCipher, citizen_phone_cipher as phoneCipher, handed_at as handedAt
         from offer_request where campaign_id = ? and locality_code = ?`,
    ).all(campaignId, localityCode)
    for (const { id, nameCipher, phoneCipher, handedAt } of wishes) {
      const name = unsealText({ table: 'offer_request', column: 'citizen_name', rowId: id }, nameCipher) ?? ''
      const phone = unsealText({ table: 'offer_request', column: 'citizen_phone', rowId: id }, phoneCipher) ?? ''
      if (!opened.some(({ who }) => who === `${foldName(name)} ${phone}`)) continue
      prepared(
        handedAt === null
          ? 'delete from offer_request where id = ?'
          : `update offer_request set citizen_name_cipher = ${EMPTY}, citizen_phone_cipher = ${EMPTY}, hamlet = '',
                wish_hash = null
              where id = ?`,
      ).run(id)
    }
  }
}
