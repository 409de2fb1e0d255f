import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { ColumnMap, ExtractAnswers } from '#app/domain/extract.ts'
import type { ExtractSource } from '#app/domain/vocabulary.ts'
import { readExtract } from '#app/jobs/extract.server.ts'
import { findExtract, mapColumns, uploadExtract } from '#app/queries/extract.server.ts'
import { prepared } from '#db/client.server.ts'
import { inTcvn3, inVni, misread } from '#tests/fixtures/lost-fonts.ts'
import { csvOf, type Line, type MadeSheet, workbookOf } from '#tests/fixtures/sheets.ts'
import { CAMPAIGN, citizenNumber, done, dropProvince, grantTo, makeOfficial, makeProvince } from '#tests/make.ts'

/** What an extract's file holds beside the rows of people, and how it is written. */

let offices: Record<ExtractSource, Person>
beforeEach(() => {
  makeProvince()
  offices = {
    police: grantTo(makeOfficial(1).actor, 'campaign_office', 1) as Person,
    telecom: grantTo(makeOfficial(1).actor, 'telecom_office', 1) as Person,
  }
})
afterEach(dropProvince)

const quiet = () => undefined
const HEAD = ['Số định danh', 'Họ và tên', 'Trạng thái', 'Ngày kích hoạt']
const person = (n: number, changes: Record<number, Line[number]> = {}): Line =>
  [citizenNumber(n), `Thị Thử ${['Dân', 'Hiền', 'Lành', 'Ngoan'][n % 4]}`, 'Đã kích hoạt', '05/5/2024'].map(
    (cell, at) => (at in changes ? (changes[at] ?? null) : cell),
  )

/** Hands a file in and lets its head be read; `told` says its columns and reads its rows, as the page does. */
async function handedIn(bytes: Uint8Array, source: ExtractSource = 'police', isFullList = false) {
  const actor = offices[source]
  const input = { source, asOfOn: '2024-05-20', isFullList, localities: ['689'], carriers: ['vinaphone' as const] }
  const { extractId } = done(uploadExtract(actor, CAMPAIGN, { input, fileName: 'a', bytes }))
  await readExtract({ extractId }, undefined, quiet)
  const seen = () => {
    const found = findExtract(actor, CAMPAIGN, extractId)
    if (!found) throw new Error('gone')
    return found
  }
  const told = async (answers: ExtractAnswers = {}, columns: ColumnMap = seen().summary.guess ?? {}) => {
    const mapped = mapColumns(actor, CAMPAIGN, { extractId, columns, answers })
    if (!mapped.ok) return mapped.problem
    const { input: asked } = prepared<{ input: string }>('select input from job order by id desc limit 1').one()
    await readExtract(JSON.parse(asked), undefined, quiet)
    prepared("update job set state = 'done'").run()
    return seen()
  }
  return { seen, told }
}
const facts = () =>
  prepared<string>('select outcome || coalesce(happened_on, 0) from extract_fact order by 1').pluck().all()

describe('an extract in a lost font', () => {
  const inFont = (font: (text: string) => string, lines: Line[]) =>
    lines.map(line => line.map(cell => (typeof cell === 'string' ? font(cell) : cell)))
  const FONTS = { TCVN3: inTcvn3, VNI: inVni, 'UTF-8 read as 1252': misread }
  const people = [person(1), person(2, { 2: 'Chưa kích hoạt', 3: null }), person(3), person(4)]

  it.each(Object.entries(FONTS))('%s: is shown as it was understood, and read with consent alone', async (_, font) => {
    for (const bytes of [
      await workbookOf({ lines: inFont(font, [HEAD, ...people]) }),
      csvOf(inFont(font, [HEAD, ...people])),
    ]) {
      const { seen, told } = await handedIn(bytes)
      const { head, guess } = seen().summary
      expect(head?.cells).toEqual(HEAD)
      expect(guess).toEqual({ number: 0, level: 2, activatedOn: 3 })
      expect(head?.fonts).toContainEqual({ from: font('Số định danh'), to: 'Số định danh' })
      expect(JSON.stringify(head)).not.toContain(font('Thử'))
      expect(await told()).toBe('fonts_needed')
      expect(await told({ converts: true })).toMatchObject({
        state: 'read',
        summary: { counts: { rows: 4, valid: 4, problems: 0 } },
      })
      expect(facts()).toEqual(Array(3).fill('eid_activated2024-05-05'))
      prepared('delete from extract_fact').run()
    }
  })

  it.each(Object.entries(FONTS))('%s: below a head in Unicode is asked about once it was seen', async (_, font) => {
    const spread = Array.from({ length: 40 }, (_, n) => person(n))
    const rare = person(50, { 2: font('Chưa kích hoạt'), 3: null })
    const { seen, told } = await handedIn(await workbookOf({ lines: [HEAD, ...spread, rare] }))
    expect(seen().summary.head?.fonts).toBeUndefined()
    expect(await told()).toMatchObject({
      state: 'reading',
      summary: { asks: { fonts: [{ from: font('Chưa kích hoạt'), to: 'Chưa kích hoạt' }] } },
    })
    expect(await told({ words: {} })).toBe('fonts_needed')
    expect(await told({ words: {}, converts: true })).toMatchObject({
      state: 'read',
      summary: { counts: { valid: 41, problems: 0 } },
    })
  })

  it('of a carrier has its short words too', async () => {
    const lines = [['Số thuê bao', 'Chính chủ', 'Đã cấp chữ ký số'], ...['có', 'có', 'không'].map(own)]
    const { told } = await handedIn(await workbookOf({ lines: inFont(inTcvn3, lines) }), 'telecom')
    expect(await told({ converts: true })).toMatchObject({ summary: { counts: { valid: 3, problems: 0 } } })
    expect(facts()).toHaveLength(2)
  })
  const own = (signed: string, n: number): Line => [`091234560${n}`, 'có', signed]
})

