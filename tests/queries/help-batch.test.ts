import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { writeHelpTemplate } from '#app/documents/help-template.ts'
import { HELP_COLUMNS, type HelpColumn } from '#app/domain/help-import.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import {
  applyHelpRow,
  beginHelpApply,
  exportHelpProblems,
  findHelpBatch,
  startHelpApply,
  uploadHelp,
} from '#app/queries/help-batch.server.ts'
import { previewHelp } from '#app/queries/help-preview.server.ts'
import { findBatch } from '#app/queries/import-batch.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  citizenNumber,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  NOW,
  statusOf,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
})

const agency = () => unitNamed('Sở Nội vụ')

function team() {
  const unit = agency()
  return {
    unit,
    helper: makeOfficial(unit.id, { name: 'Lê Văn Hùng' }),
    coordinator: grantTo(makeOfficial(unit.id, { name: 'Hoàng Thị Đầu Mối' }).actor, 'coordinator', unit.id),
    head: grantTo(makeOfficial(unit.id, { name: 'Võ Thị Trưởng' }).actor, 'head', unit.id),
  }
}

type Line = Partial<Record<HelpColumn, string>>
const lineOf = (n: number, changes: Line = {}): Line => ({
  officialName: 'Lê Văn Hùng',
  citizenName: `Điểu Thị Mẫu`,
  citizenNumber: citizenNumber(n),
  birth: '1990',
  district: 'Đồng Xoài',
  commune: 'Tân Thành',
  helpedOn: '10/4/2024',
  place: 'Tại nhà',
  vneid_installed: 'x',
  eid_activated: '12/4/2024',
  sim_signature: 'Đã có từ trước',
  consentChannel: 'Bằng văn bản',
  consent: 'x',
  ...changes,
})

const pasted = (lines: Line[]) =>
  new TextEncoder().encode(
    [HELP_COLUMNS.map(column => helpHeaders[column].header), ...lines.map(line => HELP_COLUMNS.map(c => line[c] ?? ''))]
      .map(cells => cells.join('\t'))
      .join('\n'),
  )

/** Does the jobs that wait. */
async function work() {
  for (let job = takeJob(); job; job = takeJob()) {
    await runJob(job)
    const done = prepared('select state, result from job where id = ?').get(job.id) as { state: string; result: string }
    if (done.state !== 'done') throw new Error(done.result)
  }
}

async function plan(actor: Person, unitId: number, bytes: Uint8Array): Promise<number> {
  uploadHelp(actor, { campaignId: CAMPAIGN, unitId, fileName: 'zalo.xlsx', bytes })
  await work()
  return (prepared('select max(id) as id from import_batch').get() as { id: number }).id
}

function preview(actor: Person, batchId: number) {
  const planned = previewHelp(actor, batchId, { view: null, from: 0 })?.planned
  if (!planned) throw new Error('not planned')
  return planned
}

async function apply(actor: Person, batchId: number) {
  const started = startHelpApply(actor, { batchId, planKey: preview(actor, batchId).planKey })
  await work()
  return started
}

const records = () =>
  prepared(
    'select id, official_id, recorded_by, received_at, helped_on, verdict_reason, claimed_at from help',
  ).all() as {
    id: number
    official_id: number
    recorded_by: number | null
    received_at: number
    helped_on: string
    verdict_reason: string
    claimed_at: number
  }[]

