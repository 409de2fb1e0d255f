import { permit } from '#app/access/policy.ts'
import { writeCandidateWorkbook } from '#app/documents/candidate-export.ts'
import { ZipFile } from '#app/documents/paper-zip.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { listsOf } from '#app/jobs/papers/listed-in.server.ts'
import { papersOf, ROUND_PAPER_NAMES, type RoundList, writeRoundFiles } from '#app/jobs/papers/round.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { collectRound, logRoundExport } from '#app/queries/round-list.server.ts'
import { rootUnit, unitPlaces } from '#app/queries/unit.server.ts'
import { provisionalNote, versionName } from '#app/text/closing.ts'
import { formatDay } from '#app/text/format.ts'
import { download } from '../_web/download.server.ts'
import { paperDay, paperResponse } from '../_web/paper.server.ts'
import { found, idOf, reads, type Visit } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

const WORKBOOK = 'danh-sach.xlsx'

/** One document of a round; each is logged. The workbook holds what the actor sees, the papers are home affairs'. */
export const loader = reads(async (visit, { params, url, context }) => {
  const { actor, campaign } = visit
  const round = found(findRound(actor, campaign.id, idOf(params.roundId)))
  const document = found([WORKBOOK, ...papersOf(round.kind)].find(name => name === params.document))
  const paper = papersOf(round.kind).find(name => name === document)
  if (paper !== undefined) permit(actor, 'round.manage', { unitPath: rootUnit().path })
  const list = await collectRound(actor, campaign.id, {
    roundId: round.id,
    isWhole: paper === undefined && !round.isFrozen,
  })
  await retryBusy(() =>
    logRoundExport(actor, campaign.id, {
      roundId: round.id,
      document,
      rows: list.persons.length + list.collectives.length,
    }),
  )
  const fileName = `${document.replace(/\.\w+$/, '')}-${round.id}`
  if (paper === undefined) return workbookResponse(await workbook(visit, list, context.publicUrl), fileName, campaign)
  const asked = { document: paper, datedOn: paperDay(url) }
  const name = ROUND_PAPER_NAMES[paper]
  const zip = new ZipFile()
  for await (const { part, content } of writeRoundFiles(actor, list, asked)) {
    if (part === '') return paperResponse(content, fileName, campaign)
    await zip.add({ path: `${part}.docx`, title: `${name}: ${part}`, content })
  }
  return download(await zip.close(name), { name: fileName, ending: 'zip', campaign })
})

function workbook(visit: Visit, list: RoundList, origin: string) {
  const { round, persons, collectives } = list
  const certificates = [...persons, ...collectives].flatMap(row =>
    row.certificateNumber === null ? [] : [[row.id, row.certificateNumber] as const],
  )
  return writeCandidateWorkbook({
    ...listsOf(list),
    campaign: visit.campaign.code,
    subtitle: [
      round.name,
      `Số liệu theo kết quả xét đã chốt ngày ${formatDay(dayOf(round.closingFrozenAt))}, ${versionName({ ...round, version: round.closingVersion }).toLowerCase()}, mã kiểm tra ${round.closingHash.slice(0, 16)}; mã trường hợp tra cứu lúc xuất.`,
      ...(round.isProvisional ? [provisionalNote(round) ?? ''] : []),
    ],
    asOf: visit.at,
    origin: origin.replace(/\/$/, ''),
    places: unitPlaces([...persons, ...collectives].map(({ unitId }) => unitId)),
    certificates: new Map(certificates),
  })
}
