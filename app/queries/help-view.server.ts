import { and, eq, sql } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { isAbroad } from '#app/domain/id-number.ts'
import { NAME_RESTRICTED } from '#app/domain/name.ts'
import { typedBeside } from '#app/domain/person-name.ts'
import { found, notFound } from '#app/domain/refusal.ts'
import type { Outcome, VerdictReason } from '#app/domain/vocabulary.ts'
import { db, oncePerConnection, prepared, transact } from '#db/client.server.ts'
import { unsealName, unsealText } from '#db/keys.server.ts'
import { help, official } from '#db/schema.ts'
import { isRestricted, toldOfRecord } from './citizen-right.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { outcomesOf } from './judging/index.server.ts'
import { findLocality } from './locality.server.ts'
import { targetOf } from './official.server.ts'
import { companionsOf } from './team-mate.server.ts'

const wholeRow = oncePerConnection(() =>
  db
    .select()
    .from(help)
    .where(and(eq(help.id, sql.placeholder('helpId')), eq(help.campaignId, sql.placeholder('campaignId'))))
    .prepare(),
)

/** The stored row with what the access matrix asks about it; undefined where it is out of the actor's sight. */
export function visibleHelp(actor: Actor, campaignId: number, helpId: number) {
  const known = helpWithTarget(campaignId, helpId)
  if (!known) return undefined
  const today = targetOf(known.row.officialId, campaignToday())
  return can(actor, 'help.view', known.target) || can(actor, 'help.view', today) ? known : undefined
}

/** A record with what the access matrix asks about it, without a check of sight; undefined where there is none. */
export function helpWithTarget(campaignId: number, helpId: number) {
  const row = wholeRow().get({ helpId, campaignId })
  return row && { row, target: targetOf(row.officialId, row.helpedOn) }
}

/** A citizen's name as it may be shown. */
export const citizenNameOf = (row: { id: number; citizenNameCipher: Buffer }) =>
  unsealName({ table: 'help', column: 'citizenName', rowId: row.id }, row.citizenNameCipher)

/** The citizen's name as it was typed, where it differs from the one that is shown; else null. */
const nameTypedOf = (row: typeof help.$inferSelect) =>
  typedBeside(
    citizenNameOf(row),
    unsealText({ table: 'help', column: 'citizenNameTyped', rowId: row.id }, row.citizenNameTypedCipher),
  )

/**
 * Returns one complete record for its page; undefined if not visible. Shows only the last three digits of the number, and
 * nothing of a citizen whose data is restricted (domain 11).
 */
export function findHelp(actor: Actor, campaignId: number, helpId: number) {
  const seen = visibleHelp(actor, campaignId, helpId)
  if (!seen) return undefined
  const { row, target } = seen
  const isHidden = isRestricted(row)
  const slot = (column: string) => ({ table: 'help', column, rowId: row.id })
  const place = findLocality(row.localityCode, campaignToday())
  const owner = db.select({ name: official.name }).from(official).where(eq(official.id, row.officialId)).get()
  const holder =
    row.verdictReason === 'duplicate_claim'
      ? prepared<{ at: number | null; reason: VerdictReason; outcome: Outcome | null }>(
          `select claimed_at as at, verdict_reason as reason, verdict_outcome as outcome from help
            where campaign_id = ? and citizen_hash = ? and holds_credit = 1`,
        ).get(campaignId, row.citizenHash)
      : undefined
  const number = isHidden ? '' : (unsealText(slot('citizenNumber'), row.citizenNumberCipher) ?? '')
  return {
    ...row,
    citizenNameCipher: undefined,
    citizenNameTypedCipher: undefined,
    citizenNumberCipher: undefined,
    citizenPhoneCipher: undefined,
    noteCipher: undefined,
    citizenHash: undefined,
    citizenPhoneHash: undefined,
    ...(isHidden
      ? {
          citizenName: NAME_RESTRICTED,
          nameTyped: null,
          numberTail: '',
          isNumberAbroad: false,
          phone: null,
          note: null,
          hamlet: '',
          citizenBirthOn: null,
        }
      : {
          citizenName: citizenNameOf(row),
          nameTyped: nameTypedOf(row),
          numberTail: number.slice(-3),
          isNumberAbroad: isAbroad(number),
          phone: unsealText(slot('citizenPhone'), row.citizenPhoneCipher),
          note: unsealText(slot('note'), row.noteCipher),
        }),
    /** what the citizen asked for and got, for the official; the latest first */
    citizenRights: toldOfRecord(row.id),
    outcomes: outcomesOf(row.id),
    companions: companionsOf(row.id),
    locality: place ? { code: place.code, name: `${place.type} ${place.name}` } : null,
    officialName: owner?.name ?? '',
    unitId: target.unitId,
    /** for a duplicate claim: when the citizen was already recorded; never by whom */
    alreadyRecordedAt: holder?.at ?? null,
    /**
     * what the record that holds the credit still lacks before it counts; null: it counts, or no record holds the
     * credit
     */
    holderLacks:
      holder?.reason === 'outcome_missing' || holder?.reason === 'awaiting_confirmation'
        ? { reason: holder.reason, outcome: holder.outcome }
        : null,
    allowed: {
      edit: can(actor, 'help.edit', target) && row.withdrawnAt === null && row.erasedAt === null && !isHidden,
      confirm: can(actor, 'help.confirm', target) && row.withdrawnAt === null,
    },
  }
}

/** The citizen's whole number, for the form in which its own official corrects the record. Logged. */
export function openNumber(actor: Actor, campaignId: number, helpId: number): string {
  const { row, target } = found(visibleHelp(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  if (isRestricted(row)) throw notFound()
  transact(tx =>
    logEvent(tx, actor, { verb: 'open', subject: 'help', subjectId: row.id, campaignId, data: { field: 'number' } }),
  )
  return unsealText({ table: 'help', column: 'citizenNumber', rowId: row.id }, row.citizenNumberCipher) ?? ''
}