it('what a column holds is shown by its shape, and never a row’s content', async () => {
  const head = ['TT', 'Số định danh', 'Họ và tên', 'Trạng thái', 'Ngày kích hoạt', 'Ghi chú']
  const day = (n: number) => new Date(Date.UTC(2024, 4, n))
  const lines = [1, 2, 3].map((n): Line => [n, citizenNumber(n), `Thị Thử ${'ABC'[n - 1]}`, 'Mức 2', day(n), null])
  const { seen } = await handedIn(await workbookOf({ lines: [head, ...lines] }))
  const hidden = ['có nội dung, không hiện ở đây']
  expect(seen().summary.head?.shapes).toEqual([hidden, ['12 chữ số'], hidden, ['Mức 2'], ['ngày'], []])
})

describe('hidden rows of an extract', () => {
  const sheet: MadeSheet = { lines: [HEAD, ...[1, 2, 3, 4].map(n => person(n))], hidden: [3, 4] }

  it('are counted and asked about before anything is stored', async () => {
    const { told } = await handedIn(await workbookOf(sheet))
    expect(await told()).toMatchObject({ state: 'reading', summary: { asks: { hidden: 2 } } })
    expect(facts()).toEqual([])
    expect(await told({ words: {} })).toBe('hidden_needed')
  })

  it.each([
    { withHidden: true, valid: 4, left: 0 },
    { withHidden: false, valid: 2, left: 2 },
  ])('are taken or left as was said: $withHidden', async ({ withHidden, valid, left }) => {
    const { told } = await handedIn(await workbookOf(sheet))
    await told()
    expect(await told({ words: {}, withHidden })).toMatchObject({
      state: 'read',
      summary: { counts: { rows: valid, valid, problems: 0 }, passed: { hidden: { rows: left } } },
    })
    expect(facts()).toHaveLength(valid)
  })

  it('that are no person’s are not asked about', async () => {
    const lines: Line[] = [HEAD, person(1), [null, 'Tổng cộng', '1'], person(2)]
    const { told } = await handedIn(await workbookOf({ lines, hidden: [3] }))
    expect(await told()).toMatchObject({ state: 'read', summary: { counts: { rows: 2, valid: 2 } } })
  })
})

