import { describe, expect, it } from 'vitest'
import { pointInput } from '#app/domain/collection.ts'
import { answerInput, difficultyInput } from '#app/domain/difficulty-input.ts'
import { personalWords } from '#app/domain/personal-words.ts'
import { reportInput } from '#app/domain/report-input.ts'

describe('personalWords', () => {
  it.each([
    ['gọi 0912 345 678 nhé', ['0912 345 678']],
    ['số +84912.345.678', ['+84912.345.678']],
    ['01678901234', ['01678901234']],
    ['Kế hoạch 128/KH-UBND ngày 12/6/2024, 35.704 người', []],
  ])('finds the telephone numbers of “%s”', (text, phones) => {
    expect(personalWords(text).phones).toEqual(phones)
  })

  it('finds addresses of mail', () => {
    expect(personalWords('báo về be.nguyen@mail.vn, hoặc @ab').mails).toEqual(['be.nguyen@mail.vn'])
  })

  it('finds personal numbers', () => {
    expect(personalWords('CCCD 070 085 001234 hoặc 285123456').numbers).toEqual(['070 085 001234', '285123456'])
  })

  it.each([
    ['ông Điểu Mừng ở ấp 3', ['Điểu Mừng']],
    ['Nguyễn Thị Bé chưa có SIM', ['Nguyễn Thị Bé']],
    ['chị Lan báo lại', ['Lan']],
    ['Ở ấp Đồng Tâm chỉ có 2G.', []],
    ['đường Lê Lợi, trường THPT Nguyễn Du, TP. Hồ Chí Minh', []],
    ['Sở Thông tin và Truyền thông', []],
  ])('finds the names of “%s”', (text, names) => {
    expect(personalWords(text).names).toEqual(names)
  })
})

describe('a question that everybody reads', () => {
  const asked = { unitId: '75', route: 'telecom_office', title: 'SIM', body: 'Bà Nguyễn Thị Bé, 0912345678' }
  it('is asked about once, and sent where somebody says that it is nobody’s', () => {
    expect(difficultyInput.safeParse(asked).error?.issues).toMatchObject([
      { path: ['isImpersonal'], message: 'personal_words' },
    ])
    expect(difficultyInput.safeParse({ ...asked, isImpersonal: 'on' }).success).toBe(true)
    expect(difficultyInput.safeParse({ ...asked, body: 'Sóng yếu ở ấp 3.' }).success).toBe(true)
    expect(answerInput.safeParse({ answer: 'Liên hệ 0912345678' }).success).toBe(false)
  })

  it('and what goes up in a report, or stands on the public schedule', () => {
    const report = { difficulties: 'Sóng yếu.', proposals: 'Gặp ông Điểu Mừng, 0912345678' }
    const asksReport = (more: object) => reportInput.safeParse({ ...report, ...more }).success
    expect([asksReport({}), asksReport({ isImpersonal: 'on' }), asksReport({ proposals: 'Thêm máy.' })]).toEqual([
      false,
      true,
      true,
    ])
    const point = {
      kind: 'fixed',
      name: 'Nhà văn hóa ấp 3',
      localityCode: '25207',
      place: 'Nhà bà Nguyễn Thị Bé, ấp 3',
      fromOn: '2024-06-12',
      toOn: '2024-06-14',
      hours: '8 giờ – 16 giờ',
      dailyCapacity: '40',
    }
    const asksPoint = (more: object) => pointInput.safeParse({ ...point, ...more }).success
    expect([asksPoint({}), asksPoint({ isImpersonal: 'on' }), asksPoint({ place: 'Ấp 3' })]).toEqual([
      false,
      true,
      true,
    ])
  })
})
