import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import ExcelJS from 'exceljs'
import { PDFDocument } from 'pdf-lib'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { writeReportWorkbook } from '#app/documents/report-export.ts'
import { canonicalJson } from '#app/domain/report.ts'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { dueOf, dueReports, findReport, reportEvidence, reportStates } from '#app/queries/report.server.ts'
import { exportPaper, exportReport, listReportTable } from '#app/queries/report-export.server.ts'
import { noteOpening } from '#app/queries/report-opening.server.ts'
import {
  draftReport,
  dropDraft,
  fileReport,
  signingState,
  signReport,
  undoSigning,
} from '#app/queries/report-signing.server.ts'
import { openFile } from '#app/queries/stored-file.server.ts'
import { campaignTerms } from '#app/text/terms.ts'
import { db, prepared } from '#db/client.server.ts'
import { collectionDay, collectionPoint, difficulty, outreach, report, unit } from '#db/schema.ts'
import { nameOf } from '#tests/indicators.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  NOW,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

const COMMUNE = 'UBND xã Tân Thành'
const DISTRICT = 'Thành phố Đồng Xoài'
const WEEK = 'tuan-2024-06-14'
const at = (text: string) => Date.parse(`${text}+07:00`)

let unitId = 0
let member: ReturnType<typeof makeOfficial>
let coordinator: Person
let head: Person
let above: Person

beforeEach(() => {
  makeProvince()
  unitId = unitNamed(COMMUNE).id
  member = makeOfficial(unitId)
  coordinator = grantTo(makeOfficial(unitId).actor, 'coordinator', unitId)
  head = grantTo(makeOfficial(unitId, { name: 'Trần Thị Đầu Ngành', isLeader: true }).actor, 'head', unitId)
  above = grantTo(makeOfficial(unitNamed(DISTRICT).id, { isLeader: true }).actor, 'head', unitNamed(DISTRICT).id)
})
afterEach(dropProvince)

const WORDS = { difficulties: 'Sóng yếu ở ấp 6.\r\nThiếu máy.', proposals: null, reason: null }
const asked = (slug = WEEK) => ({ unitId, slug })
const page = (actor: Person = coordinator, slug = WEEK) => {
  const found = findReport(actor, CAMPAIGN, asked(slug))
  if (!found) throw new Error('no report')
  return found
}
const draft = (actor = coordinator, changes: Partial<typeof WORDS> | { reason: string } = {}) =>
  draftReport(actor, CAMPAIGN, { ...asked(), input: { ...WORDS, ...changes } })
/** WEEK ends two days after the instant of tests. */
const EARLY = 'Thủ trưởng đi công tác ngày 14/6.'
const sign = (actor = head, slug = WEEK, earlyReason: string | null = EARLY) =>
  signReport(actor, CAMPAIGN, { ...asked(slug), earlyReason })
const refusedBy = (...reasons: string[]) => ({ ok: false, problems: reasons.map(reason => ({ field: '', reason })) })

let citizens = 0
function help(helpedOn = '2024-06-10') {
  citizens += 1
  const made = recordHelp(member.actor, CAMPAIGN, {
    officialId: member.officialId,
    input: helpForm(citizens, { helpedOn }),
  })
  if (!made.ok) throw new Error(JSON.stringify(made))
  confirmNow(head, CAMPAIGN, [made.helpId])
}

const pdf = async () => {
  const document = await PDFDocument.create()
  document.addPage()
  return { mediaType: 'application/pdf' as const, content: Buffer.from(await document.save()) }
}
const PAPER = {
  documentNumber: '45/BC-UBND',
  documentOn: '2024-06-12',
  signerName: 'Lê Văn Phó',
  signerCapacity: 'deputy',
  earlyReason: EARLY,
} as const

