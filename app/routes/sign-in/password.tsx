import { useForm } from '@conform-to/react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { keepsCookies } from '#app/access/cookie-host.ts'
import { deviceOf } from '#app/access/device.server.ts'
import { typedText } from '#app/domain/letters.ts'
import { z } from '#app/domain/zod.ts'
import { checkSignIn } from '#app/queries/account.server.ts'
import { findDemoLoad } from '#app/queries/job.server.ts'
import { listRememberedHere } from '#app/queries/remembered-device.server.ts'
import { signInCounts } from '#app/queries/sign-in-limit.server.ts'
import { cookieFaults, explainProviderFault, explainSignInLimit } from '#app/text/account.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice, Notices } from '#app/ui/notice.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'
import { PinSheet } from '#app/ui/pin-sheet.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { formOf } from '../_web/body.server.ts'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { visitOf } from '../_web/visit.server.ts'
import { signInPage } from './params.ts'
import { backTo, signIn, tryToSignIn, wayIn } from './session-start.server.ts'

const credentials = z.object({
  login: z.string({ error: 'required' }).overwrite(typedText).trim().max(50, { error: 'too_long' }),
  password: z.string({ error: 'required' }).max(200, { error: 'too_long' }),
})

/** Reloads the page every two seconds while the synthetic province is being made. */
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: 'Đăng nhập · 4 phủ' },
  ...(loaded?.demoLoad ? [{ httpEquiv: 'refresh', content: '2' }] : []),
]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { way, fault, isTried } = signInPage.read(new URL(request.url))
  if (isTried && request.headers.has('Cookie')) throw redirect(wayIn(way))
  if (await visitOf(request, context)) throw redirect('/')
  return {
    cookieFault: cookieFault(context.publicUrl, isTried),
    isDemo: context.isDemo,
    way,
    fault,
    demoLoad: context.isDemo ? runningDemoLoad() : null,
    remembered: listRememberedHere(deviceOf(request).hash),
    providerPath: context.provider && `/dang-nhap/cong-tinh${backTo(wayIn(way))}`,
  }
}

/** Why a browser does not stay signed in here: the address, or the browser itself; null: nothing is known to be wrong. */
function cookieFault(publicUrl: string, isTried: boolean): keyof typeof cookieFaults | null {
  if (!keepsCookies(publicUrl)) return 'address'
  return isTried ? 'browser' : null
}

/** Returns the progress of the synthetic province; null once it is there, or will not be. */
function runningDemoLoad() {
  const load = findDemoLoad()
  if (!load || load.state === 'done' || load.state === 'failed') return null
  return { done: load.done, total: load.total > 0 ? load.total : undefined }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = readForm(await formOf(request), credentials)
  if (submission.status !== 'success') return refuseForm(submission, [], { hideFields: ['password'] })
  const { login, password } = submission.value
  const refuse = (sentence: string) => refuseForm(submission, [], { formErrors: [sentence], hideFields: ['password'] })
  const counts = signInCounts(login, context.address, deviceOf(request).hash)
  const tried = await tryToSignIn(context, counts, () => checkSignIn(login, password))
  if (tried.waitMs > 0) return refuse(explainSignInLimit(tried))
  const { found } = tried
  if (!found) return refuse('Mã cán bộ, số điện thoại hoặc mật khẩu chưa đúng.')
  return await signIn(request, context, found.accountId, signInPage.read(new URL(request.url)).way)
}

export default function SignInPage() {
  const { isDemo, demoLoad, remembered, providerPath, way, fault, cookieFault } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof credentials>>({
    lastResult: answer?.lastResult,
    constraint: { login: { required: true }, password: { required: true } },
  })
  if (demoLoad)
    return (
      <div className="narrow stack">
        <h1>Đang chuẩn bị dữ liệu mẫu</h1>
        <Sheet>
          <Progress label="Tạo một tỉnh mẫu để dùng thử" {...demoLoad} counted="mục" />
        </Sheet>
        <p>Trang tự tải lại cho đến khi xong, thường dưới nửa phút.</p>
      </div>
    )
  return (
    <div className="narrow stack">
      <h1>Đăng nhập</h1>
      <Notices />
      {cookieFault === null ? null : (
        <Notice kind="error" title={cookieFaults[cookieFault].title}>
          {cookieFaults[cookieFault].text}
        </Notice>
      )}
      {fault === undefined ? null : <Notice kind="error">{explainProviderFault(fault)}</Notice>}
      {providerPath ? (
        <Sheet>
          <p>
            <a className={buttonClass({})} href={providerPath}>
              Đăng nhập bằng tài khoản của tỉnh
            </a>
          </p>
        </Sheet>
      ) : null}
      {remembered.length > 0 ? (
        <PinSheet people={remembered} action={signInPage.to('/dang-nhap/pin', { way })} />
      ) : null}
      <Sheet title={remembered.length > 0 ? 'Hoặc dùng mật khẩu' : undefined}>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} />
          <TextField
            field={fields.login}
            label="Mã cán bộ hoặc số điện thoại"
            autoComplete="username"
            spellCheck={false}
          />
          <PasswordField field={fields.password} label="Mật khẩu" autoComplete="current-password" />
          <SubmitButton isLarge pendingLabel="Đang đăng nhập…">
            Đăng nhập
          </SubmitButton>
        </Form>
      </Sheet>
      <p>
        Lần đầu sử dụng hoặc quên mật khẩu: <Link to="/kich-hoat">kích hoạt bằng mã</Link> do đầu mối của đơn vị cấp.
      </p>
      <p>
        <Link to="/cong-khai" reloadDocument>
          Tiến độ công khai của tỉnh
        </Link>
        , không cần đăng nhập.
      </p>
      {isDemo ? (
        <p className="small">
          Dữ liệu mẫu, mật khẩu chung demo-4phu: canbo, daumoi, thutruong, truonghuyen, kiemtra, kiemtra2, congan,
          stttt, noivu, lanhdao, kiemtoan, quantri, quantri2.
        </p>
      ) : null}
    </div>
  )
}
