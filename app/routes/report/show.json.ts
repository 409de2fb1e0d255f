import { exportReport } from '#app/queries/report-export.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { download } from '../_web/download.server.ts'
import { found, reads } from '../_web/visit.server.ts'
import { askedReport } from './asked-report.server.ts'

/** Exactly the bytes that were signed and hashed, to download; logged. Their SHA-256 is the report's hash. */
export const loader = reads(async ({ actor, campaign }, { params, url }) => {
  const asked = askedReport(params, url)
  const { text, hash, content } = found(
    await retryBusy(() => exportReport(actor, campaign.id, { ...asked, format: 'json' })),
  )
  return download(text, {
    name: `bao-cao-${asked.unitId}-${asked.slug}-ban-${content.version}`,
    ending: 'json',
    campaign,
    headers: { ETag: `"${hash}"` },
  })
})
