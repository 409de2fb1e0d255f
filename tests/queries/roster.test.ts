import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { answerOf } from '#app/access/refusal.server.ts'
import { writeRoster } from '#app/documents/roster-template.ts'
import { Refusal } from '#app/domain/refusal.ts'
import type { RosterPreviewRow } from '#app/domain/roster/preview.ts'
import { unitLabels } from '#app/domain/roster/units.ts'
import type { Association, Role } from '#app/domain/vocabulary.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { issueActivations } from '#app/queries/account.server.ts'
import { listActivations } from '#app/queries/activation.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { uploadRoster } from '#app/queries/import-batch.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { answerOffer, offersToAnswer } from '#app/queries/join-offer.server.ts'
import { changePeople, recount } from '#app/queries/judging/index.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { exportRoster, settleProposals } from '#app/queries/roster.server.ts'
import { startApply } from '#app/queries/roster-apply.server.ts'
import { previewBatch } from '#app/queries/roster-preview.server.ts'
import { answerTransfer, transferOfficial } from '#app/queries/transfer.server.ts'
import { waitingTransfer } from '#app/queries/transfer-list.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { prepared } from '#db/client.server.ts'
import { posting } from '#db/schema.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
})

const START = '2024-04-04'
const agency = () => unitNamed('Sở Nội vụ')
const coordinatorOf = (unitId: number) =>
  grantTo(makeOfficial(unitId, { name: 'Hoàng Thị Đầu Mối' }).actor, 'coordinator', unitId)

const HEADER = ['Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Số định danh', 'Chức vụ', 'Đơn vị', 'Loại', 'Công đoàn']
type Line = (string | null)[]
const MAN: Line = ['CB1', 'Nguyễn Văn Mẫn', '12/3/1985', '070085000001', 'Chuyên viên', null, 'Công chức', 'x']
/** Born 1980, as the people of `makeOfficial` are. */
const HUNG: Line = [null, 'Lê Văn Hùng', '1980', '070080999999', 'Chuyên viên', null, 'Công chức', null]
const DAO: Line = ['CB2', 'Trần Thị Hồng Đào', '25/12/1990', '070190000002', 'Kế toán', null, 'Viên chức', null]

async function fileOf(lines: Line[], header = HEADER): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('Danh sách').addRows([header, ...lines])
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** Does the jobs that wait; where the last one leads on to. */
async function work(): Promise<string> {
  let to = ''
  for (let job = takeJob(); job; job = takeJob()) {
    await runJob(job)
    const done = prepared('select state, result from job where id = ?').get(job.id) as { state: string; result: string }
    if (done.state !== 'done') throw new Error(done.result)
    to = (JSON.parse(done.result) as { to?: string }).to ?? to
  }
  return to
}

/** Uploads a file and has it planned; the batch's id. */
async function plan(actor: Person, unitId: number, bytes: Uint8Array, association: Association | null = null) {
  uploadRoster(actor, unitId, { fileName: 'ds.xlsx', bytes, association, fromOn: START })
  const to = await work()
  return { to, batchId: Number(to.split(/[/=]/).at(-1)) }
}

function preview(actor: Person, batchId: number) {
  const planned = previewBatch(actor, batchId, { view: 'all', from: 0 })?.planned
  if (!planned) throw new Error('not planned')
  return planned
}

const apply = (actor: Person, batchId: number, hasConsent = false) =>
  startApply(actor, { batchId, planKey: preview(actor, batchId).planKey, hasConsent })

async function imported(actor: Person, unitId: number, bytes: Uint8Array, association: Association | null = null) {
  const { batchId } = await plan(actor, unitId, bytes, association)
  const { counts } = preview(actor, batchId)
  expect(apply(actor, batchId)).toMatchObject({ ok: true })
  await work()
  expect(previewBatch(actor, batchId, { view: 'all', from: 0 })?.applied).not.toBeNull()
  return counts
}

