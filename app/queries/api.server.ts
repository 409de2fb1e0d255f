import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { type Actor, can } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import type { ApiBasis } from '#app/domain/api.ts'
import { type Day, daysFrom } from '#app/domain/calendar.ts'
import type { MemberSums } from '#app/domain/closing.ts'
import { tellableGroups } from '#app/domain/disclosure/groups.ts'
import { periodSlug } from '#app/domain/report.ts'
import { db } from '#db/client.server.ts'
import { unit } from '#db/schema.ts'
import { dayFigures, figuresOf } from './aggregate.server.ts'
import { listIndicatorTargets } from './campaign.server.ts'
import { listIndicators } from './campaign-indicator.server.ts'
import { campaignToday } from './clock.server.ts'
import { findExtract } from './extract.server.ts'
import { frozenSums, resultsByUnit, sourceOf, type UnitResults } from './frozen-figures.server.ts'
import { indicatorsOf } from './indicator.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { allLocalities, findLocality } from './locality.server.ts'
import { isLocalitySeen } from './locality-board.server.ts'
import { reportStates } from './report.server.ts'
import { unitTitles } from './unit-title.server.ts'

/**
 * The data of the API: sums of a token's subtree through the same matrix as the pages, and no personal data. Lists are
 * keyset pages: `after` names the last row of the page before, `next` this page's; null: no row follows.
 */
export type Page = { after?: string; limit: number }
type Paged<T> = { items: T[]; next: string | null }

/** One page of a list that is held whole, in the order of its keys. */
function pageOf<T>(rows: readonly T[], { after, limit }: Page, keyOf: (row: T) => string): Paged<T> {
  const start = after === undefined ? 0 : rows.findIndex(row => keyOf(row) === after) + 1
  if (after !== undefined && start === 0) return { items: [], next: null }
  const items = rows.slice(start, start + limit)
  const last = items.at(-1)
  return { items, next: start + limit < rows.length && last !== undefined ? keyOf(last) : null }
}

function unitPage(actor: Actor, { after, limit }: Page) {
  const rows = db
    .select({
      id: unit.id,
      parentId: unit.parentId,
      name: unit.name,
      kind: unit.kind,
      block: unit.block,
      localityCode: unit.localityCode,
      path: unit.path,
    })
    .from(unit)
    .where(
      and(
        isNull(unit.closedOn),
        within(actor, 'unit.view', { unitPath: unit.path }),
        after === undefined ? undefined : gt(unit.id, Number(after) || 0),
      ),
    )
    .orderBy(asc(unit.id))
    .limit(limit + 1)
    .all()
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null }
}

/** Open units by id; `parentId` null also where the unit above is out of the token's sight. */
export function apiUnits(actor: Actor, page: Page) {
  const { items, next } = unitPage(actor, page)
  const titleOf = unitTitles(items.map(({ id }) => id))
  return {
    items: items.map(({ path, ...row }) => ({
      ...row,
      title: titleOf(row.id),
      parentId: can(actor, 'unit.view', { unitPath: path.replace(/\d+\/$/, '') }) ? row.parentId : null,
    })),
    next,
  }
}

/**
 * Each unit's sums with everything below it: those of its people in the newest frozen version, or as its board shows
 * them now. `reached`, `allMet` null: they would reveal the results of individuals, as in `apiAssessments`; null also
 * where no version freezes them.
 */
export function apiUnitTallies(actor: Actor, campaignId: number, { basis, ...page }: Page & { basis?: ApiBasis }) {
  const { source, closing } = sourceOf(campaignId, { basis })
  const { items, next } = unitPage(actor, page)
  if (closing) {
    const sums = frozenSums(closing)
    return { ...source, items: items.flatMap(row => frozenTally(row, sums.get(row.id)) ?? []), next }
  }
  const figures = figuresOf(
    campaignId,
    'unit',
    items.map(row => String(row.id)),
  )
  const told = tellableUnits(resultsByUnit(campaignId, undefined))
  return {
    ...source,
    items: items.flatMap(({ id, name }, n) => {
      const of = figures[n]
      if (!of) return []
      const isTold = told.has(id)
      const { reported, counted, verified, awaiting } = of.help
      const { officials, quotaBearers, targets, reached, obligationBearers, allMet } = of.people
      const people = {
        officials,
        quotaBearers,
        targets,
        reached: isTold ? reached : null,
        obligationBearers,
        allMet: isTold ? allMet : null,
      }
      return [{ unitId: id, name, reported, counted, verified, awaiting, ...people }]
    }),
    next,
  }
}

