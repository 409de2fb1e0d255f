import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import { type Action, type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import {
  type ColumnMap,
  type ColumnProblem,
  checkColumns,
  type Effect,
  type ExtractAnswers,
  type ExtractColumn,
  type ExtractCounts,
  type ExtractHead,
  type ExtractQuestions,
  fontsIn,
  isApplicable,
  type NamedRows,
  openQuestion,
  outcomesShownBy,
  type PassedOver,
  type ReasonCount,
  type RowProblem,
} from '#app/domain/extract.ts'
import type { RememberedHeads, TableReason } from '#app/domain/list.ts'
import { foldWords } from '#app/domain/name.ts'
import type { LevelWords } from '#app/domain/police-word.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import { found, notFound, type Result } from '#app/domain/refusal.ts'
import type { Carrier, ExtractSource, ExtractState } from '#app/domain/vocabulary.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { account, extract, extractFact, extractMapping, extractScope, locality } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import {
  adoptExtractFile,
  dropExtractFile,
  dropSealedBefore,
  dropSealedFile,
  hasExtractFile,
  type SealedFile,
  StaleSeal,
  sealExtractFile,
  storeExtractFile,
} from './extract-file.server.ts'
import { visibleHelp } from './help-view.server.ts'
import { startJob } from './job.server.ts'
import { writeUnjudged } from './judging/index.server.ts'
import { rootUnit } from './unit.server.ts'
import { titled } from './unit-title.server.ts'

/** The uploader's details about a file. */
export type ExtractInput = {
  source: ExtractSource
  asOfOn: Day
  isFullList: boolean
  /** the localities for which it is a full list; for telecom also the carriers */
  localities: string[]
  carriers: Carrier[]
}

/**
 * What is kept from a file besides its facts: column headings, counts, row numbers and record ids; never a row's
 * content.
 */
export type ExtractSummary = {
  reason?: TableReason
  /** the head found, and what its columns may hold */
  head?: Pick<ExtractHead, 'row' | 'cells'> & Partial<ExtractHead>
  guess?: ColumnMap
  /** asked once the rows were seen; of a file that was read: the words left open */
  asks?: ExtractQuestions
  /** what was answered so far */
  answers?: ExtractAnswers
  counts?: ExtractCounts
  /** of the rows that were not taken, the first with each problem; `groups` counts all, left out by older versions */
  problems?: RowProblem[]
  groups?: ReasonCount[]
  /** rows that were taken although their number is no province's, and the first of them; left out: as `groups` */
  abroad?: Pick<NamedRows, 'rows' | 'named'>
  /** rows that are no person's or stay hidden; left out: as `groups` */
  passed?: Record<PassedOver | 'hidden', Pick<NamedRows, 'rows' | 'named'>>
  /** records of whose citizens the file speaks */
  matched?: number
  effects?: Record<Effect, { count: number; sample: number[] }>
  /** by how much counted records change, in all and by unit below the province; left out by older versions */
  counted?: number
  units?: UnitEffect[]
}

/** What applying does to the records of a unit and those below it; `unitId` null: posted nowhere, or at the province. */
export type UnitEffect = { unitId: number | null; verified: number; rejected: number; counted: number }

const MANAGE: Record<ExtractSource, Action> = {
  police: 'extract.manage_police',
  telecom: 'extract.manage_telecom',
}
const UPLOAD: Record<ExtractSource, Action> = {
  police: 'extract.upload_police',
  telecom: 'extract.upload_telecom',
}

/** An extract concerns the whole campaign, so only a grant at the root of the tree opens it. */
const wholeTree = () => ({ unitPath: rootUnit().path })

/** Passes where the actor may work with this source's extracts, or throws `forbidden`. */
export function permitExtracts(actor: Actor, source: ExtractSource) {
  permit(actor, MANAGE[source], wholeTree())
}

/** The sources whose extracts the actor may upload, apply and undo. */
export function sourcesOf(actor: Actor): ExtractSource[] {
  return (['police', 'telecom'] as const).filter(source => can(actor, MANAGE[source], wholeTree()))
}

const MOST_LISTED = 100

/** The campaign's extracts, the newest upload first. */
export function listExtracts(actor: Actor, campaignId: number) {
  permit(actor, 'extract.view', wholeTree())
  return db
    .select({
      id: extract.id,
      source: extract.source,
      asOfOn: extract.asOfOn,
      isFullList: extract.isFullList,
      state: extract.state,
      fileName: extract.fileName,
      uploadedAt: extract.uploadedAt,
      summary: extract.summary,
    })
    .from(extract)
    .where(eq(extract.campaignId, campaignId))
    .orderBy(desc(extract.id))
    .limit(MOST_LISTED)
    .all()
    .map(({ summary, ...row }) => ({ ...row, counts: (JSON.parse(summary) as ExtractSummary).counts ?? null }))
}

