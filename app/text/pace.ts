import type { PaceWord } from '#app/domain/pace-word.ts'

export const paceLabels: Record<PaceWord, string> = {
  on_time: 'Sẽ kịp',
  may_miss: 'Có thể không kịp',
  will_miss: 'Không kịp',
}
