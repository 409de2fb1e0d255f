import type { CollectionQuestion } from '#app/domain/collection.ts'

/** Questions that a day's figures raise, shown beside the day; none leads to a refusal. */
export const collectionQuestions: Record<CollectionQuestion, string> = {
  more_received_than_invited: 'Thu nhận nhiều hơn số được mời.',
  over_capacity: 'Thu nhận vượt công suất một ngày.',
}

export const collectionFigureLabels = {
  invited: 'Được mời',
  received: 'Thu nhận',
  sentOn: 'Chuyển đi',
  approved: 'Được duyệt',
} as const

/** What a citizen agrees to when an offer is asked for them. */
export const offerConsent =
  'Người dân đồng ý để họ tên, số điện thoại được chuyển cho nhà mạng nhằm liên hệ về ưu đãi này, và có thể rút lại trước khi chuyển.'