/**
 * Returns one extract with the result of its preview; undefined if the campaign has none with that id or the actor may
 * not see it.
 */
export function findExtract(actor: Actor, campaignId: number, extractId: number) {
  if (!can(actor, 'extract.view', wholeTree())) return undefined
  const row = db
    .select({ extract, uploader: account.displayName })
    .from(extract)
    .leftJoin(account, eq(account.id, extract.uploadedBy))
    .where(and(eq(extract.id, extractId), eq(extract.campaignId, campaignId)))
    .get()
  if (!row) return undefined
  const { summary, outcomes: _, cursor: __, ...told } = row.extract
  const read = JSON.parse(summary) as ExtractSummary
  const scopes = db
    .select({
      code: extractScope.localityCode,
      carrier: extractScope.carrier,
      name: locality.name,
      type: locality.type,
    })
    .from(extractScope)
    .innerJoin(locality, eq(locality.code, extractScope.localityCode))
    .where(eq(extractScope.extractId, extractId))
    .all()
  return {
    ...told,
    uploader: row.uploader,
    summary: read,
    units: titled(read.units ?? []).filter(
      ({ verified, rejected, counted }) => verified + rejected > 0 || counted !== 0,
    ),
    /** of the records named in the preview, those that the actor may open */
    openable: Object.values(read.effects ?? {})
      .flatMap(({ sample }) => sample)
      .filter(helpId => visibleHelp(actor, campaignId, helpId) !== undefined),
    localities: [...new Set(scopes.map(({ type, name }) => `${type} ${name}`))],
    carriers: [...new Set(scopes.map(({ carrier }) => carrier))].filter((word): word is Carrier => word !== ''),
    openJobId: openJobOf(extractId),
    /** a word was left open and the file is still kept, so that it can be read again */
    isOpen: told.state === 'read' && read.asks !== undefined && hasExtractFile(extractId),
    allowed: { manage: can(actor, MANAGE[row.extract.source], wholeTree()) },
  }
}
export type FoundExtract = NonNullable<ReturnType<typeof findExtract>>

/** The job that works on an extract just now; null: none. */
function openJobOf(extractId: number): number | null {
  const row = prepared<{ id: number }>(
    `select id from job where state in ('queued', 'running') and kind in ('extract_read', 'extract_apply', 'extract_undo')
        and json_extract(input, '$.extractId') = ? order by id desc limit 1`,
  ).get(extractId)
  return row?.id ?? null
}

/** Returns the extract if the actor may manage it; throws 404 if it is not visible, 403 if it may only be seen. */
function managed(actor: Actor, campaignId: number, extractId: number): FoundExtract {
  const row = found(findExtract(actor, campaignId, extractId))
  permitExtracts(actor, row.source)
  return row
}

/** Returns the problems in the uploader's details about a file. */
export function checkUpload(input: ExtractInput): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (input.asOfOn > campaignToday()) problems.push({ field: 'asOfOn', reason: 'in_future' })
  if (!input.isFullList) return problems
  if (input.localities.length === 0) problems.push({ field: 'localities', reason: 'required' })
  const known = prepared('select 1 from locality where code = ?')
  if (input.localities.some(code => !known.get(code)))
    problems.push({ field: 'localities', reason: 'locality_unknown' })
  if (input.source === 'telecom' && input.carriers.length === 0)
    problems.push({ field: 'carriers', reason: 'required' })
  return problems
}

const KEPT_MS = 7 * 86_400_000
const HALF_SEALED_MS = 86_400_000

/** What is handed in: the file's own bytes, or a file that was sealed in pieces before. */
type Upload = { input: ExtractInput; fileName: string; bytes: Uint8Array | SealedFile }
/** `uploadExtract` for a file of any size: it is sealed in pieces first, so that nobody else waits for it. */
export async function handInExtract(
  actor: Actor,
  campaignId: number,
  { input, fileName, bytes }: Upload & { bytes: Uint8Array },
): Promise<Result<{ extractId: number; jobId: number }>> {
  permit(actor, UPLOAD[input.source], wholeTree())
  const problems = checkUpload(input)
  if (problems.length > 0) return { ok: false, problems }
  for (;;) {
    const sealed = await sealExtractFile(campaignId, bytes)
    try {
      return uploadExtract(actor, campaignId, { input, fileName, bytes: sealed })
    } catch (error) {
      if (!(error instanceof StaleSeal)) throw error
    } finally {
      dropSealedFile(sealed.extractId)
    }
  }
}

