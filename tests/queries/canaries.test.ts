import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeWorklistTemplate } from '#app/documents/worklist-template.ts'
import { HELP_COLUMNS } from '#app/domain/help-import.ts'
import { foldName } from '#app/domain/name.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { askByCode } from '#app/queries/citizen-request.server.ts'
import { uploadExtract } from '#app/queries/extract.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { startHelpApply, uploadHelp } from '#app/queries/help-batch.server.ts'
import { previewHelp } from '#app/queries/help-preview.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { listSheetsToTake, recordTaken, takeSheets } from '#app/queries/inspection-along.server.ts'
import { drawInspection } from '#app/queries/inspection-draw.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { findWorklistBatch, startWorklistApply, uploadWorklist } from '#app/queries/worklist-import.server.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { makeBackup } from '#db/backup.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { CANARIES, type Canary, tracesIn } from '#tests/canary-search.ts'
import { CAMPAIGN, done, dropProvince, grantTo, helpForm, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const people = (from: number, to: number) => CANARIES.slice(from, to)

async function work() {
  for (let job = takeJob(); job; job = takeJob()) {
    await runJob(job)
    const done = prepared('select state, result from job where id = ?').get(job.id) as { state: string; result: string }
    if (done.state !== 'done') throw new Error(done.result)
  }
}

const lastBatch = () => (prepared('select max(id) as id from import_batch').get() as { id: number }).id

/** Records by form: with a note that names the citizen, refused ones, and the citizen's own request. */
function byForm() {
  const official = makeOfficial(unitNamed('Sở Nội vụ').id)
  for (const [n, canary] of people(0, 20).entries()) {
    const note = `Nhà ông ${canary.name}, ${canary.phone}`
    const input = helpForm(n, { citizen: canary, note })
    const made = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input })
    if (!made.ok) throw new Error(JSON.stringify(made))
    expect(findHelp(official.actor, CAMPAIGN, made.helpId)).toMatchObject({ citizenName: canary.name, note })
    issueCitizenLink(official.actor, CAMPAIGN, made.helpId)
    const { code } = findCitizenLink(official.actor, CAMPAIGN, { id: made.helpId, officialId: official.officialId })
    expect(askByCode(code ?? '', { kind: 'correct', message: `Tôi là ${canary.name}, số ${canary.number}` }).ok).toBe(
      true,
    )
    const refused = helpForm(n, { citizen: { ...canary, birthYear: 1971 }, helpedOn: '2025-01-01' })
    expect(recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: refused }).ok).toBe(false)
  }
}

async function byHelpImport() {
  const unit = unitNamed('Sở Nội vụ')
  makeOfficial(unit.id, { name: 'Lê Văn Hùng' })
  const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
  const lines = people(20, 35).map(canary => ({
    officialName: 'Lê Văn Hùng',
    citizenName: canary.name,
    citizenNumber: canary.number,
    phone: canary.phone,
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
  })) as Record<string, string>[]
  const table = [
    HELP_COLUMNS.map(column => helpHeaders[column].header),
    ...lines.map(line => HELP_COLUMNS.map(c => line[c] ?? '')),
  ]
  const bytes = new TextEncoder().encode(table.map(cells => cells.join('\t')).join('\n'))
  uploadHelp(coordinator, { campaignId: CAMPAIGN, unitId: unit.id, fileName: 'zalo.txt', bytes })
  await work()
  const planned = previewHelp(coordinator, lastBatch(), { view: null, from: 0 })?.planned
  expect(startHelpApply(coordinator, { batchId: lastBatch(), planKey: planned?.planKey ?? '' }).ok).toBe(true)
  await work()
}

