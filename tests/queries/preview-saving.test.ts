import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { CollectionDay } from '#app/domain/collection.ts'
import { HELP_COLUMNS } from '#app/domain/help-import.ts'
import type { RosterRow } from '#app/domain/roster/row.ts'
import { WORKLIST_COLUMNS } from '#app/domain/worklist.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { addPoint, importCollectionDays, previewCollectionDays } from '#app/queries/collection.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { startHelpApply, uploadHelp } from '#app/queries/help-batch.server.ts'
import { previewHelp } from '#app/queries/help-preview.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { findBatch, uploadRoster } from '#app/queries/import-batch.server.ts'
import { checkFigures, recordFigures } from '#app/queries/indicator-figure.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { importOutreach, previewOutreach } from '#app/queries/outreach.server.ts'
import { planBatch } from '#app/queries/roster.server.ts'
import { applyBatch, isReady } from '#app/queries/roster-apply.server.ts'
import { startWorklistApply, uploadWorklist } from '#app/queries/worklist-import.server.ts'
import { previewWorklist } from '#app/queries/worklist-preview.server.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { worklistHeaders } from '#app/text/worklist.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  citizenNumber,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  unitNamed,
} from '#tests/make.ts'

/*
 * Made rows, right and wrong, on top of what earlier runs stored: whatever a list's preview would take, saving takes. In a
 * preview that refuses nothing saving refuses, somebody who says yes gets what was shown.
 */

beforeEach(() => makeProvince())
afterEach(dropProvince)

const COMMUNE = 'UBND xã Tân Thành'
const RUNS = { numRuns: 12 }
const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values)
/** Mostly the first text, sometimes one of the others. */
const mostly = (right: string, ...others: readonly string[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: oneOf(...others) })

async function work() {
  for (let job = takeJob(); job; job = takeJob()) {
    await runJob(job)
    expect(prepared('select state from job where id = ?').pluck().get(job.id)).toBe('done')
  }
}

const newestBatch = () => prepared<number>('select max(id) from import_batch').pluck().one()
const keeper = (place: string): Person =>
  grantTo(makeOfficial(unitNamed(place).id, { name: 'Hoàng Thị Đầu Mối' }).actor, 'coordinator', unitNamed(place).id)

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8].map(citizenNumber)
const anyNumber = fc.oneof(
  { weight: 8, arbitrary: oneOf(...NUMBERS) },
  {
    weight: 1,
    arbitrary: oneOf('070310000123', '070311000001', '116190000001', '07019000000', '285123456', '70090000001', 'x'),
  },
)
const anyPhone = mostly('', '0901234567', '02713888888', '123', '0901234567 0907654321')

describe('records', () => {
  const line = fc.record<Record<(typeof HELP_COLUMNS)[number], string>>({
    staffCode: mostly('', 'LEHUNG', 'KHONGCO'),
    officialName: mostly('Lê Văn Hùng', 'Trần Thị Hoa', 'Không Ai Biết', 'Hoàng Thị Đầu Mối', ''),
    unit: fc.constant(''),
    citizenName: mostly('Điểu Thị Mẫu', 'Y Ơ', 'Hoµng ThÞ Thö', 'A1', '', 'Mẫu '.repeat(40)),
    citizenNumber: anyNumber,
    birth: mostly('', '1990', '05/5/2010', '1991', 'khoảng 1990'),
    phone: anyPhone,
    carrier: mostly('', 'Viettel', 'mạng lạ'),
    district: mostly('Đồng Xoài', ''),
    commune: mostly('Tân Thành', 'Tân Phú', 'Bến Nghé', ''),
    hamlet: mostly('Ấp 3', 'Ấp 3 '.repeat(40)),
    helpedOn: mostly('10/4/2024', '3/4/2024', '12/6/2024', '13/6/2024', '31/2/2024', ''),
    place: mostly('Tại nhà', 'trên trời', ''),
    vneid_installed: mostly('x', 'Chưa', '09/4/2024', '20/6/2024', ''),
    eid_activated: mostly('x', '12/4/2024', 'Đã có từ trước', 'có lẽ', ''),
    sim_signature: mostly('Đã có từ trước', 'x', ''),
    id_card_issued: mostly('', 'x'),
    eid_submitted: fc.constant(''),
    phone_4g: fc.constant(''),
    portal_account: mostly('', '1/1/2030'),
    consentChannel: mostly('Bằng văn bản', ''),
    consent: mostly('x', '', 'không'),
    note: mostly('', 'a'.repeat(1200)),
  })

  it('that a preview takes are all recorded', async () => {
    const unit = unitNamed(COMMUNE)
    const helper = makeOfficial(unit.id, { name: 'Lê Văn Hùng' })
    const second = makeOfficial(unit.id, { name: 'Trần Thị Hoa', number: citizenNumber(7) })
    const desk = keeper(COMMUNE)
    const first = done(recordHelp(helper.actor, CAMPAIGN, { officialId: helper.officialId, input: helpForm(1) }))
    done(withdrawHelp(helper.actor, CAMPAIGN, first.helpId))
    done(recordHelp(second.actor, CAMPAIGN, { officialId: second.officialId, input: helpForm(2) }))
    let taken = 0
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 6, maxLength: 12 }), async lines => {
        const text = [
          HELP_COLUMNS.map(column => helpHeaders[column].header),
          ...lines.map(one => HELP_COLUMNS.map(c => one[c])),
        ]
        const bytes = new TextEncoder().encode(text.map(cells => cells.join('\t')).join('\n'))
        uploadHelp(desk, { campaignId: CAMPAIGN, unitId: unit.id, fileName: 'ds.csv', bytes })
        await work()
        const batchId = newestBatch()
        const { planned } = previewHelp(desk, batchId, { view: null, from: 0 }) ?? {}
        if (!planned) return
        const before = prepared<number>('select count(*) from help').pluck().one()
        expect(startHelpApply(desk, { batchId, planKey: planned.planKey }).ok).toBe(true)
        await work()
        const said = prepared<string>(
          "select data from event where subject = 'import_batch' and subject_id = ? and verb = 'import'",
        )
          .pluck()
          .one(String(batchId))
        expect(JSON.parse(said)).toMatchObject({ created: planned.counts.create, refused: 0 })
        expect(prepared('select count(*) from help').pluck().get()).toBe(before + planned.counts.create)
        taken += planned.counts.create
      }),
      RUNS,
    )
    expect(taken).toBeGreaterThan(0)
  })
})

