import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'done' | 'doing' | 'late' | 'check' | 'neutral'

const WORDS: Record<Tone, { icon: IconName; word: string }> = {
  done: { icon: 'check', word: 'Đạt' },
  doing: { icon: 'half', word: 'Đang làm' },
  late: { icon: 'triangle', word: 'Còn thiếu' },
  check: { icon: 'question', word: 'Cần kiểm tra lại' },
  neutral: { icon: 'dash', word: 'Chưa có' },
}

/** Shows a status by icon, word and colour alike; `children` replace the tone's own word. */
export function Status({ tone, children }: { tone: Tone; children?: ReactNode }) {
  const { icon, word } = WORDS[tone]
  return (
    <span className={`status tone-${tone}`}>
      <Icon name={icon} />
      {children ?? word}
    </span>
  )
}
