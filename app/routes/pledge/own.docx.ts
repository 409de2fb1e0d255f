import { writePledgePaper } from '#app/documents/pledge-paper.ts'
import { paperResponse } from '../_web/paper.server.ts'
import { reads } from '../_web/visit.server.ts'
import { ownPledgePaper } from './own-paper.server.ts'

/** One's own bản cam kết in force, as a document. */
export const loader = reads(async visit => {
  const { paper } = ownPledgePaper(visit)
  return paperResponse(await writePledgePaper(paper), 'ban-cam-ket', visit.campaign)
})
