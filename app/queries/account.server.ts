import { and, eq, gte, isNotNull, isNull } from 'drizzle-orm'
import { isKnownDevice } from '#app/access/device.server.ts'
import { codeHash, hashPassword, makeCode, verifyPassword } from '#app/access/password.server.ts'
import { type Actor, can, type Grant, isRoot, type Person, permit, scopeOf, type Target } from '#app/access/policy.ts'
import { revokeAllSessions } from '#app/access/session.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { typedText } from '#app/domain/letters.ts'
import { readPhone } from '#app/domain/phone.ts'
import { forbidden, found, notFound, type Result, refused } from '#app/domain/refusal.ts'
import { db, prepared, type Tx, transact } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { account, activationCode, rememberedDevice } from '#db/schema.ts'
import { isAwake } from './asleep.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { targetOf, targetsOf } from './official.server.ts'
import { rootUnit } from './unit.server.ts'
import { titleOfUnit } from './unit-title.server.ts'

const CODE_LIFE_MS = 14 * 86_400_000

/** The person behind an account with the grants valid on `on`; undefined where the account is gone or disabled. */
export function personOf(accountId: number, on: Day): (Person & { displayName: string; login: string }) | undefined {
  const row = prepared<{ officialId: number | null; displayName: string; login: string }>(
    'select official_id as officialId, display_name as displayName, login from account where id = ? and disabled_at is null',
  ).get(accountId)
  if (!row) return undefined
  return { kind: 'person', accountId, on, grants: awakeGrantsOf(accountId, on), ...row }
}

const HELD = `
  select g.role, g.unit_id as unitId, u.path as unitPath from role_grant g join unit u on u.id = g.unit_id
   where g.account_id = ? and g.from_on <= ? and (g.to_on is null or g.to_on >= ?)`

/** The grants that an account holds on a day, those that sleep among them. */
export function grantsOf(accountId: number, on: Day): Grant[] {
  return prepared<Grant>(HELD).all(accountId, on, on)
}

/** The grants by which an account may act on a day. */
export function awakeGrantsOf(accountId: number, on: Day): Grant[] {
  return prepared<Grant>(`${HELD} and ${isAwake('g')}`).all(accountId, on, on)
}

type SignInAccount = { id: number; passwordHash: string | null; disabledAt: number | null }

/** Returns the ten digits of a phone number; undefined if the text cannot be one. */
function phoneDigits(typed: string): string | undefined {
  const reading = readPhone(typed)
  return reading.ok ? reading.phone : undefined
}

/** A staff code as it is stored: nothing invisible, in small letters. */
const codeKey = (typed: string) => typedText(typed).trim().toLowerCase()

/** One spelling for all ways to type the same login, so that limits by it are one count. */
export function loginKey(typed: string): string {
  return phoneDigits(typed) ?? codeKey(typed)
}

/**
 * Returns the account of a staff code or phone number; looks for both. If several accounts share a phone, returns
 * none: they sign in by staff code.
 */
function accountOfLogin(typed: string): SignInAccount | undefined {
  const byCode = db
    .select()
    .from(account)
    .where(eq(account.login, codeKey(typed)))
    .get()
  const byPhone = prepared<SignInAccount>(
    `select a.id, a.password_hash as passwordHash, a.disabled_at as disabledAt
       from official o join account a on a.official_id = o.id where o.phone_hash = ?`,
  ).all(matchHash('staff', 'phone', phoneDigits(typed) ?? ''))
  return byCode ?? (byPhone.length === 1 ? byPhone[0] : undefined)
}

/**
 * By what tries of a login are counted, code and phone number of one account alike, and whether that account, if there
 * is one, has signed in from this browser before.
 */
export function loginCount(login: string, deviceHash: string): { whose: string; isKnownHere: boolean } {
  const accountId = accountOfLogin(login)?.id
  return {
    whose: accountId === undefined ? loginKey(login) : `account ${accountId}`,
    isKnownHere: isKnownDevice(deviceHash, accountId ?? 0),
  }
}

/**
 * The account of a staff code or phone number whose password this is. Does the same work whether or not the account
 * exists, is activated or barred: the same look-ups and one argon2. 503 where too many hashes wait.
 */
export async function checkSignIn(login: string, password: string): Promise<{ accountId: number } | undefined> {
  const found = accountOfLogin(login)
  const isRight = await verifyPassword(found?.passwordHash, password)
  return isRight && found && found.disabledAt === null ? { accountId: found.id } : undefined
}

/**
 * Finds the enabled account of a staff code for the person whom the province's provider identifies as `subject`. The
 * first person to sign in from there binds the account to themself. If the province later gives the code to another
 * person, the result is `another`, until the account is activated again.
 *
 * An account with any role is bound by its password or activation code alone: `signedIn` is the account whose session
 * the browser holds, begun that way. Without it the result is `unsure`, also if an earlier first coming bound it.
 */
