import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { addDays, type Day } from '#app/domain/calendar.ts'
import type { CorrectionChange } from '#app/domain/correction.ts'
import { foldWords } from '#app/domain/name.ts'
import { titleCase } from '#app/domain/person-name.ts'
import type { FieldValues, RosterChange } from '#app/domain/roster/columns.ts'
import type { Membership } from '#app/domain/roster/membership.ts'
import type { RosterCreate, RosterMove, RosterPlan, RosterUpdate } from '#app/domain/roster/plan.ts'
import type { Association, Category, UnitRole } from '#app/domain/vocabulary.ts'
import { type FactTx, nextId, prepared } from '#db/client.server.ts'
import { inserterOf, insertFact } from '#db/inserter.server.ts'
import { account, chapter, official, posting, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { askValue } from './correction.server.ts'
import { traceCorrection } from './correction-trace.server.ts'
import { logEvent } from './event.server.ts'
import { chapterAt } from './founding.server.ts'
import { planUnitRole } from './grant.server.ts'
import type { Batch, ListKind } from './import-batch.server.ts'
import { insertOffer } from './join-offer.server.ts'
import { changePeople } from './judging/index.server.ts'
import { beginMembership, endMemberships } from './membership.server.ts'
import { settleEverywhere } from './obligation-evidence.server.ts'
import { fillColumns, matchNumber, nameColumns, PERSON_FIELDS, type PersonField } from './official-columns.server.ts'
import { lastPostingOn, postingOn } from './official-posting.server.ts'
import { dropWaiting, transferOfficial } from './transfer.server.ts'

type OfficialRow = typeof official.$inferInsert
type ChapterRow = typeof chapter.$inferSelect
type NewPosting = { position: string; category: Category; isLeader: boolean; unitId: number }

/** One person of a plan: somebody new, or changes to somebody known. */
export type RosterEntry = RosterCreate | RosterUpdate

/**
 * The people of a plan in the order in which they are written. Updates come first, because they may free staff codes;
 * codes that people brought come before codes made here.
 */
export function entriesOf({ creates, updates }: RosterPlan): RosterEntry[] {
  const isCoded = ({ official: { staffCode } }: RosterCreate) => staffCode !== null
  return [...updates, ...creates.filter(isCoded), ...creates.filter(row => !isCoded(row))]
}

/** Writes people of a plan, each with everything that belongs to them, within the running transaction or one of its own. */
export function writePeople(actor: Actor, batch: Batch, list: ListKind, entries: readonly RosterEntry[]) {
  let next = nextId(official)
  const people = entries.map(entry => ('official' in entry ? { ...entry, officialId: next++ } : entry))
  const touched = people.map(({ officialId }) => officialId)
  changePeople(touched, tx => {
    const writer = new RosterWriter(tx, actor, batch, list)
    for (const person of people) {
      if ('official' in person) writer.create(person)
      else writer.update(person)
    }
  })
  settleEverywhere(touched)
}

/** Writes the rows of one plan in the transaction that it is given. */
class RosterWriter {
  private readonly today = campaignToday()
  private readonly chapters = new Map<string, ChapterRow>()

  constructor(
    private readonly tx: FactTx,
    private readonly actor: Actor,
    private readonly batch: Batch,
    private readonly list: ListKind,
  ) {}

  create({ officialId, official: person }: RosterCreate & { officialId: number }) {
    const { name, position, category, isLeader, unitId, memberships } = person
    const staffCode = person.staffCode ?? this.freeCode(officialId)
    const said: { [F in PersonField]: FieldValues[F] | null } = person
    const columnsOf = <F extends PersonField>(field: F) => fillColumns(field, said[field], officialId)
    const filled: Partial<OfficialRow> = Object.assign({}, ...PERSON_FIELDS.map(columnsOf))
    const named = nameColumns(name)
    insertFact(this.tx, official, { id: officialId, ...named, ...filled, staffCode, createdAt: Date.now() })
    if (person.number !== null) matchNumber(this.tx, officialId, person.number)
    insertFact(this.tx, posting, {
      officialId,
      unitId,
      position: position ?? '',
      category,
      isLeader,
      fromOn: this.list.fromOn,
    })
    inserterOf(account)({ officialId, login: staffCode.toLowerCase(), displayName: named.name, createdAt: Date.now() })
    for (const joined of memberships) this.join(officialId, unitId, joined)
    if (person.role) this.planRole(officialId, unitId, person.role)
    this.log('create', officialId, { unitId, category, joins: memberships.map(({ association }) => association) })
  }

  update({ officialId, changes, joins, leaves, offers = [], move }: RosterUpdate) {
    const columns: Partial<OfficialRow> = {}
    const moved: Partial<NewPosting> = {}
    const now = changes.filter(({ waits }) => !waits)
    for (const change of now) this.gather(change, officialId, columns, moved)
    if (Object.keys(columns).length > 0) this.tx.update(official).set(columns).where(eq(official.id, officialId)).run()
    if (Object.keys(moved).length > 0) this.repost(officialId, moved)
    for (const association of leaves) endMemberships(this.tx, { officialId, association })
    this.trace(officialId, now)
    this.ask(officialId, changes)
    const unitId = lastPostingOn(officialId, this.today)?.unitId ?? this.batch.unit.id
    for (const joined of joins) this.join(officialId, unitId, joined)
    for (const offered of offers) this.offer(officialId, offered)
    if (move) this.askMove(officialId, move)
    for (const change of changes) if (change.field === 'role') this.planRole(officialId, unitId, change.to)
    if (changes.length + joins.length + leaves.length === 0) return
    this.log('edit', officialId, {
      fields: changes.map(({ field }) => field),
      joins: joins.map(({ association }) => association),
      leaves,
    })
  }

  private planRole(officialId: number, unitId: number, role: UnitRole) {
    planUnitRole(this.tx, this.actor, { officialId, unitId, role, batchId: this.batch.id })
  }

  /** Keeps what of a person's details the list wrote otherwise than they were. */
  private trace(officialId: number, now: readonly RosterChange[]) {
    const corrected = now.flatMap((change): CorrectionChange[] =>
      isDetail(change) && change.from !== null
        ? [{ field: change.field, from: String(change.from), to: String(change.to) }]
        : [],
    )
    if (corrected.length > 0)
      traceCorrection(this.tx, this.actor, { officialId, changes: corrected, reason: '', batchId: this.batch.id })
  }

  /** Asks for the number and phone that wait for consent; birth and sex go with the number. */
  private ask(officialId: number, changes: readonly RosterChange[]) {
    const waiting = changes.filter(({ waits }) => waits)
    const later = waiting.flatMap((change): CorrectionChange[] =>
      isDetail(change)
        ? [{ field: change.field, from: change.from === null ? null : String(change.from), to: String(change.to) }]
        : [],
    )
    const details = {
      birthOn: null,
      birthYear: null,
      sex: null,
      ...Object.fromEntries(waiting.map(({ field, to }) => [field, to])),
    }
    for (const change of waiting)
      if (change.field === 'number' || change.field === 'phone')
        askValue(this.actor, {
          officialId,
          kind: change.field,
          value: change.to,
          later: change.field === 'number' ? later : [],
          details,
          reason: '',
          batchId: this.batch.id,
        })
  }

  /**
   * Asks the receiving unit for a move as the page does, from today, or from the day after the last posting began.
   * The plan was checked against the state that is written on, so it is not refused.
   */
  private askMove(officialId: number, move: RosterMove) {
    const last = prepared<Day>('select max(from_on) from posting where official_id = ?').pluck().one(officialId)
    const fromOn = last < this.today ? this.today : addDays(last, 1)
    const asked = transferOfficial(this.actor, { officialId, ...move, fromOn })
    if (!asked.ok) throw new Error(`official ${officialId} cannot be moved: ${JSON.stringify(asked)}`)
  }

  /** Puts one change where it belongs: the person's own columns, or their posting's. */
  private gather(change: RosterChange, officialId: number, columns: Partial<OfficialRow>, moved: Partial<NewPosting>) {
    switch (change.field) {
      case 'unitId':
      case 'position':
      case 'category':
      case 'isLeader':
        Object.assign(moved, { [change.field]: change.to })
        return
      case 'role':
        return
      case 'name':
        this.tx
          .update(account)
          .set({ displayName: titleCase(change.to) })
          .where(eq(account.officialId, officialId))
          .run()
        break
      case 'staffCode':
        this.renameLogin(officialId, change)
        break
      case 'number':
        matchNumber(this.tx, officialId, change.to)
    }
    Object.assign(columns, fillColumns(change.field, change.to, officialId))
  }

  /** The login is the staff code: where it was the former one, it follows, and the log says so. */
  private renameLogin(officialId: number, { from, to }: { from: string | null; to: string }) {
    const renamed = this.tx
      .update(account)
      .set({ login: to.toLowerCase() })
      .where(and(eq(account.officialId, officialId), eq(account.login, from?.toLowerCase() ?? '')))
      .returning({ id: account.id })
      .get()
    if (renamed)
      logEvent(this.tx, this.actor, {
        verb: 'rename',
        subject: 'account',
        subjectId: renamed.id,
        data: { from: from?.toLowerCase(), to: to.toLowerCase() },
      })
  }

  /** A code of the province's own for whom the roster gives none. */
  private freeCode(officialId: number): string {
    let code = `bp${String(officialId).padStart(5, '0')}`
    const isTaken = () =>
      this.tx.select({ id: official.id }).from(official).where(eq(official.staffCode, code)).get() ??
      this.tx.select({ id: account.id }).from(account).where(eq(account.login, code)).get()
    while (isTaken()) code += '0'
    return code
  }

  /**
   * Changes the present posting in place. An official without one begins a new one today; a move to another unit is
   * asked for (`askMove`).
   */
  private repost(officialId: number, moved: Partial<NewPosting>) {
    const present = postingOn(officialId, this.today)
    const former = present ?? lastPostingOn(officialId, this.today)
    const next: NewPosting = {
      unitId: former?.unitId ?? this.batch.unit.id,
      position: former?.position ?? '',
      category: former?.category ?? 'member',
      isLeader: former?.isLeader === 1,
      ...moved,
    }
    if (present) {
      this.tx.update(posting).set(next).where(eq(posting.id, present.id)).run()
      return
    }
    this.tx
      .insert(posting)
      .values({ officialId, ...next, fromOn: this.today, toOn: this.dayBeforeNext(officialId) })
      .run()
    dropWaiting(this.tx, this.actor, officialId)
    this.log('transfer', officialId, { fromUnit: former?.unitId ?? null, toUnit: next.unitId, fromOn: this.today })
  }

  /** Returns the day before a posting that is already arranged for later; null if there is none. */
  private dayBeforeNext(officialId: number): Day | null {
    const next = this.tx
      .select({ fromOn: posting.fromOn })
      .from(posting)
      .where(and(eq(posting.officialId, officialId), gt(posting.fromOn, this.today)))
      .orderBy(asc(posting.fromOn))
      .get()
    return next ? addDays(next.fromOn, -1) : null
  }

  private join(officialId: number, unitId: number, { association, chapter: name }: Membership) {
    const at = this.list.association === null ? unitId : this.batch.unit.id
    const { id: chapterId } = this.chapterOf(association, at, name)
    beginMembership(this.tx, { officialId, association, chapterId, fromOn: this.list.fromOn })
  }

  /** Offers a membership to somebody whose unit the list does not reach: it begins once they or their unit accept. */
  private offer(officialId: number, { association, chapter: name }: Membership) {
    const unitId = this.batch.unit.id
    const { id: chapterId } = this.chapterOf(association, unitId, name)
    insertOffer(this.tx, this.actor, { officialId, unitId, chapterId, teamId: null, fromOn: this.list.fromOn })
  }

  /**
   * The chapter of that name at the unit, above or below it; where the list names one that is not known, it is founded
   * below the unit's own. Without a name the unit's own: that of the nearest unit above that has one, or the
   * association's topmost.
   */
  private chapterOf(association: Association, unitId: number, name: string | null): ChapterRow {
    const key = `${association}/${unitId}/${name === null ? '' : foldWords(name)}`
    const known = this.chapters.get(key)
    if (known) return known
    const own = this.ownChapter(association, unitId)
    const found = name === null ? own : (this.namedChapter(own, name) ?? this.foundChapter(own, name))
    this.chapters.set(key, found)
    return found
  }

  private ownChapter(association: Association, unitId: number): ChapterRow {
    const path = this.tx.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId)).get()?.path ?? ''
    const ids = path
      .split('/')
      .filter(id => id !== '')
      .map(Number)
      .reverse()
    for (const id of ids) {
      const found = chapterAt(association, id)
      if (found) return found
    }
    const top = this.tx
      .select()
      .from(chapter)
      .where(and(eq(chapter.association, association), isNull(chapter.parentId)))
      .get()
    if (!top) throw new Error(`${association} has no chapter`)
    return top
  }

  /** The unit's own or one above it of that name, a chapter right below, or the only one further below. */
  private namedChapter(own: ChapterRow, name: string): ChapterRow | undefined {
    const named = this.tx
      .select()
      .from(chapter)
      .where(eq(chapter.association, own.association))
      .all()
      .filter(row => foldWords(row.name) === foldWords(name))
    const near = named.find(row => own.path.startsWith(row.path)) ?? named.find(row => row.parentId === own.id)
    const below = named.filter(row => row.path.startsWith(own.path))
    return near ?? (below.length === 1 ? below[0] : undefined)
  }

  private foundChapter(own: ChapterRow, name: string): ChapterRow {
    const id = (this.tx.select({ last: sql<number | null>`max(id)` }).from(chapter).get()?.last ?? 0) + 1
    const row = this.tx
      .insert(chapter)
      .values({ id, association: own.association, parentId: own.id, path: `${own.path}${id}/`, name, unitId: null })
      .returning()
      .get()
    logEvent(this.tx, this.actor, { verb: 'add', subject: 'chapter', subjectId: id, data: { name, parentId: own.id } })
    return row
  }

  private log(verb: 'create' | 'edit' | 'transfer', officialId: number, data: Record<string, unknown>) {
    logEvent(this.tx, this.actor, {
      verb,
      subject: 'official',
      subjectId: officialId,
      data: { batchId: this.batch.id, ...data },
    })
  }
}

type DetailChange = Extract<RosterChange, { field: 'name' | 'birthOn' | 'birthYear' | 'sex' }>

function isDetail(change: RosterChange): change is DetailChange {
  return ['name', 'birthOn', 'birthYear', 'sex'].includes(change.field)
}
