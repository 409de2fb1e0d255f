import type { Card, ScanProblem } from '#app/domain/card.ts'

/** Why a scan gave no card, and what to do about it. */
export const scanProblems: Record<ScanProblem, string> = {
  not_a_card: 'Đây không phải mã trên thẻ căn cước. Anh/chị quét mã QR in trên thẻ của người dân.',
  card_incomplete: 'Mã này thiếu thông tin của thẻ căn cước. Anh/chị thử quét lại hoặc nhập theo thẻ.',
  card_number: 'Số định danh trong mã chưa hợp lệ. Anh/chị nhập theo thẻ và kiểm tra lại.',
  card_dates: 'Ngày sinh hoặc ngày cấp trong mã chưa hợp lệ. Anh/chị nhập theo thẻ và kiểm tra lại.',
  no_code: 'Chưa thấy mã QR. Anh/chị đưa thẻ gần hơn, đủ sáng và giữ yên; hoặc nhập theo thẻ.',
  not_a_picture: 'Tệp này không phải ảnh đọc được. Anh/chị chọn ảnh chụp mã QR trên thẻ.',
  no_camera: 'Không tìm thấy máy ảnh. Anh/chị chọn ảnh có mã QR hoặc nhập theo thẻ.',
  camera_refused:
    'Trình duyệt chưa được phép dùng máy ảnh. Anh/chị cho phép trong phần cài đặt của trang, chọn ảnh có mã QR hoặc nhập theo thẻ.',
  camera_busy: 'Máy ảnh đang được ứng dụng khác dùng. Anh/chị đóng ứng dụng đó rồi quét lại, hoặc nhập theo thẻ.',
  scanner_failed: 'Phần đọc mã chưa chạy được trên máy này. Anh/chị nhập theo thẻ.',
}

/** What a scan put into the form. */
export const filledFrom = ({ name, birthOn }: Card) =>
  birthOn === null
    ? `Đã điền theo thẻ của ${name}. Thẻ chỉ ghi năm sinh, anh/chị nhập thêm ngày sinh nếu biết.`
    : `Đã điền theo thẻ của ${name}. Anh/chị xem lại rồi điền tiếp.`
