import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reminderParts } from '#app/domain/reminder.ts'
import { loadDemo } from '#app/jobs/demo/province.ts'
import { personOf } from '#app/queries/account.server.ts'
import { countLeftToOffice, mayConfirm } from '#app/queries/confirmer.server.ts'
import { targetOf } from '#app/queries/official.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { loader as home } from '#app/routes/home/home.tsx'
import { loader as list } from '#app/routes/home/reminders.tsx'
import { digestMail, reminderAct, reminderLine } from '#app/text/reminder.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, makeProvince, unitNamed } from '#tests/make.ts'
import { renderedSite } from '#tests/rendered.ts'
import { visitor } from '#tests/visitor.ts'

const TODAY = '2024-06-12'

/** Loads the demo once; its people are asked for what their first page shows. */
beforeAll(async () => {
  makeProvince()
  await loadDemo(() => undefined)
}, 300_000)
afterAll(dropProvince)

function personNamed(login: string) {
  const id = prepared<number>('select id from account where login = ?').pluck().one(login)
  const person = personOf(id, TODAY)
  if (!person) throw new Error(`no ${login}`)
  return person
}

const homeOf = async (login: string) => (await visitor(personNamed(login))).open(home, {})

/** What must be among the rows of each role, and nothing of other roles. */
const KINDS: Record<string, { has: string[]; hasNot?: string[] }> = {
  canbo: { has: ['citizens'], hasNot: ['confirm_help', 'report'] },
  daumoi: { has: ['report_overdue', 'report', 'confirm_help', 'idle', 'not_signed_in'] },
  thutruong: { has: ['report_overdue', 'report', 'confirm_help', 'idle', 'not_signed_in', 'transfers'] },
  truonghuyen: { has: ['silent_units', 'disputes', 'confirm_help', 'idle'] },
  kiemtra: { has: ['inspection_sheets'], hasNot: ['unconcluded'] },
  congan: { has: ['difficulties', 'unconcluded', 'silent_units'], hasNot: ['close_campaign'] },
  stttt: { has: ['difficulties', 'old_extract', 'offer_wishes'] },
  noivu: { has: ['open_gates'], hasNot: ['close_campaign'] },
  lanhdao: { has: ['difficulties', 'findings_wanted'], hasNot: ['unconcluded'] },
  quantri: { has: ['go_live'], hasNot: ['citizens'] },
  kiemtoan: { has: ['chain_unchecked', 'facts_unchecked'], hasNot: ['citizens'] },
}

describe.each(Object.entries(KINDS))('the home of %s', (login, { has, hasNot = [] }) => {
  it('has the rows of the role, in the order of their days, without an empty one', async () => {
    const { reminders } = await homeOf(login)
    const kinds = reminders.map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(has))
    for (const kind of hasNot) expect(kinds).not.toContain(kind)
    const days = reminders.map(({ dueOn }) => dueOn ?? '9999')
    expect(days).toEqual(days.toSorted())
    expect(reminders.filter(({ count }) => count <= 0)).toEqual([])
  })

  it('says what the list of tasks and the mail say', async () => {
    const { reminders, own } = await homeOf(login)
    const listed = await (await visitor(personNamed(login))).open(list, {})
    expect(listed.reminders).toEqual(reminders)
    expect(listed.sentence).toBe(own?.sentence ?? null)
    const parts = reminderParts([{ code: '128/KH-UBND', reminders }])
    const { text } = digestMail({ name: 'X', parts, chain: null }, { today: TODAY, address: '', isOne: true })
    for (const row of reminders) {
      const act = reminderAct(row)
      expect(text).toContain(`- ${reminderLine(row, TODAY)}${act === null ? '' : `: ${act.to}`}`)
    }
  })
})

it('tells the leaders of the province the official figures first, and who holds back by what is missing', async () => {
  const { leader, day } = await homeOf('lanhdao')
  expect(day).toBe('Ngày thứ 70/91')
  expect(leader?.indicators).toHaveLength(5)
  for (const { said, value, total, trend } of leader?.indicators ?? []) {
    expect(['reached', 'on_time', 'may_miss', 'will_miss']).toContain(said)
    expect(value).toBeLessThanOrEqual(total ?? 0)
    expect(trend).toHaveLength(14)
  }
  expect(leader?.places).toHaveLength(3)
  expect(leader?.agencies).toHaveLength(5)
  const missing = leader?.places.map(row => row.missing) ?? []
  expect(missing).toEqual(missing.toSorted((a, b) => b - a))
  const lacking = leader?.agencies.map(row => row.shortage) ?? []
  expect(lacking).toEqual(lacking.toSorted((a, b) => b - a))
  expect(leader?.oldestOn).toBe('2024-06-11')
})

