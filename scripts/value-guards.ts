import type { Guard } from './guard.ts'

const KEPT_TEST = 'tests/offline/kept-citizen.test.ts'
const VALUES_TEST = 'tests/imports/values.test.ts'
const KINDS_TEST = 'tests/imports/kinds.test.ts'
const TYPED_NAME_TEST = 'tests/queries/typed-name.test.ts'
const LEVELS_TEST = 'tests/routes/two-levels.test.ts'
const EXTRACT_TEST = 'tests/queries/extract.test.ts'
const DAY_ORDER_TEST = 'tests/imports/day-order.test.ts'
const COLUMNS_TEST = 'tests/routes/table-columns.test.ts'
const EXPORTS_TEST = 'tests/routes/exports-back.test.ts'

/** The guards of what a cell or a field means. */
export const VALUE_GUARDS: readonly Guard[] = [
  {
    name: 'a record is not saved under a name in a lost font',
    file: 'app/queries/help.server.ts',
    find: 'if (isLostFont(input.citizen.name))',
    put: 'if (isLostFont(""))',
    tests: ['tests/queries/help.test.ts'],
  },
  {
    name: 'a decimal number written for a personal number loses its fraction',
    file: 'app/domain/letters.ts',
    find: ".replace(/^(0\\d{11}|[1-9]\\d{8,11})[.,]0+$/, '$1')",
    put: '',
    tests: [VALUES_TEST],
  },
  {
    name: 'zeros are put back only where a cell of numbers lost them',
    file: 'app/domain/id-number.ts',
    find: '/^[1-9]\\d{9,10}$/.test(digits)',
    put: '/^\\d{9,11}$/.test(digits)',
    tests: [VALUES_TEST],
  },
  {
    name: 'a number that a spreadsheet shortened is told',
    file: 'app/domain/id-number.ts',
    find: "return refuse('id_number_shortened')",
    put: 'return readIdNumber(typed.replace(/\\D/g, ""), today)',
    tests: [VALUES_TEST],
  },
  {
    name: 'a moment with its offset is its Vietnamese day',
    file: 'app/domain/written-day.ts',
    find: 'if (stamped !== undefined) return stamped',
    put: '',
    tests: [VALUES_TEST],
  },
  {
    name: 'marks decide before a name is read without them',
    file: 'app/domain/name.ts',
    find: 'return marked.length > 0 ? marked : ',
    put: 'return ',
    tests: [VALUES_TEST],
  },
  {
    name: 'without marks a name is only somebody who may be meant',
    file: 'app/domain/name.ts',
    find: '.filter(person => marksAgree(nameOf(person), text))',
    put: '',
    tests: [VALUES_TEST],
  },
  {
    name: 'a lost font is no name',
    file: 'app/domain/listed-name.ts',
    find: 'isLostFont(composed(text)) ?',
    put: 'composed(text) === "" ?',
    tests: [VALUES_TEST],
  },
  {
    name: 'the year of a birth is no man',
    file: 'app/imports/list-spec.ts',
    find: "column === 'male' && YEAR.test(composed(spoken))",
    put: 'column === undefined',
    tests: [VALUES_TEST],
  },
  {
    name: 'a file whose days may be turned is asked about before it is read',
    file: 'app/jobs/extract.server.ts',
    find: 'if (answers === undefined && (asks.dayOrder || asks.words.length > 0))',
    put: 'if (answers === undefined && asks.words.length > 99)',
    tests: [EXTRACT_TEST],
  },
  {
    name: 'a list whose days may be turned is asked about before its rows are read',
    file: 'app/domain/list.ts',
    find: 'view.unclearDays.some(',
    put: '[].some(',
    tests: [DAY_ORDER_TEST],
  },
  {
    name: 'days turned by a spreadsheet are turned back as was said',
    file: 'app/imports/list-days.ts',
    find: 'if (turned.size === 0) return entry',
    put: 'if (turned.size < 9) return entry',
    tests: [DAY_ORDER_TEST],
  },
  {
    name: 'an order that was said of one column of a file is not taken for another',
    file: 'app/domain/list-input.ts',
    find: '=== column)?.at === columns[column]',
    put: '=== column) !== undefined',
    tests: [DAY_ORDER_TEST],
  },
  {
    name: 'collection points of units that differ in a mark are told apart',
    file: 'app/domain/field-table.ts',
    find: 'row.unit ? named(points, row.unit,',
    put: "row.unit === '' ? named(points, row.unit,",
    tests: [EXPORTS_TEST],
  },
  {
    name: 'a row that is only named like a head is an entry',
    file: 'app/imports/list.ts',
    find: 'return named.length > 1 || !isEntry(row)',
    put: 'return named.length > 0',
    tests: [EXPORTS_TEST],
  },
  {
    name: 'a table that a preview gave back is read by our own heads alone',
    file: 'app/routes/_web/table-form.server.ts',
    find: 'layout !== undefined || kept[tableFields.own] !== undefined',
    put: 'layout !== undefined',
    tests: [COLUMNS_TEST],
  },
  {
    name: 'a cell whose formula has no value is no text of outreach',
    file: 'app/domain/field-table.ts',
    find: "['place', 'note'].filter(field => brokenCell(cell(field)))",
    put: "['place', 'note'].filter(() => false)",
    tests: [COLUMNS_TEST],
  },
  {
    name: 'the typed form of a name is kept with it',
    file: 'app/domain/person-name.ts',
    find: 'typed: name === typed ? null : typed',
    put: 'typed: null',
    tests: [TYPED_NAME_TEST],
  },
  {
    name: 'the typed form of an earlier name is not shown',
    file: 'app/domain/person-name.ts',
    find: '&& titleCase(typed) === name ?',
    put: '?',
    tests: [TYPED_NAME_TEST],
  },
  {
    name: 'an edit that leaves the name leaves its typed form',
    file: 'app/queries/help.server.ts',
    find: '        ...keptNameTyped(row, input),',
    put: '',
    tests: [TYPED_NAME_TEST],
  },
  {
    name: 'a typed name is erased with the name',
    file: 'app/queries/citizen-deletion.server.ts',
    find: 'update help set citizen_name_cipher = ${EMPTY}, citizen_name_typed_cipher = null,',
    put: 'update help set citizen_name_cipher = ${EMPTY},',
    tests: [TYPED_NAME_TEST],
  },
  {
    name: 'search keys of an earlier release come in step',
    file: 'app/queries/search-key.server.ts',
    find: 'return keys.folded === folded && keys.sorted === sorted ? [] :',
    put: 'return keys.folded !== "" ? [] :',
    tests: ['tests/queries/search-key.test.ts'],
  },
  {
    name: 'a hamlet in a lost font is told in records',
    file: 'app/imports/help-table.ts',
    find: "if (isLostFont(texts.hamlet ?? ''))",
    put: 'if (texts.hamlet === null)',
    tests: [KINDS_TEST],
  },
  {
    name: 'a hamlet in a lost font is told in rosters',
    file: 'app/imports/roster.ts',
    find: "if (isLostFont(said.hamlet ?? ''))",
    put: 'if (row === undefined)',
    tests: [KINDS_TEST],
  },
  {
    name: 'bytes of misread letters are not taken for spaces',
    file: 'app/imports/workbook.ts',
    find: 'whole.replace(BYTES_AS_SPACE, `$1${BYTE_MARK}`)',
    put: 'whole.replace(/[\\u0080-\\u009F]/g, " ")',
    tests: [KINDS_TEST],
  },
  {
    name: 'soft hyphens are passed over in forms',
    file: 'app/domain/letters.ts',
    find: "composed(text).replaceAll('\\u00AD', '')",
    put: 'composed(text)',
    tests: ['tests/routes/invisible-marks.test.ts'],
  },
  {
    name: 'the phone finds the own record of a citizen in its outbox',
    file: 'app/offline/kept-citizen.ts',
    find: 'other.ok && other.number === number',
    put: 'other.ok && other.number === key',
    tests: [KEPT_TEST],
  },
  {
    name: 'what waits on the phone is said before what was sent',
    file: 'app/offline/kept-citizen.ts',
    find: 'about.find(({ saved }) => saved === null) ?? ',
    put: '',
    tests: [KEPT_TEST],
  },
  {
    name: 'districts are asked of the data',
    file: 'app/queries/locality.server.ts',
    find: "row.level === 'commune' && levelAbove(row) === 'district'",
    put: "row.level === 'commune'",
    tests: [LEVELS_TEST],
  },
  {
    name: 'what the province hands down is the annex from then on',
    file: 'app/queries/target-sharing.server.ts',
    find: "if (sharer.kind === 'province' && localityCode !== null)",
    put: 'if (localityCode === "")',
    tests: [LEVELS_TEST],
  },
  {
    name: 'a map of tiles leaves no locality out',
    file: 'app/domain/tile-map.ts',
    find: 'placed.length < things.length',
    put: 'things.length === 0',
    tests: ['tests/domain/tile-map.test.ts'],
  },
]
