import { formatDay, formatNumber } from './format.ts'

/** Tells the reminded, on opening the app, who reminded them and when. */
export const nudgeTitle = ({ on, unitName }: { on: string; unitName: string }) =>
  `${unitName} nhắc anh/chị ngày ${formatDay(on)}`

/**
 * A message to one person, to be pasted: what they lack, the quickest way to it ('': none), days left and a link, no
 * name and no citizen.
 */
export function personMessage(
  lacking: string,
  { quickest, campaign, left, address }: { quickest: string; campaign: string; left: number; address: string },
): string {
  const days = left > 0 ? `còn ${formatNumber(left)} ngày` : 'đã đến ngày kết thúc'
  return `Đợt cao điểm “4 phủ” (KH ${campaign}) ${days}. Việc của anh/chị: ${lacking}.${quickest && ` ${quickest}.`} Anh/chị vui lòng mở trang của mình để hoàn thành: ${address}/`
}
