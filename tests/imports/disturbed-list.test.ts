import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkColumns, DAY_COLUMN, type ExtractColumn, type RowFacts } from '#app/domain/extract.ts'
import { hamletKey } from '#app/domain/hamlet.ts'
import { helpInput } from '#app/domain/help.ts'
import type { ExtractSource } from '#app/domain/vocabulary.ts'
import { DayColumn } from '#app/domain/written-day.ts'
import { readExtractHead } from '#app/imports/extract-head.ts'
import { readExtractRows } from '#app/imports/extract-rows.ts'
import { readHelpTable } from '#app/imports/help-table.ts'
import { readRoster } from '#app/imports/roster.ts'
import { readTable, UnreadableTable } from '#app/imports/table.ts'
import { readWorklistTable } from '#app/imports/worklist-table.ts'
import { type Disturbance, disturbed, type Listed, type ListForm, people, ways } from '../fixtures/disturbed.ts'
import { workbookOf } from '../fixtures/sheets.ts'

/*
 * A right list is disturbed in the ways of real files, several at once. Every person comes out as they were, or their row
 * has a problem; nobody becomes another person, and no row is lost. `LISTS` sets how many lists of each kind are tried;
 * the usual hundred are the same each time.
 */
const RUNS = {
  numRuns: Number(process.env.LISTS ?? 100),
  ...(process.env.LISTS === undefined || process.env.SEED !== undefined
    ? { seed: Number(process.env.SEED ?? 128) }
    : {}),
}
const MOST_MS = Math.max(60_000, RUNS.numRuns * 500)

/** `isAllTold`: a problem or a question of the whole file. */
type Outcome = {
  rows: Map<number, readonly (string | null | undefined)[]>
  told: ReadonlySet<number>
  isAllTold?: boolean
}

const plain = (text: string | null | undefined) => text?.normalize('NFC').toLocaleLowerCase('vi')

/**
 * Expects each person in their row as they were, or a problem of that row; and no other row. `without`: ways that
 * this list does not have.
 */
async function expectSame<Column extends string>(
  form: ListForm<Column>,
  read: (bytes: Uint8Array) => Promise<Outcome>,
  wanted: (person: Listed) => readonly (string | null)[],
  { without = {} }: { without?: Partial<Disturbance> } = {},
) {
  const holds = async (listed: readonly Listed[], drawn: Disturbance) => {
    const how = { ...drawn, ...without }
    const { bytes, rowOf, isSlipped, lines } = await disturbed(listed, how, form)
    const { rows, told, isAllTold = false } = await read(bytes)
    if (isAllTold) return
    const seen = JSON.stringify(lines)
    for (const [n, person] of listed.entries()) {
      const row = rowOf[n] ?? 0
      if (isSlipped[n]) expect(told, `row ${row} of ${seen}`).toContain(row)
      // letters of a lost font may be beyond reading, never beyond telling
      else if (how.font === null || !told.has(row))
        expect(rows.get(row), `row ${row} of ${seen}`).toEqual(wanted(person))
    }
    const known = new Set(rowOf)
    expect([...rows.keys(), ...told].filter(row => !known.has(row))).toEqual([])
  }
  await fc.assert(fc.asyncProperty(people, ways, holds), RUNS)
}

const PERSON = {
  name: ['Họ và tên', 'HỌ, CHỮ ĐỆM VÀ TÊN', 'Họ tên'],
  number: ['Số định danh', 'Số CCCD', 'Số ĐDCN'],
  phone: ['Số điện thoại', 'Điện thoại'],
} as const

const COMMUNES = [{ code: '25207', name: 'Tân Thành', type: 'xã' }]
const CONTEXT = { communes: COMMUNES, allCommunes: COMMUNES, minimumAge: 14, endsOn: '2024-07-03' }

