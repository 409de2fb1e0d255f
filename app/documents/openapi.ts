import { API_OPERATIONS, type ApiOperation, type ApiOperationName, problemDetails } from '#app/domain/api.ts'
import { z } from '#app/domain/zod.ts'
import { apiIntroduction, apiTitle, operationTexts, problemTitles } from '#app/text/api.ts'
import { labels } from '#app/text/vocabulary.ts'

/** `io`: what is sent need not name what has a default. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output' = 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io })
  return rest
}

/** The OpenAPI 3.1 document of the interface, made from the same shapes by which it answers. */
export function writeOpenApi(
  publicUrl: string,
  { name: province, hasDistricts }: { name: string; hasDistricts: boolean },
) {
  const texts = operationTexts(hasDistricts)
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, operation] of Object.entries(API_OPERATIONS) as [ApiOperationName, ApiOperation][])
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describeOperation(operation, { name, ...texts[name] }),
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
  { name, summary, description }: { name: ApiOperationName; summary: string; description: string },
) {
  const { scope, query, params, body, status, answer, csv } = operation
  return {
    operationId: name,
    summary,
    description: scope === null ? description : `${description} Phạm vi của mã: ${labels.apiScope[scope]} (${scope}).`,
    ...(scope === null ? { security: [] } : {}),
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body
      ? { requestBody: { required: true, content: { [body.type]: { schema: schemaOf(body.schema, 'input') } } } }
      : {}),
    responses: {
      [status]: {
        description: summary,
        ...(operation.method === 'get' ? { headers: { ETag: { schema: { type: 'string' } } } } : {}),
        content: {
          'application/json': { schema: schemaOf(answer) },
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

function parametersOf(shape: z.ZodObject | undefined, place: 'path' | 'query') {
  return Object.entries(shape?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType),
  }))
}
