import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/**
 * Prints each failed test of Vitest's and Playwright's JSON reports, whose paths are the arguments, with the first lines
 * of its message. A report that is missing or cut off is named.
 */
type Unit = {
  testResults?: {
    name: string
    status: string
    message?: string
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[]
  }[]
}
type Suite = {
  suites?: Suite[]
  specs?: {
    title: string
    file: string
    ok: boolean
    tests: { results: { error?: { message?: string } }[] }[]
  }[]
}
type Journeys = Suite & { errors?: { message?: string }[] }

/** How many lines of a message are worth reading here. */
const LINES = 12

const print = (where: string, message = '') =>
  process.stdout.write(
    `${where}\n${stripVTControlCharacters(message)
      .split('\n')
      .slice(0, LINES)
      .filter(line => !line.includes('node_modules'))
      .map(line => `    ${line}`)
      .join('\n')}\n`,
  )

function printUnit({ testResults = [] }: Unit) {
  for (const file of testResults) {
    const name = relative(process.cwd(), file.name)
    if (file.status === 'failed' && file.assertionResults.length === 0) print(name, file.message)
    for (const test of file.assertionResults)
      if (test.status === 'failed') print(`${name}: ${test.fullName}`, test.failureMessages?.[0])
  }
}

function printJourneys({ suites = [], specs = [] }: Suite) {
  for (const spec of specs)
    if (!spec.ok) print(`${spec.file}: ${spec.title}`, spec.tests[0]?.results.at(-1)?.error?.message)
  for (const suite of suites) printJourneys(suite)
}

for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) {
    print(`${file} was not written: the run was cut off`)
    continue
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Unit & Journeys
  printUnit(report)
  printJourneys(report)
  for (const { message } of report.errors ?? []) print('a journey could not start', message)
}
