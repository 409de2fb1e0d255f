import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { PLEDGE_DAYS } from '#app/domain/pledge.ts'
import { ownStanding } from '#app/queries/home.server.ts'
import { findPledges } from '#app/queries/pledge.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { formatDay, formatInstant, formatLongDay, formatNumber } from '#app/text/format.ts'
import { promisedHelp } from '#app/text/terms.ts'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { useTerms } from '#app/ui/terms.ts'
import { found, notFound, reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Bản cam kết (bản in) · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, terms: words }) => {
  if (actor.officialId === null) throw notFound()
  const { versions, terms } = found(findPledges(actor, campaign.id, actor.officialId))
  const pledge = versions[0]
  if (!pledge) throw redirect('/cam-ket')
  const { place } = found(ownStanding(actor, campaign.id))
  const { startsOn, endsOn } = regulation
  return {
    name: actor.displayName,
    position: place.position,
    unitName: place.unitName,
    datedAt: currentProvince(dayOf(pledge.signedAt)).place,
    campaign: { code: campaign.code, name: campaign.name, startsOn, endsOn },
    pledge: { ...pledge, signedOn: dayOf(pledge.signedAt) },
    terms,
    help: promisedHelp(regulation, words),
  }
})

export default function PledgePaper() {
  const { names } = useTerms()
  const { name, position, unitName, datedAt, campaign, pledge, terms, help } = useLoaderData<typeof loader>()
  const period = `từ ${formatDay(campaign.startsOn)} đến ${formatDay(campaign.endsOn)}`
  return (
    <div className="stack">
      <p className="actions">
        <Link to="/cam-ket">Về bản cam kết</Link>
        <span className="small">Để in, anh/chị dùng lệnh In của trình duyệt (Ctrl+P), khổ giấy A4.</span>
      </p>
      <article className="paper">
        <header>
          <p className="strong">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
          <p className="strong paper-motto">Độc lập - Tự do - Hạnh phúc</p>
          <p className="paper-place">
            {datedAt}, {formatLongDay(pledge.signedOn)}
          </p>
          <h1>BẢN CAM KẾT</h1>
          <p className="strong">
            {campaign.name} (Kế hoạch số <span className="nowrap">{campaign.code}</span>)
          </p>
        </header>
        <p>Kính gửi: {unitName}</p>
        <p>
          Tôi là <b>{name}</b>, {position}, công tác tại {unitName}.
        </p>
        <p>
          Thực hiện Kế hoạch số {campaign.code}, {period}, tôi cam kết:
        </p>
        <ol>
          {terms.target === null ? null : (
            <li>
              Hỗ trợ ít nhất <b>{formatNumber(pledge.citizens)} người dân</b> {help}.
            </li>
          )}
          {terms.obligations.map(obligation => (
            <li key={obligation}>
              Bản thân thực hiện nội dung “{names.obligation[obligation]}” chậm nhất{' '}
              <b>ngày {formatDay(pledge[PLEDGE_DAYS[obligation]])}</b>.
            </li>
          ))}
          <li>Ghi nhận kết quả trung thực, được sự đồng ý của người dân, và chịu trách nhiệm về nội dung đã ghi.</li>
        </ol>
        <footer>
          <div>
            <p className="strong">XÁC NHẬN CỦA ĐƠN VỊ</p>
            <p className="paper-sign">(Ký, đóng dấu)</p>
          </div>
          <div>
            <p className="strong">NGƯỜI CAM KẾT</p>
            <p className="paper-sign">(Ký, ghi rõ họ tên)</p>
            <p className="strong">{name}</p>
          </div>
        </footer>
        <p className="small">
          {pledge.listFileId === null
            ? `Đã ký trên hệ thống lúc ${formatInstant(pledge.signedAt)}.`
            : `Đã ký trong danh sách của đơn vị, ghi nhận lúc ${formatInstant(pledge.signedAt)}.`}
        </p>
      </article>
    </div>
  )
}
