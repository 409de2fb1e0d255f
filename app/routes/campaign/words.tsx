import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { campaignWordsInput, NAMED_PARTS, termField } from '#app/domain/campaign-words-input.ts'
import { EVERY_TERM, heldTerms } from '#app/domain/terms.ts'
import { PARTS_OF } from '#app/domain/vocabulary.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { setCampaignWords, termWordsOf } from '#app/queries/plan.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { annexWordTexts } from '#app/text/campaign.ts'
import { campaignTerms } from '#app/text/terms.ts'
import { DateField, fieldsOf, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Tên gọi trong kế hoạch · 4 phủ' }]

/** The names that are used everywhere, shown where the campaign has none of its own. */
const EVERYWHERE = campaignTerms(EVERY_TERM).names

export const loader = reads(({ actor }, { params }) => {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  const campaignId = idOf(params.campaignId)
  const { code, headline, annexAsOf, annexNote, regulation } = found(findCampaign(campaignId))
  const { obligations, parts, outcomes } = heldTerms(regulation)
  const words = termWordsOf(campaignId)
  const field = (kind: 'obligation' | 'part' | 'outcome', word: string, everywhere: string, own?: string) => ({
    name: termField(kind, word),
    everywhere,
    own: own ?? '',
  })
  return {
    campaign: { id: campaignId, code },
    defaults: { headline, annexAsOf: annexAsOf ?? '', annexNote },
    ofOneself: obligations.flatMap(obligation => [
      field('obligation', obligation, EVERYWHERE.obligation[obligation], words.obligation?.[obligation]),
      ...NAMED_PARTS.filter(part => parts.includes(part) && PARTS_OF[obligation].some(word => word === part)).map(
        part => field('part', part, EVERYWHERE.part[part], words.part?.[part]),
      ),
    ]),
    ofCitizens: outcomes.map(outcome =>
      field('outcome', outcome, EVERYWHERE.outcome[outcome], words.outcome?.[outcome]),
    ),
  }
})

export const action = writes(({ actor }, { params, form }) => {
  const campaignId = idOf(params.campaignId)
  const submission = readForm(form, campaignWordsInput)
  if (submission.status !== 'success') return refuseForm(submission)
  setCampaignWords(actor, campaignId, submission.value)
  return redirectWith(`/quan-tri/dot/${campaignId}/ten-goi`, 'da-luu')
})

export default function CampaignWordsPage() {
  const { campaign, defaults, ofOneself, ofCitizens } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const terms = [...ofOneself, ...ofCitizens]
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { ...defaults, ...Object.fromEntries(terms.map(({ name, own }) => [name, own])) },
  })
  const field = fieldsOf(fields)
  const labels = {
    ...annexWordTexts,
    ...Object.fromEntries(terms.map(({ name, everywhere }) => [name, everywhere])),
  }
  const names = (rows: typeof terms) =>
    rows.map(({ name, everywhere }) => <TextField key={name} field={field(name)} label={everywhere} />)
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Tên gọi trong KH ${campaign.code}`}
        note="Ghi đúng như kế hoạch gọi. Để trống thì dùng tên ghi trên ô. Nội dung nào không có trong đợt thì chọn ở trang quy định của đợt."
        breadcrumbs={[
          { to: '/quan-tri', label: 'Quản trị' },
          { to: `/quan-tri/dot/${campaign.id}`, label: `KH ${campaign.code}` },
        ]}
      />
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <FormErrors form={form} labels={labels} />
        <Sheet title="Trang công khai và phụ lục">
          <div className="stack">
            <TextField field={field('headline')} label={labels.headline} hint="Để trống: tên đợt" />
            <DateField field={field('annexAsOf')} label={labels.annexAsOf} />
            <TextArea field={field('annexNote')} label={labels.annexNote} rows={3} />
          </div>
        </Sheet>
        {ofOneself.length === 0 ? null : (
          <Sheet title="Nội dung bản thân thực hiện">
            <div className="stack">{names(ofOneself)}</div>
          </Sheet>
        )}
        <Sheet title="Nội dung hỗ trợ người dân">
          <div className="stack">{names(ofCitizens)}</div>
        </Sheet>
        <SubmitButton pendingLabel="Đang lưu…">Lưu tên gọi</SubmitButton>
      </Form>
    </div>
  )
}