const fates = (rows: readonly RosterPreviewRow[]) => rows.map(({ name, fate }) => [name, fate])
const one = (text: string, ...values: unknown[]) => prepared(text).get(...values) as Record<string, unknown>
const all = (text: string, ...values: unknown[]) => prepared(text).all(...values) as Record<string, unknown>[]
const staffCodes = () => all(`select staff_code as code from official where staff_code like 'CB%' order by 1`)
const officials = (dimension: string, key: number) =>
  prepared('select officials from people_tally where campaign_id = 1 and dimension = ? and key = ?')
    .pluck()
    .get(dimension, String(key))
const chapterOf = (association: Association, unitId: number) =>
  prepared('select id from chapter where association = ? and unit_id = ?').pluck().get(association, unitId) as number

describe('a staff roster', () => {
  it('makes officials with posting, membership, account and match, and nothing before it is applied', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    const { batchId } = await plan(actor, id, await fileOf([MAN, DAO]))
    expect(fates(preview(actor, batchId).rows)).toEqual([
      ['Nguyễn Văn Mẫn', 'create'],
      ['Trần Thị Hồng Đào', 'create'],
    ])
    expect(staffCodes()).toEqual([])
    apply(actor, batchId)
    expect(await work()).toBe(`/lo-nhap/${batchId}`)
    expect(
      all(
        `select o.staff_code as code, a.login, a.password_hash as password, p.category, p.position, p.from_on as fromOn,
                (select count(*) from membership m where m.official_id = o.id) as memberships,
                (select count(*) from official_match x where x.official_id = o.id) as matches
           from official o join account a on a.official_id = o.id join posting p on p.official_id = o.id
          where o.staff_code like 'CB%' and p.unit_id = ? order by 1`,
        id,
      ),
    ).toEqual([
      {
        code: 'CB1',
        login: 'cb1',
        password: null,
        category: 'civil_servant',
        position: 'Chuyên viên',
        fromOn: START,
        memberships: 1,
        matches: 1,
      },
      {
        code: 'CB2',
        login: 'cb2',
        password: null,
        category: 'public_employee',
        position: 'Kế toán',
        fromOn: START,
        memberships: 0,
        matches: 1,
      },
    ])
    expect(officials('unit', id)).toBe(3)
    expect(officials('chapter', chapterOf('union', id))).toBe(1)
  })

  it('applied twice changes nothing', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    const bytes = await fileOf([MAN, DAO])
    await imported(actor, id, bytes)
    expect(await imported(actor, id, bytes)).toEqual({ problem: 0, proposal: 0, create: 0, update: 0, unchanged: 2 })
    expect(staffCodes()).toHaveLength(2)
  })

  it('exported, and imported as it came out, is all unchanged', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    await imported(actor, id, await fileOf([MAN, DAO]))
    await imported(actor, id, await fileOf([[null, 'Điểu Thị Hà', '1979', null, null, null, 'Hợp đồng', 'x']]))
    const exported = exportRoster(actor, id)
    const label = unitLabels(exported?.units ?? [])
    const entries = (exported?.people ?? []).map(person => ({ ...person, unit: label.get(person.unitId) ?? null }))
    const bytes = await writeRoster({ title: 'DANH SÁCH', asOf: 0, entries })
    expect(await imported(actor, id, bytes)).toMatchObject({ create: 0, update: 0, unchanged: 4, problem: 0 })
  })

  it('changes what it says otherwise: the posting in place, the login with the staff code', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    await imported(actor, id, await fileOf([MAN]))
    const [, ...rest] = MAN
    const changed: Line = ['CB9', ...rest.slice(0, 3), 'Trưởng phòng', null, 'Cán bộ', 'không']
    const { batchId } = await plan(actor, id, await fileOf([changed]))
    expect(preview(actor, batchId).rows[0]).toMatchObject({
      changes: [
        { field: 'staffCode', from: 'CB1', to: 'CB9' },
        { field: 'position', from: 'Chuyên viên', to: 'Trưởng phòng' },
        { field: 'category', from: 'civil_servant', to: 'cadre' },
      ],
      leaves: ['union'],
    })
    apply(actor, batchId)
    await work()
    expect(
      one(
        `select a.login, p.position, p.category, p.to_on as toOn, m.to_on as leftOn from official o
           join account a on a.official_id = o.id join posting p on p.official_id = o.id
           join membership m on m.official_id = o.id where o.staff_code = 'CB9'`,
      ),
    ).toEqual({ login: 'cb9', position: 'Trưởng phòng', category: 'cadre', toOn: null, leftOn: '2024-06-11' })
    expect(one(`select data from event where subject = 'account' and verb = 'rename'`).data).toBe(
      '{"from":"cb1","to":"cb9"}',
    )
  })

  it('asks the unit in which it lists somebody else’s for consent, as the page does; until then nobody moves', async () => {
    const district = unitNamed('Huyện Bù Đăng')
    const [from, to] = all(`select id, name from unit where parent_id = ? order by id limit 2`, district.id) as {
      id: number
      name: string
    }[]
    if (!from || !to) throw new Error('no communes')
    const actor = coordinatorOf(district.id)
    const hung = makeOfficial(from.id, { number: '070080999999', name: 'Lê Văn Hùng' })
    const form = helpForm(1, { helpedOn: '2024-05-02' })
    expect(recordHelp(hung.actor, CAMPAIGN, { officialId: hung.officialId, input: form }).ok).toBe(true)
    const list = await fileOf([[...HUNG.slice(0, 5), to.name, 'Công chức', null]])
    const planned = await plan(actor, district.id, list)
    expect(preview(actor, planned.batchId).rows).toMatchObject([
      { fate: 'update', movesTo: `${to.name}, ${district.name}` },
    ])
    apply(actor, planned.batchId)
    await work()
    const postings = () =>
      all(
        'select unit_id as unitId, from_on as fromOn, to_on as toOn from posting where official_id = ?',
        hung.officialId,
      )
    expect(postings()).toEqual([{ unitId: from.id, fromOn: '2020-01-01', toOn: null }])
    const waits = waitingTransfer(actor, hung.officialId)
    expect(waits).toMatchObject({ unitId: to.id, dueOn: '2024-06-19', mayAnswer: false })
    // the same list again asks for nothing
    const again = await plan(actor, district.id, list)
    expect(preview(actor, again.batchId).rows).toMatchObject([{ fate: 'unchanged' }])
    const receiver = grantTo(makeOfficial(district.id).actor, 'coordinator', to.id)
    expect(listReminders(receiver, CAMPAIGN, '2024-06-12')).toContainEqual(
      expect.objectContaining({ kind: 'transfers', count: 1, dueOn: '2024-06-19' }),
    )
    expect(answerTransfer(receiver, { transferId: waits?.id ?? 0, answer: 'accepted', reason: null }).ok).toBe(true)
    expect(postings()).toEqual([
      { unitId: from.id, fromOn: '2020-01-01', toOn: '2024-06-11' },
      { unitId: to.id, fromOn: '2024-06-12', toOn: null },
    ])
    const reported = (unitId: number) =>
      one(`select reported from help_total where dimension = 'unit' and key = ?`, String(unitId))
    expect(reported(from.id)).toEqual({ reported: 1 })
    expect([officials('unit', from.id), officials('unit', to.id)]).toEqual([0, 1])
  })

  it('fixtures as offices keep them: TCVN3 names are applied only with consent', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    const { batchId } = await plan(actor, id, readFileSync('tests/fixtures/rosters/tcvn3.xlsx'))
    expect(preview(actor, batchId).conversions.length).toBeGreaterThan(0)
    expect(apply(actor, batchId)).toEqual({ ok: false, problem: 'consent_needed' })
    expect(apply(actor, batchId, true).ok).toBe(true)
    await work()
    expect(one(`select name from official where name = 'Nguyễn Văn Mẫn'`)).toBeDefined()
  })

  it('a file that cannot be read leads back to the upload, which says why', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    const { to, batchId } = await plan(actor, id, readFileSync('tests/fixtures/rosters/truncated.xlsx'))
    expect(to).toBe(`/don-vi/${id}/nguoi-thuc-hien/nhap?lo=${batchId}`)
    expect(previewBatch(actor, batchId, { view: 'all', from: 0 })).toMatchObject({
      refusal: 'truncated',
      planned: null,
    })
  })
})

