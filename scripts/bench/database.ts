import { randomUUID } from 'node:crypto'
import type { Person } from '#app/access/policy.ts'
import { personOf } from '#app/queries/account.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { listOfficials } from '#app/queries/official.server.ts'
import { prepared } from '#db/client.server.ts'
import { helpForm } from '#tests/make.ts'
import { quantile } from './client.ts'
import type { Report } from './figures.ts'
import { CAMPAIGN, numberOf } from './province.ts'

const ROUNDS = 5
const PER_ROUND = 400

/** The person behind account `id`, with their grants. */
export function personAt(id: number): Person {
  const person = personOf(id, campaignToday())
  if (!person) throw new Error(`no account ${id}`)
  return person
}

/** Runs `work` and returns how many times a second it was done, of `count`. */
function rate(count: number, work: (n: number) => void): number {
  const start = performance.now()
  for (let n = 0; n < count; n++) work(n)
  return count / ((performance.now() - start) / 1000)
}

function medianMs(count: number, work: (n: number) => unknown): number {
  const took = Array.from({ length: count }, (_, n) => {
    const start = performance.now()
    work(n)
    return performance.now() - start
  })
  return quantile(took, 0.5)
}

let citizens = 0
/** Makes the form of a citizen without any record yet. */
export function freshForm() {
  citizens += 1
  return helpForm(0, {
    submissionKey: randomUUID(),
    helpedOn: '2024-06-11',
    citizen: {
      name: 'Trần Thị Mới',
      number: numberOf(7, citizens),
      birthYear: 1970 + Math.floor(citizens / 1_000_000),
    },
  })
}

/** Steps of the database, each beside the bare statement: durable transactions, searches, the log's chain. */
export function measureDatabase(report: Report, size: { officials: number; records: number; units: number }) {
  prepared('create table if not exists bare (id integer primary key, a text, b text, c blob, d integer) strict').run()
  const bareInsert = prepared('insert into bare (a, b, c, d) values (?, ?, ?, ?)')
  const blob = Buffer.alloc(60, 1)
  const bare: number[] = []
  const recorded: number[] = []
  const confirmed: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(rate(PER_ROUND, n => bareInsert.run(`key ${n}`, 'a text of some length', blob, n)))
    const made: { helpId: number; officialId: number }[] = []
    recorded.push(
      rate(PER_ROUND, n => {
        const officialId =
          size.units * 2 + 100 + (((round * PER_ROUND + n) * 37) % (size.officials - size.units * 2 - 100))
        const outcome = recordHelp(personAt(officialId), CAMPAIGN, { officialId, input: freshForm() })
        if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
        made.push({ helpId: outcome.helpId, officialId })
      }),
    )
    confirmed.push(
      rate(made.length, n => {
        const { helpId, officialId } = made[n] ?? { helpId: 0, officialId: 0 }
        confirmHelp(personAt(headOf(officialId)), CAMPAIGN, [helpId])
      }),
    )
  }
  const base = quantile(bare, 0.5)
  report.note('database', 'bare durable insert', base, 'a second')
  report.note('database', 'help record, all that belongs to it', quantile(recorded, 0.5), 'a second')
  report.note('database', 'help record ÷ bare insert', quantile(recorded, 0.5) / base, '×', { least: 0.333 })
  report.note('database', 'confirmation ÷ bare insert', quantile(confirmed, 0.5) / base, '×')
  const office = personAt(size.units * 2 + 2)
  const searches = ['nguyen van hung', 'dieu', 'le van h', 'tran thi b', 'nguyen']
  for (const search of searches)
    report.note(
      'database',
      `search "${search}" in the whole province`,
      medianMs(15, () => listOfficials(office, CAMPAIGN, { unitPath: '/1/', search, limit: 50 })),
      'ms',
      { most: 10 },
    )
  const start = performance.now()
  const chain = walkEventChain('')
  if (chain?.brokenAt !== null) throw new Error(`the log does not fit at ${chain?.brokenAt}`)
  const perRow = (performance.now() - start) / chain.count
  report.note('database', 'check:events for 3,000,000 rows', (perRow * 3_000_000) / 1000, 's', { most: 60 })
}

function headOf(officialId: number): number {
  const row = prepared(
    "select g.account_id as id from role_grant g join posting p on p.unit_id = g.unit_id where p.official_id = ? and g.role = 'head'",
  ).get(officialId) as { id: number } | undefined
  if (!row) throw new Error(`official ${officialId} has no head`)
  return row.id
}
