import type { ApiOperationName } from '#app/domain/api.ts'
import { levelWords } from './level.ts'

/** The interface in words, for developers of other systems of the province with that name. */
export const apiTitle = (province: string) => `Giao diện số liệu “4 phủ” ${province}`

export const apiIntroduction =
  'Số liệu tổng hợp của đợt cao điểm theo đơn vị, địa bàn và ngày. Không có thao tác nào trả về dữ liệu của người dân hay của một cán bộ. Mã truy cập do Công an tỉnh cấp, có phạm vi và đơn vị, có hạn, thu hồi được; gửi trong đầu mục Authorization: Bearer. Danh sách được chia trang bằng con trỏ: gửi lại giá trị next ở tham số after. Câu trả lời có số liệu nêu đợt (campaign) và căn cứ (basis): frozen là kết quả đã chốt, kèm phiên bản (version, isProvisional: bản tạm), live là số liệu hiện tại. Sau khi chốt, mặc định là frozen; cần số liệu hiện tại thì thêm basis=live. Mỗi câu trả lời có ETag; gửi lại trong If-None-Match để nhận 304 khi chưa có gì mới. CSV: thêm format=csv hoặc Accept: text/csv. Lỗi theo RFC 9457 (application/problem+json).'

/** Returns what each operation is, in the words of the province's levels. */
export const operationTexts = (
  hasDistricts: boolean,
): Record<ApiOperationName, { summary: string; description: string }> => ({
  openapi: { summary: 'Tài liệu này', description: 'Mô tả OpenAPI 3.1 của giao diện. Không cần mã truy cập.' },
  published: {
    summary: 'Số liệu công khai',
    description:
      'Đúng như trang công khai: chỉ tiêu và số liệu thống kê in nguyên, số từ hồ sơ cá nhân làm tròn đến 5 và chỉ nêu khi đủ đông. Không cần mã truy cập.',
  },
  units: { summary: 'Cơ quan, đơn vị', description: 'Các đơn vị đang hoạt động trong phạm vi của mã, theo số thứ tự.' },
  targets: {
    summary: 'Phụ lục chỉ tiêu',
    description: `Chỉ tiêu phải thực hiện và chỉ tiêu hằng ngày theo ${levelWords(hasDistricts).below}, như phụ lục in; dòng tổng cộng từ các dòng.`,
  },
  indicators: {
    summary: 'Các chỉ tiêu theo địa bàn',
    description:
      'Chỉ tiêu, số liệu thống kê mới nhất, số cần có đến hôm nay và tiến độ. Mã của từng chỉ tiêu và tên gọi có ở phụ lục (targets).',
  },
  recordFigures: {
    summary: 'Ghi số liệu chỉ tiêu',
    description:
      'Số lũy kế từ đầu đợt của từng chỉ tiêu, địa bàn đến hết một ngày; ghi tất cả hoặc không ghi gì. Số đã có của ngày đó, hoặc số thấp hơn ngày trước, phải kèm lý do; bản cũ vẫn giữ.',
  },
  unitTallies: {
    summary: 'Tổng hợp theo đơn vị',
    description:
      'Số ghi nhận, được tính, đã đối chiếu; người thực hiện, chỉ tiêu, nội dung bản thân. Gồm cả đơn vị trực thuộc. Sau khi chốt là số của phiên bản đã chốt: của những người thuộc đơn vị tại ngày kết thúc đợt; số không được chốt để trống.',
  },
  localityTallies: {
    summary: 'Tổng hợp theo địa bàn',
    description: 'Trường hợp hỗ trợ theo nơi người dân ở, luôn là số liệu hiện tại. Không cộng với số của đơn vị.',
  },
  dayTallies: {
    summary: 'Tổng hợp theo ngày',
    description:
      'Theo ngày hỗ trợ, luôn là số liệu hiện tại, của một đơn vị (unitId) hoặc một địa bàn (localityCode); không nêu thì của đơn vị của mã. Ngày không có trường hợp nào thì không nêu.',
  },
  reports: {
    summary: 'Tình trạng báo cáo',
    description: 'Báo cáo tuần và báo cáo cuối đợt của từng đơn vị: chờ, đúng hạn, chậm, chưa nộp.',
  },
  assessments: {
    summary: 'Kết quả xét, theo đơn vị',
    description:
      'Số người theo từng kết quả trong phiên bản đã chốt gần nhất; trước khi chốt, hoặc với basis=live, là như hiện nay. Đơn vị dưới 5 người không nêu, vì đó là kết quả của từng người.',
  },
  uploadExtract: {
    summary: 'Tải lên số liệu trích xuất',
    description:
      'Nhận tệp xlsx hoặc csv và đưa vào hàng chờ đọc. Chưa có gì thay đổi: người phụ trách chọn cột, xem trước và áp dụng trong phần mềm. Mã phải thuộc tỉnh.',
  },
  extract: {
    summary: 'Tình trạng một tệp trích xuất',
    description: 'Đã đọc đến đâu, bao nhiêu dòng; không có dòng nào của tệp.',
  },
})

export const problemTitles: Record<number, string> = {
  400: 'Yêu cầu chưa đúng',
  401: 'Chưa có mã truy cập còn hiệu lực',
  403: 'Mã truy cập không có quyền này',
  404: 'Không có, hoặc ngoài phạm vi của mã truy cập',
  405: 'Không có thao tác này',
  409: 'Chưa ghi được',
  413: 'Nội dung gửi lên quá lớn',
  429: 'Gọi quá nhiều lần',
  500: 'Có lỗi khi xử lý',
  503: 'Hệ thống đang bận',
}
