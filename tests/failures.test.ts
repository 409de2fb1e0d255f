import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'failures-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('names every failed test of both reports, and a report that is not there', () => {
  const unit = join(folder, 'unit.json')
  const journeys = join(folder, 'e2e.json')
  const test = (fullName: string, status: string, message: string) => ({ fullName, status, failureMessages: [message] })
  writeFileSync(
    unit,
    JSON.stringify({
      testResults: [
        {
          name: join(process.cwd(), 'tests/a.test.ts'),
          status: 'failed',
          assertionResults: [test('counts ten', 'failed', 'expected 9 to be 10'), test('counts one', 'passed', '')],
        },
        {
          name: join(process.cwd(), 'tests/b.test.ts'),
          status: 'failed',
          message: 'no such module',
          assertionResults: [],
        },
      ],
    }),
  )
  const spec = (title: string, ok: boolean) => ({
    title,
    ok,
    file: 'journey.spec.ts',
    tests: [{ results: [{ error: { message: '\u001b[31mTimeout\u001b[39m' } }] }],
  })
  writeFileSync(
    journeys,
    JSON.stringify({ suites: [{ suites: [{ specs: [spec('signs in', false), spec('saves', true)] }] }] }),
  )
  const said = execFileSync(
    'npx',
    ['--no-install', 'tsx', 'scripts/failures.ts', unit, journeys, join(folder, 'none')],
    {
      encoding: 'utf8',
    },
  )
  expect(said.split('\n').map(line => line.replace(folder, ''))).toEqual([
    'tests/a.test.ts: counts ten',
    '    expected 9 to be 10',
    'tests/b.test.ts',
    '    no such module',
    'journey.spec.ts: signs in',
    '    Timeout',
    '/none was not written: the run was cut off',
    '    ',
    '',
  ])
})
