import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { drawQrCode } from '#app/documents/qr-code.ts'
import { activationLink } from '#app/domain/activation.ts'
import { choiceInput } from '#app/domain/choice-input.ts'
import { issueActivations } from '#app/queries/account.server.ts'
import { listActivations, listSlipPeople } from '#app/queries/activation.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { Pace, rowsInSteps } from '#app/queries/steps.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { ActivationSheets, type UnitSlips } from '#app/ui/activation-sheets.tsx'
import { ActivationSlip } from '#app/ui/activation-slip.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { type Choice, ChoiceList, SubmitAll } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { PrintButton } from '#app/ui/print-button.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { Views } from '#app/ui/views.tsx'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, notFound, reads, type Visit, writes } from '../_web/visit.server.ts'
import { activationList } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Mã kích hoạt · 4 phủ' }]
/** Forbids storing: the codes are in the answer to the form that asked for them, and nowhere else. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

const PAGE = 45

export const loader = reads(({ actor, campaign }, { params, url, context }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.activate) throw notFound()
  const { after, ...filter } = activationList.read(url)
  const { search, officialId } = filter
  const showsAll = filter.showsAll || officialId !== undefined || search !== ''
  const { rows, next } = listActivations(actor, {
    unitPath: heading.path,
    search: search || undefined,
    officialId,
    isMissing: !showsAll,
    after,
    limit: PAGE,
  })
  return {
    heading,
    filter,
    showsAll,
    address: `${context.publicUrl}/kich-hoat`,
    rows: rows.map(({ officialId, name, login, unitId, unitName, isActive, mayReset, leftUnit }) => ({
      ...{ officialId, name, login, isActive, mayReset, leftUnit },
      unitName: unitId === heading.id ? undefined : unitName,
    })),
    next,
  }
})

type Issued = ReturnType<typeof issueActivations>[number]

/** A slip with the QR code that opens the activation page with its code filled in. */
const slipOf = (address: string) => (issued: Issued) => ({
  ...issued,
  qr: drawQrCode(activationLink(address, issued.code)),
})

/** Slips of a whole subtree by unit, made a few at a time so that others may write in between. */
async function unitSlips(
  { actor, campaign }: Visit,
  { unitId, isHolder, address }: { unitId: number; isHolder: boolean; address: string },
): Promise<UnitSlips[]> {
  const { path } = found(findUnitHeading(actor, campaign.id, unitId))
  const units = listSlipPeople(actor, { unitPath: path, isHolder })
  const slips = new Map<number, Issued>()
  await rowsInSteps(
    units.flatMap(({ officialIds }) => officialIds),
    new Pace(FIRST_SLIPS),
    ids => {
      for (const slip of issueActivations(actor, ids)) slips.set(slip.officialId, slip)
    },
  )
  return units.map(({ officialIds, ...unit }) => ({
    ...unit,
    slips: officialIds.flatMap(id => slips.get(id) ?? []).map(slipOf(address)),
  }))
}

const FIRST_SLIPS = 10
const WHOLE = ['vai-tro', 'tat-ca'] as const

/** New codes for those ticked, shown in the answer itself: this write is not followed by a redirect. */
export const action = writes(async (visit, { form, params, context }) => {
  const { actor } = visit
  const address = `${context.publicUrl}/kich-hoat`
  const whole = WHOLE.find(word => word === form.get('ca'))
  if (whole)
    return {
      slips: null,
      units: await unitSlips(visit, { unitId: idOf(params.unitId), isHolder: whole === 'vai-tro', address }),
    }
  const submission = readForm(form, choiceInput)
  if (submission.status !== 'success') return { slips: null, units: null }
  return { slips: issueActivations(actor, submission.value.chon).map(slipOf(address)), units: null }
})

