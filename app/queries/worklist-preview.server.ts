import type { Actor } from '#app/access/policy.ts'
import { grouped } from '#app/domain/grouping.ts'
import { readIdCell } from '#app/domain/id-number.ts'
import type { TableReason } from '#app/domain/list.ts'
import { groupProblems, groupWord } from '#app/domain/mending.ts'
import { titleCase } from '#app/domain/person-name.ts'
import { previewPage } from '#app/domain/preview-page.ts'
import { found, notFound } from '#app/domain/refusal.ts'
import {
  isOutsideQuota,
  WORKLIST_FATES,
  type WorklistCells,
  type WorklistFate,
  type WorklistFileReason,
  type WorklistPreviewRow,
  type WorklistProblem,
  type WorklistRow,
} from '#app/domain/worklist.ts'
import { sharedProblem, shownWorklistCells, textsReader } from '#app/domain/worklist-mending.ts'
import { transact } from '#db/client.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { columnsOf } from './import-batch.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { localityName } from './locality.server.ts'
import { findWorklistBatch, listedOf, type WorklistContent } from './worklist-import.server.ts'

/**
 * Returns one page of a planned list: the counts of each fate, the problems that rows share, and the rows of one fate
 * from the `from`-th on. `view` selects the fate; null: rows to be mended first. `group` leaves the rows with one
 * problem (`groupWord`). `columns`: how the file was understood, while it is kept. `listed`: how many citizens of the
 * batch are on the list already. `planned` null: being read or applied, refused, applied, or no longer kept. Undefined
 * if not visible.
 */
export function previewWorklist(
  actor: Actor,
  batchId: number,
  { view, group = '', from }: { view: WorklistFate | null; group?: string; from: number },
) {
  const seen = findWorklistBatch(actor, batchId)
  if (!seen) return undefined
  const { content, ...batch } = seen
  if (content?.stage !== 'planned') {
    const refusal: TableReason | WorklistFileReason | null = content?.stage === 'refused' ? content.reason : null
    return { batch, columns: columnsOf(seen), refusal, isKept: content !== null, planned: null }
  }
  const { plan, unread, planKey, name, legalBasis, others = { asked: 0, recorded: [] } } = content
  const problems = [...unread, ...plan.problems]
  const problemsOf = grouped(problems, ({ row }) => row)
  const isInGroup = (found: readonly WorklistProblem[]) =>
    group === '' || found.some(problem => groupWord(sharedProblem(problem)) === group)
  const counts: Record<WorklistFate, number> = {
    problem: problemsOf.size,
    add: plan.adds.length,
    contact: plan.contacts?.length ?? 0,
    kept: plan.kept.length,
  }
  const shown = view ?? WORKLIST_FATES.find(fate => counts[fate] > 0) ?? 'add'
  const rowIn = ({ row }: { row: number }) => row
  const chosen = {
    problem: () => [...problemsOf].flatMap(([row, found]) => (isInGroup(found) ? [row] : [])),
    add: () => plan.adds.map(rowIn),
    contact: () => (plan.contacts ?? []).map(rowIn),
    kept: () => plan.kept.map(rowIn),
  }[shown]()
  const { rows, ...page } = previewPage(
    chosen.sort((a, b) => a - b),
    { from, isMended: shown === 'problem' },
  )
  return {
    batch,
    columns: columnsOf(seen),
    refusal: null,
    isKept: true,
    planned: {
      name,
      legalBasis,
      planKey,
      listed: listedOf(content),
      counts,
      groups: groupProblems(
        problems.map(problem => ({ row: problem.row, ...sharedProblem(problem) })),
        ({ row }) => row,
      ),
      group: shown === 'problem' ? group : '',
      view: shown,
      outsideQuota: plan.adds.filter(({ lacks }) => isOutsideQuota(lacks, rulesOf(content.campaignId).regulation))
        .length,
      asked: others.asked,
      rows: rowsOf(content, rows, { fate: shown, problemsOf, isRecorded: row => others.recorded.includes(row) }),
      ...page,
    },
  }
}

function rowsOf(
  content: Extract<WorklistContent, { stage: 'planned' }>,
  page: readonly number[],
  {
    fate,
    problemsOf,
    isRecorded,
  }: {
    fate: WorklistFate
    problemsOf: ReadonlyMap<number, readonly WorklistProblem[]>
    isRecorded: (row: number) => boolean
  },
): WorklistPreviewRow[] {
  const { regulation } = rulesOf(content.campaignId)
  const today = campaignToday()
  const onPage = new Set(page)
  const read = new Map(
    [...content.rows, ...content.plan.adds].flatMap(row => (onPage.has(row.row) ? [[row.row, row]] : [])),
  )
  const contactOf = new Map(content.plan.contacts?.map(({ row, input }) => [row, input]))
  const textsOf = textsReader(content)
  return page.map(row => {
    const found = read.get(row)
    const own = problemsOf.get(row) ?? []
    return {
      row,
      fate,
      ...citizenOf(found, textsOf(row), code => localityName(code, today)),
      isOutsideQuota: found !== undefined && isOutsideQuota(found.lacks, regulation),
      isRecorded: isRecorded(row),
      contact: contactOf.get(row) ?? null,
      problems: own.map(({ reason, otherRow }) => ({ reason, ...(otherRow === undefined ? {} : { otherRow }) })),
      cells: shownWorklistCells(textsOf(row), own),
    }
  })
}

/** Who the citizen of a row is, as read, else as written. */
function citizenOf(found: WorklistRow | undefined, texts: WorklistCells, communeOf: (code: string) => string) {
  const number = readIdCell(found?.number ?? texts.number ?? '')
  const place = found ? [found.hamlet, communeOf(found.localityCode)] : [texts.hamlet, texts.commune]
  return {
    name: found ? titleCase(found.name) : (texts.name ?? ''),
    numberTail: number.ok ? number.number.slice(-3) : null,
    sex: number.ok ? number.sex : null,
    birthYear: number.ok ? number.birthYear : null,
    isAbroad: number.ok && number.isAbroad,
    livesAt: place.filter(Boolean).join(', '),
    hasPhone: found !== undefined && found.phone !== null,
    lacks: found?.lacks ?? [],
  }
}

/** The rows of a planned list that need mending, as they were written; giving them out is logged. */
export function exportWorklistProblems(actor: Actor, batchId: number) {
  const { content } = found(findWorklistBatch(actor, batchId))
  if (content?.stage !== 'planned') throw notFound()
  const { campaignId } = content
  const textsOf = textsReader(content)
  const byRow = grouped([...content.unread, ...content.plan.problems], ({ row }) => row)
  const rows = [...byRow].sort(([a], [b]) => a - b).map(([row, problems]) => ({ row, cells: textsOf(row), problems }))
  const data = { rows: rows.length }
  transact(tx => logEvent(tx, actor, { verb: 'export', subject: 'import_batch', subjectId: batchId, campaignId, data }))
  return rows
}
