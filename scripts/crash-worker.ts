import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '#app/access/policy.ts'
import { readExtract } from '#app/jobs/extract.server.ts'
import { mapColumns, startApplying, startUndoing, uploadExtract } from '#app/queries/extract.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { closeDatabase, openDatabase, prepared } from '#db/client.server.ts'
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

/**
 * Kills the worker (SIGKILL) at random moments while it applies and undoes extracts, and starts it again. Checks each
 * time that stored verdicts, standings and tallies match the facts, and that in the end the job is done.
 */
const RECORDS = 4000
/** A worker that has taken the job would be done in about this time (ms). */
const LONGEST_MS = 900

const folder = mkdtempSync(join(tmpdir(), 'crash-'))

/** A province with records of one office; its campaign office. */
function prepare() {
  makeProvince()
  const unit = unitNamed('Sở Nội vụ')
  const officials = Array.from({ length: 20 }, () => makeOfficial(unit.id))
  const head = grantTo(makeOfficial(unit.id).actor, 'head', 1)
  const police = grantTo(makeOfficial(unit.id).actor, 'campaign_office', 1)
  for (let n = 0; n < RECORDS; n++) {
    const { officialId, actor } = officials[n % officials.length] ?? makeOfficial(unit.id)
    const made = recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(n) })
    if (made.ok) confirmHelp(head, CAMPAIGN, [made.helpId])
  }
  prepared('vacuum into ?').run(join(folder, 'campaign.sqlite'))
  dropProvince()
  openDatabase(join(folder, 'campaign.sqlite'))
  return police
}

/** Uploads a full list that has every other citizen, and reads it. */
async function stage(police: Actor): Promise<number> {
  const rows = Array.from({ length: RECORDS / 2 }, (_, n) => `${citizenNumber(n * 2)};05/04/2024`)
  const { extractId } = done(
    uploadExtract(police, CAMPAIGN, {
      input: { source: 'police', asOfOn: '2024-05-20', isFullList: true, localities: ['689'], carriers: [] },
      fileName: 'thu.csv',
      bytes: Buffer.from(['Số định danh;Ngày kích hoạt', ...rows].join('\n')),
    }),
  )
  const columns = { number: 0, activatedOn: 1 }
  await readExtract({ extractId }, undefined, () => undefined)
  mapColumns(police, CAMPAIGN, { extractId, columns })
  await readExtract({ extractId, columns, headRow: 1 }, undefined, () => undefined)
  prepared("update job set state = 'done'").run()
  return extractId
}

function startWorker(): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'app/jobs/worker.ts'], {
    env: { ...process.env, MASTER_KEY: Buffer.alloc(32, 7).toString('base64'), DATA_DIR: folder, DEMO: '' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

const stateOf = (extractId: number) =>
  prepared(
    `select e.state, e.cursor, (select state from job order by id desc limit 1) as job,
            (select count(*) from extract_fact f where f.extract_id = e.id) as facts from extract e where e.id = ?`,
  ).get(extractId) as { state: string; cursor: number; job: string; facts: number }

function check(moment: string) {
  const differences = recount(CAMPAIGN)
  if (differences.length === 0) return
  throw new Error(`${moment}: ${differences.length} differences, first ${JSON.stringify(differences[0])}`)
}

/** True if a worker has taken the job since it was last set free. */
const isTaken = () => prepared("select 1 from job where state = 'running' and alive_at > 0").get() !== undefined

/**
 * Kills the worker a random time after it took the job, which is then free immediately instead of after half a minute.
 * The kill is not counted: a job is given up after its third.
 */
async function kill(worker: ChildProcess) {
  const gone = new Promise(resolve => worker.once('exit', resolve))
  for (let tries = 0; tries < 200 && !isTaken(); tries++) await pause(20)
  await pause(Math.random() * LONGEST_MS)
  worker.kill('SIGKILL')
  await gone
  prepared("update job set alive_at = 0, attempts = 0 where state = 'running'").run()
}

async function finish(extractId: number) {
  const worker = startWorker()
  const gone = new Promise(resolve => worker.once('exit', resolve))
  for (let tries = 0; stateOf(extractId).job !== 'done'; tries++) {
    if (tries > 600) throw new Error(`the job does not end: ${JSON.stringify(stateOf(extractId))}`)
    await pause(100)
  }
  worker.kill('SIGKILL')
  await gone
}

/** Kills the worker up to `most` times; throws if a figure does not match the facts. */
export async function killWorker(most: number) {
  const police = prepare()
  let extractId = await stage(police)
  let halfway = 0
  try {
    check('before')
    for (let kills = 0; kills < most; ) {
      const isApplied = stateOf(extractId).state === 'applied'
      if (isApplied) startUndoing(police, CAMPAIGN, extractId)
      else startApplying(police, CAMPAIGN, extractId)
      while (kills < most && stateOf(extractId).job !== 'done') {
        await kill(startWorker())
        kills += 1
        const { state, cursor } = stateOf(extractId)
        if (cursor > 0 && state.endsWith('ing')) halfway += 1
        check(`after kill ${kills}, ${state}`)
        process.stdout.write(`kill ${kills}: ${state}, ${cursor === 0 ? 'not begun' : `at record ${cursor}`}\n`)
      }
      await finish(extractId)
      const { state, facts } = stateOf(extractId)
      check(`at the end, ${state}`)
      if (state !== (isApplied ? 'undone' : 'applied')) throw new Error(`it ended ${state}`)
      if (isApplied && facts > 0) throw new Error(`undone, and ${facts} facts are left`)
      if (isApplied) extractId = await stage(police)
    }
    process.stdout.write(`${most} kills, ${halfway} of them half-way, no difference\n`)
  } finally {
    closeDatabase()
    rmSync(folder, { recursive: true, force: true })
  }
}