export function findByProvider(
  code: string,
  subject: string,
  signedIn?: number,
): { accountId: number } | 'unknown' | 'another' | 'unsure' {
  return transact(tx => {
    const found = tx
      .select({ accountId: account.id, bound: account.providerHash, isSure: account.isProviderSure })
      .from(account)
      .where(and(eq(account.login, codeKey(code)), isNull(account.disabledAt)))
      .get()
    if (!found) return 'unknown'
    const { accountId, bound } = found
    const providerHash = matchHash('staff', 'provider subject', subject)
    if (bound !== null && bound !== providerHash) return 'another'
    const isSure = signedIn === accountId
    if (!isSure && !(bound !== null && found.isSure) && grantsOf(accountId, campaignToday()).length > 0) return 'unsure'
    if (bound !== null && (found.isSure || !isSure)) return { accountId }
    const elsewhere = tx.select().from(account).where(eq(account.providerHash, providerHash)).get()
    if (elsewhere && elsewhere.id !== accountId) return 'another'
    tx.update(account).set({ providerHash, isProviderSure: isSure }).where(eq(account.id, accountId)).run()
    logEvent(tx, { kind: 'system' }, { verb: 'bind', subject: 'account', subjectId: accountId })
    return { accountId }
  })
}

/** Returns the account of an unused, unexpired code; undefined if there is none. */
export function findActivation(code: string): { accountId: number; login: string; displayName: string } | undefined {
  return db
    .select({ accountId: account.id, login: account.login, displayName: account.displayName })
    .from(activationCode)
    .innerJoin(account, eq(account.id, activationCode.accountId))
    .where(
      and(
        eq(activationCode.codeHash, codeHash(code)),
        isNull(activationCode.usedAt),
        gte(activationCode.expiresAt, Date.now()),
        isNull(account.disabledAt),
      ),
    )
    .get()
}

/** How long (ms) a used code still tells that it was used: an answer that was lost is asked for again soon. */
const JUST_USED_MS = 24 * 3_600_000

/** Returns the login whose password was set with this code within a day; undefined: it was not, or is unused. */
export function findJustActivated(code: string): { login: string; isUsed: true } | undefined {
  const found = db
    .select({ login: account.login })
    .from(activationCode)
    .innerJoin(account, eq(account.id, activationCode.accountId))
    .where(
      and(
        eq(activationCode.codeHash, codeHash(code)),
        gte(activationCode.usedAt, Date.now() - JUST_USED_MS),
        isNotNull(activationCode.openedAt),
        isNull(account.disabledAt),
      ),
    )
    .get()
  return found && { ...found, isUsed: true }
}

/** Uses up the code and sets the password; every older session ends. */
export async function activate(actor: Actor, code: string, password: string): Promise<Result<object, 'code_used'>> {
  const passwordHash = await hashPassword(password)
  return transact(tx => {
    const found = findActivation(code)
    if (!found) return { ok: false, problem: 'code_used' }
    tx.update(activationCode)
      .set({ usedAt: Date.now(), openedAt: campaignNow() })
      .where(eq(activationCode.codeHash, codeHash(code)))
      .run()
    tx.update(account)
      .set({ passwordHash, providerHash: null, isProviderSure: false })
      .where(eq(account.id, found.accountId))
      .run()
    revokeAllSessions(found.accountId)
    logEvent(tx, actor, { verb: 'activate', subject: 'account', subjectId: found.accountId })
    return { ok: true }
  })
}

/**
 * New activation codes for officials of one's units, shown once to be printed as slips; their older codes end. Also the
 * way to reset a forgotten password.
 */
export function issueActivations(actor: Actor, officialIds: readonly number[]) {
  return transact(tx =>
    officialIds.map(officialId => {
      permit(actor, 'activation.issue', targetOf(officialId, campaignToday()))
      const owner = db.select().from(account).where(eq(account.officialId, officialId)).get()
      if (!owner) throw new Error(`official ${officialId} has no account`)
      if (!mayReset(actor, owner.id) || unitLeftWithoutConsent(actor, officialId) !== null) throw forbidden()
      return { officialId, ...issueCode(tx, actor, owner, false) }
    }),
  )
}

/**
 * Returns true if a coordinator or head may issue a code for a new password to this account. A role holder's comes
 * from strictly above: from a unit above theirs, a coordinator's also from the head of their unit. Holders of
 * another role, or of one at the root, get it from an administrator. A code would hand the role to its issuer.
 */
