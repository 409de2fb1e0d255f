import { dirname, join } from 'node:path'
import { type Actor, can, type Person, permit } from '#app/access/policy.ts'
import { destructionDueAt } from '#app/domain/independence.ts'
import { Refusal, type Result } from '#app/domain/refusal.ts'
import { listWithDoubtful } from '#db/backup.server.ts'
import { db, type FactTx, prepared, type Statement, transact } from '#db/client.server.ts'
import { keyDestruction } from '#db/schema.ts'
import { personOf } from './account.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { listClosings } from './closing.server.ts'
import { logEvent } from './event.server.ts'
import { dropExtractFiles } from './extract-file.server.ts'
import { isSettledIn, isTwoPeople } from './independence.server.ts'
import { writeUnjudged } from './judging/index.server.ts'
import { inTurn } from './retry.server.ts'
import { inSteps, Pace, untilNone } from './steps.server.ts'
import { rootUnit } from './unit.server.ts'

/** Why the keys of a campaign cannot be destroyed now. */
export type DestructionProblem =
  | 'not_closed'
  | 'already_proposed'
  | 'not_proposed'
  | 'same_person'
  | 'not_second_person'
  | 'role_too_new'
  | 'too_soon'
  | 'destroyed'

const wholeTree = () => ({ unitPath: rootUnit().path })

type Proposal = {
  id: number
  proposedAt: number
  proposedBy: number
  proposedByName: string
  /** campaign clock: the keys may go from then on; null: proposed before there was a waiting time */
  dueAt: number | null
  confirmedAt: number | null
}

function standingProposal(campaignId: number): Proposal | undefined {
  return prepared<Proposal>(
    `select d.id, d.proposed_at as proposedAt, d.proposed_by as proposedBy, a.display_name as proposedByName,
            d.due_at as dueAt, d.confirmed_at as confirmedAt
       from key_destruction d join account a on a.id = d.proposed_by
      where d.campaign_id = ? and d.withdrawn_at is null`,
  ).get(campaignId)
}

/** Closed for good: a version that decides is frozen, and none is being computed. */
function isClosed(campaignId: number): boolean {
  const versions = listClosings(campaignId).filter(row => row.version > 0)
  return versions.some(row => !row.isProvisional) && versions.every(row => row.frozenAt !== null)
}

/**
 * Returns the state of the destruction of a campaign's keys: who proposed it and what prevents it. Also lists the
 * backups that still hold keys, newest first: their names contain the day; empty once all have rotated away. Throws
 * 403 for actors who may do neither step.
 */
export function findDestruction(actor: Person, campaignId: number) {
  permit(actor, 'keys.confirm_destruction', wholeTree())
  const proposal = standingProposal(campaignId)
  const openRounds = prepared<{ n: number }>(
    'select count(*) as n from round where campaign_id = ? and decided_at is null',
  ).one(campaignId)
  return {
    isClosed: isClosed(campaignId),
    openRounds: openRounds.n,
    proposal: proposal ?? null,
    mayPropose: can(actor, 'keys.propose_destruction', wholeTree()),
    /** what keeps the actor from confirming now; null: nothing, or nothing is proposed */
    confirming: proposal && proposal.confirmedAt === null ? problemOf(actor, campaignId, proposal) : null,
    /** names of who may confirm once the announced days are over, three at most */
    seconds: proposal && proposal.confirmedAt === null ? secondsTo(proposal) : [],
    backups: backupsWithKeys(proposal?.confirmedAt ?? null),
  }
}

