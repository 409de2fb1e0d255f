import { labels } from './vocabulary.ts'

/** Says who decides on an exemption where the reader does not. */
export function explainDecider({ waitsFor, isOffice }: { waitsFor: string | null; isOffice: boolean }): string {
  if (waitsFor !== null) return `Người đứng đầu ${waitsFor} quyết định.`
  if (isOffice) return `${labels.role.campaign_office} quyết định.`
  return 'Đơn vị cần thêm một người đứng đầu để quyết định: quản trị viên cấp vai trò này.'
}
