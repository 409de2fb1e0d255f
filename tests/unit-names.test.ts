import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Queries that read a unit's bare name, and why nobody takes one unit for another there. */
const BARE: Record<string, string> = {
  'aggregate.server.ts': 'the way from the root to a board, and the parts of one unit',
  'api.server.ts': 'beside `title`',
  'board.server.ts': 'below the title of the unit above',
  'candidate-step.server.ts': 'compared with names of proposals',
  'help-batch.server.ts': 'compared with what a list says',
  'home.server.ts': 'their own',
  'import-batch.server.ts': 'the unit whose list it is',
  'leader.server.ts': 'agencies of the province, told by their own names',
  'late-entry.server.ts': 'the order of a list',
  'outsider.server.ts': 'compared with names of proposals',
  'own-waiting.server.ts': 'their own',
  'public-board.server.ts': 'by blocks of the province, or below their district',
  'report-export.server.ts': 'the addressee of a paper of the unit below',
  'report-signing.server.ts': 'the head of their own paper',
  'report.server.ts': 'the unit of the page, and those directly below it',
  'roster.server.ts': 'labels by which an import finds it',
  'signed-report.server.ts': 'the unit of its own paper',
  'target-sharing.server.ts': 'those directly below the unit of the page',
  'unit-result.server.ts': 'the unit of the paper',
  'unit-title.server.ts': 'titles',
  'unit-waiting.server.ts': 'a part of its title',
  'unit.server.ts': 'the way from the root, labels, and whether a name is taken',
}

it('a unit’s bare name is read only where its title is not needed', () => {
  const folder = 'app/queries'
  const reading = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => {
    if (!path.endsWith('.ts')) return false
    const text = readFileSync(`${folder}/${path}`, 'utf8')
    return /\bunit\.name\b|\bu\.name\b|select name from unit\b/.test(text)
  })
  expect(reading.filter(path => !(path in BARE))).toEqual([])
  expect(Object.keys(BARE).filter(path => !reading.includes(path))).toEqual([])
})
