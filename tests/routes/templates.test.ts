import { expect, it } from 'vitest'
import { writeCells } from '#app/documents/layout-export.ts'
import { EXTRACT_COLUMNS } from '#app/domain/extract.ts'
import { layoutFields } from '#app/domain/table-layout.ts'
import { readExchanged } from '#app/imports/exchange-spec.ts'
import { readExtractHead } from '#app/imports/extract-head.ts'
import { extractColumns } from '#app/text/extract.ts'
import { layoutLabels } from '#app/text/table-layout.ts'
import { INDICATORS } from '#tests/indicators.ts'

it.each(['outreach', 'collection_days', 'indicator_figures'] as const)(
  'the template of %s is understood',
  async table => {
    const heads = layoutFields(table, INDICATORS).map(field => layoutLabels(table, INDICATORS)[field] ?? field)
    const line = heads.map((_, n) => `12/6/202${n % 5}`)
    const read = await readExchanged(table, { bytes: await writeCells([heads, line]) }, { indicators: INDICATORS })
    expect(Object.keys(read?.rows[0]?.row ?? {}).toSorted()).toEqual(layoutFields(table, INDICATORS).toSorted())
  },
)

it.each(['police', 'telecom'] as const)('the template of the %s is understood', async source => {
  const heads = EXTRACT_COLUMNS[source].map(column => extractColumns[column].label)
  const found = await readExtractHead(await writeCells([heads]), source, {})
  expect(found?.guess).toEqual(Object.fromEntries(EXTRACT_COLUMNS[source].map((column, n) => [column, n])))
})
