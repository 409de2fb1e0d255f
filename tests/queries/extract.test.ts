import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Actor } from '#app/access/policy.ts'
import type { ColumnMap } from '#app/domain/extract.ts'
import type { ExtractSource, OutcomeValue } from '#app/domain/vocabulary.ts'
import { readExtract } from '#app/jobs/extract.server.ts'
import {
  checkUpload,
  type ExtractInput,
  findExtract,
  mapColumns,
  resumeExtract,
  sourcesOf,
  startApplying,
  startUndoing,
  uploadExtract,
} from '#app/queries/extract.server.ts'
import { FIRST_CITIZENS, stepExtract, walkExtract } from '#app/queries/extract-apply.server.ts'
import { openExtractFile } from '#app/queries/extract-file.server.ts'
import { listForLookup } from '#app/queries/extract-lookup.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { figuresInMotion } from '#app/queries/job.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  citizenNumber,
  confirmNow,
  done,
  dropChecked,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  statusOf,
  unitNamed,
} from '#tests/make.ts'

afterEach(dropChecked)

const phoneOf = (n: number) => `09123456${String(n).padStart(2, '0')}`
const quiet = () => undefined

function scene() {
  makeProvince()
  const unit = unitNamed('Sở Nội vụ')
  const official = makeOfficial(unit.id)
  return {
    official,
    other: makeOfficial(unit.id),
    head: grantTo(makeOfficial(unit.id).actor, 'head', 1),
    police: grantTo(makeOfficial(unit.id).actor, 'campaign_office', 1),
    telecom: grantTo(makeOfficial(unit.id).actor, 'telecom_office', 1),
  }
}
type Scene = ReturnType<typeof scene>

function record({ official, head }: Scene, n: number, isConfirmed = true, who = official): number {
  const made = recordHelp(who.actor, CAMPAIGN, {
    officialId: who.officialId,
    input: helpForm(n, { citizen: { phone: phoneOf(n), carrier: 'vinaphone' } }),
  })
  if (!made.ok) throw new Error(JSON.stringify(made))
  if (isConfirmed) confirmNow(head, CAMPAIGN, [made.helpId])
  return made.helpId
}

const MAPPED: Record<ExtractSource, ColumnMap> = {
  police: { number: 0, level: 1, activatedOn: 2 },
  telecom: { phone: 0, signature: 1, signedOn: 2 },
}

/** Uploads a file, maps its columns and reads it, as the pages and the worker do. */
async function read(
  actor: Actor,
  text: string,
  { columns, ...changes }: Partial<ExtractInput> & { columns?: ColumnMap } = {},
): Promise<number> {
  const source = changes.source ?? 'police'
  const input: ExtractInput = {
    source,
    asOfOn: '2024-05-20',
    isFullList: false,
    localities: ['689'],
    carriers: source === 'telecom' ? ['vinaphone'] : [],
    ...changes,
  }
  const { extractId } = done(uploadExtract(actor, CAMPAIGN, { input, fileName: 'a.csv', bytes: Buffer.from(text) }))
  await readExtract({ extractId }, undefined, quiet)
  const mapped = mapColumns(actor, CAMPAIGN, { extractId, columns: columns ?? MAPPED[source] })
  if (!mapped.ok) throw new Error(mapped.problem)
  await readExtract({ extractId, columns: columns ?? MAPPED[source], headRow: 1 }, undefined, quiet)
  prepared("update job set state = 'done'").run()
  return extractId
}

async function apply(actor: Actor, extractId: number) {
  expect(startApplying(actor, CAMPAIGN, extractId)).toBeDefined()
  await walkExtract(extractId, quiet)
}

async function undo(actor: Actor, extractId: number) {
  expect(startUndoing(actor, CAMPAIGN, extractId)).toBeDefined()
  await walkExtract(extractId, quiet)
}

const verdictOf = (helpId: number) =>
  (prepared('select verdict_reason as reason from help where id = ?').get(helpId) as { reason: string }).reason
