import { beforeAll, describe, expect, it } from 'vitest'
import { writeAchievementReport } from '#app/documents/achievement-report.ts'
import { writeCandidateList } from '#app/documents/candidate-list.ts'
import { writeCouncilMinutes } from '#app/documents/council-minutes.ts'
import { annexedToPetition, writePetition } from '#app/documents/petition.ts'
import { writePledgeList, writePledgePaper } from '#app/documents/pledge-paper.ts'
import { writeResultReport } from '#app/documents/result-report.ts'
import { boldWidth } from '#app/documents/times-width.ts'
import { openZip } from '#app/imports/zip-archive.ts'
import { lineOf, type Printed, printAll } from './office.ts'
import {
  achievement,
  COMMUNE,
  collective,
  HOME_AFFAIRS,
  minutes,
  PLAN,
  person,
  petition,
  pledgePaper,
  report,
} from './papers.ts'

const MM = 72 / 25.4
const LISTS = {
  kind: 'commendation',
  annexedTo: annexedToPetition(HOME_AFFAIRS),
  ...petition().lists,
} as const

/** [name, how it is made, pages, words that must come back as they were written] */
const PAPERS: readonly [name: string, write: () => Promise<Uint8Array>, pages: number, words: readonly string[]][] = [
  [
    'petition',
    () => writePetition(petition()),
    7,
    ['Về việc tặng Bằng khen cho các tập thể, cá nhân có thành tích xuất sắc', 'Kính gửi:', 'DỰ THẢO', '38.114'],
  ],
  [
    'review',
    () =>
      writePetition(
        petition({
          kind: 'review',
          lists: {
            collectives: [],
            persons: [person(1, { form: 'Xem xét trách nhiệm', achievement: 'Được tính 2/10' })],
          },
        }),
      ),
    2,
    ['Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh.', 'Nội dung chưa hoàn', 'không phải kết luận về vi phạm'],
  ],
  [
    'persons',
    () => writeCandidateList(LISTS, 'persons'),
    5,
    ['DANH SÁCH CÁ NHÂN ĐỀ NGHỊ TẶNG THƯỞNG', 'Điểu Thị Ngễnh'],
  ],
  ['collectives', () => writeCandidateList(LISTS, 'collectives'), 1, ['DANH SÁCH TẬP THỂ ĐỀ NGHỊ TẶNG THƯỞNG', '371']],
  ['report', () => writeResultReport(report()), 3, ['TM. ỦY BAN NHÂN DÂN', '2.408/2.480 (97,1%)', 'Chưa có số liệu']],
  [
    'achievement',
    () => writeAchievementReport(achievement()),
    2,
    [
      'NGƯỜI BÁO CÁO',
      'KT. CHỦ TỊCH',
      'PHÓ CHỦ TỊCH',
      'XÁC NHẬN CỦA CẤP TRÌNH',
      'Đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh',
      'sinh năm 1980',
    ],
  ],
  [
    'outside',
    () =>
      writeAchievementReport(
        achievement({
          subject: {
            kind: 'collective',
            row: collective(1, { unitId: null, figures: null, obligations: null, achievement: '' }),
          },
        }),
      ),
    1,
    ['Không thuộc đối tượng được giao chỉ tiêu'],
  ],
  [
    'minutes',
    () => writeCouncilMinutes(minutes()),
    2,
    ['10/11 (90,91%)', 'Không đề nghị', 'CHỦ TỌA', 'Thời gian bắt đầu'],
  ],
  [
    'pledge',
    () => writePledgePaper(pledgePaper()),
    1,
    ['NGƯỜI CAM KẾT', 'Bình Phước, ngày 08 tháng 4 năm 2024', '12 người dân'],
  ],
  [
    'pledge-list',
    () =>
      writePledgeList({
        plan: PLAN,
        issuing: COMMUNE,
        before: 0,
        obligations: ['SIM', 'Điện thoại', 'Cổng dịch vụ công'],
        rows: Array.from({ length: 40 }, (_, n) => ({ name: person(n).name, position: 'Chuyên viên', citizens: 10 })),
      }),
    3,
    ['Cam kết thực hiện Kế hoạch số 128/KH-UBND', 'Ký tên', 'Phạm Thị Xã'],
  ],
]

const bytes: Record<string, Uint8Array> = {}
let printed: Record<string, Printed> = {}
const of = (name: string) => {
  const paper = printed[name]
  if (!paper) throw new Error(`no paper ${name}`)
  return paper
}
const pageOf = (name: string, number: number) => {
  const page = of(name).pages[number - 1]
  if (!page) throw new Error(`no page ${number} of ${name}`)
  return page
}
const boxOf = (name: string, line: string, page = 1) => {
  const box = lineOf(pageOf(name, page), line)
  if (!box) throw new Error(`“${line}” is not on page ${page} of ${name}`)
  return box
}
const middle = ({ left, right }: { left: number; right: number }) => (left + right) / 2

