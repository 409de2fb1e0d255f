import type { InputProblem } from '#app/domain/problem.ts'

/** What is wrong with a contact or a sheet, as far as the phone itself finds it: its parts load these sentences alone. */
export const roadSentences = {
  required: 'Anh/chị điền giúp mục này.',
  too_long: 'Nội dung dài hơn mức cho phép.',
  not_a_time: 'Giờ viết như 17:30, 17h30 hoặc 5h chiều.',
  finding_way_needed: 'Anh/chị chọn cách kiểm tra: gặp, gọi điện hoặc đối chiếu giấy tờ.',
} satisfies Partial<Record<InputProblem, string>>