/**
 * Stores a file of extracted data (domain 6.3) and starts the job that reads its headings; nothing changes before the
 * extract is applied. Refuses wrong details as `checkUpload` says. Also deletes files a week old whose reading never
 * continued, or whose words were left open. Throws StaleSeal if a sealed file must be sealed again.
 */
export function uploadExtract(
  actor: Actor,
  campaignId: number,
  { input, fileName, bytes }: Upload,
): Result<{ extractId: number; jobId: number }> {
  permit(actor, UPLOAD[input.source], wholeTree())
  const problems = checkUpload(input)
  if (problems.length > 0) return { ok: false, problems }
  const uploadedBy = actor.kind === 'token' ? null : accountOf(actor)
  dropForgotten()
  const { source, asOfOn, isFullList, localities, carriers } = input
  const sealed = bytes instanceof Uint8Array ? undefined : bytes
  return writeUnjudged(tx => {
    if (sealed && prepared('select 1 from extract where id = ?').get(sealed.extractId)) throw new StaleSeal()
    const { id } = tx
      .insert(extract)
      .values({
        id: sealed?.extractId,
        campaignId,
        source,
        asOfOn,
        outcomes: '[]',
        isFullList,
        state: 'reading',
        fileName: fileName.normalize('NFC').slice(0, 200),
        uploadedAt: campaignNow(),
        uploadedBy,
      })
      .returning({ id: extract.id })
      .get()
    const scopes = source === 'police' ? [''] : [...new Set(carriers)]
    for (const localityCode of isFullList ? new Set(localities) : [])
      for (const carrier of scopes) tx.insert(extractScope).values({ extractId: id, localityCode, carrier }).run()
    logEvent(tx, actor, {
      verb: 'upload',
      subject: 'extract',
      subjectId: id,
      campaignId,
      data: { source, asOfOn, isFullList },
    })
    const jobId = startJob(actor, 'extract_read', { extractId: id })
    if (bytes instanceof Uint8Array) storeExtractFile(campaignId, id, bytes)
    else adoptExtractFile(campaignId, bytes)
    return { ok: true, extractId: id, jobId }
  })
}

function dropForgotten() {
  dropSealedBefore(Date.now() - HALF_SEALED_MS)
  const old = db
    .select({ id: extract.id, state: extract.state })
    .from(extract)
    .where(and(inArray(extract.state, ['reading', 'read']), lt(extract.uploadedAt, campaignNow() - KEPT_MS)))
    .all()
  for (const { id, state } of old) {
    dropExtractFile(id)
    if (state === 'reading') summarise(id, { reason: 'expired' }, 'refused')
  }
}

/** Stores what has been found out about a file. */
export function summarise(extractId: number, summary: ExtractSummary, state: ExtractState) {
  writeUnjudged(tx =>
    tx
      .update(extract)
      .set({ summary: JSON.stringify(summary), state })
      .where(eq(extract.id, extractId))
      .run(),
  )
}

/** Asks the uploader what the rows alone do not tell, beside the columns that were chosen. */
export function askUploader(extractId: number, told: Pick<ExtractSummary, 'guess' | 'asks' | 'answers'>) {
  summarise(extractId, { ...headOf(extractId), ...told }, 'reading')
}

/** The head that was found in a file. */
export function headOf(extractId: number): Pick<ExtractSummary, 'head'> {
  const row = db.select({ summary: extract.summary }).from(extract).where(eq(extract.id, extractId)).get()
  const { head } = JSON.parse(row?.summary ?? '{}') as ExtractSummary
  return { head }
}

/** What was last said of a source's files: the column under each head, and what words of levels mean. */
export function rememberedFor(source: ExtractSource): { heads: RememberedHeads; words?: LevelWords } {
  const row = db.select().from(extractMapping).where(eq(extractMapping.source, source)).get()
  const { words, ...columns } = JSON.parse(row?.columns ?? '{}') as StoredMapping
  const heads = Object.entries(columns).flatMap(([column, head]) =>
    foldWords(head) === '' ? [] : [[foldWords(head), column]],
  )
  return { heads: Object.fromEntries(heads), words }
}
type StoredMapping = Partial<Record<ExtractColumn, string>> & { words?: LevelWords }

const foldedWords = (words: Record<string, boolean>): LevelWords =>
  Object.fromEntries(Object.entries(words).map(([word, isActivated]) => [foldWords(word), isActivated]))

/**
 * Says which column holds what and what its words mean, remembers it for the source, and starts the job that reads all
 * rows.
 */
