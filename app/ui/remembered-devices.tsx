import { Form } from '@remix-run/react'
import { formatInstant } from '#app/text/format.ts'
import { Button, ButtonLink } from './button.tsx'
import { EmptyState } from './empty-state.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'

/** The devices that open an account with a PIN, each with the button that ends it. */
export function RememberedDevices({
  devices,
}: {
  devices: readonly { key: string; rememberedAt: number; seenAt: number; isThis: boolean }[]
}) {
  return (
    <Sheet title="Máy được ghi nhớ" note="Mở bằng mã PIN 6 số">
      {devices.length === 0 ? (
        <EmptyState title="Chưa ghi nhớ máy nào">
          Trên máy của riêng mình, anh/chị đặt mã PIN để mở nhanh, kể cả khi không có mạng.
        </EmptyState>
      ) : (
        <Form method="post" action="/tai-khoan/may/bo">
          <RowList>
            {devices.map(({ key, rememberedAt, seenAt, isThis }) => (
              <Row
                key={key}
                title={isThis ? 'Máy này' : `Máy ghi nhớ ${formatInstant(rememberedAt)}`}
                detail={`Mở bằng mã PIN gần nhất ${formatInstant(seenAt)}`}
                aside={
                  <Button type="submit" variant="quiet" name="may" value={key}>
                    Bỏ ghi nhớ
                  </Button>
                }
              />
            ))}
          </RowList>
        </Form>
      )}
      {devices.some(({ isThis }) => isThis) ? null : (
        <ButtonLink to="/tai-khoan/may" variant="quiet">
          Ghi nhớ máy này
        </ButtonLink>
      )}
    </Sheet>
  )
}
