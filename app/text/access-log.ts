import type { AccessKind } from '#app/domain/access-log.ts'

/** What was opened or taken away. */
export const accessLabels: Record<AccessKind, string> = {
  help_record: 'Mở trường hợp hỗ trợ',
  help_number: 'Mở số định danh để sửa trường hợp',
  help_list: 'Xem danh sách trường hợp của đơn vị',
  help_queue: 'Xem danh sách chờ xác nhận của đơn vị',
  official_records: 'Xem trường hợp của người thực hiện',
  inspection_sheet: 'Mở phiếu kiểm tra của trường hợp',
  dispute_record: 'Mở trường hợp được đề nghị xem xét lại',
  dispute_list: 'Xem danh sách đề nghị xem xét lại của đơn vị',
  worklist_page: 'Xem danh sách người dân cần hỗ trợ của đơn vị',
  worklist_print: 'In danh sách người dân cần hỗ trợ của đơn vị',
  worklist_export: 'Tải danh sách người dân cần hỗ trợ của đơn vị',
  assignment: 'Mở thông tin người dân được phân công',
  calendar: 'Tải lịch hẹn với người dân',
  invitation_form: 'Chọn người để mời của đơn vị',
  invitation_print: 'In giấy mời của đơn vị',
  invitation_export: 'Tải giấy mời của đơn vị',
  help_batch: 'Xem tệp trường hợp nhập hộ',
  help_batch_export: 'Tải các dòng cần sửa của tệp nhập hộ',
  worklist_batch: 'Xem tệp danh sách người dân cần hỗ trợ',
  lookup_export: 'Tải tệp tra cứu của địa bàn',
  offer_export: 'Tải danh sách bàn giao cho nhà mạng',
  offline_copy: 'Chép dữ liệu dùng khi mất mạng',
  evidence_file: 'Mở tệp minh chứng',
  citizen_request: 'Xem yêu cầu của người dân trong đợt',
}

/** Names who it was, as far as is known. */
export function nameAccessor({
  who,
  accountId,
}: {
  who: { login: string; displayName: string } | null
  accountId: number
}): string {
  return who ? `${who.displayName} (${who.login})` : `Tài khoản ${accountId}`
}
