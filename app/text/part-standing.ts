import type { PartStanding } from '#app/domain/vocabulary.ts'

/** The standing of an obligation or one of its parts, alone in a chip or a column. */
export const partStandingLabels: Record<PartStanding, string> = {
  missing: 'Chưa kê khai',
  returned: 'Cần bổ sung',
  declared: 'Chờ xác nhận',
  review: 'Cần xem lại',
  confirmed: 'Đã xác nhận, chứng thư chưa đáp ứng',
  met: 'Đạt',
  verified: 'Đạt, đã đối chiếu',
  exempt: 'Được miễn',
  not_borne: 'Không áp dụng',
}

/** A part whose declared certificate ends before the campaign does. */
export const endsEarlyLabel = 'Chứng thư hết hạn sớm, sẽ không đạt'

/** A part whose certificate was withdrawn before it signed. */
export const revokedLabel = 'Chứng thư đã bị thu hồi'
