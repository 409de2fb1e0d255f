import { API_OPERATIONS, type ApiOperation, type ApiOperationName, problemDetails } from '#app/domain/api.ts'
import { indicatorCode } from '#app/domain/api-shapes.ts'
import type { Indicator } from '#app/domain/campaign-indicator.ts'
import { z } from '#app/domain/zod.ts'
import { apiIntroduction, apiTitle, operationTexts, problemTitles } from '#app/text/api.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'

type Named = Pick<Indicator, 'code' | 'name'>
/** `io`: what is sent need not name what has a default. `indicators`: those whose codes are listed where one is meant. */
type Describing = { io?: 'input' | 'output'; indicators?: readonly Named[] }

/** A shape as JSON Schema; where it holds the code of an indicator, those of the campaigns at work are listed. */
const schemaOf = (schema: z.ZodType, { io = 'output', indicators = [] }: Describing = {}) => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    override: ({ zodSchema, jsonSchema }) => {
      if ((zodSchema as unknown) !== indicatorCode || indicators.length === 0) return
      jsonSchema.enum = indicators.map(({ code }) => code)
      jsonSchema.description = indicators.map(({ code, name }) => `${code}: ${name}`).join('; ')
    },
  })
  return rest
}

/** The OpenAPI 3.1 document of the interface, made from the same shapes by which it answers. */
export function writeOpenApi(
  publicUrl: string,
  { name: province, hasDistricts, indicators }: { name: string; hasDistricts: boolean; indicators: readonly Named[] },
) {
  const texts = operationTexts(hasDistricts)
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, operation] of Object.entries(API_OPERATIONS) as [ApiOperationName, ApiOperation][])
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describeOperation(operation, { name, indicators, ...texts[name] }),
    }
  return {
    openapi: '3.1.0',
    info: { title: apiTitle(province), version: '1.0.0', description: apiIntroduction },
    servers: [{ url: publicUrl }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'Mã truy cập do Công an tỉnh cấp.' } },
      schemas: { Problem: schemaOf(problemDetails) },
    },
  }
}

function describeOperation(
  operation: ApiOperation,
  {
    name,
    summary,
    description,
    indicators,
  }: { name: ApiOperationName; summary: string; description: string; indicators: readonly Named[] },
) {
  const { scope, query, params, body, status, answer, csv } = operation
  return {
    operationId: name,
    summary,
    description:
      scope === null ? description : `${description} Phạm vi của mã: ${officeLabels.apiScope[scope]} (${scope}).`,
    ...(scope === null ? { security: [] } : {}),
    parameters: [...parametersOf(params, 'path', indicators), ...parametersOf(query, 'query', indicators)],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { [body.type]: { schema: schemaOf(body.schema, { io: 'input', indicators }) } },
          },
        }
      : {}),
    responses: {
      [status]: {
        description: summary,
        ...(operation.method === 'get' ? { headers: { ETag: { schema: { type: 'string' } } } } : {}),
        content: {
          'application/json': { schema: schemaOf(answer, { indicators }) },
          ...(csv ? { 'text/csv': { schema: { type: 'string' } } } : {}),
        },
      },
      ...(operation.method === 'get' ? { 304: { description: 'Chưa có gì mới' } } : {}),
      ...Object.fromEntries(
        problemsOf(operation).map(code => [
          code,
          {
            description: problemTitles[code],
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  }
}

function problemsOf({ scope, params, body, query }: ApiOperation): number[] {
  return [
    ...(body || Object.keys(query.shape).length > 0 ? [400] : []),
    ...(scope === null ? [] : [401, 403, 429]),
    ...(params || 'unitId' in query.shape ? [404] : []),
    ...(body ? [413] : []),
    500,
  ]
}

function parametersOf(shape: z.ZodObject | undefined, place: 'path' | 'query', indicators: readonly Named[]) {
  return Object.entries(shape?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType, { indicators }),
  }))
}
