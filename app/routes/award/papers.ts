import { redirect } from '@remix-run/node'
import { optionalDay } from '#app/domain/field.ts'
import { z } from '#app/domain/zod.ts'
import { orderPapers, takeBundle } from '#app/queries/paper-bundle.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { download } from '../_web/download.server.ts'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

const paperOrder = z.object({ ngay: optionalDay })

/** The papers of a round in one zip, as they were made last; logged. Never kept by caches: they name people. */
export const loader = reads(async ({ actor, campaign }, { params }) => {
  const roundId = idOf(params.roundId)
  const content = found(await retryBusy(() => takeBundle(actor, campaign.id, roundId)))
  return download(content, {
    name: `van-ban-dot-xet-${roundId}`,
    ending: 'zip',
    campaign,
    headers: { 'Content-Length': String(content.length), 'X-Content-Type-Options': 'nosniff' },
  })
})

/** Has every paper of a round made, of the day that the form names; the job's page shows how far it is. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const submission = readForm(form, paperOrder)
  if (submission.status !== 'success') return redirect(`/khen-thuong/${roundId}?khong-duoc=not_a_day`)
  return redirect(`/cong-viec/${orderPapers(actor, campaign.id, { roundId, datedOn: submission.value.ngay })}`)
})