beforeAll(async () => {
  for (const [name, write] of PAPERS) bytes[name] = await write()
  printed = printAll(bytes)
}, 900_000)

describe.each(PAPERS)('%s, printed by LibreOffice', (name, _, pages, words) => {
  it(`has ${pages} pages, each with something on it`, () => {
    expect(of(name).pages).toHaveLength(pages)
    for (const { inkRows } of of(name).pages) expect(inkRows).toBeGreaterThan(20)
  })

  it('gives every word back, in one serif family that is embedded', () => {
    for (const text of words) expect(of(name).text).toContain(text)
    expect(of(name).text).not.toMatch(/\uFFFD|\u25A1/)
    expect(of(name).fonts.length).toBeGreaterThan(0)
    for (const font of of(name).fonts) {
      expect(font.name).toMatch(/LiberationSerif|TimesNewRoman/)
      expect(font.isEmbedded).toBe(true)
    }
  })

  it('keeps within its margins', () => {
    for (const page of of(name).pages)
      for (const word of page.words) {
        expect(word.left).toBeGreaterThanOrEqual(30 * MM - 2)
        expect(word.right).toBeLessThanOrEqual(page.width - 15 * MM + 2)
        expect(word.bottom).toBeLessThanOrEqual(page.height - 20 * MM + 2)
      }
  })
})

