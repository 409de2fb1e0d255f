import type { SubmissionResult } from '@conform-to/react'
import { OnItsWay } from './outbox.ts'

/** Explains why a record could not be kept, in words. */
export function explainKeeping(error: unknown): string {
  if (error instanceof OnItsWay)
    return 'Trường hợp này vừa được gửi đi nên chưa sửa được. Anh/chị chờ có trả lời rồi sửa.'
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
