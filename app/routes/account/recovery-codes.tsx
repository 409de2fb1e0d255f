import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { joinedGroups } from '#app/domain/letters.ts'
import { z } from '#app/domain/zod.ts'
import { findOwnFactor, renewRecoveryCodes } from '#app/queries/second-factor.server.ts'
import { factorCounts, tryWithin } from '#app/queries/sign-in-limit.server.ts'
import { TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { RecoveryCodes } from '#app/ui/recovery-codes.tsx'
import { ServerTime } from '#app/ui/server-time.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { notFound, reads, writes } from '../_web/visit.server.ts'

const presentCode = z.object({
  code: z.string({ error: 'required' }).overwrite(joinedGroups).max(20, { error: 'factor_wrong' }),
})

export const meta: MetaFunction = () => [{ title: 'Mã dự phòng mới · 4 phủ' }]

export const loader = reads(({ actor }, { context }) => {
  if (!context.asksFactor || !findOwnFactor(actor).isSetUp) throw notFound()
  return { serverTime: Date.now() }
})

/** The codes are shown in the answer itself and nowhere else, so this write is not followed by a redirect. */
export const action = writes(async ({ actor }, { form }) => {
  const submission = readForm(form, presentCode)
  if (submission.status !== 'success') return refuseForm(submission)
  const { waitMs, found } = await tryWithin(factorCounts(actor.accountId), () =>
    renewRecoveryCodes(actor, submission.value.code),
  )
  if (found) return { codes: found }
  return refuseForm(submission, [{ field: 'code', reason: waitMs > 0 ? 'too_many_tries' : 'factor_wrong' }])
})

export default function NewRecoveryCodesPage() {
  const { serverTime } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Mã dự phòng mới"
        breadcrumbs={[
          { to: '/tai-khoan', label: 'Tài khoản' },
          { to: '/tai-khoan/xac-thuc', label: 'Xác thực hai lớp' },
        ]}
      />
      {answer && 'codes' in answer ? (
        <RecoveryCodes codes={answer.codes} way="/tai-khoan" />
      ) : (
        <CodeForm serverTime={serverTime} lastResult={answer?.lastResult} />
      )}
    </div>
  )
}

function CodeForm({ serverTime, lastResult }: { serverTime: number; lastResult: unknown }) {
  const [form, fields] = useForm<z.input<typeof presentCode>>({
    lastResult: lastResult as never,
    constraint: { code: { required: true, maxLength: 20 } },
  })
  return (
    <Sheet>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <p>Các mã dự phòng cũ không dùng được nữa.</p>
        <FormErrors form={form} />
        <TextField field={fields.code} label="Mã trong ứng dụng xác thực" autoComplete="one-time-code" isShort />
        <ServerTime at={serverTime} />
        <SubmitButton isLarge>Tạo mã mới</SubmitButton>
      </Form>
    </Sheet>
  )
}
