import { writePaperFile } from '#app/jobs/papers/paper-kind.server.ts'
import { download } from '../_web/download.server.ts'
import { notFound, reads } from '../_web/visit.server.ts'
import { askedPaper } from './paper.server.ts'

const NAMES = { pledge_list: 'danh-sach-cam-ket-ky-so', report: 'bao-cao-ky-so' }

/** A prepared paper as a PDF to be signed with certificates, sealed so that it is known again; for who keeps it. */
export const loader = reads(async (visit, { params, context }) => {
  const { row, mayKeep } = askedPaper(visit, params.paperId)
  if (!mayKeep) throw notFound()
  const bytes = await writePaperFile(row, `${context.publicUrl}/v`)
  return download(bytes, { name: `${NAMES[row.kind]}-${row.id}`, ending: 'pdf', campaign: visit.campaign })
})
