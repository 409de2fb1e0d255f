import { z } from 'zod'
import { BLOCKS, INDICATORS, LOCALITY_LEVELS, POINT_KINDS, UNIT_KINDS } from './vocabulary.ts'

/** Shapes of what the interface gives out: parsed before it leaves, described by the same in the OpenAPI document. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const count = z.int().min(0)
const localityCode = z.string().regex(/^\d{2,10}$/)

const indicatorLine = z.object({
  indicator: z.enum(INDICATORS),
  total: count.nullable(),
  daily: count.nullable(),
  dueToday: count.nullable(),
  value: count.nullable(),
  asOfOn: day.nullable(),
  status: z.enum(['reached', 'on_pace', 'behind']).nullable(),
})

/** What the public page shows. */
export const publishedBoard = z.object({
  campaign: z.object({
    code: z.string(),
    name: z.string(),
    startsOn: day,
    endsOn: day,
    days: count,
    day: z.int(),
  }),
  today: day,
  takenAt: z.int().nullable(),
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
      indicators: z.array(indicatorLine),
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
