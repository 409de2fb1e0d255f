import type { MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { offersToAnswer } from '#app/queries/join-offer.server.ts'
import { formatDay } from '#app/text/format.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Lời mời tham gia · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => ({ offers: offersToAnswer(actor, campaign.id) }))

export default function OffersPage() {
  const { offers } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading title="Lời mời tham gia" note="Chi hội, tổ của đơn vị khác mời anh/chị hoặc người của đơn vị" />
      <Sheet>
        {offers.length === 0 ? (
          <EmptyState title="Không có lời mời nào đang chờ">Lời mời mới sẽ hiện ở đây và ở Việc cần làm.</EmptyState>
        ) : (
          <RowList>
            {offers.map(offer => (
              <Row
                key={offer.id}
                title={`${offer.isOwn ? 'Anh/chị' : offer.officialName}: ${offer.chapterName ?? offer.teamName}`}
                detail={`${offer.unitName} mời, từ ${formatDay(offer.fromOn)}; trả lời đến hết ngày ${formatDay(offer.dueOn)}`}
                aside={
                  <Form method="post" action={`/loi-moi/${offer.id}`} className="actions">
                    <SubmitButton name="answer" value="accepted">
                      Đồng ý
                    </SubmitButton>
                    <SubmitButton name="answer" value="refused" variant="quiet">
                      Không
                    </SubmitButton>
                  </Form>
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
    </div>
  )
}
