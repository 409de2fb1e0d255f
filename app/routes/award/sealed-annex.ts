import { redirect } from '@remix-run/node'
import { annexInput } from '#app/domain/round-input.ts'
import { sealedAnnexPaper, sealedCertificates } from '#app/jobs/papers/unit.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { openAnnex, stepAnnex } from '#app/queries/sealed-annex.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { paperDay, paperResponse } from '../_web/paper.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { annexPaper } from './params.ts'

/**
 * The sealed annex of a command with its names, for its own tree and for the council, or once decided the certificates of
 * its people; each opening is logged.
 */
export const loader = reads(async ({ actor, campaign }, { params, url }) => {
  const ids = { roundId: idOf(params.roundId), commandId: idOf(params.unitId) }
  const { round, rows } = await retryBusy(() => openAnnex(actor, campaign.id, ids))
  if (annexPaper.read(url).isOfCertificates) {
    if (!round.isDecided) throw notFound()
    const certificates = await sealedCertificates(round, rows)
    return paperResponse(certificates, `bang-khen-phu-luc-kin-${ids.roundId}-${ids.commandId}`, campaign)
  }
  const bytes = await sealedAnnexPaper(round, rows, { commandId: ids.commandId, datedOn: paperDay(url) })
  return paperResponse(bytes, `phu-luc-kin-${ids.roundId}-${ids.commandId}`, campaign)
})

/** Home affairs passes an annex on as a whole, or sends it back. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const base = `/khen-thuong/${roundId}` as const
  found(findRound(actor, campaign.id, roundId))
  const submission = readForm(form, annexInput)
  if (submission.status !== 'success') return redirect(`${base}?khong-duoc=required`)
  const { viec, reason } = submission.value
  const stepped = stepAnnex(actor, campaign.id, {
    roundId,
    commandId: idOf(params.unitId),
    action: viec,
    reason: reason ?? '',
  })
  return redirect(stepped.ok ? noticeTo(base, 'da-chuyen', stepped.done) : `${base}?khong-duoc=${stepped.problem}`)
})
