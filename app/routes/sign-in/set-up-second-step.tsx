import { useForm } from '@conform-to/react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { drawQrCode } from '#app/documents/qr-code.ts'
import { joinedGroups } from '#app/domain/letters.ts'
import { z } from '#app/domain/zod.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findTicket, setUpFactor } from '#app/queries/second-factor.server.ts'
import { factorCounts } from '#app/queries/sign-in-limit.server.ts'
import { TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { QrCode } from '#app/ui/qr-code.tsx'
import { RecoveryCodes } from '#app/ui/recovery-codes.tsx'
import { ServerTime } from '#app/ui/server-time.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { formOf } from '../_web/body.server.ts'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { signInPage } from './params.ts'
import { shownTicket } from './second-step-form.server.ts'
import { beginSession, firstPage, tryToSignIn } from './session-start.server.ts'

const firstCode = z.object({
  code: z.string({ error: 'required' }).overwrite(joinedGroups).max(20, { error: 'factor_wrong' }),
})

export const meta: MetaFunction = () => [{ title: 'Cài đặt xác thực hai lớp · 4 phủ' }]

/**
 * Returns what to enter in the authenticator; null once it is set up (the answer to the form then shows the codes) or
 * too late.
 */
export function loader({ request }: LoaderFunctionArgs) {
  const setUp = findTicket(shownTicket(request))?.setUp
  return setUp ? { ...setUp, qr: drawQrCode(setUp.uri), serverTime: Date.now() } : null
}

/** The recovery codes are shown in the answer itself and nowhere else, so this write is not followed by a redirect. */
export async function action({ request, context }: ActionFunctionArgs) {
  const shown = shownTicket(request)
  const ticket = findTicket(shown)
  if (!ticket?.setUp) return redirectWith('/dang-nhap', 'het-han')
  const submission = readForm(await formOf(request), firstCode)
  if (submission.status !== 'success') return refuseForm(submission)
  const { code } = submission.value
  const { waitMs, found } = await tryToSignIn(
    context,
    factorCounts(ticket.accountId),
    () => retryBusy(() => setUpFactor(shown, code)),
    ticket.accountId,
  )
  if (waitMs > 0) return refuseForm(submission, [{ field: 'code', reason: 'too_many_tries' }])
  if (!found) return refuseForm(submission, [{ field: 'code', reason: 'factor_wrong' }])
  const way = firstPage(signInPage.read(new URL(request.url)).way)
  return data({ codes: found.codes, way }, { headers: await beginSession(request, context, found.accountId, true) })
}

export default function SetUpPage() {
  const loaded = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading title="Cài đặt xác thực hai lớp" />
      {answer && 'codes' in answer ? (
        <RecoveryCodes codes={answer.codes} way={answer.way} />
      ) : loaded === null ? (
        <p>
          Trang này đã hết hạn. <Link to="/dang-nhap">Đăng nhập lại</Link>.
        </p>
      ) : (
        <SetUpForm {...loaded} lastResult={answer?.lastResult} />
      )}
    </div>
  )
}

type FormProps = {
  secret: string
  uri: string
  qr: { size: number; path: string }
  serverTime: number
  lastResult: unknown
}

function SetUpForm({ secret, uri, qr, serverTime, lastResult }: FormProps) {
  const [form, fields] = useForm<z.input<typeof firstCode>>({
    lastResult: lastResult as never,
    constraint: { code: { required: true, maxLength: 20 } },
  })
  return (
    <>
      <p>
        Tài khoản của anh/chị xem được dữ liệu của nhiều người, nên khi đăng nhập cần thêm một mã từ điện thoại. Chỉ cài
        một lần. Quá 5 phút thì trang này hết hạn: anh/chị đăng nhập lại và quét mã mới.
      </p>
      <Sheet title="1. Cài ứng dụng xác thực">
        <p>
          Trên điện thoại, mở kho ứng dụng và cài một ứng dụng xác thực, ví dụ Google Authenticator hoặc Microsoft
          Authenticator.
        </p>
      </Sheet>
      <Sheet title="2. Quét mã">
        <div className="stack">
          <p>Trong ứng dụng, bấm dấu cộng rồi quét mã này.</p>
          <QrCode {...qr} label="Mã QR để ứng dụng xác thực quét" />
          <p>
            Đang mở trang này trên chính điện thoại đó: <a href={uri}>chuyển sang ứng dụng xác thực</a>.
          </p>
          <p>
            Không quét được: chọn nhập khóa thiết lập và gõ <code>{secret.match(/.{1,4}/g)?.join(' ')}</code>
          </p>
        </div>
      </Sheet>
      <Sheet title="3. Nhập mã đang hiện">
        <ServerTime at={serverTime} />
        <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} />
          <TextField
            field={fields.code}
            label="Mã trong ứng dụng"
            hint="6 chữ số, đổi sau mỗi 30 giây"
            inputMode="numeric"
            autoComplete="one-time-code"
            isShort
          />
          <SubmitButton isLarge pendingLabel="Đang kiểm tra…">
            Hoàn tất cài đặt
          </SubmitButton>
        </Form>
      </Sheet>
    </>
  )
}