export function mapColumns(
  actor: Actor,
  campaignId: number,
  { extractId, columns, answers }: { extractId: number; columns: ColumnMap; answers?: ExtractAnswers },
): Result<{ jobId: number }, ColumnProblem> {
  return writeUnjudged(tx => {
    const { source, state, summary, isOpen } = managed(actor, campaignId, extractId)
    if ((state !== 'reading' && !isOpen) || !summary.head) throw notFound()
    const problem = checkColumns(source, columns)
    if (problem) return { ok: false, problem }
    const { cells, row, sheet } = summary.head
    const open = openQuestion({ ...summary.asks, fonts: fontsIn(summary.head, summary.asks) }, answers)
    if (open) return { ok: false, problem: open }
    const heads = Object.fromEntries(Object.entries(columns).map(([column, at]) => [column, cells[at] ?? '']))
    const words = { ...rememberedFor(source).words, ...foldedWords(answers?.words ?? {}) }
    const remembered = JSON.stringify({ ...heads, ...(Object.keys(words).length > 0 ? { words } : {}) })
    tx.insert(extractMapping)
      .values({ source, columns: remembered })
      .onConflictDoUpdate({ target: extractMapping.source, set: { columns: remembered } })
      .run()
    tx.update(extract)
      .set({
        outcomes: JSON.stringify(outcomesShownBy(source, columns)),
        // what was read before is read again
        ...(isOpen ? { state: 'reading', summary: JSON.stringify({ head: summary.head, guess: columns }) } : {}),
      })
      .where(eq(extract.id, extractId))
      .run()
    return { ok: true, jobId: startJob(actor, 'extract_read', { extractId, columns, headRow: row, sheet, answers }) }
  })
}

/** Starts to apply an extract that has been read and may be applied; undefined where it is not in that state. */
export function startApplying(actor: Actor, campaignId: number, extractId: number): number | undefined {
  const jobId = writeUnjudged(tx => {
    const { state, isFullList, summary, source, asOfOn } = managed(actor, campaignId, extractId)
    const { counts } = summary
    if (state !== 'read' || !counts || !isApplicable(isFullList, counts)) return undefined
    tx.update(extract)
      .set({ state: 'applying', cursor: 0, appliedAt: campaignNow(), appliedBy: accountOf(actor) })
      .where(eq(extract.id, extractId))
      .run()
    const data = { source, asOfOn, facts: counts.valid }
    logEvent(tx, actor, { verb: 'apply', subject: 'extract', subjectId: extractId, campaignId, data })
    return startJob(actor, 'extract_apply', { extractId })
  })
  if (jobId !== undefined) dropExtractFile(extractId)
  return jobId
}

/**
 * Starts to take an applied extract's facts away; one that was never applied is put aside at once. Undefined where
 * neither can be done in the state that it is in.
 */
export function startUndoing(actor: Actor, campaignId: number, extractId: number): number | undefined {
  const jobId = writeUnjudged(tx => {
    const { state, source, asOfOn, openJobId } = managed(actor, campaignId, extractId)
    const isOpen = state === 'read' || (state === 'reading' && openJobId === null)
    if (state !== 'applied' && !isOpen) return undefined
    tx.update(extract)
      .set({ state: isOpen ? 'undone' : 'undoing', cursor: 0, undoneAt: campaignNow() })
      .where(eq(extract.id, extractId))
      .run()
    const data = { source, asOfOn }
    logEvent(tx, actor, { verb: 'undo', subject: 'extract', subjectId: extractId, campaignId, data })
    return startJob(actor, 'extract_undo', { extractId })
  })
  if (jobId !== undefined) dropExtractFile(extractId)
  return jobId
}

/** Resumes an interrupted extract and returns its job, also one already running; undefined if none is interrupted. */
export function resumeExtract(actor: Actor, campaignId: number, extractId: number): number | undefined {
  return transact(() => {
    const { state, openJobId } = managed(actor, campaignId, extractId)
    if (openJobId !== null) return openJobId
    if (state === 'applying') return startJob(actor, 'extract_apply', { extractId })
    return state === 'undoing' ? startJob(actor, 'extract_undo', { extractId }) : undefined
  })
}

/** Returns the data of an extract that the job needs; undefined if there is none. */
export function extractForJob(extractId: number) {
  return db
    .select({
      id: extract.id,
      campaignId: extract.campaignId,
      source: extract.source,
      asOfOn: extract.asOfOn,
      state: extract.state,
      subjects: sql<number>`(select count(distinct ${extractFact.subjectHash}) from ${extractFact}
        where ${extractFact.extractId} = ${extract.id})`,
    })
    .from(extract)
    .where(eq(extract.id, extractId))
    .get()
}
