import type { MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { choiceInput } from '#app/domain/choice-input.ts'
import { answerCompanion, listCompanionVisits } from '#app/queries/companion.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đi cùng · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => ({ visits: listCompanionVisits(actor, campaign.id) }))

/** Keeps the companion's own word on the visits named (`chon`). */
export const action = writes(({ actor, campaign }, { form }) => {
  const submission = readForm(form, choiceInput)
  const helpIds = submission.status === 'success' ? submission.value.chon : []
  const answered = answerCompanion(actor, campaign.id, { helpIds, hasGone: form.get('di') === 'co' })
  return redirectWith('/di-cung', 'da-ghi', answered)
})

export default function CompanionVisitsPage() {
  const { visits } = useLoaderData<typeof loader>()
  const ids = visits.map(({ helpId }) => helpId)
  return (
    <div className="narrow stack">
      <PageHeading title="Đi cùng" note="Bảng chấm công chỉ tính lần đi cùng mà anh/chị đồng ý." />
      {visits.length === 0 ? (
        <Sheet>
          <EmptyState title="Không có lần đi cùng nào chờ anh/chị">
            Khi đồng nghiệp ghi anh/chị đi cùng, lần đó hiện ở đây.
          </EmptyState>
        </Sheet>
      ) : (
        <Sheet title="Chờ anh/chị đồng ý" note={`${formatNumber(visits.length)} lần`}>
          <Answer
            ids={ids}
            hasGone
            label={ids.length === 1 ? 'Tôi đã đi cùng' : `Tôi đã đi cùng cả ${formatNumber(ids.length)} lần`}
          />
          <RowList>
            {visits.map(({ helpId, helpedOn, officialName, place }) => (
              <Row
                key={helpId}
                title={`${formatDay(helpedOn)}, ${place}`}
                detail={`${officialName} ghi`}
                aside={
                  <Answer ids={[helpId]} hasGone={false} label="Không đi" of={`${formatDay(helpedOn)}, ${place}`} />
                }
              />
            ))}
          </RowList>
        </Sheet>
      )}
    </div>
  )
}

function Answer({ ids, hasGone, label, of }: { ids: readonly number[]; hasGone: boolean; label: string; of?: string }) {
  return (
    <Form method="post" action="/di-cung">
      {ids.map(id => (
        <input key={id} type="hidden" name="chon" value={id} />
      ))}
      <input type="hidden" name="di" value={hasGone ? 'co' : 'khong'} />
      <SubmitButton action="/di-cung" variant={hasGone ? 'primary' : 'quiet'} isLarge={hasGone}>
        {label}
        {of === undefined ? null : <span className="visually-hidden"> {of}</span>}
      </SubmitButton>
    </Form>
  )
}
