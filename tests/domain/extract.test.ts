import { describe, expect, it } from 'vitest'
import { type ColumnMap, checkColumns, effectOf, isApplicable, outcomesShownBy, readRow } from '#app/domain/extract.ts'
import type { RememberedHeads } from '#app/domain/list.ts'
import type { ExtractSource } from '#app/domain/vocabulary.ts'
import { readExtractHead } from '#app/imports/extract-head.ts'
import { readTable } from '#app/imports/table.ts'
import { csvOf, workbookOf } from '../fixtures/sheets.ts'

const NUMBER = '070090000001'

const headOf = (source: ExtractSource, lines: string[][], remembered: RememberedHeads = {}) =>
  readExtractHead(csvOf(lines), source, remembered)
const guess = async (source: ExtractSource, lines: string[][], remembered: RememberedHeads = {}) =>
  (await headOf(source, lines, remembered))?.guess

describe('the head of a file', () => {
  const cases: [situation: string, source: ExtractSource, heads: string[], columns: ColumnMap][] = [
    [
      'police, with marks',
      'police',
      ['STT', 'Số định danh', 'Mức độ', 'Ngày kích hoạt'],
      { number: 1, level: 2, activatedOn: 3 },
    ],
    [
      'police, without marks',
      'police',
      ['so cccd', 'trang thai', 'ngay kich hoat'],
      { number: 0, level: 1, activatedOn: 2 },
    ],
    ['police, with remarks in brackets', 'police', ['Số ĐDCN (12 số)', 'Mức độ (1/2)'], { number: 0, level: 1 }],
    [
      'telecom',
      'telecom',
      ['Số thuê bao', 'Chính chủ', 'Chữ ký số', 'Ngày cấp', '4G'],
      { phone: 0, ownName: 1, signature: 2, signedOn: 3, has4g: 4 },
    ],
    ['telecom, by number', 'telecom', ['Số CCCD', 'Số điện thoại', 'CKS'], { number: 0, phone: 1, signature: 2 }],
    ['codes taken back', 'police', ['Mã trường hợp', 'Trạng thái'], { code: 0, level: 1 }],
    ['nothing known', 'police', ['A', 'B'], {}],
  ]
  it.each(cases)('%s', async (_, source, heads, columns) => {
    expect(await guess(source, [heads])).toEqual(columns)
  })

  it('what was mapped last goes first', async () => {
    const heads = ['ID', 'Số định danh', 'KQ']
    expect(await guess('police', [heads], { id: 'number', kq: 'level' })).toEqual({ number: 0, level: 2 })
  })

  it('is the row most of whose columns are known, below a title', async () => {
    const lines = [
      ['DANH SÁCH KÍCH HOẠT', '', ''],
      ['', '', ''],
      ['STT', 'Số CCCD', 'Mức độ'],
      ['1', NUMBER, '2'],
    ]
    expect((await headOf('police', lines))?.head).toMatchObject({ row: 3, cells: ['STT', 'Số CCCD', 'Mức độ'] })
  })

  it('is the fullest row where nothing is known, of which only the width is kept', async () => {
    const found = await headOf('police', [
      ['a', ''],
      ['b', 'c'],
      ['d', 'e'],
    ])
    expect(found).toMatchObject({ head: { row: 2, cells: ['', ''] }, guess: {} })
  })

  it('is that of the sheet with the best one; a household’s number is not the citizen’s', async () => {
    const bytes = await workbookOf(
      { name: 'Bìa', lines: [['CÔNG AN XÃ'], ['Tổng số', 1]] },
      {
        name: 'Số liệu',
        lines: [
          ['Số CCCD của chủ hộ', 'Số CCCD', 'Trạng thái'],
          [NUMBER, '070190000002', 'Mức 2'],
        ],
      },
    )
    expect(await readExtractHead(bytes, 'police', {})).toMatchObject({
      head: { sheet: 'Số liệu', row: 1, others: ['Bìa'] },
      guess: { number: 1, level: 2 },
    })
    const rows = []
    for await (const row of readTable(bytes, { sheet: 'Số liệu' })) rows.push(row.cells[1])
    expect(rows).toEqual(['Số CCCD', '070190000002'])
  })

  it('keeps shapes of what is below it, never a number or a name', async () => {
    const line = [NUMBER, 'Trần Thị Ước', '05/04/2024', 'Mức 2']
    const found = await headOf('police', [
      ['Số CCCD', 'Họ tên', 'Ngày kích hoạt', 'Mức độ'],
      line,
      [...line].with(1, 'Lê Văn A'),
      line.with(1, 'Bùi B'),
    ])
    expect(found?.head.shapes).toEqual([['12 chữ số'], ['có nội dung, không hiện ở đây'], ['ngày'], ['Mức 2']])
  })
})

