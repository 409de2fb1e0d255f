import { gunzipSync, gzipSync } from 'node:zlib'
import { and, asc, desc, eq, isNotNull, lt, or, sql } from 'drizzle-orm'
import { type Actor, accountOf, can, canSomewhere } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import {
  checkAnswer,
  checkFinding,
  checkInspector,
  checkSigning,
  type Draw,
  drawablesOf,
  drawKey,
  estimateOf,
  type InspectionDesign,
} from '#app/domain/inspection.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { findBursts } from '#app/domain/signal.ts'
import { db, transact } from '#db/client.server.ts'
import {
  account,
  inspection,
  inspectionAppeal,
  inspectionMember,
  inspectionPick,
  unit,
  untrueReportFinding,
} from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { isTwoPeople } from './independence.server.ts'
import { inspectorOf, mayForm } from './inspection-team.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { titled, titleOfUnit } from './unit-title.server.ts'
import { readTerms } from './waiting-term.server.ts'

/**
 * Returns an inspection with its unit and the actor's relation to it; undefined if not visible. The campaign office,
 * the team and who formed it always see it. Its unit and those above see it once it is concluded, so that nobody can
 * prepare for a visit.
 */
export function sightOf(actor: Actor, campaignId: number, inspectionId: number) {
  const found = db
    .select({ row: inspection, unitPath: unit.path, headTitle: unit.headTitle })
    .from(inspection)
    .innerJoin(unit, eq(unit.id, inspection.unitId))
    .where(and(eq(inspection.id, inspectionId), eq(inspection.campaignId, campaignId)))
    .get()
  if (!found) return undefined
  const target = { unitPath: found.unitPath }
  const members = membersOf(inspectionId)
  const own = actor.kind === 'person' ? members.find(({ accountId }) => accountId === actor.accountId) : undefined
  const isMember =
    own !== undefined &&
    can(actor, 'inspection.check', target) &&
    checkInspector(inspectorOf(campaignId, own.accountId, found.unitPath)) === null
  const isOffice = can(actor, 'inspection.form', target)
  const isFormer = actor.kind === 'person' && found.row.drawnBy === actor.accountId && mayForm(actor, found.unitPath)
  const isShown =
    isMember || isOffice || isFormer || (found.row.concludedAt !== null && can(actor, 'inspection.view', target))
  const unitName = titleOfUnit(found.row.unitId)
  return isShown ? { ...found, unitName, members, own, isMember, isOffice, isFormer, target } : undefined
}

/** True where an account and every other member who signed are two people (domain 10). */
export function isSecondToSigners(
  accountId: number,
  members: readonly { accountId: number; signedAt: number | null }[],
): boolean {
  return members
    .filter(member => member.signedAt !== null && member.accountId !== accountId)
    .every(member => isTwoPeople(accountId, member.accountId))
}

function membersOf(inspectionId: number) {
  return db
    .select({
      accountId: inspectionMember.accountId,
      name: account.displayName,
      signedAt: inspectionMember.signedAt,
    })
    .from(inspectionMember)
    .innerJoin(account, eq(account.id, inspectionMember.accountId))
    .where(eq(inspectionMember.inspectionId, inspectionId))
    .orderBy(asc(account.displayName), asc(account.id))
    .all()
}

/** Returns the sample of an inspection, in the order of the draw. */
export function picksOf(inspectionId: number) {
  return db
    .select({
      helpId: inspectionPick.helpId,
      origin: inspectionPick.origin,
      stratum: inspectionPick.stratum,
      place: inspectionPick.place,
      result: inspectionPick.result,
      foundBy: inspectionPick.foundBy,
      openedAt: inspectionPick.openedAt,
      checkedAt: inspectionPick.checkedAt,
      enteredAt: inspectionPick.enteredAt,
      checkedBy: inspectionPick.checkedBy,
      overturnedAt: inspectionPick.overturnedAt,
    })
    .from(inspectionPick)
    .where(eq(inspectionPick.inspectionId, inspectionId))
    .orderBy(asc(inspectionPick.place), asc(inspectionPick.helpId))
    .all()
}

/** Those of a draw found untrue, no appeal upheld: by lot and for their risk alike. */
export function countUntrue(picks: ReturnType<typeof picksOf>): number {
  return picks.filter(({ result, overturnedAt }) => result === 'untrue' && overturnedAt === null).length
}

/** A draw of a whole province has millions of ids; a text from this length on is stored compressed. */
const COMPRESSED_FROM = 1 << 16
const COMPRESSED = 'gzip '

const packed = (value: unknown, short = JSON.stringify(value)) =>
  short.length < COMPRESSED_FROM ? short : COMPRESSED + gzipSync(JSON.stringify(value), { level: 1 }).toString('base64')
const unpacked = (text: string): unknown =>
  JSON.parse(
    text.startsWith(COMPRESSED) ? gunzipSync(Buffer.from(text.slice(COMPRESSED.length), 'base64')).toString() : text,
  )

/**
 * The population and design of a draw as they are stored: the writer is held while they are. A long list of ascending
 * ids is stored as the distance of each from the one before.
 */