function backupsWithKeys(destroyedAt: number | null): { name: string; day: string }[] {
  const folder = process.env.BACKUP_DIR || join(dirname(db.$client.name), 'backups')
  return listWithDoubtful(folder)
    .map(name => {
      const [, y, m, d, h, min, s] = /^4phu-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(name) ?? []
      return { name, day: `${y}-${m}-${d}`, madeAt: Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`) }
    })
    .filter(({ madeAt }) => destroyedAt === null || madeAt <= destroyedAt)
    .map(({ name, day }) => ({ name, day }))
}

/** Proposes to destroy the keys of a closed campaign. */
export function proposeDestruction(actor: Person, campaignId: number): Result<object, DestructionProblem> {
  permit(actor, 'keys.propose_destruction', wholeTree())
  return transact(tx => {
    const standing = standingProposal(campaignId)
    if (standing) return { ok: false, problem: standing.confirmedAt === null ? 'already_proposed' : 'destroyed' }
    if (!isClosed(campaignId)) return { ok: false, problem: 'not_closed' }
    if (!isSettledIn(actor, ['campaign_office'])) return { ok: false, problem: 'role_too_new' }
    const dueAt = destructionDueAt(campaignNow())
    tx.insert(keyDestruction).values({ campaignId, proposedAt: Date.now(), proposedBy: actor.accountId, dueAt }).run()
    logEvent(tx, actor, { verb: 'propose', subject: 'key', subjectId: campaignId, campaignId })
    return { ok: true }
  })
}

/** Withdraws an unconfirmed proposal; either side may. */
export function withdrawDestruction(actor: Person, campaignId: number): Result<object, DestructionProblem> {
  permit(actor, 'keys.confirm_destruction', wholeTree())
  return transact(tx => {
    const standing = standingProposal(campaignId)
    if (!standing) return { ok: false, problem: 'not_proposed' }
    if (standing.confirmedAt !== null) return { ok: false, problem: 'destroyed' }
    prepared('update key_destruction set withdrawn_at = ?, withdrawn_by = ? where id = ?').run(
      Date.now(),
      actor.accountId,
      standing.id,
    )
    logEvent(tx, actor, { verb: 'withdraw', subject: 'key', subjectId: campaignId, campaignId })
    return { ok: true }
  })
}

/** What keeps the actor from confirming a proposal; null: nothing. Two people, and three days after it was made. */
function problemOf(
  actor: Person,
  campaignId: number,
  { proposedBy, dueAt }: Pick<Proposal, 'proposedBy' | 'dueAt'>,
): DestructionProblem | null {
  if (proposedBy === actor.accountId) return 'same_person'
  if (!isTwoPeople(actor.accountId, proposedBy)) return 'not_second_person'
  if (!isSettledIn(actor, ['campaign_office', 'admin'])) return 'role_too_new'
  if (dueAt !== null && campaignNow() < dueAt) return 'too_soon'
  return isClosed(campaignId) ? null : 'not_closed'
}

/** Names of who may be the second person to a proposal, three at most. */
function secondsTo({ proposedBy }: Proposal): string[] {
  const today = campaignToday()
  return prepared<number>(
    `select distinct g.account_id from role_grant g join account a on a.id = g.account_id
      where g.role in ('campaign_office', 'admin') and a.disabled_at is null order by g.account_id`,
  )
    .pluck()
    .all()
    .flatMap(id => personOf(id, today) ?? [])
    .filter(person => can(person, 'keys.confirm_destruction', wholeTree()))
    .filter(person => person.accountId !== proposedBy && isTwoPeople(person.accountId, proposedBy))
    .slice(0, 3)
    .map(({ displayName }) => displayName)
}

/**
 * Destroys a campaign's data and matching keys, once a second person confirms, three days after it was proposed. One
 * transaction deletes the wrapped keys. Everything that identifies people without a key follows in steps (`forgetPeople`).
 * Records, verdicts, sums and the log stay, and every recount gives the same.
 */
export async function confirmDestruction(
  actor: Person,
  campaignId: number,
): Promise<Result<object, DestructionProblem>> {
  permit(actor, 'keys.confirm_destruction', wholeTree())
  const standing = standingProposal(campaignId)
  if (!standing) return { ok: false, problem: 'not_proposed' }
  if (standing.confirmedAt === null) {
    const problem = problemOf(actor, campaignId, standing)
    if (problem !== null) return { ok: false, problem }
  }
  await leavingNothing(async () => {
    if (standing.confirmedAt === null) await inTurn(() => destroyKeys(actor, campaignId, standing))
    await forgetPeople(actor, campaignId)
  })
  return { ok: true }
}

/** Goes on where a destruction was interrupted after its keys were deleted; the worker calls it daily. */
export async function continueDestructions(actor: Actor) {
  const open = prepared<number>(
    `select campaign_id from key_destruction d where confirmed_at is not null and not exists (
       select 1 from event where subject = 'campaign' and subject_id = cast(d.campaign_id as text) and verb = 'purge')`,
  )
    .pluck()
    .all()
  for (const campaignId of open) await leavingNothing(() => forgetPeople(actor, campaignId))
}

/** Runs `work` so that what it deletes or overwrites does not stay readable in the file's free pages or its log. */
async function leavingNothing(work: () => Promise<void>) {
  db.$client.pragma('secure_delete = ON')
  try {
    await work()
  } finally {
    db.$client.pragma('secure_delete = OFF')
  }
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
}

function destroyKeys(actor: Person, campaignId: number, { id }: Proposal) {
  transact(tx => {
    const at = Date.now()
    const { changes } = prepared(
      `update key_destruction set confirmed_at = ?, confirmed_by = ?
        where id = ? and confirmed_at is null and withdrawn_at is null`,
    ).run(at, actor.accountId, id)
    if (changes === 0) throw new Refusal('conflict')
    prepared(
      'update wrapped_key set wrapped = null, destroyed_at = ? where campaign_id = ? and wrapped is not null',
    ).run(at, campaignId)
    logEvent(tx, actor, { verb: 'destroy', subject: 'key', subjectId: campaignId, campaignId })
  })
}

/** Officials or rows that the first step takes, and any at most: a stretch without anything to forget says nothing of the next. */
const FIRST = 50
const MOST = 2000

/**
 * Deletes what identifies people of a campaign without its keys: staff's matches, unanswered codes, birth days and
 * hamlets, by which a person of a small place could be guessed. Each step leaves every verdict as it is. If
 * interrupted, a second call continues. Logs its end.
 */
async function forgetPeople(actor: Actor, campaignId: number) {
  dropExtractFiles(campaignId)
  await untilNone(new Pace(FIRST, MOST), most => forgetMatches(campaignId, most))
  await byId('citizen_code', campaignId, () =>
    prepared(`delete from citizen_code
      where +campaign_id = @campaignId and used_at is null and id > @after and id <= @upTo`),
  )
  await byId('help', campaignId, tx =>
    tx.write(`update help set citizen_birth_on = null, hamlet = ''
      where +campaign_id = @campaignId and (citizen_birth_on is not null or hamlet <> '')
        and id > @after and id <= @upTo`),
  )
  await inTurn(() =>
    transact(tx => logEvent(tx, actor, { verb: 'purge', subject: 'campaign', subjectId: campaignId, campaignId })),
  )
}

/** Deletes some officials' matches; their records keep the fact about staff that a verdict needs. Returns how many. */
function forgetMatches(campaignId: number, most: number): number {
  return writeUnjudged(tx => {
    const ids = prepared<number>(
      'select official_id from official_match where campaign_id = ? order by official_id limit ?',
    )
      .pluck()
      .all(campaignId, most)
    const officials = JSON.stringify(ids)
    // cross joins keep the order: a few officials, then the records of each number
    const known = prepared<{ id: number; kept: string }>(
      `select h.id, iif(m.official_id = h.official_id, 'self', 'staff') as kept
         from json_each(@officials) j
         cross join official_match m on m.campaign_id = @campaignId and m.official_id = j.value
         cross join help h on h.campaign_id = @campaignId and h.citizen_hash = m.number_hash
        where m.official_id = h.official_id or exists (
          select 1 from posting p where p.official_id = m.official_id and p.category <> 'member'
             and p.from_on <= h.helped_on and (p.to_on is null or p.to_on >= h.helped_on))`,
    ).all({ campaignId, officials })
    for (const { id, kept } of known) tx.write('update help set staff_kept = ? where id = ?').run(kept, id)
    tx.write(
      'delete from official_match where campaign_id = ? and official_id in (select value from json_each(?))',
    ).run(campaignId, officials)
    return ids.length
  })
}

/** Runs a statement over all rows of a table, in steps of ascending ids; `+` keeps it from another index. */
async function byId(table: 'help' | 'citizen_code', campaignId: number, statementOf: (tx: FactTx) => Statement) {
  const last = prepared<number>(`select coalesce(max(id), 0) from ${table}`).pluck().one()
  let after = 0
  await inSteps(new Pace(FIRST, MOST), {
    take: most => (after < last ? Math.min(after + most, last) : undefined),
    write: upTo => {
      writeUnjudged(tx => statementOf(tx).run({ campaignId, after, upTo }))
      return upTo - after
    },
    passed: upTo => {
      after = upTo
    },
  })
}
