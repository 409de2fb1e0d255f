import type { SubmissionResult } from '@conform-to/react'

/** Why a record could not be kept, in words. */
export function explainKeeping(error: unknown): string {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
    ? 'Bộ nhớ của máy đã đầy nên trường hợp này chưa được lưu. Nội dung vẫn còn trên màn hình: anh/chị giải phóng bớt bộ nhớ rồi bấm lại.'
    : 'Máy chưa lưu được trường hợp này. Nội dung vẫn còn trên màn hình: anh/chị bấm lại, hoặc ghi ra giấy để nhập sau.'
}

/** The answer to a form that was not taken: what was typed stays, with what is wrong. */
export const refusedWith = (form: FormData, error: Record<string, string[]>): SubmissionResult<string[]> => ({
  status: 'error',
  initialValue: Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')) as Record<
    string,
    string
  >,
  error,
})
