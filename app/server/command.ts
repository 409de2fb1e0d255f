import { randomBytes } from 'node:crypto'
import { formatChainHead } from '#app/domain/event.ts'
import { setUp } from '#app/jobs/setup-workbook.server.ts'
import { createOfficeAccount } from '#app/queries/account.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { checkClosings } from '#app/queries/closing-rows.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { checkFacts } from '#app/queries/fact-check.server.ts'
import { sealFacts } from '#app/queries/fact-seal.server.ts'
import { grantRole } from '#app/queries/grant.server.ts'
import { changeMasterKey, rotateKeys } from '#app/queries/key-rotation.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { noteChainChecked, noteFactsChecked } from '#db/check-marks.server.ts'
import { backUp, countDifferences, restore, verifyBackup } from './backup.ts'
import { openProvince } from './database.ts'
import { factLines } from './fact-lines.ts'
import { keepFilesPrivate } from './private-files.ts'
import { type Settings, settingsOrSay } from './settings.ts'

/** Prints a fresh master key; nothing is stored. */
function createKey(): number {
  process.stdout.write(`MASTER_KEY=${randomBytes(32).toString('base64')}\n`)
  process.stderr.write(
    'Keep this line outside the data folder (e.g. in the service’s environment file): whoever has it can read what is sealed, without it nobody can.\n',
  )
  return 0
}

/** The operator's commands on the open database, run as `npm run <name>`; each returns the exit code. */
const COMMANDS: Record<string, (args: string[], settings: Settings) => number | Promise<number>> = {
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
  'check:events'([held = ''], settings) {
    const check = walkEventChain(held)
    if (check === undefined) {
      process.stderr.write(`not a head of the log: ${held}\n`)
      return 2
    }
    const { count, brokenAt, differsAt } = check
    process.stdout.write(`${count} events fit; head: ${formatChainHead(check)}\n`)
    if (brokenAt !== null) process.stdout.write(`event ${brokenAt} does not fit\n`)
    if (differsAt !== null) process.stdout.write(`event ${differsAt} is not what the given head says\n`)
    const isWhole = brokenAt === null && differsAt === null
    if (isWhole) noteChainChecked(settings.databaseFile, Date.now())
    return isWhole ? 0 : 1
  },

  /**
   * Compares every covered fact, event, job and opening with what the application wrote, and names what differs; 1 where
   * anything does.
   */
  'check:facts'(_, settings) {
    const check = checkFacts()
    for (const line of factLines(check)) process.stdout.write(`${line}\n`)
    if (check.findings.length > 0) return 1
    if (check.since !== null) noteFactsChecked(settings.databaseFile, Date.now())
    return 0
  },

  /**
   * Seals the facts as they are now, after what `check:facts` named was looked into. The event keeps how much it named,
   * and each later check says so.
   */
  async 'facts:seal'() {
    const { findings } = checkFacts()
    await sealFacts({ kind: 'system' }, 'again', findings.length)
    for (const line of factLines(checkFacts())) process.stdout.write(`${line}\n`)
    return 0
  },

  /**
   * Sets the province up from a workbook of localities, units and people: prints the plan, and writes it with --apply; 1
   * where something has to be mended first.
   */
  async setup(args) {
    const file = args.find(arg => !arg.startsWith('--'))
    const report = await setUp(file, { applies: args.includes('--apply'), fromOn: campaignToday() })
    for (const line of report.lines) process.stdout.write(`${line}\n`)
    return report.ok ? 0 : 1
  },

  /** Recounts every verdict, standing and tally from the facts and prints the differences; 1 where there are any. */
  'check:tallies': () => (countDifferences() === 0 ? 0 : 1),

  /** Computes each frozen closing's hash from its rows and compares it with the published one; 1 where one differs. */
  'check:closings'() {
    const checked = checkClosings()
    for (const { campaign, version, fits } of checked)
      process.stdout.write(`${campaign} version ${version}: ${fits ? 'fits' : 'is not what was frozen'}\n`)
    return checked.every(({ fits }) => fits) ? 0 : 1
  },

  /**
   * Gives all sealed data of people new keys beside a running server, and destroys the old keys. If interrupted, the
   * next call resumes.
   */
  async 'keys:rotate'() {
    const begun = Date.now()
    let next = 0
    const { rows, destroyed } = await rotateKeys(
      { kind: 'system' },
      {
        told(done) {
          if (done < next) return
          process.stderr.write(`${done} rows\n`)
          next = done + 100_000
        },
      },
    )
    const seconds = (Date.now() - begun) / 1000
    process.stdout.write(`${rows} rows sealed anew in ${seconds.toFixed(1)} s; ${destroyed} old keys destroyed\n`)
    return 0
  },

  /** After a change of the master key: rewraps all keys from OLD_MASTER_KEY to MASTER_KEY. */
  'keys:rewrap'() {
    const old = process.env.OLD_MASTER_KEY ?? ''
    if (Buffer.from(old, 'base64').length !== 32) {
      process.stderr.write('usage: OLD_MASTER_KEY=… MASTER_KEY=… npm run keys:rewrap (each base64 of 32 bytes)\n')
      return 2
    }
    try {
      process.stdout.write(`${changeMasterKey({ kind: 'system' }, old)} keys wrapped anew\n`)
      return 0
    } catch {
      process.stderr.write('a key opens under neither of the two: nothing was changed\n')
      return 1
    }
  },
}

/** Commands that work beside the open database, or on files. */
const ON_FILES: Record<string, (args: string[], settings: Settings) => number | Promise<number>> = {
  /** Backs the database up while others use it, looks through the backup, and removes the oldest ones. */
  backup: ([when], settings) => backUp(settings, when === 'due'),
  /** Looks through one backup: content, chain, tallies; 1 where something is wrong. */
  'backup:check': ([file], settings) => verifyBackup(settings, file),
  /** Replaces the database with a checked backup; the server must be stopped. */
  restore: ([file], settings) => restore(settings, file),
}

async function runCommand([name = '', ...args]: string[]): Promise<number> {
  if (name === 'keys:create') return createKey()
  const onFiles = ON_FILES[name]
  const run = COMMANDS[name]
  if (!onFiles && !run) {
    const known = ['keys:create', ...Object.keys(ON_FILES), ...Object.keys(COMMANDS)]
    process.stderr.write(`unknown command ${name}; known: ${known.join(', ')}\n`)
    return 2
  }
  const settings = settingsOrSay(process.env)
  if (!settings) return 1
  keepFilesPrivate(settings)
  if (onFiles) return await onFiles(args, settings)
  const opened = openProvince(settings, { isKeyOpen: name === 'keys:rewrap' })
  if (opened.ok) return (await run?.(args, settings)) ?? 2
  process.stderr.write(`${opened.message}\n`)
  return 1
}

process.exitCode = await runCommand(process.argv.slice(2))
