import { and, asc, desc, eq, gte, isNull } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { addDays, type Day, dayOf } from '#app/domain/calendar.ts'
import { discloseDay, discloseNested, type PublishedDay, type TrueCell } from '#app/domain/disclosure.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { publication, unit } from '#db/schema.ts'
import { figuresOf, peopleFiguresOf } from './aggregate.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { figuresInMotion } from './job.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { allLocalities } from './locality.server.ts'
import { rootUnit } from './unit.server.ts'

/** Nested figures of the whole province, each null where it or what it leaves is too small. */
type ProvinceFigures = {
  reported: number | null
  counted: number | null
  verified: number | null
  /** without the armed forces */
  officials: number | null
  obligationBearers: number | null
  allMet: number | null
}

/** The figures published on one day, by locality code and unit id. */
export type Publication = PublishedDay & { province: ProvinceFigures }

/** Days after a campaign's last on which its figures are still brought up to date. */
const DAYS_AFTER = 60

/** The newest publication of a campaign; undefined before the first. */
export function latestPublication(actor: Actor, campaignId: number) {
  permit(actor, 'public.view', { unitPath: '' })
  const row = db
    .select()
    .from(publication)
    .where(eq(publication.campaignId, campaignId))
    .orderBy(desc(publication.day))
    .limit(1)
    .get()
  return row && { ...row, figures: JSON.parse(row.figures) as Publication }
}

/** Returns true while verdicts or people are being moved in bulk, so that the sums are inconsistent. */
function isMoving(campaignId: number): boolean {
  if (figuresInMotion(campaignId) !== null) return true
  return (
    prepared(
      `select 1 from job where state in ('queued', 'running') and kind in ('demo_load', 'roster_apply', 'help_apply')`,
    ).get() !== undefined
  )
}

/**
 * Publishes the permitted part of today's figures, if today has none yet: once a day, soon after midnight, by the
 * worker. Returns true if it published. False if it was done before, is too early or too late, figures are changing,
 * or disclosure forbids new figures (domain/disclosure.ts).
 */
export function publishDay(actor: Actor, campaignId: number): boolean {
  permit(actor, 'public.publish', { unitPath: rootUnit().path })
  const takenAt = campaignNow()
  const day = dayOf(takenAt)
  const { startsOn, endsOn } = rulesOf(campaignId).regulation
  if (day < startsOn || day > addDays(endsOn, DAYS_AFTER) || hasDay(campaignId, day) || isMoving(campaignId))
    return false
  const truth = transact(() => trueFigures(campaignId))
  const disclosed = discloseDay(truth, historyOf(campaignId))
  if (!disclosed) return false
  const figures: Publication = { ...disclosed, province: truth.province }
  transact(tx => {
    if (hasDay(campaignId, day)) return
    tx.insert(publication)
      .values({ campaignId, day, takenAt, figures: JSON.stringify(figures) })
      .run()
  })
  return true
}

function hasDay(campaignId: number, day: Day): boolean {
  return (
    db
      .select({ day: publication.day })
      .from(publication)
      .where(and(eq(publication.campaignId, campaignId), gte(publication.day, day)))
      .limit(1)
      .get() !== undefined
  )
}

/** Every earlier day of a campaign, the oldest first. */
function historyOf(campaignId: number): PublishedDay[] {
  return db
    .select({ figures: publication.figures })
    .from(publication)
    .where(eq(publication.campaignId, campaignId))
    .orderBy(asc(publication.day))
    .all()
    .map(row => JSON.parse(row.figures) as PublishedDay)
}

function trueFigures(campaignId: number) {
  const localities = allLocalities(campaignToday())
  const counts = figuresOf(
    campaignId,
    'locality',
    localities.map(row => row.code),
  )
  const cells: TrueCell[] = localities.map((row, n) => ({
    key: row.code,
    parentKey: row.parentCode,
    counted: counts[n]?.help.counted ?? 0,
    staff: null,
    officials: null,
  }))
  const province = counts[localities.findIndex(row => row.parentCode === null)]?.help
  const [reported = null, counted = null, verified = null] = discloseNested([
    province?.reported ?? 0,
    province?.counted ?? 0,
    province?.verified ?? 0,
  ])
  const people = trueUnits(campaignId)
  return {
    localities: cells,
    units: people.cells,
    province: { reported, counted, verified, ...people.province },
  }
}

/** The units with their counts; headcounts of units above armed forces leave those out. */
function trueUnits(campaignId: number) {
  const units = db.select().from(unit).where(isNull(unit.closedOn)).orderBy(asc(unit.path)).all()
  const keys = units.map(row => String(row.id))
  const figures = figuresOf(campaignId, 'unit', keys)
  const topmostArmed = units.filter(row => row.path === row.guardPath)
  const armed = peopleFiguresOf(
    campaignId,
    'unit',
    topmostArmed.map(row => String(row.id)),
  )
  const cells = units.map((row, n): TrueCell => {
    const staff = figures[n]?.people.officials ?? 0
    const armedBelow = topmostArmed.reduce(
      (sum, { path }, m) => sum + (path.startsWith(row.path) ? (armed[m]?.officials ?? 0) : 0),
      0,
    )
    return {
      key: String(row.id),
      parentKey: row.parentId === null ? null : String(row.parentId),
      counted: figures[n]?.help.counted ?? 0,
      staff,
      officials: row.guardPath === null ? staff - armedBelow : null,
    }
  })
  const whole = figures[units.findIndex(row => row.parentId === null)]?.people
  const civil = (metric: 'officials' | 'obligationBearers' | 'allMet') =>
    armed.reduce((left, people) => left - people[metric], whole?.[metric] ?? 0)
  const [officials = null, obligationBearers = null, allMet = null] = discloseNested([
    civil('officials'),
    civil('obligationBearers'),
    civil('allMet'),
  ])
  return { cells, province: { officials, obligationBearers, allMet } }
}
