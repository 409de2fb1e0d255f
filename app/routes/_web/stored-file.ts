import { retryBusy } from '#app/queries/retry.server.ts'
import { openFile } from '#app/queries/stored-file.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { found, idOf, reads } from './visit.server.ts'

const ENDINGS = { 'image/png': 'png', 'image/jpeg': 'jpg', 'application/pdf': 'pdf' }

/** A stored file to download, never to be shown by the browser within our origin; opening it is logged. */
export const loader = reads(async ({ actor, campaign }, { params }) => {
  const fileId = idOf(params.fileId)
  const { mediaType, content } = found(await retryBusy(() => openFile(actor, campaign.id, fileId)))
  await noteShown(actor, { what: 'evidence_file', subjectId: fileId, count: 1 })
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': mediaType,
      'Content-Length': String(content.length),
      'Content-Disposition': `attachment; filename="tep-${fileId}.${ENDINGS[mediaType]}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
})
