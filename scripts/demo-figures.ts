import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDemo } from '#app/jobs/demo/province.ts'
import { startClock } from '#app/queries/clock.server.ts'
import { foundProvince } from '#app/queries/founding.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { collectAssessments } from '#app/queries/official-assessment.server.ts'
import { closeDatabase, openDatabase, prepared } from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { readReference } from '#db/reference.server.ts'
import { hashed, holderOf, readDemoFigures } from '#tests/demo-figures.ts'
import { CAMPAIGN } from '#tests/make.ts'

/**
 * Loads the demo at its fixed instant and writes all its figures as JSON to the named file: those whose hashes a test
 * keeps, and each official's and each record's own. Two such files show where two versions of the project differ.
 */

const rows = (text: string) => prepared(text).all() as Record<string, unknown>[]

/** The rows behind the sums, by official, record and day. */
async function single() {
  return {
    help_tally: rows('select * from help_tally order by campaign_id, day, dimension, key'),
    standings: rows('select * from standing order by campaign_id, official_id').map(
      ({ refreshed_at: _, ...row }) => row,
    ),
    verdicts: rows(
      `select id, verdict_kind, verdict_reason, verdict_outcome, holds_credit, is_reported, counts_any, basis, claimed_at
         from help order by id`,
    ).map(row => JSON.stringify(row)),
    assessments: await collectAssessments(holderOf('home_affairs'), CAMPAIGN, { unitPath: '/', limit: 1_000_000 }),
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
    const figures = { ...(await single()), ...(await readDemoFigures()) }
    writeFileSync(file, JSON.stringify(figures, null, 1))
    for (const [name, hash] of Object.entries(hashed(figures))) console.log(name, hash)
  } finally {
    closeDatabase()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
