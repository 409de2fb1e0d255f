import { exportReport } from '#app/queries/report-export.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { found, reads } from '../_web/visit.server.ts'
import { askedReport } from './asked-report.server.ts'

/** Exactly the bytes that were signed and hashed, to download; logged. Their SHA-256 is the report's hash. */
export const loader = reads(async ({ actor, campaign }, { params, url }) => {
  const asked = askedReport(params, url)
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
