import { createHash } from 'node:crypto'
import type { Actor } from '#app/access/policy.ts'
import { subtreeEnd } from '#app/access/scope.server.ts'
import type { AskedRows } from '#app/domain/early-check.ts'
import { readIdCell } from '#app/domain/id-number.ts'
import type { ListChoice, ListView, TableReason } from '#app/domain/list.ts'
import type { Mending } from '#app/domain/mending.ts'
import { storedName } from '#app/domain/person-name.ts'
import { found, notFound, type Result } from '#app/domain/refusal.ts'
import {
  type PlannedContact,
  planWorklist,
  type RowContext,
  type WorklistColumn,
  type WorklistFileReason,
  type WorklistPlan,
  type WorklistRow,
} from '#app/domain/worklist.ts'
import { mendWorklistRows } from '#app/domain/worklist-mending.ts'
import { planReturned, type WorklistReading } from '#app/domain/worklist-return.ts'
import { nextId, prepared, type Tx, transact } from '#db/client.server.ts'
import { matchHash, matching, seal } from '#db/keys.server.ts'
import { assignment, worklist } from '#db/schema.ts'
import { settleAssignments } from './assignment-closing.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { askAboutRows } from './early-check.server.ts'
import { logEvent } from './event.server.ts'
import {
  asText,
  chooseColumns,
  closeBatch,
  contentOf,
  findImport,
  forgetContent,
  type KeptFile,
  keepUpload,
  replaceContent,
  sealContent,
  type UnreadFile,
} from './import-batch.server.ts'
import { startJob } from './job.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { allLocalities, findLocality, hasDistricts } from './locality.server.ts'
import { assignmentsNamed } from './worklist-return.server.ts'

type About = { campaignId: number; name: string; legalBasis: string }
/**
 * `worklistId`: the list that other rows of the batch are on already. `others`: what was asked of others' records as the
 * list was planned; left out: nothing.
 */
type Planned = WorklistReading & { plan: WorklistPlan; planKey: string; worklistId?: number; others?: AskedRows }

/**
 * The content of a batch of a worklist, sealed under the campaign's key. `applying`: some of its citizens are on the
 * list, as they are once it is `planned` with a `worklistId`.
 */
export type WorklistContent = About &
  (
    | UnreadFile
    | { stage: 'refused'; reason: TableReason | WorklistFileReason }
    | ({ stage: 'planned' } & Planned & Partial<KeptFile>)
    | ({ stage: 'applying' } & Planned)
  )

/**
 * Keeps an uploaded list of citizens of a unit, with its legal basis, and starts the job that reads and plans it.
 * Nothing is on a list before the plan is applied. Returns the job's id.
 */
export function uploadWorklist(
  actor: Actor,
  campaignId: number,
  {
    unitId,
    fileName,
    bytes,
    ...about
  }: Omit<About, 'campaignId'> & { unitId: number; fileName: string; bytes: Uint8Array },
): number {
  return keepUpload(
    actor,
    { kind: 'worklist', unitId, fileName, owner: { campaignId } },
    { ...about, campaignId, stage: 'uploaded', file: asText(bytes) } satisfies WorklistContent,
    ({ batchId, accountId }) =>
      startJob(actor, 'worklist_plan', { worklistBatchId: batchId, listUnitId: unitId, accountId }),
  )
}

/** A worklist's batch: `findImport`. */
export const findWorklistBatch = (actor: Actor, batchId: number) =>
  findImport<WorklistContent>(actor, 'worklist', batchId)
type Batch = NonNullable<ReturnType<typeof findWorklistBatch>>

function existing(actor: Actor, batchId: number): Batch & { content: WorklistContent } {
  const batch = found(findWorklistBatch(actor, batchId))
  return { ...batch, content: found(batch.content ?? undefined) }
}

/** Replaces a batch's content by what `make` returns, and does `also` with it; undefined leaves it. */
function replace<T>(
  actor: Actor,
  batchId: number,
  make: (batch: ReturnType<typeof existing>) => WorklistContent | undefined,
  also?: (tx: Tx) => T,
): T | undefined {
  return replaceContent(
    () => existing(actor, batchId),
    batch => {
      const content = make(batch)
      return content && sealContent({ campaignId: content.campaignId }, batchId, content)
    },
    tx => also?.(tx),
  )
}

/**
 * Returns the context for reading a row of a batch: the communes of its unit, and the age from which citizens count.
 */