describe('columns', () => {
  const cases: [situation: string, source: ExtractSource, columns: ColumnMap, problem: string | null][] = [
    ['police: the number alone is a list of those activated', 'police', { number: 0 }, null],
    ['police: nobody named', 'police', { level: 0 }, 'subject_column_needed'],
    ['telecom: the phone alone says nothing', 'telecom', { phone: 0 }, 'outcome_column_needed'],
    ['telecom: own name alone says nothing', 'telecom', { phone: 0, ownName: 1 }, 'outcome_column_needed'],
    ['telecom: the date of the signature', 'telecom', { phone: 0, signedOn: 1 }, null],
    ['one column for two things', 'police', { number: 0, level: 0 }, 'column_used_twice'],
  ]
  it.each(cases)('%s', (_, source, columns, problem) => {
    expect(checkColumns(source, columns)).toBe(problem)
  })

  it('show the outcomes that they are of', () => {
    expect(outcomesShownBy('telecom', { phone: 0, has4g: 1 })).toEqual(['phone_4g'])
    expect(outcomesShownBy('telecom', { phone: 0, signature: 1, has4g: 2 })).toEqual(['sim_signature', 'phone_4g'])
  })
})

describe('a row of the police', () => {
  const columns: ColumnMap = { number: 0, level: 1, activatedOn: 2 }
  const read = (...cells: (string | undefined)[]) =>
    readRow(cells, { source: 'police', columns, asOfOn: '2024-05-20', today: '2024-06-12' })
  const shown: [situation: string, cells: (string | undefined)[], on: string | null][] = [
    ['level 2, dated', [NUMBER, '2', '05/04/2024'], '2024-04-05'],
    ['level in words', [NUMBER, 'Mức độ 2', '2024-04-05'], '2024-04-05'],
    ['level without a date', [NUMBER, '1', undefined], null],
    ['a date without a level', [NUMBER, '', '5.4.2024'], '2024-04-05'],
    ['a date with a time', [NUMBER, 'Đã kích hoạt', '05/04/2024 10:20:30'], '2024-04-05'],
    ['a date in one', [NUMBER, 'x', '20240405'], '2024-04-05'],
    ['the leading zero lost', ['70090000001', '2', ''], null],
    ['a number with spaces', ['070 090 000 001', '2', ''], null],
    ['activated on the very day of the extract', [NUMBER, '2', '20/05/2024'], '2024-05-20'],
  ]
  it.each(shown)('shows the activation: %s', (_, cells, on) => {
    expect(read(...cells)).toEqual({
      ok: true,
      facts: { subject: { kind: 'number', value: NUMBER }, key: NUMBER, shown: [{ outcome: 'eid_activated', on }] },
    })
  })

  const lacking: [situation: string, cells: (string | undefined)[]][] = [
    ['level 0', [NUMBER, '0', '']],
    ['in words', [NUMBER, 'Chưa kích hoạt', '-']],
    ['neither level nor date', [NUMBER, '', '']],
  ]
  it.each(lacking)('shows nothing: %s', (_, cells) => {
    expect(read(...cells)).toMatchObject({ ok: true, facts: { shown: [] } })
  })

  const problems: [situation: string, cells: (string | undefined)[], reason: string][] = [
    ['no number', ['', '2', '05/04/2024'], 'subject_missing'],
    ['an old card of nine digits', ['285123456', '2', ''], 'id_number_old_card'],
    ['a formula that was not computed', ['=A2', '2', ''], 'id_number_characters'],
    ['a level of no kind', [NUMBER, 'đang xử lý', ''], 'level_unreadable'],
    ['a day that is none', [NUMBER, '2', '31/02/2024'], 'day_unreadable'],
    ['a day in the future', [NUMBER, '2', '13/06/2024'], 'day_in_future'],
    ['a day after the day of the extract', [NUMBER, '2', '21/05/2024'], 'day_after_as_of'],
    ['not activated, and yet on a day', [NUMBER, 'Chưa', '05/04/2024'], 'state_disagrees'],
  ]
  it.each(problems)('is not taken: %s', (_, cells, reason) => {
    expect(read(...cells)).toEqual({ ok: false, reasons: [reason] })
  })

  it('tells all its problems at once', () => {
    expect(read('285123456', 'đang xử lý', '31/02/2024')).toEqual({
      ok: false,
      reasons: ['id_number_old_card', 'day_unreadable', 'level_unreadable'],
    })
  })

  it('with a number that is no province’s is taken, and marked', () => {
    const abroad = '116185801234'
    expect(read(abroad, '2', '')).toMatchObject({ ok: true, isAbroad: true, facts: { subject: { value: abroad } } })
  })

  it('is passed over where all of it is blank', () => {
    expect(read('', ' ', undefined, 'Người lập biểu')).toBeUndefined()
  })

  it('of a list of those activated shows whoever is on it', () => {
    const options = { source: 'police' as const, columns: { number: 0 }, asOfOn: '2024-05-20', today: '2024-06-12' }
    expect(readRow([NUMBER], options)).toMatchObject({ facts: { shown: [{ outcome: 'eid_activated', on: null }] } })
  })
})