describe('associations', () => {
  it('case 19: a civil servant who is union and youth member, on three rosters: one official, three boards, once in the province', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    await imported(actor, id, await fileOf([[...MAN.slice(0, 7), null]]))
    const name = ['Họ và tên', 'Năm sinh', 'Số định danh']
    const line: Line = ['Nguyễn Văn Mẫn', '1985', '070085000001']
    for (const association of ['union', 'youth'] as const)
      expect(await imported(actor, id, await fileOf([line], name), association)).toMatchObject({ create: 0, update: 1 })
    expect(all(`select id from official where name = 'Nguyễn Văn Mẫn'`)).toHaveLength(1)
    const boards = [
      ['unit', id],
      ['chapter', chapterOf('union', id)],
      ['chapter', chapterOf('youth', id)],
    ] as const
    // the coordinator is the agency's other official
    expect(boards.map(([dimension, key]) => officials(dimension, key))).toEqual([2, 1, 1])
    expect(officials('unit', 1)).toBe(2)
  })

  it('a list by name and birth year proposes who is meant; the choice adds the membership from the list’s day', async () => {
    const { id } = agency()
    const commune = unitNamed('UBND xã Tân Thành')
    await imported(coordinatorOf(id), id, await fileOf([DAO]))
    const actor = coordinatorOf(commune.id)
    const header = ['Họ và tên', 'Năm sinh', 'Chi hội']
    const bytes = await fileOf(
      [
        ['Trần Thị Hồng Đào', '1990', 'Chi hội ấp 1'],
        ['Thị Hương', '1970', 'Chi hội ấp 1'],
      ],
      header,
    )
    const { batchId } = await plan(actor, commune.id, bytes, 'women')
    const [first] = preview(actor, batchId).rows
    expect(fates(preview(actor, batchId).rows)).toEqual([
      ['Trần Thị Hồng Đào', 'proposal'],
      ['Thị Hương', 'create'],
    ])
    if (first?.fate !== 'proposal') throw new Error('no proposal')
    expect(first.candidates).toMatchObject([{ known: { name: 'Trần Thị Hồng Đào', unitName: 'Sở Nội vụ' } }])
    expect(apply(actor, batchId)).toEqual({ ok: false, problem: 'rows_open' })
    const choice = first.candidates[0]?.choice ?? 'new'
    settleProposals(actor, batchId, [{ sheet: first.sheet, row: first.row, choice }])
    await work()
    expect(fates(preview(actor, batchId).rows)).toEqual([
      ['Trần Thị Hồng Đào', 'update'],
      ['Thị Hương', 'create'],
    ])
    apply(actor, batchId)
    await work()
    // who works elsewhere is offered the membership, and is a member once they or their unit accept
    const { officialId: dao } = one(`select id as officialId from official where name = 'Trần Thị Hồng Đào'`)
    expect(all('select 1 from membership where official_id = ?', dao)).toEqual([])
    const above = coordinatorOf(id)
    const [offer] = offersToAnswer(above, CAMPAIGN)
    expect(offer).toMatchObject({ officialId: dao, chapterName: 'Chi hội ấp 1', unitName: titleOfUnit(commune.id) })
    expect(offersToAnswer(actor, CAMPAIGN)).toEqual([])
    expect(listReminders(above, CAMPAIGN, '2024-06-12').find(({ kind }) => kind === 'join_offers')?.count).toBe(1)
    expect(statusOf(() => answerOffer(actor, CAMPAIGN, { offerId: offer?.id ?? 0, isAccepted: true }))).toBe(404)
    answerOffer(above, CAMPAIGN, { offerId: offer?.id ?? 0, isAccepted: true })
    expect(
      all(
        `select o.name, c.name as chapter, above.unit_id as unitId, m.from_on as fromOn from membership m
           join official o on o.id = m.official_id join chapter c on c.id = m.chapter_id
           join chapter above on above.id = c.parent_id where c.association = 'women' order by o.sort_name`,
      ),
    ).toEqual([
      { name: 'Trần Thị Hồng Đào', chapter: 'Chi hội ấp 1', unitId: commune.id, fromOn: START },
      { name: 'Thị Hương', chapter: 'Chi hội ấp 1', unitId: commune.id, fromOn: START },
    ])
    expect(officials('unit', commune.id)).toBe(2)
    expect(officials('chapter', chapterOf('women', commune.id))).toBe(2)
  })

  it('an agency takes over a person known only as member', async () => {
    const commune = unitNamed('UBND xã Tân Thành')
    const { id } = agency()
    await imported(
      coordinatorOf(commune.id),
      commune.id,
      await fileOf([['Nguyễn Văn Mẫn', '1985', '070085000001']], ['Họ và tên', 'Năm sinh', 'Số định danh']),
      'farmers',
    )
    // the agency does not reach the commune's people; who has charge of both moves them
    const { batchId } = await plan(coordinatorOf(id), id, await fileOf([MAN]))
    expect(preview(coordinatorOf(id), batchId).rows).toMatchObject([
      { fate: 'problem', problems: [{ column: 'unit', reason: 'posted_elsewhere' }] },
    ])
    // ordered from above, it waits for the agency's answer all the same
    await imported(coordinatorOf(1), id, await fileOf([MAN]))
    const transferId = one("select id from transfer where state = 'asked'").id as number
    expect(answerTransfer(coordinatorOf(id), { transferId, answer: 'accepted', reason: null }).ok).toBe(true)
    expect(
      all(
        `select p.unit_id as unitId, p.category, p.to_on as toOn from posting p join official o on o.id = p.official_id
          where o.name = 'Nguyễn Văn Mẫn' order by p.from_on`,
      ),
    ).toEqual([
      { unitId: commune.id, category: 'member', toOn: '2024-06-11' },
      { unitId: id, category: 'civil_servant', toOn: null },
    ])
  })

  it('members move to another chapter of the same association today', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    const header = [...HEADER, 'Tổ công đoàn']
    await imported(actor, id, await fileOf([[...MAN, 'Tổ công đoàn 1']], header))
    await imported(actor, id, await fileOf([[...MAN, 'Tổ công đoàn 2']], header))
    expect(
      all(
        `select c.name, m.from_on as fromOn, m.to_on as toOn from membership m join chapter c on c.id = m.chapter_id
           join official o on o.id = m.official_id where o.staff_code = 'CB1' order by m.from_on`,
      ),
    ).toEqual([
      { name: 'Tổ công đoàn 1', fromOn: START, toOn: '2024-06-11' },
      { name: 'Tổ công đoàn 2', fromOn: '2024-06-12', toOn: null },
    ])
  })
})