describe('an import of records', () => {
  it('records the good rows in their official’s name, received now, and leaves the others to be mended', async () => {
    const { unit, helper, coordinator } = team()
    const batchId = await plan(coordinator, unit.id, pasted([lineOf(1), lineOf(2, { citizenNumber: '12' }), lineOf(3)]))
    expect(preview(coordinator, batchId)).toMatchObject({
      counts: { create: 2, problem: 1, recorded: 0 },
      rows: [{ row: 3, problems: [{ column: 'citizenNumber', reason: 'id_number_length' }] }],
    })
    expect(records()).toEqual([])
    await apply(coordinator, batchId)
    expect(records()).toHaveLength(2)
    for (const record of records()) {
      expect(record).toMatchObject({
        official_id: helper.officialId,
        recorded_by: coordinator.accountId,
        helped_on: '2024-04-10',
        verdict_reason: 'awaiting_confirmation',
      })
      expect(record.received_at).toBeGreaterThanOrEqual(NOW)
      expect(record.claimed_at).toBe(record.received_at)
    }
    expect(previewHelp(coordinator, batchId, { view: null, from: 0 })).toMatchObject({
      planned: { counts: { create: 0, problem: 1, recorded: 0 } },
      applied: { created: 2, refused: 0 },
    })
  })

  it('forgets what it held once nothing is left to be mended', async () => {
    const { unit, coordinator } = team()
    const batchId = await plan(coordinator, unit.id, pasted([lineOf(1), lineOf(2)]))
    await apply(coordinator, batchId)
    expect(previewHelp(coordinator, batchId, { view: null, from: 0 })).toMatchObject({
      planned: null,
      applied: { created: 2, refused: 0 },
    })
    expect(findHelpBatch(coordinator, batchId)?.content).toBeNull()
  })

  it('is confirmed by somebody else than who entered it', async () => {
    const { unit, coordinator, head } = team()
    await apply(coordinator, await plan(coordinator, unit.id, pasted([lineOf(1)])))
    const [record] = records()
    const id = record?.id ?? 0
    expect(confirmNow(coordinator, CAMPAIGN, [id])).toEqual({ confirmed: 0, left: [id] })
    expect(confirmNow(head, CAMPAIGN, [id])).toEqual({ confirmed: 1, left: [] })
    expect(records()[0]?.verdict_reason).toBe('confirmed')
  })

  it('brings the same file twice to the same records', async () => {
    const { unit, coordinator } = team()
    const file = pasted([lineOf(1), lineOf(2)])
    await apply(coordinator, await plan(coordinator, unit.id, file))
    const again = await plan(coordinator, unit.id, file)
    expect(preview(coordinator, again).counts).toEqual({ create: 0, problem: 0, recorded: 2 })
    expect(records()).toHaveLength(2)
  })

  it('goes on where a stop interrupted it, once each', async () => {
    const { unit, helper, coordinator } = team()
    const batchId = await plan(coordinator, unit.id, pasted([lineOf(1), lineOf(2)]))
    const content = findHelpBatch(coordinator, batchId)?.content
    if (content?.stage !== 'planned') throw new Error('not planned')
    const [first] = content.plan.creates
    if (!first) throw new Error('nothing planned')
    const { planKey } = content
    startHelpApply(coordinator, { batchId, planKey })
    // the worker began, recorded one row and died; the job is taken up again
    beginHelpApply(coordinator, { batchId, planKey })
    expect(applyHelpRow(coordinator, CAMPAIGN, first).ok).toBe(true)
    expect(records()).toHaveLength(1)
    await work()
    expect(records()).toHaveLength(2)
    expect(previewHelp(coordinator, batchId, { view: null, from: 0 })?.applied).toMatchObject({
      created: 2,
      refused: 0,
    })
    expect(recordHelp(coordinator, CAMPAIGN, { officialId: helper.officialId, input: first.input })).toMatchObject({
      ok: true,
    })
    expect(records()).toHaveLength(2)
  })

  it('records nothing where the plan has moved since it was seen', async () => {
    const { unit, helper, coordinator } = team()
    const batchId = await plan(coordinator, unit.id, pasted([lineOf(1), lineOf(2)]))
    const started = startHelpApply(coordinator, { batchId, planKey: preview(coordinator, batchId).planKey })
    expect(started.ok).toBe(true)
    recordHelp(helper.actor, CAMPAIGN, { officialId: helper.officialId, input: helpForm(1) })
    await work()
    expect(records()).toHaveLength(1)
    expect(preview(coordinator, batchId).counts).toEqual({ create: 1, problem: 0, recorded: 1 })
    expect(startHelpApply(coordinator, { batchId, planKey: 'another' }).ok).toBe(false)
  })

  it('takes the filled template: template, import, records', async () => {
    const { unit, coordinator } = team()
    const workbook = new ExcelJS.Workbook()
    const template = await writeHelpTemplate()
    await workbook.xlsx.load(template.buffer as ArrayBuffer)
    const sheet = workbook.getWorksheet('Danh sách')
    if (!sheet) throw new Error('no sheet')
    const line = lineOf(7)
    for (const [n, column] of HELP_COLUMNS.entries()) sheet.getCell(4, n + 1).value = line[column] ?? null
    const batchId = await plan(coordinator, unit.id, new Uint8Array(await workbook.xlsx.writeBuffer()))
    expect(preview(coordinator, batchId).counts).toEqual({ create: 1, problem: 0, recorded: 0 })
    await apply(coordinator, batchId)
    expect(records()).toHaveLength(1)
  })

  it('gives back the rows to be mended, and logs it', async () => {
    const { unit, coordinator } = team()
    const batchId = await plan(coordinator, unit.id, pasted([lineOf(1), lineOf(2, { consent: '' })]))
    expect(exportHelpProblems(coordinator, batchId)).toMatchObject([
      { row: 3, problems: [{ column: 'consent', reason: 'consent_needed' }] },
    ])
    const logged = prepared("select data from event where verb = 'export' and subject = 'import_batch'").all()
    expect(logged).toHaveLength(1)
  })

  it('keeps why a file could not be read', async () => {
    const { unit, coordinator } = team()
    const batchId = await plan(coordinator, unit.id, new TextEncoder().encode('xin chào'))
    expect(previewHelp(coordinator, batchId, { view: null, from: 0 })).toMatchObject({
      refusal: 'no_header',
      planned: null,
    })
  })
})

