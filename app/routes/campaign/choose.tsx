import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { showCampaign } from '#app/access/session.server.ts'
import { campaignBySlug, findCampaign, listCampaigns, rememberCampaign } from '#app/queries/campaign.server.ts'
import { formatDay } from '#app/text/format.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { wayIn } from '../sign-in/session-start.server.ts'
import { choosePage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Chọn đợt cao điểm · 4 phủ' }]

/** Which campaigns there are; with a way, the question in which of them to go on (a new session, a link of a mail). */
export const loader = reads(({ campaign }, { url }) => {
  const { way, slug } = choosePage.read(url)
  const campaigns = listCampaigns()
  const belongsTo = slug === undefined ? undefined : campaignBySlug(slug, campaigns)
  if (way !== undefined && belongsTo?.id === campaign.id) throw redirect(wayIn(way))
  return {
    shownId: campaign.id,
    way: way === undefined ? null : wayIn(way),
    belongsTo: belongsTo?.code ?? null,
    campaigns: campaigns.map(({ id, code, name, regulation: { startsOn, endsOn } }) => ({
      id,
      code,
      name,
      startsOn,
      endsOn,
    })),
  }
})

/** From now on this session's pages show the chosen campaign, as will the account's next session while it runs. */
export const action = writes(({ actor, sessionHash }, { form }) => {
  const { id } = found(findCampaign(idOf(form.get('campaignId')?.toString())))
  showCampaign(sessionHash, id)
  rememberCampaign(actor.accountId, id)
  return redirect(wayIn(form.get('way')?.toString()))
})

export default function ChooseCampaignPage() {
  const { campaigns, shownId, way, belongsTo } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading title="Chọn đợt cao điểm" note="Các trang của anh/chị hiển thị số liệu của đợt được chọn." />
      {belongsTo === null ? null : (
        <Notice title={`Việc này thuộc KH ${belongsTo}`}>
          Anh/chị đang xem một đợt khác. Chọn KH {belongsTo} để mở đúng việc.
        </Notice>
      )}
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
                  way === null || belongsTo !== null ? (
                    <Status tone="done">Đang xem</Status>
                  ) : (
                    <ButtonLink to={way}>Tiếp tục với KH {campaign.code}</ButtonLink>
                  )
                ) : (
                  <Form method="post">
                    {way === null ? null : <input type="hidden" name="way" value={way} />}
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
