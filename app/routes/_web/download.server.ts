import { campaignSlug } from '#app/domain/campaign.ts'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ics: 'text/calendar; charset=utf-8',
  json: 'application/json; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
} as const

/** The campaign whose figures and people a file holds; null: of the whole province, or a template. */
export type OfCampaign = { code: string } | null

/**
 * A file to download. Its name is plain ASCII and ends with the plan's number, so that files of several campaigns do not
 * take each other's place. Never kept by caches: it is as of now.
 */
export function download(
  body: Uint8Array | string,
  {
    name,
    ending,
    campaign,
    headers = {},
  }: { name: string; ending: keyof typeof TYPES; campaign: OfCampaign; headers?: Record<string, string> },
): Response {
  const whole = campaign === null ? name : `${name}-${campaignSlug(campaign.code)}`
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    headers: {
      'Content-Type': TYPES[ending],
      'Content-Disposition': `attachment; filename="${whole}.${ending}"`,
      'Cache-Control': 'no-store',
      ...headers,
    },
  })
}
