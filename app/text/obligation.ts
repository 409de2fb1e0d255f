import { type Day, dayOf } from '#app/domain/calendar.ts'
import type { CertificateFlaw } from '#app/domain/certificate.ts'
import { isBorne, partBasis } from '#app/domain/standing.ts'
import type { CertificateKind, ObligationPart, PartStanding } from '#app/domain/vocabulary.ts'
import { formatDay } from './format.ts'
import { endsEarlyLabel, partStandingLabels, revokedLabel } from './part-standing.ts'
import { ownNameLeftText } from './signed-paper.ts'
import { labels } from './vocabulary.ts'

/** What the sentences about a declared part speak of. */
export type DeclaredPart = {
  part: ObligationPart
  flaws: readonly CertificateFlaw[]
  certificateKind: CertificateKind | null
  validFromOn: Day | null
  validToOn: Day | null
  returnReason: string | null
  /** what the extract that decides says; null: none says anything */
  extract: { asOfOn: Day; shows: boolean } | null
  /** a kept signature proves the signature; the SIM's own name alone is another matter */
  isSignatureProven: boolean
  /** its certificate was withdrawn before it signed (ms); null: nothing is known of that */
  revokedAt: number | null
}

const flawTexts: Record<CertificateFlaw, (part: DeclaredPart, endsOn: Day) => string> = {
  not_own_name: () => 'SIM chưa đăng ký chính chủ',
  kind_not_accepted: ({ certificateKind }) =>
    `loại chữ ký số ${certificateKind === null ? 'chưa ghi' : `“${labels.certificateKind[certificateKind]}”`} không thuộc loại được tính`,
  undated: () => 'chưa ghi thời hạn của chứng thư số',
  starts_late: ({ validFromOn }, endsOn) =>
    `chứng thư số có hiệu lực từ ${formatDay(validFromOn ?? '')}, sau ngày kết thúc ${formatDay(endsOn)}`,
  ends_early: ({ validToOn }, endsOn) =>
    `chứng thư số hết hạn ${formatDay(validToOn ?? '')}, trước ngày kết thúc ${formatDay(endsOn)}`,
  revoked: ({ revokedAt }) => `chứng thư số đã bị thu hồi từ ${formatDay(dayOf(revokedAt ?? 0))}, trước khi ký`,
}

/** Explains in one sentence why a declared SIM signature is not met even if confirmed; null if it has no flaw. */
export function explainFlaws(part: DeclaredPart, endsOn: Day): string | null {
  if (part.flaws.length === 0) return null
  const text = part.flaws.map(flaw => flawTexts[flaw](part, endsOn)).join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** Says that a carrier's full list lacks a part, with its day. */
export const explainLacking = ({ asOfOn }: { asOfOn: Day }) =>
  `Danh sách đầy đủ của nhà mạng đến hết ngày ${formatDay(asOfOn)} chưa có nội dung này.`

/** Says that an extract shows a part, with its day. */
const explainShown = ({ asOfOn }: { asOfOn: Day }) =>
  `Số liệu của nhà mạng đến hết ngày ${formatDay(asOfOn)} có nội dung này.`

export const reviewAdvice =
  'Đơn vị đã xác nhận, nhưng danh sách của nhà mạng chưa có. Anh/chị hỏi lại người thực hiện, xem minh chứng rồi xác nhận lại hoặc trả lại để bổ sung. Chưa xem lại thì nội dung chưa được tính là đạt.'

const standingTexts: Record<PartStanding, { explanation: string; nextStep: string | null }> = {
  missing: {
    explanation: 'Anh/chị chưa kê khai nội dung này.',
    nextStep: 'Khi đã thực hiện xong, anh/chị kê khai để đơn vị xác nhận.',
  },
  returned: { explanation: 'Đơn vị gửi lại để anh/chị bổ sung.', nextStep: 'Anh/chị sửa rồi gửi lại.' },
  declared: { explanation: 'Đã kê khai, đang chờ đơn vị xác nhận.', nextStep: null },
  confirmed: {
    explanation: 'Đơn vị đã xác nhận, nhưng nội dung này chưa được tính là đạt.',
    nextStep: 'Khi có chứng thư số mới, anh/chị kê khai lại.',
  },
  review: {
    explanation: 'Đơn vị đã xác nhận, nhưng số liệu của nhà mạng chưa có nội dung này.',
    nextStep: 'Đơn vị xem lại cùng anh/chị. Nếu số điện thoại đã đổi, anh/chị kê khai lại.',
  },
  met: { explanation: 'Đơn vị đã xác nhận.', nextStep: null },
  verified: { explanation: 'Đơn vị đã xác nhận, số liệu của nhà mạng cũng cho thấy nội dung này.', nextStep: null },
  exempt: { explanation: 'Anh/chị được miễn nội dung này.', nextStep: null },
  not_borne: { explanation: 'Nội dung này không áp dụng với anh/chị trong đợt cao điểm.', nextStep: null },
}

/** Explains the standing of one part: title, why, what is not met yet, and what the official can do next. */
export function explainPart(
  standing: PartStanding,
  declared: DeclaredPart | null,
  endsOn: Day,
): { title: string; sentences: string[] } {
  const { explanation, nextStep } = standingTexts[standing]
  const isSignatureProven = declared?.isSignatureProven ?? false
  const isProven = declared !== null && partBasis(declared.part, standing, isSignatureProven) === 'proof'
  const flaws = declared === null || !isBorne(standing) ? null : explainFlaws(declared, endsOn)
  const reason = standing === 'returned' && declared?.returnReason ? `Lý do: ${declared.returnReason}` : null
  const extract = declared?.extract ?? null
  const source =
    extract === null || (standing !== 'review' && standing !== 'verified')
      ? null
      : extract.shows
        ? explainShown(extract)
        : explainLacking(extract)
  const willFail = willNotMeet(standing, declared)
  return {
    title: willFail ? failLabel(declared) : partStandingLabels[standing],
    sentences: [
      isProven ? (isSignatureProven ? provenBySigning(extract) : PROVEN) : explanation,
      isSignatureProven && (standing === 'declared' || standing === 'review') ? ownNameLeftText : null,
      source,
      reason,
      flaws,
      willFail ? DECLARE_AGAIN : nextStep,
    ].filter(sentence => sentence !== null),
  }
}

const PROVEN = 'Anh/chị đã chứng minh bằng việc đăng nhập cổng.'
const provenBySigning = (extract: DeclaredPart['extract']) =>
  `Anh/chị đã chứng minh chữ ký số bằng việc ký; SIM chính chủ theo ${extract?.shows ? 'số liệu của nhà mạng' : 'xác nhận của đơn vị'}.`
const failLabel = (declared: DeclaredPart | null) =>
  declared?.flaws.includes('revoked') ? revokedLabel : endsEarlyLabel
const DECLARE_AGAIN = 'Xác nhận thì vẫn chưa đạt; anh/chị gia hạn hoặc đổi chứng thư số rồi kê khai lại.'

/** True for what is declared and would not be met by being confirmed: its certificate ends too early, or was withdrawn. */
export const willNotMeet = (standing: PartStanding, declared: Pick<DeclaredPart, 'flaws'> | null): boolean =>
  standing === 'declared' &&
  declared !== null &&
  declared.flaws.some(flaw => flaw === 'ends_early' || flaw === 'revoked')
