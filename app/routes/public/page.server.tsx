import { createHash } from 'node:crypto'
import type { LoaderFunctionArgs } from '@remix-run/node'
import type { ReactElement } from 'react'
import type { Actor } from '#app/access/policy.ts'
import { campaignSlug } from '#app/domain/campaign.ts'
import { leadingIndicator } from '#app/domain/campaign-indicator.ts'
import { notFound } from '#app/domain/refusal.ts'
import { tileCells } from '#app/domain/tile-map.ts'
import { campaignBySlug, defaultCampaignId, runningCampaigns } from '#app/queries/campaign.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { hasDistricts } from '#app/queries/locality.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import {
  type PublicBoard,
  type PublicLocality,
  type PublicUnit,
  readPublicBoard,
} from '#app/queries/public-board.server.ts'
import { tileLayout } from '#app/queries/tile-map.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { capitalize } from '#app/text/board.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { bareName } from '#app/text/level.ts'
import { writeStaticPage } from '#app/ui/page-writer.server.ts'
import type { LocalityLine, PointLine, UnitLine } from '#app/ui/public-board.tsx'
import type { PublicSite } from '#app/ui/public-document.tsx'
import { type ProvincePage, unitsByBlock } from '#app/ui/public-pages.tsx'
import stylesheet from '#app/ui/styles.css?url'
import type { Tile } from '#app/ui/tile-map.tsx'

const anonymous: Actor = { kind: 'anonymous' }
/** How long one reading serves everybody; between two days only official figures and the schedule change. */
const FRESH_MS = 30_000
const MOST_KEPT = 200

type Kept = { body: string; tag: string; until: number }
const kept = new Map<string, Kept>()
const boards = new Map<number, { read: PublicBoard; until: number }>()

/** A campaign's board, read at most once in a while for everybody. */
function boardOf(campaignId: number): PublicBoard {
  const now = performance.now()
  const known = boards.get(campaignId)
  if (known && known.until > now) return known.read
  const read = readPublicBoard(anonymous, campaignId)
  boards.set(campaignId, { read, until: now + FRESH_MS })
  return read
}

/**
 * The board of the campaign that a public address names; without a name that of the campaign which is shown by default
 * (`defaultCampaignId`). Undefined where no campaign has that address.
 */
export function publicBoard({ campaign: slug }: LoaderFunctionArgs['params']): PublicBoard | undefined {
  if (slug === undefined) return boardOf(defaultCampaignId(campaignToday()))
  const named = campaignBySlug(slug)
  return named && boardOf(named.id)
}

/** The address of the pages of a board: under the campaign's own where the reader came by it. */
export const baseOf = ({ campaign: slug }: LoaderFunctionArgs['params']) =>
  slug === undefined ? '/cong-khai' : `/cong-khai/${slug}`

/** The campaigns among which the public page lets choose: those that run, where they are several. */
export function campaignsToChoose() {
  const running = runningCampaigns(campaignToday())
  return running.length < 2
    ? []
    : running.map(({ code, name, regulation: { startsOn, endsOn } }) => ({
        to: `/cong-khai/${campaignSlug(code)}`,
        code,
        name,
        startsOn,
        endsOn,
      }))
}

/**
 * Answers a public address with the result of `make`, computed at most once per period. It is 304 if unchanged since
 * the reader's last visit. `make` undefined: there is no such page.
 */
export function answerPublic(
  { request }: Pick<LoaderFunctionArgs, 'request'>,
  contentType: string,
  make: () => string | undefined,
): Response {
  const { pathname } = new URL(request.url)
  const now = performance.now()
  let entry = kept.get(pathname)
  if (!entry || entry.until <= now) {
    const body = make()
    if (body === undefined) throw notFound()
    if (kept.size >= MOST_KEPT) kept.clear()
    const tag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    entry = { body, tag, until: now + FRESH_MS }
    kept.set(pathname, entry)
  }
  const headers = {
    'Cache-Control': 'public, max-age=60, stale-while-revalidate=600',
    ETag: entry.tag,
  }
  const known = request.headers.get('If-None-Match')?.split(',') ?? []
  if (known.some(tag => tag.trim() === entry.tag)) return new Response(null, { status: 304, headers })
  return new Response(entry.body, { headers: { ...headers, 'Content-Type': contentType } })
}

