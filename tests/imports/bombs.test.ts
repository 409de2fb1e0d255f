import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StripProblem } from '#app/documents/stripped-file.ts'
import type { TableReason } from '#app/domain/list.ts'
import type { RosterFileReason } from '#app/domain/roster/row.ts'
import { tableReasons } from '#app/text/extract.ts'
import { explainProblem } from '#app/text/problem.ts'
import { rosterFileReasons } from '#app/text/roster.ts'
import { type ZipEntry, zipOf } from '#tests/fixtures/zip.ts'
import { pngOf } from '#tests/fuzz/hostile-files.ts'

const MOST_MS = 2000
const MOST_MB = 150
const MB = 1024 * 1024

const folder = mkdtempSync(join(tmpdir(), 'bombs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const relation = (type: string, target: string, id = 'r') =>
  `<Relationship Id="${id}" Type="x/${type}" Target="${target}"/>`

/** A workbook around one sheet part, with shared strings. */
function workbookOf(
  sheet: string | Buffer,
  { strings = '<sst/>', others = [] as ZipEntry[], declared = 0 } = {},
): Buffer {
  return zipOf([
    { name: '_rels/.rels', content: `<Relationships>${relation('officeDocument', 'xl/workbook.xml')}</Relationships>` },
    { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="A" r:id="r"/></sheets></workbook>' },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships>${relation('worksheet', 's.xml')}${relation('sharedStrings', 't.xml', 't')}</Relationships>`,
    },
    { name: 'xl/s.xml', content: sheet, ...(declared > 0 ? { declared } : {}) },
    { name: 'xl/t.xml', content: strings },
    ...others,
  ])
}
const sheetOf = (inside: string) => `<worksheet><sheetData>${inside}</sheetData></worksheet>`
const filled = (unit: string, bytes: number) => unit.repeat(Math.floor(bytes / Buffer.byteLength(unit)))

const LAUGHS = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from('bcdefghij', (name, n) => `<!ENTITY ${name} "${`&${'abcdefghij'[n]};`.repeat(10)}">`).join('')}]>`

const WORKBOOKS: [what: string, bytes: () => Buffer, roster: RosterFileReason, table: TableReason | 'read'][] = [
  [
    'a bomb that says so',
    () => workbookOf(sheetOf(''), { others: [{ name: 'xl/a.bin', content: 'a', declared: 710 * MB }] }),
    'too_large',
    'too_large',
  ],
  [
    'a bomb that claims to be small',
    () => workbookOf(Buffer.alloc(70 * MB, ' '), { declared: 500 }),
    'truncated',
    'truncated',
  ],
  ['entities that double', () => workbookOf(`${LAUGHS}<worksheet>&j;</worksheet>`), 'not_a_table', 'not_a_table'],
  [
    'an entity from outside',
    () =>
      workbookOf(
        `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${sheetOf('<row><c t="str"><v>&b;</v></c></row>')}`,
      ),
    'not_a_table',
    'not_a_table',
  ],
  [
    '10,000 entries',
    () =>
      workbookOf(sheetOf(''), { others: Array.from({ length: 10_000 }, (_, n) => ({ name: `a/${n}`, content: '' })) }),
    'too_large',
    'too_large',
  ],
  ['a zip in a zip', () => zipOf([{ name: 'a.xlsx', content: workbookOf(sheetOf('')) }]), 'not_a_table', 'not_a_table'],
  ['tags nested without end', () => workbookOf(filled('<a>', 55 * MB)), 'not_a_table', 'not_a_table'],
  [
    'one endless cell',
    () => workbookOf(sheetOf(`<row><c t="str"><v>${filled('ễ', 55 * MB)}`)),
    'not_a_table',
    'not_a_table',
  ],
  ['one endless attribute', () => workbookOf(sheetOf(`<row r="${filled('1', 55 * MB)}`)), 'not_a_table', 'not_a_table'],
  [
    'one endless string',
    () => workbookOf(sheetOf(''), { strings: `<sst><si><t>${filled('a', 55 * MB)}` }),
    'not_a_table',
    'not_a_table',
  ],
  [
    'strings without end',
    () => workbookOf(sheetOf(''), { strings: `<sst>${filled('<si/>', 55 * MB)}</sst>` }),
    'too_large',
    'too_large',
  ],
  [
    'styles without end',
    () =>
      zipOf([
        {
          name: '_rels/.rels',
          content: `<Relationships>${filled(relation('officeDocument', 'xl/workbook.xml'), 55 * MB)}`,
        },
      ]),
    'too_large',
    'too_large',
  ],
  [
    'cells without end',
    () => workbookOf(sheetOf(filled(`<row>${'<c><v>1</v></c>'.repeat(200)}</row>`, 55 * MB))),
    'too_large',
    'read',
  ],
]

