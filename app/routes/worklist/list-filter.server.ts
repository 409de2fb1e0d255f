import type { ListFilter } from '#app/queries/worklist.server.ts'
import { listFilter } from './params.ts'

/** Reads the filter of a unit's list from its address. */
export function listFilterIn(url: URL): Omit<ListFilter, 'unitPath'> {
  const { hamlet, bearer, ...words } = listFilter.read(url)
  return { ...words, hamlet: hamlet || undefined, bearer: /^(none|[ot]\d{1,15})$/.test(bearer) ? bearer : undefined }
}
