import { describe, expect, it } from 'vitest'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { campaignTerms } from '#app/text/terms.ts'
import { explainVerdict } from '#app/text/verdict.ts'

describe('a record that serves the locality and can be counted for nobody', () => {
  const { names } = campaignTerms(EVERY_TERM)
  const told = (value: 'already_had' | 'not_yet') =>
    explainVerdict({ reason: 'outcome_missing', outcome: 'eid_activated' }, names, { value })

  it('has a word of its own, blames nobody and asks for nothing', () => {
    expect(told('already_had').title).toBe('Đã ghi nhận, ngoài chỉ tiêu')
    expect(told('already_had').explanation).toContain('vẫn góp vào kết quả của địa bàn')
    expect(told('already_had').nextStep).toBe('Anh/chị chưa cần làm gì thêm.')
  })

  it('is another than one that lacks something', () => {
    expect(told('not_yet').title).toBe('Còn thiếu nội dung hỗ trợ')
  })
})
