import type { Day } from '#app/domain/calendar.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { SignatureWord } from '#app/domain/signature-proof.ts'
import type {
  ShownSignature,
  SignatureFacts,
  SignatureFlaw,
  SignatureVerdict,
  SignedFileFlaw,
} from '#app/domain/signed-paper.ts'
import { formatDay, formatInstant } from './format.ts'
import { labels } from './vocabulary.ts'

const AS_SCAN = 'Tệp được xem như bản quét: đơn vị xem và xác nhận bằng tay.'
const SIGN_AGAIN = 'Anh/chị tải lại bản cam kết để ký số từ hệ thống rồi ký trên bản đó.'

/** Says why no signature of a file is taken, and what to do. */
export const signedFileFlawTexts: Record<SignedFileFlaw, string> = {
  too_large: `Tệp lớn hơn 5 MB. ${SIGN_AGAIN}`,
  rewritten: `Tệp không giữ nguyên bản do hệ thống chuẩn bị: phần mềm ký có thể đã ghi lại cả tệp, hoặc đây là bản quét hay văn bản khác. ${AS_SCAN} Để được kiểm tra tự động, anh/chị ký bằng phần mềm chỉ thêm chữ ký vào cuối tệp.`,
  unsigned:
    'Tệp là bản do hệ thống chuẩn bị và chưa có chữ ký số nào. Anh/chị ký bằng ứng dụng ký số của mình rồi tải lên.',
  changed: `Ngoài chữ ký, tệp có nội dung được thêm hoặc sửa sau khi hệ thống chuẩn bị. ${SIGN_AGAIN}`,
  part_only: `Chữ ký chỉ bao phủ một phần của tệp. ${SIGN_AGAIN}`,
  outside_place: `Hình chữ ký nằm ngoài khung dành cho chữ ký, hoặc đè lên chữ ký khác. ${SIGN_AGAIN} Khi ký, anh/chị đặt hình chữ ký trong khung ở cuối trang.`,
  too_many: 'Tệp có quá 60 chữ ký. Anh/chị chia danh sách thành nhiều tệp.',
}

/** Says that a signed pledge is larger than one person's file may be. */
export const largePledgeText = `Tệp lớn hơn 512 KB. ${SIGN_AGAIN}`

/** Says that a signed pledge is of somebody whom the visitor does not look after. */
export const othersPledgeText =
  'Đây là bản cam kết của người khác. Anh/chị kiểm tra được tệp của mình và của người do đơn vị mình quản lý.'

/** Says that a file is a paper that several sign, which has a page of its own. */
export const severalsPaperText =
  'Đây là văn bản có trang kiểm tra riêng. Anh/chị mở trang theo mã tra cứu in ở chân văn bản rồi tải tệp lên đó.'

type SignatureWords = { facts: SignatureFacts; endsOn: Day }

const signatureFlawTexts: Record<SignatureFlaw, (words: SignatureWords) => string> = {
  broken: () => 'Chữ ký không khớp với nội dung của tệp. Anh/chị ký lại trên bản tải từ hệ thống.',
  weak_algorithm: () =>
    'Chữ ký hoặc chứng thư số dùng thuật toán yếu (SHA-1, RSA dưới 2048 bit). Anh/chị đề nghị đơn vị cấp đổi chứng thư số.',
  self_signed: () => 'Chứng thư số tự cấp, không do đơn vị cung cấp dịch vụ chứng thực chữ ký số cấp.',
  unknown_issuer: () =>
    'Chưa biết đơn vị cấp chứng thư số: chứng thư gốc của đơn vị này chưa có trong danh sách tin cậy, hoặc chứng thư trung gian không đi kèm chữ ký.',
  issuer_invalid: () => 'Chứng thư của đơn vị cấp đã hết hiệu lực hoặc không được phép cấp chứng thư này.',
  wrong_usage: () => 'Chứng thư số này không dùng để ký văn bản.',
  not_yet_valid: ({ facts }) => `Chứng thư số có hiệu lực từ ${formatDay(dayOf(facts.validFrom))}, sau thời điểm ký.`,
  expired: ({ facts }) => `Chứng thư số đã hết hạn ngày ${formatDay(dayOf(facts.validTo))}, trước thời điểm ký.`,
  revoked: () => 'Chứng thư số đã bị thu hồi.',
  other_person: ({ facts }) =>
    `Chứng thư số cấp cho “${facts.holder.name}”, không khớp họ tên hoặc số định danh của người cam kết.`,
  ends_early: ({ facts, endsOn }) =>
    `Chữ ký hợp lệ, nhưng chứng thư số hết hạn ${formatDay(dayOf(facts.validTo))}, trước ngày kết thúc ${formatDay(endsOn)}: nội dung chữ ký số chưa đạt. Anh/chị gia hạn rồi ký lại.`,
}

/** Explains one signature: whether it is taken, why not, and what is still open. */
export function explainSignature(
  facts: SignatureFacts,
  { flaws, match, isTaken, isRevocationKnown }: SignatureVerdict,
  { endsOn, stampedAt }: { endsOn: Day; stampedAt: number | null },
): { title: string; sentences: string[] } {
  const title = !isTaken ? 'Chưa dùng được' : match === 'unsure' ? 'Hợp lệ, chờ đơn vị xác nhận người ký' : 'Hợp lệ'
  const sentences = flaws.map(flaw => signatureFlawTexts[flaw]({ facts, endsOn }))
  if (isTaken) {
    sentences.push(
      match === 'same'
        ? 'Số định danh trong chứng thư số khớp với hồ sơ.'
        : 'Họ tên khớp; chưa đối chiếu được số định danh, nên đơn vị xác nhận người ký.',
    )
    sentences.push(
      stampedAt === null
        ? `Không có dấu thời gian tin cậy: hiệu lực xét tại lúc kiểm tra, ${formatInstant(facts.at)}.`
        : `Dấu thời gian tin cậy: ${formatInstant(stampedAt)}.`,
    )
    sentences.push(
      isRevocationKnown
        ? 'Danh sách thu hồi cho thấy chứng thư số chưa bị thu hồi.'
        : 'Chưa rõ thu hồi: chưa có danh sách thu hồi nào nói về chứng thư số này.',
    )
  }
  return { title, sentences }
}

