import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HelpColumn } from '#app/domain/help-import.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { action as importHelp } from '#app/routes/help/import.tsx'
import { loader as helpPreview } from '#app/routes/help/import-preview.tsx'
import { loader as exportOwn } from '#app/routes/help/own-list.xlsx.ts'
import { loader as exportUnit } from '#app/routes/help/unit-list.xlsx.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { prepared } from '#db/client.server.ts'
import { batchId, deskAt, rewritten, rowsIn } from '#tests/desk.ts'
import {
  CAMPAIGN,
  citizenNumber,
  done,
  dropProvince,
  helpForm,
  makeOfficial,
  makeProvince,
  unitNamed,
} from '#tests/make.ts'
import { visitor, withFile } from '#tests/visitor.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const COMMUNES = ['UBND xã Lộc Thành', 'UBND xã Lộc Thạnh']
const ANCHOR = helpHeaders.citizenName.header
const head = (column: HelpColumn) => helpHeaders[column].header

/** Records of every shape: each with its commune, carrier, outcomes, a note over two lines, one withdrawn. */
function recorded() {
  return COMMUNES.map((name, at) => {
    const unit = unitNamed(name)
    const made = makeOfficial(unit.id, { name: 'Y Thử Toàn' })
    const localityCode = prepared<string>('select locality_code from unit where id = ?').pluck().one(unit.id)
    const ids = [1, 2, 3].map(n => {
      const input = helpForm(10 * at + n, {
        citizen: {
          name: `Điểu Thị Thử ${'ABC'.charAt(n - 1)}`,
          localityCode,
          hamlet: 'Ấp 1',
          phone: '0901234567',
          carrier: 'viettel',
          ...(n === 2 ? { birthOn: '1990-03-12' } : {}),
        },
        helpedOn: '2024-06-05',
        outcomes: {
          vneid_installed: { value: 'already_had', on: null },
          eid_activated: { value: 'achieved', on: '2024-06-06' },
          sim_signature: { value: 'not_yet', on: null },
        },
        note: n === 3 ? '– Gọi lại\nsau; =1+1' : null,
      })
      return done(recordHelp(made.actor, CAMPAIGN, { officialId: made.officialId, input })).helpId
    })
    done(withdrawHelp(made.actor, CAMPAIGN, ids[2] ?? 0))
    return { unit, made, ids }
  })
}

type Desk = Awaited<ReturnType<typeof deskAt>>

async function sentBack({ id, params, desk }: Desk, bytes: Uint8Array<ArrayBuffer>, name?: string) {
  const page = `/don-vi/${id}/truong-hop/nhap`
  expect(await desk.send(importHelp, page, params, withFile(bytes, {}, name))).toBe(`${page}/${batchId()}`)
  const { planned } = await desk.open(helpPreview, { ...params, helpBatchId: batchId() })
  return planned
}

const unitFile = ({ id, params, desk }: Desk) => desk.download(exportUnit, `/don-vi/${id}/truong-hop.xlsx`, params)

