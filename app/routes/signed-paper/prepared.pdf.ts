import { writePaperFile } from '#app/jobs/papers/paper-kind.server.ts'
import { download } from '../_web/download.server.ts'
import { notFound, reads } from '../_web/visit.server.ts'
import { askedPaper } from './paper.server.ts'

const NAMES = { pledge_list: 'danh-sach-cam-ket-ky-so', report: 'bao-cao-ky-so', minutes: 'bien-ban-ky-so' }

/** A prepared paper as a PDF to be signed with certificates, sealed so that it is known again; for who keeps it while it is open. */
export const loader = reads(async (visit, { params, context }) => {
  const { row, rules, mayKeep } = askedPaper(visit, params.paperId)
  if (!mayKeep || rules.closed(row) !== null) throw notFound()
  const bytes = await writePaperFile(visit.actor, row, `${context.publicUrl}/v`)
  return download(bytes, { name: `${NAMES[row.kind]}-${row.id}`, ending: 'pdf', campaign: visit.campaign })
})
