import { and, eq, isNull } from 'drizzle-orm'
import { type Action, type Actor, can, isRoot } from '#app/access/policy.ts'
import { assessOfficial, underAnyReading } from '#app/domain/assessment.ts'
import type { Day } from '#app/domain/calendar.ts'
import { mayReceive, receiverKinds } from '#app/domain/target-sharing.ts'
import { db } from '#db/client.server.ts'
import { standing, unit } from '#db/schema.ts'
import { type Figures, figureOf, figuresOf, runningTotals } from './aggregate.server.ts'
import { campaignToday } from './clock.server.ts'
import { decidesDisputes, hasDisputes } from './dispute.server.ts'
import { figuresInMotion } from './job.server.ts'
import { factsOn, rulesOf } from './judging/index.server.ts'
import { hasDistricts } from './locality.server.ts'
import { findUnit, listChildren } from './unit.server.ts'
import { titleOfUnit, unitTitles } from './unit-title.server.ts'

/** The permitted actions at a unit's pages, by the name that the pages use. */
const UNIT_ACTIONS = {
  people: 'official.view',
  records: 'help.view',
  recordFor: 'help.record_for',
  assessments: 'assessment.view',
  confirm: 'help.confirm',
  assign: 'target.assign',
  decideArea: 'target.decide_area',
  exempt: 'exemption.ask',
  activate: 'activation.issue',
  pledge: 'pledge.upload_list',
  roster: 'roster.edit',
  appoint: 'coordinator.appoint',
  reports: 'report.view',
  draftReports: 'report.draft',
  logOutreach: 'outreach.log',
  keepPoints: 'collection.keep',
  worklist: 'worklist.view',
  importList: 'worklist.import',
  share: 'worklist.share',
  teams: 'team.edit',
  transfers: 'transfer.answer',
} as const satisfies Record<string, Action>

/**
 * Returns the heading of a unit's pages: its name and head, the units above (`isSeen`: the actor may open them), and
 * the actor's permissions there. Undefined if the actor may not see its figures.
 */
export function findUnitHeading(actor: Actor, campaignId: number, unitId: number) {
  const row = findUnit(actor, unitId)
  if (!row) return undefined
  const { id, name, headTitle, path, guardPath, localityCode, parentId } = row
  const target = { unitPath: path, guardPath }
  const isDivided = hasDistricts(campaignToday())
  const allowed = Object.fromEntries(
    Object.entries(UNIT_ACTIONS).map(([key, action]) => [key, can(actor, action, target)]),
  ) as Record<keyof typeof UNIT_ACTIONS, boolean>
  const pathTo = (aboveId: number) => `${path.slice(0, path.indexOf(`/${aboveId}/`))}/${aboveId}/`
  return {
    id,
    name,
    headTitle,
    path,
    guardPath,
    parentId,
    localityCode,
    above: row.above.map(unitAbove => ({
      ...unitAbove,
      isSeen: can(actor, 'unit.view', { unitPath: pathTo(unitAbove.id) }),
    })),
    /** `disputes`: there is any to decide, or there was; `handDown`, `receive`: the annex's targets, from below the province down; `locality`: it governs one */
    allowed: {
      ...allowed,
      // the office confirms what nobody else is left for, in the queue of the root
      confirmLast: isRoot(path) && can(actor, 'inspection.form', target),
      disputes: decidesDisputes(actor, path) && hasDisputes(campaignId, path),
      handDown: receiverKinds(row.kind, isDivided).length > 0,
      receive: mayReceive(row.kind, isDivided),
      locality: localityCode !== null && ['province', 'district', 'commune'].includes(row.kind),
    },
  }
}

/** A unit's direct child with its figures. */
export type ChildBoard = Figures & { id: number; name: string }

/**
 * A unit's board: its figures, of the records made under it on the day helped and of the people posted there at the
 * cut-off (domain 3), the running totals by day, and its children's figures. It names no person.
 */
export function findUnitBoard(actor: Actor, campaignId: number, unitId: number, today: Day) {
  const heading = findUnitHeading(actor, campaignId, unitId)
  if (!heading) return undefined
  const { regulation } = rulesOf(campaignId)
  const children = listChildren(actor, unitId)
  const figures = figuresOf(
    campaignId,
    'unit',
    children.map(row => String(row.id)),
  )
  return {
    heading,
    ...figureOf(campaignId, 'unit', unitId),
    series: runningTotals(campaignId, 'unit', unitId, { regulation, today }),
    children: children.flatMap(({ id, name }, n): ChildBoard[] => (figures[n] ? [{ id, name, ...figures[n] }] : [])),
    motion: figuresInMotion(campaignId),
  }
}

/**
 * Computes an official's progress, and the assessment as of today under both readings of the quota. Checks no
 * permission: call it only for officials that `findOfficial` has returned.
 */
export function findStanding(campaignId: number, officialId: number) {
  const { regulation } = rulesOf(campaignId)
  const facts = factsOn(campaignId, officialId, regulation, campaignToday())
  const place = db
    .select({ id: unit.id })
    .from(standing)
    .innerJoin(unit, eq(unit.id, standing.unitId))
    .where(and(eq(standing.campaignId, campaignId), eq(standing.officialId, officialId)))
    .get()
  return {
    standing: facts.standing,
    cutOffUnit: place ? { unitId: place.id, unitName: titleOfUnit(place.id) } : null,
    assessment: assessOfficial(facts, regulation),
    resultAny: assessOfficial(underAnyReading(facts), regulation).result,
  }
}

/** Lists every open unit by its parent, as destinations for a move of an official; the tree itself is not secret. */
export function listDestinations(): { name: string; units: { id: number; name: string }[] }[] {
  const rows = db
    .select({ id: unit.id, parentId: unit.parentId, name: unit.name, path: unit.path })
    .from(unit)
    .where(isNull(unit.closedOn))
    .orderBy(unit.id)
    .all()
  const titleOf = unitTitles(rows.map(({ id }) => id))
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'vi')
  return rows
    .map(parent => ({ id: parent.id, units: rows.filter(row => row.parentId === parent.id).sort(byName) }))
    .filter(group => group.units.length > 0)
    .map(group => ({ name: titleOf(group.id), units: group.units.map(({ id, name }) => ({ id, name })) }))
}
