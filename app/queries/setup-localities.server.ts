import { eq } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import type { ListedRow } from '#app/domain/setup/listed.ts'
import { type LocalityEntry, type LocalityPlan, planLocalities } from '#app/domain/setup/localities.ts'
import type { SetupState } from '#app/domain/setup/undo.ts'
import { db, prepared, type Tx, transact } from '#db/client.server.ts'
import { locality } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { nameRoot } from './founding.server.ts'
import { allLocalities } from './locality.server.ts'
import type { SetupUndo } from './setup-undo.server.ts'
import { rootUnit } from './unit.server.ts'

/** Localities are the whole province's: who edits the tree of units edits them. */
const permitEditing = (actor: Actor) => permit(actor, 'unit.edit', { unitPath: rootUnit().path })

/** Plans a list of localities against those known. */
export function planLocalityList(actor: Actor, rows: readonly ListedRow[]): LocalityPlan {
  permitEditing(actor)
  return planLocalities(rows, allLocalities(campaignToday()))
}

/** Writes a planned list of localities, the larger ones first; a root that has no name yet gets the province's. */
export function writeLocalities(actor: Actor, entries: readonly LocalityEntry[]) {
  transact(tx => {
    permitEditing(actor)
    const revision = prepared<number>('select coalesce(max(revision), 0) + 1 from locality').pluck().one()
    for (const entry of entries) if (entry.fate !== 'same') write(tx, actor, entry, revision)
    const province = tx.select().from(locality).where(eq(locality.level, 'province')).get()
    if (rootUnit().localityCode === null && province) nameRoot(tx, province)
  })
}

function write(tx: Tx, actor: Actor, { fate, code, name, type, level, parentCode }: LocalityEntry, revision: number) {
  const data = { name, type, ...(fate === 'add' ? { level, parentCode } : {}) }
  if (fate === 'add') {
    const above = parentCode === null ? '/' : pathOf(parentCode)
    tx.insert(locality)
      .values({ code, parentCode, level, name, type, path: `${above}${code}/`, revision })
      .run()
  } else tx.update(locality).set({ name, type, revision }).where(eq(locality.code, code)).run()
  logEvent(tx, actor, { verb: fate === 'add' ? 'add' : 'rename', subject: 'locality', subjectId: code, data })
}

const pathOf = (code: string) => prepared<string>('select path from locality where code = ?').pluck().one(code)

/** The localities as their list writes them, the larger ones first. */
export function exportLocalities(actor: Actor): Record<string, string>[] {
  permitEditing(actor)
  return db
    .select()
    .from(locality)
    .orderBy(locality.path)
    .all()
    .map(({ code, type, name, parentCode }) => ({ code, type, name, parent: parentCode ?? '' }))
}

/** What a list of localities writes of each, by code. */
const stateOfLocalities = (): SetupState =>
  new Map(
    db
      .select()
      .from(locality)
      .orderBy(locality.path)
      .all()
      .map(({ code, name, type, level, parentCode }) => [
        code,
        { name: `${type} ${name}`, written: { name, type, level, parentCode } },
      ]),
  )

/** A revision above all others, on a row that stays: connections see by it that localities changed. */
function touchLocalities(tx: Tx, code: string) {
  const revision = prepared<number>('select coalesce(max(revision), 0) + 1 from locality').pluck().one()
  tx.update(locality).set({ revision }).where(eq(locality.code, code)).run()
}

/** Takes a list of localities back: an added one goes only where nothing names it. */
export const undoLocalities = (): SetupUndo => ({
  state: stateOfLocalities,
  remove: code =>
    transact(tx => {
      const above = tx.select({ code: locality.parentCode }).from(locality).where(eq(locality.code, code)).get()?.code
      // before the row goes, which may bear the highest revision
      if (above) touchLocalities(tx, above)
      tx.delete(locality).where(eq(locality.code, code)).run()
    }),
  restore: ({ key, before }) =>
    transact(tx => {
      const { name, type } = before as { name: string; type: string }
      tx.update(locality).set({ name, type }).where(eq(locality.code, key)).run()
      touchLocalities(tx, key)
    }),
})
