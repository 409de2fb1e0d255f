import fc from 'fast-check'
import { stripFile } from '#app/documents/stripped-file.ts'
import { readCard } from '#app/domain/card.ts'
import { readCode } from '#app/domain/citizen-code.ts'
import { collectionOfTable, outreachOfTable } from '#app/domain/field-table.ts'
import { figuresOfTable } from '#app/domain/figure-table.ts'
import { placeProblems, readSessionLine } from '#app/domain/session-entry.ts'
import { partSession } from '#app/domain/session-lines.ts'
import { guessColumns as guessLayout, layoutFields, pastedCells, writeByLayout } from '#app/domain/table-layout.ts'
import { EXCHANGED_TABLES, EXTRACT_SOURCES } from '#app/domain/vocabulary.ts'
import { readExchanged } from '#app/imports/exchange-spec.ts'
import { readExtractHead } from '#app/imports/extract-head.ts'
import { readExtractRows } from '#app/imports/extract-rows.ts'
import { readHelpTable } from '#app/imports/help-table.ts'
import { readRoster } from '#app/imports/roster.ts'
import { readTable, refuseTable, type TableRow, UnreadableTable } from '#app/imports/table.ts'
import { readWorklistTable } from '#app/imports/worklist-table.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { layoutLabels } from '#app/text/table-layout.ts'
import { INDICATORS } from '#tests/indicators.ts'
import { hostileCsv, hostilePaper, hostileWorkbook } from './hostile-files.ts'
import { hostileText } from './hostile-text.ts'

const HANG_MS = 10_000
const TODAY = '2024-06-12'
const table = fc.oneof(hostileWorkbook, hostileCsv)

/** The rows of a table, or undefined where it is refused. */
async function rowsOf(bytes: Uint8Array): Promise<TableRow[] | undefined> {
  if (refuseTable(bytes)) return undefined
  const rows: TableRow[] = []
  try {
    for await (const row of readTable(bytes)) rows.push(row)
  } catch (error) {
    if (error instanceof UnreadableTable) return undefined
    throw error
  }
  return rows
}

/** The one commune that a worklist knows here. */
const COMMUNES = [{ code: '25207', name: 'Tân Thành', type: 'xã' }]

const PASTED_HEADS = Object.fromEntries(
  EXCHANGED_TABLES.map(name => [
    name,
    layoutFields(name, INDICATORS)
      .map(field => labelOf(name, field))
      .join('\t'),
  ]),
)
function labelOf(name: (typeof EXCHANGED_TABLES)[number], field: string): string {
  return layoutLabels(name, INDICATORS)[field] ?? field
}

/** A QR text: a card's fields between bars, some of them replaced. */
const cardText = fc
  .tuple(
    fc.array(fc.option(hostileText, { freq: 3 }), { minLength: 7, maxLength: 12 }),
    fc.constantFrom('|', '|', '|', '||', '\n'),
  )
  .map(([changes, bar]) => {
    const fields = ['070090000001', '', 'Nguyễn Văn Thử', '25121990', 'Nam', 'Ấp 1, Tân Thành', '01012022']
    return changes.map((change, n) => change ?? fields[n] ?? '').join(bar)
  })

const SESSION_FIELDS = ['citizenName', 'citizenNumber', 'birthOn', 'birthYear', 'phone', 'carrier', 'localityCode']
const sessionFields = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom('helpedOn', 'helpPlace', 'localityCode', 'consent', 'outcome_phone_4g', '__proto__'),
      fc
        .tuple(fc.nat(1000), fc.constantFrom(...SESSION_FIELDS, '__proto__', 'constructor'))
        .map(([at, field]) => `lines[${at}].${field}`),
      hostileText,
    ),
    hostileText,
  ),
  { maxLength: 40 },
)

type Importer = { arbitrary: fc.Arbitrary<unknown>; read: (input: never) => Promise<unknown> | unknown }
const importer = <T>(arbitrary: fc.Arbitrary<T>, read: (input: T) => unknown): Importer => ({ arbitrary, read })

