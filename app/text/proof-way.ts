import type { ProofWay, Quickest } from '#app/domain/proof-way.ts'
import type { TermNames } from './terms.ts'

/** What is done on the quickest way to a part, within a sentence. */
export const proofWayTexts: Record<ProofWay, string> = {
  portal: 'đăng nhập cổng để tự chứng minh, không cần chờ xác nhận',
  signature: 'ký số bản cam kết, chữ ký được kiểm tra ngay',
  extract: 'kê khai để đơn vị xác nhận, số liệu nhà mạng đối chiếu thêm',
  unit: 'kê khai để đơn vị xác nhận',
}

/** What one does there, on a button. */
export const proofWayActs: Record<ProofWay, string> = {
  portal: 'Đăng nhập cổng',
  signature: 'Ký số',
  extract: 'Kê khai',
  unit: 'Kê khai',
}

/** Names the part with the quickest way, and that way: "Nhanh nhất: cổng quốc gia, đăng nhập cổng để tự chứng minh". */
export const quickestText = ({ part, way }: Quickest, { shortPart }: Pick<TermNames, 'shortPart'>) =>
  `Nhanh nhất: ${shortPart[part]}, ${proofWayTexts[way]}`
