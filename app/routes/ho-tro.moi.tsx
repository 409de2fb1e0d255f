import { randomUUID } from 'node:crypto'
import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
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