/** Every way in which something from outside becomes rows, by name. None throws, whatever comes. */
export const IMPORTERS: Readonly<Record<string, Importer>> = {
  roster: importer(fc.tuple(table, fc.boolean()), ([bytes, isYouth]) =>
    readRoster(bytes, isYouth ? { association: 'youth' } : {}),
  ),
  help: importer(table, bytes => readHelpTable(bytes)),
  extract: importer(fc.tuple(table, fc.constantFrom(...EXTRACT_SOURCES)), async ([bytes, source]) => {
    const rows = (await rowsOf(bytes)) ?? []
    const found = rows.length === 0 ? undefined : await readExtractHead(bytes, source, {})
    if (!found) return
    const { head, guess: columns } = found
    const context = { source, columns, head, asOfOn: '2024-06-01', today: TODAY }
    try {
      for await (const line of readExtractRows(bytes, context))
        if (line.row <= head.row) throw new Error('a row of the head')
    } catch (error) {
      if (!(error instanceof UnreadableTable)) throw error
    }
  }),
  worklist: importer(table, bytes =>
    readWorklistTable(bytes, {
      communes: COMMUNES,
      allCommunes: COMMUNES,
      minimumAge: 14,
      endsOn: '2024-07-03',
    }),
  ),
  tables: importer(
    fc.tuple(fc.constantFrom(...EXCHANGED_TABLES), fc.array(fc.array(hostileText, { maxLength: 9 }), { maxLength: 9 })),
    async ([name, lines]) => {
      const pasted = [PASTED_HEADS[name], ...lines.map(line => line.join('\t'))].join('\n')
      const columns = guessLayout(pastedCells(pasted)[0] ?? [], layoutLabels(name, INDICATORS))
      const rows = (await readExchanged(name, { pasted }, { indicators: INDICATORS }))?.rows ?? []
      writeByLayout(
        columns,
        rows.map(({ row }) => row),
      )
      figuresOfTable(rows, [{ code: '70', name: 'tỉnh Bình Phước' }], INDICATORS)
      outreachOfTable(rows, {
        own: { unitId: 1, localityCode: null },
        units: [{ id: 1, name: 'A', path: '/1/' }],
        areas: [{ id: '70', name: 'B' }],
        channels: officeLabels.outreachChannel,
      })
      collectionOfTable(rows, [{ id: 1, name: 'A' }])
    },
  ),
  'table files': importer(table, async bytes => {
    for (const name of EXCHANGED_TABLES)
      try {
        await readExchanged(name, { bytes }, { indicators: INDICATORS })
      } catch (error) {
        if (!(error instanceof UnreadableTable)) throw error
      }
  }),
  card: importer(cardText, readCard),
  code: importer(hostileText, readCode),
  session: importer(sessionFields, fields => {
    const { shared, filled } = partSession(fields)
    for (const line of filled) {
      const read = readSessionLine(shared, line)
      if (!read.ok) placeProblems(line, read.problems)
    }
  }),
  paper: importer(hostilePaper, stripFile),
}

/** A hostile input must be read or refused; anything thrown, and anything that takes over 10 s, is a fault. */
export async function checkImporters({ numRuns, seed }: { numRuns: number; seed: number }) {
  const names = Object.keys(IMPORTERS)
  const faults: { importer: string; fault: string }[] = []
  let cases = 0
  for (const [name, { arbitrary, read }] of Object.entries(IMPORTERS)) {
    const result = await fc.check(
      fc.asyncProperty(arbitrary, async input => {
        const start = performance.now()
        await read(input as never)
        if (performance.now() - start > HANG_MS) throw new Error('took over 10 s')
      }),
      { numRuns: Math.ceil(numRuns / names.length), seed },
    )
    cases += result.numRuns
    if (!result.failed) continue
    const shown = fc.stringify(result.counterexample).slice(0, 600)
    const { stack } = result.errorInstance as Error
    faults.push({ importer: name, fault: `${stack?.split('\n').slice(0, 6).join('\n')}\n    by ${shown}` })
  }
  return { importers: names.length, cases, faults }
}