describe('who may', () => {
  it('coordinators and heads within their subtree, for nobody outside it', async () => {
    const { unit, helper, coordinator } = team()
    const elsewhere = unitNamed('Sở Tài chính')
    const stranger = grantTo(makeOfficial(elsewhere.id).actor, 'coordinator', elsewhere.id)
    const upload = (actor: Person) => () =>
      uploadHelp(actor, { campaignId: CAMPAIGN, unitId: unit.id, fileName: 'a', bytes: pasted([lineOf(1)]) })
    expect(statusOf(upload(helper.actor))).toBe(403)
    expect(statusOf(upload(stranger))).toBe(403)
    const batchId = await plan(coordinator, unit.id, pasted([lineOf(1)]))
    expect(previewHelp(stranger, batchId, { view: null, from: 0 })).toBeUndefined()
    expect(previewHelp(helper.actor, batchId, { view: null, from: 0 })).toBeUndefined()
    expect(statusOf(() => startHelpApply(stranger, { batchId, planKey: '' }))).toBe(404)
    expect(statusOf(() => exportHelpProblems(stranger, batchId))).toBe(404)
    expect(findBatch(coordinator, batchId), 'it is no roster').toBeUndefined()
    const other = await plan(stranger, elsewhere.id, pasted([lineOf(1)]))
    expect(preview(stranger, other).rows[0]?.problems[0]?.reason).toBe('official_unknown')
  })

  it('nothing personal stands in the log, and nothing readable in the batch', async () => {
    const { unit, coordinator } = team()
    const batchId = await plan(coordinator, unit.id, pasted([lineOf(1)]))
    const { cipher } = prepared('select plan_cipher as cipher from import_batch where id = ?').get(batchId) as {
      cipher: Buffer
    }
    expect(cipher.includes(citizenNumber(1))).toBe(false)
    await apply(coordinator, batchId)
    const events = JSON.stringify(prepared('select data from event').all())
    expect(events).not.toContain(citizenNumber(1))
    expect(events).not.toContain('Điểu')
  })
})
