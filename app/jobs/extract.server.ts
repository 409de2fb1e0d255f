import {
  type ColumnMap,
  DAY_COLUMN,
  type ExtractAnswers,
  type ExtractColumn,
  type ExtractCounts,
  type ExtractQuestions,
  isUnanswered,
  NamedRows,
  RowProblems,
} from '#app/domain/extract.ts'
import { cutText } from '#app/domain/letters.ts'
import type { TableReason } from '#app/domain/list.ts'
import { MOST_NAMED } from '#app/domain/mending.ts'
import { UnknownWords } from '#app/domain/police-word.ts'
import type { ExtractSource } from '#app/domain/vocabulary.ts'
import { DayColumn } from '#app/domain/written-day.ts'
import { readExtractHead } from '#app/imports/extract-head.ts'
import { type ExtractLine, readExtractRows } from '#app/imports/extract-rows.ts'
import { UnreadableTable } from '#app/imports/table.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { askUploader, extractForJob, headOf, rememberedFor, summarise } from '#app/queries/extract.server.ts'
import { previewEffects, walkExtract } from '#app/queries/extract-apply.server.ts'
import { dropExtractFile, openExtractFile } from '#app/queries/extract-file.server.ts'
import { beginStaging, type StagedRow, stageRows, storeStaged } from '#app/queries/extract-stage.server.ts'
import { settleAllObligations } from '#app/queries/obligation-evidence.server.ts'
import { inTurn } from '#app/queries/retry.server.ts'
import { nowAndThen } from '#app/queries/steps.server.ts'

type Progress = (done: number, total: number) => void
type Asked = { extractId: number; columns?: ColumnMap; headRow?: number; sheet?: string; answers?: ExtractAnswers }
type Known = NonNullable<ReturnType<typeof extractForJob>>

/**
 * Reads the file of an extract: without `columns` its head alone, for the uploader to say which column holds what;
 * with them every row, and what applying them would do. A file that cannot be read is refused, and nothing is kept.
 */
export async function readExtract(
  { extractId, columns, headRow, sheet, answers }: Asked,
  _actor: unknown,
  progress: Progress,
) {
  const found = extractForJob(extractId)
  const page = { to: `/doi-chieu/${extractId}` }
  if (found?.state !== 'reading') return page
  try {
    const file = openExtractFile(extractId)
    if (!file) throw new UnreadableTable('expired')
    if (columns === undefined || headRow === undefined) {
      await readHead(found, file)
      return { to: `${page.to}/cot` }
    }
    const read = await readRows(found, { file, columns, headRow, sheet, answers }, progress)
    if (read === 'asked') return { to: `${page.to}/cot` }
    // words that are still open may be explained in the preview; then the file is read again
    if (read === 'open') return page
  } catch (error) {
    if (!(error instanceof UnreadableTable)) throw error
    const { reason } = error
    await inTurn(() => summarise(extractId, { reason }, 'refused'))
  }
  dropExtractFile(extractId)
  return page
}

async function readHead({ id, source }: Known, file: Uint8Array) {
  const found = await readExtractHead(file, source, rememberedFor(source).heads)
  if (!found) throw new UnreadableTable('no_rows')
  const { head, guess } = found
  const told = { ...head, cells: head.cells.map(cell => cutText(cell, 100)) }
  await inTurn(() => summarise(id, { head: told, guess }, 'reading'))
}

/** Rows that are staged at a time. */
const CHUNK = 1000

type Columns = { columns: ColumnMap; headRow: number; sheet?: string }

/** What rows gave so far: those that wait to be staged, problems, warnings, and what only the uploader can say. */
class RowsRead {
  readonly days = new DayColumn()
  readonly words = new UnknownWords()
  readonly problems = new RowProblems()
  readonly abroad = new NamedRows()
  readonly passed = {
    head: new NamedRows(),
    footer: new NamedRows(),
    section: new NamedRows(),
    hidden: new NamedRows(),
  }
  /** words in a lost font that were read as what they mean, the first of them */
  readonly fonts = new Map<string, string>()
  /** hidden rows, taken or not */
  hidden = 0
  rows = 0
  chunk: StagedRow[] = []