export function rowContextOf({ unit: { localityCode }, content }: Batch & { content: WorklistContent }): RowContext {
  const { regulation } = rulesOf(content.campaignId)
  const today = campaignToday()
  const all = allLocalities(today).filter(row => row.level === 'commune')
  const here = localityCode === null ? undefined : findLocality(localityCode, today)
  const told = ({ code, name, type }: (typeof all)[number]) => ({ code, name, type })
  return {
    communes: all.filter(row => here === undefined || row.path.startsWith(here.path)).map(told),
    allCommunes: all.map(told),
    isUndivided: !hasDistricts(today),
    minimumAge: regulation.minimumAge,
    endsOn: regulation.endsOn,
  }
}

/** Keeps why the file of a batch could not be read; the file itself is let go. */
export function refuseWorklist(actor: Actor, batchId: number, reason: TableReason | WorklistFileReason) {
  replace(actor, batchId, ({ content: { campaignId, name, legalBasis } }) => ({
    campaignId,
    name,
    legalBasis,
    stage: 'refused',
    reason,
  }))
}

/**
 * Plans a batch for its preview: `reading` is what its file gave, or where it was planned before, left out. Leaves a
 * batch that is being applied.
 */
export function planWorklistBatch(actor: Actor, batchId: number, reading?: WorklistReading & { view?: ListView }) {
  replace(actor, batchId, batch => {
    const { stage } = batch.content
    const said = reading ?? (stage === 'planned' ? batch.content : undefined)
    if (!said || stage === 'applying') return undefined
    const content = plannedContent(actor, batch, said)
    const adds = content.plan.adds.map(({ row, number }) => ({ row, number, officialId: null }))
    const others = askAboutRows(actor, content.campaignId, adds)
    return { ...content, others, ...(reading?.view ? { view: reading.view } : {}) }
  })
}

/**
 * Writes cells of a planned batch's problem rows again as a form says, and starts the job that plans the batch again.
 * Returns the job's id; undefined where the form changes nothing.
 */
export function mendWorklist(actor: Actor, batchId: number, mending: Mending<WorklistColumn>): number | undefined {
  if (actor.kind !== 'person') throw notFound()
  const { accountId } = actor
  let rows = 0
  let listUnitId = 0
  return replaceContent(
    () => existing(actor, batchId),
    batch => {
      const { content } = batch
      if (content.stage !== 'planned') return undefined
      listUnitId = batch.unit.id
      const problems = [...content.unread, ...content.plan.problems]
      const { mended, ...reading } = mendWorklistRows(content, problems, mending, rowContextOf(batch))
      rows = mended
      // reading the file again would lose what was mended: it is let go
      const { file, view, choice, ...rest } = content
      const { campaignId } = rest
      return mended === 0 ? undefined : sealContent({ campaignId }, batchId, { ...rest, ...reading })
    },
    tx => {
      logEvent(tx, actor, { verb: 'edit', subject: 'import_batch', subjectId: batchId, data: { rows } })
      return startJob(actor, 'worklist_plan', { worklistBatchId: batchId, listUnitId, accountId })
    },
  )
}

function plannedContent(
  actor: Actor,
  { unit: at, content }: ReturnType<typeof existing>,
  { rows, returned, unread, cells }: WorklistReading,
): About & { stage: 'planned' } & Planned & Partial<KeptFile> {
  const { campaignId, name, legalBasis } = content
  const { worklistId } = 'worklistId' in content ? content : {}
  const list = worklistId === undefined ? {} : { worklistId }
  const kept = 'file' in content ? { file: content.file, view: content.view, choice: content.choice } : {}
  const reading = { rows, unread, ...(returned ? { returned } : {}), ...(cells ? { cells } : {}) }
  return {
    campaignId,
    name,
    legalBasis,
    ...kept,
    stage: 'planned',
    ...list,
    ...planned(actor, { campaignId, at }, reading),
  }
}

/** Keeps what the columns of a batch's file are, and reads it again: `chooseColumns`. */
export const chooseWorklistColumns = (actor: Actor, listUnitId: number, batchId: number, choice: ListChoice) =>
  chooseColumns(actor, { kind: 'worklist', batchId, choice }, ({ accountId }) =>
    startJob(actor, 'worklist_plan', { worklistBatchId: batchId, listUnitId, accountId }),
  )

type ListUnit = { id: number; path: string }

