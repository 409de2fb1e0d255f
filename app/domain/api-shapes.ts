import { z } from '#app/domain/zod.ts'
import { INDICATOR_STATUSES } from './indicator.ts'
import { REPORT_STATES } from './report.ts'
import { LOCALITY_CODE } from './setup/localities.ts'
import {
  BLOCKS,
  EXTRACT_SOURCES,
  EXTRACT_STATES,
  LOCALITY_LEVELS,
  OFFICIAL_RESULTS,
  POINT_KINDS,
  REPORT_KINDS,
  UNIT_KINDS,
} from './vocabulary.ts'

/** Shapes of what the interface gives out: parsed before it leaves, described by the same in the OpenAPI document. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const count = z.int().min(0)
const instant = z.iso.datetime({ offset: true })
const localityCode = z.string().regex(LOCALITY_CODE)

/** The code of an indicator of the campaign; the OpenAPI document lists those that there are. */
export const indicatorCode = z.string().min(1).max(40)
/** An indicator as the campaign names it, and its unit of count. */
const indicatorName = z.object({ code: indicatorCode, name: z.string(), unit: z.string() })

const indicatorLine = z.object({
  indicator: indicatorCode,
  total: count.nullable(),
  daily: count.nullable(),
  dueToday: count.nullable(),
  value: count.nullable(),
  asOfOn: day.nullable(),
  /** the locality's own figure, or the sum of as many of those below it */
  basis: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('own'), source: z.string() }),
      z.object({ kind: z.literal('sum'), have: count, of: count }),
    ])
    .nullable(),
  status: z.enum(INDICATOR_STATUSES),
  neededPerDay: count.nullable(),
  /** at the pace of the last 14 days: when the target is reached, at the earliest and at the latest */
  forecast: z.object({ on: day.nullable(), earliest: day.nullable(), latest: day.nullable(), atEnd: count }).nullable(),
})

/** What the public page shows. */
export const publishedBoard = z.object({
  campaign: z.object({
    code: z.string(),
    name: z.string(),
    startsOn: day,
    endsOn: day,
    days: count,
    /** 0 before it begins, `days` once it is over */
    day: count,
    isOver: z.boolean(),
  }),
  indicators: z.array(indicatorName),
  today: day,
  takenAt: instant.nullable(),
  province: z
    .object({
      reported: count.nullable(),
      counted: count.nullable(),
      verified: count.nullable(),
      officials: count.nullable(),
      obligationBearers: count.nullable(),
      allMet: count.nullable(),
    })
    .nullable(),
  localities: z.array(
    z.object({
      code: localityCode,
      parentCode: localityCode.nullable(),
      level: z.enum(LOCALITY_LEVELS),
      name: z.string(),
      indicators: z.array(indicatorLine.omit({ basis: true })),
      people: count.nullable(),
    }),
  ),
  units: z.array(
    z.object({
      id: z.int(),
      parentId: z.int().nullable(),
      name: z.string(),
      block: z.enum(BLOCKS),
      kind: z.enum(UNIT_KINDS),
      localityCode: localityCode.nullable(),
      people: count.nullable(),
      officials: count.nullable(),
    }),
  ),
  points: z.array(
    z.object({
      kind: z.enum(POINT_KINDS),
      name: z.string(),
      place: z.string(),
      localityCode,
      fromOn: day,
      toOn: day,
      hours: z.string(),
    }),
  ),
})

export const unitItem = z.object({
  id: z.int(),
  parentId: z.int().nullable(),
  name: z.string(),
  /** with the units above, as lists of the whole province call it */
  title: z.string(),
  kind: z.enum(UNIT_KINDS),
  block: z.enum(BLOCKS),
  localityCode: localityCode.nullable(),
})

const target = z.object({ total: count, daily: count })
const annexCells = z.record(indicatorCode, target)

/** The annex as printed: a row a locality, and the row of totals, which sums what is printed above it. */
export const targetTable = z.object({
  indicators: z.array(indicatorName),
  items: z.array(z.object({ code: localityCode, name: z.string(), targets: annexCells })),
  totals: annexCells,
})

export const indicatorItem = z.object({ code: localityCode, name: z.string(), ...indicatorLine.shape })

const threeFigures = { reported: count, counted: count, verified: count }

/** `reached`, `allMet` null: as `results` of `assessmentItem`; the others null: no version freezes them. */
export const unitTally = z.object({
  unitId: z.int(),
  name: z.string(),
  ...threeFigures,
  awaiting: count.nullable(),
  officials: count,
  quotaBearers: count.nullable(),
  targets: count,
  reached: count.nullable(),
  obligationBearers: count.nullable(),
  allMet: count.nullable(),
})

export const localityTally = z.object({
  code: localityCode,
  name: z.string(),
  level: z.enum(LOCALITY_LEVELS),
  ...threeFigures,
})

export const dayTally = z.object({ day, ...threeFigures })

export const reportItem = z.object({
  unitId: z.int(),
  name: z.string(),
  kind: z.enum(REPORT_KINDS),
  endsOn: day,
  dueAt: instant,
  state: z.enum(REPORT_STATES),
  version: count,
  signedAt: instant.nullable(),
})

/** `results` null: they, or what they leave of the unit above, would reveal those of one to four people. */
export const assessmentItem = z.object({
  unitId: z.int(),
  name: z.string(),
  officials: count,
  results: z
    .object(
      Object.fromEntries(OFFICIAL_RESULTS.map(result => [result, count])) as Record<
        (typeof OFFICIAL_RESULTS)[number],
        typeof count
      >,
    )
    .nullable(),
})

const extractState = z.enum(EXTRACT_STATES)
export const extractAccepted = z.object({ extractId: z.int(), state: extractState })
export const extractItem = z.object({
  extractId: z.int(),
  source: z.enum(EXTRACT_SOURCES),
  asOfOn: day,
  isFullList: z.boolean(),
  state: extractState,
  uploadedAt: instant,
  /** rows read, rows not taken, records of which the file speaks; null: not read yet */
  rows: count.nullable(),
  refused: count.nullable(),
  matched: count.nullable(),
})

export const figuresRecorded = z.object({ saved: count, unchanged: count })
