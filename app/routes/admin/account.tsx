import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { optionalDay, requiredChoice, requiredDay, requiredId } from '#app/domain/field.ts'
import { ROLES } from '#app/domain/vocabulary.ts'
import { z } from '#app/domain/zod.ts'
import { findAccount } from '#app/queries/account-list.server.ts'
import { grantRole, listGrants } from '#app/queries/grant.server.ts'
import { requestsFor } from '#app/queries/grant-request.server.ts'
import { listUnitsFor } from '#app/queries/unit.server.ts'
import { accountStateLabels, explainGrant, explainVouchers } from '#app/text/account.ts'
import { formatInstant } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { grantWaits } from '#app/text/waiting.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { DateField, type Option, optionsOf, SelectField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Tài khoản · 4 phủ' }]

const newGrant = z.object({
  role: requiredChoice(ROLES),
  unitId: requiredId,
  fromOn: requiredDay,
  toOn: optionalDay,
})

export const loader = reads(({ actor, today }, { params }) => {
  const accountId = idOf(params.accountId)
  const account = found(findAccount(actor, accountId))
  const units: Option[] = account.allowed.manage
    ? listUnitsFor(actor, 'account.manage').map(({ id, name, depth }) => ({
        value: String(id),
        label: `${'– '.repeat(depth)}${name}`,
      }))
    : []
  return {
    account,
    grants: found(listGrants(actor, accountId)),
    waiting: requestsFor(accountId),
    units,
    today,
    isOwn: accountId === actor.accountId,
  }
})

export const action = writes(({ actor }, { form, params }) => {
  const accountId = idOf(params.accountId)
  const submission = readForm(form, newGrant)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = grantRole(actor, { accountId, ...submission.value })
  return made.ok ? redirect(`/quan-tri/tai-khoan/${accountId}`) : refuseForm(submission, made.problems)
})

