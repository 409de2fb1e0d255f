import { ZipFile, type ZippedFile } from '#app/documents/paper-zip.ts'
import type { Day } from '#app/domain/calendar.ts'
import { found } from '#app/domain/refusal.ts'
import { keepBundle } from '#app/queries/paper-bundle.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { collectRound, logRoundExport } from '#app/queries/round-list.server.ts'
import { askerOf } from '../asker.server.ts'
import { candidateReport } from './candidate.server.ts'
import { papersOf, ROUND_PAPER_NAMES, type RoundPaper, writeRoundFiles } from './round.server.ts'

type Progress = (done: number, total: number) => void
type Asked = { campaignId: number; roundId: number; datedOn: Day | null; accountId: number }

/**
 * Makes every paper of a round and puts them into one zip with a contents list: the dossier's own, then the báo cáo
 * thành tích of each collective and person in the order of the lists. As the person who asked, with what they may see.
 */
export async function bundlePapers(
  { campaignId, roundId, datedOn, accountId }: Asked,
  _system: unknown,
  progress: Progress,
): Promise<{ to: string }> {
  const actor = askerOf(accountId)
  found(findRound(actor, campaignId, roundId))
  const list = await collectRound(actor, campaignId, { roundId, isWhole: false })
  const { round, persons, collectives } = list
  const documents = papersOf(round.kind)
  const rows = round.kind === 'review' ? [] : [...collectives, ...persons]
  const total = documents.length + rows.length
  const zip = new ZipFile()
  for (const [n, document] of documents.entries()) {
    for await (const file of writeRoundFiles(actor, list, { document, datedOn }))
      await zip.add(paperFile(n, document, file))
    progress(n + 1, total)
  }
  for (const [n, row] of rows.entries()) {
    const content = await candidateReport(round, row, datedOn)
    await zip.add(reportFile(n, row, content))
    progress(documents.length + n + 1, total)
  }
  const content = await zip.close(`Văn bản của ${round.name}`)
  await retryBusy(() => {
    logRoundExport(actor, campaignId, { roundId, document: 'tron-bo.zip', rows: rows.length })
    keepBundle(actor, campaignId, { roundId, datedOn, files: zip.count, content: Buffer.from(content) })
  })
  return { to: `/khen-thuong/${roundId}` }
}

const padded = (n: number | string, digits: number) => String(n).padStart(digits, '0')

/** One file of a round's paper: by its number in the dossier, in a folder of its own where it comes in several. */
function paperFile(
  n: number,
  document: RoundPaper,
  { part, content }: { part: string; content: Uint8Array },
): ZippedFile {
  const path = `${padded(n + 1, 2)}-${document}`
  const title = ROUND_PAPER_NAMES[document]
  if (part === '') return { path, title, content }
  const [from = '', to = ''] = part.split('-')
  const folder = path.replace(/\.docx$/, '')
  return { path: `${folder}/${padded(from, 4)}-${padded(to, 4)}.docx`, title: `${title}: ${from} đến ${to}`, content }
}

const reportFile = (
  n: number,
  row: { name: string; unitName: string; id: number },
  content: Uint8Array,
): ZippedFile => ({
  path: `bao-cao-thanh-tich/${padded(n + 1, 3)}-${row.id}.docx`,
  title: `Báo cáo thành tích: ${row.name === row.unitName ? row.name : `${row.name}, ${row.unitName}`}`,
  content,
})
