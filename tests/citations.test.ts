import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(path, 'utf8')

/** Every file below a folder whose name ends in one of the endings. */
function filesBelow(folder: string, endings: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => endings.some(ending => name.endsWith(ending)))
    .map(name => join(folder, name))
    .sort()
}

/** The numbered items of each section of a document: `3`, `6.4`, or `IV.2` in the plan. */
function numbersOf(text: string, heading: RegExp, item: RegExp): Set<string> {
  const numbers = new Set<string>()
  let section = ''
  for (const line of text.split('\n')) {
    const head = heading.exec(line)?.[1]
    if (head !== undefined) {
      section = head
      numbers.add(head)
    }
    const number = section === '' ? undefined : item.exec(line)?.[1]
    if (number !== undefined) numbers.add(`${section}.${number}`)
  }
  return numbers
}

const DOMAIN = numbersOf(read('docs/domain.md'), /^## (\d+)\. /, /^(\d+)\. /)
const PLAN = numbersOf(read('docs/plan-128.md'), /^\**((?:X|V|I)+)\. ?\**\s*[A-ZĐÀ-Ỹ]/, /^\**(\d+)\. /)
const CASES = new Set(
  read('docs/domain.md')
    .split('\n')
    .flatMap(line => /^\| (\d+) \|/.exec(line)?.[1] ?? []),
)

interface Citation {
  kind: string
  pattern: RegExp
  known: ReadonlySet<string>
}

const CITATIONS: Citation[] = [
  { kind: 'domain', pattern: /\bdomain (\d+(?:\.\d+)?)\b/gi, known: DOMAIN },
  { kind: 'case', pattern: /\b(?:worked )?case (\d+)\b/gi, known: CASES },
  { kind: 'plan', pattern: /\bplan ((?:IV|V|I{1,3})(?:\.\d+)?)\b/gi, known: PLAN },
]

/** The citations in a text that lead nowhere, as they are written there. */
function openCitations(text: string): string[] {
  return CITATIONS.flatMap(({ pattern, known }) =>
    [...text.matchAll(pattern)].filter(match => !known.has(match[1]?.toUpperCase() ?? '')).map(match => match[0]),
  )
}

const SOURCES = ['app', 'db', 'tests', 'scripts'].flatMap(folder => filesBelow(folder, ['.ts', '.tsx']))
const DOCUMENTS = ['README.md', ...filesBelow('docs', ['.md'])]

describe('a citation', () => {
  it('is found in the documents that it names', () => {
    expect(DOMAIN.size).toBeGreaterThan(12)
    expect(CASES.size).toBeGreaterThanOrEqual(24)
    expect(['IV.1', 'IV.2', 'V.1', 'V.4', 'V.6', 'III.1', 'III.2', 'III.3'].filter(one => !PLAN.has(one))).toEqual([])
    expect(openCitations('domain 99, domain 6.44, case 400, Plan IX.9, plan V.44')).toEqual([
      'domain 99',
      'domain 6.44',
      'case 400',
      'plan V.44',
    ])
  })

  it.each(SOURCES.filter(file => file !== 'tests/citations.test.ts'))('in %s resolves', file => {
    expect(openCitations(read(file))).toEqual([])
  })
})

describe('a document', () => {
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts)

  it.each(DOCUMENTS)('%s names paths and commands that exist', file => {
    const text = read(file)
    const paths = [...text.matchAll(/`((?:app|db|docs|public|scripts|tests|\.ci)\/[^`\s]*)`/g)].map(
      match => match[1] ?? '',
    )
    expect(paths.filter(path => !/[*{<]/.test(path) && !existsSync(path))).toEqual([])
    const commands = [...text.matchAll(/npm run (?:-s |--silent )?([a-z][\w:-]*)/g)].map(match => match[1] ?? '')
    expect(commands.filter(command => !scripts.includes(command))).toEqual([])
  })

  it('README stays within 8 kB', () => {
    expect(Buffer.byteLength(read('README.md'))).toBeLessThanOrEqual(8192)
  })

  it.each(DOCUMENTS)('%s pads no table', file => {
    expect(
      read(file)
        .split('\n')
        .filter(line => /^\|.* {3,}\|/.test(line) || /-{8,}\|/.test(line)),
    ).toEqual([])
  })
})
