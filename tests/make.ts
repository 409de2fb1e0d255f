import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import type { Actor, Person } from '#app/access/policy.ts'
import { answerOf } from '#app/access/refusal.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { HelpInput } from '#app/domain/help.ts'
import { foldName, nameSortKey } from '#app/domain/name.ts'
import { Refusal, type Result } from '#app/domain/refusal.ts'
import type { PickResult } from '#app/domain/vocabulary.ts'
import { type Category, OBLIGATION_PARTS, type Role, type Sex } from '#app/domain/vocabulary.ts'
import { startClock } from '#app/queries/clock.server.ts'
import { checkFacts } from '#app/queries/fact-check.server.ts'
import { foundProvince } from '#app/queries/founding.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { confirmHelp, returnHelp } from '#app/queries/help-confirmation.server.ts'
import { openSheet, recordCheck } from '#app/queries/inspection-check.server.ts'
import { campaignIds, change, changePeople } from '#app/queries/judging/index.server.ts'
import { forgetRules } from '#app/queries/judging/rules.server.ts'
import { closeDatabase, db, openDatabase, prepared, transact } from '#db/client.server.ts'
import { forgetKeys, hasKeys, matchHash, seal, useMasterKey } from '#db/keys.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { type Reference, readReference } from '#db/reference.server.ts'
import { account, obligation, official, officialMatch, posting, roleGrant, unit } from '#db/schema.ts'
import { TWO_LEVELS } from './two-levels.ts'

/** The master key of tests: 32 bytes, the same in each. */
export const TEST_KEY = Buffer.alloc(32, 7).toString('base64')

const folder = mkdtempSync(join(tmpdir(), 'test-'))
// scripts use these scenes too, outside the run whose folder is removed
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
let copies = 0

/** The instant of tests unless they move on: 2024-06-12T09:00+07:00. */
export const NOW = Date.parse('2024-06-12T09:00+07:00')
/** Plan 128 in a freshly founded database. */
export const CAMPAIGN = 1

/**
 * A fresh database: migrated and founded once, copied for each test; or a copy of `from`. Closed and removed by
 * `dropProvince`.
 */
export function makeProvince(at = NOW, from = foundedWith('template', () => readReference('db/reference'))) {
  useMasterKey(TEST_KEY)
  forgetKeys()
  forgetRules()
  copies += 1
  const file = join(folder, `${copies}.sqlite`)
  copyFileSync(from, file)
  openDatabase(file)
  startClock(at)
}

/** A fresh database of a province without districts, whose communes lie directly below it. */
export const makeTwoLevelProvince = (at = NOW) =>
  makeProvince(
    at,
    foundedWith('two-levels', () => TWO_LEVELS),
  )

/** The file of a database that was migrated and founded once with a reference. */
function foundedWith(name: string, reference: () => Reference): string {
  const file = join(folder, `${name}.sqlite`)
  if (existsSync(file)) return file
  useMasterKey(TEST_KEY)
  openDatabase(file)
  migrateDatabase('db/migrations')
  foundProvince(reference())
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  closeDatabase()
  return file
}

/** Keeps the present database as a file that `makeProvince` copies. */
export function keepProvince(name: string): string {
  const file = join(folder, `${name}.sqlite`)
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(db.$client.name, file)
  return file
}

export function dropProvince() {
  closeDatabase()
  rmSync(join(folder, `${copies}.sqlite`), { force: true })
}

/** Drops the database after looking whether events tell of every covered fact in it. */
export function dropChecked() {
  // tells of what a test itself wrote last
  transact(() => undefined)
  const { findings } = checkFacts()
  dropProvince()
  if (findings.length > 0) throw new Error(`no event tells of ${JSON.stringify(findings.slice(0, 5))}`)
}

