import { asc, eq } from 'drizzle-orm'
import { type Actor, permitSomewhere } from '#app/access/policy.ts'
import type { Result } from '#app/domain/refusal.ts'
import { type LayoutColumn, layoutFields } from '#app/domain/table-layout.ts'
import type { ExchangedTable } from '#app/domain/vocabulary.ts'
import { db, transact } from '#db/client.server.ts'
import { account, tableLayout } from '#db/schema.ts'
import { listIndicators } from './campaign-indicator.server.ts'
import { logEvent } from './event.server.ts'

/** The saved layouts of one table, or of all, by name. */
export function listLayouts(exchanged?: ExchangedTable) {
  return db
    .select({
      id: tableLayout.id,
      exchanged: tableLayout.exchanged,
      name: tableLayout.name,
      columns: tableLayout.columns,
      createdAt: tableLayout.createdAt,
      createdBy: account.displayName,
    })
    .from(tableLayout)
    .innerJoin(account, eq(account.id, tableLayout.createdBy))
    .where(exchanged === undefined ? undefined : eq(tableLayout.exchanged, exchanged))
    .orderBy(asc(tableLayout.exchanged), asc(tableLayout.name))
    .all()
    .map(row => ({ ...row, columns: JSON.parse(row.columns) as LayoutColumn[] }))
}

/** Returns one saved layout of a table; undefined if there is none with that id. */
export function findLayout(exchanged: ExchangedTable, layoutId: number) {
  return listLayouts(exchanged).find(({ id }) => id === layoutId)
}

/** Saves a layout, in the place of one of the same name; it must hold a field of ours, as the campaign has them. */
export function saveLayout(
  actor: Actor,
  campaignId: number,
  { exchanged, name, columns }: { exchanged: ExchangedTable; name: string; columns: readonly LayoutColumn[] },
): Result<object, 'layout_without_field'> {
  permitSomewhere(actor, 'layout.save')
  const known = layoutFields(exchanged, listIndicators(campaignId))
  if (!columns.some(({ field }) => field !== null && known.includes(field)))
    return { ok: false, problem: 'layout_without_field' }
  transact(tx => {
    if (actor.kind !== 'person') throw new Error('layouts are saved by people')
    const values = { columns: JSON.stringify(columns), createdAt: Date.now(), createdBy: actor.accountId }
    const { id } = tx
      .insert(tableLayout)
      .values({ exchanged, name, ...values })
      .onConflictDoUpdate({ target: [tableLayout.exchanged, tableLayout.name], set: values })
      .returning({ id: tableLayout.id })
      .get()
    logEvent(tx, actor, {
      verb: 'store',
      subject: 'table_layout',
      subjectId: id,
      data: { name, count: columns.length },
    })
  })
  return { ok: true }
}

/** Takes a layout away. */
export function dropLayout(actor: Actor, layoutId: number) {
  permitSomewhere(actor, 'layout.save')
  transact(tx => {
    const { changes } = tx.delete(tableLayout).where(eq(tableLayout.id, layoutId)).run()
    if (changes > 0) logEvent(tx, actor, { verb: 'drop', subject: 'table_layout', subjectId: layoutId })
  })
}