export function storedDraw({ population, design }: Pick<Draw, 'population' | 'design'>) {
  const distances = population.map((id, n) => id - (population[n - 1] ?? 0))
  return { population: packed(distances, JSON.stringify(population)), design: packed(design) }
}

/** The stored population and design of a draw, typed. */
export function drawOf(row: { population: string; design: string }): Pick<Draw, 'population' | 'design'> {
  const stored = unpacked(row.population) as number[]
  let id = 0
  return {
    population: row.population.startsWith(COMPRESSED) ? stored.map(distance => (id += distance)) : stored,
    design: unpacked(row.design) as InspectionDesign,
  }
}

/** Returns one complete inspection for its page: no citizen's data, no official's name. Undefined if not visible. */
export function findInspection(actor: Actor, campaignId: number, inspectionId: number) {
  const sight = sightOf(actor, campaignId, inspectionId)
  if (!sight) return undefined
  const { row, members, own, isMember, isOffice, isFormer } = sight
  const { population, design } = drawOf(row)
  const picks = picksOf(inspectionId)
  const open = picks.filter(({ result }) => result === null).length
  const findings = findingsOf(inspectionId)
  const answer = { answerDueOn: row.answerDueOn, isAnswered: row.unitAnsweredAt !== null, today: campaignToday() }
  const hasFinding = findings.some(({ withdrawnAt }) => withdrawnAt === null)
  return {
    id: row.id,
    unitId: row.unitId,
    unitName: sight.unitName,
    headTitle: sight.headTitle,
    seed: row.seed,
    drawnAt: row.drawnAt,
    teamDecision:
      row.teamDecisionNumber === null || row.teamDecisionOn === null
        ? null
        : { number: row.teamDecisionNumber, on: row.teamDecisionOn },
    /** the actor may enter the decision that formed the team: it goes into the minutes before they are signed */
    mayNameDecision: (isMember || isOffice || isFormer) && row.concludedAt === null,
    concludedAt: row.concludedAt,
    answerDueOn: row.answerDueOn,
    unitAnswer: row.unitAnswer,
    unitAnsweredAt: row.unitAnsweredAt,
    population: population.length,
    certainty: design.certainty,
    untrueShare: design.untrueShare,
    size: design.size,
    strata: titled(design.strata),
    picks,
    open,
    untrue: countUntrue(picks),
    estimate: estimateOf(
      picks.map(pick => ({ ...pick, isOverturned: pick.overturnedAt !== null })),
      design.certainty,
    ),
    bursts: isMember || isOffice ? burstsOf(campaignId, picks, members) : [],
    members: members.map(member => ({
      ...member,
      isSelf: member.accountId === own?.accountId,
      isLeader: member.accountId === row.teamLeaderId,
    })),
    appeals: appealsOf(inspectionId),
    findings,
    isMember,
    /** whether the actor may have the minutes: only the team sees a draft */
    hasMinutes: isMember || row.concludedAt !== null,
    /** why the actor cannot do it now; null: they can; undefined: it is not theirs to do */
    signing: isMember
      ? checkSigning({
          openPicks: open,
          hasSigned: own?.signedAt !== null,
          isConcluded: row.concludedAt !== null,
          isSecond: own !== undefined && isSecondToSigners(own.accountId, members),
        })
      : undefined,
    answering: can(actor, 'inspection.answer', sight.target) ? checkAnswer(answer) : undefined,
    finding:
      isMember || isOffice
        ? (checkFinding({ ...answer, untrue: countUntrue(picks), hasFinding }) ??
          (isSecondToSigners(accountOf(actor), members) ? null : 'not_second_finder'))
        : undefined,
    mayDecide: isOffice && !isMember,
    /** who may give the second signature, and until when; null: nobody has signed yet, or it is concluded */
    secondSignature: row.concludedAt === null ? secondSignatureOf(members) : null,
  }
}

function secondSignatureOf(members: ReturnType<typeof membersOf>) {
  const signedAt = members.flatMap(member => member.signedAt ?? []).sort((a, b) => a - b)[0]
  if (signedAt === undefined) return null
  const second = members.filter(member => member.signedAt === null && isSecondToSigners(member.accountId, members))
  return { names: second.map(({ name }) => name), ...readTerms()(signedAt) }
}

/**
 * Members who recorded many results within minutes, as `findBursts` asks about records (domain 6.5). Results noted on the
 * road count by when the phone says they were noted: they arrive together.
 */
function burstsOf(campaignId: number, picks: ReturnType<typeof picksOf>, members: ReturnType<typeof membersOf>) {
  const results = picks.flatMap(({ helpId, checkedAt, enteredAt, checkedBy }) =>
    checkedAt === null || checkedBy === null
      ? []
      : [{ helpId, officialId: checkedBy, receivedAt: enteredAt ?? checkedAt }],
  )
  return findBursts(results, rulesOf(campaignId).regulation).map(({ officialId, figures }) => ({
    name: members.find(({ accountId }) => accountId === officialId)?.name ?? '',
    figures,
  }))
}