describe('who signs', () => {
  it('is the head of that very unit, and nobody else', () => {
    draft()
    expect(statusOf(() => sign(coordinator))).toBe(403)
    expect(statusOf(() => sign(above))).toBe(403)
    expect(statusOf(() => sign(grantTo(makeOfficial(unitId).actor, 'campaign_office', 1)))).toBe(403)
    expect(statusOf(() => sign(member.actor))).toBe(404)
    const elsewhere = unitNamed('UBND phường Tân Phú').id
    expect(statusOf(() => sign(grantTo(makeOfficial(elsewhere).actor, 'head', elsewhere)))).toBe(404)
    expect(db.select().from(report).get()?.signedAt).toBeNull()
    expect(sign(head)).toEqual({ ok: true })
    expect(page().signed[0]?.content).toMatchObject({
      signerName: 'Trần Thị Đầu Ngành',
      signerCapacity: 'head',
      signerTitle: 'Chủ tịch UBND xã',
    })
  })

  it('may be told by the coordinator, with the signed PDF', async () => {
    draft()
    const file = await pdf()
    expect(statusOf(() => fileReport(member.actor, CAMPAIGN, { ...asked(), input: PAPER, file }))).toBe(404)
    const late = { ...PAPER, documentOn: '2024-06-13' }
    expect(fileReport(coordinator, CAMPAIGN, { ...asked(), input: late, file })).toMatchObject({
      problems: [{ field: 'documentOn', reason: 'in_future' }],
    })
    const image = { mediaType: 'image/png' as const, content: file.content }
    expect(fileReport(coordinator, CAMPAIGN, { ...asked(), input: PAPER, file: image })).toMatchObject({
      problems: [{ field: 'file', reason: 'document_needs_pdf' }],
    })
    expect(fileReport(coordinator, CAMPAIGN, { ...asked(), input: PAPER, file })).toEqual({ ok: true })
    const [signed] = page().signed
    expect(signed?.content).toMatchObject(PAPER)
    const fileId = signed?.signedFileId ?? 0
    expect(openFile(above, CAMPAIGN, fileId)?.mediaType).toBe('application/pdf')
    expect(openFile(member.actor, CAMPAIGN, fileId)).toBeUndefined()
  })

  it('cannot sign twice without the draft of a correction, nor before the period', () => {
    sign()
    expect(sign()).toEqual(refusedBy('report_signed'))
    expect(sign(head, 'tuan-2024-06-21')).toEqual(refusedBy('report_not_open'))
    expect(sign(head, 'tong-ket')).toEqual(refusedBy('report_not_open'))
    expect(statusOf(() => sign(head, 'tuan-2024-06-13'))).toBe(404)
  })

  it('a draft is kept by coordinator and head, and can be dropped while unsigned', () => {
    expect(statusOf(() => draft(member.actor))).toBe(404)
    expect(draft()).toEqual({ ok: true })
    expect(draft(head, { difficulties: 'Đã sửa.' })).toEqual({ ok: true })
    expect(page().draft).toMatchObject({ version: 1, difficulties: 'Đã sửa.' })
    dropDraft(coordinator, CAMPAIGN, asked())
    expect(page().draft).toBeNull()
    expect(statusOf(() => dropDraft(coordinator, CAMPAIGN, asked()))).toBe(404)
  })
})

