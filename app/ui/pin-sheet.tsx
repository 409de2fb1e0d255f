import { Form } from '@remix-run/react'
import { SubmitButton } from './form.tsx'
import { PinField } from './pin-field.tsx'
import { Sheet } from './sheet.tsx'

/** Signing in on a device that is remembered: by PIN, for each person who kept it, and the way to end that. */
export function PinSheet({
  people,
  action,
}: {
  people: readonly { accountId: number; displayName: string }[]
  action: string
}) {
  return (
    <>
      {people.map(({ accountId, displayName }) => (
        <Sheet key={accountId} title={displayName}>
          <div className="stack">
            <Form method="post" action={action} reloadDocument className="stack">
              <input type="hidden" name="accountId" value={accountId} />
              <PinField id={`pin-${accountId}`} label="Nhập mã PIN" />
              <SubmitButton isLarge>Mở</SubmitButton>
            </Form>
            <Form method="post" action="/dang-nhap/doi-nguoi" reloadDocument>
              <input type="hidden" name="accountId" value={accountId} />
              <SubmitButton variant="quiet">Đổi người dùng</SubmitButton>
            </Form>
          </div>
        </Sheet>
      ))}
    </>
  )
}
