import { formatDay } from './format.ts'
import { labels } from './vocabulary.ts'

/** What is said about a transfer that waits. */
export type WaitingText = {
  unitName: string
  fromUnitName: string
  fromOn: string
  waitsFor: string | null
  dueOn: string
  isOverdue: boolean
}

/** Says for whom a transfer waits and until when, and what happens then. */
export function explainWaiting({ waitsFor, unitName, fromUnitName, dueOn, isOverdue }: WaitingText): string {
  const whose = waitsFor ?? labels.role.campaign_office
  const stays = `Đến khi có câu trả lời, người này vẫn ở ${fromUnitName}.`
  if (isOverdue) return `Đã quá hạn ${formatDay(dueOn)}: ${unitName} hoặc cấp trên của hai đơn vị trả lời. ${stays}`
  return `Chờ ${whose} trả lời đến hết ${formatDay(dueOn)}; sau ngày đó cấp trên của hai đơn vị quyết định. ${stays}`
}