/** A public page as HTML; `page` gets the site around it. */
export function answerPublicPage(
  args: LoaderFunctionArgs,
  page: (site: PublicSite) => ReactElement | undefined,
): Response {
  const { publicUrl, isDemo } = args.context
  return answerPublic(args, 'text/html; charset=utf-8', () => {
    const element = page({
      stylesheet,
      publicUrl,
      isDemo,
      province: currentProvince(),
      hasDistricts: hasDistricts(campaignToday()),
    })
    return element && writeStaticPage(element)
  })
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'vi')

/** The province itself among the localities. */
const wholeOf = (read: PublicBoard) => read.localities.find(row => row.parentCode === null)

/** Those that have a page of their own: what lies directly below the province, district or commune. */
export const hasPage = (read: PublicBoard, { parentCode }: PublicLocality) =>
  parentCode !== null && parentCode === wholeOf(read)?.code

const localityLine = (row: PublicLocality, read: PublicBoard, base: string): LocalityLine => ({
  code: row.code,
  name: capitalize(row.name),
  people: row.people,
  indicators: row.indicators,
  to: hasPage(read, row) ? `${base}/dia-ban/${row.code}` : undefined,
})

export const unitLine = ({ id, name, block, people, officials }: PublicUnit): UnitLine & Pick<PublicUnit, 'block'> => ({
  id,
  name,
  block,
  people,
  officials,
  isArmed: block === 'armed_forces',
})

/** Localities below one, in the order of their names. */
export function localitiesBelow(read: PublicBoard, code: string, base: string): LocalityLine[] {
  return read.localities
    .filter(row => row.parentCode === code)
    .map(row => localityLine(row, read, base))
    .sort(byName)
}

/** Points in a locality or one directly below it. */
export function pointsIn(read: PublicBoard, code: string): PointLine[] {
  const codes = new Set([code, ...read.localities.filter(row => row.parentCode === code).map(row => row.code)])
  const names = new Map(read.localities.map(({ code, name }) => [code, name]))
  return read.points
    .filter(point => codes.has(point.localityCode))
    .map(({ localityCode, ...point }) => ({ ...point, locality: names.get(localityCode) ?? '' }))
}

/**
 * Returns the day of the page and the instant of the figures from records; nothing that changes from minute to minute.
 */
export const stamps = ({ today, takenAt }: PublicBoard) => ({
  asOf: `Tính đến ${formatDay(today)}`,
  today,
  takenAt: takenAt === null ? null : formatInstant(takenAt),
})

/** A locality with a target of an indicator, as the map draws it. */
function tileOf({ code, name, indicators }: LocalityLine, leading: string | undefined, base: string): Tile[] {
  const line = indicators.find(({ indicator }) => indicator === leading)
  if (!line?.total) return []
  const { value, total, word } = line
  return [{ code, name: bareName(name), value, total, word, to: `${base}/dia-ban/${code}` }]
}

/** Returns the data of the page of the whole province; its links lie below `base`. */
export function provincePage(
  read: PublicBoard,
  { publicUrl, province, hasDistricts, base }: PublicSite & { base: string },
): ProvincePage {
  const whole = wholeOf(read)
  const leading = leadingIndicator(read.indicators)?.code
  const below = localitiesBelow(read, whole?.code ?? '', base)
  const rootId = rootUnit().id
  return {
    ...stamps(read),
    campaign: read.campaign,
    people: whole?.people ?? null,
    names: read.indicators,
    indicators: whole?.indicators ?? [],
    localities: below,
    cells: tileCells(
      below.flatMap(row => tileOf(row, leading, base)),
      tileLayout(),
    ),
    hasDistricts,
    blocks: unitsByBlock(
      read.units
        .filter(row => row.parentId === rootId)
        .map(unitLine)
        .sort(byName),
    ),
    points: below
      .map(({ code, name }) => ({ place: name, points: pointsIn(read, code) }))
      .filter(({ points }) => points.length > 0),
    publicUrl,
    base,
    province,
  }
}
