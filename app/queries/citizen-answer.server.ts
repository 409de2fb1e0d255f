import { eq } from 'drizzle-orm'
import { writeDenied } from '#app/domain/citizen-answer.ts'
import { readCode } from '#app/domain/citizen-code.ts'
import { claimsAfter } from '#app/domain/help.ts'
import type { Result } from '#app/domain/refusal.ts'
import type { AnswerFlag, CitizenAnswer, Outcome } from '#app/domain/vocabulary.ts'
import { db, type FactTx, nextId, prepared, transact } from '#db/client.server.ts'
import { matchHash, seal, unsealName, unsealText } from '#db/keys.server.ts'
import { campaign, citizenAnswer, citizenCode, help, official } from '#db/schema.ts'
import { hashOf, standingAnswer } from './citizen-code.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { noteOutcomeChange } from './help-change.server.ts'
import { change, claimedBefore, outcomesOf, rulesOf } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { titleOfUnit } from './unit-title.server.ts'

/** Returns the record behind a code, for the citizen who holds it: which official reports which help. */
export function findByCode(text: string) {
  const code = readCode(text)
  if (code === null) return undefined
  const row = db
    .select()
    .from(citizenCode)
    .where(eq(citizenCode.codeHash, hashOf(code)))
    .get()
  if (!row) return undefined
  if (row.helpId === null) return { state: 'unbound' as const, code }
  const record = db
    .select({
      id: help.id,
      helpedOn: help.helpedOn,
      citizenNameCipher: help.citizenNameCipher,
      citizenNumberCipher: help.citizenNumberCipher,
      withdrawnAt: help.withdrawnAt,
      officialName: official.name,
      campaignCode: campaign.code,
      campaignIssuer: campaign.issuer,
    })
    .from(help)
    .innerJoin(official, eq(official.id, help.officialId))
    .innerJoin(campaign, eq(campaign.id, help.campaignId))
    .where(eq(help.id, row.helpId))
    .get()
  if (!record) return undefined
  const target = targetOf(row.officialId, record.helpedOn)
  const isExpired = row.expiresAt !== null && row.expiresAt <= campaignNow()
  const answer = standingAnswer(record.id)
  const slot = (column: string) => ({ table: 'help', column, rowId: record.id })
  return {
    state: row.usedAt !== null || answer ? ('used' as const) : isExpired ? ('expired' as const) : ('open' as const),
    code,
    codeId: row.id,
    helpId: record.id,
    campaignId: row.campaignId,
    officialId: row.officialId,
    campaignCode: record.campaignCode,
    campaignIssuer: record.campaignIssuer,
    officialName: record.officialName,
    unitName: titleOfUnit(target.unitId),
    citizenName: unsealName(slot('citizenName'), record.citizenNameCipher),
    numberTail: unsealText(slot('citizenNumber'), record.citizenNumberCipher)?.slice(-3) ?? '',
    helpedOn: record.helpedOn,
    outcomes: outcomesOf(record.id),
    answer: answer?.answer ?? null,
  }
}

type OpenCode = Exclude<NonNullable<ReturnType<typeof findByCode>>, { state: 'unbound' }>

/**
 * Stores the citizen's answer and uses up the code. A "no" excludes the record at once. With "not quite" the outcomes
 * named become not_yet, and the unit confirms again; the citizen's own words are sealed beside it. An answer from a browser that the official signed in from, or
 * that has answered for another citizen, is kept and flagged, that for the other citizen too: a flagged yes is no basis.
 * Domain 6.1.
 */