describe('what is refused', () => {
  it('one bad row: nothing of the file is applied', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    const bad: Line = ['CB2', 'Trần Thị Hồng Đào', '25/12/1991', '070190000002', null, null, 'Viên chức', null]
    const { batchId } = await plan(actor, id, await fileOf([MAN, bad]))
    expect(fates(preview(actor, batchId).rows)).toEqual([
      ['Nguyễn Văn Mẫn', 'create'],
      ['Trần Thị Hồng Đào', 'problem'],
    ])
    expect(apply(actor, batchId)).toEqual({ ok: false, problem: 'rows_open' })
    await work()
    expect(staffCodes()).toEqual([])
  })

  it('somebody changed a person after the preview: nothing is applied; planned anew it may be', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    await imported(actor, id, await fileOf([MAN]))
    const changed: Line = [...MAN.slice(0, 4), 'Phó Trưởng phòng', ...MAN.slice(5)]
    const { batchId } = await plan(actor, id, await fileOf([changed, DAO]))
    const seen = preview(actor, batchId).planKey
    const officialId = one(`select id from official where staff_code = 'CB1'`).id as number
    const department = all('select id from unit where parent_id = 1 and id <> ? limit 1', id)[0]?.id as number
    const moved = transferOfficial(system, {
      officialId,
      unitId: department,
      position: 'Chuyên viên',
      category: 'civil_servant',
      isLeader: false,
      fromOn: '2024-06-12',
    })
    expect(moved).toEqual({ ok: true, waits: null })
    startApply(actor, { batchId, planKey: seen, hasConsent: false })
    expect(await work()).toBe(`/lo-nhap/${batchId}?chua-nhap=plan_moved`)
    expect(staffCodes()).toEqual([{ code: 'CB1' }])
    settleProposals(actor, batchId, [])
    await work()
    expect(preview(actor, batchId).rows.map(({ fate }) => fate)).toEqual(['problem', 'create'])
  })

  it('a plan that was made anew since it was seen', async () => {
    const { id } = agency()
    const actor = coordinatorOf(id)
    const { batchId } = await plan(actor, id, await fileOf([MAN]))
    expect(startApply(actor, { batchId, planKey: 'another', hasConsent: false })).toEqual({
      ok: false,
      problem: 'plan_moved',
    })
  })

  it('one’s own category and unit, and a staff code that is an office’s login', async () => {
    const { id } = agency()
    const self = makeOfficial(id, { number: '070080999999', name: 'Lê Văn Hùng' })
    const actor = grantTo(self.actor, 'coordinator', id)
    prepared(`insert into account (login, display_name, created_at) values ('cb2', 'Văn phòng', 0)`).run()
    const { batchId } = await plan(actor, id, await fileOf([[...HUNG.slice(0, 6), 'Hội viên', null], DAO]))
    expect(
      preview(actor, batchId).rows.map(row => row.fate === 'problem' && row.problems.map(({ reason }) => reason)),
    ).toEqual([['own_record'], ['staff_code_of_other']])
  })

  const people: [who: string, role: Role | null, at: string][] = [
    ['an official of the unit', null, 'Sở Nội vụ'],
    ['the coordinator of another unit', 'coordinator', 'Sở Tư pháp'],
    ['the campaign office', 'campaign_office', 'Tỉnh Bình Phước'],
    ['the home-affairs office', 'home_affairs', 'Tỉnh Bình Phước'],
    ['an administrator', 'admin', 'Tỉnh Bình Phước'],
  ]
  it.each(people)('%s may neither upload, look, apply nor export', async (_, role, at) => {
    const { id } = agency()
    const { batchId } = await plan(coordinatorOf(id), id, await fileOf([MAN]))
    const { planKey } = preview(grantTo(makeOfficial(id).actor, 'head', id), batchId)
    const { actor: person } = makeOfficial(unitNamed(at).id)
    const actor = role === null ? person : grantTo(person, role, unitNamed(at).id)
    const bytes = await fileOf([MAN])
    const upload = () => uploadRoster(actor, id, { fileName: 'a.xlsx', bytes, association: null, fromOn: START })
    expect(statusOf(upload)).toBe(403)
    expect(previewBatch(actor, batchId, { view: 'all', from: 0 })).toBeUndefined()
    expect(statusOf(() => startApply(actor, { batchId, planKey, hasConsent: true }))).toBe(404)
    expect(statusOf(() => settleProposals(actor, batchId, []))).toBe(404)
    expect([403, undefined]).toContain(statusOf(() => expect(exportRoster(actor, id)).toBeUndefined()))
  })

  it('a coordinator above an armed-forces tree imports nobody into it, exports nobody of it and is proposed nobody', async () => {
    const police = unitNamed('Công an tỉnh (thường trực Tổ công tác Đề án 06)')
    makeOfficial(police.id, { name: 'Trần Thị Hồng Đào', sex: 'female' })
    const actor = coordinatorOf(1)
    const named: Line = [null, 'Nguyễn Văn Mẫn', '1985', '070085000001', null, police.name, 'Chiến sỹ', null]
    const namesake: Line = [null, 'Trần Thị Hồng Đào', '1980', null, null, null, 'Công chức', null]
    const { batchId } = await plan(actor, 1, await fileOf([named, namesake]))
    expect(fates(preview(actor, batchId).rows)).toEqual([
      ['Nguyễn Văn Mẫn', 'problem'],
      ['Trần Thị Hồng Đào', 'create'],
    ])
    expect(exportRoster(actor, 1)?.people.some(person => person.name === 'Trần Thị Hồng Đào')).toBe(false)
  })
})

