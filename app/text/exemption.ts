import { labels } from './vocabulary.ts'
import { AND_ABOVE, type Waiting, waitingSentence } from './waiting.ts'

/** Says who decides on an exemption where the reader does not, and until when a request waits. */
export function explainDecider({
  waitsFor,
  isOffice,
  ...term
}: { waitsFor: string | null; isOffice: boolean } & Omit<Waiting, 'whom'>): string {
  if (waitsFor !== null) return waitingSentence({ whom: `người đứng đầu ${waitsFor} quyết định`, ...term }, AND_ABOVE)
  if (isOffice) return waitingSentence({ whom: `${labels.role.campaign_office} quyết định`, ...term })
  return 'Đơn vị cần thêm một người đứng đầu để quyết định: quản trị viên cấp vai trò này.'
}
