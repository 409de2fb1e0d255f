import { data, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { articleFields, MOST_TITLE, readPlanWords } from '#app/domain/article.ts'
import { ARTICLES } from '#app/domain/vocabulary.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { findPlan, setPlanWords } from '#app/queries/plan.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { articleSubjects } from '#app/text/plan.ts'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PlainField } from '#app/ui/plain-field.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Điều khoản của kế hoạch · 4 phủ' }]

export const loader = reads(({ actor }, { params }) => {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  const campaignId = idOf(params.campaignId)
  const { code, articles } = findPlan(campaignId)
  const typed: Record<string, string> = Object.fromEntries(
    ARTICLES.flatMap(article => {
      const names = articleFields(article)
      return [
        [names.label, articles[article]?.label ?? ''],
        [names.quote, articles[article]?.quote ?? ''],
      ]
    }),
  )
  const title = found(findCampaign(campaignId)).title
  typed.title = title
  return { campaign: { id: campaignId, code }, typed }
})

/** Keeps the articles as they were typed or pasted; refused with everything kept where words have no place. */
export const action = writes(({ actor }, { params, form }) => {
  const campaignId = idOf(params.campaignId)
  const textOf = (name: string) => String(form.get(name) ?? '')
  const read = readPlanWords(textOf)
  if (!read.ok) {
    const names = ['title', ...ARTICLES.flatMap(article => Object.values(articleFields(article)))]
    return data(
      {
        missing: read.missing,
        long: read.long,
        typed: Object.fromEntries(names.map(name => [name, textOf(name)])) as Record<string, string>,
      },
      { status: 400 },
    )
  }
  setPlanWords(actor, campaignId, { title: read.title, articles: read.articles })
  return redirectWith(`/quan-tri/dot/${campaignId}/dieu-khoan`, 'da-luu')
})

export default function ArticlesPage() {
  const { campaign, ...loaded } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const typed = answer?.typed ?? loaded.typed
  const problemOf = (name: string) =>
    answer?.missing.includes(name)
      ? 'Anh/chị ghi điều khoản, ví dụ: Mục III.2.'
      : answer?.long.includes(name)
        ? 'Dài quá. Anh/chị trích phần cần thiết, phần bỏ ghi […].'
        : undefined
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Điều khoản của KH ${campaign.code}`}
        note="Các trang và văn bản trích đúng câu chữ dưới đây làm căn cứ. Để trống thì chỉ ghi số kế hoạch, không trích câu nào."
        breadcrumbs={[
          { to: '/quan-tri', label: 'Quản trị' },
          { to: `/quan-tri/dot/${campaign.id}`, label: `KH ${campaign.code}` },
        ]}
      />
      {answer ? (
        <Notice kind="error" title="Còn chỗ cần bổ sung">
          Nội dung đã nhập vẫn còn.
        </Notice>
      ) : null}
      <Form method="post" className="stack">
        <Sheet title="Trích yếu" note="Văn bản viện dẫn sau số, ngày và nơi ban hành; để trống thì in dấu chấm">
          <PlainField name="title" label="Trích yếu của kế hoạch" error={problemOf('title')}>
            {control => <textarea {...control} rows={2} maxLength={MOST_TITLE} defaultValue={typed.title} />}
          </PlainField>
        </Sheet>
        {ARTICLES.map(article => {
          const names = articleFields(article)
          return (
            <Sheet key={article} title={articleSubjects[article]}>
              <div className="stack">
                <PlainField name={names.label} label="Điều khoản" error={problemOf(names.label)} isShort>
                  {control => <input {...control} defaultValue={typed[names.label]} autoComplete="off" />}
                </PlainField>
                <PlainField name={names.quote} label="Nguyên văn" error={problemOf(names.quote)}>
                  {control => <textarea {...control} rows={4} defaultValue={typed[names.quote]} />}
                </PlainField>
              </div>
            </Sheet>
          )
        })}
        <SubmitButton pendingLabel="Đang lưu…">Lưu điều khoản</SubmitButton>
      </Form>
    </div>
  )
}
