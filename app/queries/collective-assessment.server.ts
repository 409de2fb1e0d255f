import { and, eq, ne } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { inSubtree, subtreeEnd, within } from '#app/access/scope.server.ts'
import { assessOfficial, type CollectiveFacts } from '#app/domain/assessment.ts'
import { type AssessedSums, assessFrozenCollective } from '#app/domain/closing.ts'
import { obligationSums, type PeopleFigures } from '#app/domain/figures.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import {
  type Block,
  type CollectiveResult,
  OBLIGATIONS,
  type OfficialResult,
  recordOf,
  type UnitKind,
} from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { unit } from '#db/schema.ts'
import { peopleFiguresOf } from './aggregate.server.ts'
import { campaignToday } from './clock.server.ts'
import { indicatorEvidence } from './indicator-evidence.server.ts'
import { dueProcessOn, factsOn, gatesOn, inspectionsOf, rulesOf, type Subject } from './judging/index.server.ts'
import { reportEvidence } from './report.server.ts'
import { isOpenOn } from './unit.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** Filter of the list of collectives. */
type CollectiveFilter = { unitPath: string; block?: Block; kind?: UnitKind; result?: CollectiveResult }

/**
 * Lists the units of a subtree with their present assessment, in the order of the tree. Each includes everything below
 * it, so that a district includes its communes. Excludes the province itself, units without people, and units closed
 * by the cut-off.
 *
 * A finding of untrue reporting applies only to the unit that it names. A final report counts as missing once its
 * deadline has passed. Gates and official statistics are not entered yet: nothing is claimed from their absence.
 */
export function listCollectives(actor: Actor, campaignId: number, filter: CollectiveFilter) {
  const { regulation } = rulesOf(campaignId)
  const units = db
    .select({
      unitId: unit.id,
      code: unit.code,
      path: unit.path,
      kind: unit.kind,
      block: unit.block,
    })
    .from(unit)
    .where(
      and(
        inSubtree(unit.path, filter.unitPath),
        within(actor, 'assessment.view_units', { unitPath: unit.path }),
        isOpenOn(regulation.endsOn),
        ne(unit.kind, 'province'),
        filter.block ? eq(unit.block, filter.block) : undefined,
        filter.kind ? eq(unit.kind, filter.kind) : undefined,
      ),
    )
    .all()
    .map(({ path, ...row }) => ({ ...row, ids: path.split('/').map(Number) }))
    .sort((a, b) => compareInTree(a.ids, b.ids))
  const figures = peopleFiguresOf(
    campaignId,
    'unit',
    units.map(row => String(row.unitId)),
  )
  const evidenceOf = unitEvidence(campaignId, filter.unitPath)
  const titleOf = unitTitles(units.map(row => row.unitId))
  const today = campaignToday()
  const other: Regulation = {
    ...regulation,
    collectiveTarget: regulation.collectiveTarget === 'sum' ? 'every_member' : 'sum',
  }
  return units
    .flatMap(({ ids: _ids, ...row }, n) => {
      const people = figures[n]
      if (!people || people.officials === 0) return []
      const evidence = {
        ...evidenceOf(row.unitId),
        dueProcess: dueProcessOn(campaignId, { unitId: row.unitId }, today, regulation),
        gates: gatesOn(campaignId, { unitId: row.unitId }, today),
      }
      const sums = sumsOfPeople(people)
      const underAny = { ...sums, counted: people.countedAny, short: people.quotaBearers - people.reachedAny }
      return [
        {
          ...row,
          name: titleOf(row.unitId),
          people,
          ...assessFrozenCollective(evidence, sums, { regulation }),
          resultAny: assessFrozenCollective(evidence, underAny, { regulation }).result,
          resultOtherTarget: assessFrozenCollective(evidence, sums, { regulation: other }).result,
        },
      ]
    })
    .filter(row => filter.result === undefined || row.result === filter.result)
}