export function mayReset(actor: Actor, accountId: number): boolean {
  if (actor.kind !== 'person') return actor.kind === 'system'
  const holders = actor.grants.filter(({ role }) => role === 'head' || role === 'coordinator')
  const isAbove = (held: Grant) =>
    holders.some(
      ({ role, unitPath }) =>
        held.unitPath.startsWith(unitPath) &&
        (unitPath.length < held.unitPath.length || (role === 'head' && held.role === 'coordinator')),
    )
  return grantsOf(accountId, actor.on).every(
    held => (held.role === 'coordinator' || held.role === 'head') && isAbove(held),
  )
}

/**
 * Names the unit that an official left without its consent; null where it consented, or is in the actor's charge too.
 * A code hands the account to its issuer, so the unit left must have let the person go: by a transfer that it, or
 * a level above both, asked for (domain 3).
 */
export function unitLeftWithoutConsent(actor: Actor, officialId: number): string | null {
  const [present, left] = prepared<{ unitId: number; path: string; fromOn: Day }>(
    `select p.unit_id as unitId, u.path, p.from_on as fromOn from posting p join unit u on u.id = p.unit_id
      where p.official_id = ? order by p.from_on desc limit 2`,
  ).all(officialId)
  if (!present || !left || present.unitId === left.unitId || actor.kind === 'system') return null
  if (scopeOf(actor, 'activation.issue').paths.some(path => left.path.startsWith(path))) return null
  // the log has one event for each move: with a batch it was an import, whose unit may not have had charge of the person
  const isAgreed = prepared<number>(
    `select 1 from event e left join import_batch b on b.id = json_extract(e.data, '$.batchId')
       left join unit u on u.id = b.unit_id
      where e.subject = 'official' and e.subject_id = ? and e.verb = 'transfer'
        and json_extract(e.data, '$.toUnit') = ? and json_extract(e.data, '$.fromOn') = ?
        and (json_extract(e.data, '$.batchId') is null or substr(?, 1, length(u.path)) = u.path) limit 1`,
  )
    .pluck()
    .get(String(officialId), present.unitId, present.fromOn, left.path)
  return isAgreed === undefined ? titleOfUnit(left.unitId) : null
}

/**
 * True where an account's new password is not an administrator's to hand out: its owner had one, holds a unit's role
 * below the top, and somebody above who can sign in hands it out (domain 10).
 */
export function isResetFromAbove(accountId: number): boolean {
  const today = campaignToday()
  const held = grantsOf(accountId, today).filter(
    ({ role, unitPath }) => (role === 'head' || role === 'coordinator') && !isRoot(unitPath),
  )
  if (held.length === 0 || existing(accountId).passwordHash === null) return false
  const above = prepared<number>(
    `select count(*) from role_grant g join account a on a.id = g.account_id join unit u on u.id = g.unit_id
       join unit o on o.path = @path
      where g.role in ('head', 'coordinator') and g.account_id <> @accountId and g.from_on <= @today
        and (g.to_on is null or g.to_on >= @today) and a.disabled_at is null and a.password_hash is not null and ${isAwake('g')}
        and length(u.path) < length(o.path) and substr(o.path, 1, length(u.path)) = u.path
        and (o.guard_path is null or substr(u.path, 1, length(o.guard_path)) = o.guard_path)`,
  ).pluck()
  return held.every(({ unitPath }) => above.one({ path: unitPath, accountId, today }) > 0)
}

/** A new code for an account, shown once; its older codes end. */
function issueCode(tx: Tx, actor: Actor, owner: typeof account.$inferSelect, byAdministrator: boolean) {
  const code = makeCode()
  const at = Date.now()
  tx.update(activationCode)
    .set({ usedAt: at })
    .where(and(eq(activationCode.accountId, owner.id), isNull(activationCode.usedAt)))
    .run()
  tx.insert(activationCode)
    .values({
      accountId: owner.id,
      codeHash: codeHash(code),
      createdAt: at,
      createdBy: actor.kind === 'person' ? actor.accountId : null,
      expiresAt: at + CODE_LIFE_MS,
      isReset: owner.passwordHash !== null,
      byAdministrator,
    })
    .run()
  logEvent(tx, actor, { verb: 'issue_activation', subject: 'account', subjectId: owner.id })
  return { displayName: owner.displayName, login: owner.login, code, expiresAt: at + CODE_LIFE_MS }
}

type IssuedCode = ReturnType<typeof issueCode>

/** True where this is the actor's own password. */
export function isOwnPassword(actor: Person, password: string): Promise<boolean> {
  const row = db.select().from(account).where(eq(account.id, actor.accountId)).get()
  return verifyPassword(row?.passwordHash, password)
}

/** Changes one's own password, which ends every remembered device; refused if the present one is wrong. */
export async function changePassword(
  actor: Person,
  present: string,
  next: string,
): Promise<Result<object, 'password_wrong'>> {
  if (!(await isOwnPassword(actor, present))) return { ok: false, problem: 'password_wrong' }
  const passwordHash = await hashPassword(next)
  transact(tx => {
    tx.update(account).set({ passwordHash }).where(eq(account.id, actor.accountId)).run()
    tx.delete(rememberedDevice).where(eq(rememberedDevice.accountId, actor.accountId)).run()
    logEvent(tx, actor, { verb: 'change_password', subject: 'account', subjectId: actor.accountId })
  })
  return { ok: true }
}

