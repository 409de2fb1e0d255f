import { type Action, type Actor, can } from '#app/access/policy.ts'
import { type ListHead, type RememberedHeads, rememberHeads } from '#app/domain/list.ts'
import { forbidden, found } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { logEvent } from './event.server.ts'

/** The lists of tables that are read at once, each with the rights of which one is taken at the unit. */
const TABLE_RIGHTS = {
  outreach: ['outreach.log'],
  collection_days: ['collection.keep'],
  indicator_figures: ['figure.record', 'figure.record_telecom'],
} as const satisfies Record<string, readonly Action[]>
export type ReadTable = keyof typeof TABLE_RIGHTS

/** The lists whose heads are remembered. */
type HeadedList = 'roster' | 'help' | 'worklist' | 'units' | 'localities' | ReadTable

/** What the heads of a unit's list meant when a person said so last. */
export function rememberedHeads(unitId: number, list: HeadedList): RememberedHeads {
  const heads = prepared<string>('select heads from list_heads where unit_id = ? and list = ?')
    .pluck()
    .get(unitId, list)
  return heads === undefined ? {} : (JSON.parse(heads) as RememberedHeads)
}

/** What a person says about the heads of a unit's file: `columns` are those that were chosen. */
type SaidHeads = {
  unitId: number
  list: HeadedList
  heads: readonly ListHead[]
  columns: Readonly<Record<string, number>>
}

/** Keeps what was said about heads for the unit's next list, in the caller's transaction; heads of other files stay. */
export function keepHeads({ unitId, list, heads, columns }: SaidHeads) {
  const known = { ...rememberedHeads(unitId, list), ...rememberHeads(heads, columns) }
  prepared(
    `insert into list_heads (unit_id, list, heads) values (?, ?, ?)
       on conflict (unit_id, list) do update set heads = excluded.heads`,
  ).run(unitId, list, JSON.stringify(known))
}

/** Keeps what a person said about the heads of a table that is read at once, and logs it. Throws `forbidden`. */
export function explainHeads(actor: Actor, said: SaidHeads & { list: ReadTable }) {
  transact(tx => {
    const unitPath = found(prepared<string>('select path from unit where id = ?').pluck().get(said.unitId))
    if (!TABLE_RIGHTS[said.list].some(action => can(actor, action, { unitPath }))) throw forbidden()
    keepHeads(said)
    logEvent(tx, actor, {
      verb: 'store',
      subject: 'unit',
      subjectId: said.unitId,
      data: { list: said.list, columns: Object.keys(said.columns).length },
    })
  })
}
