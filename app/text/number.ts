import type { IdNumberProblem } from '#app/domain/id-number.ts'
import type { WordProblem } from '#app/domain/name-problem.ts'
import type { PhoneProblem } from '#app/domain/phone.ts'

/** Why a text is no personal number or no mobile number, and what to do: as part of a sentence. */
export const numberProblems: Record<IdNumberProblem | PhoneProblem, string> = {
  id_number_characters:
    'số định danh có chữ hoặc ký tự lạ giữa các chữ số (như chữ O thay cho số 0), cần ghi lại đủ 12 chữ số',
  id_number_shortened:
    'Excel đã rút gọn số định danh (như 7,0E+10) nên mất chữ số; cần đặt cột thành kiểu Văn bản (Text) rồi ghi lại đủ 12 chữ số',
  id_number_old_card: 'đây là số chứng minh nhân dân 9 số, cần số định danh 12 số trên thẻ căn cước',
  id_number_phone: 'đây là số điện thoại, cần số định danh 12 số trên thẻ căn cước',
  id_number_length: 'số định danh gồm đúng 12 chữ số, kể cả số 0 ở đầu; cần xem lại trên thẻ',
  id_number_century: 'theo số định danh thì năm sinh chưa đến; cần xem lại các chữ số thứ tư đến thứ sáu trên thẻ',
  phone_characters: 'số điện thoại có chữ hoặc ký tự lạ, cần ghi một số gồm các chữ số',
  phone_two: 'có hai số điện thoại, cần giữ lại một số',
  phone_length: 'số điện thoại di động gồm đúng 10 chữ số, cần xem lại',
  phone_landline: 'đây là số máy bàn, cần số di động hoặc để trống',
  phone_not_mobile: 'đây không phải số điện thoại di động Việt Nam, cần xem lại hoặc để trống',
}

/** Why a text is no person's name or no hamlet, and what to do: as part of a sentence. */
export const wordProblems: Record<WordProblem, string> = {
  name_lost_font: 'họ tên còn ở phông chữ cũ (TCVN3, VNI) hoặc sai mã; cần chuyển sang Unicode',
  name_signs: 'họ tên có chữ số hoặc dấu *; cần bỏ đi, chỉ giữ họ tên',
  hamlet_lost_font: 'tên ấp, thôn, khu phố còn ở phông chữ cũ hoặc sai mã; cần chuyển sang Unicode',
  name_unreadable: 'họ và tên chỉ gồm chữ cái, viết có dấu như trên thẻ căn cước',
}

/** The same, each as a whole sentence. */
export const valueSentences = Object.fromEntries(
  Object.entries({ ...numberProblems, ...wordProblems }).map(([reason, words]) => [
    reason,
    `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
  ]),
) as typeof numberProblems & typeof wordProblems

/** Said wherever a number begins with no province's code (`isAbroad`): it may be right, and is taken. */
export const NUMBER_ABROAD =
  'Ba chữ số đầu của số định danh không phải mã tỉnh, thành phố; đúng nếu người này đăng ký khai sinh ở nước ngoài. Anh/chị xem lại trên thẻ.'
