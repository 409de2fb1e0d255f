import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Person } from '#app/access/policy.ts'
import { loadDemo } from '#app/jobs/demo/province.ts'
import { personOf } from '#app/queries/account.server.ts'
import { startClock } from '#app/queries/clock.server.ts'
import { closingForJob, listClosings, startClosing } from '#app/queries/closing.server.ts'
import { freezeClosing } from '#app/queries/closing-freeze.server.ts'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { foundProvince } from '#app/queries/founding.server.ts'
import { indicatorsOf } from '#app/queries/indicator.server.ts'
import { recount, rulesOf } from '#app/queries/judging/index.server.ts'
import { findLocalityBoard } from '#app/queries/locality-board.server.ts'
import { collectAssessments, countAssessments } from '#app/queries/official-assessment.server.ts'
import { readPublicBoard } from '#app/queries/public-board.server.ts'
import { closeDatabase, openDatabase, prepared } from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { readReference } from '#db/reference.server.ts'

/**
 * Loads the demo at its fixed instant and writes all its figures as JSON to the named file. They are tallies,
 * standings, verdicts, assessments, indicators, boards and a rehearsal of the close. The file serves to compare two
 * versions of the project.
 */

const TODAY = '2024-06-12'
const CAMPAIGN = 1

const rows = (text: string, ...values: unknown[]) => prepared(text).all(...values) as Record<string, unknown>[]

function accountNamed(login: string): Person {
  const { id } = prepared('select id from account where login = ?').get(login) as { id: number }
  const person = personOf(id, TODAY)
  if (!person) throw new Error(`the account ${login} is closed`)
  return person
}

/** An account that holds a role over the whole province. */
function holderOf(role: string): Person {
  const { login } = prepared(
    `select a.login from role_grant g join account a on a.id = g.account_id join unit u on u.id = g.unit_id
      where g.role = ? and u.parent_id is null order by a.id limit 1`,
  ).get(role) as { login: string }
  return accountNamed(login)
}

async function figures() {
  const { regulation } = rulesOf(CAMPAIGN)
  const office = holderOf('campaign_office')
  const affairs = holderOf('home_affairs')
  const leader = holderOf('province_leader')
  const localities = prepared('select code from locality order by code').pluck().all() as string[]
  const campaign = { id: CAMPAIGN, code: prepared('select code from campaign').pluck().get() as string }
  const places = prepared(
    `select code, level, name, type, parent_code as parentCode, path from locality order by code`,
  ).all() as Parameters<typeof indicatorsOf>[1]
  const assessed = await collectAssessments(affairs, CAMPAIGN, { unitPath: '/', limit: 1_000_000 })
  startClosing(holderOf('campaign_office'), CAMPAIGN, { reason: 'rehearsal', note: '' })
  const rehearsal = closingForJob(listClosings(CAMPAIGN)[0]?.id ?? 0)
  if (rehearsal) await freezeClosing(affairs, rehearsal, () => undefined)
  const frozen = rows('select official_id, unit_id, result, facts from official_assessment order by official_id')
  return {
    help_tally: rows('select * from help_tally order by campaign_id, day, dimension, key'),
    help_total: rows('select * from help_total order by campaign_id, dimension, key'),
    people_tally: rows('select * from people_tally order by campaign_id, dimension, key'),
    standings: rows('select * from standing order by campaign_id, official_id').map(
      ({ refreshed_at: _, ...row }) => row,
    ),
    reasons: rows('select verdict_reason, verdict_outcome, count(*) as n from help group by 1, 2 order by 1, 2'),
    verdicts: rows(
      `select id, verdict_kind, verdict_reason, verdict_outcome, holds_credit, is_reported, counts_any, basis, claimed_at
         from help order by id`,
    ).map(row => JSON.stringify(row)),
    assessments: assessed,
    assessment_counts: countAssessments(affairs, CAMPAIGN, { unitPath: '/' }),
    collectives: listCollectives(affairs, CAMPAIGN, { unitPath: '/' }),
    localities: localities.map(code => findLocalityBoard(office, campaign, code, { regulation, today: TODAY })),
    leader_locality: findLocalityBoard(leader, campaign, localities[0] ?? '', { regulation, today: TODAY }),
    indicators: indicatorsOf(CAMPAIGN, places, { regulation, today: TODAY }),
    public: readPublicBoard({ kind: 'anonymous' }),
    rehearsal: {
      officials: frozen,
      collectives: rows('select unit_id, result, facts from collective_assessment order by unit_id'),
      summary: closingForJob(rehearsal?.id ?? 0)?.hash,
    },
    recount: recount(CAMPAIGN).length,
  }
}

async function main() {
  const [file] = process.argv.slice(2)
  if (!file) throw new Error('name the file to write')
  const folder = mkdtempSync(join(tmpdir(), 'figures-'))
  try {
    useMasterKey(Buffer.alloc(32, 7).toString('base64'))
    openDatabase(join(folder, 'campaign.sqlite'))
    migrateDatabase('db/migrations')
    foundProvince(readReference('db/reference'))
    startClock(Date.parse('2024-06-12T09:00+07:00'))
    await loadDemo(() => undefined)
    const found = await figures()
    const text = JSON.stringify(found, null, 1)
    writeFileSync(file, text)
    for (const [name, part] of Object.entries(found))
      console.log(name, createHash('sha256').update(JSON.stringify(part)).digest('hex').slice(0, 16))
  } finally {
    closeDatabase()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
