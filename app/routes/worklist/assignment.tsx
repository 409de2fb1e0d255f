import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { contactInput } from '#app/domain/assignment-input.ts'
import { isOutsideQuota } from '#app/domain/worklist.ts'
import { Drafted, fieldsOfDraft } from '#app/offline/drafted.tsx'
import { entriesOf, keepingAction } from '#app/offline/keeping-action.ts'
import { refusedWith } from '#app/offline/refusal.ts'
import { findAssignment, noteContact } from '#app/queries/assignment.server.ts'
import { TYPED_NAME } from '#app/text/vocabulary.ts'
import { appointmentAt, contactProblems, describeCall, OUTSIDE_QUOTA } from '#app/text/worklist.ts'
import { AssignmentStatus, CallButton, lacksInWords, MapButton } from '#app/ui/assignment-row.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { ContactForm } from '#app/ui/contact-form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction = () => [{ title: 'Người dân được phân công · 4 phủ' }]
/** Names and phones of citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

export const loader = reads(async ({ actor, campaign, regulation, today }, { params }) => {
  const citizen = found(findAssignment(actor, campaign.id, idOf(params.assignmentId)))
  await noteShown(actor, { what: 'assignment', subjectId: citizen.id, count: 1 })
  return { citizen, isOutside: isOutsideQuota(citizen.lacks, regulation), today }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const assignmentId = idOf(params.assignmentId)
  const submission = readForm(form, contactInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const noted = noteContact(actor, campaign.id, { assignmentId, input: submission.value })
  if (!noted.ok) return refuseForm(submission, [], { formErrors: [contactProblems[noted.problem]] })
  return redirectWith(`/phan-cong/${assignmentId}`, 'da-luu')
})

/** Keeps the contact on the phone until it is sent, if the server cannot be reached or its answer is lost. */
export const clientAction = keepingAction({
  draftOf: ({ params }) => `contact-${Number(params.assignmentId)}`,
  rowsOf: (form, { params }) => [
    {
      key: crypto.randomUUID(),
      subject: { kind: 'contact', assignmentId: Number(params.assignmentId) },
      citizenName: document.querySelector('h1')?.textContent ?? '',
      entries: entriesOf(form),
    },
  ],
  refuse: (form, said) => ({ lastResult: refusedWith(form, { '': [said] }) }),
})

export default function AssignmentPage() {
  const { citizen, isOutside } = useLoaderData<typeof loader>()
  const { name, nameTyped, address, hamlet, communeName, birthYear, lacks, state, bearerName, note } = citizen
  const appointment = appointmentAt(citizen)
  const call = describeCall(citizen)
  return (
    <div className="narrow stack">
      <PageHeading
        title={name}
        note={<AssignmentStatus state={state} />}
        breadcrumbs={[
          citizen.isBearer
            ? { to: '/phan-cong', label: 'Danh sách được phân công' }
            : { to: `/don-vi/${citizen.unitId}/phan-cong`, label: `Phân công, ${citizen.unitName}` },
        ]}
      />
      {citizen.problem === null ? null : (
        <Notice title={citizen.problem === 'refusal_stands' ? 'Không liên hệ lại' : undefined}>
          {contactProblems[citizen.problem]}
        </Notice>
      )}
      <Sheet>
        <Facts
          facts={[
            ...(nameTyped === null ? [] : [{ name: TYPED_NAME, value: <span className="small">{nameTyped}</span> }]),
            { name: 'Nơi ở', value: [address, hamlet, communeName].filter(Boolean).join(', ') },
            { name: 'Năm sinh', value: birthYear ?? 'Chưa rõ' },
            {
              name: 'Còn thiếu',
              value: (
                <>
                  {lacksInWords(lacks)}
                  {isOutside ? <span className="small block">{OUTSIDE_QUOTA}</span> : null}
                </>
              ),
            },
            { name: 'Người, tổ được phân công', value: bearerName ?? 'Chưa phân công' },
            ...(appointment === '' ? [] : [{ name: 'Lịch hẹn', value: appointment }]),
            ...(call === '' ? [] : [{ name: 'Lần gọi gần nhất', value: call }]),
            ...(note === null ? [] : [{ name: 'Ghi chú', value: note }]),
          ]}
        />
        {state === 'refused' ? null : <Actions />}
      </Sheet>
      {citizen.allowed.contact && citizen.problem === null ? <KeptContact key={citizen.revision} /> : null}
    </div>
  )
}

/** What the bearer can do next; a citizen who refused is left in peace. */
function Actions() {
  const { citizen } = useLoaderData<typeof loader>()
  const { id, state, helpId } = citizen
  return (
    <div className="actions actions-below">
      {citizen.allowed.help ? <ButtonLink to={`/ho-tro/moi?phan-cong=${id}`}>Đã hỗ trợ xong</ButtonLink> : null}
      {helpId !== null && citizen.isBearer ? (
        <ButtonLink variant="quiet" to="/ho-tro">
          Xem trường hợp đã ghi
        </ButtonLink>
      ) : null}
      {state === 'done' ? null : (
        <>
          <CallButton {...citizen} />
          <MapButton {...citizen} />
        </>
      )}
      {!citizen.isBearer || state !== 'appointment' ? null : (
        <ButtonLink variant="quiet" to={`/phan-cong/${id}.ics`} reloadDocument>
          Đưa vào lịch
        </ButtonLink>
      )}
    </div>
  )
}

/** The form, with what its own official typed and did not save; offices keep nothing on a device. */
function KeptContact() {
  const { citizen, today } = useLoaderData<typeof loader>()
  const lastResult = useActionData<typeof action>()?.lastResult
  const given = { citizen, today, lastResult }
  if (!citizen.isBearer) return <ContactForm {...given} />
  return (
    <Drafted form={`contact-${citizen.id}`} nameOf={() => 'kết quả liên hệ với người dân này'}>
      {draft => <ContactForm {...given} typed={fieldsOfDraft(draft, 'typed')} />}
    </Drafted>
  )
}
