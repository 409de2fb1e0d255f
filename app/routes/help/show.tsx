import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { drawQrCode } from '#app/documents/qr-code.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { articleOf } from '#app/domain/verdict.ts'
import { OUTCOMES } from '#app/domain/vocabulary.ts'
import { findCitizenLink } from '#app/queries/citizen-code.server.ts'
import { findDisputeOf } from '#app/queries/dispute.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { failingInspection, findAppeal } from '#app/queries/inspection-outcome.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { findReconsiderationsOf } from '#app/queries/reconsideration.server.ts'
import { citizenRightTexts, codeRefusalTexts } from '#app/text/citizen.ts'
import { explainDispute } from '#app/text/dispute.ts'
import { formatDay, formatInstant, maskNumber } from '#app/text/format.ts'
import { lateNote } from '#app/text/late-entry.ts'
import { NUMBER_ABROAD } from '#app/text/number.ts'
import { cite } from '#app/text/plan.ts'
import { explainProblem } from '#app/text/problem.ts'
import { reconsiderationOutcomes } from '#app/text/reconsideration.ts'
import { explainHolderLack } from '#app/text/verdict.ts'
import { labels, TYPED_NAME } from '#app/text/vocabulary.ts'
import { officeWaits } from '#app/text/waiting.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { CitizenLinkSheet } from '#app/ui/citizen-link.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { HelpVerdict } from '#app/ui/help-verdict.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { useQuery } from '../_web/params.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { helpForm, helpPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Trường hợp hỗ trợ · 4 phủ' }]

export const loader = reads(async ({ actor, campaign, regulation }, { params, context }) => {
  const help = found(findHelp(actor, campaign.id, idOf(params.helpId)))
  await noteShown(actor, { what: 'help_record', subjectId: help.id, count: 1 })
  const { alreadyRecordedAt } = help
  const isOwn = actor.officialId === help.officialId
  const { answer, code, expiresAt } = findCitizenLink(actor, campaign.id, help)
  const url = code === null ? '' : `${context.publicUrl}/x/${code}`
  const { latest, mayRaise } = findDisputeOf(actor, campaign.id, help.id)
  const { mayAsk, asked } = findReconsiderationsOf(actor, campaign.id, help.id)
  const inspectionId = help.verdictReason === 'inspection_failed' ? failingInspection(help.id) : undefined
  const contest =
    inspectionId === undefined ? undefined : findAppeal(actor, campaign.id, { inspectionId, helpId: help.id })
  return {
    help,
    citizen: { answer, link: code === null ? null : { url, code, expiresAt, qr: drawQrCode(url) } },
    mayDispute: mayRaise,
    mayAsk: isOwn ? mayAsk : [],
    asked: isOwn ? asked.map(row => ({ ...row, raisedOn: dayOf(row.raisedAt) })) : [],
    dispute: latest && {
      ...latest,
      raisedOn: dayOf(latest.raisedAt),
      decidedOn: latest.decidedAt === null ? null : dayOf(latest.decidedAt),
    },
    basis: cite(findPlan(campaign.id), articleOf(help.verdictReason, help.verdictOutcome, regulation)),
    contestTo: contest ? `/kiem-tra/${contest.inspectionId}/kien-nghi/${help.id}` : undefined,
    isOwn,
    allowed: { ...help.allowed, edit: isOwn && help.allowed.edit, restore: isOwn && help.withdrawnAt !== null },
    recordedOn: alreadyRecordedAt === null ? null : dayOf(alreadyRecordedAt),
  }
})

