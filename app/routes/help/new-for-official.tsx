import { randomUUID } from 'node:crypto'
import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { isLateEntry, lastEntryDay } from '#app/domain/late-entry.ts'
import { readLateDocument } from '#app/domain/late-entry-input.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { listCommunes } from '#app/queries/locality.server.ts'
import { findOfficial } from '#app/queries/official.server.ts'
import { HelpForm } from '#app/ui/help-form.tsx'
import { LateDocumentSheet } from '#app/ui/late-entries.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { readHelpForm } from './form.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nhập hộ · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }, { params }) => {
  const official = found(findOfficial(actor, idOf(params.officialId), regulation.endsOn))
  permit(actor, 'help.record_for', official.target)
  const unit = findUnitHeading(actor, campaign.id, official.target.unitId)
  return {
    official: { id: official.id, name: official.name },
    lastOn: isLateEntry(today, regulation) ? lastEntryDay(regulation) : null,
    form: {
      today,
      communes: listCommunes(today),
      required: regulation.requiredOutcomes,
      minimumAge: regulation.minimumAge,
      defaults: {
        submissionKey: randomUUID(),
        helpedOn: today,
        place: 'home',
        localityCode: unit?.localityCode ?? '',
      },
    },
  }
})

export const action = writes(({ actor, campaign, regulation }, { params, form }) => {
  const officialId = idOf(params.officialId)
  found(findOfficial(actor, officialId, regulation.endsOn))
  const submission = readHelpForm(form)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = recordHelp(actor, campaign.id, {
    officialId,
    input: submission.value,
    isOnlyNew: true,
    lateDocument: readLateDocument(form),
  })
  return made.ok ? redirectWith(`/can-bo/${officialId}`, 'da-nhap-ho') : refuseForm(submission, made.problems)
})

export default function RecordForPage() {
  const { official, form, lastOn } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Nhập hộ ${official.name}`}
        note="Trường hợp được ghi là nhập hộ và do người khác trong đơn vị xác nhận."
        breadcrumbs={[{ to: `/can-bo/${official.id}`, label: official.name }]}
      />
      <HelpForm {...form} lastResult={answer?.lastResult} submitLabel="Lưu trường hợp nhập hộ">
        <LateDocumentSheet lastOn={lastOn} sent={answer?.lastResult.initialValue} />
      </HelpForm>
    </div>
  )
}
