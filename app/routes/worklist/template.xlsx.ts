import { writeWorklistTemplate } from '#app/documents/worklist-template.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

/** The template is the same for everybody: written once, when somebody first asks. */
let template: Promise<Uint8Array> | undefined

export const loader = reads(async () => {
  template ??= writeWorklistTemplate()
  return workbookResponse(await template, 'mau-danh-sach-nguoi-dan', null)
})
