import { and, count, eq, gte, inArray, isNotNull, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { can, canSomewhere, type Person } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { formatChainHead } from '#app/domain/event.ts'
import { appointmentDays, ownReminders, type Reminder, reminderParts, remindOf } from '#app/domain/reminder.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { db, transact } from '#db/client.server.ts'
import { seal, unsealText } from '#db/keys.server.ts'
import { account, assignment, help, inspection, teamMember } from '#db/schema.ts'
import { personOf } from './account.server.ts'
import { listAccountNotices } from './account-notice.server.ts'
import { figureOf } from './aggregate.server.ts'
import { countMoved } from './closing-moves.server.ts'
import { requestsDue } from './closing-request.server.ts'
import { countCompanionVisits } from './companion.server.ts'
import { countLeftToOffice, readNotOwn } from './confirmer.server.ts'
import { correctionsToAnswer } from './correction-list.server.ts'
import { openDisputes } from './dispute.server.ts'
import { canReadEvents, logEvent } from './event.server.ts'
import { chainHead } from './event-chain.server.ts'
import { countOwedScans, listExemptions } from './exemption.server.ts'
import { grantsDue } from './grant-request.server.ts'
import { ownStanding } from './home.server.ts'
import { appealsDue, signaturesDue } from './inspection-waiting.server.ts'
import { offersToAnswer } from './join-offer.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { remindersOfNudge } from './nudge.server.ts'
import { findPledges } from './pledge.server.ts'
import { asleepDue, receiptsDue } from './receipt.server.ts'
import { openReconsiderations } from './reconsideration.server.ts'
import { dueOf } from './report.server.ts'
import { reportReminders } from './report-reminder.server.ts'
import { waitingReviews } from './review.server.ts'
import { transfersToAnswer } from './transfer-list.server.ts'
import { titleOfUnit, unitTitles } from './unit-title.server.ts'

/** Lists the open tasks of this person on `today`, their own first, then those of the units that they answer for. */
export function listReminders(actor: Person, campaignId: number, today: Day): Reminder[] {
  return [
    ...remindersOfAccount(actor),
    ...remindersOfNudge(actor, campaignId, today),
    ...remindersOfOfficial(actor, campaignId, today),
    ...remindersOfCompanion(actor, campaignId),
    ...remindersOfReviews(actor, campaignId),
    ...remindersOfInspecting(actor, campaignId),
    ...remindersOfOffers(actor, campaignId),
    ...remindersOfCorrections(actor),
    ...remindersOfUnits(actor, campaignId, today),
    ...remindersOfOffice(actor, campaignId),
    ...remindersOfClosing(actor, campaignId),
  ]
}

/** The close or the worklists' end that waits for this person as the second one, and a recount that is proposed. */
function remindersOfClosing(actor: Person, campaignId: number): Reminder[] {
  const moved = canSomewhere(actor, 'closing.compute') ? countMoved(campaignId) : 0
  return [
    ...remindOf('closing', requestsDue(actor, campaignId)),
    ...(moved === 0 ? [] : [{ kind: 'recount' as const, count: moved, dueOn: null, unit: null }]),
  ]
}

/** Visits on which colleagues say that this person went along, and that wait for their own word (domain 7). */
function remindersOfCompanion({ officialId }: Person, campaignId: number): Reminder[] {
  const count = officialId === null ? 0 : countCompanionVisits(campaignId, officialId)
  return count === 0 ? [] : [{ kind: 'companion', count, dueOn: null, unit: null }]
}

/**
 * What comes to the campaign office because no head or coordinator is left who may act: records and declarations to
 * confirm, receipts, exemptions, transfers, disputes (domain 3, 5, 10).
 */
function remindersOfOffice(actor: Person, campaignId: number): Reminder[] {
  const office = actor.grants.find(({ role }) => role === 'campaign_office')
  if (!office || actor.grants.some(({ role, unitId }) => unitId === office.unitId && isUnitRole(role))) return []
  const at = { id: office.unitId, name: titleOfUnit(office.unitId) }
  const { endsOn } = rulesOf(campaignId).regulation
  const left = countLeftToOffice(actor, campaignId)
  const confirming = [
    { kind: 'confirm_help' as const, count: left.help, dueOn: endsOn, unit: at },
    { kind: 'confirm_obligations' as const, count: left.obligations, dueOn: endsOn, unit: at },
  ]
  return [
    ...confirming.filter(({ count }) => count > 0),
    // who keeps accounts besides has them above
    ...(canSomewhere(actor, 'account.manage') ? [] : remindOf('receipts', asleepDue(actor), at)),
    ...remindOf(
      'disputes',
      openDisputes(actor, campaignId).flatMap(({ due }) => due),
      at,
    ),
    ...remindOf('exemptions', exemptionsDue(actor, campaignId), at),
    ...remindOf(
      'transfers',
      transfersToAnswer(actor).map(({ dueOn }) => dueOn),
      at,
    ),
  ]
}

/** What the inspecting body decides, and signatures that a team owes (domain 5, 6.4). */
function remindersOfInspecting(actor: Person, campaignId: number): Reminder[] {
  const asked = canSomewhere(actor, 'inspection.decide') ? openReconsiderations(actor, campaignId) : []
  return [
    ...remindOf('inspection_signatures', signaturesDue(actor, campaignId)),
    ...remindOf('appeals', appealsDue(actor, campaignId)),
    ...remindOf(
      'reconsiderations',
      asked.map(({ dueOn }) => dueOn),
    ),
  ]
}

/** The last days of exemptions that this person is asked to decide on; `unitPath`: of one subtree. */
function exemptionsDue(actor: Person, campaignId: number, unitPath?: string): Day[] {
  return listExemptions(actor, campaignId, { unitPath, state: 'asked', limit: 200 })
    .rows.filter(({ isTurn }) => isTurn)
    .map(({ dueOn }) => dueOn)
}

const isUnitRole = (role: Role) => role === 'head' || role === 'coordinator'

/** Offers of a place in a chapter or a team, to this person and to the people of their units. */
function remindersOfOffers(actor: Person, campaignId: number): Reminder[] {
  return remindOf(
    'join_offers',
    offersToAnswer(actor, campaignId).map(({ dueOn }) => dueOn),
  )
}

/** Corrections that wait for this person's word: of themself, and of the people of their units. */
function remindersOfCorrections(actor: Person): Reminder[] {
  return remindOf(
    'corrections',
    correctionsToAnswer(actor).map(({ dueOn }) => dueOn),
  )
}

/** What happened to the actor's account or their office, and roles that wait for them as the second person. */
function remindersOfAccount(actor: Person): Reminder[] {
  const notices = listAccountNotices(actor)
  const ofKind = (kind: 'own_reset' | 'root_head_reset' | 'keys_announced'): Reminder[] => {
    const rows = notices.filter(notice => notice.kind === kind)
    const [first] = rows
    const dueOn = first?.kind === 'keys_announced' ? first.fromOn : null
    return first ? [{ kind, count: rows.length, dueOn, unit: null }] : []
  }
  return [
    ...ofKind('own_reset'),
    ...ofKind('root_head_reset'),
    ...ofKind('keys_announced'),
    ...remindOf('grant_requests', grantsDue(actor)),
    ...(canSomewhere(actor, 'account.manage') ? remindOf('receipts', asleepDue(actor)) : []),
  ]
}

/** Steps of due process that are this person's to take, and the nearest last day for one of them (plan V.4). */
function remindersOfReviews(actor: Person, campaignId: number): Reminder[] {
  const days = waitingReviews(actor, campaignId).map(({ step }) => step.dueOn)
  if (days.length === 0) return []
  const dueOn = days.filter(day => day !== null).sort()[0] ?? null
  return [{ kind: 'due_process', count: days.length, dueOn, unit: null }]
}

function remindersOfOfficial(actor: Person, campaignId: number, today: Day): Reminder[] {
  const { officialId } = actor
  const own = ownStanding(actor, campaignId)
  if (!own || officialId === null) return []
  const { endsOn } = rulesOf(campaignId).regulation
  const returned = countOf(
    help,
    and(eq(help.campaignId, campaignId), eq(help.officialId, officialId), eq(help.verdictReason, 'returned')),
  )
  const hasPledge = (findPledges(actor, campaignId, officialId)?.versions.length ?? 0) > 0
  const appointments = countAppointments(campaignId, officialId, today)
  return [
    ...ownReminders(own.standing, { hasPledge, returned, endsOn }),
    ...(appointments > 0 ? [{ kind: 'appointments' as const, count: appointments, dueOn: null, unit: null }] : []),
  ]
}

function countOf(table: typeof help | typeof assignment, where: SQL | undefined): number {
  return db.select({ count: count() }).from(table).where(where).get()?.count ?? 0
}

/** Appointments of today and tomorrow with citizens assigned to an official, or to a team that they are of. */
function countAppointments(campaignId: number, officialId: number, today: Day): number {
  const { from, to } = appointmentDays(today)
  const teams = db
    .select({ id: teamMember.teamId })
    .from(teamMember)
    .where(
      and(
        eq(teamMember.officialId, officialId),
        lte(teamMember.fromOn, today),
        or(isNull(teamMember.toOn), gte(teamMember.toOn, today)),
      ),
    )
  return countOf(
    assignment,
    and(
      eq(assignment.campaignId, campaignId),
      eq(assignment.state, 'appointment'),
      gte(assignment.appointmentOn, from),
      lte(assignment.appointmentOn, to),
      or(eq(assignment.officialId, officialId), inArray(assignment.teamId, teams)),
    ),
  )
}

/** Units at which the actor is the head or a coordinator, each once. */
function unitsAnsweredFor(actor: Person) {
  const grants = actor.grants.filter(({ role }) => isUnitRole(role))
  const paths = new Map(grants.map(({ unitId, unitPath }) => [unitId, unitPath]))
  const titleOf = unitTitles(paths.keys())
  return [...paths].sort(([a], [b]) => a - b).map(([id, path]) => ({ id, name: titleOf(id), path }))
}

function remindersOfUnits(actor: Person, campaignId: number, today: Day): Reminder[] {
  const units = unitsAnsweredFor(actor)
  if (units.length === 0) return []
  const { endsOn } = rulesOf(campaignId).regulation
  const notOwn = readNotOwn(actor, campaignId)
  const disputes = openDisputes(actor, campaignId)
  const transfers = transfersToAnswer(actor)
  return units.flatMap(({ id, name, path }) => {
    const at = { id, name }
    const waiting = (kind: Reminder['kind'], count: number, dueOn: Day | null = null): Reminder[] =>
      count > 0 ? [{ kind, count, dueOn, unit: at }] : []
    const { help: figures, people } = figureOf(campaignId, 'unit', id)
    const others = notOwn(path)
    const asked = can(actor, 'exemption.decide', { unitPath: path }) ? exemptionsDue(actor, campaignId, path) : []
    const answers = can(actor, 'inspection.answer', { unitPath: path })
      ? unansweredInspections(campaignId, id, today)
      : []
    const moving = transfers.filter(row => row.path.startsWith(path))
    return [
      ...waiting('confirm_help', figures.awaiting - others.help, endsOn),
      ...waiting('confirm_obligations', people.awaiting - others.obligations, endsOn),
      ...remindOf('disputes', disputes.find(({ unitId }) => unitId === id)?.due ?? [], at),
      ...remindOf('exemptions', asked, at),
      ...waiting('exemption_scans', countOwedScans(campaignId, path)),
      ...remindOf(
        'transfers',
        moving.map(({ dueOn }) => dueOn),
        at,
      ),
      ...remindOf('receipts', receiptsDue(actor, id), at),
      ...remindOf('inspection_answer', answers, at),
      ...remindersOfReports(campaignId, at),
    ]
  })
}

/** Reports that a unit owes: apart those of which somebody above reminded it. The day is the next deadline to come. */
function remindersOfReports(campaignId: number, at: { id: number; name: string }): Reminder[] {
  const remindedOn = reportReminders(campaignId, [at.id])
  const due = dueOf(campaignId, at.id)
  const isAsked = ({ slug }: (typeof due)[number]) => remindedOn(at.id, slug) !== null
  const ofKind = (kind: 'report_asked' | 'report', rows: typeof due): Reminder[] => {
    const next = rows.findLast(({ state }) => state !== 'missing')
    return rows.length > 0
      ? [{ kind, count: rows.length, dueOn: next ? dayOf(next.period.dueAt) : null, unit: at }]
      : []
  }
  return [
    ...ofKind('report_asked', due.filter(isAsked)),
    ...ofKind(
      'report',
      due.filter(row => !isAsked(row)),
    ),
  ]
}

/** The last days on which a unit may answer its concluded inspections, the nearest first. */
function unansweredInspections(campaignId: number, unitId: number, today: Day): Day[] {
  return db
    .select({ dueOn: sql<Day>`${inspection.answerDueOn}` })
    .from(inspection)
    .where(
      and(
        eq(inspection.campaignId, campaignId),
        eq(inspection.unitId, unitId),
        isNotNull(inspection.concludedAt),
        isNull(inspection.unitAnsweredAt),
        gte(inspection.answerDueOn, today),
      ),
    )
    .orderBy(inspection.answerDueOn)
    .all()
    .map(row => row.dueOn)
}

const emailSlot = (accountId: number) => ({ table: 'account', column: 'email', rowId: accountId })

/** Returns the address for the actor's reminders, and whether they want them. */
export function findDelivery(actor: Person): { email: string | null; wantsDigest: boolean } {
  const row = db.select().from(account).where(eq(account.id, actor.accountId)).get()
  return {
    email: unsealText(emailSlot(actor.accountId), row?.emailCipher ?? null),
    wantsDigest: row?.wantsDigest ?? false,
  }
}

/** Sets the actor's own address (null: none) and wish; the log records that it changed, but not its value. */
export function setDelivery(actor: Person, { email, wantsDigest }: { email: string | null; wantsDigest: boolean }) {
  const { accountId } = actor
  transact(tx => {
    const emailCipher = email === null ? null : seal('staff', emailSlot(accountId), email)
    tx.update(account).set({ emailCipher, wantsDigest }).where(eq(account.id, accountId)).run()
    logEvent(tx, actor, { verb: 'edit', subject: 'account', subjectId: accountId, data: { wantsDigest } })
  })
}

/** Accounts that get a digest on `today`: enabled, with an address, wanting it, and none sent on that day. */
export function listDigestAccounts(today: Day): number[] {
  return db
    .select({ id: account.id })
    .from(account)
    .where(
      and(
        isNull(account.disabledAt),
        isNotNull(account.emailCipher),
        eq(account.wantsDigest, true),
        or(isNull(account.digestOn), ne(account.digestOn, today)),
      ),
    )
    .orderBy(account.id)
    .all()
    .map(row => row.id)
}

/**
 * Claims one account's digest of `today`, of every campaign at work, for sending; each is claimed once only, also after
 * a crash. Undefined if it was claimed before, is no longer wanted, or has no content. An auditor's digest carries the
 * head of the event log, so that it is noted outside the system every day.
 */
export function takeDigest(accountId: number, campaigns: readonly { id: number; code: string }[], today: Day) {
  const person = personOf(accountId, today)
  if (!person) return undefined
  const { email, wantsDigest } = findDelivery(person)
  const parts = reminderParts(campaigns.map(({ id, code }) => ({ code, reminders: listReminders(person, id, today) })))
  const chain = canReadEvents(person) ? formatChainHead(chainHead()) : null
  if (email === null || !wantsDigest || (parts.length === 0 && chain === null)) return undefined
  const { changes } = transact(tx =>
    tx
      .update(account)
      .set({ digestOn: today })
      .where(and(eq(account.id, accountId), or(isNull(account.digestOn), ne(account.digestOn, today))))
      .run(),
  )
  return changes === 0 ? undefined : { name: person.displayName, email, parts, chain }
}

/** Gives an account's digest of `today` back where it surely was not sent, so that a later try takes it. */
export function giveBackDigest(accountId: number, today: Day) {
  transact(tx =>
    tx
      .update(account)
      .set({ digestOn: null })
      .where(and(eq(account.id, accountId), eq(account.digestOn, today)))
      .run(),
  )
}
