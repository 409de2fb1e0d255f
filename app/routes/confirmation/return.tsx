import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { returnInput, shownReturnInput } from '#app/domain/choice-input.ts'
import { shownValue } from '#app/domain/shown-record.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { returnHelp, type ShownHelp } from '#app/queries/help-confirmation.server.ts'
import { listToConfirm } from '#app/queries/help-list.server.ts'
import { listWaitingObligations, returnObligations } from '#app/queries/obligation.server.ts'
import { together } from '#app/queries/together.server.ts'
import { formatDay } from '#app/text/format.ts'
import { noticeTo } from '#app/text/notice.ts'
import { describeDeclared } from '#app/text/official.ts'
import type { Choice } from '#app/ui/choice-list.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { ReturnForm } from '#app/ui/return-form.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { chosenIn, found, idOf, notFound, reads, type Visit, writes } from '../_web/visit.server.ts'
import { withChanged, withLeft } from './left-behind.server.ts'
import { queuePage, queuePlace, returnPage } from './params.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Trả lại ${data?.isOfHelp === false ? 'nội dung kê khai' : 'trường hợp'} · 4 phủ` },
]

/** What the address sends back: records of help, or declared obligations. */
const isOfHelp = ({ pathname }: URL) => pathname.endsWith('/tra-lai')

export const loader = reads((visit, { params, url }) => {
  const heading = found(findUnitHeading(visit.actor, visit.campaign.id, idOf(params.unitId)))
  if (!heading.allowed.confirm && !heading.allowed.confirmLast) throw notFound()
  const choices = isOfHelp(url)
    ? helpChoices(visit, returnPage.read(url).shown)
    : obligationChoices(visit, heading.path, chosenIn(url))
  const queue = queuePage.to(`/don-vi/${heading.id}/xac-nhan`, queuePlace(url))
  if (choices.length === 0) throw redirect(queuePage.to(queue, { refusal: 'nobody_chosen' }))
  return { queue, isOfHelp: isOfHelp(url), choices }
})

type Shown = Pick<Choice, 'id' | 'value' | 'name'> & { title: string; detail: string }

/** Each keeps the revision that the queue showed: what was changed since is not sent back unseen. */
function helpChoices({ actor, campaign }: Visit, shown: readonly ShownHelp[]): Shown[] {
  const revisions = new Map(shown.map(({ helpId, revision }) => [helpId, revision]))
  return listToConfirm(actor, campaign.id, [...revisions.keys()]).map(row => ({
    id: row.id,
    value: shownValue({ id: row.id, revision: revisions.get(row.id) ?? 0 }),
    name: row.citizenName,
    title: row.citizenName,
    detail: `${row.officialName} · hỗ trợ ${formatDay(row.helpedOn)}`,
  }))
}

function obligationChoices({ actor, campaign, terms }: Visit, unitPath: string, ids: readonly number[]): Shown[] {
  return (['declared', 'review'] as const)
    .flatMap(waits => listWaitingObligations(actor, campaign.id, { unitPath, waits, ids, limit: ids.length }).rows)
    .map(row => ({
      id: row.id,
      name: `${row.officialName}, ${terms.names.part[row.part]}`,
      title: `${row.officialName} · ${terms.names.part[row.part]}`,
      detail: describeDeclared(row),
    }))
}

export const action = writes(async ({ actor, campaign }, { params, url, form }) => {
  const queue = `/don-vi/${idOf(params.unitId)}/xac-nhan` as const
  if (isOfHelp(url)) {
    const submission = readForm(form, shownReturnInput)
    if (submission.status !== 'success') return refuseForm(submission)
    const { chon: shown, reason } = submission.value
    const { returned, left, changed } = await together(() => returnHelp(actor, campaign.id, { shown, reason }))
    const to = withLeft(queuePage.to(noticeTo(queue, 'da-tra-lai', returned), queuePlace(url)), 'truong-hop', left)
    return redirect(withChanged(to, changed, shown))
  }
  const submission = readForm(form, returnInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { chon: obligationIds, reason } = submission.value
  const { returned, left } = returnObligations(actor, campaign.id, { obligationIds, reason })
  return redirect(withLeft(queuePage.to(noticeTo(queue, 'da-tra-lai', returned), queuePlace(url)), 'noi-dung', left))
})

export default function ReturnPage() {
  const { queue, choices, isOfHelp: isHelp } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const privacy = isHelp ? '; không ghi thông tin cá nhân của người dân' : ''
  return (
    <div className="narrow stack">
      <PageHeading title="Trả lại để bổ sung" breadcrumbs={[{ to: queue, label: 'Chờ xác nhận' }]} />
      <ReturnForm
        choices={choices}
        hint={`Người thực hiện đọc được lý do này. Nêu rõ mục cần bổ sung${privacy}.`}
        backTo={queue}
        lastResult={answer?.lastResult}
      />
    </div>
  )
}
