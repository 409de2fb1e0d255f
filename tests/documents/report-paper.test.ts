import { describe, expect, it, test } from 'vitest'
import { type ReportPaper, writeReportPaper } from '#app/documents/report-paper.ts'
import { REPORT_FIGURES, type ReportFigures } from '#app/domain/report.ts'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { openZip } from '#app/imports/zip-archive.ts'
import { reportFigureLabels } from '#app/text/report.ts'
import { campaignTerms } from '#app/text/terms.ts'
import { readPlan } from '#db/reference.server.ts'
import { nameOf } from '#tests/indicators.ts'
import { COMMUNE, HOME_AFFAIRS } from './papers.ts'

const at = (text: string) => Date.parse(`${text}+07:00`)
/** Every figure another number: the first 1001, the next 1002 … */
const FIGURES = Object.fromEntries(REPORT_FIGURES.map((figure, n) => [figure, 1001 + n])) as ReportFigures

const paper = (changes: Partial<ReportPaper> = {}): ReportPaper => ({
  campaign: {
    code: '128/KH-UBND',
    name: 'Đợt cao điểm',
    title: 'thực hiện đợt cao điểm',
    issuer: 'UBND tỉnh Bình Phước',
    issuedOn: '2024-04-04',
    articles: readPlan('db/reference').articles,
  },
  issuing: COMMUNE,
  aboveName: 'Thành phố Đồng Xoài',
  isToProvince: false,
  kind: 'final',
  endsOn: '2024-07-03',
  at: at('2024-07-08T09:30'),
  figures: FIGURES,
  terms: campaignTerms(EVERY_TERM),
  indicators: [],
  nameOf,
  difficulties: 'Sóng yếu ở ấp 6.\r\n\r\nThiếu <máy> & thiết bị.',
  proposals: '',
  signed: null,
  ...changes,
})

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }

async function read(report: ReportPaper) {
  const zip = await openZip(await writeReportPaper(report), 10_000_000)
  const xml = String(await zip.read('word/document.xml'))
  const paragraphs = xml
    .split('</w:p>')
    .map(paragraph =>
      [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
        .map(([, text]) => (text ?? '').replace(/&\w+;/g, entity => ENTITIES[entity] ?? entity))
        .join(''),
    )
    .filter(Boolean)
  return { xml, paragraphs }
}

const SIGNED = {
  at: at('2024-07-08T09:30'),
  name: 'Trần Văn Ký',
  capacity: 'head',
  title: null,
  isOnPaper: false,
  documentNumber: null,
  documentOn: null,
  hash: 'ab12',
}

describe('the final report of a commune', () => {
  it('is a draft until it is signed, addressed to the unit above, its parts in their order', async () => {
    const { paragraphs } = await read(paper())
    const found = [
      'ỦY BAN NHÂN DÂN',
      'XÃ TÂN THÀNH',
      'Số:        /BC-UBND',
      'DỰ THẢO',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Tân Thành, ngày 08 tháng 7 năm 2024',
      'BÁO CÁO',
      'Tổng kết kết quả thực hiện Kế hoạch số 128/KH-UBND',
      '(số liệu đến ngày 03/7/2024)',
      'Kính gửi: Ủy ban nhân dân thành phố Đồng Xoài.',
      'I. KẾT QUẢ THỰC HIỆN',
      'II. KHÓ KHĂN, VƯỚNG MẮC',
      'Sóng yếu ở ấp 6.',
      'Thiếu <máy> & thiết bị.',
      'III. ĐỀ XUẤT, KIẾN NGHỊ',
      'Không nêu.',
      'Nơi nhận:',
      'TM. ỦY BAN NHÂN DÂN',
      'CHỦ TỊCH',
    ].map(text => paragraphs.indexOf(text))
    expect(found).not.toContain(-1)
    expect(found).toEqual(found.toSorted((a, b) => a - b))
  })

  it('of a unit below the province goes there through the police (E)', async () => {
    const { paragraphs } = await read(
      paper({ issuing: HOME_AFFAIRS, aboveName: 'Tỉnh Bình Phước', isToProvince: true }),
    )
    expect(paragraphs).toContain('Kính gửi: Ủy ban nhân dân tỉnh Bình Phước (qua Công an tỉnh).')
  })

  it('holds every figure beside its name', async () => {
    const { paragraphs } = await read(paper())
    for (const [n, figure] of REPORT_FIGURES.entries())
      expect(paragraphs[paragraphs.indexOf(reportFigureLabels[figure]) + 1], figure).toBe(
        `1.${String(1 + n).padStart(3, '0')}`,
      )
  })

  it('says of what each table is, and what was raised where the unit wrote nothing (E)', async () => {
    const { paragraphs } = await read(
      paper({
        difficulties: '',
        figures: { ...FIGURES, difficulties_raised: 9, difficulties_answered: 4 },
        indicators: [
          { indicator: 'phone_4g', target: 2790, done: 1250, asOfOn: '2024-07-01' },
          { indicator: 'sim_signature', target: 4000, done: null, asOfOn: null },
        ],
      }),
    )
    const text = paragraphs.join('\n')
    expect(text).toContain(
      'Hỗ trợ người dân (Mục IV.1, IV.2 Kế hoạch), tính đến hết ngày 03/7/2024'.replace('Mục', 'mục'),
    )
    expect(text).toContain('theo hiện trạng lúc 08/7/2024, 09:30')
    expect(text).toContain('Chỉ tiêu phụ lục của địa bàn, số liệu mới nhất đến hết ngày 03/7/2024')
    expect(text).toContain('2.790\n1.250\n01/7/2024')
    expect(text).toContain('4.000\nChưa có\n–')
    expect(text).toContain('Đã nêu 9 khó khăn, vướng mắc trên hệ thống, 4 đã được trả lời.')
  })

  it('signed, tells when and by whom, and the hash of what was signed', async () => {
    const { paragraphs } = await read(paper({ signed: SIGNED }))
    expect(paragraphs).not.toContain('DỰ THẢO')
    expect(paragraphs).toContain('Số liệu được chốt trên hệ thống lúc 08/7/2024, 09:30, mã băm SHA-256: ab12.')
    expect(paragraphs).toContain('Trần Văn Ký')
  })

  it('is laid out by NĐ 30/2020: A4, margins in millimetres, no number on the first page', async () => {
    const { xml } = await read(paper())
    const millimetres = (tag: string, names: readonly string[]) => {
      const [found = ''] = xml.match(new RegExp(`<w:${tag} [^>]*>`)) ?? []
      return names.map(name => Math.round(Number(found.match(new RegExp(`w:${name}="(\\d+)"`))?.[1]) / 56.693))
    }
    expect(millimetres('pgSz', ['w', 'h'])).toEqual([210, 297])
    expect(millimetres('pgMar', ['top', 'bottom', 'left', 'right'])).toEqual([20, 20, 30, 15])
    expect(xml).toContain('<w:titlePg/>')
  })
})

test.each([
  {
    capacity: 'deputy',
    lines: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'],
    issuing: COMMUNE,
  },
  { capacity: 'by_order', lines: ['TL. CHỦ TỊCH'], issuing: COMMUNE },
  { capacity: 'head', lines: ['GIÁM ĐỐC'], issuing: HOME_AFFAIRS },
  { capacity: 'deputy', lines: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'], issuing: HOME_AFFAIRS },
])('$issuing.issuer signed as $capacity: $lines', async ({ capacity, lines, issuing }) => {
  const { paragraphs } = await read(
    paper({
      issuing,
      aboveName: 'Tỉnh Bình Phước',
      isToProvince: true,
      kind: 'weekly',
      endsOn: '2024-06-14',
      signed: { ...SIGNED, capacity, isOnPaper: true, documentNumber: '45/BC', documentOn: '2024-06-14' },
    }),
  )
  const from = paragraphs.indexOf(lines[0] ?? '')
  expect(paragraphs.slice(from, from + lines.length)).toEqual(lines)
  expect(paragraphs).toContain('Kính gửi: Ủy ban nhân dân tỉnh Bình Phước.')
  expect(paragraphs).toContain('Số: 45/BC')
  expect(paragraphs.some(text => text.endsWith('ngày 14 tháng 6 năm 2024'))).toBe(true)
})

test('signed under a former title, the paper keeps that title', async () => {
  const { paragraphs } = await read(
    paper({
      issuing: { ...HOME_AFFAIRS, signing: { form: 'head', title: 'Phụ trách Sở' } },
      signed: { ...SIGNED, title: 'Giám đốc' },
    }),
  )
  expect(paragraphs).toContain('GIÁM ĐỐC')
  expect(paragraphs).not.toContain('PHỤ TRÁCH SỞ')
})