export default function ActivationsPage() {
  const { heading, filter, showsAll, rows, next, address } = useLoaderData<typeof loader>()
  const { search, officialId } = filter
  const answer = useActionData<typeof action>()
  const base = `/don-vi/${heading.id}/ma-kich-hoat`
  if (answer?.slips)
    return (
      <div className="stack">
        <PageHeading
          title={`Mã kích hoạt · ${formatNumber(answer.slips.length)} phiếu`}
          note="Cắt và trao tận tay từng người. Mã chỉ hiện một lần."
          breadcrumbs={[{ to: base, label: `Mã kích hoạt, ${heading.name}` }]}
          actions={
            <>
              <PrintButton>In phiếu</PrintButton>
              <ButtonLink variant="quiet" to={base}>
                Đã in xong
              </ButtonLink>
            </>
          }
        />
        <div className="slips">
          {answer.slips.map(slip => (
            <div key={slip.officialId}>
              <ActivationSlip {...slip} address={address} />
            </div>
          ))}
        </div>
      </div>
    )
  if (answer?.units)
    return (
      <div className="stack">
        <PageHeading
          title={`Phiếu theo đơn vị · ${formatNumber(answer.units.length)} đơn vị`}
          note="Mỗi đơn vị một bìa và các phiếu của mình. Mã chỉ hiện một lần."
          breadcrumbs={[{ to: base, label: `Mã kích hoạt, ${heading.name}` }]}
          actions={
            <>
              <PrintButton>In phiếu</PrintButton>
              <ButtonLink variant="quiet" to={base}>
                Đã in xong
              </ButtonLink>
            </>
          }
        />
        <ActivationSheets units={answer.units} address={address} />
      </div>
    )
  const choices: Choice[] = rows.map(row => ({
    id: row.officialId,
    name: row.name,
    title: row.name,
    detail: [
      row.login,
      row.unitName,
      row.mayReset ? '' : 'do quản trị hoặc cấp trên cấp mã',
      row.leftUnit === null ? '' : `chuyển từ ${row.leftUnit}, chưa có đồng ý: cấp trên của hai đơn vị cấp mã`,
    ]
      .filter(Boolean)
      .join(' · '),
    aside: row.isActive ? <Status tone="done">Đã kích hoạt</Status> : <Status tone="neutral">Chưa kích hoạt</Status>,
    group: row.unitName,
    isFixed: !row.mayReset || row.leftUnit !== null,
  }))
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="activation"
        title="Mã kích hoạt"
        note="Mỗi người một phiếu, dùng một lần trong 14 ngày để đặt mật khẩu. Người quên mật khẩu cũng được cấp mã mới; mã cũ không còn dùng được."
        actions={
          <ButtonLink variant="quiet" to={`/don-vi/${heading.id}/tu-nhan`}>
            Đã tự nhận tài khoản
          </ButtonLink>
        }
      />
      {answer ? <Notice kind="warning">Anh/chị chọn ít nhất một người.</Notice> : null}
      <Views
        label="Ai được liệt kê"
        views={[
          { to: base, label: 'Chưa kích hoạt', isCurrent: !showsAll },
          { to: activationList.to(base, { showsAll: true }), label: 'Tất cả', isCurrent: showsAll },
        ]}
      />
      {showsAll || rows.length === 0 ? null : <WholeUnit base={base} />}
      <FilterBar
        search={{ name: 'tim', label: 'Tìm theo họ tên (có dấu hoặc không)', value: search }}
        clearTo={search || officialId ? base : undefined}
      />
      <Sheet
        title={showsAll ? 'Người thực hiện' : 'Chưa kích hoạt'}
        note={`${formatNumber(rows.length)} người trong trang này`}
      >
        {rows.length === 0 ? (
          <EmptyState title={showsAll ? 'Không có ai phù hợp' : 'Mọi người đều đã kích hoạt'}>
            Để cấp mã mới cho người quên mật khẩu, anh/chị tìm theo họ tên.
          </EmptyState>
        ) : (
          <>
            <Form method="post">
              <ChoiceList ticked={officialId === undefined ? [] : [officialId]} choices={choices}>
                <SubmitButton pendingLabel="Đang tạo phiếu…">Tạo phiếu cho người đã chọn</SubmitButton>
              </ChoiceList>
            </Form>
            {showsAll ? null : (
              <SubmitAll
                choices={choices}
                action={base}
                label={`Tạo phiếu cho cả ${formatNumber(choices.filter(choice => !choice.isFixed).length)} người`}
                question="Tạo phiếu mới cho mọi người trong trang này?"
                consequence="Phiếu đã trao trước đây cho những người này không còn dùng được."
              />
            )}
          </>
        )}
        {next === null ? null : (
          <Pager label="Còn người ở trang sau" nextTo={activationList.to(base, { ...filter, after: next })} />
        )}
      </Sheet>
    </div>
  )
}

/** Prints for a whole subtree, by unit: for those who hold a role, or for everybody without a code. */
function WholeUnit({ base }: { base: string }) {
  return (
    <Sheet title="In theo đơn vị" note="Mỗi đơn vị một bìa, phiếu ghi tên đơn vị; người đã có mã còn hạn được bỏ qua">
      <Form method="post" action={base} className="actions">
        <SubmitButton action={base} name="ca" value="vai-tro" pendingLabel="Đang tạo phiếu…">
          Phiếu của người đứng đầu, đầu mối
        </SubmitButton>
        <SubmitButton action={base} name="ca" value="tat-ca" variant="quiet" pendingLabel="Đang tạo phiếu…">
          Phiếu của mọi người chưa có mã
        </SubmitButton>
      </Form>
    </Sheet>
  )
}