function statusOf(work: () => unknown): number | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return answerOf(error).status
    throw error
  }
}

describe('an import reaches only whom its importer may edit', () => {
  const held = (officialId: number) =>
    one(
      `select phone_hash as phone, hamlet, number_hash as number,
              (select group_concat(unit_id) from posting where official_id = o.id) as postings from official o where id = ?`,
      officialId,
    )

  it('a staff list moves no member of another unit into its own', async () => {
    const commune = unitNamed('UBND xã Tân Thành')
    const victim = makeOfficial(commune.id, { name: 'Đỗ Văn Quân', category: 'member' })
    const before = held(victim.officialId)
    const code = prepared('select staff_code from official where id = ?').pluck().get(victim.officialId) as string
    const line: Line = [code, 'Do Van Quan', '1980', null, 'Nhân viên', null, 'Đoàn viên, hội viên', null]
    const { id } = agency()
    const actor = coordinatorOf(id)
    const { batchId } = await plan(actor, id, await fileOf([line]))
    expect(preview(actor, batchId).counts).toMatchObject({ problem: 1, update: 0 })
    expect(held(victim.officialId)).toEqual(before)
  })

  it('an association’s list writes nothing about a soldier or an agency’s cadre but an offer', async () => {
    const army = unitNamed('Bộ Chỉ huy Quân sự tỉnh')
    const soldier = makeOfficial(army.id, { name: 'Lê Văn Lính', category: 'soldier' })
    const before = held(soldier.officialId)
    const code = prepared('select staff_code from official where id = ?').pluck().get(soldier.officialId) as string
    const commune = unitNamed('UBND xã Tân Thành')
    const actor = coordinatorOf(commune.id)
    const header = ['Mã cán bộ', 'Họ và tên', 'Năm sinh', 'Số điện thoại', 'Ấp']
    const bytes = await fileOf([[code, 'Lê Văn Lính', '1980', '0912345678', 'Ấp 9']], header)
    expect(await imported(actor, commune.id, bytes, 'youth')).toMatchObject({ update: 1 })
    expect(held(soldier.officialId)).toEqual(before)
    expect(all('select 1 from membership where official_id = ?', soldier.officialId)).toEqual([])
    expect(offersToAnswer(soldier.actor, CAMPAIGN)).toHaveLength(1)
    // the same list again says nothing new
    const again = await plan(actor, commune.id, bytes, 'youth')
    expect(preview(actor, again.batchId).counts).toMatchObject({ unchanged: 1 })
  })

  it('a phone that somebody holds anywhere is a problem of its row', async () => {
    const { id } = agency()
    const elsewhere = unitNamed('Sở Y tế').id
    const header = [...HEADER, 'Số điện thoại']
    await imported(coordinatorOf(elsewhere), elsewhere, await fileOf([[...MAN, '0912345678']], header))
    const actor = coordinatorOf(id)
    const { batchId } = await plan(actor, id, await fileOf([[...DAO, '0912345678']], header))
    expect(preview(actor, batchId).rows).toMatchObject([
      { fate: 'problem', problems: [{ column: 'phone', reason: 'phone_taken' }] },
    ])
  })

  it('somebody pulled in without the consent of the unit left gets no code there, after a transfer they do', () => {
    const commune = unitNamed('UBND xã Tân Thành')
    const { id } = agency()
    const actor = coordinatorOf(id)
    const [pulled, asked] = [makeOfficial(commune.id), makeOfficial(commune.id)]
    // as an import before the rule did it
    changePeople([pulled.officialId], tx => {
      tx.update(posting).set({ toOn: '2024-06-09' }).where(eq(posting.officialId, pulled.officialId)).run()
      tx.insert(posting)
        .values({
          officialId: pulled.officialId,
          unitId: id,
          position: '',
          category: 'member',
          isLeader: false,
          fromOn: '2024-06-10',
        })
        .run()
    })
    const issue = (by: Person, officialId: number) => statusOf(() => issueActivations(by, [officialId]))
    expect(issue(actor, pulled.officialId)).toBe(403)
    const listed = listActivations(actor, { unitPath: unitNamed('Sở Nội vụ').path }).rows
    expect(listed.find(row => row.officialId === pulled.officialId)?.leftUnit).toBe(titleOfUnit(commune.id))
    expect(issue(coordinatorOf(1), pulled.officialId)).toBeUndefined()

    const move = { position: 'Chuyên viên', category: 'civil_servant', isLeader: false, fromOn: '2024-06-10' } as const
    const made = transferOfficial(coordinatorOf(commune.id), { officialId: asked.officialId, unitId: id, ...move })
    const transferId = (made.ok && made.waits?.transferId) || 0
    answerTransfer(actor, { transferId, answer: 'accepted', reason: null })
    expect(issue(actor, asked.officialId)).toBeUndefined()
  })
})
