import type { LoaderFunctionArgs } from '@remix-run/node'
import { writeOpenApi } from '#app/documents/openapi.ts'
import { API_OPERATIONS } from '#app/domain/api.ts'
import { indicatorsAtWork } from '#app/queries/campaign.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { hasDistricts } from '#app/queries/locality.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { answer } from './answer.server.ts'

/** The description of the interface, for everybody. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const today = campaignToday()
  const response = answer(
    request,
    API_OPERATIONS.openapi,
    writeOpenApi(context.publicUrl, {
      name: currentProvince().name,
      hasDistricts: hasDistricts(today),
      indicators: indicatorsAtWork(today),
    }),
  )
  response.headers.set('Cache-Control', 'public, max-age=300')
  response.headers.set('Access-Control-Allow-Origin', '*')
  return response
}
