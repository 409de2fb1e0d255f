import { createHash } from 'node:crypto'
import { and, eq, gte, isNull, lte, or } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import type { AskedRows } from '#app/domain/early-check.ts'
import type { Foresight } from '#app/domain/foresight.ts'
import { grouped } from '#app/domain/grouping.ts'
import {
  type HelpColumn,
  type HelpFileReason,
  type HelpPlan,
  type HelpRow,
  isHiddenCell,
  LISTED_HELP_COLUMNS,
  planHelp,
} from '#app/domain/help-import.ts'
import type { ListChoice, ListView } from '#app/domain/list.ts'
import { changedCells, groupWord, type Mending } from '#app/domain/mending.ts'
import { readRecordCode } from '#app/domain/record-code.ts'
import { notFound, type Result } from '#app/domain/refusal.ts'
import type { VerdictReason } from '#app/domain/vocabulary.ts'
import { db, prepared, type Tx, transact } from '#db/client.server.ts'
import { matching } from '#db/keys.server.ts'
import { official, posting, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { askAboutRows } from './early-check.server.ts'
import { logEvent } from './event.server.ts'
import { recordHelp } from './help.server.ts'
import { checkedDaysOf } from './help-change.server.ts'
import { writtenRecords } from './help-export.server.ts'
import {
  asText,
  chooseColumns,
  closeBatch,
  existingImport,
  findImport,
  type KeptFile,
  keepUpload,
  replaceContent,
  sealContent,
  type UnreadFile,
} from './import-batch.server.ts'
import { startJob } from './job.server.ts'
import { foreseeHelp, rulesOf } from './judging/index.server.ts'
import { hasDistricts, listCommunes } from './locality.server.ts'
import { allFormerCodes } from './official.server.ts'
import { ownRecordOf } from './own-record.server.ts'
import { unitTitles } from './unit-title.server.ts'

/**
 * The content of a batch of records, sealed under its campaign's key. `planKey` names one state of the plan. `foreseen`
 * has the verdict that each of the plan's `creates` would get; left out: planned by a version that foresaw none. `others`
 * is what was asked of others' records as the rows were planned; left out: nothing.
 */
type HelpBatchContent = { campaignId: number } & (
  | UnreadFile
  | { stage: 'refused'; reason: HelpFileReason }
  | ({
      stage: 'planned' | 'applying'
      rows: HelpRow[]
      plan: HelpPlan
      planKey: string
      foreseen?: Foresight[]
      others?: AskedRows
    } & Partial<KeptFile>)
)

/**
 * Keeps a file of records that a coordinator enters for officials of a unit's subtree, and starts the job that reads
 * and plans it; nothing is recorded before the plan is applied. Returns the job's id.
 */
export function uploadHelp(
  actor: Actor,
  { campaignId, unitId, fileName, bytes }: { campaignId: number; unitId: number; fileName: string; bytes: Uint8Array },
): number {
  return keepUpload(
    actor,
    { kind: 'help', unitId, fileName, owner: { campaignId } },
    { campaignId, stage: 'uploaded', file: asText(bytes) } satisfies HelpBatchContent,
    ({ batchId, accountId }) => startJob(actor, 'help_plan', { helpBatchId: batchId, unitId, accountId }),
  )
}

/** A batch of records: `findImport`. */
export const findHelpBatch = (actor: Actor, batchId: number) => findImport<HelpBatchContent>(actor, 'help', batchId)
type HelpBatch = NonNullable<ReturnType<typeof findHelpBatch>>

const existing = (actor: Actor, batchId: number) => existingImport<HelpBatchContent>(actor, 'help', batchId)

/** Replaces a batch's content by what `make` returns; undefined leaves it. */
function replace(
  actor: Actor,
  batchId: number,
  make: (content: HelpBatchContent, batch: HelpBatch) => HelpBatchContent | undefined,
) {
  replaceContent(
    () => existing(actor, batchId),
    batch => {
      const content = batch.content && make(batch.content, batch)
      return content ? sealContent({ campaignId: content.campaignId }, batchId, content) : undefined
    },
    () => true,
  )
}

/** Keeps why the file of a batch could not be read; the file itself is let go. */
export function refuseHelp(actor: Actor, batchId: number, reason: HelpFileReason) {
  replace(actor, batchId, ({ stage, campaignId }) =>
    stage === 'uploaded' ? { campaignId, stage: 'refused', reason } : undefined,
  )
}

/**
 * Plans a batch against the present state and keeps the plan for its preview: `read` are the rows that its file gave, or
 * where it was planned before, left out.
 */
export function planHelpBatch(actor: Actor, batchId: number, read?: HelpRow[], view?: ListView) {
  replace(actor, batchId, (content, batch) => {
    const { campaignId, stage } = content
    const rows = read ?? (stage === 'planned' ? content.rows : undefined)
    if (stage === 'applying' || !rows) return undefined
    const kept = { ...keptOf(content), ...(view ? { view } : {}) }
    const planned = planOf(actor, batch, { campaignId, rows })
    return {
      campaignId,
      ...kept,
      stage: 'planned',
      rows,
      ...planned,
      others: othersOf(actor, campaignId, planned.plan),
    }
  })
}

/**
 * Writes cells of a planned batch's problem rows again as a form says, and starts the job that plans the batch again.
 * `read` reads a row from its cells. Returns the job's id; undefined where the form changes nothing.
 */
export function mendHelp(
  actor: Actor,
  batchId: number,
  mending: Mending<HelpColumn>,
  read: (row: number, cells: HelpRow['cells']) => HelpRow,
): number | undefined {
  if (actor.kind !== 'person') throw notFound()
  const { accountId } = actor
  let mended = 0
  let unitId = 0
  return replaceContent(
    () => existing(actor, batchId),
    ({ content, unit: at }) => {
      if (content?.stage !== 'planned') return undefined
      unitId = at.id
      const rows = mendedRows(content, mending, read)
      mended = rows.filter((row, n) => row !== content.rows[n]).length
      // reading the file again would lose what was mended: it is let go
      const { file, view, choice, ...rest } = content
      return mended === 0 ? undefined : sealContent({ campaignId: rest.campaignId }, batchId, { ...rest, rows })
    },
    tx => {
      logEvent(tx, actor, { verb: 'edit', subject: 'import_batch', subjectId: batchId, data: { rows: mended } })
      return startJob(actor, 'help_plan', { helpBatchId: batchId, unitId, accountId })
    },
  )
}

type Planned = Extract<HelpBatchContent, { stage: 'planned' | 'applying' }>

/** The batch's rows, those that the form changes as `read` reads them now. */
function mendedRows(
  { rows, plan }: Planned,
  mending: Mending<HelpColumn>,
  read: (row: number, cells: HelpRow['cells']) => HelpRow,
): HelpRow[] {
  const problemsOf = grouped(plan.problems, problem => problem.row)
  const changed = changedCells(
    mending,
    rows.flatMap(({ row, cells }) => {
      const words = problemsOf.get(row)?.map(groupWord)
      if (!words) return []
      const isHidden = (column: HelpColumn) => isHiddenCell(cells, column)
      return [{ key: String(row), words, textOf: (column: HelpColumn) => cells[column] ?? '', isHidden }]
    }),
  )
  return rows.map(row => {
    const texts = changed.get(String(row.row))
    if (!texts) return row
    const cells: HelpRow['cells'] = {}
    for (const column of LISTED_HELP_COLUMNS) {
      const text = texts.get(column) ?? row.cells[column]
      if (text) cells[column] = text
    }
    return read(row.row, cells)
  })
}

/** The file of a batch and what was said about it. */
function keptOf(content: HelpBatchContent): Partial<KeptFile> {
  if (content.stage === 'refused') return {}
  const { file, view, choice } = content
  return { file, view, choice }
}

/** Keeps what the columns of a batch's file are, and reads it again: `chooseColumns`. */
export const chooseHelpColumns = (actor: Actor, unitId: number, batchId: number, choice: ListChoice) =>
  chooseColumns(actor, { kind: 'help', batchId, choice }, ({ accountId }) =>
    startJob(actor, 'help_plan', { helpBatchId: batchId, unitId, accountId }),
  )

function planOf(
  actor: Actor,
  batch: HelpBatch,
  { campaignId, rows }: { campaignId: number; rows: readonly HelpRow[] },
): { plan: HelpPlan; planKey: string; foreseen: Foresight[] } {
  const { regulation } = rulesOf(campaignId)
  const hash = matching({ campaignId })
  const hashOf = (number: string) => hash('number', number)
  const isDivided = hasDistricts(campaignToday())
  const plan = planHelp(rows, {
    today: campaignToday(),
    regulation,
    helpers: helpersOf(actor, batch.unit.path),
    ownOfficialId: actor.kind === 'person' ? actor.officialId : null,
    communes: listCommunes(campaignToday()).flatMap(({ district, communes }) =>
      communes.map(row => (isDivided ? { ...row, district } : row)),
    ),
    ownLocality: batch.unit.localityCode,
    isSelf: (officialId, number) =>
      prepared('select 1 from official_match where campaign_id = ? and official_id = ? and number_hash = ?').get(
        campaignId,
        officialId,
        hashOf(number),
      ) !== undefined,
    recordOf: (officialId, number) => ownRecordOf(officialId, campaignId, hashOf(number))?.helpId,
    checkedDaysOf: (officialId, number) => {
      const citizenHash = hashOf(number)
      return hasRecord(campaignId, officialId, citizenHash)
        ? checkedDaysOf(campaignId, { officialId, citizenHash })
        : []
    },
    written: writtenRecords(
      actor,
      campaignId,
      rows.flatMap(({ cells }) => readRecordCode(cells.recordCode ?? '') ?? []),
    ),
    keyOf: row => keyOf(batch, row),
  })
  const planKey = createHash('sha256').update(JSON.stringify(plan)).digest('base64url')
  return { plan, planKey, foreseen: foreseeHelp(campaignId, plan.creates) }
}

/** Asks about others' records of the citizens whom a plan would record. */
const othersOf = (actor: Actor, campaignId: number, { creates }: HelpPlan) =>
  askAboutRows(
    actor,
    campaignId,
    creates.map(({ row, officialId, input }) => ({ row, officialId, number: input.citizen.number })),
  )

/** True if an official has a record of a citizen, withdrawn or not. */
const hasRecord = (campaignId: number, officialId: number, citizenHash: string) =>
  prepared('select 1 from help where campaign_id = ? and citizen_hash = ? and official_id = ?').get(
    campaignId,
    citizenHash,
    officialId,
  ) !== undefined

/** The submission key of a batch's row, a UUID of our own making: applying the batch again makes no second record. */
function keyOf({ id, createdAt }: HelpBatch, row: number): string {
  const hex = createHash('sha256').update(`help import ${id} ${createdAt} ${row}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Returns the people posted in a subtree today, in whose name the actor may record. Includes the actor, so that a row
 * in their own name gets its proper problem.
 */
function helpersOf(actor: Actor, path: string) {
  const today = campaignToday()
  const own = actor.kind === 'person' ? actor.officialId : null
  const formerCodesOf = allFormerCodes()
  const rows = db
    .select({
      officialId: official.id,
      staffCode: official.staffCode,
      name: official.name,
      unitId: unit.id,
      unitName: unit.name,
    })
    .from(posting)
    .innerJoin(official, eq(official.id, posting.officialId))
    .innerJoin(unit, eq(unit.id, posting.unitId))
    .where(
      and(
        inSubtree(unit.path, path),
        or(
          within(actor, 'help.record_for', {
            unitPath: unit.path,
            guardPath: unit.guardPath,
            officialId: official.id,
          }),
          own === null ? undefined : eq(official.id, own),
        ),
        lte(posting.fromOn, today),
        or(isNull(posting.toOn), gte(posting.toOn, today)),
      ),
    )
    .orderBy(official.id)
    .all()
  const titleOf = unitTitles(rows.map(({ unitId }) => unitId))
  return rows.map(({ unitId, unitName, ...helper }) => ({
    ...helper,
    unitNames: [unitName, titleOf(unitId)],
    formerCodes: formerCodesOf(helper.officialId),
  }))
}

/** Returns the names of the people in a plan, for its preview. */
export function helperNames(plan: HelpPlan): Map<number, string> {
  const names = new Map<number, string>()
  for (const { officialId } of plan.creates)
    if (!names.has(officialId))
      names.set(
        officialId,
        db.select({ name: official.name }).from(official).where(eq(official.id, officialId)).get()?.name ?? '',
      )
  return names
}

/** The rows of a planned batch that need mending, as they were written; giving them out is logged. */
export function exportHelpProblems(actor: Actor, batchId: number) {
  const { content } = existing(actor, batchId)
  if (content?.stage !== 'planned') throw notFound()
  const { rows, plan, campaignId } = content
  const problemsOf = grouped(plan.problems, problem => problem.row)
  const wrong = rows.flatMap(({ row, cells }) => {
    const problems = problemsOf.get(row)
    return problems ? [{ row, cells, problems }] : []
  })
  const data = { rows: wrong.length }
  transact(tx => logEvent(tx, actor, { verb: 'export', subject: 'import_batch', subjectId: batchId, campaignId, data }))
  return wrong
}

type Ask = { batchId: number; planKey: string }

/** Starts the job that records what a preview showed (`planKey`). */
export function startHelpApply(actor: Actor, { batchId, planKey }: Ask): Result<{ jobId: number }, 'plan_moved'> {
  const { content, unit: at } = existing(actor, batchId)
  if (actor.kind !== 'person') throw notFound()
  if (content?.stage !== 'planned' || content.planKey !== planKey) return { ok: false, problem: 'plan_moved' }
  const input = { helpBatchId: batchId, unitId: at.id, planKey, accountId: actor.accountId }
  return { ok: true, jobId: transact(() => startJob(actor, 'help_apply', input)) }
}

/**
 * Prepares a batch for recording: plans it again, and fixes the plan if it is the one named. Returns the rows to
 * record, `applied` if that was done before, or `moved` if the plan has changed (the new one is kept).
 */
export function beginHelpApply(actor: Actor, { batchId, planKey }: Ask) {
  let begun = 'applied' as { campaignId: number; creates: HelpPlan['creates'] } | 'applied' | 'moved'
  replace(actor, batchId, (content, batch) => {
    begun = 'moved'
    if (content.stage !== 'planned' && content.stage !== 'applying') return undefined
    const { campaignId, rows } = content
    if (content.stage === 'applying') {
      begun = { campaignId, creates: content.plan.creates }
      return undefined
    }
    const present = planOf(actor, batch, { campaignId, rows })
    const isSame = present.planKey === planKey
    if (isSame) begun = { campaignId, creates: present.plan.creates }
    return isSame
      ? { campaignId, stage: 'applying', rows, ...present }
      : { campaignId, ...keptOf(content), stage: 'planned', rows, ...present }
  })
  return begun
}

/** Records one row of a batch; refused where the checks no longer take it. A row recorded before stays as it is. */
export function applyHelpRow(actor: Actor, campaignId: number, create: HelpPlan['creates'][number]) {
  return recordHelp(actor, campaignId, create)
}

/**
 * Ends an application: `helpIds` are the records made, `refused` the rows that the last checks did not take. Rows that
 * are still to be mended stay in the preview, planned again; a batch without any is closed and forgets what it held.
 */
export function endHelpApply(
  actor: Actor,
  batchId: number,
  { helpIds, refused }: { helpIds: readonly number[]; refused: readonly number[] },
) {
  const { content, unit: at } = existing(actor, batchId)
  if (content?.stage !== 'applying') return
  const { campaignId } = content
  const counts = { created: helpIds.length, refused: refused.length, verdicts: verdictCounts(helpIds) }
  const tell = (tx: Tx) =>
    logEvent(tx, actor, {
      verb: 'import',
      subject: 'import_batch',
      subjectId: batchId,
      campaignId,
      data: { unitId: at.id, ...counts },
    })
  const left = new Set([...refused, ...content.plan.problems.map(({ row }) => row)])
  const rows = content.rows.filter(({ row }) => left.has(row))
  if (rows.length === 0) {
    transact(tx => {
      closeBatch(batchId)
      tell(tx)
    })
    return
  }
  replaceContent(
    () => existing(actor, batchId),
    batch =>
      sealContent({ campaignId }, batchId, {
        campaignId,
        stage: 'planned',
        rows,
        ...planOf(actor, batch, { campaignId, rows }),
      } satisfies HelpBatchContent),
    tell,
  )
}

/** How many of these records got each verdict. */
function verdictCounts(helpIds: readonly number[]): Partial<Record<VerdictReason, number>> {
  const rows = prepared<{ reason: VerdictReason; count: number }>(
    `select verdict_reason as reason, count(*) as count from help
      where id in (select value from json_each(?)) group by verdict_reason order by count(*) desc, verdict_reason`,
  ).all(JSON.stringify(helpIds))
  return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]))
}

type Applied = { created: number; refused: number; verdicts?: Partial<Record<VerdictReason, number>> }

/**
 * Returns how many records a batch made so far, with what verdicts as they came in, and how many rows its last
 * application refused; null: it was never applied. `verdicts` is empty where an older version applied it.
 */
export function appliedHelp({ id }: Pick<HelpBatch, 'id'>) {
  const parts = prepared<string>(
    `select data from event where subject = 'import_batch' and subject_id = ? and verb = 'import' order by id`,
  )
    .pluck()
    .all(String(id))
    .map(data => JSON.parse(data) as Applied)
  if (parts.length === 0) return null
  const verdicts = new Map<VerdictReason, number>()
  for (const { verdicts: counts = {} } of parts)
    for (const [reason, count] of Object.entries(counts) as [VerdictReason, number][])
      verdicts.set(reason, (verdicts.get(reason) ?? 0) + count)
  return {
    created: parts.reduce((sum, { created }) => sum + created, 0),
    refused: parts.at(-1)?.refused ?? 0,
    verdicts: [...verdicts].map(([reason, count]) => ({ reason, count })),
  }
}