/** Returns an account's row; throws 404 if there is none. */
function existing(accountId: number) {
  const row = found(db.select().from(account).where(eq(account.id, accountId)).get())
  return row
}

/**
 * Returns the target of a permission check about one account: the unit of its official. For an office's account, which
 * belongs to no unit, it is the province. Throws 404 if there is no such account.
 */
export function accountTarget(accountId: number): Target {
  return accountTargets([accountId])(accountId)
}

/** The same for many accounts, read together. */
export function accountTargets(accountIds: readonly number[]): (accountId: number) => Target {
  const officials = new Map(
    prepared<[number, number | null]>(
      'select id, official_id from account where id in (select value from json_each(?))',
    )
      .raw()
      .all(JSON.stringify(accountIds)),
  )
  const ofOfficial = targetsOf(
    [...officials.values()].flatMap(officialId => officialId ?? []),
    campaignToday(),
  )
  return accountId => {
    const officialId = officials.get(accountId)
    if (officialId === undefined) throw notFound()
    if (officialId === null) return { unitPath: rootUnit().path, accountId }
    return { ...ofOfficial(officialId), accountId }
  }
}

/**
 * Returns true if an administrator may act on this account: it is in their scope, not their own, and holds no role
 * beyond their command. Otherwise a new code, for example, would hand them that role.
 */
export function mayManage(actor: Actor, accountId: number): boolean {
  return (
    can(actor, 'account.manage', accountTarget(accountId)) &&
    grantsOf(accountId, campaignToday()).every(({ unitPath }) => can(actor, 'account.manage', { unitPath }))
  )
}

/** Passes where `mayManage`, or throws 403. */
export function permitManaging(actor: Actor, accountId: number) {
  if (!mayManage(actor, accountId)) throw forbidden()
}

/**
 * An account for an office that bears no obligations (administrator, auditor, the first of all), with its activation
 * code, shown once.
 */
export function createOfficeAccount(
  actor: Actor,
  { login, displayName }: { login: string; displayName: string },
): Result<{ accountId: number; issued: IssuedCode }> {
  return transact(tx => {
    permit(actor, 'account.manage', { unitPath: rootUnit().path })
    if (tx.select().from(account).where(eq(account.login, login)).get()) return refused('login', 'login_taken')
    const createdBy = actor.kind === 'person' ? actor.accountId : null
    const row = tx.insert(account).values({ login, displayName, createdAt: Date.now(), createdBy }).returning().get()
    logEvent(tx, actor, { verb: 'create', subject: 'account', subjectId: row.id, data: { login } })
    return { ok: true, accountId: row.id, issued: issueCode(tx, actor, row, true) }
  })
}

/** A new activation code for an account in the administrator's command, shown once; also after a forgotten password. */
export function issueActivation(actor: Actor, accountId: number): IssuedCode {
  return transact(tx => {
    permitManaging(actor, accountId)
    if (actor.kind === 'person' && isResetFromAbove(accountId)) throw forbidden()
    return issueCode(tx, actor, existing(accountId), true)
  })
}

/** Disables an account: sign-in is refused, and its sessions and its unused code end. Can be undone. */
export function disableAccount(actor: Actor, accountId: number) {
  transact(tx => {
    permitManaging(actor, accountId)
    if (existing(accountId).disabledAt !== null) return
    tx.update(account).set({ disabledAt: Date.now() }).where(eq(account.id, accountId)).run()
    tx.update(activationCode)
      .set({ usedAt: Date.now() })
      .where(and(eq(activationCode.accountId, accountId), isNull(activationCode.usedAt)))
      .run()
    revokeAllSessions(accountId)
    logEvent(tx, actor, { verb: 'disable', subject: 'account', subjectId: accountId })
  })
}

/** Lets a barred account sign in again, with the password that it had. */
export function enableAccount(actor: Actor, accountId: number) {
  transact(tx => {
    permitManaging(actor, accountId)
    if (existing(accountId).disabledAt === null) return
    // the person signs in with the account of the entry that goes on
    if (isOfMerged(accountId)) throw forbidden()
    tx.update(account).set({ disabledAt: null }).where(eq(account.id, accountId)).run()
    logEvent(tx, actor, { verb: 'enable', subject: 'account', subjectId: accountId })
  })
}

/** True for the account of an entry that ended in another one of the same person. */
function isOfMerged(accountId: number): boolean {
  return (
    prepared(
      'select 1 from account a join official o on o.id = a.official_id where a.id = ? and o.merged_into_id is not null',
    ).get(accountId) !== undefined
  )
}
