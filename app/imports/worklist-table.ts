import type { ListView, TableReason } from '#app/domain/list.ts'
import {
  hamletIn,
  LISTED_COLUMNS,
  lacksInTitle,
  type RowContext,
  WORKLIST_ROWS,
  type WorklistCells,
  type WorklistColumn,
  type WorklistFileReason,
} from '#app/domain/worklist.ts'
import { readListedRow, type WorklistReading } from '#app/domain/worklist-return.ts'
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
  const reading: Required<WorklistReading> = { rows: [], returned: [], unread: [], cells: {} }
  for (const entry of list.entries) readListedRow(entry.ref.row, textsOf(entry), { context, reading })
  const { rows, returned, unread } = reading
  return rows.length + returned.length + unread.length === 0
    ? { ok: false, reason: 'no_rows' }
    : { ok: true, ...reading, view: list.view }
}

/** A list that has no column of what is lacking may say it in its title. */
function lacksGiven({ missing, title }: ListView): Record<string, string> {
  return missing.includes('lacks') ? { lacks: lacksInTitle(title) } : {}
}

/** A section of the list that is headed by a hamlet gives it to rows that name none. */
function textsOf({ text, section }: ListEntry<WorklistColumn>): WorklistCells {
  const texts = Object.fromEntries(LISTED_COLUMNS.map(column => [column, text(column)])) as WorklistCells
  return {
    ...texts,
    birth: texts.birth || spreadBirth(text),
    hamlet: texts.hamlet || hamletIn(texts.address ?? '') || hamletIn(section ?? ''),
  }
}
