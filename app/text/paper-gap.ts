import type { PaperGap } from '#app/domain/paper-gap.ts'
import { formatNumber } from './format.ts'

type Words = { title: string; to: string }

/** What papers lack, and where it is entered. */
const GAPS: Record<PaperGap, Words> = {
  plan_title: { title: 'Trích yếu của kế hoạch chưa nhập', to: '/quan-tri' },
  award_rates: { title: 'Mức tiền thưởng chưa nhập đủ cho cá nhân và tập thể', to: '/khen-thuong/muc-thuong' },
  decision_authority: { title: 'Căn cứ về thẩm quyền ban hành quyết định chưa nhập', to: '/khen-thuong/can-cu' },
  review_bases: { title: 'Căn cứ xem xét trách nhiệm chưa nhập', to: '/khen-thuong/can-cu' },
  undated_bases: { title: 'căn cứ chưa ghi đủ ngày ban hành', to: '/khen-thuong/can-cu' },
  signers: { title: 'đơn vị trực thuộc tỉnh chưa có người ký', to: '/quan-tri/don-vi' },
  superiors: { title: 'đơn vị chưa rõ cơ quan cấp trên trên văn bản', to: '/quan-tri/danh-sach/don-vi' },
  signs: { title: 'đơn vị chưa có ký hiệu văn bản', to: '/quan-tri/danh-sach/don-vi' },
  drafting_parts: {
    title: 'đơn vị chưa rõ bộ phận soạn thảo ở dòng “Lưu: VT”: đầu mối chưa được xếp vào phòng, ban',
    to: '/quan-tri/danh-sach/don-vi',
  },
}

/** Words one gap, with how many it counts. */
export function explainGap({ gap, count }: { gap: PaperGap; count: number }): Words {
  const { title, to } = GAPS[gap]
  return { title: count === 0 ? title : `${formatNumber(count)} ${title}`, to }
}