describe('signing', () => {
  const undo = (actor: Person = head) => undoSigning(actor, CAMPAIGN, asked())
  const later = (minutes: number) => moveClock(head, NOW + minutes * 60_000)

  it('before the period’s last day takes a reason, on either way; from that day on none is kept', async () => {
    const missing = { ok: false, problems: [{ field: 'earlyReason', reason: 'early_reason_needed' }] }
    expect(sign(head, WEEK, null)).toEqual(missing)
    const file = await pdf()
    expect(fileReport(coordinator, CAMPAIGN, { ...asked(), input: { ...PAPER, earlyReason: null }, file })).toEqual(
      missing,
    )
    expect(page().signed).toEqual([])
    expect(sign()).toEqual({ ok: true })
    expect(page().signed[0]?.content.earlyReason).toBe(EARLY)
    undo()
    moveClock(head, at('2024-06-14T00:00'))
    expect(sign(head, WEEK, null)).toEqual({ ok: true })
    expect(page().signed[0]?.content.earlyReason).toBeNull()
  })

  it('shows what waits and what is empty, to the unit’s own head alone', () => {
    const made = recordHelp(member.actor, CAMPAIGN, {
      officialId: member.officialId,
      input: helpForm(77, { helpedOn: '2024-06-10' }),
    })
    expect(made.ok).toBe(true)
    const stateOf = (actor: Person) => signingState(actor, CAMPAIGN, asked()).state
    expect(stateOf(head)).toMatchObject({
      waiting: { help: 1, obligations: 0, exemptions: 0, reports_below: 0 },
      isEmpty: { difficulties: true, proposals: true },
    })
    draft()
    expect(stateOf(head).isEmpty).toEqual({ difficulties: false, proposals: true })
    for (const actor of [coordinator, above]) expect(statusOf(() => stateOf(actor))).toBe(403)
    const districtHead = above
    expect(
      signingState(districtHead, CAMPAIGN, { unitId: unitNamed(DISTRICT).id, slug: WEEK }).state.waiting.reports_below,
    ).toBe(1)
  })

  it('can be taken back for ten minutes, by its own head', () => {
    draft()
    sign()
    later(9)
    expect(page(head).mayUndo).toBe(true)
    expect(page(coordinator).mayUndo).toBe(false)
    expect(statusOf(() => undo(coordinator))).toBe(403)
    expect(statusOf(() => undo(above))).toBe(403)
    expect(undo()).toEqual({ ok: true })
    expect(page()).toMatchObject({
      signed: [],
      state: 'draft',
      draft: { version: 1, difficulties: WORDS.difficulties },
    })
    expect(db.select().from(report).get()).toMatchObject({
      signedAt: null,
      figures: null,
      hash: null,
      signerName: null,
    })
    sign()
    later(20)
    expect(page(head).mayUndo).toBe(false)
    expect(undo()).toEqual(refusedBy('undo_late'))
    expect(page().signed).toHaveLength(1)
  })

  it('cannot be taken back once somebody above has opened it, by page or export', () => {
    const opens: [string, () => unknown][] = [
      ['page', () => noteOpening(above, page(above).unit, [page(above).signed[0]?.id ?? 0])],
      [
        'office',
        () =>
          noteOpening(grantTo(makeOfficial(1).actor, 'campaign_office', 1), page().unit, [page().signed[0]?.id ?? 0]),
      ],
      ['json', () => exportReport(above, CAMPAIGN, { ...asked(), format: 'json' })],
      ['docx', () => exportPaper(above, CAMPAIGN, asked())],
      ['table', () => listReportTable(above, CAMPAIGN, unitNamed(DISTRICT).path)],
    ]
    for (const [name, open] of opens) {
      sign()
      exportPaper(coordinator, CAMPAIGN, asked())
      exportReport(head, CAMPAIGN, { ...asked(), format: 'xlsx' })
      expect(page(head).mayUndo, name).toBe(true)
      open()
      expect(page(head).mayUndo, name).toBe(false)
      expect(undo(), name).toEqual(refusedBy('undo_opened'))
      db.delete(report).run()
    }
  })

  it('on paper is taken back with its scan, by who handed it in; not once the scan was opened above', async () => {
    const file = () =>
      pdf().then(content => fileReport(coordinator, CAMPAIGN, { ...asked(), input: PAPER, file: content }))
    await file()
    const fileId = page().signed[0]?.signedFileId ?? 0
    expect(undo(coordinator)).toEqual({ ok: true })
    expect(openFile(coordinator, CAMPAIGN, fileId)).toBeUndefined()
    await file()
    openFile(above, CAMPAIGN, page().signed[0]?.signedFileId ?? 0)
    expect(undo(coordinator)).toEqual(refusedBy('undo_opened'))
  })

  it('of an older version is not taken back', () => {
    sign()
    draft(coordinator, { reason: 'Sửa.' })
    expect(undo()).toEqual(refusedBy('undo_not_newest'))
  })
})

