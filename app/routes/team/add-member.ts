import { redirect } from '@remix-run/node'
import { memberInput } from '#app/domain/team-input.ts'
import { addMember, findTeam } from '#app/queries/team.server.ts'
import { readForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, writes } from '../_web/visit.server.ts'

/** The first thing that the form lacks: a person, a day, or days in their order. */
function whyRefused(error: Record<string, string[] | null> | null | undefined): string {
  if (error?.officialId) return 'nobody_chosen'
  return Object.values(error ?? {}).flatMap(reasons => reasons ?? [])[0] ?? 'required'
}

/** Adds somebody to a team; a refusal is shown on its page. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const teamId = idOf(params.teamId)
  const page = `/don-vi/${idOf(params.unitId)}/to/${teamId}`
  found(findTeam(actor, campaign.id, teamId))
  const submission = readForm(form, memberInput)
  if (submission.status !== 'success') return redirect(`${page}?chua=${whyRefused(submission.error)}`)
  const added = addMember(actor, campaign.id, { teamId, input: submission.value })
  if (!added.ok) return redirect(`${page}?chua=${added.problems[0]?.reason}`)
  return added.isOffered ? redirectWith(`/don-vi/${idOf(params.unitId)}/to/${teamId}`, 'da-moi') : redirect(page)
})