export default function HelpPage() {
  const { names } = useTerms()
  const loaded = useLoaderData<typeof loader>()
  const { help, citizen, allowed, basis, isOwn, recordedOn, dispute } = loaded
  const back = isOwn
    ? { to: '/ho-tro', label: 'Hỗ trợ' }
    : { to: `/can-bo/${help.officialId}`, label: help.officialName }
  const { outcomes } = help
  const { refusal, codeRefusal, bindsSlip = false } = useQuery(helpPage)
  // a code that the citizen is to scan now is on the first screen
  const isAwaited = citizen.link !== null && !citizen.answer
  const mayAsk = isOwn && help.withdrawnAt === null
  const next = mayAsk ? (
    <ButtonLink to={helpForm.to('/ho-tro/moi', { after: help.id })} variant="quiet">
      Thêm người khác
    </ButtonLink>
  ) : undefined
  const citizenSheet = (
    <CitizenLinkSheet helpId={help.id} state={citizen} mayAsk={mayAsk} bindsSlip={bindsSlip} next={next} />
  )
  return (
    <div className="narrow stack">
      <PageHeading
        title={help.citizenName}
        note={`Ngày hỗ trợ ${formatDay(help.helpedOn)}`}
        breadcrumbs={[back]}
        actions={isAwaited ? undefined : next}
      />
      {isAwaited ? citizenSheet : null}
      {help.citizenRights.map(right => (
        <Notice key={right.id} kind="info" title={`${citizenRightTexts[right.kind]}, ${formatInstant(right.closedAt)}`}>
          {right.answer ?? ''}
        </Notice>
      ))}
      {codeRefusal ? <Notice kind="info">{codeRefusalTexts[codeRefusal]}</Notice> : null}
      {refusal ? <Notice kind="warning">{explainProblem(refusal)}</Notice> : null}
      <HelpVerdict
        verdict={help}
        basis={basis}
        value={help.verdictOutcome ? outcomes[help.verdictOutcome]?.value : null}
        recordedOn={recordedOn}
        restsOn={help.basis}
      >
        <Acts {...loaded} />
      </HelpVerdict>
      {help.returnReason ? (
        <Notice kind="warning" title="Lý do đơn vị trả lại">
          {help.returnReason}
        </Notice>
      ) : null}
      {isAwaited ? null : citizenSheet}
      {dispute === null ? null : <DisputeSheet dispute={dispute} />}
      {loaded.asked.map(one => (
        <AskedSheet key={one.id} asked={one} />
      ))}
      <Sheet title="Kết quả hỗ trợ">
        <Facts
          facts={OUTCOMES.flatMap(outcome => {
            const fact = outcomes[outcome]
            if (!fact) return []
            const day = fact.on ? `, ngày ${formatDay(fact.on)}` : ''
            return [{ name: names.outcome[outcome], value: `${labels.outcomeValue[fact.value]}${day}` }]
          })}
        />
      </Sheet>
      <Information help={help} />
      {allowed.edit ? (
        <Confirm
          label="Rút trường hợp này"
          question="Rút trường hợp này khỏi số liệu báo cáo?"
          consequence="Trường hợp vẫn được lưu và có thể khôi phục."
          action={`/ho-tro/${help.id}/rut`}
        />
      ) : null}
      {allowed.confirm ? (
        <p>
          <Link to={`/don-vi/${help.unitId}/xac-nhan`}>Về danh sách chờ xác nhận của đơn vị</Link>
        </p>
      ) : null}
    </div>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** Offers what the reader may do about the record and its verdict. */
function Acts({ help, allowed, mayDispute, mayAsk, contestTo }: Loaded) {
  const { names } = useTerms()
  const isSettled =
    mayAsk.includes('bar') || help.verdictKind === 'counts' || help.verdictReason === 'awaiting_confirmation'
  return (
    <>
      {mayDispute && help.holderLacks ? <p className="small">{explainHolderLack(help.holderLacks, names)}</p> : null}
      {mayDispute ? <ButtonLink to={`/ho-tro/${help.id}/xem-xet-lai`}>Đề nghị xem xét lại</ButtonLink> : null}
      {allowed.edit ? (
        <ButtonLink to={`/ho-tro/${help.id}/sua`} variant={isSettled || mayDispute ? 'quiet' : 'primary'}>
          Bổ sung, sửa
        </ButtonLink>
      ) : null}
      {mayAsk.length > 0 ? (
        <ButtonLink to={`/ho-tro/${help.id}/de-nghi`} variant={mayAsk.includes('bar') ? 'primary' : 'quiet'}>
          {mayAsk.includes('bar') ? 'Đề nghị xem lại' : 'Đề nghị sửa ngày kích hoạt'}
        </ButtonLink>
      ) : null}
      {contestTo ? (
        <ButtonLink to={contestTo} variant="quiet">
          Kiến nghị về kết quả kiểm tra
        </ButtonLink>
      ) : null}
      {allowed.restore ? (
        <Form method="post" action={`/ho-tro/${help.id}/khoi-phuc`}>
          <SubmitButton variant="quiet" pendingLabel="Đang khôi phục…">
            Khôi phục trường hợp
          </SubmitButton>
        </Form>
      ) : null}
    </>
  )
}

function DisputeSheet({ dispute }: { dispute: NonNullable<Loaded['dispute']> }) {
  return (
    <Sheet title="Đề nghị xem xét lại" note={dispute.isRaiser ? `Gửi ngày ${formatDay(dispute.raisedOn)}` : undefined}>
      <p>{explainDispute(dispute)}</p>
      {dispute.reason || dispute.decisionReason ? (
        <Facts
          facts={[
            ...(dispute.reason ? [{ name: 'Lý do đề nghị', value: dispute.reason }] : []),
            ...(dispute.decisionReason ? [{ name: 'Lý do quyết định', value: dispute.decisionReason }] : []),
          ]}
        />
      ) : null}
    </Sheet>
  )
}

/** A request to the inspecting body about this record, and its decision. */
function AskedSheet({ asked }: { asked: Loaded['asked'][number] }) {
  return (
    <Sheet title={labels.reconsiderationKind[asked.kind]} note={`Gửi ngày ${formatDay(asked.raisedOn)}`}>
      <p>{asked.decision === null ? officeWaits(asked) : reconsiderationOutcomes[asked.decision]}</p>
      <Facts
        facts={[
          { name: 'Lý do đề nghị', value: asked.reason },
          ...(asked.decisionReason ? [{ name: 'Lý do quyết định', value: asked.decisionReason }] : []),
        ]}
      />
    </Sheet>
  )
}

function Information({ help }: Pick<Loaded, 'help'>) {
  return (
    <Sheet title="Thông tin">
      <Facts
        facts={[
          ...(help.nameTyped === null
            ? []
            : [{ name: TYPED_NAME, value: <span className="small">{help.nameTyped}</span> }]),
          { name: 'Người thực hiện', value: help.officialName },
          { name: 'Số định danh', value: maskNumber(help.numberTail) },
          ...(help.isNumberAbroad ? [{ name: 'Lưu ý về số', value: NUMBER_ABROAD }] : []),
          { name: 'Năm sinh', value: help.citizenBirthOn ? formatDay(help.citizenBirthOn) : help.citizenBirthYear },
          { name: 'Nơi ở', value: [help.hamlet, help.locality?.name].filter(Boolean).join(', ') },
          { name: 'Số điện thoại', value: help.phone ?? 'Chưa ghi' },
          { name: 'Nơi hỗ trợ', value: labels.helpPlace[help.place] },
          ...(help.companions.length === 0 ? [] : [{ name: 'Người đi cùng', value: help.companions.join(', ') }]),
          { name: 'Đồng ý', value: `${labels.consentChannel[help.consentChannel]}, mẫu ${help.consentVersion}` },
          ...(help.enteredAt === null
            ? []
            : [{ name: 'Ghi khi không có mạng, theo giờ của máy', value: formatInstant(help.enteredAt) }]),
          ...(help.lateAt === null ? [] : [{ name: 'Nhập sau ngày cuối', value: lateNote(help) }]),
          { name: 'Hệ thống nhận lúc', value: formatInstant(help.receivedAt) },
          ...(help.recordedBy === null ? [] : [{ name: 'Cách ghi', value: 'Nhập hộ' }]),
          ...(help.note ? [{ name: 'Ghi chú', value: help.note }] : []),
        ]}
      />
    </Sheet>
  )
}
