import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { HELP_COLUMNS } from '#app/domain/help-import.ts'
import { addPoint, enterCollectionDay } from '#app/queries/collection.server.ts'
import { recordFigures } from '#app/queries/indicator-figure.server.ts'
import { logOutreach } from '#app/queries/outreach.server.ts'
import { loader as exportDays } from '#app/routes/field-work/collection-days.xlsx.ts'
import { action as importDays } from '#app/routes/field-work/import-collection-days.tsx'
import { action as importOutreach } from '#app/routes/field-work/import-outreach.tsx'
import { loader as exportOutreach } from '#app/routes/field-work/outreach.xlsx.ts'
import { loader as tableTemplate } from '#app/routes/field-work/template.xlsx.ts'
import { action as importHelp } from '#app/routes/help/import.tsx'
import { action as applyHelp } from '#app/routes/help/import-apply.ts'
import { loader as helpPreview } from '#app/routes/help/import-preview.tsx'
import { loader as helpProblems } from '#app/routes/help/import-problems.xlsx.ts'
import { loader as helpTemplate } from '#app/routes/help/template.xlsx.ts'
import { loader as exportFigures } from '#app/routes/indicator/figures.xlsx.ts'
import { action as importFigures } from '#app/routes/indicator/import.tsx'
import { action as importRoster } from '#app/routes/roster/import.tsx'
import { loader as rosterPreview } from '#app/routes/roster/preview.tsx'
import { loader as rosterTemplate } from '#app/routes/roster/template.xlsx.ts'
import { loader as exportRoster } from '#app/routes/unit/officials.xlsx.ts'
import { action as importWorklist } from '#app/routes/worklist/import.tsx'
import { action as applyWorklist } from '#app/routes/worklist/import-apply.ts'
import { loader as worklistPreview } from '#app/routes/worklist/import-preview.tsx'
import { loader as worklistProblems } from '#app/routes/worklist/import-problems.xlsx.ts'
import { loader as worklistTemplate } from '#app/routes/worklist/template.xlsx.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { rosterHeaders } from '#app/text/roster.ts'
import { layoutLabels } from '#app/text/table-layout.ts'
import { worklistHeaders } from '#app/text/worklist.ts'
import { prepared } from '#db/client.server.ts'
import { batchId, deskAt, filled } from '#tests/desk.ts'
import { nameOf } from '#tests/indicators.ts'
import {
  CAMPAIGN,
  citizenNumber,
  done,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  unitNamed,
} from '#tests/make.ts'
import { type Texts, visitor, withFile } from '#tests/visitor.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const PROVINCE = 'Tỉnh Bình Phước'
/** Two communes of one district that differ in one mark, and communes with one name in two districts. */
const MARKED = ['UBND xã Lộc Thành', 'UBND xã Lộc Thạnh']
const LEVELS = ['UBND xã Lộc Thành', 'Huyện Lộc Ninh', PROVINCE]

const unitsCalled = (name: string) =>
  prepared<{ id: number; localityCode: string }>(
    'select id, locality_code as localityCode from unit where name = ? order by id',
  ).all(name)
const communes = () => [...MARKED, 'UBND xã Tân Thành'].flatMap(unitsCalled)

describe('outreach', () => {
  const NOTHING = { message: undefined, asked: undefined, preview: { rows: [], problems: [] } }
  const log = (by: Person, unitId: number, localityCode: string, place: string) =>
    done(
      logOutreach(by, CAMPAIGN, {
        unitId,
        input: { channel: 'meeting', heldOn: '2024-06-10', localityCode, place, people: 1250, note: null },
      }),
    )

  it.each(LEVELS)('comes back from %s with nothing to import', async name => {
    const all = await deskAt(PROVINCE)
    for (const unit of communes()) log(all.keeper, unit.id, unit.localityCode, `Nhà văn hóa, ${unit.id}`)
    const { id, params, desk } = await deskAt(name)
    const bytes = await desk.download(exportOutreach, `/don-vi/${id}/tuyen-truyen.xlsx`, params)
    const page = `/don-vi/${id}/tuyen-truyen/nhap`
    const known = name === PROVINCE ? 4 : name === LEVELS[1] ? 2 : 1
    const { asked, message, preview } = await desk.ask(importOutreach, page, params, withFile(bytes))
    expect({ asked, message, preview }).toMatchObject({ ...NOTHING, preview: { ...NOTHING.preview, known } })
  })

  it('takes its template, filled in', async () => {
    const { id, params, desk } = await deskAt(LEVELS[0] ?? '')
    const template = await desk.download(tableTemplate, '/mau-tuyen-truyen.xlsx', {})
    const heads = layoutLabels('outreach', [])
    const bytes = await filled(template, heads.channel ?? '', {
      [heads.day ?? '']: '10/6/2024',
      [heads.channel ?? '']: officeLabels.outreachChannel.meeting,
      [heads.place ?? '']: 'Nhà văn hóa',
      [heads.people ?? '']: '1.200',
    })
    const page = `/don-vi/${id}/tuyen-truyen/nhap`
    const { preview } = await desk.ask(importOutreach, page, params, withFile(bytes))
    expect(preview).toMatchObject({ known: 0, problems: [], rows: [{ number: 2 }] })
    const saved: Texts = { pasted: preview?.text ?? '', 'bang-da-doc': 'on', luu: 'on' }
    expect(await desk.send(importOutreach, page, params, saved)).toContain('da-nhap=1')
    expect(prepared('select people from outreach').pluck().all()).toEqual([1200])
  })
})

