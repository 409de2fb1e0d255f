import type { HelpScope } from '#app/documents/help-template.ts'
import { hasDistricts } from '#app/queries/locality.server.ts'
import type { Visit } from '../_web/visit.server.ts'

/** What lists of records have columns for in the campaign that a visit shows. */
export const helpScope = ({ today, terms }: Pick<Visit, 'today' | 'terms'>): HelpScope => ({
  hasDistricts: hasDistricts(today),
  outcomes: terms.outcomes,
})
