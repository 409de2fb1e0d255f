import type { CampaignPart } from '#app/domain/campaign.ts'

/** What is to be looked at after a campaign was copied, and where. */
export const campaignPartTexts: Record<CampaignPart, { title: string; detail: string; path: string }> = {
  articles: {
    title: 'Điều khoản của kế hoạch',
    detail: 'Không chép từ đợt khác. Nhập điều khoản và nguyên văn của kế hoạch này.',
    path: '/dieu-khoan',
  },
  indicators: {
    title: 'Chỉ tiêu và mục tiêu',
    detail: 'Tên, đơn vị tính, nguồn chép từ đợt khác hoặc chưa nhập; mục tiêu của kế hoạch không được chép.',
    path: '/chi-so',
  },
  weekly_report: {
    title: 'Báo cáo tuần',
    detail: 'Ngày báo cáo đầu tiên đã tính theo đợt này; số văn bản ấn định hạn chưa có.',
    path: '',
  },
  readings: {
    title: 'Cách xét',
    detail: 'Nội dung bắt buộc, đối tượng, các ngưỡng được chép từ đợt khác.',
    path: '',
  },
  annex: {
    title: 'Phụ lục chỉ tiêu',
    detail: 'Chỉ tiêu được chép từ đợt khác, chỉ tiêu hằng ngày đã chia lại.',
    path: '/chi-tieu',
  },
}

/** Says of which years a campaign has no Tết and other announced days off. */
export const daysOffNote = (years: readonly string[]) =>
  `Chưa có ngày nghỉ được công bố của năm ${years.join(', ')} (Tết, Giỗ Tổ, hoán đổi). Hạn rơi vào các ngày đó chưa được lùi: anh/chị bổ sung ở mục Ngày nghỉ.`

/** Fields about how a campaign and its annex are shown. */
export const annexWordTexts = {
  headline: 'Tên trên trang công khai',
  annexAsOf: 'Số liệu làm căn cứ của phụ lục, đến ngày',
  annexNote: 'Ghi chú về phụ lục',
}
