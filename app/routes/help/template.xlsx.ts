import { writeHelpTemplate } from '#app/documents/help-template.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { helpScope } from './scope.server.ts'

/** The template is the same for everybody who has the same columns: each written once, when somebody first asks. */
const templates = new Map<string, Promise<Uint8Array>>()

export const loader = reads(async visit => {
  const scope = helpScope(visit)
  const key = JSON.stringify(scope)
  const template = templates.get(key) ?? writeHelpTemplate(scope)
  templates.set(key, template)
  return workbookResponse(await template, 'mau-truong-hop', null)
})
