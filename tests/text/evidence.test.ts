import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const EVIDENCE = readFileSync('docs/evidence.md', 'utf8')
const LINES = EVIDENCE.split('\n').filter(line => line.startsWith('  - '))

/** What the walk named: sixteen wrong figures or acts, twelve blocks of the work, and reports. */
const NAMES = [
  ...Array.from({ length: 16 }, (_, n) => `A${n + 1}`),
  ...Array.from({ length: 12 }, (_, n) => `B${n + 1}`),
  'E',
]

const namesIn = (text: string) =>
  [...text.matchAll(/\(((?:[AB]\d+|E)(?:, (?:[AB]\d+|E))*)\)/g)].flatMap(([, names = '']) => names.split(', '))
const filesIn = (line: string) => [...line.matchAll(/`(tests\/[^`]+)`/g)].map(([, file = '']) => file)

it('names every act of the walk, and for each a file with a test that bears its name', () => {
  expect([...new Set(LINES.flatMap(namesIn))].sort()).toEqual(NAMES.toSorted())
  for (const line of LINES) {
    const borne = new Set(filesIn(line).flatMap(file => namesIn(readFileSync(file, 'utf8'))))
    expect(namesIn(line).filter(name => !borne.has(name))).toEqual([])
  }
})

it('names no file of a test that is not there', () => {
  const missing = [...EVIDENCE.matchAll(/`(tests\/[\w/.-]+\.ts)`/g)]
    .map(([, file = '']) => file)
    .filter(file => !existsSync(file))
  expect(missing).toEqual([])
})