it(
  'a disturbed worklist gives the same people, or tells of a problem, and never another person',
  async () => {
    await expectSame(
      {
        heads: {
          ...PERSON,
          hamlet: ['Ấp', 'Ấp, thôn, khu phố'],
          birth: ['Ngày sinh', 'Ngày, tháng, năm sinh'],
          lacks: ['Nội dung còn thiếu', 'Còn thiếu'],
        },
        cellsOf: ({ hamlet }, write) => ({ ...write, hamlet, lacks: 'kích hoạt' }),
        spread: 'hamlet',
        sections: true,
      },
      async bytes => {
        const table = await readWorklistTable(bytes, CONTEXT)
        if (!table.ok) throw new Error(table.reason)
        return {
          rows: new Map(
            table.rows.map(({ row, name, number, phone, hamlet, birthYear }) => [
              row,
              [plain(name), number, phone, hamletKey(hamlet), String(birthYear)],
            ]),
          ),
          told: new Set(table.unread.map(({ row }) => row)),
        }
      },
      ({ name, number, phone, hamlet, birthOn }) => [
        plain(name) ?? null,
        number,
        phone,
        hamletKey(hamlet),
        birthOn.slice(0, 4),
      ],
    )
  },
  MOST_MS,
)

it(
  'a disturbed roster gives the same people, or tells of a problem, and never another person',
  async () => {
    await expectSame(
      {
        heads: {
          ...PERSON,
          birth: ['Ngày sinh', 'Ngày, tháng, năm sinh'],
          category: ['Loại'],
          hamlet: ['Ấp, khu phố'],
        },
        cellsOf: ({ hamlet }, write) => ({ ...write, hamlet, category: 'Công chức' }),
        spread: 'hamlet',
      },
      async bytes => {
        const roster = await readRoster(bytes)
        if (!roster.ok) throw new Error(roster.reason)
        return {
          rows: new Map(
            roster.rows.map(({ row, name, number, phone, hamlet, birthOn }) => [
              row,
              [plain(name), number, phone, hamletKey(hamlet ?? ''), birthOn],
            ]),
          ),
          told: new Set(roster.problems.map(({ row }) => row)),
        }
      },
      ({ name, number, phone, hamlet, birthOn }) => [plain(name) ?? null, number, phone, hamletKey(hamlet), birthOn],
    )
  },
  MOST_MS,
)

it(
  'a disturbed list of records gives the same visits, or tells of a problem, and never another one',
  async () => {
    await expectSame(
      {
        heads: {
          name: ['Họ tên người dân', 'HỌ VÀ TÊN NGƯỜI DÂN'],
          number: PERSON.number,
          phone: PERSON.phone,
          hamlet: ['Ấp', 'Tên ấp'],
          birth: ['Ngày sinh', 'Năm sinh'],
          helper: ['Người thực hiện', 'Cán bộ hỗ trợ'],
          helped: ['Ngày hỗ trợ', 'Ngày thực hiện'],
          activated: ['Kích hoạt tài khoản', 'Kích hoạt'],
          place: ['Nơi hỗ trợ'],
          channel: ['Cách thể hiện đồng ý'],
          consent: ['Người dân đồng ý'],
        },
        cellsOf: ({ hamlet }, write) => ({
          ...write,
          hamlet,
          helper: 'Lê Thị Ánh',
          activated: 'x',
          place: 'Tại nhà',
          channel: 'Bằng văn bản',
          consent: 'x',
        }),
        spread: 'helper',
      },
      async bytes => {
        const table = await readHelpTable(bytes)
        if (!table.ok) throw new Error(table.reason)
        const told = new Set<number>()
        const rows: Outcome['rows'] = new Map()
        for (const { row, cells, fields, unread } of table.rows) {
          const input = helpInput.safeParse({
            ...fields,
            localityCode: '25207',
            submissionKey: crypto.randomUUID(),
          })
          if (unread.length > 0 || !input.success) told.add(row)
          else {
            const { citizen, helpedOn, outcomes } = input.data
            const { name, number, phone, hamlet, birthOn } = citizen
            const helper = plain(cells.officialName)
            const day = outcomes.eid_activated?.on
            rows.set(row, [plain(name), number, phone, hamletKey(hamlet ?? ''), birthOn, helper, helpedOn, day])
          }
        }
        return { rows, told }
      },
      ({ name, number, phone, hamlet, birthOn, helpedOn }) => [
        plain(name) ?? null,
        number,
        phone,
        hamletKey(hamlet),
        birthOn,
        'lê thị ánh',
        helpedOn,
        helpedOn,
      ],
    )
  },
  MOST_MS,
)

const TODAY = '2024-06-12'

/** The number, the phone and the outcomes with their days that a row shows. */
function shownBy({ subject, key, shown }: RowFacts): readonly (string | null)[] {
  const phone = key === subject.value ? null : (key.split(' ')[1] ?? null)
  return [subject.value, phone, ...shown.map(({ outcome, on }) => `${outcome} ${on}`)]
}

