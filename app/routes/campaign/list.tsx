import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { listCampaigns } from '#app/queries/campaign.server.ts'
import { isRejudging } from '#app/queries/job.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { formatDay } from '#app/text/format.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Các đợt cao điểm · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  return {
    shownId: campaign.id,
    campaigns: listCampaigns().map(({ id, code, name, version, regulation }) => ({
      id,
      code,
      name,
      version,
      startsOn: regulation.startsOn,
      endsOn: regulation.endsOn,
      isRejudging: isRejudging(id),
    })),
  }
})

export default function CampaignsPage() {
  const { campaigns, shownId } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Các đợt cao điểm"
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
        actions={<ButtonLink to="/quan-tri/dot/moi">Tạo đợt mới</ButtonLink>}
      />
      <Sheet>
        <RowList>
          {campaigns.map(campaign => (
            <Row
              key={campaign.id}
              title={<Link to={`/quan-tri/dot/${campaign.id}`}>KH {campaign.code}</Link>}
              detail={
                <>
                  {campaign.name}
                  <br />
                  Từ {formatDay(campaign.startsOn)} đến hết {formatDay(campaign.endsOn)}, quy định phiên bản{' '}
                  {campaign.version}
                  {campaign.isRejudging ? ', đang xét lại' : ''} ·{' '}
                  <Link to={`/quan-tri/dot/${campaign.id}/chi-tieu`}>Phụ lục chỉ tiêu</Link>
                </>
              }
              aside={campaign.id === shownId ? 'Đang xem' : undefined}
            />
          ))}
        </RowList>
      </Sheet>
    </div>
  )
}