describe('what was signed', () => {
  it('never moves, though the live figures do', () => {
    help()
    sign()
    const before = page().signed[0]
    help()
    const { signed, live } = page()
    expect(signed[0]).toEqual(before)
    expect(signed[0]?.content.figures.counted).toBe(1)
    expect(live.counted).toBe(2)
  })

  it('stays beside its correction, which needs a reason', () => {
    sign()
    const first = page().signed[0]
    help()
    expect(draft()).toMatchObject({ problems: [{ field: 'reason', reason: 'required' }] })
    expect(draft(coordinator, { reason: 'Bổ sung trường hợp ngày 10/6.' })).toEqual({ ok: true })
    expect(sign()).toEqual({ ok: true })
    const { signed } = page()
    expect(signed.map(row => row.version)).toEqual([2, 1])
    expect(signed[1]).toEqual(first)
    expect(signed[0]?.content).toMatchObject({
      reason: 'Bổ sung trường hợp ngày 10/6.',
      figures: { counted: 1 },
    })
  })

  it('holds help, outreach, collection and difficulties of its days, of the unit with everything below', () => {
    help('2024-06-10')
    help('2024-06-07')
    const by = { createdAt: NOW, createdBy: coordinator.accountId, campaignId: CAMPAIGN, unitId }
    const place = { localityCode: '25195', place: 'Nhà văn hóa ấp 1' }
    for (const [heldOn, withdrawnAt] of [
      ['2024-06-07', null],
      ['2024-06-10', null],
      ['2024-06-06', NOW],
    ] as const)
      db.insert(outreach)
        .values({ ...by, ...place, channel: 'meeting', heldOn, people: 40, withdrawnAt })
        .run()
    const point = db
      .insert(collectionPoint)
      .values({
        ...by,
        ...place,
        kind: 'mobile',
        name: 'Điểm ấp 1',
        fromOn: '2024-06-01',
        toOn: '2024-06-30',
        hours: '7 giờ – 11 giờ',
        dailyCapacity: 50,
      })
      .returning()
      .get()
    const entered = { pointId: point.id, enteredAt: NOW, enteredBy: coordinator.accountId }
    db.insert(collectionDay)
      .values({ ...entered, day: '2024-06-05', invited: 50, received: 30, sentOn: 20, approved: 5 })
      .run()
    db.insert(collectionDay)
      .values({ ...entered, day: '2024-06-11', invited: 9, received: 9, sentOn: 9, approved: 9 })
      .run()
    db.insert(difficulty)
      .values({
        campaignId: CAMPAIGN,
        unitId,
        route: 'telecom_office',
        title: 'Sóng yếu',
        body: '',
        folded: '',
        raisedAt: at('2024-06-07T23:59'),
        raisedBy: coordinator.accountId,
      })
      .run()
    expect(page(above, 'tuan-2024-06-07').live).toMatchObject({
      reported: 1,
      counted: 1,
      by_unit: 1,
      outreach_sessions: 1,
      outreach_people: 40,
      collection_points: 1,
      collection_invited: 50,
      collection_received: 30,
      collection_sent_on: 20,
      collection_approved: 5,
      difficulties_raised: 1,
      difficulties_answered: 0,
    })
    expect(findReport(above, CAMPAIGN, { unitId: unitNamed(DISTRICT).id, slug: WEEK })?.live).toMatchObject({
      counted: 2,
      outreach_sessions: 2,
      collection_received: 39,
      officials: 4,
    })
  })

  it('is compared with the newest signed version of the period before', () => {
    help('2024-06-05')
    sign(head, 'tuan-2024-06-07')
    help()
    const { before, live } = page()
    expect(before).toMatchObject({ kind: 'weekly', endsOn: '2024-06-07', figures: { counted: 1 } })
    expect(live.counted).toBe(2)
    expect(page(head, 'tuan-2024-06-07').before).toBeNull()
  })
})

