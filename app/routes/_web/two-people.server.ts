import { redirect, type TypedResponse } from '@remix-run/node'
import type { Person } from '#app/access/policy.ts'
import type { ClosingAct } from '#app/domain/vocabulary.ts'
import { confirmAct, proposeAct, withdrawAct } from '#app/queries/closing-request.server.ts'
import { noticeTo } from '#app/text/notice.ts'

type Page = '/ket-thuc' | `/quan-tri/dot/${number}/danh-sach`

/**
 * Takes one step of an act of two people from a form: proposes, withdraws or confirms it. Returns the answer to the
 * form on `page`; after a confirmation the job that was begun, null where the caller goes on.
 */
export function takeStep(
  actor: Person,
  { campaignId, act, form, page }: { campaignId: number; act: ClosingAct; form: FormData; page: Page },
): { answer: TypedResponse<never> } | { jobId: number | null } {
  const refused = (problem: string) => ({ answer: redirect(`${page}?khong-duoc=${problem}`) })
  switch (form.get('step')) {
    case 'propose': {
      const done = proposeAct(actor, campaignId, { act, withLate: form.get('withLate') === 'on' })
      return done.ok ? { answer: redirect(noticeTo(page, 'da-de-nghi')) } : refused(done.problem)
    }
    case 'withdraw': {
      const done = withdrawAct(actor, campaignId, act)
      return done.ok ? { answer: redirect(noticeTo(page, 'da-rut')) } : refused(done.problem)
    }
    default: {
      const done = confirmAct(actor, campaignId, act)
      return done.ok ? { jobId: done.jobId } : refused(done.problem)
    }
  }
}
