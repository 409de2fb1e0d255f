import { writeHelpList } from '#app/documents/help-export.ts'
import { exportHelp } from '#app/queries/help-export.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { notFound, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { helpList } from './params.ts'
import { helpScope } from './scope.server.ts'

/** An official's own records as they are narrowed, to download; logged. */
export const loader = reads(async (visit, { url }) => {
  const { actor, campaign, at } = visit
  const { officialId } = actor
  if (officialId === null) throw notFound()
  const { kind } = helpList.read(url)
  const asked = { subject: 'official' as const, subjectId: officialId, filter: { officialId, kind } }
  const listed = await retryBusy(() => exportHelp(actor, campaign.id, asked))
  await noteShown(actor, { what: 'official_records', subjectId: officialId, count: listed.rows.length })
  const title = 'TRƯỜNG HỢP ĐÃ HỖ TRỢ'
  return workbookResponse(
    await writeHelpList({ title, campaign: campaign.code, asOf: at, ...listed, scope: helpScope(visit) }),
    'truong-hop',
    campaign,
  )
})
