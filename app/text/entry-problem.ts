import type { InputProblem } from '#app/domain/problem.ts'
import { valueSentences } from './number.ts'

/** What is wrong with an entry, as far as the phone itself finds it: pages load these sentences, not those of all forms. */
export const entrySentences = {
  ...valueSentences,
  birth_disagrees: 'Năm sinh khác với năm sinh trong số định danh. Anh/chị xem lại trên thẻ.',
  birth_date_needed: 'Chỉ với năm sinh thì chưa rõ đủ tuổi. Anh/chị nhập cả ngày, tháng, năm sinh.',
  too_young: 'Vào ngày hỗ trợ, người dân chưa đủ tuổi theo quy định của đợt cao điểm.',
  file_too_large: 'Tệp lớn hơn 5 MB. Anh/chị chụp hoặc xuất lại tệp nhỏ hơn.',
  file_heic:
    'Đây là ảnh HEIC, máy chủ chưa đọc được. Anh/chị gửi từ chính điện thoại đã chụp (ảnh được đổi sang JPG), hoặc chụp lại màn hình rồi gửi.',
} satisfies Partial<Record<InputProblem, string>>

/** A problem of an entry in words, without the server. */
export const explainEntry = (problem: keyof typeof entrySentences): string => entrySentences[problem]