async function byWorklist() {
  const unit = unitNamed('UBND xã Tân Thành')
  const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
  const entries = people(35, 50).map(canary => ({
    ...canary,
    birth: '1990',
    commune: '',
    hamlet: 'Ấp 1',
    address: `Nhà ${canary.name}`,
    lacks: ['eid_activation' as const],
  }))
  const bytes = await writeWorklistTemplate(entries)
  const about = { name: 'Đợt 1', legalBasis: 'Kế hoạch 128/KH-UBND', fileName: 'ds.xlsx' }
  uploadWorklist(coordinator, CAMPAIGN, { ...about, unitId: unit.id, bytes })
  await work()
  const content = findWorklistBatch(coordinator, lastBatch())?.content
  if (content?.stage !== 'planned') throw new Error('not planned')
  startWorklistApply(coordinator, { batchId: lastBatch(), planKey: content.planKey })
  // what is staged between upload and application must be sealed as well, so a second upload is left standing
  uploadWorklist(coordinator, CAMPAIGN, { ...about, unitId: unit.id, bytes })
  await work()
}

/** Sheets of an inspection that are taken along, and results whose notes name the citizen. */
function alongTheRoad() {
  const office = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'campaign_office', 1)
  const inspector = () => grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'inspector', 1)
  const [member, second] = [inspector(), inspector()]
  const memberIds = [member.accountId, second.accountId]
  const input = { certainty: 0.95, untrueShare: 0.05, riskPicks: 0, memberIds }
  const { inspectionId } = done(drawInspection(office, CAMPAIGN, { unitId: unitNamed('Sở Nội vụ').id, input }))
  const helpIds = listSheetsToTake(member, CAMPAIGN, inspectionId).open.map(({ helpId }) => helpId)
  const { sheets } = done(takeSheets(member, CAMPAIGN, { inspectionId, helpIds, purpose: 'meet' }))
  expect(sheets.some(({ name }) => CANARIES.some(canary => canary.name === name))).toBe(true)
  for (const { helpId, from, name, phone } of sheets) {
    const found = { inspectionId, helpId, from, result: 'true', foundBy: 'met', enteredAt: null } as const
    done(recordTaken(member, CAMPAIGN, { ...found, note: `Gặp ${name}, ${phone}` }))
  }
}

function byExtract() {
  const rows = CANARIES.map(({ number, name, phone }) => `${number};05/04/2024;${name};${phone}`)
  uploadExtract(grantTo(makeOfficial(1).actor, 'campaign_office', 1), CAMPAIGN, {
    input: { source: 'police', asOfOn: '2024-05-20', isFullList: true, localities: ['689'], carriers: [] },
    fileName: 'trich-xuat.csv',
    bytes: Buffer.from(['Số định danh;Ngày kích hoạt;Họ tên;Điện thoại', ...rows].join('\n')),
  })
}

it('nothing of 50 planted citizens stands in clear in the database, its log, files beside it, or a backup', async () => {
  expect(new Set(CANARIES.map(({ name }) => name)).size).toBe(50)
  byForm()
  await byHelpImport()
  await byWorklist()
  alongTheRoad()
  byExtract()
  expect(prepared('select count(*) as n from help').get()).toEqual({ n: 35 })
  expect(prepared('select count(*) as n from assignment').get()).toEqual({ n: 15 })

  const folder = mkdtempSync(join(tmpdir(), 'canary-'))
  const { file: backup } = await makeBackup(db.$client.name, folder, Date.now(), async () => null)
  const beside = readdirSync(dirname(db.$client.name))
    .filter(name => name.startsWith(basename(db.$client.name)))
    .map(name => join(dirname(db.$client.name), name))
  expect(beside.some(name => name.endsWith('-wal'))).toBe(true)
  expect(beside.some(name => /extract-\d+$/.test(name))).toBe(true)
  const files = [...beside, backup, `${backup}.json`].filter(existsSync)
  expect(tracesIn(files.map(name => ({ name: basename(name), bytes: readFileSync(name) })))).toEqual([])
  rmSync(folder, { recursive: true })
})

it('would be found: in clear, folded, as UTF-16, in hex, or inside a base64', async () => {
  const { name, number } = CANARIES[0] as Canary
  const hidden = [name, foldName(name), Buffer.from(number, 'utf16le'), Buffer.from(name).toString('hex')]
  for (const text of [
    ...hidden,
    ...['', '-', '--'].map(before => Buffer.from(`${before}${number} và tiếp`).toString('base64')),
  ]) {
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from(text as string), Buffer.from('"}')])
    expect(tracesIn([{ name: 'x', bytes }]), String(text)).not.toEqual([])
  }
})
