import type { Forecast, IndicatorStatus } from '#app/domain/indicator.ts'
import type { Indicator } from '#app/domain/vocabulary.ts'
import { formatDay, formatNumber } from './format.ts'

/** The annex's column headings as printed; "sinh trước 2009" is a misprint, as the totals show. */
export const annexHeaders: Record<Indicator, string> = {
  id_card_first: 'Cấp CCCD cho công dân sinh trước tháng 7/2010',
  id_card_mobile: 'Cấp CCCD cho công dân sinh trước 2009',
  eid_activated: 'Kích hoạt ĐDĐT',
  phone_4g: 'Trang bị Smartphone 4G',
  sim_signature: 'Sim chính chủ tích hợp chữ ký số',
}

/** The same, short enough to fit side by side. */
export const indicatorHeads: Record<Indicator, string> = {
  id_card_first: 'CCCD lần đầu',
  id_card_mobile: 'CCCD khó thu nhận',
  eid_activated: 'Kích hoạt ĐDĐT',
  phone_4g: 'Máy 4G',
  sim_signature: 'SIM chữ ký số',
}

export const indicatorStatusLabels: Record<IndicatorStatus, string> = {
  reached: 'Đạt',
  on_pace: 'Đúng tiến độ',
  behind: 'Chậm tiến độ',
  no_figures: 'Chưa có số liệu',
  no_target: 'Không giao chỉ tiêu',
}

/** When the total will be reached: "khoảng 28/6/2024 (24/6/2024 – 04/7/2024)". */
export function forecastSentence({ on, earliest, latest, atEnd }: Forecast, endsOn: string): string {
  const end = `đến ${formatDay(endsOn)} khoảng ${formatNumber(atEnd)}`
  if (on === null) return `với nhịp 14 ngày qua chưa thấy ngày đạt; ${end}`
  const range =
    earliest === latest
      ? ''
      : ` (${earliest ? formatDay(earliest) : '–'} – ${latest ? formatDay(latest) : 'sau một năm'})`
  return `${formatDay(on)}${range}; ${end}`
}

/** Says where a figure comes from: reported for the place itself, or added up from some of the places below. */
export function basisNote(basis: { kind: 'own'; source: string } | { kind: 'sum'; have: number; of: number }): string {
  return basis.kind === 'own' ? basis.source : `cộng từ ${basis.have}/${basis.of} địa bàn`
}