/** Findings of untrue reporting from an inspection, the newest first. */
function findingsOf(inspectionId: number) {
  return db
    .select({
      id: untrueReportFinding.id,
      reason: untrueReportFinding.reason,
      foundAt: untrueReportFinding.foundAt,
      foundBy: account.displayName,
      withdrawnAt: untrueReportFinding.withdrawnAt,
      withdrawalReason: untrueReportFinding.withdrawalReason,
    })
    .from(untrueReportFinding)
    .innerJoin(account, eq(account.id, untrueReportFinding.foundBy))
    .where(eq(untrueReportFinding.inspectionId, inspectionId))
    .orderBy(desc(untrueReportFinding.id))
    .all()
}

function appealsOf(inspectionId: number) {
  return db
    .select({
      id: inspectionAppeal.id,
      helpId: inspectionAppeal.helpId,
      raisedAt: inspectionAppeal.raisedAt,
      decision: inspectionAppeal.decision,
    })
    .from(inspectionAppeal)
    .where(eq(inspectionAppeal.inspectionId, inspectionId))
    .orderBy(asc(inspectionAppeal.id))
    .all()
}

/** Inspections that the actor may see, newest first, one page (keyset by id). */
export function listInspections(
  actor: Actor,
  campaignId: number,
  { before, limit = 50 }: { before?: number; limit?: number },
) {
  const isOwn =
    actor.kind === 'person' && canSomewhere(actor, 'inspection.check')
      ? sql`exists (select 1 from inspection_member m where m.inspection_id = ${inspection.id} and m.account_id = ${actor.accountId})`
      : undefined
  const rows = db
    .select({
      id: inspection.id,
      unitId: inspection.unitId,
      drawnAt: inspection.drawnAt,
      concludedAt: inspection.concludedAt,
      answerDueOn: inspection.answerDueOn,
      unitAnsweredAt: inspection.unitAnsweredAt,
      picks: sql<number>`(select count(*) from inspection_pick p where p.inspection_id = ${inspection.id})`,
      checked: sql<number>`(select count(p.result) from inspection_pick p where p.inspection_id = ${inspection.id})`,
      untrue: sql<number>`(select count(*) from inspection_pick p where p.inspection_id = ${inspection.id}
        and p.result = 'untrue' and p.overturned_at is null)`,
      hasFinding: sql<number>`exists (select 1 from untrue_report_finding f where f.inspection_id = ${inspection.id}
        and f.withdrawn_at is null)`,
    })
    .from(inspection)
    .innerJoin(unit, eq(unit.id, inspection.unitId))
    .where(
      and(
        eq(inspection.campaignId, campaignId),
        or(
          within(actor, 'inspection.form', { unitPath: unit.path }),
          actor.kind === 'person' ? eq(inspection.drawnBy, actor.accountId) : undefined,
          and(isNotNull(inspection.concludedAt), within(actor, 'inspection.view', { unitPath: unit.path })),
          isOwn && and(isOwn, within(actor, 'inspection.check', { unitPath: unit.path })),
        ),
        before === undefined ? undefined : lt(inspection.id, before),
      ),
    )
    .orderBy(desc(inspection.id))
    .limit(limit + 1)
    .all()
  const page = titled(rows.slice(0, limit)).map(row => ({ ...row, hasFinding: row.hasFinding === 1 }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/**
 * Returns an inspection for its minutes; logged. Before its conclusion only the team may have them: throws 403 for the
 * campaign office. Undefined if not visible.
 */
export function exportMinutes(actor: Actor, campaignId: number, inspectionId: number) {
  const found = findInspection(actor, campaignId, inspectionId)
  if (!found) return undefined
  if (!found.hasMinutes) throw forbidden()
  const data = { document: 'minutes' }
  transact(tx =>
    logEvent(tx, actor, { verb: 'export', subject: 'inspection', subjectId: inspectionId, campaignId, data }),
  )
  return found
}

/**
 * Returns the data for an outsider to replay the draw: seed, size, and each record of the population. A record has its
 * stratum, its sort key and how it was picked. Ids only; logged. Undefined if not visible to the actor.
 */
export function exportPopulation(actor: Actor, campaignId: number, inspectionId: number) {
  const sight = sightOf(actor, campaignId, inspectionId)
  if (!sight) return undefined
  const { seed, id } = sight.row
  const draw = drawOf(sight.row)
  const picks = new Map(picksOf(id).map(pick => [pick.helpId, pick]))
  const data = { document: 'population' }
  transact(tx => logEvent(tx, actor, { verb: 'export', subject: 'inspection', subjectId: id, campaignId, data }))
  return {
    id,
    unitName: sight.unitName,
    seed,
    size: draw.design.size,
    rows: drawablesOf(draw).map(({ id: helpId, stratum }) => ({
      helpId,
      stratum,
      key: drawKey(seed, helpId),
      origin: picks.get(helpId)?.origin ?? null,
      place: picks.get(helpId)?.place ?? null,
    })),
  }
}
