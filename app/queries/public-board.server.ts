import { asc, isNull } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { publishedBoard } from '#app/domain/api-shapes.ts'
import { addDays, type Day, daysBetween } from '#app/domain/calendar.ts'
import { campaignDay } from '#app/domain/pace.ts'
import type { Block, UnitKind } from '#app/domain/vocabulary.ts'
import { db } from '#db/client.server.ts'
import { type locality, unit } from '#db/schema.ts'
import { defaultCampaignId, findCampaign } from './campaign.server.ts'
import { campaignToChoose } from './campaign-choice.server.ts'
import { listIndicators } from './campaign-indicator.server.ts'
import { campaignToday } from './clock.server.ts'
import { listSchedule } from './collection.server.ts'
import { type IndicatorRow, indicatorsOf } from './indicator.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { allLocalities } from './locality.server.ts'
import { latestPublication } from './publication.server.ts'

/** A locality with the official statistics of the annex and, rounded, the citizens helped who live there. */
export type PublicLocality = {
  code: string
  parentCode: string | null
  level: (typeof locality.$inferSelect)['level']
  name: string
  /** those that have a target or a figure */
  indicators: IndicatorRow[]
  /** null: not published */
  people: number | null
}

/** A unit with its rounded figures. `people`, `officials` null: not published. */
export type PublicUnit = {
  id: number
  parentId: number | null
  name: string
  block: Block
  kind: UnitKind
  localityCode: string | null
  people: number | null
  officials: number | null
}

const SCHEDULE_DAYS = 14

/**
 * Returns all data of the public page and its JSON for a campaign, else for the one that is shown by default. These are
 * its day, the annex's targets, the official statistics, and the last published figures from records
 * (domain/disclosure.ts). Also the open ID-card points of the next two weeks. Contains no person's name.
 */
export function readPublicBoard(actor: Actor, campaignId?: number) {
  permit(actor, 'public.view', { unitPath: '' })
  const today = campaignToday()
  const campaign = findCampaign(campaignId ?? defaultCampaignId(today))
  if (!campaign) throw new Error('no campaign has been founded')
  const { regulation } = campaign
  const published = latestPublication(actor, campaign.id)
  return {
    campaign: {
      code: campaign.code,
      name: campaign.name,
      headline: campaign.headline || campaign.name,
      startsOn: regulation.startsOn,
      endsOn: regulation.endsOn,
      days: daysBetween(regulation.startsOn, regulation.endsOn) + 1,
      /** 0 or less before it begins or while none is chosen, more than `days` once it is over */
      day: campaignToChoose(today) === undefined ? campaignDay(today, regulation) : 0,
    },
    indicators: listIndicators(campaign.id),
    today,
    /** campaign instant of the figures from records; null: none published yet */
    takenAt: published?.takenAt ?? null,
    province: published?.figures.province ?? null,
    localities: publicLocalities(campaign.id, today, published?.figures.localities ?? {}),
    units: publicUnits(published?.figures.units ?? {}),
    points: publicPoints(campaign.id, today),
  }
}
export type PublicBoard = ReturnType<typeof readPublicBoard>

/** Brings what the public page shows into the shape for machines: no day before the campaign's first or after its last. */
export function publishedOf({ takenAt, campaign, ...read }: PublicBoard) {
  const { day, days } = campaign
  const shown = { ...campaign, day: Math.min(Math.max(day, 0), days), isOver: day > days }
  return publishedBoard.parse({
    ...read,
    campaign: shown,
    takenAt: takenAt === null ? null : new Date(takenAt).toISOString(),
  })
}

type Published = Record<string, { counted: number; officials: number | null }>

function publicLocalities(campaignId: number, today: Day, published: Published): PublicLocality[] {
  const rows = [...allLocalities(today)].sort((a, b) => (a.path < b.path ? -1 : 1))
  const { regulation } = rulesOf(campaignId)
  return indicatorsOf(campaignId, rows, { regulation, today }).map(({ code, level, name, indicators }, n) => ({
    code,
    parentCode: rows[n]?.parentCode ?? null,
    level,
    name,
    indicators: indicators.filter(row => row.total !== null || row.value !== null),
    people: published[code]?.counted ?? null,
  }))
}

/** The units below the province itself, whose own sum is the province's. */
function publicUnits(published: Published): PublicUnit[] {
  return db
    .select({
      id: unit.id,
      parentId: unit.parentId,
      name: unit.name,
      block: unit.block,
      kind: unit.kind,
      localityCode: unit.localityCode,
    })
    .from(unit)
    .where(isNull(unit.closedOn))
    .orderBy(asc(unit.path))
    .all()
    .filter(row => row.parentId !== null)
    .map(row => ({
      ...row,
      people: published[row.id]?.counted ?? null,
      officials: published[row.id]?.officials ?? null,
    }))
}

/** Points for ID cards and e-IDs that are open on one of the next days (plan III.3), the soonest first. */
function publicPoints(campaignId: number, today: Day) {
  return listSchedule(campaignId, today)
    .filter(point => point.fromOn <= addDays(today, SCHEDULE_DAYS))
    .map(({ kind, name, place, localityCode, fromOn, toOn, hours }) => ({
      kind,
      name,
      place,
      localityCode,
      fromOn,
      toOn,
      hours,
    }))
}
