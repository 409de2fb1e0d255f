import { redirect } from '@remix-run/node'
import { withSetupList } from '#app/jobs/setup-list.server.ts'
import { undoSetupList } from '#app/queries/setup-undo.server.ts'
import { setupTitles } from '#app/text/setup.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'
import { listIn } from './list.server.ts'
import { setupPreview } from './params.ts'

/** Takes an applied list back; where that is refused, its page names the rows that are in use. */
export const action = writes((visit, { params }) => {
  const list = listIn(visit, params.list)
  const batchId = idOf(params.batchId)
  const undone = withSetupList(visit.actor, list, work => undoSetupList(visit.actor, { list, batchId }, work))
  const page = `/quan-tri/danh-sach/${setupTitles[list].file}/${batchId}` as const
  return undone.ok
    ? redirectWith(page, 'da-huy', undone.undone)
    : redirect(setupPreview.to(page, { used: undone.names.slice(0, NAMED) }))
})

/** How many of the rows that are in use the page names. */
const NAMED = 5
