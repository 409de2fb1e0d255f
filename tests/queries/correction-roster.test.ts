import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { readRoster } from '#app/imports/roster.ts'
import { answerCorrection } from '#app/queries/correction.server.ts'
import { correctionsOf, correctionsToAnswer } from '#app/queries/correction-list.server.ts'
import { uploadRoster } from '#app/queries/import-batch.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { planBatch } from '#app/queries/roster.server.ts'
import { applyBatch } from '#app/queries/roster-apply.server.ts'
import { previewBatch } from '#app/queries/roster-preview.server.ts'
import { isRosterCorrection, rosterChangeSentence } from '#app/text/roster.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, done, dropChecked, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropChecked()
})

const HEADER = ['TT', 'Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số định danh', 'Loại']
type Line = [code: string, name: string, birth: string, sex: string, number: string | null]
const FIRST: Line[] = [
  ['thu871', 'Nguyễn Thị Thử Hưong', '12/03/1985', 'Nữ', '070185804511'],
  ['thu872', 'Lê Văn Thử Sinh', '12/03/1985', 'Nam', null],
  ['thu873', 'Trần Văn Thử Giới', '12/03/1985', 'Nam', null],
  ['thu874', 'Phạm Văn Thử Số', '12/03/1985', 'Nam', '070085804544'],
]
const CORRECTED: Line[] = [
  ['thu871', 'Nguyễn Thị Thử Hương', '12/03/1985', 'Nữ', '070185804511'],
  ['thu872', 'Lê Văn Thử Sinh', '21/03/1985', 'Nam', null],
  ['thu873', 'Trần Văn Thử Giới', '12/03/1985', 'Nữ', null],
  ['thu874', 'Phạm Văn Thử Số', '12/03/1985', 'Nam', '070085804545'],
]

async function plan(actor: Person, unitId: number, lines: readonly Line[]) {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('DS').addRows([HEADER, ...lines.map((line, n) => [n + 1, ...line, 'Công chức'])])
  const read = await readRoster(Buffer.from(await workbook.xlsx.writeBuffer()))
  if (!read.ok) throw new Error(JSON.stringify(read))
  const { ok: _, ...reading } = read
  uploadRoster(actor, unitId, {
    fileName: 'ds.xlsx',
    bytes: new Uint8Array(),
    association: null,
    fromOn: '2024-04-01',
  })
  const batchId = prepared('select max(id) from import_batch').pluck().get() as number
  planBatch(actor, batchId, reading)
  const planned = previewBatch(actor, batchId, { view: 'all', from: 0 })?.planned
  if (!planned) throw new Error('no plan')
  return { batchId, planned, apply: () => applyBatch(actor, { batchId, planKey: planned.planKey }) }
}

function scene() {
  const { id } = unitNamed('Sở Y tế')
  return { id, coordinator: grantTo(makeOfficial(id).actor, 'coordinator', id) }
}

const personOf = (code: string) =>
  prepared<{ id: number; name: string; birthOn: string; sex: string; hash: string | null }>(
    'select id, name, birth_on as birthOn, sex, number_hash as hash from official where staff_code = ?',
  ).one(code)

describe('a list that gives the right values for known people', () => {
  it('shows each as a correction, makes it on confirmation, and leaves a trace; a number waits', async () => {
    const { id, coordinator } = scene()
    done((await plan(coordinator, id, FIRST)).apply())
    const before = personOf('thu874').hash
    const { planned, apply } = await plan(coordinator, id, CORRECTED)
    expect(planned.counts).toMatchObject({ problem: 0, proposal: 0, create: 0, update: 4, unchanged: 0 })
    const rows = planned.rows.flatMap(row => (row.fate === 'update' ? [row.changes] : []))
    expect(rows.every(changes => changes.some(isRosterCorrection))).toBe(true)
    expect(rows.map(changes => changes.map(rosterChangeSentence))).toEqual([
      ['Họ và tên: Nguyễn Thị Thử Hương (trước: Nguyễn Thị Thử Hưong)'],
      ['Ngày sinh: 21/3/1985 (trước: 12/3/1985)'],
      ['Giới tính: Nữ (trước: Nam)'],
      ['Số định danh: •••545 (trước: •••544); có hiệu lực khi người này hoặc người có trách nhiệm xác nhận'],
    ])
    done(apply())
    expect(personOf('thu871').name).toBe('Nguyễn Thị Thử Hương')
    expect(personOf('thu872').birthOn).toBe('1985-03-21')
    expect(personOf('thu873').sex).toBe('female')
    expect(personOf('thu874').hash).toBe(before)
    const traceOf = (code: string) => correctionsOf(coordinator, personOf(code).id)
    expect(traceOf('thu871')).toMatchObject([
      { state: 'accepted', changes: [{ field: 'name', from: 'Nguyễn Thị Thử Hưong', to: 'Nguyễn Thị Thử Hương' }] },
    ])
    expect(traceOf('thu873')).toMatchObject([{ changes: [{ field: 'sex', from: 'male', to: 'female' }] }])
    expect(traceOf('thu874')).toMatchObject([
      { state: 'asked', changes: [{ field: 'number', from: '544', to: '545' }] },
    ])
  })

  it('asks once: the same list again has nothing to import, and the number holds once it is confirmed', async () => {
    const { id, coordinator } = scene()
    done((await plan(coordinator, id, FIRST)).apply())
    done((await plan(coordinator, id, CORRECTED)).apply())
    const again = await plan(coordinator, id, CORRECTED)
    expect(again.planned.counts).toMatchObject({ update: 0, unchanged: 4, problem: 0 })
    const before = personOf('thu874').hash
    const head = grantTo(makeOfficial(id).actor, 'head', id)
    const [waiting] = correctionsToAnswer(head)
    done(answerCorrection(head, { correctionId: waiting?.id ?? 0, answer: 'accepted' }))
    expect(personOf('thu874').hash).not.toBe(before)
    expect((await plan(coordinator, id, CORRECTED)).planned.counts).toMatchObject({ update: 0, unchanged: 4 })
  })

  it('takes the newest value where another one waits', async () => {
    const { id, coordinator } = scene()
    done((await plan(coordinator, id, FIRST)).apply())
    done((await plan(coordinator, id, CORRECTED)).apply())
    const newest = CORRECTED.map(
      (line): Line => (line[0] === 'thu874' ? ([...line.slice(0, 4), '070085804546'] as Line) : line),
    )
    done((await plan(coordinator, id, newest)).apply())
    expect(correctionsOf(coordinator, personOf('thu874').id)).toMatchObject([{ changes: [{ to: '546' }] }])
  })

  it('leaves one’s own details to somebody else', async () => {
    const { id, coordinator } = scene()
    done((await plan(coordinator, id, FIRST)).apply())
    const own = personOf('thu871').id
    prepared('update account set official_id = null where official_id = ?').run(coordinator.officialId)
    const self = { ...coordinator, officialId: own }
    const { planned } = await plan(self, id, CORRECTED.slice(0, 1))
    expect(planned.rows).toMatchObject([{ fate: 'problem', problems: [{ column: 'name', reason: 'own_record' }] }])
  })
})
