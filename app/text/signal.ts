import type { Signal } from '#app/domain/signal.ts'
import type { SignalKind } from '#app/domain/vocabulary.ts'
import { formatNumber } from './format.ts'

/** A signal as the question that it is: "8 trường hợp trong 6 phút, vì sao?" */
export function askSignal(signal: Signal): string {
  const count = formatNumber(signal.figures.count)
  switch (signal.kind) {
    case 'edited_after_extract':
      return `${count} trường hợp được sửa sau khi số liệu trích xuất không khớp, vì sao?`
    case 'citizen_contested':
      return `${count} trường hợp có người dân đã trả lời không đúng, hoặc kiểm tra thấy khác, ở một trường hợp khác, vì sao?`
    case 'near_answers':
      return `${count} người dân trả lời “đúng” từ cùng mạng với cán bộ trong một giờ, vì sao?`
    case 'missed_draw':
      return `${count} trường hợp được rút trước và khôi phục sau một lần chọn mẫu kiểm tra, vì sao?`
    case 'sequence':
      return `${count} người dân có số định danh liên tiếp nhau, vì sao?`
    case 'burst':
      return `${count} trường hợp trong ${formatNumber(signal.figures.minutes)} phút, vì sao?`
    case 'shared_phone':
      return `${count} trường hợp có số điện thoại cũng ghi cho người dân khác, vì sao?`
    case 'staff':
      return `${count} người dân cũng có tên trong danh sách người thực hiện, vì sao?`
    case 'target_stop':
      return `${count} trong ${formatNumber(signal.figures.of)} người đã đạt chỉ tiêu dừng đúng ở chỉ tiêu, vì sao?`
    case 'target_lowered':
      return `${count} trong ${formatNumber(signal.figures.of)} người có chỉ tiêu thấp hơn mức chung, lý do còn đúng không?`
    case 'deadline':
      return `${count} trong ${formatNumber(signal.figures.of)} trường hợp ghi trong ${formatNumber(signal.figures.days)} ngày cuối, vì sao?`
    case 'perfect':
      return `Cả ${count} trường hợp đều đạt đủ nội dung ngay trong một lần, vì sao?`
  }
}

/** The same question about an inspector's results. */
export function askResults({ count, minutes }: { count: number; minutes: number }): string {
  return `${formatNumber(count)} kết quả trong ${formatNumber(minutes)} phút, vì sao?`
}

/** The innocent reason that there may be: every signal is shown with it. */
export const innocentReasons: Record<SignalKind, string> = {
  edited_after_extract: 'Có thể lần ghi đầu nhầm nơi ở, nhà mạng hoặc ngày.',
  citizen_contested: 'Có thể lần ấy ghi nhầm số định danh, hoặc người dân nhầm lần hỗ trợ.',
  near_answers: 'Có thể là một buổi làm tập trung, mọi người dùng chung mạng tại chỗ.',
  missed_draw: 'Có thể là rút nhầm rồi khôi phục.',
  sequence: 'Có thể là người trong một nhà được cấp số cùng lúc.',
  burst: 'Có thể là một buổi làm tập trung, ghi lại sau.',
  shared_phone: 'Có thể là người trong nhà dùng chung điện thoại, hoặc ghi nhầm số.',
  staff: 'Có thể là hỗ trợ đồng nghiệp, hoặc người ấy mới vào danh sách.',
  target_stop: 'Có thể địa bàn không còn nhiều người cần hỗ trợ.',
  target_lowered: 'Có thể sức khỏe, hoàn cảnh của người ấy vẫn như khi quyết định.',
  deadline: 'Có thể việc đã làm từ trước, đến cuối đợt mới ghi.',
  perfect: 'Có thể là làm tại điểm lưu động có đủ phương tiện.',
}
