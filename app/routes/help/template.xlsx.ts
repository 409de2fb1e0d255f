import { writeHelpTemplate } from '#app/documents/help-template.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

/** The template is the same for everybody: written once, when somebody first asks. */
let template: Promise<Uint8Array> | undefined

export const loader = reads(async () => {
  template ??= writeHelpTemplate()
  return workbookResponse(await template, 'mau-truong-hop')
})