describe('a row of a telecom', () => {
  const columns: ColumnMap = { number: 0, phone: 1, code: 2, ownName: 3, signature: 4, signedOn: 5, has4g: 6 }
  const read = (...cells: (string | undefined)[]) =>
    readRow(cells, { source: 'telecom', columns, asOfOn: '2024-05-20', today: '2024-06-12' })
  const shown: [
    situation: string,
    cells: string[],
    subject: string,
    key: string,
    outcomes: [string, string | null][],
  ][] = [
    [
      'by phone, all there',
      ['', '0912345678', '', 'x', 'x', '05/04/2024', 'x'],
      '0912345678',
      '0912345678',
      [
        ['sim_signature', '2024-04-05'],
        ['phone_4g', null],
      ],
    ],
    [
      'a signature on a SIM of somebody else',
      ['', '0912345678', '', 'không', 'có', '05/04/2024', '4G'],
      '0912345678',
      '0912345678',
      [['phone_4g', null]],
    ],
    ['no signature', ['', '+84912345678', '', 'x', 'chưa', '', '3G'], '0912345678', '0912345678', []],
    [
      'one of a person’s SIMs',
      [NUMBER, '0912345678', '', 'x', 'x', '', ''],
      NUMBER,
      `${NUMBER} 0912345678`,
      [['sim_signature', null]],
    ],
    ['by the code of a record', ['', '', 'HT-0012', 'x', 'x', '', ''], '12', 'code 12', [['sim_signature', null]]],
  ]
  it.each(shown)('%s', (_, cells, value, key, outcomes) => {
    const reading = read(...cells)
    if (!reading?.ok) throw new Error(JSON.stringify(reading))
    expect([reading.facts.subject.value, reading.facts.key]).toEqual([value, key])
    expect(reading.facts.shown.map(({ outcome, on }) => [outcome, on])).toEqual(outcomes)
  })

  const problems: [situation: string, cells: string[], reason: string][] = [
    ['a landline', ['', '02713879999', '', 'x', 'x', '', ''], 'phone_landline'],
    ['a code of no record', ['', '', 'K12', 'x', 'x', '', ''], 'code_unreadable'],
    ['a mark of no kind', ['', '0912345678', '', 'x', 'hỏi lại', '', ''], 'mark_unreadable'],
    ['no signature, and yet on a day', ['', '0912345678', '', 'x', 'không', '05/04/2024', ''], 'state_disagrees'],
  ]
  it.each(problems)('is not taken: %s', (_, cells, reason) => {
    expect(read(...cells)).toEqual({ ok: false, reasons: [reason] })
  })
})

describe('what applying does to a record: who never counted is no loss (B9)', () => {
  const stored = (kind: string, reason: string, basis: string | null = null, countsAny = false) => ({
    kind,
    reason,
    basis,
    countsAny,
  })
  const confirmed = stored('counts', 'confirmed', 'unit', true)
  const cases: [situation: string, before: typeof confirmed, after: typeof confirmed, effect: string][] = [
    ['confirmed, then shown', confirmed, stored('counts', 'verified', 'extract', true), 'verified'],
    ['confirmed, then lacking', confirmed, stored('rejected', 'not_in_extract'), 'rejected'],
    [
      'waiting, then lacking',
      stored('pending', 'awaiting_confirmation'),
      stored('rejected', 'not_in_extract'),
      'other',
    ],
    ['rejected for another reason', stored('rejected', 'returned'), stored('rejected', 'not_in_extract'), 'other'],
    ['the next one takes the credit over', stored('rejected', 'duplicate_claim'), confirmed, 'other'],
    [
      'waiting, and shown',
      stored('pending', 'awaiting_confirmation'),
      stored('pending', 'awaiting_confirmation'),
      'unchanged',
    ],
    [
      'verified already',
      stored('counts', 'verified', 'extract', true),
      stored('counts', 'verified', 'extract', true),
      'unchanged',
    ],
  ]
  it.each(cases)('%s', (_, before, after, effect) => {
    expect(effectOf(before, after)).toBe(effect)
  })
})

describe('an extract may be applied', () => {
  const counts = (valid: number, problems: number) => ({
    rows: valid + problems,
    valid,
    problems,
    repeated: 0,
    subjects: valid,
  })
  const cases: [situation: string, isFull: boolean, valid: number, problems: number, may: boolean][] = [
    ['a list without problems', false, 2, 0, true],
    ['a list, without the rows that could not be taken', false, 2, 1, true],
    ['a full list without problems', true, 2, 0, true],
    ['not a full list with a row that would be missing from it', true, 2, 1, false],
    ['not one without any row', false, 0, 3, false],
  ]
  it.each(cases)('%s', (_, isFull, valid, problems, may) => {
    expect(isApplicable(isFull, counts(valid, problems))).toBe(may)
  })
})