const PAPERS: [what: string, bytes: () => Buffer, reason: StripProblem][] = [
  ['a picture that claims 65,000 × 65,000 pixels', () => pngOf(65_000, 65_000), 'file_too_many_pixels'],
  ['a picture that claims 7,000 × 6,000', () => pngOf(7_000, 6_000), 'file_too_many_pixels'],
  ['a strip of 5,000,000 × 7 pixels', () => pngOf(5_000_000, 7), 'file_too_many_pixels'],
  ['a picture of less than it claims', () => pngOf(6_000, 6_000), 'file_unreadable'],
  ['a script named .png', () => Buffer.from('<script>alert(1)</script>'), 'file_kind_unknown'],
  [
    'a drawing with a script',
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    'file_kind_unknown',
  ],
  ['a workbook named .pdf', () => readFileSync('tests/fixtures/rosters/excel.xlsx'), 'file_kind_unknown'],
  ['a picture over 5 MB', () => Buffer.alloc(5 * MB + 1, '%PDF-'), 'file_too_large'],
]

type Measured = { outcome: string; ms: number; heldMb: number }
const measured = new Map<string, Measured>()

/** All files are read in one process of their own, one after the other; each as whatever may be handed in. */
beforeAll(() => {
  const asked: [key: string, argument: string][] = []
  for (const [readers, cases] of [
    [['roster', 'table'], WORKBOOKS],
    [['paper'], PAPERS],
  ] as const)
    for (const [what, bytes] of cases) {
      const file = join(folder, String(asked.length))
      writeFileSync(file, bytes())
      for (const reader of readers) asked.push([`${reader}: ${what}`, `${reader}=${file}`])
    }
  const told = execFileSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', 'tests/fixtures/measure-import.ts', ...asked.map(([, argument]) => argument)],
    { encoding: 'utf8', timeout: 240_000, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const results = JSON.parse(told) as Measured[]
  for (const [n, [key]] of asked.entries()) measured.set(key, results[n] as Measured)
}, 300_000)

function expectSmall(key: string, outcome: string) {
  const found = measured.get(key)
  expect(found?.outcome, key).toBe(outcome)
  expect(found?.ms, key).toBeLessThanOrEqual(MOST_MS)
  expect(found?.heldMb, key).toBeLessThanOrEqual(MOST_MB)
}

const SENTENCE = /[ạ-ỹ]/

describe('a hostile workbook is refused within 2 s of work and 150 MB, and told why', () => {
  it.each(WORKBOOKS)('%s', (what, _, roster, table) => {
    expectSmall(`roster: ${what}`, roster)
    expect(rosterFileReasons[roster]).toMatch(SENTENCE)
    // what a table streams through without holding it may take its time in the worker
    if (table === 'read') {
      expect(measured.get(`table: ${what}`)?.outcome).toBe('read')
      expect(measured.get(`table: ${what}`)?.heldMb).toBeLessThanOrEqual(MOST_MB)
      return
    }
    expectSmall(`table: ${what}`, table)
    expect(tableReasons[table]).toMatch(SENTENCE)
  })
})

describe('a hostile paper is refused within 2 s of work and 150 MB, and told why', () => {
  it.each(PAPERS)('%s', (what, _, reason) => {
    expectSmall(`paper: ${what}`, reason)
    expect(explainProblem(reason)).toMatch(SENTENCE)
  })
})