describe('the head of the first page', () => {
  it.each(['petition', 'report', 'outside', 'minutes'])('of %s has the issuer left, the state right', name => {
    const state = boxOf(name, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
    const motto = boxOf(name, 'Độc lập - Tự do - Hạnh phúc')
    // minutes of a meeting that was held are no draft
    const draft = boxOf(name, name === 'minutes' ? 'Số:' : 'DỰ THẢO')
    expect(state.left).toBeGreaterThan(30 * MM + 68 * MM)
    expect(state.top).toBeLessThan(20 * MM + 20)
    expect(Math.abs(middle(state) - middle(motto))).toBeLessThan(2)
    expect(draft.right).toBeLessThan(30 * MM + 68 * MM)
    expect(draft.bottom).toBeLessThan(75 * MM)
  })

  it('has number and day on one line', () => {
    const number = boxOf('petition', 'Số:')
    const place = boxOf('petition', 'Bình Phước, ngày')
    expect(Math.abs(number.top - place.top)).toBeLessThan(4)
  })

  it('breaks a long name in two lines of about the same length', () => {
    const first = boxOf('minutes', 'HỘI ĐỒNG')
    const second = boxOf('minutes', 'THI ĐUA - KHEN THƯỞNG')
    expect(second.top).toBeGreaterThan(first.top)
    expect(boxOf('report', 'ỦY BAN NHÂN DÂN').right).toBeLessThan(30 * MM + 68 * MM)
  })
})

describe('the pages', () => {
  it('are numbered in the middle of the top margin, but for the first of each part', () => {
    const tops = of('petition').pages.map(page => page.words.filter(word => word.top < 17 * MM).map(word => word.text))
    expect(tops).toEqual([[], [], [], ['2'], ['3'], ['4'], ['5']])
    const number = pageOf('petition', 4).words.find(word => word.top < 17 * MM)
    expect(Math.abs(middle(number ?? { left: 0, right: 0 }) - (30 * MM + ((297 - 45) * MM) / 2))).toBeLessThan(3)
  })

  it('of lists lie across', () => {
    for (const page of of('persons').pages) expect(page.width).toBeGreaterThan(page.height)
    expect(pageOf('petition', 1).width).toBeLessThan(pageOf('petition', 1).height)
  })

  it('of lists repeat the head of the table', () => {
    expect(boxOf('persons', 'Họ và tên', 2).top).toBeLessThan(40 * MM)
  })
})

describe('the end', () => {
  it('has the recipients left of who signs', () => {
    const recipients = boxOf('report', 'Nơi nhận:', 2)
    const signer = boxOf('report', 'TM. ỦY BAN NHÂN DÂN', 2)
    expect(recipients.right).toBeLessThan(signer.left)
    expect(of('report').text).toMatch(/- Như trên; .*- Lưu: VT, ……\./)
  })
})

describe('the docx itself', () => {
  const read = async (name: string) => {
    const zip = await openZip(bytes[name] ?? new Uint8Array(), 10_000_000)
    return { xml: String(await zip.read('word/document.xml')), styles: String(await zip.read('word/styles.xml')) }
  }
  const all = (xml: string, tag: string, attribute: string) =>
    [...xml.matchAll(new RegExp(`<w:${tag}[^>]* w:${attribute}="(\\d+)"`, 'g'))].map(([, value]) => Number(value))
  const mm = (twips: number) => Math.round((twips * 25.4) / 1440)
  /** The paragraphs whose words hold `text`. */
  const paragraphsOf = (xml: string, text: string) => xml.split('<w:p>').filter(paragraph => paragraph.includes(text))

  it.each(PAPERS.map(([name]) => name))('%s: A4, 20/20/30/15 mm, Times New Roman 14, black', async name => {
    const { xml, styles } = await read(name)
    for (const [side, width] of [
      ['top', 20],
      ['bottom', 20],
      ['left', 30],
      ['right', 15],
    ] as const)
      for (const value of all(xml, 'pgMar', side)) expect(mm(value)).toBe(width)
    for (const value of all(xml, 'pgSz', 'w')) expect([210, 297]).toContain(mm(value))
    expect(styles).toMatch(/docDefaults.*w:ascii="Times New Roman".*<w:sz w:val="28"\/>.*\/w:docDefaults/)
    expect(styles).toMatch(/<w:color w:val="000000"\/>/)
    expect(`${xml}${styles}`).not.toMatch(/w:ascii="(?!Times New Roman)/)
    expect(xml).not.toMatch(/w:color w:val="(?!000000|auto)/)
  })

  it('sets sizes by the list: state 12, motto 13, number 13, day 13, recipients 12 and 11', async () => {
    const { xml } = await read('petition')
    const sizeOf = (text: string) => paragraphsOf(xml, text).flatMap(paragraph => all(paragraph, 'sz', 'val'))[0]
    expect(sizeOf('CỘNG HÒA XÃ HỘI')).toBe(24)
    expect(sizeOf('Độc lập - Tự do')).toBe(26)
    expect(sizeOf('Số: ')).toBe(26)
    expect(sizeOf('Bình Phước, ngày')).toBe(26)
    expect(sizeOf('Nơi nhận:')).toBe(24)
    expect(sizeOf('- Như trên;')).toBe(22)
    expect(paragraphsOf(xml, 'TỜ TRÌNH')[0]).toMatch(/<w:b\/>/)
    expect(paragraphsOf(xml, 'Căn cứ Luật')[0]).toMatch(/<w:i\/>/)
  })

  it('sets the body justified, first line 1 cm, 6 pt after, 1,15 lines', async () => {
    const { xml } = await read('petition')
    const [body = ''] = paragraphsOf(xml, 'Có 812 người thực hiện')
    expect(body).toMatch(/<w:jc w:val="both"\/>/)
    expect(all(body, 'ind', 'firstLine').map(mm)).toEqual([10])
    expect(all(body, 'spacing', 'after')).toEqual([120])
    expect(all(body, 'spacing', 'line')).toEqual([276])
  })

  it('ends each legal basis with a semicolon, the last with a full stop', async () => {
    const { xml } = await read('petition')
    const bases = paragraphsOf(xml, 'Căn cứ ').map(paragraph => /<w:t[^>]*>([^<]*)</.exec(paragraph)?.[1] ?? '')
    expect(bases.map(text => text.at(-1))).toEqual([';', ';', '.'])
  })

  it('draws the rule under the motto as long as the motto, the one under the issuer a third to a half', async () => {
    const { xml } = await read('petition')
    const rules = xml.split('<w:p>').filter(paragraph => paragraph.includes('<w:pBdr>'))
    const lengthIn = (paragraph: string, width: number) =>
      width -
      all(paragraph, 'ind', 'left')
        .concat(all(paragraph, 'ind', 'right'))
        .reduce((sum, twips) => sum + (twips * 25.4) / 1440, 0)
    const [issuer = '', motto = ''] = rules
    expect(lengthIn(motto, 97) / boldWidth('Độc lập - Tự do - Hạnh phúc', 13)).toBeCloseTo(1, 1)
    const share = lengthIn(issuer, 68) / boldWidth('SỞ NỘI VỤ', 12)
    expect(share).toBeGreaterThan(1 / 3)
    expect(share).toBeLessThan(1 / 2)
    const printedMotto = boxOf('petition', 'Độc lập - Tự do - Hạnh phúc')
    expect((boldWidth('Độc lập - Tự do - Hạnh phúc', 13) * MM) / (printedMotto.right - printedMotto.left)).toBeCloseTo(
      1,
      1,
    )
  })
})