describe('rows of an extract that are no person’s', () => {
  const passed = (head: number[], footer: number[], section: number[] = []) => ({
    head: { rows: head.length, named: head },
    footer: { rows: footer.length, named: footer },
    section: { rows: section.length, named: section },
    hidden: { rows: 0, named: [] },
  })
  const tableOf = (lines: Line[], name: string) => (name === 'csv' ? csvOf(lines) : workbookOf({ lines }))

  it.each(['xlsx', 'csv'])('are told, and keep no full list from being applied: %s', async name => {
    const lines: Line[] = [
      ['DANH SÁCH TÀI KHOẢN ĐÃ KÍCH HOẠT'],
      HEAD,
      ['(1)', '(2)', '(3)', '(4)'],
      person(1),
      person(2),
      HEAD,
      ['(1)', '(2)', '(3)', '(4)'],
      person(3),
      ['Cộng trang 2', null, '1'],
      HEAD.map(words => words.toUpperCase()),
      person(4),
      ['Tổng cộng: 4', null, '4'],
      [null, null, null, 'Tân Thành, ngày 20 tháng 5 năm 2024'],
      [null, null, 'NGƯỜI LẬP BIỂU', 'TRƯỞNG CÔNG AN XÃ'],
      [null, null, 'Nguyễn Văn Thử', 'Trần Văn Thử'],
    ]
    const { seen, told } = await handedIn(await tableOf(lines, name), 'police', true)
    expect(seen().summary.head?.row).toBe(3)
    expect(await told()).toMatchObject({
      state: 'read',
      summary: { counts: { rows: 4, valid: 4, problems: 0 }, passed: passed([6, 7, 10], [9, 12, 13, 14, 15]) },
    })
  })

  it('may have cells merged downwards, which others may not', async () => {
    const head = ['A1:A2', 'B1:B2', 'C1:D1', 'A4:A5', 'B4:B5', 'C4:D4']
    const people = [person(2), ['Tổng cộng', null, '2'], [null, null, 'NGƯỜI LẬP'], [], [null, null, 'Lê Văn Thử']]
    const lines: Line[] = [...TWO_ROWS, person(1), ...TWO_ROWS, ...people]
    const { told } = await handedIn(await workbookOf({ lines, merges: [...head, 'C8:C9'] }))
    expect(await told()).toMatchObject({
      summary: { counts: { valid: 2, problems: 0 }, passed: { head: { rows: 2 } } },
    })
    const merged = await handedIn(await workbookOf({ lines: [HEAD, person(1), person(2)], merges: ['C2:C3'] }))
    expect(await merged.told()).toMatchObject({ state: 'refused', summary: { reason: 'merged_rows' } })
  })
  const TWO_ROWS: Line[] = [
    ['Số định danh', 'Họ và tên', 'Tài khoản', null],
    [null, null, 'Trạng thái', 'Ngày kích hoạt'],
  ]

  it('are two rows where the head has two', async () => {
    const lines: Line[] = [...TWO_ROWS, person(1), ...TWO_ROWS, person(2)]
    const { told } = await handedIn(await workbookOf({ lines, merges: ['A1:A2', 'B1:B2', 'C1:D1'] }))
    expect(await told()).toMatchObject({
      summary: { counts: { rows: 2, valid: 2, problems: 0 }, passed: passed([4, 5], []) },
    })
  })

  it('may name a part of the list, in one cell or beside its numeral', async () => {
    const lines: Line[] = [
      ['Số định danh', 'TT', 'Trạng thái', 'Ngày kích hoạt'],
      ['Xã Tân Thành'],
      person(1, { 1: 1 }),
      ['Xã Tiến Hưng', 'II'],
      person(2, { 1: 2 }),
      ['III. Phường Tân Phú'],
      person(3, { 1: 3 }),
    ]
    const { told } = await handedIn(await workbookOf({ lines, merges: ['A2:D2'] }))
    expect(await told()).toMatchObject({
      summary: {
        counts: { rows: 3, valid: 3, problems: 0 },
        passed: { section: { rows: 3, named: [4, 6, 2] }, head: { rows: 0 }, footer: { rows: 0 } },
      },
    })
  })

  it('are never rows that name somebody, or may', async () => {
    const lines: Line[] = [
      HEAD,
      // a state that begins as a signature does, of a person without a number
      person(1, { 0: null, 1: null, 2: 'Xác nhận đã kích hoạt' }),
      // a person beside words of a total, and one with a letter among the digits below a total
      person(2, { 1: 'Tổng cộng' }),
      ['Tổng cộng', null, '2'],
      person(3, { 0: '07O185801293' }),
      // digits that are too few, below a total
      ['Tổng cộng', null, '3'],
      person(4, { 0: '7018' }),
      // a state that is the words over its column
      [null, null, 'Trạng thái', null],
      // one text that nothing calls a part of the list
      ['mất giấy tờ'],
    ]
    const { told } = await handedIn(await workbookOf({ lines }), 'police', true)
    const { summary } = (await told({ words: {} })) as Exclude<Awaited<ReturnType<typeof told>>, string>
    expect(summary.passed).toEqual(passed([], [4, 6]))
    expect([...new Set(summary.problems?.map(({ row }) => row))]).toEqual([2, 5, 7, 8, 9])
    expect(summary.counts).toMatchObject({ rows: 6, valid: 1 })
  })

  it('are known in a lost font', async () => {
    const lines = [HEAD, person(1), person(2), HEAD, person(3), person(4), ['Tổng cộng', null, '4']].map(line =>
      line.map(cell => (typeof cell === 'string' ? inTcvn3(cell) : cell)),
    )
    const { told } = await handedIn(await workbookOf({ lines }))
    expect(await told({ converts: true })).toMatchObject({
      summary: { counts: { rows: 4, valid: 4, problems: 0 }, passed: passed([4], [7]) },
    })
  })
})
