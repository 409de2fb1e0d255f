/** Why a page or an act did not come about, by HTTP status. */
export const PAGE_ERRORS: Record<number, { title: string; text: string }> = {
  400: {
    title: 'Nội dung gửi lên không đọc được',
    text: 'Chưa có gì được lưu. Anh/chị mở lại trang, nhập và gửi lại.',
  },
  405: {
    title: 'Trang này không nhận nội dung gửi lên',
    text: 'Anh/chị mở lại trang từ trang chính và thử lại.',
  },
  403: {
    title: 'Anh/chị không có quyền thực hiện việc này',
    text: 'Nếu công việc được giao cần đến, anh/chị đề nghị quản trị của đơn vị cấp quyền.',
  },
  404: {
    title: 'Không tìm thấy trang',
    text: 'Trang không tồn tại, thuộc đợt cao điểm khác hoặc nằm ngoài phạm vi anh/chị được xem.',
  },
  410: {
    title: 'Dữ liệu của đợt đã hủy',
    text: 'Dữ liệu người dân của đợt này đã được hủy theo quy định nên không ghi thêm hoặc tra cứu được. Số liệu tổng hợp và kết quả xét vẫn còn.',
  },
  503: {
    title: 'Hệ thống đang bận',
    text: 'Nội dung chưa được lưu. Anh/chị chờ vài giây rồi thử lại.',
  },
}

/** Any other failure of the server. */
export const UNKNOWN_ERROR = {
  title: 'Có lỗi khi xử lý',
  text: 'Lỗi đã được ghi lại. Anh/chị thử lại sau ít phút; nội dung đã lưu trước đó không bị mất.',
}

/** The server cannot be reached. */
export const CUT_OFF = {
  title: 'Máy đang không có mạng',
  text: 'Anh/chị vẫn ghi được trường hợp mới và xem phần việc của mình; máy gửi khi có mạng trở lại.',
}

/** Something before the application answered in its place, most likely a proxy that does not pass the host on. */
export const NOT_OURS = {
  title: 'Câu trả lời của máy chủ không đọc được',
  text: 'Nội dung chưa được lưu. Anh/chị tải lại trang rồi thử lại. Nếu vẫn vậy, anh/chị báo quản trị xem máy chủ trung gian (proxy) có chuyển đúng tên miền (Host) đến hệ thống không.',
}

/** Whether an error of the browser says that the answer is none of the application's: Remix could not decode it. */
export const isNotOurs = (error: unknown) => error instanceof Error && /decode turbo-stream/.test(error.message)

/** Whether an error of the browser says that the server could not be reached. */
export const isUnreachable = (error: unknown) =>
  error instanceof TypeError && /fetch|network|load failed/i.test(error.message)

/** Says why the server did not take a form, above the form that stays. A 503 may bring its own words. */
export function explainStatus({ status, data }: { status: number; data: unknown }): string {
  if (status === 503 && typeof data === 'string' && data !== '') return data
  const { title, text } = PAGE_ERRORS[status] ?? UNKNOWN_ERROR
  return `${title}. ${text} Nội dung anh/chị nhập vẫn còn dưới đây.`
}
