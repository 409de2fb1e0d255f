import type { RowProblem } from '#app/domain/field-table.ts'

/** Why a row of a table was not taken over. */
export const rowProblems: Record<RowProblem['reason'], string> = {
  unit_unknown: 'đơn vị không thuộc phạm vi, hoặc có nhiều đơn vị cùng tên',
  channel_unknown: 'hình thức không có trong danh mục',
  area_unknown: 'địa bàn không có, hoặc có nhiều địa bàn cùng tên',
  place_missing: 'thiếu địa điểm, hoặc dài quá 200 ký tự',
  point_unknown: 'không có điểm thu nhận mang tên này, hoặc có nhiều điểm cùng tên',
  day_unreadable: 'ngày chưa đúng, ví dụ 12/6/2024',
  count_unreadable: 'không phải số nguyên',
}
