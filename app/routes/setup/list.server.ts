import { permit } from '#app/access/policy.ts'
import { SETUP_LISTS, type SetupList } from '#app/domain/setup/listed.ts'
import { hasDistricts, listCommunes } from '#app/queries/locality.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { setupTitles } from '#app/text/setup.ts'
import { notFound, type Visit } from '../_web/visit.server.ts'

/** The list that a part of an address names, for accounts that may edit it; 404 for any other word. */
export function listIn({ actor }: Visit, slug: string | undefined): SetupList {
  const list = SETUP_LISTS.find(known => setupTitles[known].file === slug)
  if (list === undefined) throw notFound()
  permit(actor, 'unit.edit', { unitPath: rootUnit().path })
  return list
}

/** True where a list may name districts: there are some, or no commune tells yet whether there are. */
export const mayHaveDistricts = ({ today }: Visit): boolean => hasDistricts(today) || listCommunes(today).length === 0