/** The order of the tree: a unit before those below it, those on one level by id. */
export function compareInTree(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((id, n) => id !== b[n])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

/** The facts about a collective besides its people. */
type UnitEvidence = Pick<
  CollectiveFacts,
  'isFinalReportMissing' | 'isUntrueReportFound' | 'indicators' | 'reports' | 'inspection' | 'lowered'
>

/** The evidence on the units of a subtree, read in a few statements for all of them. */
export function unitEvidence(campaignId: number, unitPath: string): (unitId: number) => UnitEvidence {
  const inspections = inspectionsBelow(campaignId, unitPath)
  const found = foundUntrue(campaignId)
  const lowered = loweredBelow(campaignId, unitPath)
  const reportsOf = reportEvidence(campaignId, unitPath)
  const indicatorsOf = indicatorEvidence(campaignId, unitPath, rulesOf(campaignId).regulation.endsOn)
  return unitId => {
    const { isFinalReportMissing, ...reports } = reportsOf(unitId)
    return {
      isFinalReportMissing,
      isUntrueReportFound: found.has(unitId),
      indicators: indicatorsOf(unitId),
      reports,
      inspection: inspections.get(unitId) ?? null,
      ...(lowered.has(unitId) && { lowered: lowered.get(unitId) }),
    }
  }
}

/** How many people of each unit with those below it have a target below the quota; units without any are left out. */
function loweredBelow(campaignId: number, unitPath: string): Map<number, number> {
  const rows = prepared<{ path: string; count: number }>(
    `select u.path, count(*) as count from standing s join unit u on u.id = s.unit_id
      where s.campaign_id = ? and s.target < ? and u.path >= ? and u.path < ? group by u.id`,
  ).all(campaignId, rulesOf(campaignId).regulation.quota, unitPath, subtreeEnd(unitPath))
  const found = new Map<number, number>()
  for (const { path, count } of rows)
    for (const id of path.split('/').flatMap(part => (part === '' ? [] : [Number(part)])))
      found.set(id, (found.get(id) ?? 0) + count)
  return found
}

/** A collective's people as the tallies sum them up, in the shape in which a close freezes them. */
function sumsOfPeople(people: PeopleFigures): AssessedSums {
  const sums = obligationSums(people)
  return {
    counted: people.counted,
    target: people.targets,
    short: people.quotaBearers - people.reached,
    met: recordOf(OBLIGATIONS, obligation => sums[obligation].met),
    bearers: recordOf(OBLIGATIONS, obligation => sums[obligation].bearers),
  }
}

/**
 * Computes the present result of an official or a collective from today's facts; undefined if there is nothing to
 * assess.
 */
export function liveResult(campaignId: number, subject: Subject): OfficialResult | CollectiveResult | undefined {
  const { regulation } = rulesOf(campaignId)
  const today = campaignToday()
  if ('officialId' in subject)
    return assessOfficial(factsOn(campaignId, subject.officialId, regulation, today), regulation).result
  const found = prepared<{ path: string }>("select path from unit where id = ? and kind <> 'province'").get(
    subject.unitId,
  )
  const people = peopleFiguresOf(campaignId, 'unit', [String(subject.unitId)])[0]
  if (!found || !people || people.officials === 0) return undefined
  const evidence = {
    ...unitEvidence(campaignId, found.path)(subject.unitId),
    dueProcess: dueProcessOn(campaignId, subject, today, regulation),
    gates: gatesOn(campaignId, subject, today),
  }
  return assessFrozenCollective(evidence, sumsOfPeople(people), { regulation }).result
}

/** Returns the units that have a finding of untrue reporting in force. Plan IV.2. */
function foundUntrue(campaignId: number): Set<number> {
  const rows = prepared<{ unitId: number }>(
    'select unit_id as unitId from untrue_report_finding where campaign_id = ? and withdrawn_at is null',
  ).all(campaignId)
  return new Set(rows.map(row => row.unitId))
}

type Inspection = NonNullable<CollectiveFacts['inspection']>

/**
 * Counts the inspected records of each unit with those below it, from concluded inspections. Counts records reached in
 * the field, each once, and the failed ones among them, by the latest inspection of a record. A unit whose inspections
 * reached no citizen has zeros.
 */
function inspectionsBelow(campaignId: number, unitPath: string): Map<number, Inspection> {
  const rows = prepared<{ path: string; helpId: number | null }>(
    `select distinct u.path, p.help_id as helpId
       from inspection i join unit u on u.id = i.unit_id
       left join inspection_pick p on p.inspection_id = i.id and p.result in ('true', 'untrue')
      where i.campaign_id = ? and i.concluded_at is not null and u.path >= ? and u.path < ?`,
  ).all(campaignId, unitPath, subtreeEnd(unitPath))
  const reached = new Map<number, Set<number>>()
  for (const { path, helpId } of rows)
    for (const id of path
      .split('/')
      .filter(part => part !== '')
      .map(Number)) {
      const ofUnit = reached.get(id) ?? new Set()
      if (helpId !== null) ofUnit.add(helpId)
      reached.set(id, ofUnit)
    }
  const found = inspectionsOf(JSON.stringify(rows.flatMap(({ helpId }) => helpId ?? [])))
  return new Map(
    [...reached].map(([unitId, helpIds]) => [
      unitId,
      { drawn: helpIds.size, untrue: [...helpIds].filter(helpId => found.get(helpId) === 'failed').length },
    ]),
  )
}
