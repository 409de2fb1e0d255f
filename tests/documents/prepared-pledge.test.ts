import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { preparedPart, sealPaper } from '#app/documents/paper-seal.ts'
import { readSections } from '#app/documents/pdf-objects.ts'
import type { PledgePaper } from '#app/documents/pledge-paper.ts'
import { PLEDGE_PLACE, writePreparedPledge } from '#app/documents/prepared-pledge.ts'

const PAPER: PledgePaper = {
  plan: {
    code: '128/KH-UBND',
    name: 'Đợt cao điểm “90 ngày, đêm”',
    title: '',
    issuer: 'UBND tỉnh Bình Phước',
    issuedOn: '2024-04-01',
    startsOn: '2024-04-04',
    endsOn: '2024-07-03',
    articles: {},
  },
  place: 'Bình Phước',
  name: 'Điểu Thị Ngễnh',
  position: 'Chuyên viên',
  unitName: 'UBND xã Tân Thành',
  headTitle: 'CHỦ TỊCH',
  citizens: 10,
  help: 'kích hoạt tài khoản định danh điện tử',
  obligations: [{ name: 'SIM chính chủ kèm chữ ký số', by: '2024-06-15' }],
  signedAt: null,
  signedOn: '2024-05-10',
}

const sealOf = (key: string) => (digest: string) => Buffer.from(`${key}${digest}`).toString('base64url').slice(0, 43)

/** The words of a PDF with the lower edge of each, in points from above. */
function wordsOf(file: Buffer): { text: string; bottom: number }[] {
  const folder = mkdtempSync(join(tmpdir(), 'cam-ket-'))
  try {
    writeFileSync(join(folder, 'a.pdf'), file)
    const page = execFileSync('pdftotext', ['-bbox', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' })
    return [...page.matchAll(/yMax="([\d.]+)">([^<]*)<\/word>/g)].map(([, bottom, text = '']) => ({
      text,
      bottom: Number(bottom),
    }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

it('is one section of plain objects, in whole points, that says the pledge', async () => {
  const file = await writePreparedPledge(PAPER, 7)
  expect(readSections(file)).toHaveLength(1)
  const text = wordsOf(file)
    .map(word => word.text)
    .join(' ')
  expect(text).toContain('Tôi là Điểu Thị Ngễnh, Chuyên viên, công tác tại Ủy ban nhân dân xã Tân Thành.')
  expect(text).toContain('1. Hỗ trợ ít nhất 10 người dân kích hoạt tài khoản định danh điện tử.')
})

it('keeps the place for signatures free, however long its words are', async () => {
  const long = 'Phòng Quản lý công nghệ thông tin và chuyển đổi số của cơ quan có tên rất dài '.repeat(4)
  const file = await writePreparedPledge({ ...PAPER, position: long, help: long, unitName: long }, 7)
  const top = 842 - PLEDGE_PLACE.top
  const below = wordsOf(file).filter(({ bottom }) => bottom > top - 2)
  expect(below).toEqual([])
})

it('is known by its seal, with what was appended, and not with another seal or another pledge', async () => {
  const sealed = sealPaper(await writePreparedPledge(PAPER, 7), sealOf('a'))
  const grown = Buffer.concat([sealed, Buffer.from('\n1 0 obj\nnull\nendobj\n%%EOF\n')])
  expect(preparedPart(grown, sealOf('a'))).toEqual({ prepared: sealed, kind: 'pledge', id: 7, places: [PLEDGE_PLACE] })
  expect(preparedPart(grown, sealOf('b'))).toBeNull()
  const other = Buffer.from(sealed.toString('latin1').replace('4phu1:7@', '4phu1:8@'), 'latin1')
  expect(preparedPart(other, sealOf('a'))).toBeNull()
  expect(preparedPart(Buffer.from('%PDF-1.7'), sealOf('a'))).toBeNull()
  // many ends cost no more than few
  let asked = 0
  const hostile = Buffer.from(`4phu1:7:${'a'.repeat(43)}${'%%EOF'.repeat(10_000)}`)
  expect(preparedPart(hostile, digest => `${asked++}${digest}`)).toBeNull()
  expect(asked).toBeLessThanOrEqual(3)
})
