import { type ColumnMap, DAY_COLUMN, type ExtractCounts, RowProblems, readRow } from '#app/domain/extract.ts'
import { cutText } from '#app/domain/letters.ts'
import type { TableReason } from '#app/domain/list.ts'
import { MOST_NAMED } from '#app/domain/mending.ts'
import { UnknownWords } from '#app/domain/police-word.ts'
import { DayColumn } from '#app/domain/written-day.ts'
import { readExtractHead } from '#app/imports/extract-head.ts'
import { readTable, type TableRow, UnreadableTable } from '#app/imports/table.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import {
  askUploader,
  type ExtractAnswers,
  extractForJob,
  headOf,
  rememberedFor,
  summarise,
} from '#app/queries/extract.server.ts'
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

/** The text of a column of a row; '' where the file has no such column. */
const textIn = (cells: TableRow['cells'], at: number | undefined) => (at === undefined ? '' : (cells[at] ?? ''))

/** What rows gave so far: those that wait to be staged, problems, warnings, and words that are not understood. */
class RowsRead {
  readonly words = new UnknownWords()
  readonly problems = new RowProblems()
  readonly abroad = { rows: 0, named: [] as number[] }
  rows = 0
  chunk: StagedRow[] = []

  /** `level`: the text of the column of levels. */
  take(row: number, reading: NonNullable<ReturnType<typeof readRow>>, level: string) {
    this.rows += 1
    if (reading.ok) {
      this.chunk.push({ row, facts: reading.facts })
      if (reading.isAbroad) this.#warn(row)
      return
    }
    this.problems.tell(reading.reasons.map(reason => ({ row, reason })))
    if (reading.reasons.includes('level_unreadable')) this.words.see(level)
  }

  #warn(row: number) {
    this.abroad.rows += 1
    if (this.abroad.named.length < MOST_NAMED) this.abroad.named.push(row)
  }
}

/**
 * Reads all rows and stores what they show. `asked`: nothing is stored, for the uploader has to say something first: which
 * of day and month comes first, or what a word means. `open`: a word was left open, and its rows are not taken.
 */
async function readRows(
  { id, campaignId, source, asOfOn }: Known,
  { file, columns, headRow, sheet, answers }: { file: Uint8Array; answers?: ExtractAnswers } & Columns,
  progress: Progress,
): Promise<'asked' | 'open' | 'done'> {
  const today = campaignToday()
  const told = rememberedFor(source).words
  const days = new DayColumn()
  const read = new RowsRead()
  const { problems, abroad, words } = read
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
  const list = { headRow, columns: Object.values(columns) }
  for await (const { number, cells } of readTable(file, { sheet: sheet || undefined, list })) {
    if (number <= headRow) continue
    days.see(textIn(cells, columns[DAY_COLUMN[source]]))
    const reading = readRow(cells, { source, columns, asOfOn, today, dayOrder: answers?.dayOrder, told })
    if (reading) read.take(number, reading, textIn(cells, columns.level))
    if (read.chunk.length === CHUNK) await stage()
  }
  await stage()
  const asks = { dayOrder: days.isAsked, words: words.list }
  if (answers === undefined && (asks.dayOrder || asks.words.length > 0)) {
    await inTurn(() => askUploader(id, { guess: columns, asks }))
    return 'asked'
  }
  await storeStaged(id, () => say(read.rows, 0))
  if (read.rows === 0) throw new UnreadableTable('no_rows' satisfies TableReason)
  const valid = read.rows - problems.rows - repeated
  const subjects = extractForJob(id)?.subjects ?? 0
  const counts: ExtractCounts = { rows: read.rows, valid, repeated, problems: problems.rows, subjects }
  const effects = await previewEffects({ id, campaignId }, progress)
  const isOpen = asks.words.length > 0
  const open = isOpen ? { ...headOf(id), guess: columns, asks } : {}
  const summary = { counts, problems: problems.named, groups: problems.groups, abroad, ...effects, ...open }
  await inTurn(() => summarise(id, summary, 'read'))
  return isOpen ? 'open' : 'done'
}

/** Applies or undoes an extract, from its last saved step; then settles the officials' own obligations by it. */
export async function moveExtract({ extractId }: Asked, _actor: unknown, progress: Progress) {
  await walkExtract(extractId, progress)
  await settleAllObligations(extractId, progress)
  return { to: `/doi-chieu/${extractId}` }
}