/** Counts the statements that some work runs, without those that read the clock and the regulation's version. */
async function statementsOf(work: () => unknown): Promise<string[]> {
  const verbs = Object.getPrototypeOf(prepared('select 1')) as Record<'all' | 'get', (...values: unknown[]) => unknown>
  const { all, get } = verbs
  const ran: string[] = []
  const counting = (run: typeof all) =>
    function (this: { source: string }, ...values: unknown[]) {
      if (!/^pragma|from (clock|regulation)\b/.test(this.source)) ran.push(this.source.replaceAll(/\s+/g, ' '))
      return run.apply(this, values)
    }
  Object.assign(verbs, { all: counting(all), get: counting(get) })
  try {
    await work()
  } finally {
    Object.assign(verbs, { all, get })
  }
  return ran
}

/** The most statements that the loader of a home runs, and the list of what waits, for each role. */
const MOST_STATEMENTS = 12
/** Statements that find out who asks: the session, the person, their roles. */
const WHO_ASKS = 3

it.each(Object.keys(KINDS))('reads what waits for %s with at most twelve statements', async login => {
  const person = personNamed(login)
  listReminders(person, CAMPAIGN, TODAY)
  const ran = await statementsOf(() => listReminders(person, CAMPAIGN, TODAY))
  if (process.env.SHOW_PAGES) process.stdout.write(`${login}: ${ran.length} listReminders\n`)
  expect(ran.length, ran.join('\n')).toBeLessThanOrEqual(MOST_STATEMENTS)
})

it.each(Object.keys(KINDS))('reads the home of %s with at most twelve statements', async login => {
  const visit = await visitor(personNamed(login))
  await visit.open(home, {})
  const ran = await statementsOf(() => visit.open(home, {}))
  if (process.env.SHOW_PAGES) process.stdout.write(`${login}: ${ran.length - WHO_ASKS} home\n`)
  expect(ran.length, ran.join('\n')).toBeLessThanOrEqual(MOST_STATEMENTS + WHO_ASKS)
})

it('finds what nobody but the campaign office may confirm, as a look at each official does', () => {
  const office = personNamed('congan')
  const waiting = prepared<{ officialId: number; count: number }>(
    `select official_id as officialId, count(*) as count from help
      where campaign_id = ? and verdict_reason = 'awaiting_confirmation' and verdict_kind <> 'counts' group by 1`,
  ).all(CAMPAIGN)
  expect(waiting.length).toBeGreaterThan(100)
  const left = waiting.filter(({ officialId }) => mayConfirm(office, 'help.confirm', targetOf(officialId, TODAY)))
  expect(countLeftToOffice(office, CAMPAIGN).help).toBe(left.reduce((sum, { count }) => sum + count, 0))
})

/** The most bytes of a board or list of the demo, before it is compressed. */
const MOST_BYTES = 45_000
/** Heavier still, with the most that it may have: a board with seventeen units, causes, a chart and what parts rest on. */
const HEAVIER: Record<string, number> = {
  'don-vi/district': 47_900,
}
/** Boards and lists at the province (1), a district and a commune, each as somebody who sees most there. */
const BOARDS = [
  ['congan', 'tong-hop'],
  ['congan', 'dia-ban/70'],
  ['congan', 'dia-ban/70?xep=eid_activated'],
  ['canbo', 'ho-tro/buoi'],
  ['congan', 'quan-tri/dot/1'],
  ...['', '/xac-nhan', '/chi-tieu', '/cam-ket', '/ma-kich-hoat', '/nhac-viec', '/bao-cao', '/nguoi-thuc-hien'].flatMap(
    page => [
      ['congan', `don-vi/1${page}`] as const,
      ['truonghuyen', `don-vi/district${page}`] as const,
      ['thutruong', `don-vi/commune${page}`] as const,
    ],
  ),
] as const

it('keeps the boards and lists of the demo light', async () => {
  const site = await renderedSite()
  const unitOf = { district: unitNamed('Thành phố Đồng Xoài').id, commune: unitNamed('UBND xã Tân Thành').id }
  const heavy: string[] = []
  let opened = 0
  for (const [login, path] of BOARDS) {
    const address = path.replace(/district|commune/, word => String(unitOf[word as keyof typeof unitOf]))
    const answer = await site.open(address, personNamed(login).accountId, CAMPAIGN)
    if (answer.status !== 200) continue
    const bytes = Buffer.byteLength(await answer.text())
    opened += 1
    if (process.env.SHOW_PAGES) process.stdout.write(`${bytes} /${address} (${login})\n`)
    if (bytes > (HEAVIER[path] ?? MOST_BYTES)) heavy.push(`/${address} (${login}): ${bytes} B`)
  }
  expect(opened).toBeGreaterThan(20)
  expect(heavy).toEqual([])
}, 120_000)

it('shows nobody else the board of the leaders, or who opened most', async () => {
  for (const login of ['canbo', 'thutruong', 'congan', 'quantri']) {
    const { leader, accesses } = await homeOf(login)
    expect([login, leader, accesses]).toEqual([login, undefined, []])
  }
})
