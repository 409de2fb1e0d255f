import { eq } from 'drizzle-orm'
import { type Actor, accountOf, permit } from '#app/access/policy.ts'
import {
  type CorrectionChange,
  changedDetails,
  checkDetails,
  type Details,
  waitsForConsent,
} from '#app/domain/correction.ts'
import type { CorrectionAnswer, CorrectionInput } from '#app/domain/correction-input.ts'
import { titleCase } from '#app/domain/person-name.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { forbidden, found, type Result, refused } from '#app/domain/refusal.ts'
import type { CorrectionKind } from '#app/domain/vocabulary.ts'
import { type FactTx, prepared, type Tx, transact } from '#db/client.server.ts'
import { matchHash, seal, unsealText } from '#db/keys.server.ts'
import { account, official, officialCorrection } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { existingCorrection } from './correction-list.server.ts'
import { changesColumns, settleCorrection, traceCorrection } from './correction-trace.server.ts'
import { logEvent, textHash } from './event.server.ts'
import { changePeople } from './judging/index.server.ts'
import { settleEverywhere } from './obligation-evidence.server.ts'
import { targetOf } from './official.server.ts'
import { fillColumns, isOpened, matchNumber, nameColumns } from './official-columns.server.ts'
import { carryOutMerge } from './official-merge.server.ts'

type Stored = typeof official.$inferSelect
type Correction = typeof officialCorrection.$inferSelect

/** What became of a correction: which values wait; none: all took effect. */
type Corrected = { waits: CorrectionKind[] }

/**
 * Corrects an official (domain 3). Name, birth and sex take effect at once; with a number that waits, birth and sex wait
 * too, because the two must agree. Nobody corrects themself.
 */
export function correctOfficial(
  actor: Actor,
  { officialId, input }: { officialId: number; input: CorrectionInput },
): Result<Corrected> {
  return transact(() => {
    permit(actor, 'official.correct', targetOf(officialId, campaignToday()))
    const row = storedOfficial(officialId)
    const details = detailsOf(row, input)
    const number = newValue('number', input.number, row)
    const phone = newValue('phone', input.phone, row)
    const changes = changedDetails(row, details)
    const problem = findProblem({ row, details, changes, number, phone })
    if (problem) return problem
    const opened = { isOpened: isOpened(officialId) }
    const numberWaits = number !== null && waitsForConsent('number', { hadBefore: row.numberHash !== null, ...opened })
    const phoneWaits = phone !== null && waitsForConsent('phone', { hadBefore: row.phoneHash !== null, ...opened })
    const isNow = ({ field }: CorrectionChange) => field === 'name' || !numberWaits
    const { reason } = input
    correctNow(actor, row, {
      changes: changes.filter(isNow),
      details: numberWaits ? { ...row, name: details.name } : details,
      typed: input.name,
      number: numberWaits ? null : number,
      phone: phoneWaits ? null : phone,
      reason,
    })
    const asks = { officialId, details, reason, batchId: null }
    const later = changes.filter(change => !isNow(change))
    if (number !== null && numberWaits) askValue(actor, { ...asks, kind: 'number', value: number, later })
    if (phone !== null && phoneWaits) askValue(actor, { ...asks, kind: 'phone', value: phone, later: [] })
    const waits: CorrectionKind[] = [
      ...(numberWaits ? ['number' as const] : []),
      ...(phoneWaits ? ['phone' as const] : []),
    ]
    return { ok: true, waits }
  })
}

function storedOfficial(officialId: number): Stored {
  return found(prepared<Stored>(`select ${COLUMNS} from official where id = ?`).get(officialId))
}

const COLUMNS = `id, staff_code as staffCode, name, name_folded as nameFolded, sort_name as sortName, sex,
  birth_on as birthOn, birth_year as birthYear, hamlet, number_cipher as numberCipher, number_hash as numberHash,
  phone_cipher as phoneCipher, phone_hash as phoneHash, created_at as createdAt, merged_into_id as mergedIntoId, name_typed as nameTyped`

/** The details after a correction: a day brings its year, a year alone takes the day's place, blank leaves what is known. */
function detailsOf(row: Stored, { name: typed, birthOn, birthYear, sex }: CorrectionInput): Details {
  const birth =
    birthOn !== null
      ? { birthOn, birthYear: Number(birthOn.slice(0, 4)) }
      : birthYear !== null
        ? { birthOn: null, birthYear }
        : { birthOn: row.birthOn, birthYear: row.birthYear }
  return { name: titleCase(typed), ...birth, sex: sex ?? row.sex }
}

/** The number or phone, if it is another one than is known; else null. */
function newValue(kind: 'number' | 'phone', value: string | null, row: Stored): string | null {
  const known = kind === 'number' ? row.numberHash : row.phoneHash
  return value === null || matchHash('staff', kind, value) === known ? null : value
}

