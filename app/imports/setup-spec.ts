import type { SetupList } from '#app/domain/setup/listed.ts'
import { LOCALITY_COLUMNS } from '#app/domain/setup/localities.ts'
import { UNIT_COLUMNS } from '#app/domain/setup/units.ts'
import { localityHeaders, unitHeaders } from '#app/text/setup.ts'
import type { ListSpec, ValueKind } from './list-spec.ts'

type Words = { header: string; synonyms: readonly string[] }

/** What a list wants whose rows are things of the province: each has a name. */
function specOf(
  columns: readonly string[],
  headers: Readonly<Record<string, Words>>,
  required: readonly string[],
): ListSpec<string> {
  return {
    columns: Object.fromEntries(
      columns.map(column => [
        column,
        {
          header: headers[column]?.header ?? column,
          synonyms: headers[column]?.synonyms ?? [],
          // a row with a name is a row of the list
          kind: (column === 'name' ? 'place' : 'words') satisfies ValueKind,
        },
      ]),
    ),
    heads: ['name'],
    missing: has => required.filter(column => !has(column)),
  }
}

/** What the lists want of a file with which a province is set up. */
export const SETUP_SPECS: Readonly<Record<SetupList, ListSpec<string>>> = {
  units: specOf(UNIT_COLUMNS, unitHeaders, ['name']),
  localities: specOf(LOCALITY_COLUMNS, localityHeaders, ['code', 'type', 'name']),
}
