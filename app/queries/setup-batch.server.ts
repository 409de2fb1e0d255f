import { createHash } from 'node:crypto'
import type { Actor } from '#app/access/policy.ts'
import type { ListView } from '#app/domain/list.ts'
import type { Mending } from '#app/domain/mending.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import {
  type ListedRow,
  mendListed,
  type PlannedRow,
  type SetupList,
  type SetupProblem,
} from '#app/domain/setup/listed.ts'
import { type SetupState, type UndoStep, undoSteps } from '#app/domain/setup/undo.ts'
import { transact } from '#db/client.server.ts'
import { logEvent } from './event.server.ts'
import {
  asText,
  closeBatch,
  columnsOf,
  existingImport,
  findImport,
  forgetContent,
  type KeptFile,
  keepUpload,
  replaceContent,
  sealContent,
  type UnreadFile,
} from './import-batch.server.ts'
import { rootUnit } from './unit.server.ts'

/** What is kept of a list with which the province is set up; its plan is made again for each look at it. */
type SetupContent =
  | UnreadFile
  | ({ stage: 'planned'; rows: ListedRow[] } & Partial<KeptFile>)
  | ({ stage: 'applied'; undo: UndoStep[] } & Partial<KeptFile>)

/** What the rows of a list would do, and what is wrong with them. */
export type SetupPlan<Entry extends PlannedRow = PlannedRow> = { entries: Entry[]; problems: SetupProblem[] }

/** Keeps an uploaded list as the whole province's; `isAsked`: a person must say first what its columns are. */
export function keepSetupList(
  actor: Actor,
  list: SetupList,
  { fileName, bytes, rows, view, isAsked }: { fileName: string; bytes: Uint8Array } & Read & { isAsked: boolean },
): number {
  const file = asText(bytes)
  const content: SetupContent = isAsked ? { stage: 'asking', file, view } : { stage: 'planned', rows, file, view }
  const about = { kind: list, unitId: rootUnit().id, fileName, owner: 'staff' } as const
  return keepUpload(actor, about, content, ({ batchId }) => batchId)
}
type Read = { rows: ListedRow[]; view: ListView }

/**
 * A list that was uploaded, and its `columns` while they can be changed. `rows` undefined: its columns are still asked
 * about, or it is no longer kept. `undo`: what takes the applied list back; undefined once that is no longer kept.
 */
export function findSetupList(actor: Actor, list: SetupList, batchId: number) {
  const batch = findImport<SetupContent>(actor, list, batchId)
  if (!batch) return undefined
  const { fileName, appliedAt, content } = batch
  const rows = content?.stage === 'planned' ? content.rows : undefined
  const file = content?.stage === 'uploaded' ? content : undefined
  const undo = content?.stage === 'applied' ? content.undo : undefined
  return { fileName, isApplied: appliedAt !== null, columns: columnsOf(batch), rows, file, undo }
}

/** Keeps the rows that a file gave once its columns were explained. */
export function keepSetupRows(actor: Actor, list: SetupList, batchId: number, { rows, view }: Read) {
  replaceContent(
    () => existingImport<SetupContent>(actor, list, batchId),
    ({ content }) =>
      content?.stage === 'uploaded'
        ? sealContent('staff', batchId, { ...content, stage: 'planned', rows, view })
        : undefined,
    () => true,
  )
}

/** Writes cells of rows with problems again; the plan follows from them at the next look. */
export function mendSetupList(
  actor: Actor,
  { list, batchId, plan }: { list: SetupList; batchId: number; plan: (rows: readonly ListedRow[]) => SetupPlan },
  mending: Mending<string>,
) {
  let mended = 0
  replaceContent(
    () => existingImport<SetupContent>(actor, list, batchId),
    ({ content }) => {
      if (content?.stage !== 'planned') return undefined
      const said = mendListed(content.rows, plan(content.rows).problems, mending)
      mended = said.mended
      // reading the file again would lose what was mended: it is let go
      return mended === 0 ? undefined : sealContent('staff', batchId, { stage: 'planned', rows: said.rows })
    },
    tx => logEvent(tx, actor, { verb: 'edit', subject: 'import_batch', subjectId: batchId, data: { rows: mended } }),
  )
}

/** Names one state of a plan, so that exactly the plan shown is written. */
export const setupKey = (plan: SetupPlan): string =>
  createHash('sha256').update(JSON.stringify(plan)).digest('base64url')

/**
 * Writes what a preview showed (`planKey`), completely or not at all; a list that was written stays as it is. Counts
 * what it added and changed, and keeps what takes it back as long as any list's content is kept.
 */
export function applySetupList<Entry extends PlannedRow>(
  actor: Actor,
  { list, batchId, planKey }: { list: SetupList; batchId: number; planKey: string },
  {
    plan,
    write,
    state,
  }: {
    plan: (rows: readonly ListedRow[]) => SetupPlan<Entry>
    write: (entries: Entry[]) => void
    state: () => SetupState
  },
): Result<{ written: number }, 'plan_moved' | 'rows_open'> {
  return transact((tx): Result<{ written: number }, 'plan_moved' | 'rows_open'> => {
    const { rows, isApplied } = found(findSetupList(actor, list, batchId))
    if (isApplied) return { ok: true, written: 0 }
    if (!rows) return { ok: false, problem: 'plan_moved' }
    const present = plan(rows)
    if (setupKey(present) !== planKey) return { ok: false, problem: 'plan_moved' }
    if (present.problems.length > 0) return { ok: false, problem: 'rows_open' }
    const before = state()
    write(present.entries)
    const content: SetupContent = { stage: 'applied', undo: undoSteps(before, state()) }
    const of = (fate: PlannedRow['fate']) => present.entries.filter(entry => entry.fate === fate).length
    closeBatch(batchId, sealContent('staff', batchId, content))
    logEvent(tx, actor, {
      verb: 'import',
      subject: 'import_batch',
      subjectId: batchId,
      data: { list, created: of('add'), edited: of('edit') },
    })
    return { ok: true, written: of('add') + of('edit') }
  })
}

/** Forgets what took an applied list back, once it was. */
export const forgetSetupList = (batchId: number) => forgetContent(batchId)