type Proposed = {
  row: Stored
  details: Details
  changes: readonly CorrectionChange[]
  number: string | null
  phone: string | null
}

function findProblem({ row, details, changes, number, phone }: Proposed) {
  if (changes.length === 0 && number === null && phone === null) return refused('', 'correction_nothing')
  const disagreeing = checkDetails(details, number ?? tailless('number', row))
  const isTouched = (field: string) =>
    number !== null || changes.some(change => change.field === (field === 'birthOn' ? 'birthYear' : field))
  const problems = disagreeing.filter(({ field }) => isTouched(field))
  if (problems.length > 0) return { ok: false as const, problems }
  const taken = (kind: 'number' | 'phone', value: string | null): InputProblem | undefined =>
    value === null ? undefined : takenProblem(row.id, kind, value)
  const numberProblem = taken('number', number)
  if (numberProblem) return refused('number', numberProblem)
  const phoneProblem = taken('phone', phone)
  return phoneProblem && refused('phone', phoneProblem)
}

/** Why a number or phone cannot become this official's: somebody else has it, or another one waits already. */
function takenProblem(officialId: number, kind: 'number' | 'phone', value: string): InputProblem | undefined {
  if (holderOf(officialId, kind, matchHash('staff', kind, value)) !== undefined)
    return kind === 'number' ? 'somebodys_number' : 'somebodys_phone'
  return waitingOf(officialId, kind) === undefined ? undefined : 'correction_waits'
}

function holderOf(officialId: number, kind: 'number' | 'phone', hash: string): number | undefined {
  return prepared<number>(`select id from official where ${kind}_hash = ? and id <> ?`).pluck().get(hash, officialId)
}

function waitingOf(officialId: number, kind: CorrectionKind) {
  return prepared<{ id: number; valueHash: string | null }>(
    `select id, value_hash as valueHash from official_correction where official_id = ? and kind = ? and state = 'asked'`,
  ).get(officialId, kind)
}

/** The whole number or phone that is known; null: none. */
function tailless(kind: 'number' | 'phone', row: Stored): string | null {
  const cipher = kind === 'number' ? row.numberCipher : row.phoneCipher
  return unsealText({ table: 'official', column: kind, rowId: row.id }, cipher)
}

const tailOf = (value: string | null) => value?.slice(-3) ?? null

/** A new number or phone as the trace shows it: the last three digits of both. */
function valueChange(kind: 'number' | 'phone', row: Stored, value: string): CorrectionChange {
  return { field: kind, from: tailOf(tailless(kind, row)), to: tailOf(value) }
}

type Now = {
  changes: readonly CorrectionChange[]
  details: Details
  /** the name as it was typed */
  typed: string
  number: string | null
  phone: string | null
  reason: string
}

/** Writes what takes effect at once, with its trace; nothing where there is none. */
function correctNow(actor: Actor, row: Stored, { changes, details, typed, number, phone, reason }: Now) {
  const all = [
    ...changes,
    ...(number === null ? [] : [valueChange('number', row, number)]),
    ...(phone === null ? [] : [valueChange('phone', row, phone)]),
  ]
  if (all.length === 0) return
  changePeople([row.id], tx => {
    setDetails(tx, row, details, typed)
    if (number !== null) setValue(tx, row.id, 'number', number)
    if (phone !== null) setValue(tx, row.id, 'phone', phone)
    traceCorrection(tx, actor, { officialId: row.id, changes: all, reason, batchId: null })
    logCorrected(tx, actor, row.id, all, reason)
  })
  settleEverywhere([row.id])
}

function logCorrected(tx: Tx, actor: Actor, officialId: number, changes: readonly CorrectionChange[], reason: string) {
  logEvent(tx, actor, {
    verb: 'correct',
    subject: 'official',
    subjectId: officialId,
    data: {
      fields: changes.map(({ field }) => field),
      changes: changesColumns(changes).changesHash,
      reason: textHash(reason),
    },
  })
}

/** Sets name, birth and sex; the account is called by the name. `typed`: another name as it was typed. */
function setDetails(tx: FactTx, row: Stored, { name, birthOn, birthYear, sex }: Details, typed = name) {
  const isRenamed = name !== row.name
  tx.update(official)
    .set({ ...(isRenamed ? nameColumns(typed) : {}), birthOn, birthYear, sex })
    .where(eq(official.id, row.id))
    .run()
  if (isRenamed) tx.update(account).set({ displayName: name }).where(eq(account.officialId, row.id)).run()
}

