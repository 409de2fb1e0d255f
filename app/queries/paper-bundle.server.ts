import { type Actor, accountOf, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { found } from '#app/domain/refusal.ts'
import { goneBefore } from '#app/domain/retention.ts'
import { nextId, prepared, transact } from '#db/client.server.ts'
import { seal, unseal } from '#db/keys.server.ts'
import { paperBundle } from '#db/schema.ts'
import { logEvent } from './event.server.ts'
import { startJob } from './job.server.ts'
import { roundById } from './round.server.ts'
import { rootUnit } from './unit.server.ts'

const slotOf = (bundleId: number) => ({ table: 'paper_bundle', column: 'content', rowId: bundleId })
const EMPTY = Buffer.alloc(0)

type Bundle = { id: number; datedOn: Day | null; files: number; createdAt: number }

/** Queues the making of every paper of a round in one zip, by home affairs; returns the job. */
export function orderPapers(
  actor: Actor,
  campaignId: number,
  { roundId, datedOn }: { roundId: number; datedOn: Day | null },
): number {
  permit(actor, 'round.manage', { unitPath: rootUnit().path })
  found(roundById(campaignId, roundId))
  return startJob(actor, 'round_papers', { campaignId, roundId, datedOn, accountId: accountOf(actor) })
}

/** Keeps the zip of a round in place of the one before. */
export function keepBundle(
  actor: Actor,
  campaignId: number,
  bundle: { roundId: number; datedOn: Day | null; files: number; content: Buffer },
): number {
  permit(actor, 'round.manage', { unitPath: rootUnit().path })
  const { content, ...columns } = bundle
  return transact(tx => {
    prepared('update paper_bundle set content_cipher = ? where round_id = ?').run(EMPTY, bundle.roundId)
    const id = nextId(paperBundle)
    tx.insert(paperBundle)
      .values({
        id,
        ...columns,
        contentCipher: seal('staff', slotOf(id), content),
        createdAt: Date.now(),
        createdBy: accountOf(actor),
      })
      .run()
    logEvent(tx, actor, {
      verb: 'store',
      subject: 'paper_bundle',
      subjectId: id,
      campaignId,
      data: { roundId: bundle.roundId, files: bundle.files },
    })
    return id
  })
}

/** The zip of a round that can be taken now; undefined: none was made, or it is a week old. */
export function currentBundle(roundId: number): Bundle | undefined {
  return prepared<Bundle>(
    `select id, dated_on as datedOn, files, created_at as createdAt from paper_bundle
      where round_id = ? and length(content_cipher) > 0 and created_at > ? order by id desc limit 1`,
  ).get(roundId, goneBefore('paper_bundle', Date.now()))
}

/** Returns the zip of a round, for home affairs; each taking is logged. Undefined where there is none. */
export function takeBundle(actor: Actor, campaignId: number, roundId: number): Buffer | undefined {
  permit(actor, 'round.manage', { unitPath: rootUnit().path })
  found(roundById(campaignId, roundId))
  const bundle = currentBundle(roundId)
  if (!bundle) return undefined
  return transact(tx => {
    logEvent(tx, actor, { verb: 'open', subject: 'paper_bundle', subjectId: bundle.id, campaignId, data: { roundId } })
    const { contentCipher } = prepared<{ contentCipher: Buffer }>(
      'select content_cipher as contentCipher from paper_bundle where id = ?',
    ).one(bundle.id)
    return unseal(slotOf(bundle.id), contentCipher)
  })
}