function planned(
  actor: Actor,
  { campaignId, at }: { campaignId: number; at: ListUnit },
  reading: WorklistReading,
): Planned {
  const { rows, returned = [], unread, cells = {} } = reading
  const hamlets = prepared<string>(
    'select distinct hamlet from assignment where campaign_id = ? and unit_id = ? order by hamlet',
  )
    .pluck()
    .all(campaignId, at.id)
  const numbered = new Map(
    unread.flatMap(({ row, name }) => {
      const number = readIdCell(cells[row]?.number ?? '')
      return number.ok ? [[row, { row, name, number: number.number }]] : []
    }),
  )
  const fresh = planWorklist(rows, knownTo(campaignId, at), hamlets, [...numbered.values()])
  const named = assignmentsNamed(actor, { campaignId, unitPath: at.path }, returned)
  const { contacts, kept, problems } = planReturned(returned, id => named.get(id))
  const plan = { ...fresh, kept: [...fresh.kept, ...kept], problems: [...fresh.problems, ...problems], contacts }
  return { ...reading, plan, planKey: createHash('sha256').update(JSON.stringify(plan)).digest('base64url') }
}

/** Tells what is known of a row's citizen to a unit: on which list they are, and what its own officials recorded. */
function knownTo(campaignId: number, { id: unitId, path }: ListUnit) {
  const hashOf = matching({ campaignId })
  const today = campaignToday()
  const listOf = prepared<number>('select unit_id from assignment where campaign_id = ? and citizen_hash = ?').pluck()
  const recordOf = prepared(
    `select 1 from help h
      join posting p on p.official_id = h.official_id and p.from_on <= @today and coalesce(p.to_on, @today) >= @today
      join unit u on u.id = p.unit_id and u.path >= @path and u.path < @end
      where h.campaign_id = @campaignId and h.citizen_hash = @hash and h.withdrawn_at is null limit 1`,
  )
  return ({ number }: { number: string }) => {
    const hash = hashOf('number', number)
    const listed = listOf.get(campaignId, hash)
    return {
      list: listed === undefined ? null : listed === unitId ? ('this' as const) : ('other' as const),
      isHelped: recordOf.get({ campaignId, hash, today, path, end: subtreeEnd(path) }) !== undefined,
    }
  }
}

/** How many rows a plan writes. */
const writes = ({ adds, contacts = [] }: WorklistPlan) => adds.length + contacts.length

/** Starts the job that puts on the list what a preview showed (`planKey`). */
export function startWorklistApply(
  actor: Actor,
  { batchId, planKey }: { batchId: number; planKey: string },
): Result<{ jobId: number }, 'plan_moved'> {
  const { content, unit: at } = existing(actor, batchId)
  if (actor.kind !== 'person') throw new Error('a worklist is imported by a person')
  const isPlanned = content.stage === 'planned' && writes(content.plan) > 0
  if (!isPlanned || content.planKey !== planKey) return { ok: false, problem: 'plan_moved' }
  const asked = { worklistBatchId: batchId, listUnitId: at.id, accountId: actor.accountId, planKey }
  return { ok: true, jobId: transact(() => startJob(actor, 'worklist_apply', asked)) }
}

/** `worklistId` undefined: nobody comes on a list, results alone are noted. */
export type Applying = {
  worklistId?: number
  adds: WorklistRow[]
  contacts: PlannedContact[]
  campaignId: number
  unitId: number
}

/**
 * Opens the list of a batch, or the list that other rows of the batch are on. Plans its rows again, and refuses if the
 * plan differs from the one named (undefined; the preview then shows the new plan). An interrupted one continues after
 * its last row.
 */
export function beginWorklist(
  actor: Actor,
  { batchId, planKey }: { batchId: number; planKey: string },
): Applying | undefined {
  const { content, unit: at, createdBy } = existing(actor, batchId)
  const applied = ({ worklistId, plan: { adds, contacts = [] } }: Planned): Applying => ({
    worklistId,
    adds,
    contacts,
    campaignId: content.campaignId,
    unitId: at.id,
  })
  if (content.stage === 'applying') return applied(content)
  let applying: Applying | undefined
  let isOpen = false
  return replace(
    actor,
    batchId,
    batch => {
      applying = undefined
      if (batch.content.stage !== 'planned') return undefined
      const replanned = plannedContent(actor, batch, batch.content)
      if (replanned.planKey !== planKey) return replanned
      const { file: _file, view: _view, choice: _choice, ...present } = replanned
      isOpen = present.worklistId !== undefined || present.plan.adds.length === 0
      // the worker alone opens lists, one after the other, so nothing else takes the id
      const list = isOpen ? {} : { worklistId: nextId(worklist) }
      applying = applied({ ...present, ...list })
      return { ...present, ...list, stage: 'applying' }
    },
    tx => {
      if (!applying || isOpen) return applying
      const { worklistId: id, campaignId, unitId } = applying
      const { name, legalBasis } = content
      const importedBy = actor.kind === 'person' ? actor.accountId : createdBy
      tx.insert(worklist)
        .values({ id, campaignId, unitId, name, legalBasis, importedAt: campaignNow(), importedBy })
        .run()
      return applying
    },
  )
}