describe('collection days', () => {
  const POINT = {
    kind: 'fixed',
    // as the head of its column
    name: 'Điểm thu nhận',
    place: 'Trụ sở UBND xã',
    fromOn: '2024-06-01',
    toOn: '2024-06-30',
    hours: '7 giờ – 17 giờ',
    dailyCapacity: 40,
  } as const
  const pointAt = (by: Person, unitId: number, localityCode: string) => {
    const { pointId } = done(addPoint(by, CAMPAIGN, { unitId, input: { ...POINT, localityCode } }))
    const input = { day: '2024-06-10', invited: 1300, received: 3, sentOn: 2, approved: 1 }
    done(enterCollectionDay(by, CAMPAIGN, { pointId, input }))
  }

  it.each(LEVELS)('come back from %s with nothing to import', async name => {
    const all = await deskAt(PROVINCE)
    for (const unit of communes()) pointAt(all.keeper, unit.id, unit.localityCode)
    const { id, params, desk } = await deskAt(name)
    const bytes = await desk.download(exportDays, `/don-vi/${id}/diem-thu-nhan.xlsx`, params)
    const { asked, message, preview } = await desk.ask(
      importDays,
      `/don-vi/${id}/diem-thu-nhan/nhap`,
      params,
      withFile(bytes),
    )
    const known = name === PROVINCE ? 4 : name === LEVELS[1] ? 2 : 1
    expect({ asked, message, preview }).toMatchObject({
      asked: undefined,
      message: undefined,
      preview: { rows: [], problems: [], known },
    })
  })

  it('takes their template, filled in', async () => {
    const { id, params, desk, keeper } = await deskAt(LEVELS[0] ?? '')
    pointAt(keeper, id, unitsCalled(LEVELS[0] ?? '')[0]?.localityCode ?? '')
    const template = await desk.download(tableTemplate, '/mau-diem-thu-nhan.xlsx', {})
    const heads = layoutLabels('collection_days', [])
    const bytes = await filled(template, heads.point ?? '', {
      [heads.point ?? '']: POINT.name,
      [heads.day ?? '']: '11/6/2024',
      [heads.received ?? '']: '7',
    })
    const { preview } = await desk.ask(importDays, `/don-vi/${id}/diem-thu-nhan/nhap`, params, withFile(bytes))
    expect(preview).toMatchObject({ problems: [], rows: [{ number: 2 }] })
  })
})