describe('the hash', () => {
  const exported = (format: 'xlsx' | 'json' = 'json') => {
    const found = exportReport(head, CAMPAIGN, { ...asked(), format })
    if (!found) throw new Error('nothing to export')
    return found
  }
  const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

  it('is that of the bytes of the JSON export', () => {
    help()
    draft()
    sign()
    const { text, hash } = exported()
    expect(sha256(text)).toBe(hash)
    expect(hash).toBe(page().signed[0]?.hash)
    expect(JSON.parse(text)).toMatchObject({ difficulties: 'Sóng yếu ở ấp 6.\r\nThiếu máy.', figures: { counted: 1 } })
  })

  it('is taken again from either sheet of the workbook alone, also after the unit got another name', async () => {
    help()
    draft()
    sign()
    db.update(unit).set({ name: 'UBND phường Tân Thành' }).where(eq(unit.id, unitId)).run()
    const { hash, ...found } = exported('xlsx')
    const workbook = new ExcelJS.Workbook()
    const bytes = await writeReportWorkbook({ ...found, hash, terms: campaignTerms(EVERY_TERM), nameOf })
    await workbook.xlsx.load(bytes.buffer as ArrayBuffer)
    const cells = (name: string) => {
      const rows: [string, string][] = []
      workbook.getWorksheet(name)?.eachRow(row => {
        rows.push([String(row.getCell(1).value), String(row.getCell(2).value)])
      })
      return new Map(rows)
    }
    expect(sha256(cells('Kiểm tra').get('Nguyên văn đã ký') ?? '')).toBe(hash)
    const items = [...cells('Nội dung')].slice([...cells('Nội dung').keys()].indexOf('Khóa') + 1)
    const content: Record<string, never> = {}
    const figures: Record<string, never> = {}
    for (const [key, json] of items) {
      const value = JSON.parse(json) as never
      if (key.startsWith('figures.')) figures[key.slice('figures.'.length)] = value
      else content[key] = value
    }
    expect(sha256(canonicalJson({ ...content, figures }))).toBe(hash)
  })

  it('changes with any figure or word', () => {
    sign()
    const { content, hash } = exported()
    const changed = { ...content, figures: { ...content.figures, counted: content.figures.counted + 1 } }
    expect(sha256(canonicalJson(changed))).not.toBe(hash)
    expect(sha256(canonicalJson({ ...content, difficulties: ' ' }))).not.toBe(hash)
    expect(sha256(canonicalJson(content))).toBe(hash)
  })

  it('each export is logged, and only what is signed can be exported so', () => {
    expect(exportReport(head, CAMPAIGN, { ...asked(), format: 'json' })).toBeUndefined()
    sign()
    exported()
    const count = () =>
      (prepared("select count(*) as n from event where verb = 'export' and subject = 'report'").get() as { n: number })
        .n
    expect(count()).toBe(1)
    expect(exportReport(member.actor, CAMPAIGN, { ...asked(), format: 'json' })).toBeUndefined()
    expect(count()).toBe(1)
    expect(exportPaper(head, CAMPAIGN, asked())?.signed?.name).toBe('Trần Thị Đầu Ngành')
    expect(count()).toBe(2)
  })
})

