import { describe, expect, it } from 'vitest'
import { writeCertificates } from '#app/documents/certificates.ts'
import { USUAL_LAYOUT } from '#app/domain/certificate-layout.ts'
import { printAll } from './office.ts'
import { CHAIRMAN } from './paper-forms.ts'

/** A line's box has this much of the space between lines (points). */
const LEADING = 4

describe('a certificate as it is printed', () => {
  it('keeps a long position and unit within their box, above the reason', async () => {
    const bytes = await writeCertificates({
      layout: USUAL_LAYOUT,
      issuing: CHAIRMAN,
      reason: 'Đã có thành tích xuất sắc trong thực hiện Kế hoạch số 128/KH-UBND của UBND tỉnh Bình Phước',
      decision: { number: '1300/QĐ-UBND', on: '2024-07-10' },
      awarded: [1, 2].map(n => ({
        name: 'Điểu Thị Ngễnh',
        unitName: 'Phó Bí thư Đoàn Thanh niên Cộng sản Hồ Chí Minh, Ủy ban nhân dân xã Đăng Hà, Huyện Bù Đăng',
        certificate: String(n),
      })),
    })
    const { pages } = printAll({ certificates: bytes }).certificates ?? { pages: [] }
    expect(pages).toHaveLength(2)
    for (const { words } of pages) {
      const find = (text: string) => words.find(word => word.text === text)
      const [name, unit, reason, number] = ['Ngễnh', 'Đăng', 'xuất', '1300/QĐ-UBND,'].map(find)
      expect(unit?.top).toBeGreaterThanOrEqual((name?.bottom ?? Number.NaN) - LEADING)
      const lowest = Math.max(...words.filter(({ text }) => text === 'Đăng').map(({ bottom }) => bottom))
      expect(reason?.top).toBeGreaterThanOrEqual(lowest - LEADING)
      // the decision and its day stay on one line
      expect(words.filter(({ text, top }) => text === '2024' && top === number?.top)).toHaveLength(1)
    }
  })
})
