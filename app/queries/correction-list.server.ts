import { and, asc, eq, or } from 'drizzle-orm'
import { type Actor, can, isAbove, type Person } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import type { CorrectionChange } from '#app/domain/correction.ts'
import { notFound } from '#app/domain/refusal.ts'
import type { CorrectionKind, CorrectionState, Role } from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { unsealText } from '#db/keys.server.ts'
import { official, officialCorrection, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { secondsOf } from './independence.server.ts'
import { targetOf } from './official.server.ts'
import { isOpened } from './official-columns.server.ts'
import { unitIdOn } from './official-posting.server.ts'
import { titleOfUnit } from './unit-title.server.ts'
import { readTerms } from './waiting-term.server.ts'

/** A correction as it is stored, with the names of who is concerned. */
type Row = {
  id: number
  officialId: number
  officialName: string
  kind: CorrectionKind
  otherId: number | null
  otherName: string | null
  keptAccountId: number | null
  valueCipher: Buffer | null
  changes: string
  reason: string
  state: CorrectionState
  askedAt: number
  askedBy: number
  askedByName: string
  batchId: number | null
  answeredAt: number | null
  answeredByName: string | null
}

const SELECT = `
  select c.id, c.official_id as officialId, o.name as officialName, c.kind, c.other_id as otherId, p.name as otherName,
         c.kept_account_id as keptAccountId, c.value_cipher as valueCipher, c.changes, c.reason, c.state,
         c.asked_at as askedAt, c.asked_by as askedBy, a.display_name as askedByName, c.batch_id as batchId,
         c.answered_at as answeredAt, b.display_name as answeredByName
    from official_correction c join official o on o.id = c.official_id left join official p on p.id = c.other_id
    join account a on a.id = c.asked_by left join account b on b.id = c.answered_by`

/** Somebody whose role at a unit lets them answer. */
type Holder = { accountId: number; officialId: number | null; role: Role; unitId: number; unitPath: string }

/**
 * Answers for many corrections who may say yes or no to each. The ties between accounts and the holders of roles above
 * a unit are read once.
 */
class Turns {
  private readonly seconds = secondsOf()
  private readonly today = campaignToday()
  private readonly holders = new Map<string, Holder[]>()
  readonly termOf = readTerms()

  targetOf = (officialId: number) => targetOf(officialId, this.today)

  /**
   * Role holders who may answer: at the person's unit or above it, of both units for two entries, independent of who
   * asked, and no one concerned themself. Where none is left, the campaign office. The nearest come first.
   */
  private holdersFor(row: Row): Holder[] {
    const targets = concerned(row).map(this.targetOf)
    const ofUnits = this.holdersAbove(targets[0]?.unitPath ?? '').filter(holder =>
      targets.every(target => isAbove(holder.unitPath, target)),
    )
    const free = (holder: Holder) =>
      this.seconds.isSecond(holder.accountId, row.askedBy) && !concerned(row).includes(holder.officialId ?? 0)
    const own = ofUnits.filter(holder => holder.role !== 'campaign_office' && free(holder))
    if (own.length > 0) return own
    return this.holdersAbove('/').filter(holder => holder.role === 'campaign_office' && free(holder))
  }

  private holdersAbove(path: string): Holder[] {
    const known = this.holders.get(path)
    if (known) return known
    const rows = prepared<Holder>(
      `select g.account_id as accountId, a.official_id as officialId, g.role, u.id as unitId, u.path as unitPath
         from role_grant g join account a on a.id = g.account_id join unit u on u.id = g.unit_id
        where g.role in ('head', 'coordinator', 'campaign_office') and a.disabled_at is null
          and g.from_on <= @today and (g.to_on is null or g.to_on >= @today)
          and (substr(@path, 1, length(u.path)) = u.path or g.role = 'campaign_office')
        order by length(u.path) desc, g.id`,
    ).all({ today: this.today, path })
    this.holders.set(path, rows)
    return rows
  }

  /** True where the person concerned may answer, signed in with this account. */
  private isOwnTurn(row: Row, actor: Person): boolean {
    if (actor.officialId === null || this.seconds.isHeldBy(actor.accountId, row.askedBy)) return false
    return actor.officialId === ownerOf(row) && !needsRoleHolder(row)
  }

  /**
   * Whether the actor may answer; `isTurn`: it is theirs to do. Until the last day that is the person and the nearest
   * level; from the day after, everybody who may answer.
   */
  of(row: Row, actor: Actor): { mayAnswer: boolean; isTurn: boolean; waitsFor: string | null } {
    if (row.state !== 'asked') return { mayAnswer: false, isTurn: false, waitsFor: null }
    const holders = this.holdersFor(row)
    const nearest = holders[0]
    const waitsFor = nearest && nearest.role !== 'campaign_office' ? titleOfUnit(nearest.unitId) : null
    if (actor.kind !== 'person') return { mayAnswer: false, isTurn: false, waitsFor }
    const isOwn = this.isOwnTurn(row, actor)
    const held = holders.filter(({ accountId }) => accountId === actor.accountId)
    return {
      mayAnswer: isOwn || held.length > 0,
      isTurn:
        isOwn || held.some(({ unitPath }) => unitPath === nearest?.unitPath || this.termOf(row.askedAt).isOverdue),
      waitsFor,
    }
  }
}

const concerned = ({ officialId, otherId }: Pick<Row, 'officialId' | 'otherId'>) =>
  otherId === null ? [officialId] : [officialId, otherId]

/**
 * The official who may answer for themself. Of two entries it is the one whose sign-in ends, because the other takes
 * over what is theirs; where that one was never opened, the one that goes on.
 */
function ownerOf(row: Row): number {
  if (row.otherId === null) return row.officialId
  const ending = prepared<number>(
    'select official_id from account where official_id in (?, ?) and id is not ? order by official_id = ? desc',
  )
    .pluck()
    .get(row.officialId, row.otherId, row.keptAccountId, row.otherId)
  if (ending !== undefined && isOpened(ending)) return ending
  return ending === row.officialId ? row.otherId : row.officialId
}

/**
 * True where the person's own word is not enough. Their number: they made a record of their own number, which the new
 * one would no longer bar. Two entries: the one that ends was never opened, and has records.
 */
function needsRoleHolder(row: Row): boolean {
  if (row.kind === 'number')
    return (
      prepared(
        `select 1 from official_match m join help h on h.campaign_id = m.campaign_id and h.citizen_hash = m.number_hash
          where m.official_id = @id and h.official_id = @id limit 1`,
      ).get({ id: row.officialId }) !== undefined
    )
  if (row.otherId === null) return false
  const silent = concerned(row).filter(officialId => !isOpened(officialId))
  return silent.some(id => prepared('select 1 from help where official_id = ? limit 1').get(id) !== undefined)
}

/** A correction as this actor sees it; undefined where it is out of their sight. */
function shown(actor: Actor, row: Row, turns: Turns) {
  const turn = turns.of(row, actor)
  const own = actor.kind === 'person' ? actor : undefined
  const isAsker = own?.accountId === row.askedBy
  const isOwn = own?.officialId !== null && own !== undefined && concerned(row).includes(own.officialId)
  const mayCorrect = can(actor, 'official.correct', turns.targetOf(row.officialId))
  if (!(turn.mayAnswer || isAsker || isOwn || mayCorrect)) return undefined
  const { valueCipher, changes, askedBy: _, keptAccountId: __, ...rest } = row
  const slot = { table: 'official_correction', column: 'value', rowId: row.id }
  return {
    ...rest,
    ...turn,
    ...turns.termOf(row.askedAt),
    changes: JSON.parse(changes) as CorrectionChange[],
    /** the whole number or phone that waits, for who decides on it; null: none, or another's to decide */
    value: turn.mayAnswer || isOwn ? unsealText(slot, valueCipher) : null,
    isOwn,
    mayWithdraw: row.state === 'asked' && (isAsker || (mayCorrect && !turn.mayAnswer && !isOwn)),
  }
}

export type ShownCorrection = NonNullable<ReturnType<typeof shown>>

/** The correction; 404 where it is out of the actor's sight. */
export function existingCorrection(actor: Actor, correctionId: number): ShownCorrection {
  const row = prepared<Row>(`${SELECT} where c.id = ?`).get(correctionId)
  const correction = row && shown(actor, row, new Turns())
  if (!correction) throw notFound()
  return correction
}

/** Corrections of one official that the actor may see: what waits, then what took effect, newest first, 50 at most. */
export function correctionsOf(actor: Actor, officialId: number): ShownCorrection[] {
  const turns = new Turns()
  return prepared<Row>(
    `${SELECT} where @officialId in (c.official_id, c.other_id) and c.state in ('asked', 'accepted')
      order by c.state = 'asked' desc, c.id desc limit 50`,
  )
    .all({ officialId })
    .flatMap(row => shown(actor, row, turns) ?? [])
}

/** Corrections that this account asked for: what waits, and the latest 20 others. */
export function correctionsAskedBy(actor: Person): ShownCorrection[] {
  const turns = new Turns()
  return prepared<Row>(
    `${SELECT} where c.asked_by = @accountId and c.kind <> 'details' and (c.answered_at is not null or c.state = 'asked')
      order by c.state = 'asked' desc, c.id desc limit 200`,
  )
    .all({ accountId: actor.accountId })
    .filter((row, n) => row.state === 'asked' || n < 20)
    .flatMap(row => shown(actor, row, turns) ?? [])
}

/** The most corrections that a list to answer holds; the next come once these are answered. */
const SHOWN = 50

/** Corrections that wait for this person: their own, and those of people of the units that they answer for, oldest first. */
export function correctionsToAnswer(actor: Person): ShownCorrection[] {
  const turns = new Turns()
  const ids = waitingWithin(actor)
  return prepared<Row>(`${SELECT} where c.id in (select value from json_each(?)) order by c.id`)
    .all(JSON.stringify(ids))
    .flatMap(row => shown(actor, row, turns) ?? [])
    .filter(({ isTurn }) => isTurn)
}

/** Ids of waiting corrections that may concern the actor. */
function waitingWithin(actor: Person): number[] {
  return db
    .select({ id: officialCorrection.id })
    .from(officialCorrection)
    .innerJoin(official, eq(official.id, officialCorrection.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(officialCorrection.officialId, campaignToday())))
    .where(
      and(
        eq(officialCorrection.state, 'asked'),
        or(
          within(actor, 'correction.answer', {
            unitPath: unit.path,
            guardPath: unit.guardPath,
            officialId: officialCorrection.officialId,
          }),
          actor.officialId === null ? undefined : eq(officialCorrection.otherId, actor.officialId),
        ),
      ),
    )
    .orderBy(asc(officialCorrection.id))
    .limit(SHOWN)
    .all()
    .map(row => row.id)
}

/** Keyed hashes of the number and phone that wait for an official. */
export function waitingValues(officialId: number): { numberKey: string | null; phoneKey: string | null } {
  const rows = prepared<{ kind: CorrectionKind; valueHash: string | null }>(
    `select kind, value_hash as valueHash from official_correction where official_id = ? and state = 'asked'`,
  ).all(officialId)
  const of = (kind: CorrectionKind) => rows.find(row => row.kind === kind)?.valueHash ?? null
  return { numberKey: of('number'), phoneKey: of('phone') }
}
