import type { ListFilter } from '#app/queries/worklist.server.ts'
import { listFilter } from './params.ts'

/** Reads the filter of a unit's list from its address. */
export function listFilterIn(url: URL): Omit<ListFilter, 'unitPath'> {
  const { hamlet, ...words } = listFilter.read(url)
  return { ...words, hamlet: hamlet || undefined }
}
