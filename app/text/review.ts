import type { Day } from '#app/domain/calendar.ts'
import type { CaseState, OpenStep } from '#app/domain/due-process.ts'
import type { Article, ReviewDecision, ReviewStep } from '#app/domain/vocabulary.ts'
import { formatDay } from './format.ts'

/** A step that somebody takes on a page of its own: the word in its URL, and what the page says; `article` ends `follows`. */
type StepPage = {
  path: string
  title: string
  label: string
  hint: string
  submit: string
  follows: string
  article?: Article
}

export const stepPages: Record<Exclude<ReviewStep, 'notice'>, StepPage> = {
  explanation: {
    path: 'giai-trinh',
    title: 'Giải trình',
    label: 'Nội dung giải trình',
    hint: 'Anh/chị nêu hoàn cảnh, khó khăn và việc đã làm. Không ghi thông tin cá nhân của người dân.',
    submit: 'Gửi giải trình',
    follows: 'Người đứng đầu xem giải trình rồi cho ý kiến, kèm lý do. Giải trình đã gửi được giữ nguyên.',
  },
  explanation_decision: {
    path: 'y-kien',
    title: 'Ý kiến về giải trình',
    label: 'Lý do',
    hint: 'Nêu rõ điểm được chấp nhận hoặc chưa được chấp nhận.',
    submit: 'Ghi ý kiến',
    follows: 'Chấp nhận giải trình thì hồ sơ kết thúc. Không chấp nhận thì việc kết luận là một bước riêng.',
  },
  finding_decision: {
    path: 'ket-luan',
    title: 'Kết luận về tinh thần trách nhiệm',
    label: 'Lý do, căn cứ',
    hint: 'Kết luận là ý kiến của anh/chị, hệ thống không tự kết luận. Nêu căn cứ cụ thể.',
    submit: 'Ghi kết luận',
    follows: 'Người có liên quan được kiến nghị lên cấp trên trong thời hạn quy định',
    article: 'V.4',
  },
  appeal: {
    path: 'kien-nghi',
    title: 'Kiến nghị xem xét lại',
    label: 'Nội dung kiến nghị',
    hint: 'Anh/chị nêu điểm chưa đồng ý với kết luận và lý do.',
    submit: 'Gửi kiến nghị',
    follows:
      'Cấp trên trực tiếp của người đã kết luận giải quyết kiến nghị. Trong thời gian đó chưa có gì được đề nghị.',
  },
  appeal_decision: {
    path: 'giai-quyet',
    title: 'Giải quyết kiến nghị',
    label: 'Lý do',
    hint: 'Nêu căn cứ của quyết định.',
    submit: 'Ghi quyết định',
    follows: 'Chấp nhận kiến nghị thì kết luận không còn giá trị. Mọi bước đều được lưu.',
  },
  withdrawal: {
    path: 'rut',
    title: 'Rút hồ sơ',
    label: 'Lý do rút',
    hint: 'Dùng khi thông báo gửi nhầm hoặc nội dung đã hoàn thành.',
    submit: 'Rút hồ sơ',
    follows: 'Hồ sơ đã rút coi như chưa mở; các bước đã ghi vẫn được lưu.',
  },
}

/** The step that a URL names; undefined for any other word. */
export function stepOfPath(path: string | undefined): Exclude<ReviewStep, 'notice'> | undefined {
  const found = Object.entries(stepPages).find(([, page]) => page.path === path)
  return found?.[0] as Exclude<ReviewStep, 'notice'> | undefined
}

/** The stages of cases: the word in the URL, the view's name, and the last step that identifies the stage. */
export const REVIEW_STAGES: readonly {
  word: string
  label: string
  last: ReviewStep
  decision?: ReviewDecision
}[] = [
  { word: 'cho-giai-trinh', label: 'Chờ giải trình', last: 'notice' },
  { word: 'cho-y-kien', label: 'Chờ ý kiến', last: 'explanation' },
  { word: 'cho-ket-luan', label: 'Chờ kết luận', last: 'explanation_decision', decision: 'rejected' },
  { word: 'cho-kien-nghi', label: 'Đã kết luận', last: 'finding_decision', decision: 'made' },
  { word: 'cho-giai-quyet', label: 'Chờ giải quyết kiến nghị', last: 'appeal' },
]

/** Says what a case waits for, and until when; `today` decides whether the term has passed. */
function explainOpen({ kind, dueOn }: OpenStep, today: Day): string {
  const isOver = dueOn !== null && today > dueOn
  const until = dueOn === null ? '' : `, ${isOver ? 'quá hạn' : 'hạn'} ${formatDay(dueOn)}`
  switch (kind) {
    case 'notice':
      return 'Chờ thông báo'
    case 'explanation':
      return dueOn !== null && isOver
        ? `Hết hạn giải trình ngày ${formatDay(dueOn)}, chưa có giải trình`
        : `Chờ giải trình đến hết ngày ${formatDay(dueOn ?? today)}`
    case 'explanation_decision':
      return `Chờ ý kiến của người đứng đầu về giải trình${until}`
    case 'finding_decision':
      return `Chờ kết luận của người đứng đầu${until}`
    case 'appeal':
      return `Trong thời hạn kiến nghị, đến hết ngày ${formatDay(dueOn ?? today)}`
    case 'appeal_decision':
      return `Chờ cấp trên giải quyết kiến nghị${until}`
    case 'withdrawal':
      return 'Có thể rút hồ sơ'
  }
}

/** Explains the state of a case in one sentence: what it waits for, or how it ended. */
export function explainCase({ dueProcess, open }: CaseState, isWithdrawn: boolean, today: Day): string {
  const next = open.filter(({ kind }) => kind !== 'withdrawal')
  if (isWithdrawn) return 'Hồ sơ đã rút'
  if (next.length > 0) return next.map(step => explainOpen(step, today)).join('; ')
  const { explanation, finding, appeal } = dueProcess
  if (explanation === 'accepted') return 'Giải trình được chấp nhận, hồ sơ kết thúc'
  if (appeal === 'upheld') return 'Kiến nghị được chấp nhận, kết luận không còn giá trị'
  if (finding === 'made') return 'Đã đủ các bước, kết luận có giá trị'
  return 'Không kết luận thiếu tinh thần trách nhiệm, hồ sơ kết thúc'
}
