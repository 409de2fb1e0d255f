import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { articleOf } from '#app/domain/verdict.ts'
import { OUTCOMES } from '#app/domain/vocabulary.ts'
import { findHelp } from '#app/queries/help.server.ts'
import { formatDay, formatInstant, maskNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { HelpVerdict } from '#app/ui/help-verdict.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { found, idOf, reads } from './visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Trường hợp hỗ trợ · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const help = found(findHelp(actor, campaign.id, idOf(params.helpId)))
  const { alreadyRecordedAt } = help
  return {
    help,
    article: articleOf(help.verdictReason),
    isOwn: actor.officialId === help.officialId,
    recordedOn: alreadyRecordedAt === null ? null : dayOf(alreadyRecordedAt),
  }
})

export default function HelpPage() {
  const { help, article, isOwn, recordedOn } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const back = isOwn ? { to: '/ho-tro', label: 'Hỗ trợ' } : { to: `/can-bo/${help.officialId}`, label: help.officialName }
  const { outcomes } = help
  return (
    <div className="narrow stack">
      <PageHeading title={help.citizenName} note={`Ngày hỗ trợ ${formatDay(help.helpedOn)}`} breadcrumbs={[back]} />
      {search.has('da-luu') ? <Notice kind="success">Đã lưu.</Notice> : null}
      {search.has('da-dat-lai') ? (
        <Notice kind="info">Nội dung được xét đã thay đổi nên xác nhận trước đó của đơn vị không còn hiệu lực.</Notice>
      ) : null}
      {search.has('da-xac-nhan') ? <Notice kind="info">Trường hợp này đã được xác nhận từ trước.</Notice> : null}
      <HelpVerdict
        verdict={help}
        article={article}
        value={help.verdictOutcome ? outcomes[help.verdictOutcome]?.value : null}
        recordedOn={recordedOn}
      >
        {help.allowed.edit && isOwn ? <ButtonLink to={`/ho-tro/${help.id}/sua`}>Bổ sung, sửa</ButtonLink> : null}
      </HelpVerdict>
      {help.returnReason ? <Notice kind="warning" title="Lý do đơn vị trả lại">{help.returnReason}</Notice> : null}
      <Sheet title="Kết quả hỗ trợ">
        <Facts
          facts={OUTCOMES.flatMap(outcome => {
            const fact = outcomes[outcome]
            if (!fact) return []
            const day = fact.on ? `, ngày ${formatDay(fact.on)}` : ''
            return [{ name: labels.outcome[outcome], value: `${labels.outcomeValue[fact.value]}${day}` }]
          })}
        />
      </Sheet>
      <Sheet title="Thông tin">
        <Facts
          facts={[
            { name: 'Người thực hiện', value: help.officialName },
            { name: 'Số định danh', value: maskNumber(help.numberTail) },
            { name: 'Năm sinh', value: help.citizenBirthOn ? formatDay(help.citizenBirthOn) : help.citizenBirthYear },
            { name: 'Nơi ở', value: [help.hamlet, help.locality?.name].filter(Boolean).join(', ') },
            { name: 'Số điện thoại', value: help.phone ?? 'Chưa ghi' },
            { name: 'Nơi hỗ trợ', value: labels.helpPlace[help.place] },
            { name: 'Đồng ý', value: `${labels.consentChannel[help.consentChannel]}, mẫu ${help.consentVersion}` },
            { name: 'Hệ thống nhận lúc', value: formatInstant(help.receivedAt) },
            ...(help.recordedBy === null ? [] : [{ name: 'Cách ghi', value: 'Nhập hộ' }]),
            ...(help.note ? [{ name: 'Ghi chú', value: help.note }] : []),
          ]}
        />
      </Sheet>
      {isOwn && help.allowed.edit ? (
        <Confirm
          label="Rút trường hợp này"
          question="Rút trường hợp này khỏi số liệu báo cáo?"
          consequence="Trường hợp vẫn được lưu và có thể khôi phục."
          action={`/ho-tro/${help.id}/rut`}
        />
      ) : null}
      {help.allowed.confirm ? <p><Link to={`/don-vi/${help.unitId}/xac-nhan`}>Về danh sách chờ xác nhận của đơn vị</Link></p> : null}
    </div>
  )
}
