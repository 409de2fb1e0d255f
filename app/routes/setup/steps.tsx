import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import { PROVINCE_TYPES, PROVINCE_WORDS } from '#app/domain/province.ts'
import { type SetupStep, setupStates } from '#app/domain/setup/steps.ts'
import { foundingInput } from '#app/domain/setup-input.ts'
import { isUnnamed, nameProvince } from '#app/queries/founding.server.ts'
import { canOperate, findGoLive } from '#app/queries/go-live.server.ts'
import { carriedProvince, findSetupFacts, loadCarriedReference } from '#app/queries/setup-steps.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { setupSteps } from '#app/text/setup-steps.ts'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Thiết lập ban đầu · 4 phủ' }]

export const loader = reads(({ actor }, { context }) => {
  const facts = findSetupFacts(actor, canOperate(actor) ? findGoLive(actor, context).open : null)
  const may = {
    accounts: canSomewhere(actor, 'account.manage'),
    tree: canSomewhere(actor, 'unit.edit'),
    operation: canOperate(actor),
  }
  return { facts, may, rootId: rootUnit().id, carried: isUnnamed() ? carriedProvince() : null }
})

export const action = writes(({ actor }, { form }) => {
  if (form.get('step') === 'reference') {
    loadCarriedReference(actor)
    return redirect('/quan-tri/thiet-lap')
  }
  const submission = readForm(form, foundingInput)
  if (submission.status !== 'success') return refuseForm(submission)
  nameProvince(actor, submission.value)
  return redirect('/quan-tri/thiet-lap')
})

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** Where a step is done, for those who may do it there. */
function linkOf(step: SetupStep, { may, rootId, facts }: Loaded): { to: string; label: string } | undefined {
  const links: Partial<Record<SetupStep, { to: string; label: string } | false>> = {
    campaign_office: may.accounts && { to: '/quan-tri/tai-khoan/moi', label: 'Mở tài khoản' },
    localities: may.tree && { to: '/quan-tri/danh-sach/dia-ban', label: 'Nhập địa bàn' },
    units: may.tree && { to: '/quan-tri/danh-sach/don-vi', label: 'Nhập đơn vị' },
    coordinator: may.accounts && { to: '/quan-tri/tai-khoan/moi', label: 'Mở tài khoản' },
    heads:
      facts.planned > 0 && may.accounts
        ? { to: '/quan-tri/vai-tro', label: 'Xem vai trò chờ' }
        : { to: `/don-vi/${rootId}/nguoi-thuc-hien/nhap`, label: 'Nhập danh sách' },
    campaign: may.tree && { to: '/quan-tri/dot/moi', label: 'Tạo đợt' },
    rosters: { to: `/don-vi/${rootId}/nguoi-thuc-hien/nhap`, label: 'Nhập danh sách' },
    slips: { to: `/don-vi/${rootId}/ma-kich-hoat`, label: 'In phiếu' },
    go_live: may.operation && { to: '/quan-tri/van-hanh', label: 'Xem từng việc' },
  }
  return links[step] || undefined
}

export default function SetupStepsPage() {
  const loaded = useLoaderData<typeof loader>()
  const states = setupStates(loaded.facts)
  const done = states.filter(({ isDone }) => isDone).length
  return (
    <div className="narrow stack">
      <PageHeading
        title="Thiết lập ban đầu"
        note={`${done}/${states.length} bước đã xong`}
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
      />
      <Sheet>
        <RowList>
          {states.map(({ step, isDone, isNext }, n) => {
            const { title, who, said } = setupSteps[step]
            const link = linkOf(step, loaded)
            return (
              <Row
                key={step}
                title={
                  <>
                    {n + 1}. {isNext ? <b>{title}</b> : title}
                  </>
                }
                detail={
                  <>
                    {said(loaded.facts)}
                    <br />
                    Ai làm: {who}. {link && !isDone ? <Link to={link.to}>{link.label}</Link> : null}
                  </>
                }
                aside={
                  isDone ? (
                    <Status tone="done">Đã xong</Status>
                  ) : isNext ? (
                    <Status tone="doing">Việc tiếp theo</Status>
                  ) : (
                    <Status tone="neutral">Chưa xong</Status>
                  )
                }
              />
            )
          })}
        </RowList>
      </Sheet>
      {loaded.carried ? <Province {...loaded.carried} /> : null}
    </div>
  )
}

const LABELS = { type: 'Cấp', name: 'Tên, không kèm cấp', code: 'Mã theo danh mục đơn vị hành chính' }

/** Names the province; or takes the one that the software carries. */
function Province({ name, communes, agencies }: NonNullable<Loaded['carried']>) {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ type: string; name: string; code: string }>({
    lastResult: answer?.lastResult,
    defaultValue: { type: PROVINCE_WORDS.province },
    constraint: { type: { required: true }, name: { required: true }, code: { required: true } },
  })
  return (
    <>
      <Sheet title="Tên tỉnh">
        <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <SelectField
            field={fields.type}
            label={LABELS.type}
            options={PROVINCE_TYPES.map(type => ({ value: PROVINCE_WORDS[type], label: PROVINCE_WORDS[type] }))}
          />
          <TextField field={fields.name} label={LABELS.name} hint="Ví dụ: Đồng Nai" />
          <TextField field={fields.code} label={LABELS.code} />
          <SubmitButton>Ghi tên tỉnh</SubmitButton>
        </Form>
      </Sheet>
      <Sheet
        title="Hoặc dùng dữ liệu có sẵn"
        note={`${name}: ${formatNumber(communes)} xã, phường, ${formatNumber(agencies)} cơ quan cấp tỉnh, phụ lục chỉ tiêu`}
      >
        <Form method="post" className="actions">
          <input type="hidden" name="step" value="reference" />
          <SubmitButton variant="quiet">Dùng dữ liệu của {name}</SubmitButton>
        </Form>
      </Sheet>
    </>
  )
}
