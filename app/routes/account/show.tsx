import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { deviceOf } from '#app/access/device.server.ts'
import { listSessions } from '#app/access/session.server.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { listRemembered } from '#app/queries/remembered-device.server.ts'
import { describeDevice } from '#app/text/device.ts'
import { formatInstant } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Button } from '#app/ui/button.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PasswordField } from '#app/ui/password-field.tsx'
import { RememberedDevices } from '#app/ui/remembered-devices.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'
import { accountPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Tài khoản · 4 phủ' }]

export const loader = reads(({ actor, sessionHash }, { url, request, context }) => ({
  asksFactor: context.asksFactor,
  hasProvider: context.provider !== undefined,
  isOfficial: actor.officialId !== null,
  name: actor.displayName,
  login: actor.login,
  roles: [...new Set(actor.grants.map(grant => labels.role[grant.role]))],
  refused: refusedField(accountPage.read(url).refusal),
  sessions: listSessions(actor.accountId).map(({ hash, userAgent, createdAt }) => ({
    hash,
    device: describeDevice(userAgent),
    createdAt,
    isThis: hash === sessionHash,
  })),
  devices: listRemembered(actor).map(({ deviceHash, ...device }) => ({
    ...device,
    key: deviceHash,
    isThis: deviceHash === deviceOf(request).hash,
  })),
}))

/** The field that a refused change of password is about; null where none was refused. */
const FIELD_OF: Partial<Record<InputProblem, string>> = {
  required: 'present',
  password_wrong: 'present',
  too_many_tries: 'present',
  password_too_short: 'password',
  password_common: 'password',
  password_own_login: 'password',
  password_differs: 'repeated',
}

function refusedField(code: string | undefined): { field: string; message: string } | null {
  const field = Object.entries(FIELD_OF).find(([problem]) => problem === code)?.[1]
  return code === undefined || field === undefined ? null : { field, message: explainProblem(code) }
}

export default function AccountPage() {
  const { asksFactor, hasProvider, isOfficial, name, login, roles, sessions, devices, refused } =
    useLoaderData<typeof loader>()
  const others = sessions.filter(session => !session.isThis)
  return (
    <div className="narrow stack">
      <PageHeading title="Tài khoản" />
      <Sheet>
        <Facts
          facts={[
            { name: 'Họ và tên', value: name },
            { name: 'Mã đăng nhập', value: login },
            ...(roles.length > 0 ? [{ name: 'Vai trò', value: roles.join(', ') }] : []),
          ]}
        />
      </Sheet>
      <div id="mat-khau">
        <Sheet title="Đổi mật khẩu">
          <PasswordForm key={refused?.message} refused={refused} />
        </Sheet>
      </div>
      <p>
        <Link to="/tai-khoan/thu-nhac">Nhắc việc qua thư điện tử</Link>
      </p>
      {isOfficial ? (
        <p>
          <Link to="/tai-khoan/nhac-may">Nhận nhắc trên máy này</Link>
        </p>
      ) : null}
      {asksFactor ? (
        <p>
          <Link to="/tai-khoan/xac-thuc">Xác thực hai lớp</Link>
        </p>
      ) : null}
      {hasProvider ? (
        <p>
          <a href="/dang-nhap/cong-tinh?den=/tai-khoan">Gắn với cổng đăng nhập của tỉnh</a>
        </p>
      ) : null}
      <Sheet title="Phiên đăng nhập" note="Theo giờ thực">
        <Form method="post" action="/tai-khoan/phien" className="stack">
          <RowList>
            {sessions.map(({ hash, device, createdAt, isThis }) => (
              <Row
                key={hash}
                title={device}
                detail={`Đăng nhập ${formatInstant(createdAt)}`}
                aside={
                  isThis ? (
                    'Phiên này'
                  ) : (
                    <Button type="submit" variant="quiet" name="hash" value={hash}>
                      Kết thúc
                    </Button>
                  )
                }
              />
            ))}
          </RowList>
        </Form>
        {others.length > 1 ? (
          <Form method="post" action="/tai-khoan/phien">
            {others.map(({ hash }) => (
              <input key={hash} type="hidden" name="hash" value={hash} />
            ))}
            <Button type="submit" variant="quiet">
              Kết thúc tất cả phiên khác
            </Button>
          </Form>
        ) : null}
      </Sheet>
      <RememberedDevices devices={devices} />
    </div>
  )
}

function PasswordForm({ refused }: { refused: { field: string; message: string } | null }) {
  const [form, fields] = useForm<{ present: string; password: string; repeated: string }>({
    lastResult: refused === null ? undefined : { status: 'error', error: { [refused.field]: [refused.message] } },
    constraint: {
      present: { required: true },
      password: { required: true, minLength: 10 },
      repeated: { required: true },
    },
  })
  return (
    <Form method="post" action="/tai-khoan/mat-khau" id={form.id} onSubmit={form.onSubmit} className="stack">
      <FormErrors form={form} />
      <PasswordField field={fields.present} label="Mật khẩu hiện tại" autoComplete="current-password" />
      <PasswordField
        field={fields.password}
        label="Mật khẩu mới"
        hint="Ít nhất 10 ký tự. Các phiên đăng nhập khác sẽ kết thúc."
        autoComplete="new-password"
      />
      <PasswordField field={fields.repeated} label="Nhập lại mật khẩu mới" autoComplete="new-password" />
      <SubmitButton action="/tai-khoan/mat-khau">Đổi mật khẩu</SubmitButton>
    </Form>
  )
}
