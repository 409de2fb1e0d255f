import { Notice } from './notice.tsx'

/** What moves the sums of a campaign just now; null: nothing. */
export type Motion = 'rejudging' | 'extract' | null

const TEXTS: Record<NonNullable<Motion>, { title: string; text: string }> = {
  rejudging: {
    title: 'Đang xét lại',
    text: 'Số liệu đang được tính lại theo quy định mới của đợt, có thể thay đổi trong ít phút.',
  },
  extract: {
    title: 'Đang đối chiếu',
    text: 'Số liệu trích xuất đang được áp dụng hoặc hủy lần lượt từng người dân. Các số dưới đây đúng với phần đã đối chiếu và còn thay đổi trong ít phút.',
  },
}

/** Says on a board that its figures are moving, and why. */
export function FiguresInMotion({ motion }: { motion: Motion }) {
  return motion === null ? null : <Notice title={TEXTS[motion].title}>{TEXTS[motion].text}</Notice>
}
