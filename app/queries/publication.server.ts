import { and, asc, desc, eq, gte, isNull } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { addDays, type Day, dayOf } from '#app/domain/calendar.ts'
import {
  discloseDay,
  discloseNested,
  type PastDay,
  type PublishedDay,
  type TrueCell,
  type Truth,
} from '#app/domain/disclosure/rules.ts'
import { type Draw, ROOT_CELL } from '#app/domain/disclosure/steps.ts'
import { db, prepared, snapshot, transact } from '#db/client.server.ts'
import { hasKeys, matching } from '#db/keys.server.ts'
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

/** How long (ms) a day that must not be published, or would repeat the last, is not looked at again; by campaign. */
const HOLD_MS = 60 * 60_000
const heldUntil = new Map<number, number>()

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
 * worker. Returns true if it published. False if it was done before, is too early or too late, figures are changing, the
 * campaign's keys are destroyed, or disclosure forbids new figures (domain/disclosure).
 */
export function publishDay(actor: Actor, campaignId: number): boolean {
  permit(actor, 'public.publish', { unitPath: rootUnit().path })
  const takenAt = campaignNow()
  const day = dayOf(takenAt)
  const { startsOn, endsOn } = rulesOf(campaignId).regulation
  if (day < startsOn || day > addDays(endsOn, DAYS_AFTER) || hasDay(campaignId, day) || isMoving(campaignId))
    return false
  if (!hasKeys({ campaignId }) || Date.now() < (heldUntil.get(campaignId) ?? 0)) return false
  const draw = drawOf(campaignId)
  const { province, ...truth } = snapshot(() => trueFigures(campaignId, draw))
  const disclosed = discloseDay(truth, historyOf(campaignId), draw)
  if (!disclosed) {
    heldUntil.set(campaignId, Date.now() + HOLD_MS)
    return false
  }
  const figures: Publication = { ...disclosed, province }
  transact(tx => {
    if (hasDay(campaignId, day)) return
    tx.insert(publication)
      .values({ campaignId, day, takenAt, figures: JSON.stringify(figures), truth: JSON.stringify(packed(truth)) })
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

/**
 * Draws where each cell's steps lie by the campaign's matching key, which stays as long as the campaign: the same on
 * every day, after restarts and after rotations, and nothing that the database alone tells.
 */
function drawOf(campaignId: number): Draw {
  const hash = matching({ campaignId })
  const drawn = new Map<string, number>()
  return cell => {
    const known = drawn.get(cell) ?? Buffer.from(hash('public figure', cell), 'base64url').readUInt32BE()
    drawn.set(cell, known)
    return known
  }
}

/** Every earlier day of a campaign, the oldest first. */
function historyOf(campaignId: number): PastDay[] {
  return db
    .select({ figures: publication.figures, truth: publication.truth })
    .from(publication)
    .where(eq(publication.campaignId, campaignId))
    .orderBy(asc(publication.day))
    .all()
    .map(row => ({
      published: JSON.parse(row.figures) as PublishedDay,
      truth: row.truth === null ? null : unpacked(JSON.parse(row.truth) as Packed),
    }))
}

/** True counts as a publication keeps them: key, parent, counted, staff, officials. */
type PackedCell = [TrueCell['key'], TrueCell['parentKey'], number, TrueCell['staff'], TrueCell['officials']]
type Packed = { localities: PackedCell[]; units: PackedCell[] }

function packed({ localities, units }: Truth): Packed {
  const pack = ({ key, parentKey, counted, staff, officials }: TrueCell): PackedCell => [
    key,
    parentKey,
    counted,
    staff,
    officials,
  ]
  return { localities: localities.map(pack), units: units.map(pack) }
}

function unpacked({ localities, units }: Packed): Truth {
  const unpack = ([key, parentKey, counted, staff, officials]: PackedCell): TrueCell => ({
    key,
    parentKey,
    counted,
    staff,
    officials,
  })
  return { localities: localities.map(unpack), units: units.map(unpack) }
}

function trueFigures(campaignId: number, draw: Draw) {
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
  const [reported = null, counted = null, verified = null] = discloseNested(
    [
      ['province reported', province?.reported ?? 0],
      [ROOT_CELL.counted, province?.counted ?? 0],
      ['province verified', province?.verified ?? 0],
    ],
    draw,
  )
  const people = trueUnits(campaignId, draw)
  return {
    localities: cells,
    units: people.cells,
    province: { reported, counted, verified, ...people.province },
  }
}

/** The units with their counts; headcounts of units above armed forces leave those out. */
function trueUnits(campaignId: number, draw: Draw) {
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
  const [officials = null, obligationBearers = null, allMet = null] = discloseNested(
    [
      [ROOT_CELL.officials, civil('officials')],
      ['province bearers', civil('obligationBearers')],
      ['province all met', civil('allMet')],
    ],
    draw,
  )
  return { cells, province: { officials, obligationBearers, allMet } }
}