describe('states', () => {
  const stateOf = (slug: string, actor: Person = above) => {
    const { periods, units } = reportStates(actor, CAMPAIGN, unitNamed(DISTRICT).path)
    const n = periods.findIndex(({ kind, endsOn }) => slug === (kind === 'final' ? 'tong-ket' : `tuan-${endsOn}`))
    return units.find(row => row.unitId === unitId)?.cells[n]
  }

  it('the level above sees drafts, in time, late and missing', () => {
    expect(stateOf(WEEK)?.state).toBe('awaited')
    draft()
    expect(stateOf(WEEK)?.state).toBe('draft')
    sign()
    expect(stateOf(WEEK)).toEqual({ state: 'in_time', version: 1, signedAt: expect.any(Number) })
    expect(stateOf('tuan-2024-06-07')?.state).toBe('missing')
    sign(head, 'tuan-2024-06-07')
    expect(stateOf('tuan-2024-06-07')?.state).toBe('late')
    expect(stateOf('tong-ket')?.state).toBe('not_open')
  })

  it('a correction after the deadline leaves a report in time', () => {
    sign()
    moveClock(head, at('2024-06-20T08:00'))
    draft(coordinator, { reason: 'Sửa số liệu.' })
    sign()
    expect(stateOf(WEEK)).toMatchObject({ state: 'in_time', version: 2 })
  })

  it('tells only of units in sight that owe a report', () => {
    const names = (actor: Parameters<typeof reportStates>[0]) =>
      reportStates(actor, CAMPAIGN, '/1/').units.map(row => row.name)
    expect(names(head)).toEqual([COMMUNE])
    expect(names(above).toSorted()).toEqual([DISTRICT, COMMUNE].toSorted())
    expect(names(member.actor)).toEqual([])
    expect(names({ kind: 'anonymous' })).toEqual([])
    expect(names(system)).toContain(COMMUNE)
  })

  it('are told as a table, with the figures of the newest signed version', () => {
    help()
    sign()
    const lines = listReportTable(above, CAMPAIGN, unitNamed(DISTRICT).path).filter(
      row => row.unitName === `${COMMUNE}, ${DISTRICT}`,
    )
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toMatchObject({ state: 'in_time', version: 1, figures: { counted: 1 } })
    expect(lines[0]).toMatchObject({ state: 'missing', figures: null })
    expect(listReportTable(member.actor, CAMPAIGN, '/1/')).toEqual([])
  })

  it('reminds head and coordinator of their own unit, the latest deadline first', () => {
    sign(head, 'tuan-2024-06-07')
    const [next, missing] = dueReports(coordinator, CAMPAIGN)
    expect(next).toMatchObject({ unitId, slug: WEEK, state: 'awaited' })
    expect(missing).toMatchObject({ slug: 'tuan-2024-05-31', state: 'missing' })
    expect(dueReports(member.actor, CAMPAIGN)).toEqual([])
    sign()
    expect(dueOf(CAMPAIGN, unitId)[0]?.slug).toBe('tuan-2024-05-31')
  })
})

describe('in an assessment', () => {
  test.each([
    {
      label: 'before the deadline nothing is missing',
      now: '2024-07-09T23:59',
      signs: false,
      missing: false,
      inTime: 0,
      due: 0,
    },
    { label: 'after it the final report is', now: '2024-07-10T00:01', signs: false, missing: true, inTime: 0, due: 1 },
    { label: 'signed in time', now: '2024-07-10T00:01', signs: true, missing: false, inTime: 1, due: 1 },
  ])('$label', ({ now, signs, missing, inTime, due }) => {
    if (signs) {
      moveClock(head, at('2024-07-05T09:00'))
      sign(head, 'tong-ket')
    }
    moveClock(head, at(now))
    expect(reportEvidence(CAMPAIGN, '/1/')(unitId)).toEqual({ isFinalReportMissing: missing, inTime, due })
    expect(reportEvidence(CAMPAIGN, '/1/')(1)).toEqual({ isFinalReportMissing: false, inTime: 0, due: 0 })
    const row = listCollectives(above, CAMPAIGN, { unitPath: '/1/' }).find(one => one.unitId === unitId)
    expect(row?.result === 'no_consideration').toBe(missing)
  })
})