/** A collective's frozen sums as a tally; what no version freezes is null. */
function frozenTally({ id, name }: { id: number; name: string }, sums: MemberSums | undefined) {
  if (!sums) return undefined
  const { officials, reported, counted, verified, target } = sums
  return {
    unitId: id,
    name,
    reported,
    counted,
    verified,
    awaiting: null,
    officials,
    quotaBearers: null,
    targets: target,
    reached: null,
    obligationBearers: null,
    allMet: null,
  }
}

/** Localities in the token's sight, by code. */
function seenLocalities(actor: Actor) {
  return allLocalities(campaignToday()).filter(row => isLocalitySeen(actor, row.path))
}

/** The help records of the citizens of each locality, as they are now: no version freezes them. */
export function apiLocalityTallies(actor: Actor, campaignId: number, page: Page) {
  const { items, next } = pageOf(seenLocalities(actor), page, row => row.code)
  const figures = figuresOf(
    campaignId,
    'locality',
    items.map(row => row.code),
  )
  return {
    ...sourceOf(campaignId, { isFrozen: false }).source,
    items: items.flatMap(({ code, name, level }, n) => {
      const help = figures[n]?.help
      return help
        ? [{ code, name, level, reported: help.reported, counted: help.counted, verified: help.verified }]
        : []
    }),
    next,
  }
}

/**
 * Returns the days of one unit or one locality, by the day helped, as they are now; days without a record are left
 * out. Where neither is named it is the token's own unit. Undefined if it does not exist or is not visible.
 */
export function apiDayTallies(
  actor: Actor,
  campaignId: number,
  { unitId, localityCode, after, limit }: Page & { unitId?: number; localityCode?: string },
) {
  const own = actor.kind === 'token' ? Number(actor.unitPath.split('/').at(-2)) : undefined
  const key = localityCode === undefined ? unitKey(actor, unitId ?? own ?? 0) : localityKey(actor, localityCode)
  if (!key) return undefined
  const { startsOn, endsOn } = rulesOf(campaignId).regulation
  const days = daysFrom(startsOn, endsOn).filter(day => after === undefined || day > after)
  const rows = dayFigures(campaignId, key.dimension, key.key, days).map(({ day, reported, counted, verified }) => ({
    day,
    reported,
    counted,
    verified,
  }))
  const items = rows.slice(0, limit)
  const { source } = sourceOf(campaignId, { isFrozen: false })
  return { ...source, items, next: rows.length > limit ? (items.at(-1)?.day ?? null) : null }
}

function unitKey(actor: Actor, unitId: number) {
  const row = db.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId)).get()
  return row && can(actor, 'unit.view', { unitPath: row.path })
    ? { dimension: 'unit' as const, key: String(unitId) }
    : undefined
}

function localityKey(actor: Actor, code: string) {
  const row = findLocality(code, campaignToday())
  return row && isLocalitySeen(actor, row.path) ? { dimension: 'locality' as const, key: code } : undefined
}

/** The annex of the campaign, which is public: its indicators, a row a district in the order of print, the totals. */
export function apiTargets(campaignId: number) {
  const rows = listIndicatorTargets(campaignId)
  const indicators = listIndicators(campaignId)
  const of = (cells: typeof rows) =>
    Object.fromEntries(
      indicators.map(({ code }) => {
        const own = cells.filter(cell => cell.indicator === code)
        const sum = (value: (cell: (typeof rows)[number]) => number) =>
          own.reduce((total, cell) => total + value(cell), 0)
        return [code, { total: sum(cell => cell.total), daily: sum(cell => cell.daily) }]
      }),
    )
  const printed = new Map(rows.map(row => [row.localityCode, `${row.localityType} ${row.localityName}`]))
  return {
    indicators: indicators.map(({ code, name, unit }) => ({ code, name, unit })),
    items: [...printed].map(([code, name]) => ({
      code,
      name,
      targets: of(rows.filter(row => row.localityCode === code)),
    })),
    totals: of(rows),
  }
}