/** Returns the `data` of the events for which an SQL condition holds, oldest first, without the digest of their facts. */
export function toldBy(condition: string): Record<string, unknown>[] {
  return prepared<string>(`select data from event where ${condition} order by id`)
    .pluck()
    .all()
    .map(data => {
      const { facts: _, ...told } = JSON.parse(data) as Record<string, unknown>
      return told
    })
}

export const system: Actor = { kind: 'system' }

/** A unit by its name. */
export function unitNamed(name: string) {
  const row = db.select().from(unit).where(eq(unit.name, name)).get()
  if (!row) throw new Error(`no unit ${name}`)
  return row
}

let people = 0

/** An official posted at a unit since before the campaign, with an account. */
export function makeOfficial(
  unitId: number,
  options: { name?: string; category?: Category; isLeader?: boolean; sex?: Sex; number?: string; fromOn?: Day } = {},
) {
  people += 1
  const id = (db.select({ next: sql<number>`coalesce(max(id), 0) + 1` }).from(official).get()?.next ?? 1) as number
  const name = options.name ?? `Nguyễn Văn Thử ${people}`
  const number = options.number ?? `07008${String(people).padStart(7, '0')}`
  changePeople([id], tx => {
    tx.insert(official)
      .values({
        id,
        staffCode: `ct${people}`,
        name,
        nameFolded: foldName(name),
        sortName: nameSortKey(name),
        sex: options.sex ?? 'male',
        birthYear: 1980,
        numberCipher: seal('staff', { table: 'official', column: 'number', rowId: id }, number),
        numberHash: matchHash('staff', 'number', number),
        createdAt: NOW,
      })
      .run()
    for (const campaignId of campaignIds().filter(id => hasKeys({ campaignId: id })))
      tx.insert(officialMatch)
        .values({ campaignId, officialId: id, numberHash: matchHash({ campaignId }, 'number', number) })
        .run()
    tx.insert(posting)
      .values({
        officialId: id,
        unitId,
        position: 'Chuyên viên',
        category: options.category ?? 'civil_servant',
        isLeader: options.isLeader ?? false,
        fromOn: options.fromOn ?? '2020-01-01',
      })
      .run()
  })
  const made = db
    .insert(account)
    .values({ officialId: id, login: `ct${people}`, displayName: name, createdAt: NOW })
    .returning()
    .get()
  return { officialId: id, accountId: made.id, name, number, actor: personFor(made.id, id) }
}

function personFor(accountId: number, officialId: number | null, grants: Person['grants'] = []): Person {
  return { kind: 'person', accountId, officialId, grants, on: '2024-06-12' }
}

/** The person with one more role over a unit's subtree, stored as a grant too. */
export function grantTo(person: Person, role: Role, unitId: number): Person {
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  if (!row) throw new Error(`no unit ${unitId}`)
  db.insert(roleGrant).values({ accountId: person.accountId, role, unitId, fromOn: '2024-01-01', createdAt: NOW }).run()
  return { ...person, grants: [...person.grants, { role, unitId, unitPath: row.path }] }
}

/** An account that reads or decides by its role at a place; the official behind it is posted at the health department. */
export function makeReader(
  role: Role,
  place = 'Tỉnh Bình Phước',
  options: Parameters<typeof makeOfficial>[1] = { name: 'Người Đọc' },
): Person {
  return grantTo(makeOfficial(unitNamed('Sở Y tế').id, options).actor, role, unitNamed(place).id)
}

let citizens = 0

/** Records help by an official for so many new citizens; the records' ids. */
export function recordMany(
  { actor, officialId }: { actor: Person; officialId: number },
  count: number,
  changes: Parameters<typeof helpForm>[1] = {},
): number[] {
  return Array.from({ length: count }, () => {
    citizens += 1
    return done(recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(citizens, changes) })).helpId
  })
}

/** Outcomes that count under the other reading of the quota alone: the account, without the SIM. */
export const ACCOUNT_ONLY = {
  vneid_installed: { value: 'achieved', on: '2024-04-04' },
  eid_activated: { value: 'achieved', on: '2024-04-04' },
  sim_signature: { value: 'not_yet', on: null },
} as const

