import { randomBytes } from 'node:crypto'
import { formatChainHead } from '#app/domain/event.ts'
import { createOfficeAccount } from '#app/queries/account.server.ts'
import { campaignIds, findCampaign } from '#app/queries/campaign.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { grantRole } from '#app/queries/grant.server.ts'
import { recount } from '#app/queries/recount.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { openProvince } from './database.ts'
import { readSettings } from './settings.ts'

/** The operator's commands, run as `npm run <name>`; each returns the exit code. */
const COMMANDS: Record<string, (args: string[]) => number> = {
  /** Prints a fresh master key; nothing is stored. */
  'keys:create'() {
    process.stdout.write(`MASTER_KEY=${randomBytes(32).toString('base64')}\n`)
    process.stderr.write(
      'Keep this line outside the data folder (e.g. in the service’s environment file): whoever has it can read what is sealed, without it nobody can.\n',
    )
    return 0
  },

  /** Makes an administrator and prints the code with which they set their password. */
  'account:create'([login, ...name]) {
    if (!login || name.length === 0) {
      process.stderr.write('usage: npm run account:create -- <login> <display name>\n')
      return 2
    }
    const made = createOfficeAccount({ kind: 'system' }, { login, displayName: name.join(' ') })
    if (!made.ok) {
      process.stderr.write(`${login}: ${made.problems.map(problem => problem.reason).join(', ')}\n`)
      return 1
    }
    grantRole(
      { kind: 'system' },
      { accountId: made.accountId, role: 'admin', unitId: rootUnit().id, fromOn: campaignToday(), toOn: null },
    )
    process.stdout.write(`${login} may set a password at /kich-hoat with this code: ${made.issued.code}\n`)
    return 0
  },

  /**
   * Walks the event log's chain, against a head that was noted down outside where one is given, and prints its head
   * now; 1 where something does not fit.
   */
  'check:events'([held = '']) {
    const check = walkEventChain(held)
    if (check === undefined) {
      process.stderr.write(`not a head of the log: ${held}\n`)
      return 2
    }
    const { count, brokenAt, differsAt } = check
    process.stdout.write(`${count} events fit; head: ${formatChainHead(check)}\n`)
    if (brokenAt !== null) process.stdout.write(`event ${brokenAt} does not fit\n`)
    if (differsAt !== null) process.stdout.write(`event ${differsAt} is not what the given head says\n`)
    return brokenAt === null && differsAt === null ? 0 : 1
  },

  /** Recounts every verdict, standing and tally from the facts and prints the differences; 1 where there are any. */
  'check:tallies'() {
    let found = 0
    for (const campaignId of campaignIds()) {
      const differences = recount(campaignId)
      found += differences.length
      for (const { table, key, metric, stored, recounted } of differences)
        process.stdout.write(`${table} ${key} ${metric}: stored ${stored}, recounted ${recounted}\n`)
      process.stdout.write(`${findCampaign(campaignId)?.code}: ${differences.length} differences\n`)
    }
    return found === 0 ? 0 : 1
  },
}

const [name = '', ...args] = process.argv.slice(2)
const run = COMMANDS[name]
if (!run) {
  process.stderr.write(`unknown command ${name}; known: ${Object.keys(COMMANDS).join(', ')}\n`)
  process.exitCode = 2
} else if (name === 'keys:create') process.exitCode = run(args)
else {
  const opened = openProvince(readSettings(process.env))
  if (opened.ok) process.exitCode = run(args)
  else {
    process.stderr.write(`${opened.message}\n`)
    process.exitCode = 1
  }
}