describe('exported records', () => {
  it.each([...COMMUNES, 'Huyện Lộc Ninh', 'Tỉnh Bình Phước'])('of %s come back with nothing to import', async name => {
    recorded()
    const at = await deskAt(name)
    const own = helpForm(77, { citizen: { name: 'Điểu Thị Thử K' } })
    done(recordHelp(at.keeper, CAMPAIGN, { officialId: at.keeper.officialId ?? 0, input: own }))
    const records = (COMMUNES.includes(name) ? 3 : 6) + 1
    expect((await sentBack(at, await unitFile(at)))?.counts).toEqual({ create: 0, problem: 0, recorded: records })
  })

  it('of an official come back through who enters for them', async () => {
    const [first] = recorded()
    const own = await visitor(first?.made.actor ?? never())
    const bytes = await own.download(exportOwn, '/ho-tro.xlsx', {})
    const at = await deskAt(COMMUNES[0] ?? '')
    expect((await sentBack(at, bytes))?.counts).toEqual({ create: 0, problem: 0, recorded: 3 })
  })

  it('show the number to its own official alone, of records that they may correct, and are logged', async () => {
    const [first] = recorded()
    const own = await visitor(first?.made.actor ?? never())
    const mine = await rowsIn(await own.download(exportOwn, '/ho-tro.xlsx', {}), ANCHOR)
    const numbersOf = (rows: readonly Record<string, string>[]) => rows.map(row => row[head('citizenNumber')])
    expect(numbersOf(mine)).toEqual(['', citizenNumber(2), citizenNumber(1)])
    const at = await deskAt(COMMUNES[0] ?? '')
    const units = await rowsIn(await unitFile(at), ANCHOR)
    expect(numbersOf(units)).toEqual(['', '', ''])
    expect(units.map(row => row[head('recordCode')])).toEqual(first?.ids.toReversed().map(id => `HT-${id}`))
    const logged = prepared<string>(`select subject || ' ' || data from event where verb = 'export' order by id`)
    // each event holds a hash of its facts besides
    expect(
      logged
        .pluck()
        .all()
        .map(text => text.replace(/,"facts":"[^"]+"/, '')),
    ).toEqual(['official {"records":3,"numbers":2}', 'unit {"records":3,"numbers":0}'])
    const noted = prepared<string>(`select what || ' ' || count from access_log order by id`).pluck().all()
    expect(noted).toEqual(['official_records 3', 'help_list 3'])
  })

  it('hold the records that the page is narrowed to', async () => {
    recorded()
    const { id, params, desk } = await deskAt(COMMUNES[0] ?? '')
    const bytes = await desk.download(exportUnit, `/don-vi/${id}/truong-hop.xlsx?ly-do=withdrawn`, params)
    expect(await rowsIn(bytes, ANCHOR)).toHaveLength(1)
  })

  const changed = async (change: Record<string, string>) => {
    recorded()
    const at = await deskAt(COMMUNES[0] ?? '')
    const bytes = await rewritten(await unitFile(at), { anchor: ANCHOR, name: 'Điểu Thị Thử B' }, () => change)
    return (await sentBack(at, bytes))?.rows.flatMap(({ problems }) => problems)
  }

  it.each([
    ['citizenName', 'Điểu Thị Thử Khác'],
    ['citizenNumber', citizenNumber(9)],
    ['birth', '13/3/1990'],
    ['phone', '0907654321'],
    ['commune', 'Xã Lộc Thạnh'],
    ['hamlet', 'Ấp 2'],
    ['helpedOn', '06/6/2024'],
    ['place', 'Khu công nghiệp'],
    ['eid_activated', '07/6/2024'],
    ['sim_signature', 'x'],
    ['note', 'khác'],
    ['officialName', 'Y Thử Toán'],
    ['staffCode', 'KHAC01'],
  ] as const)('say that %s is written otherwise than it was recorded', async (column, text) => {
    expect(await changed({ [head(column)]: text })).toEqual([{ column, reason: 'record_differs' }])
  })

  it.each([
    ['the same number', { [head('citizenNumber')]: citizenNumber(2) }],
    ['blank cells', { [head('hamlet')]: '', [head('consent')]: '', [head('officialName')]: '' }],
  ])('are the same with %s', async (_, change) => expect(await changed(change)).toEqual([]))

  it.each([
    ['a code that is none', 'HT-x'],
    ['a record that is not there', 'HT-99999'],
    ['a record of another unit', 'other'],
  ])('tell of %s, all alike', async (_, code) => {
    const [, second] = recorded()
    const at = await deskAt(COMMUNES[0] ?? '')
    const csv = `Họ tên người dân;Mã trường hợp\nĐiểu Thị Thử A;${code === 'other' ? `HT-${second?.ids[0]}` : code}\n`
    const planned = await sentBack(at, new TextEncoder().encode(csv), 'ds.csv')
    expect(planned?.rows.map(({ problems, own }) => ({ problems, own }))).toEqual([
      { problems: [{ column: 'recordCode', reason: 'record_unknown' }], own: null },
    ])
  })
})

const never = (): never => {
  throw new Error('nobody')
}
