import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { canSomewhere, permit } from '#app/access/policy.ts'
import { listIndicatorTargets } from '#app/queries/campaign.server.ts'
import { campaignToChoose, confirmCampaign } from '#app/queries/campaign-choice.server.ts'
import { isUnnamed } from '#app/queries/founding.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { formatDay } from '#app/text/format.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Bắt đầu · 4 phủ' }]

/**
 * Before any campaign is chosen: the question to the campaign office; to everybody else, who answers it. An
 * administrator is led to what comes next.
 */
export const loader = reads(({ actor, campaign, regulation, today }) => {
  if (campaignToChoose(today) === undefined) throw redirect('/')
  if (canSomewhere(actor, 'account.manage')) throw redirect('/quan-tri/thiet-lap')
  return {
    isAsked: canSomewhere(actor, 'campaign.edit'),
    // its annex names the localities of the province that issued it
    isOwnPlan: isUnnamed() || listIndicatorTargets(campaign.id).length > 0,
    founded: { code: campaign.code, name: campaign.name, startsOn: regulation.startsOn, endsOn: regulation.endsOn },
  }
})

/** Runs the founded campaign as it is. */
export const action = writes(({ actor, today }) => {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  confirmCampaign(actor, today)
  return redirect('/')
})

export default function FirstCampaignPage() {
  const { isAsked, isOwnPlan, founded } = useLoaderData<typeof loader>()
  if (!isAsked)
    return (
      <div className="narrow stack">
        <h1 className="visually-hidden">Bắt đầu</h1>
        <EmptyState title="Chưa có đợt cao điểm nào được mở">
          Cơ quan thường trực (Công an tỉnh) chọn đợt. Anh/chị quay lại sau khi có thông báo.
        </EmptyState>
      </div>
    )
  return (
    <div className="narrow stack">
      <PageHeading
        title="Mở đợt cao điểm nào?"
        note="Anh/chị chọn một lần. Sau này tạo thêm đợt ở trang Quản trị."
        actions={
          <ButtonLink variant="quiet" to="/quan-tri/thiet-lap">
            Các bước thiết lập
          </ButtonLink>
        }
      />
      <Sheet>
        <RowList>
          <Row
            title={<span className="strong">Đợt mới</span>}
            detail="Số kế hoạch, tên, ngày bắt đầu và kết thúc do anh/chị nhập; cách xét chép từ kế hoạch có sẵn."
            aside={<ButtonLink to="/quan-tri/dot/moi">Tạo đợt mới</ButtonLink>}
          />
          {isOwnPlan ? (
            <Row
              title={<span className="strong">KH {founded.code} như đã ban hành</span>}
              detail={
                <>
                  {founded.name}
                  <br />
                  Từ {formatDay(founded.startsOn)} đến hết {formatDay(founded.endsOn)}; đợt này đã qua.
                </>
              }
              aside={
                <Form method="post">
                  <Button type="submit" variant="quiet">
                    Dùng KH {founded.code}
                  </Button>
                </Form>
              }
            />
          ) : null}
        </RowList>
      </Sheet>
    </div>
  )
}
