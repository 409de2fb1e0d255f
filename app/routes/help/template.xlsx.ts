import { writeHelpTemplate } from '#app/documents/help-template.ts'
import { hasDistricts } from '#app/queries/locality.server.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

/** The template is the same for everybody, with districts and without: each written once, when somebody first asks. */
const templates = new Map<boolean, Promise<Uint8Array>>()

export const loader = reads(async ({ today }) => {
  const isDivided = hasDistricts(today)
  const template = templates.get(isDivided) ?? writeHelpTemplate(isDivided)
  templates.set(isDivided, template)
  return workbookResponse(await template, 'mau-truong-hop')
})