/** Declares and confirms every obligation of an official. */
export function meetObligations(officialId: number) {
  change(CAMPAIGN, { standings: [officialId] }, tx => {
    for (const part of OBLIGATION_PARTS)
      tx.insert(obligation)
        .values({
          campaignId: CAMPAIGN,
          officialId,
          part,
          state: 'confirmed',
          isOwnName: true,
          certificateKind: 'sim',
          validFromOn: '2024-01-01',
          validToOn: '2025-01-01',
          declaredAt: NOW,
        })
        .run()
  })
}

let submissions = 0

/** A number that is valid in form and belongs to nobody: born 1990, male, registered in Bình Phước. */
export function citizenNumber(n: number): string {
  return `070090${String(n).padStart(6, '0')}`
}

/** A help form, all three outcomes achieved on 04/4/2024, of citizen `n`. */
export function helpForm(
  n: number,
  changes: Partial<Omit<HelpInput, 'citizen'>> & { citizen?: Partial<HelpInput['citizen']> } = {},
): HelpInput {
  submissions += 1
  const day = changes.helpedOn ?? '2024-04-04'
  const { citizen, ...rest } = changes
  return {
    submissionKey: `00000000-0000-4000-8000-${String(submissions).padStart(12, '0')}`,
    helpedOn: day,
    place: 'home',
    outcomes: {
      vneid_installed: { value: 'achieved', on: day },
      eid_activated: { value: 'achieved', on: day },
      sim_signature: { value: 'achieved', on: day },
    },
    consentChannel: 'own_phone',
    note: null,
    ...rest,
    citizen: {
      name: `Điểu Thị Mẫu ${n}`,
      number: citizenNumber(n),
      birthOn: null,
      birthYear: 1990,
      phone: null,
      carrier: null,
      localityCode: '25195',
      hamlet: null,
      ...citizen,
    },
  }
}

/** The word with which a write was refused; null where it was done. */
export function problemOf<Why extends string>(result: Result<object, Why>): Why | null {
  return 'problem' in result ? (result.problem as Why) : null
}

/** Records as a page shows them now. */
export const shownNow = (helpIds: readonly number[]) =>
  helpIds.map(helpId => ({
    helpId,
    revision: (prepared('select revision from help where id = ?').pluck().get(helpId) as number | undefined) ?? 1,
  }))

/** Confirms records as they are now: somebody who has just opened the queue. */
export function confirmNow(actor: Actor, campaignId: number, helpIds: readonly number[]) {
  const { confirmed, left } = confirmHelp(actor, campaignId, shownNow(helpIds))
  return { confirmed, left }
}

/** Sends records back as they are now. */
export function returnNow(
  actor: Actor,
  campaignId: number,
  { helpIds, reason }: { helpIds: readonly number[]; reason: string },
) {
  const { returned, left } = returnHelp(actor, campaignId, { shown: shownNow(helpIds), reason })
  return { returned, left }
}

/** Opens a drawn citizen's data and records a result, found on a visit. */
export function checkNow(
  actor: Person,
  { note = null, ...found }: { inspectionId: number; helpId: number; result: PickResult; note?: string | null },
) {
  openSheet(actor, CAMPAIGN, { inspectionId: found.inspectionId, helpId: found.helpId, purpose: 'meet' })
  return recordCheck(actor, CAMPAIGN, { ...found, foundBy: 'met', note })
}

/** The HTTP status with which a refusal of an act is answered; null where it passes. */
export function statusOf(act: () => unknown): number | null {
  try {
    act()
    return null
  } catch (thrown) {
    if (thrown instanceof Refusal) return answerOf(thrown).status
    throw thrown
  }
}

/** Returns the result of an action that may be refused; throws with its problems if it was refused. */
export function done<T extends { ok: boolean }>(outcome: T): Extract<T, { ok: true }> {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`)
  return outcome as Extract<T, { ok: true }>
}
