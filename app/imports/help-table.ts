import { isDay } from '#app/domain/calendar.ts'
import {
  type HelpColumn,
  type HelpFileReason,
  type HelpRow,
  type HelpRowProblem,
  LISTED_HELP_COLUMNS,
  MAX_HELP_ROWS,
} from '#app/domain/help-import.ts'
import { readIdCell } from '#app/domain/id-number.ts'
import type { ListView } from '#app/domain/list.ts'
import { foldWords } from '#app/domain/name.ts'
import { readPhone } from '#app/domain/phone.ts'
import { isLostFont } from '#app/domain/vietnamese-encoding.ts'
import { CARRIERS, CONSENT_CHANNELS, HELP_PLACES, OUTCOMES, type Outcome } from '#app/domain/vocabulary.ts'
import { readDay } from '#app/domain/written-day.ts'
import { labels } from '#app/text/vocabulary.ts'
import { HELP_SPEC } from './help-spec.ts'
import { type ListEntry, spreadBirth } from './list.ts'
import { isUnsaved, type ReadingOptions, readList } from './list-reading.ts'
import { readBirth, readMark } from './roster-values.ts'

/** Reads the list of helped citizens in a workbook, a csv or a pasted table; `view` tells how it was understood. */
export async function readHelpTable(
  bytes: Uint8Array,
  options: ReadingOptions = {},
): Promise<{ ok: true; rows: HelpRow[]; view: ListView } | { ok: false; reason: HelpFileReason }> {
  const list = await readList(bytes, HELP_SPEC, options)
  if (!list.ok) return list
  if (list.entries.length > MAX_HELP_ROWS) return { ok: false, reason: 'too_many_rows' }
  const rows = list.entries.flatMap(entry => readRow(entry) ?? [])
  return rows.length === 0 ? { ok: false, reason: 'no_rows' } : { ok: true, rows, view: list.view }
}

/** The texts of a row; blank ones are left out. */
function textsOf(text: ListEntry<HelpColumn>['text']): HelpRow['cells'] {
  const texts: HelpRow['cells'] = {}
  for (const column of LISTED_HELP_COLUMNS) {
    const said = text(column) || (column === 'birth' ? spreadBirth(text) : '')
    if (said !== '') texts[column] = said
  }
  return texts
}

/** Undefined for rows without any text. */
function readRow({ ref: { row }, text }: ListEntry<HelpColumn>): HelpRow | undefined {
  const texts = textsOf(text)
  return Object.keys(texts).length === 0 ? undefined : readHelpCells(row, texts)
}

/** Reads one row from the texts of its cells, blank ones left out; again where a cell was mended. */
export function readHelpCells(row: number, texts: HelpRow['cells']): HelpRow {
  const unread: HelpRowProblem[] = LISTED_HELP_COLUMNS.filter(column => isUnsaved(texts[column])).map(column => ({
    column,
    reason: 'formula_unsaved',
  }))
  const take = (column: HelpColumn, read: (text: string) => string | undefined): string => {
    const text = texts[column]
    if (text === undefined || isUnsaved(text)) return ''
    const value = read(text)
    if (value === undefined) unread.push({ column, reason: 'unreadable' })
    return value ?? ''
  }
  const birth =
    texts.birth === undefined ? undefined : readBirth({ kind: isDay(texts.birth) ? 'day' : 'text', text: texts.birth })
  if (texts.birth !== undefined && !birth && !isUnsaved(texts.birth))
    unread.push({ column: 'birth', reason: 'unreadable' })
  const helpedOn = take('helpedOn', text => readDay(text))
  if (isLostFont(texts.hamlet ?? '')) unread.push({ column: 'hamlet', reason: 'hamlet_lost_font' })
  if (isLostFont(texts.citizenName ?? '')) unread.push({ column: 'citizenName', reason: 'name_lost_font' })
  const fields: Record<string, string> = {
    citizenName: texts.citizenName ?? '',
    citizenNumber: texts.citizenNumber ? numberIn(texts.citizenNumber) : '',
    ...birthFields(birth),
    phone: texts.phone === undefined ? '' : phoneIn(texts.phone),
    carrier: take('carrier', readerOf(CARRIERS, labels.carrier)),
    hamlet: texts.hamlet ?? '',
    helpedOn,
    place: take('place', readerOf(HELP_PLACES, labels.helpPlace)),
    consentChannel: take('consentChannel', readerOf(CONSENT_CHANNELS, labels.consentChannel)),
    consent: take('consent', readConsent),
    note: texts.note ?? '',
  }
  for (const outcome of OUTCOMES) Object.assign(fields, outcomeFields(outcome, take(outcome, readOutcome), helpedOn))
  return { row, cells: texts, fields, unread }
}

const birthFields = (birth: ReturnType<typeof readBirth>) => ({
  birthOn: birth?.birthOn ?? '',
  birthYear: birth && birth.birthOn === null ? String(birth.birthYear) : '',
})

/** The ten digits of a phone; the text as written where it is none, for the form to say why. */
function phoneIn(text: string): string {
  const reading = readPhone(text)
  return reading.ok ? reading.phone : text
}

/** The digits of a personal number; the text as written where it is none, for the form to say why. */
function numberIn(text: string): string {
  const reading = readIdCell(text)
  return reading.ok ? reading.number : text
}

function readerOf<Word extends string>(words: readonly Word[], text: Record<Word, string>) {
  const known = new Map(words.map(word => [foldWords(text[word]), word] as const))
  return (written: string): Word | undefined => known.get(foldWords(written))
}

function readConsent(text: string): string | undefined {
  if (['dong y', 'da dong y'].includes(foldWords(text))) return 'on'
  const mark = readMark({ kind: 'text', text })
  return mark === undefined ? undefined : mark ? 'on' : ''
}

const ACHIEVED = new Set(['x', 'v', 'dat', 'dat nho ho tro', 'da dat', 'da kich hoat', 'da cai dat', 'xong', 'roi'])
const ALREADY_HAD = new Set(['da co tu truoc', 'co tu truoc', 'da co', 'co san', 'tu truoc'])
const NOT_YET = new Set(['chua', 'chua dat', 'chua co', 'khong', 'ko', '0'])

/** A day as text, or one of the values. */
function readOutcome(text: string): string | undefined {
  const day = readDay(text)
  if (day) return day
  const words = foldWords(text)
  if (/^[✓✔☑√]$/u.test(text) || ACHIEVED.has(words)) return 'achieved'
  if (ALREADY_HAD.has(words)) return 'already_had'
  return NOT_YET.has(words) ? 'not_yet' : undefined
}

/** An outcome without a day counts as achieved on the day of the visit. */
function outcomeFields(outcome: Outcome, said: string, helpedOn: string): Record<string, string> {
  const value = `outcome_${outcome}`
  if (isDay(said)) return { [value]: 'achieved', [`${value}_on`]: said }
  return said === 'achieved' ? { [value]: said, [`${value}_on`]: helpedOn } : { [value]: said }
}