describe('figures', () => {
  const DAY = '2024-06-11'
  const PLACES = [
    ['25294', 'a commune'],
    ['692', 'a district'],
    ['70', 'the province'],
  ] as const
  const office = () => grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', unitNamed(PROVINCE).id)

  it.each(PLACES)('of %s (%s) come back with nothing to import', async code => {
    const keeper = office()
    const figures = ['25294', '25280', '692', '694', '70'].map((localityCode, n) => ({
      localityCode,
      indicator: 'eid_activated' as const,
      value: 1200 + n,
    }))
    done(recordFigures(keeper, CAMPAIGN, { asOfOn: DAY, source: 'Công an', reason: '', origin: 'typed', figures }))
    const desk = await visitor(keeper)
    for (const path of [
      `/dia-ban/${code}/so-lieu.xlsx?ngay=${DAY}`,
      `/dia-ban/${code}/so-lieu.csv?ngay=${DAY}&kieu=csv`,
    ]) {
      const bytes = await desk.download(exportFigures, path, { code })
      const form = withFile(bytes, { asOfOn: DAY }, path.includes('csv') ? 'so-lieu.csv' : 'so-lieu.xlsx')
      const shown = await desk.ask(importFigures, `/dia-ban/${code}/so-lieu/nhap`, { code }, form)
      expect(shown).toMatchObject({ ok: true, fresh: 0, problems: [] })
      if (shown.ok) expect(shown.count).toBeGreaterThan(0)
    }
  })

  it('takes its template, filled in', async () => {
    const desk = await visitor(office())
    const template = await desk.download(tableTemplate, '/mau-so-lieu.xlsx', {})
    const bytes = await filled(template, 'Địa bàn', {
      'Địa bàn': 'xã Lộc Thạnh',
      [nameOf('eid_activated')]: '1.200',
    })
    const form = withFile(bytes, { asOfOn: DAY })
    const shown = await desk.ask(importFigures, '/dia-ban/692/so-lieu/nhap', { code: '692' }, form)
    expect(shown).toMatchObject({
      ok: true,
      fresh: 1,
      problems: [],
      answer: { typed: { '25280:eid_activated': '1200' } },
    })
  })

  it('are marked where saving would refuse them', async () => {
    const keeper = office()
    const figures = [{ localityCode: '25280', indicator: 'eid_activated', value: 50 }]
    done(recordFigures(keeper, CAMPAIGN, { asOfOn: DAY, source: 'Công an', reason: '', origin: 'typed', figures }))
    const desk = await visitor(keeper)
    const pasted = `Mã địa bàn\t${nameOf('eid_activated')}\n25280\t40\n25294\t3\n`
    const page = '/dia-ban/692/so-lieu/nhap'
    const marked = async (asOfOn: string) => {
      const shown = await desk.ask(importFigures, page, { code: '692' }, { pasted, asOfOn })
      return shown.ok ? shown.answer.problems.map(({ name }) => name) : []
    }
    expect(await marked(DAY)).toEqual(['25280:eid_activated'])
    expect(await marked('2024-06-12')).toEqual(['25280:eid_activated'])
    const later = { pasted, asOfOn: '2024-06-13' }
    expect(await desk.ask(importFigures, page, { code: '692' }, later)).toMatchObject({ ok: false, asked: undefined })
  })
})

describe('rosters', () => {
  const LIST = { list: 'staff', fromOn: '2024-04-04' }

  it.each(LEVELS)('of %s come back with nothing to import', async name => {
    for (const unit of communes())
      for (const person of ['Đinh Thị Thử Toàn', 'Đinh Thị Thử Toán', 'Y Thử']) makeOfficial(unit.id, { name: person })
    const { id, params, desk } = await deskAt(name)
    const bytes = await desk.download(exportRoster, `/don-vi/${id}/nguoi-thuc-hien.xlsx`, params)
    const to = await desk.send(importRoster, `/don-vi/${id}/nguoi-thuc-hien/nhap`, params, withFile(bytes, LIST))
    expect(to).toBe(`/lo-nhap/${batchId()}`)
    const { planned } = await desk.open(rosterPreview, { batchId: batchId() })
    const people = name === PROVINCE ? 13 : name === LEVELS[1] ? 7 : 4
    expect(planned?.counts).toMatchObject({ create: 0, update: 0, problem: 0, unchanged: people })
  })

  it('take their template, filled in', async () => {
    const { id, params, desk } = await deskAt('Sở Nội vụ')
    const bytes = await filled(
      await desk.download(rosterTemplate, '/mau-danh-sach.xlsx', {}),
      rosterHeaders.name.header,
      {
        [rosterHeaders.name.header]: 'Đinh Thị Thử Hoa',
        [rosterHeaders.number.header]: citizenNumber(7),
        [rosterHeaders.category.header]: 'Công chức',
      },
    )
    await desk.send(importRoster, `/don-vi/${id}/nguoi-thuc-hien/nhap`, params, withFile(bytes, LIST))
    const { planned } = await desk.open(rosterPreview, { batchId: batchId() })
    expect(planned?.counts).toMatchObject({ create: 1, problem: 0 })
  })
})

