import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { showCampaign } from '#app/access/session.server.ts'
import { findCampaign, listCampaigns } from '#app/queries/campaign.server.ts'
import { formatDay } from '#app/text/format.ts'
import { Button } from '#app/ui/button.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Chọn đợt cao điểm · 4 phủ' }]

export const loader = reads(({ campaign }) => ({
  shownId: campaign.id,
  campaigns: listCampaigns().map(({ id, code, name, regulation: { startsOn, endsOn } }) => ({
    id,
    code,
    name,
    startsOn,
    endsOn,
  })),
}))

/** From now on this session's pages show the chosen campaign. */
export const action = writes(({ sessionHash }, { form }) => {
  const { id } = found(findCampaign(idOf(form.get('campaignId')?.toString())))
  showCampaign(sessionHash, id)
  return redirect('/')
})

export default function ChooseCampaignPage() {
  const { campaigns, shownId } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading title="Chọn đợt cao điểm" note="Các trang của anh/chị hiển thị số liệu của đợt được chọn." />
      <Sheet>
        <RowList>
          {campaigns.map(campaign => (
            <Row
              key={campaign.id}
              title={<span className="strong">KH {campaign.code}</span>}
              detail={
                <>
                  {campaign.name}
                  <br />
                  Từ {formatDay(campaign.startsOn)} đến hết {formatDay(campaign.endsOn)}
                </>
              }
              aside={
                campaign.id === shownId ? (
                  <Status tone="done">Đang xem</Status>
                ) : (
                  <Form method="post">
                    <Button
                      type="submit"
                      variant="quiet"
                      name="campaignId"
                      value={campaign.id}
                      aria-label={`Xem KH ${campaign.code}`}
                    >
                      Xem đợt này
                    </Button>
                  </Form>
                )
              }
            />
          ))}
        </RowList>
      </Sheet>
    </div>
  )
}
