import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Actor } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { RosterReading } from '#app/domain/roster/row.ts'
import { SETUP_LISTS, type SetupList } from '#app/domain/setup/listed.ts'
import { readSheets } from '#app/imports/list-file.ts'
import { readRoster } from '#app/imports/roster.ts'
import { readSetupSheets, type SetupReading, sortSetupSheets } from '#app/imports/setup-list.ts'
import { asText, type BatchContent, keepUpload } from '#app/queries/import-batch.server.ts'
import { planBatch } from '#app/queries/roster.server.ts'
import { applyBatch } from '#app/queries/roster-apply.server.ts'
import { previewBatch } from '#app/queries/roster-preview.server.ts'
import { findCoordinator } from '#app/queries/setup-steps.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { rosterFileReasons, rosterProblemSentence } from '#app/text/roster.ts'
import { explainSetupFile } from '#app/text/setup.ts'
import { setupLines, setupTexts } from '#app/text/setup-command.ts'
import { transact } from '#db/client.server.ts'
import { withSetupList } from './setup-list.server.ts'

const OPERATOR: Actor = { kind: 'system' }

/** What the operator's command did or would do, in lines; `ok` false: something has to be mended first. */
type SetupReport = { ok: boolean; lines: string[] }

type People = { reading: RosterReading; bytes: Uint8Array; fileName: string; fromOn: Day }
type Read = { lists: Partial<Record<SetupList, SetupReading>>; people: People | undefined }

/**
 * Sets a province up from one workbook with the same functions as the pages: localities, units, then people and the
 * roles that they would hold. Everything is written in one transaction; without `applies`, or where a row has to be
 * mended, it is rolled back. People are entered in the name of the province's coordinator, so that their roles wait for
 * a second person.
 */
export async function setUpFromWorkbook(
  bytes: Uint8Array,
  about: { fileName: string; fromOn: Day; applies: boolean },
): Promise<SetupReport> {
  const read = await readWorkbook(bytes, about)
  if ('ok' in read) return read
  const lines: string[] = []
  try {
    transact(() => {
      const isWhole = SETUP_LISTS.every(list => writeList(list, read.lists[list], lines))
      if (!isWhole || !writePeopleOf(read.people, lines)) throw new RolledBack(false)
      if (!about.applies) throw new RolledBack(true)
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
    return { ok: error.isWhole, lines: [...lines, error.isWhole ? setupTexts.notApplied : setupTexts.toMend] }
  }
  return { ok: true, lines: [...lines, setupTexts.applied] }
}

/** The same of a file by its path; without one, or where it cannot be read, the report says so. */
export async function setUp(path: string | undefined, about: { fromOn: Day; applies: boolean }): Promise<SetupReport> {
  if (path === undefined) return { ok: false, lines: [setupTexts.usage] }
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch {
    return { ok: false, lines: [setupTexts.unreadable(path)] }
  }
  return setUpFromWorkbook(bytes, { ...about, fileName: basename(path) })
}

/** Takes everything back that a report was made from. */
class RolledBack extends Error {
  constructor(readonly isWhole: boolean) {
    super('rolled back')
  }
}

async function readWorkbook(
  bytes: Uint8Array,
  { fileName, fromOn }: { fileName: string; fromOn: Day },
): Promise<Read | SetupReport> {
  const file = await readSheets(bytes)
  if (!file.ok) return { ok: false, lines: [explainSetupFile(file.reason)] }
  const sheets = sortSetupSheets(file.sheets)
  const lists = Object.fromEntries(
    SETUP_LISTS.flatMap(list => (sheets[list].length === 0 ? [] : [[list, readSetupSheets(sheets[list], list)]])),
  ) as Read['lists']
  if (sheets.people.length === 0) return { lists, people: undefined }
  const roster = await readRoster(bytes)
  if (!roster.ok) return { ok: false, lines: [rosterFileReasons[roster.reason]] }
  const { ok: _, ...reading } = roster
  return { lists, people: { reading, bytes, fileName, fromOn } }
}

/** Plans one list and writes it, or says what has to be mended; true where nothing has to. */
function writeList(list: SetupList, reading: SetupReading | undefined, lines: string[]): boolean {
  if (!reading) return true
  if (!reading.ok) {
    lines.push(explainSetupFile(reading.reason))
    return false
  }
  return withSetupList(OPERATOR, list, ({ plan, write }) => {
    const { entries, problems } = plan(reading.rows)
    lines.push(...setupLines(list, entries, problems))
    if (problems.length > 0) return false
    write(entries)
    return true
  })
}

/** Plans the people and their roles and enters them in the name of the province's coordinator. */
function writePeopleOf(people: People | undefined, lines: string[]): boolean {
  if (!people) return true
  const actor = findCoordinator()
  if (!actor) {
    lines.push(setupTexts.noCoordinator)
    return false
  }
  return enter(actor, people, lines)
}

/** The coordinator of the province who is named in lines. */
type Coordinator = NonNullable<ReturnType<typeof findCoordinator>>

function enter(actor: Coordinator, { reading, bytes, fileName, fromOn }: People, lines: string[]): boolean {
  const root = rootUnit()
  const about = { kind: 'roster', unitId: root.id, fileName, owner: 'staff' } as const
  const content: BatchContent = { association: null, fromOn, stage: 'uploaded', file: asText(bytes) }
  const batchId = keepUpload(actor, about, content, kept => kept.batchId)
  planBatch(actor, batchId, reading)
  const planned = previewBatch(actor, batchId, { view: 'problem', from: 0 })?.planned
  if (!planned) return false
  const problems = planned.rows.flatMap(row => (row.fate === 'problem' ? row.problems : []))
  lines.push(
    ...setupTexts.people(planned.counts, actor.displayName),
    ...problems.map(problem => `  ${rosterProblemSentence(problem)}`),
  )
  if (!planned.isReady) return false
  const applied = applyBatch(actor, { batchId, planKey: planned.planKey })
  const waiting = previewBatch(actor, batchId, { view: null, from: 0 })?.applied?.planned ?? 0
  lines.push(setupTexts.roles(waiting))
  return applied.ok
}