  constructor(
    readonly columns: ColumnMap,
    readonly source: ExtractSource,
    readonly withHidden: boolean,
  ) {}

  take(line: ExtractLine) {
    if (line.passed !== null) return this.passed[line.passed].add(line.row)
    const { row, isHidden, reading, cells, fonts } = line
    if (isHidden) this.hidden += 1
    if (isHidden && !this.withHidden) return this.passed.hidden.add(row)
    this.rows += 1
    this.days.see(this.#text(cells, DAY_COLUMN[this.source]))
    for (const { from, to } of fonts) if (this.fonts.size < MOST_NAMED) this.fonts.set(from, to)
    if (reading.ok) {
      this.chunk.push({ row, facts: reading.facts })
      if (reading.isAbroad) this.abroad.add(row)
      return
    }
    this.problems.tell(reading.reasons.map(reason => ({ row, reason })))
    if (reading.reasons.includes('level_unreadable')) this.words.see(this.#text(cells, 'level'))
  }

  #text(cells: readonly (string | undefined)[], column: ExtractColumn): string {
    const at = this.columns[column]
    return at === undefined ? '' : (cells[at] ?? '')
  }

  /** What the rows alone do not tell. */
  get asks(): ExtractQuestions {
    return {
      dayOrder: this.days.isAsked,
      words: this.words.list,
      ...(this.hidden > 0 && { hidden: this.hidden }),
      ...(this.fonts.size > 0 && { fonts: [...this.fonts].map(([from, to]) => ({ from, to })) }),
    }
  }
}

/**
 * Reads all rows and stores what they show. `asked`: nothing is stored, for the uploader has to say something first: what
 * `isUnanswered` says. `open`: a word was left open, and its rows are not taken.
 */
async function readRows(
  { id, campaignId, source, asOfOn }: Known,
  { file, columns, answers, ...part }: { file: Uint8Array; answers?: ExtractAnswers } & Columns,
  progress: Progress,
): Promise<'asked' | 'open' | 'done'> {
  const today = campaignToday()
  const told = rememberedFor(source).words
  const { cells = [], encoding } = headOf(id).head ?? {}
  const head = { cells, encoding, sheet: part.sheet ?? '', row: part.headRow }
  const read = new RowsRead(columns, source, answers?.withHidden ?? true)
  const { problems, abroad } = read
  let repeated = 0
  const say = nowAndThen(progress)
  const stage = async () => {
    const staged = stageRows(campaignId, read.chunk)
    repeated += staged.repeated
    for (const problem of staged.problems) problems.tell([problem])
    read.chunk = []
    await say(read.rows, 0)
  }
  await beginStaging(id)
  const context = { source, columns, asOfOn, today, dayOrder: answers?.dayOrder, told, head }
  for await (const line of readExtractRows(file, context)) {
    read.take(line)
    if (read.chunk.length === CHUNK) await stage()
  }
  await stage()
  const { asks } = read
  if (isUnanswered(asks, answers)) {
    await inTurn(() => askUploader(id, { guess: columns, asks, answers }))
    return 'asked'
  }
  await storeStaged(id, () => say(read.rows, 0))
  if (read.rows === 0) throw new UnreadableTable('no_rows' satisfies TableReason)
  const valid = read.rows - problems.rows - repeated
  const subjects = extractForJob(id)?.subjects ?? 0
  const counts: ExtractCounts = { rows: read.rows, valid, repeated, problems: problems.rows, subjects }
  const effects = await previewEffects({ id, campaignId }, progress)
  const isOpen = asks.words.length > 0
  const open = isOpen ? { ...headOf(id), guess: columns, asks, answers } : {}
  const { passed } = read
  const summary = { counts, problems: problems.named, groups: problems.groups, abroad, passed, ...effects, ...open }
  await inTurn(() => summarise(id, summary, 'read'))
  return isOpen ? 'open' : 'done'
}

/** Applies or undoes an extract, from its last saved step; then settles the officials' own obligations by it. */
export async function moveExtract({ extractId }: Asked, _actor: unknown, progress: Progress) {
  await walkExtract(extractId, progress)
  await settleAllObligations(extractId, progress)
  return { to: `/doi-chieu/${extractId}` }
}