/** Sets a number, which every campaign then knows as staff, or a phone. */
function setValue(tx: FactTx, officialId: number, kind: 'number' | 'phone', value: string) {
  tx.update(official)
    .set(fillColumns(kind, value, officialId))
    .where(eq(official.id, officialId))
    .run()
  if (kind === 'number') matchNumber(tx, officialId, value)
}

type Asked = {
  officialId: number
  kind: 'number' | 'phone'
  value: string
  /** what takes effect with a number, birth and sex, out of `details` */
  later: readonly CorrectionChange[]
  details: Pick<Details, 'birthOn' | 'birthYear' | 'sex'>
  reason: string
  batchId: number | null
}

/**
 * Asks for a number or phone, in the running transaction. What waited of the same kind is withdrawn, except the same
 * value, which goes on waiting.
 */
export function askValue(actor: Actor, { officialId, kind, value, later, details, reason, batchId }: Asked) {
  transact(tx => {
    const valueHash = matchHash('staff', kind, value)
    const waiting = waitingOf(officialId, kind)
    if (waiting?.valueHash === valueHash) return
    if (waiting) settleCorrection(tx, actor, waiting.id, 'withdrawn')
    const changes = [valueChange(kind, storedOfficial(officialId), value), ...later]
    const isBirth = later.some(({ field }) => field === 'birthOn' || field === 'birthYear')
    const isSex = later.some(({ field }) => field === 'sex')
    const { id } = tx
      .insert(officialCorrection)
      .values({
        officialId,
        kind,
        valueHash,
        birthOn: isBirth ? details.birthOn : null,
        birthYear: isBirth ? details.birthYear : null,
        sex: isSex ? details.sex : null,
        ...changesColumns(changes),
        reason,
        state: 'asked',
        askedAt: campaignNow(),
        askedBy: accountOf(actor),
        batchId,
      })
      .returning({ id: officialCorrection.id })
      .get()
    const slot = { table: 'official_correction', column: 'value', rowId: id }
    tx.update(officialCorrection)
      .set({ valueCipher: seal('staff', slot, value) })
      .where(eq(officialCorrection.id, id))
      .run()
    logEvent(tx, actor, {
      verb: 'ask',
      subject: 'correction',
      subjectId: id,
      data: {
        officialId,
        kind,
        fields: changes.map(({ field }) => field),
        ...(reason && { reason: textHash(reason) }),
      },
    })
  })
}

/**
 * Answers a waiting correction, or takes it back. Accepted, it takes effect: what hangs on a number is matched again,
 * and every sum moves with it. 404 where it is out of the actor's sight, 403 where it is another's to answer.
 */
export function answerCorrection(
  actor: Actor,
  { correctionId, answer }: { correctionId: number; answer: CorrectionAnswer },
): Result<{ officialId: number }> {
  return transact(tx => {
    const shown = existingCorrection(actor, correctionId)
    if (shown.state !== 'asked') return refused('answer', 'correction_answered')
    if (!(answer === 'withdrawn' ? shown.mayWithdraw : shown.mayAnswer)) throw forbidden('correction.answer')
    const row = found(tx.select().from(officialCorrection).where(eq(officialCorrection.id, correctionId)).get())
    const problem = answer === 'accepted' ? carryOut(actor, row) : undefined
    if (problem) return refused('answer', problem)
    settleCorrection(tx, actor, correctionId, answer)
    return { ok: true, officialId: row.officialId }
  })
}

/** Makes an accepted correction hold; returns what keeps it from that since it was asked for. */
function carryOut(actor: Actor, row: Correction): InputProblem | undefined {
  if (row.kind === 'merge') return carryOutMerge(actor, row)
  const value = unsealText({ table: 'official_correction', column: 'value', rowId: row.id }, row.valueCipher)
  if (value === null || (row.kind !== 'number' && row.kind !== 'phone')) return 'correction_answered'
  const { kind, officialId } = row
  if (holderOf(officialId, kind, matchHash('staff', kind, value)) !== undefined)
    return kind === 'number' ? 'somebodys_number' : 'somebodys_phone'
  changePeople([officialId], tx => {
    const known = storedOfficial(officialId)
    if (kind === 'number') setDetails(tx, known, laterDetails(known, row))
    setValue(tx, officialId, kind, value)
    logEvent(tx, actor, {
      verb: 'correct',
      subject: 'official',
      subjectId: officialId,
      data: { correctionId: row.id, kind, changes: row.changesHash },
    })
  })
  settleEverywhere([officialId])
  return undefined
}

/** The details that hold with a new number: a birth comes whole, its year at least. */
function laterDetails(known: Stored, { birthOn, birthYear, sex }: Correction): Details {
  const birth = birthYear === null ? known : { birthOn, birthYear }
  return { name: known.name, birthOn: birth.birthOn, birthYear: birth.birthYear, sex: sex ?? known.sex }
}