/** Adds some citizens to a list, except those who are on one by now. One transaction. */
export function addToWorklist(
  { worklistId, campaignId, unitId }: Pick<Applying, 'worklistId' | 'campaignId' | 'unitId'>,
  rows: readonly WorklistRow[],
) {
  if (worklistId === undefined) return
  transact(tx => {
    for (const row of rows) {
      const citizenHash = matchHash({ campaignId }, 'number', row.number)
      if (prepared('select 1 from assignment where campaign_id = ? and citizen_hash = ?').get(campaignId, citizenHash))
        continue
      const id = nextId(assignment)
      tx.insert(assignment)
        .values({ id, campaignId, worklistId, unitId, citizenHash, ...citizenColumns(campaignId, id, row) })
        .run()
      settleAssignments(campaignId, [citizenHash])
    }
  })
}

/** A listed citizen's own columns, sealed for the row `id`. */
export function citizenColumns(campaignId: number, id: number, row: Omit<WorklistRow, 'row'>) {
  const owner = { campaignId }
  const slot = (column: string) => ({ table: 'assignment', column, rowId: id })
  const { name, typed } = storedName(row.name)
  return {
    citizenNameCipher: seal(owner, slot('citizenName'), name),
    citizenNameTypedCipher: typed === null ? null : seal(owner, slot('citizenNameTyped'), typed),
    citizenNumberCipher: seal(owner, slot('citizenNumber'), row.number),
    citizenPhoneCipher: row.phone === null ? null : seal(owner, slot('citizenPhone'), row.phone),
    addressCipher: row.address === null ? null : seal(owner, slot('address'), row.address),
    citizenBirthYear: row.birthYear,
    localityCode: row.localityCode,
    hamlet: row.hamlet,
    lacks: JSON.stringify(row.lacks),
  }
}

/**
 * Ends an import and logs how many came on the list. Rows that are still to be mended stay in the preview, planned again
 * (`isOpen`); a batch without any forgets the file's rows.
 */
export function endWorklist(
  actor: Actor,
  batchId: number,
  { worklistId, campaignId, unitId, adds }: Applying,
): { count: number; isOpen: boolean } {
  const hashes = JSON.stringify(adds.map(({ number }) => matchHash({ campaignId }, 'number', number)))
  const count = prepared<number>(
    `select count(*) from assignment
      where worklist_id = ? and citizen_hash in (select value from json_each(?))`,
  )
    .pluck()
    .one(worklistId ?? null, hashes)
  const tell = (tx: Tx) => {
    if (worklistId === undefined) return
    const data = { unitId, count }
    logEvent(tx, actor, { verb: 'import', subject: 'worklist', subjectId: worklistId, campaignId, data })
  }
  const isOpen = replace(
    actor,
    batchId,
    batch => {
      const { content } = batch
      if (content.stage !== 'applying') return undefined
      const { kept: listed } = planned(actor, { campaignId, at: batch.unit }, content).plan
      const kept = new Set(listed.map(({ row }) => row))
      const isLeft = ({ row }: { row: number }) => !kept.has(row)
      const rows = content.rows.filter(isLeft)
      const returned = content.returned?.filter(isLeft)
      if (rows.length + (returned?.length ?? 0) + content.unread.length === 0) return undefined
      return plannedContent(actor, batch, { ...content, rows, returned })
    },
    tx => {
      tell(tx)
      return true
    },
  )
  if (isOpen) return { count, isOpen }
  transact(tx => {
    closeBatch(batchId)
    tell(tx)
  })
  return { count, isOpen: false }
}

/** How many citizens of a batch are on its list already; 0: it was not applied yet. */
export function listedOf(content: WorklistContent): number {
  const { worklistId = null } = 'worklistId' in content ? content : {}
  return prepared<number>('select count(*) from assignment where worklist_id = ?').pluck().one(worklistId)
}

/** Empties the uploads of a campaign that were never applied. */
export function forgetUploads(campaignId: number) {
  transact(() => {
    const ids = prepared<number>("select id from import_batch where kind = 'worklist' and length(plan_cipher) > 0")
      .pluck()
      .all()
    for (const id of ids) if (contentOf<WorklistContent>(id)?.campaignId === campaignId) forgetContent(id)
  })
}
