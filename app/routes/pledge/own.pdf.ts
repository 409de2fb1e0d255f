import { sealPaper } from '#app/documents/paper-seal.ts'
import { writePreparedPledge } from '#app/documents/prepared-pledge.ts'
import { paperSealer } from '#app/queries/signed-pledge.server.ts'
import { download } from '../_web/download.server.ts'
import { reads } from '../_web/visit.server.ts'
import { ownPledgePaper } from './own-paper.server.ts'

/** One's own bản cam kết in force as a PDF to be signed with a certificate, sealed so that it is known again. */
export const loader = reads(async visit => {
  const { pledgeId, paper } = ownPledgePaper(visit)
  const { campaign } = visit
  const bytes = sealPaper(await writePreparedPledge(paper, pledgeId), paperSealer(campaign.id))
  return download(bytes, { name: 'ban-cam-ket-ky-so', ending: 'pdf', campaign })
})