export default function AccountPage() {
  const { account, grants, waiting, units, today, isOwn } = useLoaderData<typeof loader>()
  const base = `/quan-tri/tai-khoan/${account.id}`
  const state = account.disabledAt !== null ? 'disabled' : account.isActivated ? 'active' : 'not_activated'
  const held = grants.filter(grant => grant.state !== 'ended')
  const ended = grants.filter(grant => grant.state === 'ended')
  return (
    <div className="narrow stack">
      <PageHeading
        title={account.displayName}
        breadcrumbs={[
          { to: '/quan-tri', label: 'Quản trị' },
          { to: '/quan-tri/tai-khoan', label: 'Tài khoản' },
        ]}
      />
      {account.allowed.manage ? null : (
        <Notice title={isOwn ? 'Đây là tài khoản của anh/chị' : 'Tài khoản này có vai trò ngoài phạm vi của anh/chị'}>
          {isOwn
            ? 'Không ai tự thay đổi quyền của mình. Anh/chị nhờ một quản trị khác.'
            : 'Quản trị cấp trên thay đổi được tài khoản này.'}
        </Notice>
      )}
      <Sheet>
        <div className="stack">
          <Facts
            facts={[
              { name: 'Tên đăng nhập', value: account.login },
              { name: 'Đơn vị', value: account.unit?.name ?? 'Tài khoản cơ quan, không có chỉ tiêu' },
              { name: 'Tình trạng', value: accountStateLabels[state] },
              ...(account.hasFactor ? [{ name: 'Xác thực hai lớp', value: 'Đang dùng' }] : []),
              { name: 'Tạo lúc', value: formatInstant(account.createdAt) },
            ]}
          />
          {account.allowed.manage ? (
            <AccountActs base={base} state={state} hasFactor={account.hasFactor} mayReset={account.allowed.reset} />
          ) : null}
        </div>
      </Sheet>
      <Sheet title="Vai trò đang có">
        {waiting.length === 0 ? null : (
          <RowList>
            {waiting.map(row => (
              <Row
                key={row.id}
                title={`${labels.role[row.role]} tại ${row.unitName}`}
                detail={`${row.askedByName} đề nghị. ${grantWaits(row)}`}
                aside={<Link to="/quan-tri/vai-tro">Xem</Link>}
              />
            ))}
          </RowList>
        )}
        {held.length === 0 ? (
          <EmptyState title="Chưa có vai trò nào">
            Người thực hiện không cần vai trò để ghi việc của mình. Vai trò mở thêm quyền trong một đơn vị và cấp dưới.
          </EmptyState>
        ) : (
          <RowList>
            {held.map(grant => (
              <Row
                key={grant.id}
                title={`${labels.role[grant.role]} tại ${grant.unitName}`}
                detail={[
                  explainGrant(grant),
                  grant.givenBy === null ? '' : `cấp bởi ${grant.givenBy}`,
                  grant.waitsFor === null ? '' : `chưa có hiệu lực: ${explainVouchers(grant.waitsFor)}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
                aside={
                  account.allowed.manage ? (
                    <Confirm
                      label="Kết thúc"
                      question={`Kết thúc vai trò ${labels.role[grant.role]}?`}
                      consequence="Hết hiệu lực ngay hôm nay. Anh/chị có thể cấp lại."
                      action={`/quan-tri/vai-tro/${grant.id}/ket-thuc`}
                    />
                  ) : undefined
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
      {account.allowed.manage ? <GrantForm units={units} today={today} key={grants.length + waiting.length} /> : null}
      {ended.length === 0 ? null : (
        <Sheet title="Vai trò đã kết thúc">
          <RowList>
            {ended.map(grant => (
              <Row
                key={grant.id}
                title={`${labels.role[grant.role]} tại ${grant.unitName}`}
                detail={explainGrant(grant)}
              />
            ))}
          </RowList>
        </Sheet>
      )}
    </div>
  )
}

function AccountActs({
  base,
  state,
  hasFactor,
  mayReset,
}: {
  base: string
  state: keyof typeof accountStateLabels
  hasFactor: boolean
  mayReset: boolean
}) {
  return (
    <div className="actions">
      {state === 'disabled' ? (
        <Form method="post" action={`${base}/mo-lai`}>
          <SubmitButton action={`${base}/mo-lai`}>Mở lại tài khoản</SubmitButton>
        </Form>
      ) : (
        <>
          {mayReset ? (
            <Confirm
              label="Cấp mã kích hoạt mới"
              question="Cấp mã kích hoạt mới cho tài khoản này?"
              consequence="Mã cũ không còn dùng được. Mật khẩu hiện tại giữ nguyên đến khi mã được dùng."
              action={`${base}/ma-moi`}
              confirmLabel="Cấp mã mới"
            />
          ) : (
            <span className="small">Người giữ vai trò ở đơn vị nhận mã mới từ cấp trên trực tiếp của đơn vị.</span>
          )}
          {hasFactor ? (
            <Confirm
              label="Đặt lại xác thực hai lớp"
              question="Đặt lại xác thực hai lớp của tài khoản này?"
              consequence="Dùng khi người này mất điện thoại và mã dự phòng; anh/chị gặp trực tiếp để chắc đúng người. Các phiên đăng nhập kết thúc ngay; lần đăng nhập sau sẽ cài lại."
              action={`${base}/xac-thuc`}
              confirmLabel="Đặt lại"
            />
          ) : null}
          <Confirm
            label="Khóa tài khoản"
            question="Khóa tài khoản này?"
            consequence="Các phiên đăng nhập kết thúc ngay. Số liệu và vai trò giữ nguyên; anh/chị có thể mở lại."
            action={`${base}/khoa`}
            confirmLabel="Khóa tài khoản"
          />
        </>
      )}
    </div>
  )
}

function GrantForm({ units, today }: { units: readonly Option[]; today: string }) {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof newGrant>>({
    lastResult: answer?.lastResult,
    defaultValue: { fromOn: today },
    constraint: { role: { required: true }, unitId: { required: true }, fromOn: { required: true } },
  })
  return (
    <Sheet title="Cấp vai trò">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <FormErrors
          form={form}
          labels={{ role: 'Vai trò', unitId: 'Đơn vị', fromOn: 'Từ ngày', toOn: 'Đến hết ngày' }}
        />
        <SelectField field={fields.role} label="Vai trò" options={optionsOf(ROLES, labels.role)} />
        <SelectField
          field={fields.unitId}
          label="Tại đơn vị"
          hint="Vai trò có hiệu lực ở đơn vị này và mọi đơn vị cấp dưới."
          options={units}
        />
        <div className="field-pair">
          <DateField field={fields.fromOn} label="Từ ngày" />
          <DateField field={fields.toOn} label="Đến hết ngày" />
        </div>
        <p className="small">Để trống ngày cuối thì vai trò không có thời hạn.</p>
        <SubmitButton>Cấp vai trò</SubmitButton>
      </Form>
    </Sheet>
  )
}