/** Reads an extract as the worker does: its head, then row by row; what has to be asked or refused says so as a whole. */
async function extracted(
  source: ExtractSource,
  bytes: Uint8Array,
  columnsOf: readonly ExtractColumn[],
): Promise<Outcome> {
  const told = new Set<number>()
  const rows: Outcome['rows'] = new Map()
  const found = await readExtractHead(bytes, source, {})
  const all = { rows, told, isAllTold: true }
  if (!found || checkColumns(source, found.guess) !== null) return all
  const { head, guess: columns } = found
  // the page of columns comes before every reading, and shows a column that was not recognised as unused
  if (columnsOf.some(column => columns[column] === undefined)) return all
  const days = new DayColumn()
  try {
    for await (const line of readExtractRows(bytes, { source, columns, asOfOn: TODAY, today: TODAY, head })) {
      if (line.passed !== null) continue
      days.see(line.cells[columns[DAY_COLUMN[source]] ?? -1] ?? '')
      if (line.reading.ok) rows.set(line.row, shownBy(line.reading.facts))
      else told.add(line.row)
    }
  } catch (error) {
    if (error instanceof UnreadableTable) return all
    throw error
  }
  return days.isAsked ? all : { rows, told }
}

const EXTRACT = { number: PERSON.number, name: ['Họ và tên', 'Họ tên'] } as const

it(
  'a disturbed list of the police shows the same numbers and days, or tells of a problem, and never others',
  async () => {
    let whole = 0
    await expectSame(
      {
        heads: { ...EXTRACT, level: ['Trạng thái', 'Mức độ'], activated: ['Ngày kích hoạt', 'Thời điểm kích hoạt'] },
        cellsOf: (_, { number, name, helped }) => ({ number, name, level: 'Đã kích hoạt mức 2', activated: helped }),
        spread: 'level',
      },
      async bytes => {
        const read = await extracted('police', bytes, ['number', 'level', 'activatedOn'])
        if (!read.isAllTold) whole += 1
        return read
      },
      ({ number, helpedOn }) => [number, null, `eid_activated ${helpedOn}`],
      { without: { unsaved: null } },
    )
    // most lists are read, not told as a whole
    expect(whole).toBeGreaterThan(RUNS.numRuns / 3)
  },
  MOST_MS,
)

it(
  'a disturbed list of a carrier shows the same subscribers, or tells of a problem, and never others',
  async () => {
    let whole = 0
    await expectSame(
      {
        heads: {
          ...EXTRACT,
          phone: ['Số thuê bao', 'Số điện thoại'],
          own: ['Chính chủ', 'SIM chính chủ'],
          signed: ['Ngày cấp chữ ký số', 'Ngày cấp CKS'],
          has4g: ['4G', 'Sử dụng 4G'],
        },
        cellsOf: (_, { number, name, phone, helped }) => ({
          number,
          name,
          phone,
          own: 'có',
          signed: helped,
          has4g: 'x',
        }),
        spread: 'own',
      },
      async bytes => {
        const read = await extracted('telecom', bytes, ['number', 'phone', 'ownName', 'signedOn', 'has4g'])
        if (!read.isAllTold) whole += 1
        return read
      },
      ({ number, phone, helpedOn }) => [number, phone, `sim_signature ${helpedOn}`, 'phone_4g null'],
    )
    expect(whole).toBeGreaterThan(RUNS.numRuns / 3)
  },
  MOST_MS,
)

it('cells that are merged downwards in a column of an extract are told, and not read as blank', async () => {
  const lines = [
    ['Số định danh', 'Chính chủ', 'Ngày cấp chữ ký số'],
    ['070185801291', 'có', '05/06/2024'],
    ['070185801292', null, '05/06/2024'],
  ]
  const merged = await workbookOf({ lines, merges: ['B2:B3'] })
  const all = async (list: { headRow: number; columns: number[] }) => {
    const rows = []
    for await (const row of readTable(merged, { list })) rows.push(row.number)
    return rows
  }
  await expect(all({ headRow: 1, columns: [0, 1, 2] })).rejects.toMatchObject({ reason: 'merged_rows' })
  // a column that is not read does not matter
  expect(await all({ headRow: 1, columns: [0, 2] })).toEqual([1, 2, 3])
})