/** What a kept signature says of its part, alone in a chip. */
export const signatureWordLabels: Record<SignatureWord, string> = {
  proof: 'Chữ ký số đã chứng minh',
  waits_person: 'Chờ xác nhận người ký',
  waits_kind: 'Chờ xác nhận loại chữ ký số',
  not_accepted: 'Loại chưa được tính',
  ends_early: 'Hết hạn sớm',
  another: 'Khác số định danh',
  revoked: 'Đã bị thu hồi',
}

const KEPT = 'Tệp được giữ làm minh chứng'

const signatureWordTexts: Record<SignatureWord, (signature: ShownSignature) => string> = {
  proof: () => 'việc ký chứng minh chữ ký số này',
  waits_person: () =>
    'họ tên khớp, chưa đối chiếu được số định danh; đơn vị xác nhận nội dung này sau khi có tệp thì thành chứng minh',
  waits_kind: () =>
    'chưa rõ loại chữ ký số vì bảng loại chưa có đơn vị cấp này; đơn vị xác nhận nội dung này sau khi có tệp thì thành chứng minh',
  not_accepted: ({ kind }) =>
    `loại “${kind === null ? 'chưa rõ' : labels.certificateKind[kind]}” không thuộc loại được tính. ${KEPT}`,
  ends_early: () => `chứng thư số hết hạn trước ngày kết thúc đợt, nên chưa đạt. ${KEPT}; anh/chị gia hạn rồi ký lại`,
  another: () => `số định danh trong chứng thư số khác số trong hồ sơ hiện nay, nên không còn là chứng minh. ${KEPT}`,
  revoked: ({ revokedAt }) =>
    `chứng thư số đã bị thu hồi ${revokedAt === null ? '' : `từ ${formatInstant(revokedAt)}, `}trước khi ký, nên không chứng minh. ${KEPT}; có chứng thư số mới thì ký lại`,
}

/** Says in one sentence what a kept signature proves or why it does not, with its certificate, time and withdrawal. */
export function explainKept(signature: ShownSignature): string {
  const { validFromOn, validToOn, stampedAt, isRevocationKnown, issuer, kind, checkedAt, word } = signature
  const when = stampedAt === null ? `kiểm tra ${formatInstant(checkedAt)}` : `dấu thời gian ${formatInstant(stampedAt)}`
  const facts = [
    issuer && `${issuer} cấp`,
    kind === null ? '' : labels.certificateKind[kind].toLowerCase(),
    `có hiệu lực ${formatDay(validFromOn)} – ${formatDay(validToOn)}`,
    ...(word === 'revoked' ? [] : [isRevocationKnown ? 'chưa bị thu hồi' : 'chưa rõ thu hồi']),
  ].filter(Boolean)
  return `Bản cam kết đã ký số (${when}; ${facts.join(', ')}): ${signatureWordTexts[word](signature)}.`
}

const KEPT_TITLE = 'Đã giữ tệp làm minh chứng'
const OWN_NAME = 'SIM chính chủ dựa vào số liệu của nhà mạng hoặc xác nhận của đơn vị.'

/** Says on the page of the check what the file that was kept proves, and what is left. */
export function keptTexts(word: SignatureWord): { title: string; sentence: string } {
  switch (word) {
    case 'proof':
      return { title: 'Chữ ký số đã được chứng minh', sentence: `Không cần ai xác nhận chữ ký số nữa. Còn ${OWN_NAME}` }
    case 'waits_person':
      return { title: KEPT_TITLE, sentence: `Đơn vị xác nhận người ký thì thành chứng minh. ${OWN_NAME}` }
    case 'waits_kind':
      return {
        title: KEPT_TITLE,
        sentence: `Chưa rõ loại chữ ký số: bảng loại chưa có đơn vị cấp này. Đơn vị xác nhận thì thành chứng minh. ${OWN_NAME}`,
      }
    case 'not_accepted':
      return { title: KEPT_TITLE, sentence: 'Loại chữ ký số này không thuộc loại được tính, nên nội dung chưa đạt.' }
    case 'ends_early':
      return { title: KEPT_TITLE, sentence: 'Chứng thư số hết hạn trước ngày kết thúc đợt, nên nội dung chưa đạt.' }
    case 'another':
      return {
        title: KEPT_TITLE,
        sentence: 'Số định danh trong chứng thư số khác số trong hồ sơ, nên không chứng minh.',
      }
    case 'revoked':
      return { title: KEPT_TITLE, sentence: 'Chứng thư số đã bị thu hồi trước khi ký, nên không chứng minh.' }
  }
}

/** Which half of the SIM and its signature is open: the signature is proven, the SIM's own name is not settled yet. */
export const ownNameLeftText =
  'Chữ ký số đã chứng minh. Còn SIM chính chủ: dựa vào số liệu của nhà mạng hoặc xác nhận của đơn vị.'

/** What is left to the official who proved the signature and declared nothing. */
export const ownNameToDeclareText =
  'Chữ ký số đã chứng minh. Còn SIM chính chủ: anh/chị kê khai số điện thoại đăng ký chính chủ.'