export function answerByCode(
  text: string,
  given: {
    answer: CitizenAnswer
    /** what did not happen, with "not quite" */
    outcomes: readonly Outcome[]
    /** the citizen's own words with "not quite"; null or left out: none */
    words?: string | null
    consentVersion: string
    deviceHash: string
    /** the account that the browser is signed in with; null: none */
    accountId?: number | null
    /** the network that it came from (`networkOf`); null: not known */
    network?: string | null
  },
): Result<{ answer: CitizenAnswer }, 'code_not_open'> {
  return transact(tx => {
    const found = findByCode(text)
    if (found?.state !== 'open') return { ok: false, problem: 'code_not_open' }
    const { helpId, campaignId } = found
    const row = tx.select().from(help).where(eq(help.id, helpId)).get()
    if (!row) return { ok: false, problem: 'code_not_open' }
    const answeredAt = campaignNow()
    const flag = flagOf(found, row, given)
    const others = flag === 'shared_device' ? citizensOfDevice(campaignId, given.deviceHash) : []
    change(campaignId, { citizens: [row.citizenHash, ...others] }, tx => {
      if (flag === 'shared_device') flagDevice(tx, campaignId, given.deviceHash)
      const id = nextId(citizenAnswer)
      const denied = given.answer === 'not_quite' ? given.outcomes : []
      const words = given.answer === 'not_quite' ? (given.words ?? null) : null
      tx.insert(citizenAnswer)
        .values({
          id,
          helpId,
          codeId: found.codeId,
          answer: given.answer,
          outcome: writeDenied(denied),
          wordsCipher:
            words === null
              ? null
              : seal({ campaignId }, { table: 'citizen_answer', column: 'words', rowId: id }, words),
          answeredAt,
          consentVersion: given.consentVersion,
          deviceHash: given.deviceHash,
          flag,
          networkHash: given.network == null ? null : matchHash({ campaignId }, 'network', given.network),
        })
        .run()
      tx.update(citizenCode).set({ usedAt: answeredAt }).where(eq(citizenCode.id, found.codeId)).run()
      if (denied.length > 0) takeBack(tx, row, denied)
      logEvent(
        tx,
        { kind: 'anonymous' },
        { verb: 'answer', subject: 'help', subjectId: helpId, campaignId, data: { answer: given.answer } },
      )
    })
    return { ok: true, answer: given.answer }
  })
}

/** The outcomes did not happen: they become not_yet, and what was confirmed is confirmed no longer. */
function takeBack(tx: FactTx, row: typeof help.$inferSelect, denied: readonly Outcome[]) {
  const { regulation } = rulesOf(row.campaignId)
  const before = claimedBefore(row, regulation)
  const at = campaignNow()
  const unclaim = tx.write(
    `update help_outcome set value = 'not_yet', on_day = null, claimed_at = null where help_id = ? and outcome = ?`,
  )
  for (const outcome of denied) unclaim.run(row.id, outcome)
  const claims = claimsAfter(
    { citizen: row.citizenHash, ...before },
    { citizen: row.citizenHash, outcomes: outcomesOf(row.id) },
    at,
  )
  noteOutcomeChange(tx, { row, before: before.outcomes, after: outcomesOf(row.id), at, changedBy: null })
  tx.update(help)
    .set({
      claimedAt: claims[regulation.mustAchieve] ?? null,
      confirmedAt: null,
      confirmedBy: null,
      revision: row.revision + 1,
    })
    .where(eq(help.id, row.id))
    .run()
}

function flagOf(
  code: OpenCode,
  row: typeof help.$inferSelect,
  { deviceHash, accountId = null }: { deviceHash: string; accountId?: number | null },
): AnswerFlag | null {
  const isOfficial = prepared(
    `select 1 from account a left join official o on o.id = a.official_id
      where (o.id = @officialId or o.merged_into_id = @officialId or a.id = @recordedBy)
        and (a.id = @accountId
          or exists (select 1 from device_account d where d.device_hash = @deviceHash and d.account_id = a.id))`,
  ).get({ deviceHash, accountId, officialId: code.officialId, recordedBy: row.recordedBy })
  if (isOfficial) return 'official_device'
  return citizensOfDevice(code.campaignId, deviceHash).some(hash => hash !== row.citizenHash) ? 'shared_device' : null
}

/** Hashes of the citizens for whom a browser has answered in a campaign. */
function citizensOfDevice(campaignId: number, deviceHash: string): string[] {
  return prepared<string>(
    `select distinct h.citizen_hash from citizen_answer a join help h on h.id = a.help_id
      where a.device_hash = ? and h.campaign_id = ?`,
  )
    .pluck()
    .all(deviceHash, campaignId)
}

/** Flags what one browser answered before for other citizens: nobody knows any more whose answers they are. */
function flagDevice(tx: FactTx, campaignId: number, deviceHash: string) {
  tx.write(
    `update citizen_answer set flag = 'shared_device' where device_hash = ? and flag is null
        and help_id in (select id from help where campaign_id = ?)`,
  ).run(deviceHash, campaignId)
}
