import type { ExchangedTable } from '#app/domain/vocabulary.ts'
import { labels } from './vocabulary.ts'

/** What our fields are called, by table; as column heads they are recognised in other systems' tables. */
export const layoutFieldLabels: Record<ExchangedTable, Record<string, string>> = {
  indicator_figures: { locality: 'Địa bàn', locality_code: 'Mã địa bàn', ...labels.indicator },
  reports: {
    unit: 'Đơn vị',
    period: 'Kỳ báo cáo',
    state: 'Tình trạng',
    officials: 'Người thực hiện',
    target: 'Chỉ tiêu',
    reported: 'Ghi nhận',
    counted: 'Được tính',
    verified: 'Đã đối chiếu',
    all_met: 'Đạt đủ nội dung bản thân',
    reached: 'Đạt chỉ tiêu',
  },
  outreach: {
    unit: 'Đơn vị',
    day: 'Ngày',
    channel: 'Hình thức',
    locality: 'Địa bàn',
    place: 'Địa điểm',
    people: 'Số người',
    note: 'Ghi chú',
  },
  collection_days: {
    unit: 'Đơn vị',
    point: 'Điểm thu nhận',
    day: 'Ngày',
    invited: 'Đã mời',
    received: 'Đã thu nhận',
    sent_on: 'Đã truyền',
    approved: 'Đã duyệt',
  },
}