const everything = () =>
  prepared(
    `select id, verdict_kind, verdict_reason, verdict_outcome, holds_credit, is_reported, counts_any, basis from help
      order by id`,
  ).all()
const factsOf = (extractId: number) =>
  (prepared('select count(*) as n from extract_fact where extract_id = ?').get(extractId) as { n: number }).n
const summaryOf = (actor: Actor, extractId: number) => findExtract(actor, CAMPAIGN, extractId)?.summary

const HEAD = 'Số định danh;Mức độ;Ngày kích hoạt\n'

describe('an extract', () => {
  it('has no effect before it is applied, and tells what it would do', async () => {
    const s = scene()
    const [shown, lacking, waiting] = [record(s, 1), record(s, 2), record(s, 3, false)]
    const before = everything()
    const id = await read(s.police, `${HEAD}${citizenNumber(1)};2;05/04/2024\n${citizenNumber(3)};2;\n`, {
      isFullList: true,
    })
    expect(everything()).toEqual(before)
    expect(recount(CAMPAIGN)).toEqual([])
    expect(summaryOf(s.police, id)).toMatchObject({
      counts: { rows: 2, valid: 2, problems: 0, repeated: 0, subjects: 2 },
      matched: 2,
      effects: {
        verified: { count: 1, sample: [shown] },
        rejected: { count: 1, sample: [lacking] },
        unchanged: { count: 1, sample: [waiting] },
      },
      counted: -1,
    })
    // the unit below the province loses one (B9); who may open the records finds them from there
    const { unitId } = prepared<{ unitId: number }>(
      'select p.unit_id as unitId from posting p join help h on h.official_id = p.official_id where h.id = ?',
    ).one(shown)
    const top = prepared<number>(
      `select a.id from unit a join unit u on substr(u.path, 1, length(a.path)) = a.path where u.id = ? and a.parent_id = 1`,
    )
      .pluck()
      .one(unitId)
    expect(findExtract(s.police, CAMPAIGN, id)).toMatchObject({
      units: [{ unitId: top, verified: 1, rejected: 1, counted: -1 }],
      openable: [],
    })
    const ofUnit = grantTo(s.police, 'head', top)
    expect(findExtract(ofUnit, CAMPAIGN, id)?.openable).toEqual(expect.arrayContaining([shown, lacking]))
  })

  it('applied does what its preview told, undone leaves what was before', async () => {
    const s = scene()
    const [shown, lacking] = [record(s, 1), record(s, 2)]
    const before = everything()
    const id = await read(s.police, `${HEAD}${citizenNumber(1)};2;05/04/2024\n`, { isFullList: true })
    await apply(s.police, id)
    expect([verdictOf(shown), verdictOf(lacking)]).toEqual(['verified', 'not_in_extract'])
    expect(recount(CAMPAIGN)).toEqual([])
    await undo(s.police, id)
    expect(everything()).toEqual(before)
    expect(recount(CAMPAIGN)).toEqual([])
    expect(factsOf(id)).toBe(0)
    expect(findExtract(s.police, CAMPAIGN, id)?.state).toBe('undone')
  })

  it('of a telecom matches by phone, and rejects only where its carriers are', async () => {
    const s = scene()
    const [shown, lacking] = [record(s, 1), record(s, 2)]
    const viettel = recordHelp(s.official.actor, CAMPAIGN, {
      officialId: s.official.officialId,
      input: helpForm(3, { citizen: { phone: '0971234567', carrier: 'viettel' } }),
    })
    if (!viettel.ok) throw new Error('not recorded')
    confirmNow(s.head, CAMPAIGN, [viettel.helpId])
    const id = await read(s.telecom, `Số thuê bao;Chữ ký số;Ngày\n${phoneOf(1)};x;04/04/2024\n`, {
      source: 'telecom',
      isFullList: true,
    })
    await apply(s.telecom, id)
    expect([shown, lacking, viettel.helpId].map(verdictOf)).toEqual(['confirmed', 'not_in_extract', 'confirmed'])
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('taken back by codes finds the citizen of the record', async () => {
    const s = scene()
    const helpId = record(s, 1)
    const id = await read(s.police, `Mã trường hợp;Trạng thái\nHT-${helpId};2\nHT-999;2\n`, {
      columns: { code: 0, level: 1 },
    })
    expect(summaryOf(s.police, id)?.problems).toEqual([{ row: 3, reason: 'code_unknown' }])
    await apply(s.police, id)
    expect(verdictOf(helpId)).toBe('verified')
  })

  it('with rows that contradict each other takes neither, and as a full list is not applied', async () => {
    const s = scene()
    record(s, 1)
    const text = `${HEAD}${citizenNumber(1)};2;05/04/2024\n${citizenNumber(1)};0;\n${citizenNumber(2)};2;\n${citizenNumber(2)};2;\n${citizenNumber(4)};2;13/06/2024\n`
    const id = await read(s.police, text, { isFullList: true })
    expect(summaryOf(s.police, id)).toMatchObject({
      counts: { rows: 5, valid: 1, repeated: 1, problems: 3, subjects: 1 },
      problems: [
        { row: 2, reason: 'conflicting', otherRow: 3 },
        { row: 3, reason: 'conflicting', otherRow: 2 },
        { row: 6, reason: 'day_in_future' },
      ],
    })
    expect(startApplying(s.police, CAMPAIGN, id)).toBeUndefined()
  })

  it('of a person with two SIMs shows what either shows', async () => {
    const s = scene()
    record(s, 1)
    const text = `CCCD;SĐT;CKS\n${citizenNumber(1)};0912000001;x\n${citizenNumber(1)};0912000002;không\n`
    const id = await read(s.telecom, text, { source: 'telecom', columns: { number: 0, phone: 1, signature: 2 } })
    expect(summaryOf(s.telecom, id)?.counts).toMatchObject({ valid: 2, problems: 0, subjects: 1 })
  })

  it('keeps no file once it is read, and no row of it', async () => {
    const s = scene()
    const id = await read(s.police, `${HEAD}${citizenNumber(1)};2;\n`)
    expect(openExtractFile(id)).toBeUndefined()
    const { summary } = prepared('select summary from extract where id = ?').get(id) as { summary: string }
    expect(summary).not.toContain(citizenNumber(1))
  })

  it('without a head keeps nothing of its first row', async () => {
    const s = scene()
    const input = { source: 'police' as const, asOfOn: '2024-05-20', isFullList: false, localities: [], carriers: [] }
    const bytes = Buffer.from(`${citizenNumber(1)};Nguyễn Văn Mẫu;2\n`)
    const { extractId } = done(uploadExtract(s.police, CAMPAIGN, { input, fileName: 'a.csv', bytes }))
    await readExtract({ extractId }, undefined, quiet)
    expect(summaryOf(s.police, extractId)?.head).toEqual({
      sheet: '',
      row: 1,
      cells: ['', '', ''],
      shapes: [['12 chữ số'], ['có nội dung, không hiện ở đây'], ['có nội dung, không hiện ở đây']],
      others: [],
    })
  })

  it('that cannot be read is refused, and nothing changes', async () => {
    const s = scene()
    record(s, 1)
    const before = everything()
    const input = { source: 'police' as const, asOfOn: '2024-05-20', isFullList: false, localities: [], carriers: [] }
    const bytes = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    const { extractId } = done(uploadExtract(s.police, CAMPAIGN, { input, fileName: 'a.xls', bytes }))
    await readExtract({ extractId }, undefined, quiet)
    expect(findExtract(s.police, CAMPAIGN, extractId)).toMatchObject({
      state: 'refused',
      summary: { reason: 'truncated' },
    })
    expect(everything()).toEqual(before)
  })

  it('stopped half-way is true of each citizen, whatever is written meanwhile, and goes on from there', async () => {
    const s = scene()
    const count = FIRST_CITIZENS + 30
    const ids = Array.from({ length: count }, (_, n) => record(s, n))
    const rows = Array.from({ length: count / 2 }, (_, n) => `${citizenNumber(n * 2)};2;05/04/2024\n`).join('')
    const id = await read(s.police, HEAD + rows, { isFullList: true })
    startApplying(s.police, CAMPAIGN, id)
    expect(stepExtract(id)).toBe(ids[FIRST_CITIZENS - 1])
    expect(recount(CAMPAIGN)).toEqual([])
    expect(new Set(ids.map(verdictOf)).has('confirmed')).toBe(true)
    for (let n = count; n < count + 20; n++) record(s, n)
    withdrawHelp(s.official.actor, CAMPAIGN, ids[0] ?? 0)
    // the first record of a citizen goes to another on the far side of the cursor, both ways
    for (const [helpId, n] of [
      [ids[3], count - 1],
      [ids[count - 2], 4],
    ] as const)
      expect(
        editHelp(s.official.actor, CAMPAIGN, {
          helpId: helpId ?? 0,
          revision: 2,
          input: helpForm(n, { citizen: { phone: phoneOf(n), carrier: 'vinaphone' } }),
        }).ok,
      ).toBe(true)
    expect(recount(CAMPAIGN)).toEqual([])
    prepared("update job set state = 'failed'").run()
    expect(resumeExtract(s.police, CAMPAIGN, id)).toBeDefined()
    await walkExtract(id, quiet)
    expect(findExtract(s.police, CAMPAIGN, id)?.state).toBe('applied')
    expect(recount(CAMPAIGN)).toEqual([])
    startUndoing(s.police, CAMPAIGN, id)
    stepExtract(id)
    expect(recount(CAMPAIGN)).toEqual([])
    await walkExtract(id, quiet)
    const edited = [ids[3], ids[count - 2]]
    const others = ids.slice(1).filter(helpId => !edited.includes(helpId))
    expect(new Set(others.map(verdictOf))).toEqual(new Set(['confirmed']))
    expect(recount(CAMPAIGN)).toEqual([])
  })
})

describe('what the rows alone do not tell', () => {
  const american = `${HEAD}${citizenNumber(1)};2;5/6/2024 8:10:00 AM\n${citizenNumber(2)};Đang xử lý;\n${citizenNumber(3)};2;5/15/2024 3:10:00 PM\n`
  const columns = MAPPED.police

  it('is asked before anything is stored, and read by the answers', async () => {
    const s = scene()
    const id = await read(s.police, american)
    const asked = findExtract(s.police, CAMPAIGN, id)
    expect([asked?.state, asked?.summary.asks, factsOf(id)]).toEqual([
      'reading',
      { dayOrder: true, words: [{ word: 'Đang xử lý', rows: 1 }] },
      0,
    ])
    expect(startApplying(s.police, CAMPAIGN, id)).toBeUndefined()
    expect(mapColumns(s.police, CAMPAIGN, { extractId: id, columns, answers: { words: {} } })).toEqual({
      ok: false,
      problem: 'day_order_needed',
    })
    const answers = { dayOrder: 'month_first' as const, words: { 'Đang xử lý': false } }
    expect(mapColumns(s.police, CAMPAIGN, { extractId: id, columns, answers }).ok).toBe(true)
    await readExtract({ extractId: id, columns, headRow: 1, answers }, undefined, quiet)
    expect(summaryOf(s.police, id)).toMatchObject({ counts: { rows: 3, valid: 3, problems: 0 } })
    const days = prepared('select happened_on from extract_fact where extract_id = ? order by 1').pluck().all(id)
    expect(days).toEqual(['2024-05-06', '2024-05-15'])
  })

  it('is remembered for the source where it is a word', async () => {
    const s = scene()
    const id = await read(s.police, `${HEAD}${citizenNumber(1)};Đang xử lý;\n`)
    const answers = { words: { 'Đang xử lý': false } }
    expect(mapColumns(s.police, CAMPAIGN, { extractId: id, columns, answers }).ok).toBe(true)
    const next = await read(s.police, `${HEAD}${citizenNumber(1)};ĐANG XỬ LÝ;\n`)
    expect(findExtract(s.police, CAMPAIGN, next)).toMatchObject({ state: 'read', summary: { counts: { problems: 0 } } })
  })
})

describe('words that were left open', () => {
  const people = (word: string) => Array.from({ length: 4 }, (_, n) => `${citizenNumber(n)};${word};\n`).join('')
  const columns = MAPPED.police
  const openedFile = async (s: Scene) => {
    const id = await read(s.police, `${HEAD}${people('CHỜ XỬ LÝ THÊM')}${citizenNumber(9)};2;\n`)
    expect(mapColumns(s.police, CAMPAIGN, { extractId: id, columns, answers: { words: {} } }).ok).toBe(true)
    await readExtract({ extractId: id, columns, headRow: 1, answers: { words: {} } }, undefined, quiet)
    prepared("update job set state = 'done'").run()
    return id
  }

  it('stand in the preview with their rows, also in capitals, and are explained there once', async () => {
    const s = scene()
    const helpId = record(s, 1)
    const id = await openedFile(s)
    expect(findExtract(s.police, CAMPAIGN, id)).toMatchObject({
      state: 'read',
      isOpen: true,
      summary: {
        counts: { valid: 1, problems: 4 },
        groups: [{ reason: 'level_unreadable', rows: 4 }],
        asks: { words: [{ word: 'CHỜ XỬ LÝ THÊM', rows: 4 }] },
      },
    })
    const answers = { words: { 'CHỜ XỬ LÝ THÊM': true } }
    expect(mapColumns(s.police, CAMPAIGN, { extractId: id, columns, answers }).ok).toBe(true)
    await readExtract({ extractId: id, columns, headRow: 1, answers }, undefined, quiet)
    expect(findExtract(s.police, CAMPAIGN, id)).toMatchObject({
      state: 'read',
      isOpen: false,
      summary: { counts: { valid: 5, problems: 0 }, groups: [] },
    })
    expect(openExtractFile(id)).toBeUndefined()
    await apply(s.police, id)
    expect(verdictOf(helpId)).toBe('verified')
  })

  it('keep the file until it is applied, put aside, or a week old', async () => {
    const s = scene()
    const [applied, aside, old] = [await openedFile(s), await openedFile(s), await openedFile(s)]
    await apply(s.police, applied)
    startUndoing(s.police, CAMPAIGN, aside)
    expect([applied, aside, old].map(id => openExtractFile(id) !== undefined)).toEqual([false, false, true])
    prepared('update extract set uploaded_at = uploaded_at - 8 * 86400000 where id = ?').run(old)
    await read(s.police, `${HEAD}${citizenNumber(1)};2;\n`)
    expect(findExtract(s.police, CAMPAIGN, old)).toMatchObject({ state: 'read', isOpen: false })
    expect(mapColumnsOf(s, old)).toThrow()
  })

  const mapColumnsOf = (s: Scene, extractId: number) => () => mapColumns(s.police, CAMPAIGN, { extractId, columns })
})

describe('the rows that were not taken', () => {
  it('are counted by problem, the first of each named, and each row counts once', async () => {
    const s = scene()
    const bad = Array.from({ length: 30 }, () => '285123456;2;31/02/2024\n').join('')
    const id = await read(s.police, `${HEAD}${bad}116185801234;2;\n;2;\n`)
    const summary = summaryOf(s.police, id)
    expect(summary).toMatchObject({
      counts: { rows: 32, valid: 1, problems: 31 },
      groups: [
        { reason: 'id_number_old_card', rows: 30 },
        { reason: 'day_unreadable', rows: 30 },
        { reason: 'subject_missing', rows: 1 },
      ],
      abroad: { rows: 1, named: [32] },
    })
    const named = (reason: string) => summary?.problems?.filter(problem => problem.reason === reason).length
    expect(['id_number_old_card', 'day_unreadable', 'subject_missing'].map(named)).toEqual([20, 20, 1])
  })
})

describe('boards', () => {
  it('say that figures are moving while an extract is applied or undone', async () => {
    const people = scene()
    record(people, 1)
    const extractId = await read(people.police, `so,muc,ngay\n${citizenNumber(1)},2,2024-04-06\n`)
    expect(figuresInMotion(CAMPAIGN)).toBeNull()
    expect(startApplying(people.police, CAMPAIGN, extractId)).toBeDefined()
    expect(figuresInMotion(CAMPAIGN)).toBe('extract')
    await walkExtract(extractId, quiet)
    expect(figuresInMotion(CAMPAIGN)).toBeNull()
    expect(startUndoing(people.police, CAMPAIGN, extractId)).toBeDefined()
    expect(figuresInMotion(CAMPAIGN)).toBe('extract')
  })
})

describe('who may', () => {
  it('handle the extracts of a source', () => {
    const s = scene()
    expect([s.police, s.telecom, s.head, s.official.actor].map(sourcesOf)).toEqual([['police'], ['telecom'], [], []])
    const input = { source: 'telecom' as const, asOfOn: '2024-05-20', isFullList: false, localities: [], carriers: [] }
    const upload = (actor: Actor) =>
      statusOf(() => uploadExtract(actor, CAMPAIGN, { input, fileName: 'a', bytes: Buffer.from('a') }))
    expect([upload(s.police), upload(s.head), upload(s.telecom)]).toEqual([403, 403, null])
  })

  it('see or apply one', async () => {
    const s = scene()
    const id = await read(s.police, `${HEAD}${citizenNumber(1)};2;\n`)
    expect(findExtract(s.telecom, CAMPAIGN, id)?.allowed).toEqual({ manage: false })
    expect(statusOf(() => startApplying(s.telecom, CAMPAIGN, id))).toBe(403)
    expect(findExtract(s.head, CAMPAIGN, id)).toBeUndefined()
    expect(statusOf(() => startApplying(s.head, CAMPAIGN, id))).toBe(404)
    expect(findExtract(s.police, CAMPAIGN + 1, id)).toBeUndefined()
  })
})

describe('codes for a look-up', () => {
  it('are given with the number to the office of the source, and logged without it', async () => {
    const s = scene()
    const [first, verified, withdrawn] = [record(s, 1), record(s, 2), record(s, 3)]
    withdrawHelp(s.official.actor, CAMPAIGN, withdrawn)
    await apply(s.police, await read(s.police, `${HEAD}${citizenNumber(2)};2;05/04/2024\n`))
    expect(verdictOf(verified)).toBe('verified')
    const asked = { localityCode: '689', purpose: 'verify' as const }
    const list = (actor: Actor, source: ExtractSource) => listForLookup(actor, CAMPAIGN, { ...asked, source })
    expect(list(s.police, 'police')).toEqual([{ code: `HT-${first}`, number: citizenNumber(1), phone: null }])
    expect(list(s.telecom, 'telecom')).toEqual([{ code: `HT-${first}`, number: citizenNumber(1), phone: phoneOf(1) }])
    expect(listForLookup(s.police, CAMPAIGN, { ...asked, localityCode: '690', source: 'police' })).toEqual([])
    expect(listForLookup(s.police, CAMPAIGN, { ...asked, localityCode: '99', source: 'police' })).toBeUndefined()
    expect([s.telecom, s.head].map(actor => statusOf(() => list(actor, 'police')))).toEqual([403, 403])
    const { data } = prepared("select data from event where verb = 'export' order by id limit 1").get() as {
      data: string
    }
    expect(JSON.parse(data)).toEqual({ source: 'police', localityCode: '689', purpose: 'verify', count: 1 })
  })
})

describe('an upload', () => {
  const input = {
    source: 'telecom' as const,
    asOfOn: '2024-06-12',
    isFullList: true,
    localities: ['689'],
    carriers: [],
  }
  const cases: [situation: string, changes: Partial<ExtractInput>, problems: [string, string][]][] = [
    ['of a day to come', { asOfOn: '2024-06-13', isFullList: false }, [['asOfOn', 'in_future']]],
    ['full for nowhere', { source: 'police', localities: [] }, [['localities', 'required']]],
    ['full for a place that is none', { source: 'police', localities: ['12'] }, [['localities', 'locality_unknown']]],
    ['full for no carrier', {}, [['carriers', 'required']]],
    ['full for a carrier in a district', { carriers: ['viettel'] }, []],
  ]
  it.each(cases)('%s', (_, changes, problems) => {
    makeProvince()
    expect(checkUpload({ ...input, ...changes }).map(({ field, reason }) => [field, reason])).toEqual(problems)
  })
})

const value = fc.constantFrom<OutcomeValue>('achieved', 'already_had', 'not_yet')
const uploads = fc.array(
  fc.record({
    source: fc.constantFrom<ExtractSource>('police', 'telecom'),
    asOfOn: fc.constantFrom('2024-04-10', '2024-05-20', '2024-06-01'),
    isFullList: fc.boolean(),
    citizens: fc.subarray([0, 1, 2, 3]),
    isDated: fc.boolean(),
  }),
  { minLength: 2, maxLength: 3 },
)
const records = fc.array(
  fc.record({ citizen: fc.nat(3), isFirst: fc.boolean(), activated: value, isConfirmed: fc.boolean() }),
  {
    minLength: 3,
    maxLength: 8,
  },
)

/** Records and extracts as given, in the order of `order`. */
async function play(
  helps: typeof records extends fc.Arbitrary<infer T> ? T : never,
  files: typeof uploads extends fc.Arbitrary<infer T> ? T : never,
  order: number[],
) {
  const s = scene()
  for (const { citizen, isFirst, activated, isConfirmed } of helps) {
    const who = isFirst ? s.official : s.other
    const fact = (word: OutcomeValue) => ({ value: word, on: word === 'achieved' ? '2024-04-04' : null })
    const made = recordHelp(who.actor, CAMPAIGN, {
      officialId: who.officialId,
      input: helpForm(citizen, {
        citizen: { phone: phoneOf(citizen), carrier: 'vinaphone' },
        outcomes: {
          vneid_installed: fact('achieved'),
          eid_activated: fact(activated),
          sim_signature: fact('achieved'),
        },
      }),
    })
    if (made.ok && isConfirmed) confirmNow(s.head, CAMPAIGN, [made.helpId])
  }
  const before = everything()
  const ids: [number, Actor][] = []
  for (const n of order) {
    const file = files[n]
    if (!file) continue
    const { source, citizens, isDated, ...rest } = file
    const actor = source === 'police' ? s.police : s.telecom
    const day = isDated ? '2024-04-05' : ''
    const rows = citizens.map(c => `${source === 'police' ? citizenNumber(c) : phoneOf(c)};x;${day}\n`).join('')
    const stranger = source === 'police' ? citizenNumber(99) : phoneOf(99)
    const id = await read(actor, `A;B;C\n${rows}${stranger};x;\n`, { source, ...rest })
    const { effects } = summaryOf(actor, id) ?? {}
    const stood = everything()
    await apply(actor, id)
    const moved = everything().filter((row, at) => JSON.stringify(row) !== JSON.stringify(stood[at])).length
    expect(recount(CAMPAIGN)).toEqual([])
    // an outcome or a credit may change beside the verdict, so the preview tells at least of no more than moved
    const told = (effects?.verified.count ?? 0) + (effects?.rejected.count ?? 0) + (effects?.other.count ?? 0)
    expect(told).toBeLessThanOrEqual(moved)
    ids.push([id, actor])
  }
  return { before, ids }
}

describe('any extracts', () => {
  it('give the same verdicts in either order of upload, and undone leave nothing', async () => {
    await fc.assert(
      fc.asyncProperty(records, uploads, fc.boolean(), async (helps, files, undoesForward) => {
        const order = files.map((_, n) => n)
        await play(helps, files, order)
        const forward = everything()
        dropProvince()
        const { before, ids } = await play(helps, files, [...order].reverse())
        expect(everything()).toEqual(forward)
        for (const [id, actor] of undoesForward ? ids : ids.reverse()) {
          await undo(actor, id)
          expect(recount(CAMPAIGN)).toEqual([])
        }
        expect(everything()).toEqual(before)
        dropProvince()
      }),
      { numRuns: 8 },
    )
    makeProvince()
  }, 120_000)
})