describe('a worklist', () => {
  const line = fc.record<Record<(typeof WORKLIST_COLUMNS)[number], string>>({
    name: mostly('Điểu Thị Mẫu', 'Y Ơ', 'A1', ''),
    number: anyNumber,
    birth: mostly('', '1990', '05/5/2010', '1991'),
    phone: anyPhone,
    commune: mostly('', 'Tân Thành', 'Tân Phú'),
    hamlet: mostly('Ấp 3', 'ấp 03', 'Êp §ång T©m', ''),
    address: mostly('', 'Tổ 2'),
    id_card: mostly('', 'x', 'hỏi lại'),
    eid_account: fc.constant(''),
    eid_activation: mostly('x', ''),
    sim_signature: mostly('', 'x'),
    lacks: mostly('', 'bảo hiểm'),
  })

  it('has everybody on it whom its preview takes, also those whom others recorded', async () => {
    const unit = unitNamed(COMMUNE)
    const desk = keeper(COMMUNE)
    const [own, other] = [makeOfficial(unit.id), makeOfficial(unitNamed('UBND phường Tân Phú').id)]
    done(recordHelp(own.actor, CAMPAIGN, { officialId: own.officialId, input: helpForm(1) }))
    done(recordHelp(other.actor, CAMPAIGN, { officialId: other.officialId, input: helpForm(2) }))
    let taken = 0
    const listed = () => prepared<number>('select count(*) from assignment').pluck().one()
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 6, maxLength: 12 }), async lines => {
        prepared('delete from assignment').run()
        const text = [
          WORKLIST_COLUMNS.map(column => worklistHeaders[column].header),
          ...lines.map(one => WORKLIST_COLUMNS.map(column => one[column])),
        ]
        const bytes = new TextEncoder().encode(text.map(cells => cells.join('\t')).join('\n'))
        const about = { name: 'Đợt 1', legalBasis: 'Kế hoạch 128/KH-UBND', fileName: 'ds.csv' }
        uploadWorklist(desk, CAMPAIGN, { ...about, unitId: unit.id, bytes })
        await work()
        const batchId = newestBatch()
        const { planned } = previewWorklist(desk, batchId, { view: null, from: 0 }) ?? {}
        if (!planned || planned.counts.add === 0) return
        expect(startWorklistApply(desk, { batchId, planKey: planned.planKey }).ok).toBe(true)
        await work()
        expect(listed()).toBe(planned.counts.add)
        taken += planned.counts.add
      }),
      RUNS,
    )
    expect(taken).toBeGreaterThan(0)
  })
})

