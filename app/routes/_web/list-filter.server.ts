import { ASSIGNMENT_STATES, WORKLIST_LACKS } from '#app/domain/vocabulary.ts'
import type { ListFilter } from '#app/queries/worklist.server.ts'

/**
 * Reads the filter of a unit's list from the URL: state (`tt`), hamlet (`ap`), lack (`thieu`), bearer (`ai`: `none`,
 * `o12`, `t3`). Names are never in it.
 */
export function listFilterIn({ searchParams }: URL): Omit<ListFilter, 'unitPath'> {
  const text = (name: string) => searchParams.get(name)?.trim() || undefined
  const bearer = text('ai')
  return {
    state: ASSIGNMENT_STATES.find(state => state === text('tt')),
    lack: WORKLIST_LACKS.find(lack => lack === text('thieu')),
    hamlet: text('ap'),
    bearer: bearer && /^(none|[ot]\d{1,15})$/.test(bearer) ? bearer : undefined,
  }
}
