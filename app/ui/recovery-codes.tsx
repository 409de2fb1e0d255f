import { ButtonLink } from './button.tsx'
import { Notice } from './notice.tsx'
import { Sheet } from './sheet.tsx'

/** Shows new recovery codes, once; `way` is the address to continue to. */
export function RecoveryCodes({ codes, way }: { codes: readonly string[]; way: string }) {
  return (
    <>
      <Notice kind="success">Ứng dụng xác thực đã dùng được cho tài khoản này.</Notice>
      <Sheet title="Mã dự phòng" note="hiện một lần, in hoặc chép lại trước khi rời trang">
        <div className="stack">
          <p>Khi không có điện thoại, anh/chị nhập một trong các mã này. Mỗi mã dùng một lần; cất như cất chìa khóa.</p>
          <ul className="plain-list">
            {codes.map(code => (
              <li key={code}>
                <code className="nowrap">{code}</code>
              </li>
            ))}
          </ul>
          <ButtonLink to={way}>Đã lưu mã, tiếp tục</ButtonLink>
        </div>
      </Sheet>
    </>
  )
}
