import { describe, expect, it } from 'vitest'
import { writeHelpProblems, writeHelpTemplate } from '#app/documents/help-template.ts'
import { HELP_COLUMNS, type HelpRow } from '#app/domain/help-import.ts'
import { readHelpTable } from '#app/imports/help-table.ts'
import { helpHeaders } from '#app/text/help-import.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

async function rowsOf(text: string): Promise<HelpRow[]> {
  const table = await readHelpTable(bytesOf(text))
  if (!table.ok) throw new Error(table.reason)
  return table.rows
}

const HEAD = 'Mã cán bộ\tHọ và tên\tCCCD\tNăm sinh\tXã\tNgày hỗ trợ\tKích hoạt\tVNeID\tSIM\tĐồng ý\tĐiện thoại'
const line = (changes: Partial<Record<number, string>> = {}) => {
  const cells = [
    'CB1',
    'Điểu Thị Ngễnh',
    '70190000001',
    '1990',
    'Tân Thành',
    '10/4/2024',
    '12/4/2024',
    'x',
    'đã có',
    'x',
    '901234567',
  ]
  for (const [at, text] of Object.entries(changes)) cells[Number(at)] = text ?? ''
  return cells.join('\t')
}

describe('a pasted table', () => {
  it('is read by the names of its columns, zeros restored', async () => {
    const [row] = await rowsOf(`Danh sách tháng 4\n${HEAD}\n${line()}`)
    expect(row).toMatchObject({
      row: 3,
      cells: { staffCode: 'CB1', commune: 'Tân Thành' },
      unread: [],
      fields: {
        citizenName: 'Điểu Thị Ngễnh',
        citizenNumber: '070190000001',
        birthYear: '1990',
        birthOn: '',
        phone: '0901234567',
        helpedOn: '2024-04-10',
        outcome_eid_activated: 'achieved',
        outcome_eid_activated_on: '2024-04-12',
        outcome_vneid_installed: 'achieved',
        outcome_vneid_installed_on: '2024-04-10',
        outcome_sim_signature: 'already_had',
        consent: 'on',
      },
    })
  })

  it.each([
    ['a birth date', { 3: '25/12/1990' }, { birthOn: '1990-12-25', birthYear: '' }],
    ['a day with dots', { 5: '1.5.24' }, { helpedOn: '2024-05-01' }],
    ['an outcome in words', { 6: 'Đạt nhờ hỗ trợ' }, { outcome_eid_activated_on: '2024-04-10' }],
    ['an outcome not yet', { 8: 'Chưa' }, { outcome_sim_signature: 'not_yet' }],
    ['a refusal', { 9: 'không' }, { consent: '' }],
  ])('reads %s', async (_, changes, fields) =>
    expect((await rowsOf(`${HEAD}\n${line(changes)}`))[0]?.fields).toMatchObject(fields),
  )

  it.each([
    ['a day that is none', { 5: '31/2/2024' }, 'helpedOn'],
    ['a word that is no outcome', { 6: 'có lẽ' }, 'eid_activated'],
    ['a birth that is none', { 3: 'lâu rồi' }, 'birth'],
    ['a word that is no consent', { 9: 'chưa hỏi' }, 'consent'],
  ])('says that it cannot read %s', async (_, changes, column) =>
    expect((await rowsOf(`${HEAD}\n${line(changes)}`))[0]?.unread).toEqual([{ column, reason: 'unreadable' }]),
  )

  it.each([
    ['no head', line(), 'no_header'],
    ['a head and nothing else', HEAD, 'no_rows'],
    ['nothing', 'xin chào', 'no_header'],
    ['too many rows', [HEAD, ...Array.from({ length: 5001 }, () => line())].join('\n'), 'too_many_rows'],
  ])('is refused with %s', async (_, text, reason) =>
    expect(await readHelpTable(bytesOf(text))).toEqual({ ok: false, reason }),
  )
})

describe('the template', () => {
  it('is read again: its example is passed over', async () => {
    expect(await readHelpTable(await writeHelpTemplate())).toEqual({ ok: false, reason: 'no_rows' })
  })

  it('has heads that all name another column', () => {
    const heads = HELP_COLUMNS.map(column => helpHeaders[column].header)
    expect(new Set(heads).size).toBe(heads.length)
  })
})

it('rows given back to be mended are read again as they were', async () => {
  const rows = await rowsOf(`${HEAD}\n${line()}\n${line({ 5: 'tháng tư' })}`)
  const file = await writeHelpProblems(
    rows.map(({ row, cells }) => ({ row, cells, why: 'Ngày hỗ trợ: …' })),
    '128/KH-UBND',
  )
  const again = await readHelpTable(file)
  expect(again.ok && again.rows.map(({ cells, fields, unread }) => ({ cells, fields, unread }))).toEqual(
    rows.map(({ cells, fields, unread }) => ({ cells, fields, unread })),
  )
})
