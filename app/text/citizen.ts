import type { AnswerFlag, CitizenAnswer, CitizenRequestKind } from '#app/domain/vocabulary.ts'

/** The wording of the consent that a citizen gives with their answer; a changed wording is a new version. */
export const CITIZEN_CONSENT_VERSION = '2024-04/x2'
export const CITIZEN_CONSENT =
  'Bấm nút này, tôi trả lời “đúng” và đồng ý để cơ quan thực hiện kế hoạch lưu họ tên, số định danh, số điện thoại của tôi và câu trả lời này, chỉ để xác nhận kết quả. Xong đợt và giải quyết xong khiếu nại thì dữ liệu được xóa.'

/** The answer as its official and head read it. */
export const citizenAnswerTexts: Record<CitizenAnswer, string> = {
  yes: 'Người dân xác nhận đúng',
  no: 'Người dân trả lời là không có việc hỗ trợ này',
  not_quite: 'Người dân trả lời là có nội dung chưa đạt',
}

export const answerFlagTexts: Record<AnswerFlag, string> = {
  official_device: 'Câu trả lời đến từ một thiết bị mà người thực hiện đã đăng nhập, vì sao?',
  shared_device: 'Thiết bị này đã trả lời thay cho một người dân khác, vì sao?',
}

export const citizenRequestTexts: Record<CitizenRequestKind, string> = {
  see: 'Xem dữ liệu của tôi',
  correct: 'Sửa dữ liệu của tôi',
  restrict: 'Hạn chế sử dụng dữ liệu của tôi',
  lift: 'Thôi hạn chế sử dụng dữ liệu của tôi',
  delete: 'Xóa dữ liệu của tôi',
}

/** State of a request, as the page of a code says it. `isMet` null: closed before it was kept whether it was met. */
export function requestStateText(request: {
  acknowledgedAt: number | null
  closedAt: number | null
  isMet: boolean | null
}): string {
  if (request.closedAt === null) return request.acknowledgedAt === null ? 'Đã gửi' : 'Đã tiếp nhận, đang giải quyết'
  if (request.isMet === null) return 'Đã giải quyết'
  return request.isMet ? 'Đã thực hiện' : 'Chưa thực hiện được'
}

/** What the official reads about the citizen of a record. */
export const citizenRightTexts: Record<'correct' | 'restrict' | 'lift', string> = {
  lift: 'Người dân đồng ý cho sử dụng dữ liệu trở lại',
  correct: 'Cơ quan thường trực đã sửa dữ liệu theo yêu cầu của người dân',
  restrict: 'Người dân yêu cầu hạn chế sử dụng dữ liệu; trường hợp vẫn được tính nhưng không hiện trong danh sách',
}

/** Why no code is issued, on the record's page. */
export const codeRefusalTexts: Record<'withdrawn' | 'answered', string> = {
  withdrawn: 'Trường hợp đã rút nên không tạo mã.',
  answered: 'Người dân đã trả lời nên không tạo mã mới.',
}
