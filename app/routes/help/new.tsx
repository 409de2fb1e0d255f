import { randomUUID } from 'node:crypto'
import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { networkOf } from '#app/access/network.ts'
import type { Person } from '#app/access/policy.ts'
import { isLateEntry, lastEntryDay } from '#app/domain/late-entry.ts'
import { readLateDocument } from '#app/domain/late-entry-input.ts'
import { VISIT_FIELDS } from '#app/domain/offline.ts'
import { describeRecord } from '#app/offline/draft-words.ts'
import { Drafted, fieldsOfDraft, textsOfDraft } from '#app/offline/drafted.tsx'
import { entriesOf, keepingAction } from '#app/offline/keeping-action.ts'
import { askPhoneAndServer } from '#app/offline/known-citizen.ts'
import { refusedWith } from '#app/offline/refusal.ts'
import { prefillFrom } from '#app/queries/assignment.server.ts'
import { offerCitizenLink } from '#app/queries/citizen-code.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { ownStanding } from '#app/queries/home.server.ts'
import { listCommunes } from '#app/queries/locality.server.ts'
import { matesOf } from '#app/queries/team-mate.server.ts'
import { together } from '#app/queries/together.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { COMPANION, CompanionChoices } from '#app/ui/companion-choices.tsx'
import { HelpForm } from '#app/ui/help-form.tsx'
import { LateDocumentSheet } from '#app/ui/late-entries.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { readHelpForm } from './form.server.ts'
import { helpForm } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Thêm người dân đã hỗ trợ · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }, { url }) => {
  const own = found(ownStanding(actor, campaign.id))
  const { assigned, after } = helpForm.read(url)
  return {
    today,
    communes: listCommunes(today),
    required: regulation.requiredOutcomes,
    minimumAge: regulation.minimumAge,
    defaults: {
      submissionKey: randomUUID(),
      helpedOn: today,
      place: 'home',
      localityCode: own.place.localityCode ?? '',
      ...(after === undefined ? {} : visitOf(actor, campaign.id, after)),
      ...(assigned === undefined ? {} : found(prefillFrom(actor, campaign.id, idOf(assigned)))),
    },
    mates: matesOf(campaign.id, actor.officialId ?? -1, today),
    lastOn: isLateEntry(today, regulation) ? lastEntryDay(regulation) : null,
  }
})

/** What stays the same for the next person of a visit. */
function visitOf(actor: Person, campaignId: number, helpId: number): Record<string, string> {
  const before = findHelp(actor, campaignId, helpId)
  if (!before || before.officialId !== actor.officialId) return {}
  return Object.fromEntries(VISIT_FIELDS.map(name => [name, before[name]]))
}

export const action = writes(async ({ actor, campaign }, { form, url, context }) => {
  const { officialId } = actor
  if (officialId === null) throw notFound()
  const submission = readHelpForm(form)
  if (submission.status !== 'success') return refuseForm(submission)
  const companionIds = form.getAll(COMPANION).map(Number)
  const lateDocument = readLateDocument(form)
  const made = await together(() => {
    const recorded = recordHelp(actor, campaign.id, {
      officialId,
      input: submission.value,
      companionIds,
      isOnlyNew: true,
      lateDocument,
    })
    // the citizen is here now: the next page shows the code without a further tap
    if (recorded.ok)
      offerCitizenLink(actor, campaign.id, { helpId: recorded.helpId, network: networkOf(context.address) })
    return recorded
  })
  if (!made.ok) return refuseForm(submission, made.problems)
  const { assigned } = helpForm.read(url)
  const isOther = assigned !== undefined && prefillFrom(actor, campaign.id, idOf(assigned)) !== undefined
  const to = noticeTo(`/ho-tro/${made.helpId}`, 'da-luu')
  return isOther ? redirectWith(to, 'khac-danh-sach') : redirect(to)
})

/** Keeps the record on the phone until it is sent, if the server cannot be reached or its answer is lost. */
export const clientAction = keepingAction({
  draftOf: () => 'record',
  rowsOf: form => [
    {
      key: String(form.get('submissionKey')),
      subject: { kind: 'record' },
      citizenName: String(form.get('citizenName')),
      entries: entriesOf(form),
    },
  ],
  refuse: (form, said) => ({ lastResult: refusedWith(form, { '': [said] }) }),
})

export default function NewHelpPage() {
  const { defaults, mates, lastOn, ...loaded } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading title="Thêm người dân đã hỗ trợ" breadcrumbs={[{ to: '/ho-tro', label: 'Hỗ trợ' }]} />
      <Drafted form="record" draftKey={defaults.submissionKey} nameOf={describeRecord}>
        {draft => {
          const typed = draft === null ? answer?.lastResult.initialValue : Object.fromEntries(draft.entries)
          return (
            <HelpForm
              {...loaded}
              defaults={{ ...defaults, ...fieldsOfDraft(draft) }}
              lastResult={answer?.lastResult}
              submitLabel="Lưu trường hợp"
              askEarly={askPhoneAndServer}
            >
              <CompanionChoices
                mates={mates}
                sent={draft === null ? typed?.[COMPANION] : textsOfDraft(draft, COMPANION)}
              />
              <LateDocumentSheet lastOn={lastOn} sent={typed} />
            </HelpForm>
          )
        }}
      </Drafted>
    </div>
  )
}