describe('a roster', () => {
  const row = fc.record({
    name: oneOf('Nguyễn Văn Một', 'Trần Thị Hai', 'Lê Văn Ba'),
    number: oneOf(null, ...NUMBERS),
    staffCode: oneOf(null, 'CB1', 'CB2', 'CB3'),
    phone: oneOf(null, '0901234567', '0907654321'),
    birthYear: oneOf(1990, 1985),
    sex: oneOf('male' as const, null),
    unit: oneOf(null, 'Phòng Tổ chức', 'Phòng Không Có'),
  })

  it('that its preview lets in goes in as a whole', () => {
    const unit = unitNamed('Sở Nội vụ')
    const desk = keeper('Sở Nội vụ')
    makeOfficial(unit.id, { name: 'Lê Văn Ba', number: citizenNumber(8) })
    let ready = 0
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), made => {
        const rows = made.map(
          (one, n): RosterRow => ({
            sheet: 'Danh sách',
            row: n + 2,
            birthOn: null,
            position: 'Chuyên viên',
            section: null,
            category: 'civil_servant',
            isLeader: null,
            associations: {},
            hamlet: null,
            chapter: null,
            ...one,
          }),
        )
        const list = { association: null, fromOn: '2024-04-04' }
        uploadRoster(desk, unit.id, { fileName: 'ds.xlsx', bytes: new Uint8Array(), ...list })
        prepared("update job set state = 'done'").run()
        const batchId = newestBatch()
        planBatch(desk, batchId, { rows, unread: [], problems: [], notices: [], conversions: [] })
        const content = findBatch(desk, batchId)?.content
        if (content?.stage !== 'planned' || !isReady(content)) return
        ready += 1
        const before = prepared<number>('select count(*) from official').pluck().one()
        expect(applyBatch(desk, { batchId, planKey: content.planKey })).toMatchObject({ ok: true })
        expect(prepared('select count(*) from official').pluck().get()).toBe(before + content.plan.creates.length)
      }),
      { numRuns: 60 },
    )
    expect(ready).toBeGreaterThan(0)
  })
})

describe('figures and tables of field work', () => {
  it('that the preview of figures takes are all saved', () => {
    const desk = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
    const figure = fc.record({
      localityCode: oneOf('689', '25207', '1'),
      indicator: oneOf('eid_activated' as const, 'phone_4g' as const),
      value: fc.oneof(fc.integer({ min: 0, max: 40 }), oneOf(-1, 10_000_000, 0.5)),
    })
    const sheet = fc.record({
      asOfOn: oneOf('2024-06-12', '2024-06-01', '2024-06-13', '2024-04-03'),
      reason: mostly('', 'Nhập lại'),
      figures: fc.uniqueArray(figure, { maxLength: 4, selector: one => `${one.localityCode} ${one.indicator}` }),
    })
    fc.assert(
      fc.property(sheet, made => {
        const { changed, problems } = checkFigures(desk, CAMPAIGN, made)
        const saved = recordFigures(desk, CAMPAIGN, { ...made, source: 'Công an', origin: 'typed' })
        expect(saved.ok).toBe(problems.length === 0)
        if (saved.ok) expect(saved.saved).toBe(changed.length)
      }),
      { numRuns: 100 },
    )
  })

  it('that the preview of outreach takes are all saved', () => {
    const desk = keeper(COMMUNE)
    const activity = fc.record({
      channel: oneOf('meeting' as const, 'sms' as const),
      heldOn: oneOf('2024-06-10', '2024-06-13', '2024-04-03', '2024-06-12'),
      localityCode: oneOf('25207', '25195', '1'),
      place: oneOf('Nhà văn hóa', 'Chợ'),
      people: oneOf(0, 1, 40, 10_000_000),
      note: fc.constant(null),
    })
    const unitId = unitNamed(COMMUNE).id
    fc.assert(
      fc.property(fc.array(activity, { maxLength: 5 }), made => {
        const rows = made.map((one, n) => ({ ...one, number: n + 2, unitId }))
        const { fresh } = previewOutreach(desk, CAMPAIGN, rows)
        expect(importOutreach(desk, CAMPAIGN, fresh)).toMatchObject({ ok: true, added: fresh.length })
      }),
      { numRuns: 60 },
    )
  })

  it('that the preview of collection days takes are all saved', () => {
    const desk = keeper(COMMUNE)
    const point = addPoint(desk, CAMPAIGN, {
      unitId: unitNamed(COMMUNE).id,
      input: {
        kind: 'mobile',
        name: 'Điểm ấp 1',
        localityCode: '25207',
        place: 'Nhà văn hóa',
        fromOn: '2024-06-01',
        toOn: '2024-06-20',
        hours: '17 giờ – 20 giờ',
        dailyCapacity: 40,
      },
    })
    if (!point.ok) throw new Error(JSON.stringify(point))
    const day: fc.Arbitrary<CollectionDay> = fc.record({
      day: oneOf('2024-06-09', '2024-06-10', '2024-06-11', '2024-06-13', '2024-05-31'),
      invited: fc.integer({ min: 0, max: 30 }),
      received: fc.integer({ min: 0, max: 30 }),
      sentOn: fc.integer({ min: 0, max: 30 }),
      approved: fc.integer({ min: 0, max: 30 }),
    })
    fc.assert(
      fc.property(fc.array(day, { maxLength: 4 }), made => {
        const rows = made.map((one, n) => ({ ...one, number: n + 2, pointId: point.pointId }))
        const { fresh } = previewCollectionDays(desk, CAMPAIGN, rows)
        expect(importCollectionDays(desk, CAMPAIGN, fresh)).toMatchObject({ ok: true, added: fresh.length })
      }),
      { numRuns: 100 },
    )
  })
})
