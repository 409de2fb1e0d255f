import type { ListView, TableReason } from '#app/domain/list.ts'
import {
  hamletIn,
  lacksInTitle,
  type RowContext,
  readWorklistRow,
  WORKLIST_COLUMNS,
  WORKLIST_ROWS,
  type WorklistCells,
  type WorklistColumn,
  type WorklistFileReason,
  type WorklistProblem,
  type WorklistRow,
} from '#app/domain/worklist.ts'
import type { WorklistReading } from '#app/domain/worklist-mending.ts'
import { type ListEntry, spreadBirth } from './list.ts'
import { type ReadingOptions, readList } from './list-reading.ts'
import { WORKLIST_SPEC } from './worklist-spec.ts'

type WorklistTable =
  | ({ ok: true; view: ListView } & Required<WorklistReading>)
  | { ok: false; reason: TableReason | WorklistFileReason }

/** Reads a list of citizens to be helped, whatever its columns; `view` tells how it was understood. */
export async function readWorklistTable(
  bytes: Uint8Array,
  context: RowContext,
  options: ReadingOptions = {},
): Promise<WorklistTable> {
  const list = await readList(bytes, WORKLIST_SPEC, { given: lacksGiven, ...options })
  if (!list.ok) return { ok: false, reason: list.reason === 'no_header' ? 'head_missing' : list.reason }
  if (list.entries.length > WORKLIST_ROWS) return { ok: false, reason: 'too_many_rows' }
  const rows: WorklistRow[] = []
  const unread: WorklistProblem[] = []
  const cells: Record<number, WorklistCells> = {}
  for (const entry of list.entries) {
    const texts = textsOf(entry)
    const reading = readWorklistRow(entry.ref.row, texts, context)
    if (reading?.ok) rows.push(reading.row)
    else if (reading) {
      unread.push(...reading.problems)
      cells[entry.ref.row] = texts
    }
  }
  return rows.length + unread.length === 0
    ? { ok: false, reason: 'no_rows' }
    : { ok: true, rows, unread, cells, view: list.view }
}

/** A list that has no column of what is lacking may say it in its title. */
function lacksGiven({ missing, title }: ListView): Record<string, string> {
  return missing.includes('lacks') ? { lacks: lacksInTitle(title) } : {}
}

/** A section of the list that is headed by a hamlet gives it to rows that name none. */
function textsOf({ text, section }: ListEntry<WorklistColumn>): WorklistCells {
  const texts = Object.fromEntries(WORKLIST_COLUMNS.map(column => [column, text(column)])) as WorklistCells
  return {
    ...texts,
    birth: texts.birth || spreadBirth(text),
    hamlet: texts.hamlet || hamletIn(texts.address ?? '') || hamletIn(section ?? ''),
  }
}
