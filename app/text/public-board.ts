import { DISCLOSURE } from '#app/domain/disclosure/rules.ts'
import type { Province } from '#app/domain/province.ts'
import { formatDay, formatNumber, formatParts } from './format.ts'
import { provinceInFull } from './province.ts'

type Named = Pick<Province, 'name' | 'type'>

/** Words of the public page: for people who do not know the plan or its abbreviations. */
export const publicTitle = (province: Named) => `Đợt cao điểm “4 phủ” ${provinceInFull(province)}`

/** Names the page of the whole province, and the frame that other sites show. */
export const progressTitle = (province: Named) => `Tiến độ “4 phủ” ${provinceInFull(province)}`

/** Under communes' targets, which the annex does not assign itself. */
export const communeTargetNote =
  'Chỉ tiêu của xã, phường, thị trấn là phần được cấp trên giao lại trong chỉ tiêu của phụ lục.'

/** Above the list of the campaigns that run at the same time. */
export const severalNote = 'Mỗi đợt có số liệu riêng; anh/chị chọn đợt để xem.'

/** Says which day of the campaign it is: `Ngày thứ 70 trong 91 ngày`. */
export function explainCampaignDay({ day, days }: { day: number; days: number }): string {
  if (day < 1) return 'Đợt cao điểm chưa bắt đầu'
  return day > days ? 'Đợt cao điểm đã kết thúc' : `Ngày thứ ${day} trong ${days} ngày`
}

/** A rounded figure; a withheld one says that it is. */
export function formatRounded(value: number | null): string {
  return value === null ? 'không công bố' : formatNumber(value)
}

export const roundingNote = `Số có nguồn từ hồ sơ cá nhân (người dân được hỗ trợ, người thực hiện) chỉ công bố cho đơn vị từ ${DISCLOSURE.minimum} người và nơi có đủ số người dân được tính (một mức riêng của từng nơi, trong khoảng ${DISCLOSURE.minimum}–${DISCLOSURE.minimum + DISCLOSURE.spread - 1}), mỗi ngày một lần, theo bội số của ${DISCLOSURE.step}, lệch không quá ${DISCLOSURE.step} so với số thật; các phần vì vậy có thể không cộng đúng bằng tổng. Nơi còn ít hơn, và có khi nơi bên cạnh, ghi “không công bố” để không ai bị nhận ra. Lực lượng vũ trang không công bố quân số: số người thực hiện chưa gồm lực lượng này, số người dân được hỗ trợ thì có.`

/** Says where targets and results come from. */
export function officialStatisticsNote(campaignCode: string): string {
  return `Chỉ tiêu in đúng như phụ lục Kế hoạch ${campaignCode}. Kết quả là số liệu thống kê do cơ quan chức năng cung cấp, in đúng như nhận được.`
}

/** `5.120/27.547 (18,59%)`, `chưa có số liệu`. */
export function explainResult({ value, total }: { value: number | null; total: number | null }): string {
  if (value === null) return 'chưa có số liệu'
  return total === null ? formatNumber(value) : formatParts(value, total)
}

/** `Từ 04/4/2024 đến 03/7/2024`. */
export function explainPeriod({ startsOn, endsOn }: { startsOn: string; endsOn: string }): string {
  return `Từ ${formatDay(startsOn)} đến ${formatDay(endsOn)}`
}
