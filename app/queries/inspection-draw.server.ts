import { randomBytes } from 'node:crypto'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { inSubtree } from '#app/access/scope.server.ts'
import { type Candidate, checkTeam, type InspectionWish, planDraw, sampleSize } from '#app/domain/inspection.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import type { Result } from '#app/domain/refusal.ts'
import { db } from '#db/client.server.ts'
import { help, inspection, inspectionMember, unit } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { storedDraw } from './inspection.server.ts'
import { inspectedUnit, inspectorOf, permitForming, reportedBelow } from './inspection-team.server.ts'
import { startJob } from './job.server.ts'
import { writeUnjudged } from './judging/index.server.ts'
import { everPostedIn, unitIdOn } from './official-posting.server.ts'
import { signalsOfUnit } from './signal.server.ts'
import { asOneStep } from './steps.server.ts'

/** An inspection as it was asked for: of which unit, by whom, and how certain the sample shall be. */
export type InspectionOrder = { unitId: number; input: InspectionWish }

/**
 * Orders an inspection of a unit with everything below it. Checks the team, and starts a job that draws the sample,
 * because the signals of a whole province take time to read. Returns the job, or the problem.
 */
export function orderInspection(actor: Actor, campaignId: number, order: InspectionOrder): Result<{ jobId: number }> {
  const problem = problemOf(actor, campaignId, order)
  if (problem) return { ok: false, problems: [problem] }
  const accountId = actor.kind === 'person' ? actor.accountId : null
  return { ok: true, jobId: startJob(actor, 'inspection_draw', { ...order, campaignId, accountId }) }
}

/** How large a sample will be: how many records it is drawn from, by lot, and at most for their risk besides. */
export type ForeseenSample = { population: number; size: number; riskPicks: number }

/**
 * Tells how large the sample of an order would be, before anything is drawn; writes nothing. Returns the problem of an
 * order that no draw could follow. Plan IV.2.
 */
export function foreseeSample(actor: Actor, campaignId: number, order: InspectionOrder): Result<ForeseenSample> {
  const problem = problemOf(actor, campaignId, order)
  if (problem) return { ok: false, problems: [problem] }
  const population = reportedBelow(campaignId, order.unitId)
  const { riskPicks } = order.input
  const size = sampleSize(population, order.input)
  return { ok: true, population, size, riskPicks: Math.min(riskPicks, population - size) }
}

function problemOf(actor: Actor, campaignId: number, { unitId, input }: InspectionOrder): FieldProblem | null {
  const { path } = inspectedUnit(unitId)
  permitForming(actor, path)
  const reason = checkTeam(teamOf(input).map(accountId => inspectorOf(campaignId, accountId, path)))
  if (reason) return { field: 'member', reason }
  return reportedBelow(campaignId, unitId) === 0 ? NOTHING_TO_DRAW : null
}

const NOTHING_TO_DRAW: FieldProblem = { field: '', reason: 'nothing_to_draw' }

const teamOf = ({ memberIds }: InspectionWish) => [...new Set(memberIds)]

/**
 * Records that a sample may contain: reported, and the citizen can still be asked (their data was not erased at their
 * request).
 */
const CAN_BE_DRAWN = and(eq(help.isReported, true), isNull(help.withdrawnAt), isNull(help.erasedAt))

/** Signals whose records are chosen before others for their risk: about what citizens, extracts and draws said. */
const DRAWN_FIRST: readonly string[] = ['edited_after_extract', 'citizen_contested', 'near_answers', 'missed_draw']

/** Maximum of draws: if a sampled record is withdrawn during a draw, the draw starts again with another seed. */
const DRAWS = 5

/**
 * Draws the sample from the records reported in the unit, with a seed generated at the draw, and publishes both
 * (domain 6.4, plan IV.2). Reads the records before the write begins, so that other writes need not wait.
 */
export function drawInspection(
  actor: Actor,
  campaignId: number,
  order: InspectionOrder,
): Result<{ inspectionId: number }> {
  const problem = problemOf(actor, campaignId, order)
  if (problem) return { ok: false, problems: [problem] }
  const { memberIds: _, ...wanted } = order.input
  const inspected = inspectedUnit(order.unitId)
  for (let attempt = 0; attempt < DRAWS; attempt += 1) {
    const seed = randomBytes(16).toString('hex')
    const candidates = candidatesOf(campaignId, inspected)
    if (candidates.length === 0) return { ok: false, problems: [NOTHING_TO_DRAW] }
    const draw = planDraw(candidates, wanted, seed)
    const inspectionId = asOneStep(() =>
      publish(actor, campaignId, { unitId: inspected.id, members: teamOf(order.input), seed, draw }),
    )
    if (inspectionId !== undefined) return { ok: true, inspectionId }
  }
  throw new Error(`the records of unit ${inspected.id} changed during every draw`)
}

/** Stores a draw; undefined, with nothing written, if one of its records can no longer be drawn. */
function publish(
  actor: Actor,
  campaignId: number,
  {
    unitId,
    members,
    seed,
    draw: { population, design, picks },
  }: { unitId: number; members: readonly number[]; seed: string; draw: ReturnType<typeof planDraw> },
): number | undefined {
  const helpIds = picks.map(({ helpId }) => helpId)
  const drawn = storedDraw({ population, design })
  return writeUnjudged(tx => {
    const standing = tx
      .select({ id: help.id })
      .from(help)
      .where(and(inArray(help.id, helpIds), CAN_BE_DRAWN))
      .all()
    if (standing.length < helpIds.length) return undefined
    const { id } = tx
      .insert(inspection)
      .values({
        campaignId,
        unitId,
        seed,
        ...drawn,
        drawnAt: campaignNow(),
        drawnBy: actor.kind === 'person' ? actor.accountId : null,
      })
      .returning({ id: inspection.id })
      .get()
    for (const accountId of members) tx.insert(inspectionMember).values({ inspectionId: id, accountId }).run()
    // one statement: row by row, a large sample would hold the writer for a tenth of a second
    tx.write(
      `insert into inspection_pick (inspection_id, help_id, origin, stratum, place)
       select ?, value ->> 'helpId', value ->> 'origin', value ->> 'stratum', value ->> 'place' from json_each(?)`,
    ).run(id, JSON.stringify(picks))
    logEvent(tx, actor, {
      verb: 'draw',
      subject: 'inspection',
      subjectId: id,
      campaignId,
      data: { unitId, seed, population: population.length, sample: picks.length },
    })
    return id
  })
}

/** Returns the records of a subtree that can be drawn, by the posting of the day helped, each with its child unit. */
function candidatesOf(campaignId: number, inspected: { id: number; path: string }): Candidate[] {
  const rows = db
    .select({ id: help.id, path: unit.path })
    .from(help)
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .where(
      and(
        eq(help.campaignId, campaignId),
        CAN_BE_DRAWN,
        everPostedIn(help.officialId, inspected.path),
        inSubtree(unit.path, inspected.path),
      ),
    )
    .all()
  const signals = signalsOfUnit(campaignId, inspected.path)
  return rows.map(({ id, path }) => ({
    id,
    unitId: Number(path.slice(inspected.path.length).split('/')[0]) || inspected.id,
    isMarked: signals.has(id),
    isFirst: DRAWN_FIRST.includes(signals.get(id) ?? ''),
  }))
}
