import { writeSetupList } from '#app/documents/setup-workbook.ts'
import { withSetupList } from '#app/jobs/setup-list.server.ts'
import { setupTitles } from '#app/text/setup.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { listIn, mayHaveDistricts } from './list.server.ts'

/** The list as it is; importing it again changes nothing. */
export const loader = reads(async (visit, { params }) => {
  const list = listIn(visit, params.list)
  const rows = withSetupList(visit.actor, list, work => work.export())
  return workbookResponse(
    await writeSetupList(list, rows, { asOf: visit.at, hasDistricts: mayHaveDistricts(visit) }),
    setupTitles[list].file,
    null,
  )
})
