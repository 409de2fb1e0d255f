import { hashPassword } from '#app/access/password.server.ts'
import { logEvent } from '#app/queries/event.server.ts'
import { rebuildTallies, storeAllVerdicts, writeUnjudged } from '#app/queries/judging/index.server.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { writeAwards } from './award-writer.server.ts'
import { Dice } from './dice.ts'
import { raiseDisputes } from './disputing.server.ts'
import { targetDecisionsOf } from './duties.ts'
import { leaveBatch } from './entry.server.ts'
import { writeGates } from './gate-writer.server.ts'
import { writeIndicators } from './indicators.server.ts'
import { writeLists } from './list-writer.server.ts'
import { listsOf } from './listing.ts'
import { MadeUpNumbers } from './made-up-numbers.ts'
import { peopleOf } from './people.ts'
import { writeAccounts, writeDuties, writePledges } from './people-writer.server.ts'
import { writeProofs } from './proof-writer.server.ts'
import { writeFieldWork, writeReports } from './reporting-writer.server.ts'
import { writeStaffEvidence } from './staff-evidence.server.ts'
import { CAMPAIGN_ID, Steps } from './steps.server.ts'
import { askTransfer } from './transferring.server.ts'
import { growTree } from './tree.server.ts'
import { writeVisits } from './visit-writer.server.ts'
import { visitsOf } from './visiting.ts'

const PASSWORD = 'demo-4phu'
/** How long each write of a load waits for other writes (ms), such as a sign-in during the load. */
const PATIENCE_MS = 5000
/** The rebuild of the tallies, in steps of the progress. */
const REBUILD_STEPS = 4000

/**
 * Fills a founded database with the synthetic province: about 5,700 officials and 45,000 help records of plan 128. The
 * state is that of 12/6/2024, 09:00, with all the facts behind the verdicts. Except for sealed values, every load
 * gives the same data.
 *
 * Facts are written in bulk, then judged and summed up by the functions that every other write uses. A recount
 * therefore finds no difference. The log gets one event for each bulk step instead of one for each row.
 * `progress` receives the number of steps done and the total, between transactions.
 *
 * An interrupted load starts again from the beginning. Throws if the database holds people that are not left over from
 * such a load.
 */
export async function loadDemo(progress: (done: number, total: number) => void): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD)
  const client = db.$client
  const patience = client.pragma('busy_timeout', { simple: true })
  client.pragma(`busy_timeout = ${PATIENCE_MS}`)
  try {
    await load(passwordHash, progress)
  } finally {
    client.pragma(`busy_timeout = ${patience}`)
  }
}

/** Everything that a load writes, drawn and not yet written, but for the units and chapters that it adds. */
export function drawProvince() {
  const tree = growTree(new Dice(128))
  const numbers = new MadeUpNumbers(new Dice(70))
  const people = peopleOf(tree, new Dice(2024), numbers)
  const targets = targetDecisionsOf(people, tree, new Dice(12))
  const visits = visitsOf(tree, people, new Dice(404), numbers)
  const lists = listsOf(tree, people, visits, { dice: new Dice(77), numbers })
  return { tree, people, targets, visits, lists }
}

async function load(passwordHash: string, progress: (done: number, total: number) => void) {
  clearRemainder()
  const { tree, people, targets, visits, lists } = drawProvince()
  const steps = new Steps(people.officials.length + visits.length * 2 + REBUILD_STEPS, progress)

  writeAccounts(people, passwordHash, steps)
  writeDuties(people, tree, targets)
  await writePledges(people, targets)
  writeVisits(visits, steps)
  writeProofs(people, tree, visits)
  writeStaffEvidence(people)
  writeFieldWork(tree, people, new MadeUpNumbers(new Dice(71)))
  writeLists(lists, visits)
  writeIndicators(people)
  writeAwards(people, tree, new Dice(9))

  storeAllVerdicts(CAMPAIGN_ID, (done, total) => steps.to(people.officials.length + visits.length * (1 + done / total)))
  transact(tx => {
    rebuildTallies(CAMPAIGN_ID)
    writeReports(tree, people)
    logEvent(
      tx,
      { kind: 'system' },
      { verb: 'rejudge', subject: 'campaign', subjectId: CAMPAIGN_ID, campaignId: CAMPAIGN_ID },
    )
    // with the standings in one transaction, so that no remainder holds any
    writeGates()
  })
  raiseDisputes()
  askTransfer()
  leaveBatch()
  steps.to(steps.total)
}

/** Every table that a load writes, those that refer to others first. */
const WRITTEN = [
  'report',
  'outreach',
  'collection_day',
  'collection_point',
  'offer_request',
  'offer',
  'difficulty',
  'assignment',
  'worklist',
  'timesheet_export',
  'team_member',
  'team',
  'target_share',
  'target_sharing',
  'indicator_figure',
  'award',
  'import_batch',
  'untrue_report_finding',
  'inspection_appeal',
  'inspection_pick',
  'inspection_member',
  'inspection',
  'extract_fact',
  'extract_scope',
  'extract',
  'credit_pin',
  'dispute',
  'citizen_answer',
  'help_companion',
  'help_outcome',
  'help',
  'target_decision',
  'exemption',
  'transfer',
  'join_offer',
  'outside_search',
  'obligation',
  'pledge',
  'stored_file',
  'role_grant',
  'session',
  'account',
  'membership',
  'posting',
  'official_match',
  'official',
]

/**
 * Removes what an interrupted load left behind. Such a load is recognised by people without a standing, because the
 * load computes standings last. Every other way to add a person computes the standing at once.
 */
function clearRemainder() {
  const has = (table: string) => prepared(`select 1 from ${table} limit 1`).get() !== undefined
  writeUnjudged(tx => {
    const isEmpty = !has('official') && !has('account')
    if (!isEmpty && (!has('official') || has('standing'))) throw new Error('the database is not empty')
    if (!isEmpty) for (const table of WRITTEN) tx.write(`delete from ${table}`).run()
  })
}
