import type { VoteProblem } from '#app/domain/council.ts'
import { formatNumber } from './format.ts'

/** What keeps a table of votes from being taken, as a sentence that names the line and says what to do. */
export function explainVotes(problem: VoteProblem, count: number): string {
  switch (problem.code) {
    case 'line_unread':
      return `Dòng ${problem.line}: “${problem.text}” chưa đọc được. Anh/chị ghi số thứ tự; số phiếu đồng ý; lý do nếu không đề nghị.`
    case 'place_unknown':
      return `Dòng ${problem.line}: số thứ tự ${formatNumber(problem.place)} không có trong danh sách (từ 1 đến ${formatNumber(count)}).`
    case 'place_twice':
      return `Dòng ${problem.line}: số thứ tự ${formatNumber(problem.place)} đã có ở dòng trên.`
    case 'too_many_votes':
      return `Dòng ${problem.line}: số phiếu đồng ý nhiều hơn số thành viên dự họp.`
    case 'votes_missing':
      return `Còn thiếu kết quả của các số thứ tự: ${problem.places.slice(0, 20).join(', ')}${problem.places.length > 20 ? '…' : ''}. Anh/chị ghi thêm, hoặc đánh dấu cả hội đồng đồng ý với các hồ sơ còn lại.`
  }
}

/** A time of day in words of minutes: "08 giờ 05". */
export function clockWords(msOfDay: number): string {
  const minutes = Math.floor(msOfDay / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))} giờ ${two(minutes % 60)}`
}
