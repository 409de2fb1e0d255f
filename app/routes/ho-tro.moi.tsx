import { randomUUID } from 'node:crypto'
import { type MetaFunction, redirect } from '@remix-run/node'
import { type ClientActionFunctionArgs, isRouteErrorResponse, useActionData, useLoaderData } from '@remix-run/react'
import { recordHelp } from '#app/queries/help.server.ts'
import { ownStanding } from '#app/queries/home.server.ts'
import { listCommunes } from '#app/queries/locality.server.ts'
import { HelpForm } from '#app/ui/help-form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { refuseForm } from './form.server.ts'
import { readHelpForm } from './help-form.server.ts'
import { found, notFound, reads, writes } from './visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Thêm người dân đã hỗ trợ · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }) => {
  const own = found(ownStanding(actor, campaign.id))
  return {
    today,
    communes: listCommunes(),
    required: regulation.requiredOutcomes,
    defaults: {
      submissionKey: randomUUID(),
      helpedOn: today,
      place: 'home',
      localityCode: own.place.localityCode ?? '',
    },
  }
})

export const action = writes(({ actor, campaign }, { form }) => {
  if (actor.officialId === null) throw notFound()
  const submission = readHelpForm(form)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = recordHelp(actor, campaign.id, { officialId: actor.officialId, input: submission.value })
  if (!made.ok) return refuseForm(submission, made.problems)
  return redirect(`/ho-tro/${made.helpId}?da-luu`)
})

/** Where the server cannot be reached, or its answer is lost, the record stays on the phone until it is sent. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  const form = await request.clone().formData()
  try {
    return await serverAction<typeof action>()
  } catch (thrown) {
    if (thrown instanceof Response || isRouteErrorResponse(thrown)) throw thrown
    const { keepUnsent } = await import('#app/offline/unsent.ts')
    return { lastResult: await keepUnsent(form) }
  }
}

export default function NewHelpPage() {
  const { defaults, ...loaded } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading title="Thêm người dân đã hỗ trợ" breadcrumbs={[{ to: '/ho-tro', label: 'Hỗ trợ' }]} />
      <HelpForm {...loaded} defaults={defaults} lastResult={answer?.lastResult} submitLabel="Lưu trường hợp" />
    </div>
  )
}
