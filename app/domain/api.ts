import { z } from '#app/domain/zod.ts'
import {
  assessmentItem,
  dayTally,
  extractAccepted,
  extractItem,
  figuresRecorded,
  indicatorCode,
  indicatorItem,
  localityTally,
  publishedBoard,
  reportItem,
  targetTable,
  unitItem,
  unitTally,
} from './api-shapes.ts'
import { isDay } from './calendar.ts'
import { composed } from './letters.ts'
import { LOCALITY_CODE } from './setup/localities.ts'
import { type ApiScope, CARRIERS, EXTRACT_SOURCES } from './vocabulary.ts'

/** On what figures rest: frozen in a version of the assessments, or as they are now. */
const BASES = ['frozen', 'live'] as const
export type ApiBasis = (typeof BASES)[number]

/** One operation of the interface: the routes answer by it, the OpenAPI document describes it. */
export type ApiOperation = {
  method: 'get' | 'post'
  path: string
  /** null: anybody, without a token */
  scope: ApiScope | null
  query: z.ZodObject
  params?: z.ZodObject
  /** `multipart/form-data` or JSON, by its shape */
  body?: { type: 'application/json' | 'multipart/form-data'; schema: z.ZodObject }
  status: 200 | 201 | 202
  answer: z.ZodType
  /** a list that is also given as CSV, one line each */
  csv?: true
}

const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() })

/** A page of figures: whose they are, and whether they are frozen in a version or as they are now. */
const figuresOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    campaign: z.string(),
    basis: z.enum(BASES),
    /** null: live */
    version: z.int().nullable(),
    isProvisional: z.boolean(),
    ...pageOf(item).shape,
  })

const format = z.enum(['json', 'csv']).optional()
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max)
const page = { after: z.string().max(60).optional(), limit: whole(1, 200).default(100), format }
/** From the first version on the newest frozen one where nothing is asked for. */
const basis = z.enum(BASES).optional()
const realDay = z.string().refine(isDay)
const none = z.object({})

export const API_OPERATIONS = {
  openapi: {
    method: 'get',
    path: '/api/v1/openapi.json',
    scope: null,
    query: none,
    status: 200,
    answer: z.looseObject({ openapi: z.string() }),
  },
  published: { method: 'get', path: '/cong-khai.json', scope: null, query: none, status: 200, answer: publishedBoard },
  units: {
    method: 'get',
    path: '/api/v1/units',
    scope: 'read',
    query: z.object(page),
    status: 200,
    answer: pageOf(unitItem),
    csv: true,
  },
  targets: {
    method: 'get',
    path: '/api/v1/targets',
    scope: 'read',
    query: z.object({ format }),
    status: 200,
    answer: targetTable,
    csv: true,
  },
  indicators: {
    method: 'get',
    path: '/api/v1/indicators',
    scope: 'read',
    query: z.object({ ...page, indicator: indicatorCode.optional() }),
    status: 200,
    answer: pageOf(indicatorItem),
    csv: true,
  },
  recordFigures: {
    method: 'post',
    path: '/api/v1/indicators/figures',
    scope: 'figures',
    query: none,
    body: {
      type: 'application/json',
      schema: z.object({
        asOfOn: realDay,
        source: z.string().overwrite(composed).trim().min(1).max(200),
        reason: z.string().overwrite(composed).trim().max(500).default(''),
        figures: z
          .array(
            z.object({
              localityCode: z.string().regex(LOCALITY_CODE),
              indicator: indicatorCode,
              value: z.int().min(0).nullable(),
            }),
          )
          .min(1)
          .max(1000),
      }),
    },
    status: 201,
    answer: figuresRecorded,
  },
  unitTallies: {
    method: 'get',
    path: '/api/v1/tallies/units',
    scope: 'read',
    query: z.object({ ...page, basis }),
    status: 200,
    answer: figuresOf(unitTally),
    csv: true,
  },
  localityTallies: {
    method: 'get',
    path: '/api/v1/tallies/localities',
    scope: 'read',
    query: z.object(page),
    status: 200,
    answer: figuresOf(localityTally),
    csv: true,
  },
  dayTallies: {
    method: 'get',
    path: '/api/v1/tallies/days',
    scope: 'read',
    query: z.object({
      ...page,
      unitId: whole(1, 1e9).optional(),
      localityCode: z.string().regex(LOCALITY_CODE).optional(),
    }),
    status: 200,
    answer: figuresOf(dayTally),
    csv: true,
  },
  reports: {
    method: 'get',
    path: '/api/v1/reports',
    scope: 'read',
    query: z.object(page),
    status: 200,
    answer: pageOf(reportItem),
    csv: true,
  },
  assessments: {
    method: 'get',
    path: '/api/v1/assessments/units',
    scope: 'read',
    query: z.object({ ...page, basis }),
    status: 200,
    answer: figuresOf(assessmentItem),
    csv: true,
  },
  uploadExtract: {
    method: 'post',
    path: '/api/v1/extracts',
    scope: 'extracts',
    query: none,
    body: {
      type: 'multipart/form-data',
      schema: z.object({
        file: z.string().meta({ format: 'binary' }),
        source: z.enum(EXTRACT_SOURCES),
        asOfOn: realDay,
        isFullList: z.enum(['on']).optional(),
        localities: z.array(z.string()).optional(),
        carriers: z.array(z.enum(CARRIERS)).optional(),
      }),
    },
    status: 202,
    answer: extractAccepted,
  },
  extract: {
    method: 'get',
    path: '/api/v1/extracts/{extractId}',
    scope: 'extracts',
    query: none,
    params: z.object({ extractId: whole(1, 1e12) }),
    status: 200,
    answer: extractItem,
  },
} as const satisfies Record<string, ApiOperation>
export type ApiOperationName = keyof typeof API_OPERATIONS

/** RFC 9457: what went wrong, for a person (`title`, `detail`) and a program (`status`, `errors`). */
export const problemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
})
export type ProblemDetails = z.output<typeof problemDetails>
