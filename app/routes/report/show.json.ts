import { exportReport } from '#app/queries/report-export.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'

/** Exactly the bytes that were signed and hashed, to download; logged. Their SHA-256 is the report's hash. */
export const loader = reads(async ({ actor, campaign }, { params, url }) => {
  const version = url.searchParams.get('ban')
  const asked = {
    unitId: idOf(params.unitId),
    slug: params.period ?? '',
    version: version === null ? undefined : idOf(version),
  }
  const { text, hash, content } = found(
    await retryBusy(() => exportReport(actor, campaign.id, { ...asked, format: 'json' })),
  )
  return new Response(text, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="bao-cao-${asked.unitId}-${asked.slug}-ban-${content.version}.json"`,
      ETag: `"${hash}"`,
      'Cache-Control': 'no-store',
    },
  })
})
