import { writeSetupTemplate } from '#app/documents/setup-workbook.ts'
import { setupTitles } from '#app/text/setup.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { listIn, mayHaveDistricts } from './list.server.ts'

export const loader = reads(async (visit, { params }) => {
  const list = listIn(visit, params.list)
  return workbookResponse(
    await writeSetupTemplate(list, mayHaveDistricts(visit)),
    `mau-${setupTitles[list].file}`,
    null,
  )
})