describe('worklists', () => {
  const LIST = { name: 'Đợt 1', legalBasis: 'Kế hoạch 128/KH-UBND, mục III.3' }
  const CITIZEN = { name: 'Thị Thử Na', hamlet: 'Ấp 1', lacks: 'kích hoạt; SIM' }

  async function importedAt(name: string) {
    const office = await deskAt(name)
    const { id, params, desk } = office
    const page = `/don-vi/${id}/phan-cong/nhap`
    const heads = worklistHeaders
    const template = await desk.download(worklistTemplate, '/mau-danh-sach-nguoi-dan.xlsx', {})
    const bytes = await filled(template, heads.name.header, {
      [heads.name.header]: CITIZEN.name,
      [heads.number.header]: citizenNumber(9),
      [heads.hamlet.header]: CITIZEN.hamlet,
      [heads.commune.header]: 'xã Lộc Thạnh',
      [heads.lacks.header]: CITIZEN.lacks,
    })
    await desk.send(importWorklist, page, params, withFile(bytes, LIST))
    const batch = { ...params, batchId: batchId() }
    const { planned } = await desk.open(worklistPreview, batch)
    expect(planned?.counts).toEqual({ problem: 0, add: 1, contact: 0, kept: 0 })
    const form = { planKey: planned?.planKey ?? '' }
    await desk.send(applyWorklist, `${page}/${batch.batchId}/ap-dung`, batch, form)
    return { ...office, page, bytes }
  }

  it.each(['UBND xã Lộc Thạnh', 'Huyện Lộc Ninh'])('of %s again have nothing to import', async name => {
    const { params, desk, page, bytes } = await importedAt(name)
    expect(await desk.send(importWorklist, page, params, withFile(bytes, LIST))).toBe(`${page}/${batchId()}`)
    const { planned } = await desk.open(worklistPreview, { ...params, batchId: batchId() })
    expect(planned?.counts).toEqual({ problem: 0, add: 0, contact: 0, kept: 1 })
  })

  it('rows to be mended come back as they went out', async () => {
    const { params, desk, page } = await importedAt('UBND xã Lộc Thạnh')
    const bad = new TextEncoder().encode('Họ và tên;Số định danh;Ấp;Nội dung còn thiếu\nThị Thử Me;07018;Ấp 2;SIM\n')
    await desk.send(importWorklist, page, params, withFile(bad, LIST, 'ds.csv'))
    const batch = { ...params, batchId: batchId() }
    const bytes = await desk.download(worklistProblems, `${page}/${batch.batchId}/can-sua.xlsx`, batch)
    await desk.send(importWorklist, page, params, withFile(bytes, LIST))
    const { planned } = await desk.open(worklistPreview, { ...params, batchId: batchId() })
    expect(planned?.counts).toEqual({ problem: 1, add: 0, contact: 0, kept: 0 })
  })
})

describe('records', () => {
  it('of the template, filled in, go in; the same list again has nothing to import; what is to be mended comes back', async () => {
    const { id, params, desk } = await deskAt('UBND xã Lộc Thạnh')
    const { name } = makeOfficial(id, { name: 'Lê Văn Thử Hùng' })
    const page = `/don-vi/${id}/truong-hop/nhap`
    const cells: Partial<Record<(typeof HELP_COLUMNS)[number], string>> = {
      officialName: name,
      citizenName: 'Thị Thử Na',
      citizenNumber: citizenNumber(5),
      birth: '1990',
      commune: 'Xã Lộc Thạnh',
      helpedOn: '10/4/2024',
      place: 'Tại nhà',
      vneid_installed: 'x',
      eid_activated: '12/4/2024',
      sim_signature: 'Đã có từ trước',
      consentChannel: 'Bằng văn bản',
      consent: 'x',
    }
    const template = await desk.download(helpTemplate, '/mau-truong-hop.xlsx', {})
    const rowOf = (changes: typeof cells) =>
      Object.fromEntries(
        Object.entries({ ...cells, ...changes }).map(([column, text]) => [
          helpHeaders[column as (typeof HELP_COLUMNS)[number]].header,
          text,
        ]),
      )
    const good = await filled(template, helpHeaders.citizenName.header, rowOf({}))
    const shown = async (bytes: Uint8Array<ArrayBuffer>) => {
      expect(await desk.send(importHelp, page, params, withFile(bytes))).toBe(`${page}/${batchId()}`)
      return desk.open(helpPreview, { ...params, helpBatchId: batchId() })
    }
    const first = await shown(good)
    expect(first.planned?.counts).toEqual({ create: 1, problem: 0, recorded: 0 })
    const batch = { ...params, helpBatchId: batchId() }
    await desk.send(applyHelp, `${page}/${batch.helpBatchId}/ap-dung`, batch, { planKey: first.planned?.planKey ?? '' })
    expect((await shown(good)).planned?.counts).toEqual({ create: 0, problem: 0, recorded: 1 })
    await shown(await filled(template, helpHeaders.citizenName.header, rowOf({ consent: '' })))
    const open = { ...params, helpBatchId: batchId() }
    const problems = await desk.download(helpProblems, `${page}/${open.helpBatchId}/can-sua.xlsx`, open)
    expect((await shown(problems)).planned?.counts).toEqual({ create: 0, problem: 1, recorded: 0 })
  })
})
