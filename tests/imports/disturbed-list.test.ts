import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { hamletKey } from '#app/domain/hamlet.ts'
import { helpInput } from '#app/domain/help.ts'
import { readHelpTable } from '#app/imports/help-table.ts'
import { readRoster } from '#app/imports/roster.ts'
import { readWorklistTable } from '#app/imports/worklist-table.ts'
import { type Disturbance, disturbed, type Listed, type ListForm, people, ways } from '../fixtures/disturbed.ts'

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

type Outcome = { rows: Map<number, readonly (string | null | undefined)[]>; told: ReadonlySet<number> }

const plain = (text: string | null | undefined) => text?.normalize('NFC').toLocaleLowerCase('vi')

/** Expects each person in their row as they were, or a problem of that row; and no other row. */
async function expectSame<Column extends string>(
  form: ListForm<Column>,
  read: (bytes: Uint8Array) => Promise<Outcome>,
  wanted: (person: Listed) => readonly (string | null)[],
) {
  const holds = async (listed: readonly Listed[], how: Disturbance) => {
    const { bytes, rowOf, isSlipped, lines } = await disturbed(listed, how, form)
    const { rows, told } = await read(bytes)
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