/** Lists the indicators of the visible localities: target, newest figure, due share and state. */
export function apiIndicators(
  actor: Actor,
  campaignId: number,
  { today, indicator, ...page }: Page & { today: Day; indicator?: string },
) {
  const { regulation } = rulesOf(campaignId)
  const rows = indicatorsOf(campaignId, seenLocalities(actor), { regulation, today }).flatMap(
    ({ code, name, indicators }) =>
      indicators
        .filter(row => indicator === undefined || row.indicator === indicator)
        .filter(row => row.total !== null || row.value !== null)
        .map(row => ({ code, name, ...row })),
  )
  return pageOf(rows, page, row => `${row.code}/${row.indicator}`)
}

const isoOf = (at: number) => new Date(at).toISOString()

/** Each unit's reports, period by period: awaited, in time, late, missing. */
export function apiReports(actor: Actor, campaignId: number, unitPath: string, page: Page) {
  const { periods, units } = reportStates(actor, campaignId, unitPath)
  const rows = units.flatMap(({ unitId, name, cells }) =>
    cells.flatMap((cell, n) => {
      const period = periods[n]
      if (!period || cell.state === 'not_owed') return []
      const { kind, endsOn, dueAt } = period
      const signedAt = cell.signedAt === null ? null : isoOf(cell.signedAt)
      return [{ unitId, name, kind, endsOn, dueAt: isoOf(dueAt), state: cell.state, version: cell.version, signedAt }]
    }),
  )
  return pageOf(rows, page, row => `${row.unitId}/${periodSlug(row)}`)
}

/** The units whose exact results no subtraction turns into those of one to four people. */
function tellableUnits(units: readonly UnitResults[]): Set<number> {
  const told = tellableGroups(
    units.map(({ id, parentId, officials }) => ({
      key: String(id),
      parentKey: parentId === null ? null : String(parentId),
      people: officials,
    })),
  )
  return new Set([...told].map(Number))
}

/**
 * Returns how many officials of each unit, with everything below it, have each result: in the newest frozen version, or
 * now. `results` null: they, or what they leave of the unit above, would reveal those of individuals
 * (domain/disclosure/groups.ts).
 */
export function apiAssessments(actor: Actor, campaignId: number, { basis, ...page }: Page & { basis?: ApiBasis }) {
  const { source, closing } = sourceOf(campaignId, { basis })
  const { items, next } = unitPage(actor, page)
  const seen = items.filter(row => can(actor, 'assessment.view_units', { unitPath: row.path }))
  const units = resultsByUnit(campaignId, closing)
  const byId = new Map(units.map(row => [row.id, row]))
  const told = tellableUnits(units)
  return {
    ...source,
    items: seen.flatMap(({ id, name }) => {
      const row = byId.get(id)
      return row ? [{ unitId: id, name, officials: row.officials, results: told.has(id) ? row.results : null }] : []
    }),
    next,
  }
}

/** Returns the progress of a file of extracted data, in counts; undefined if there is none or it is not visible. */
export function apiExtract(actor: Actor, campaignId: number, extractId: number) {
  const row = findExtract(actor, campaignId, extractId)
  if (!row) return undefined
  const { id, source, asOfOn, isFullList, state, uploadedAt, summary } = row
  return {
    extractId: id,
    source,
    asOfOn,
    isFullList,
    state,
    uploadedAt: isoOf(uploadedAt),
    rows: summary.counts?.rows ?? null,
    refused: summary.counts?.problems ?? null,
    matched: summary.matched ?? null,
  }
}
