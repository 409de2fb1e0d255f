import { formatInstant } from '#app/text/format.ts'
import { QrCode } from './qr-code.tsx'
import { Facts, Sheet } from './sheet.tsx'

/** A new activation code with whose it is: shown once, to be handed over on paper. */
export function ActivationSlip({
  displayName,
  login,
  code,
  expiresAt,
  address,
  unitName,
  qr,
}: {
  displayName: string
  login: string
  code: string
  expiresAt: number
  /** where the activation page is, for a slip that is handed over on paper */
  address?: string
  /** where the person works, for slips that are handed out by unit */
  unitName?: string
  /** the page with the code in its fragment, which no server sees; drawn by `drawQrCode` */
  qr?: { size: number; path: string }
}) {
  return (
    <Sheet title="Mã kích hoạt" note={address === undefined ? 'hiện một lần, chép lại trước khi rời trang' : undefined}>
      <Facts
        facts={[
          { name: 'Tài khoản', value: `${displayName} (${login})` },
          ...(unitName === undefined ? [] : [{ name: 'Đơn vị', value: unitName }]),
          { name: 'Mã', value: <code className="nowrap">{code}</code> },
          { name: 'Dùng trước', value: formatInstant(expiresAt) },
        ]}
      />
      {qr === undefined ? null : <QrCode {...qr} label={`Mã QR kích hoạt của ${displayName}`} />}
      <p className="small">
        {qr === undefined ? '' : 'Người nhận chụp mã QR bằng điện thoại rồi đặt mật khẩu. Không có máy chụp: '}
        {qr === undefined ? 'Người nhận mở' : 'mở'} {address ?? 'trang Kích hoạt'}, nhập mã và đặt mật khẩu. Mã dùng một
        lần; mã cấp trước đó không còn dùng được.
      </p>
    </Sheet>
  )
}
