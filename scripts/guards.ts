import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Guard, isWrittenDown } from './guard.ts'
import { GUARDS } from './guard-list.ts'

/**
 * Removes one guard after another from a copy of the tree and demands each time that the tests which are named beside it
 * fail. A guard that can be taken out unnoticed guards nothing. `npm run test:guards`, or with words: the guards whose
 * name or file has one of them.
 */

/** What a run of tests came to; `isSound`: every test file could be loaded and has tests. */
type Outcome = { failed: number; isSound: boolean; firstFailure: string }

const COPIED = ['app', 'db', 'tests', 'public', 'package.json', 'tsconfig.json', 'vite.config.ts']
/** For a busy machine (ms); alone, a run takes a few seconds. */
const LONGEST_MS = 600_000
/** For all their tests at once. */
const LONGEST_WHOLE_MS = 3_600_000

function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guards-'))
  for (const name of COPIED) if (existsSync(name)) cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}

function runTests(folder: string, tests: readonly string[], longestMs = LONGEST_MS): Outcome {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const command = ['node_modules/vitest/vitest.mjs', 'run', ...tests, '--reporter=json', `--outputFile=${report}`]
  const run = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8', timeout: longestMs })
  if (!existsSync(report))
    return {
      failed: 0,
      isSound: false,
      firstFailure: `no report (${run.signal ?? run.status}) ${run.stderr.slice(-500)}`,
    }
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[]
  }
  const all = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failures = all.filter(({ status }) => status === 'failed')
  return {
    failed: failures.length,
    isSound: testResults.every(({ assertionResults }) => assertionResults.length > 0),
    firstFailure: failures[0]?.fullName ?? testResults.map(({ message }) => message).join(' '),
  }
}

/** Removes the guard, runs its tests, puts it back. Undefined: caught; else why not. */
function whyUncaught(folder: string, guard: Guard): string | undefined {
  const file = join(folder, guard.file)
  const source = readFileSync(file, 'utf8')
  if (!isWrittenDown(guard, source)) return 'its line is not in the file as written down here'
  writeFileSync(
    file,
    source.replaceAll(guard.find, () => guard.put),
  )
  try {
    const { failed, isSound, firstFailure } = runTests(folder, guard.tests)
    if (!isSound) return `its tests did not run: ${firstFailure}`
    if (failed === 0) return `no test of ${guard.tests.join(', ')} failed`
    process.stdout.write(`caught: ${guard.name}, by “${firstFailure}”\n`)
    return undefined
  } finally {
    writeFileSync(file, source)
  }
}

const words = process.argv.slice(2)
const chosen = GUARDS.filter(
  ({ name, file }) => words.length === 0 || words.some(word => `${name} ${file}`.includes(word)),
)
const folder = copyTree()
try {
  const whole = runTests(folder, [...new Set(chosen.flatMap(({ tests }) => tests))], LONGEST_WHOLE_MS)
  if (!whole.isSound || whole.failed > 0) throw new Error(`with every guard in its place: ${whole.firstFailure}`)
  let uncaught = 0
  for (const guard of chosen) {
    const why = whyUncaught(folder, guard)
    if (why === undefined) continue
    uncaught += 1
    process.stdout.write(`NOT CAUGHT: ${guard.name} (${guard.file}): ${why}\n`)
  }
  process.stdout.write(`${chosen.length} guards removed, ${chosen.length - uncaught} caught\n`)
  if (uncaught > 0 || chosen.length === 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
