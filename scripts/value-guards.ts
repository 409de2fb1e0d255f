import type { Guard } from './guard.ts'

const VALUES_TEST = 'tests/imports/values.test.ts'
const EXTRACT_TEST = 'tests/queries/extract.test.ts'
const WORKLIST_TEST = 'tests/domain/worklist.test.ts'
const PREVIEW_TEST = 'tests/routes/batch-preview.test.ts'

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
    name: 'a worklist tells every problem of a row',
    file: 'app/domain/worklist.ts',
    find: 'if (!columns.some(isUnsaved)) reasons.push(reason)',
    put: 'if (!columns.some(isUnsaved) && reasons.length === 0) reasons.push(reason)',
    tests: [WORKLIST_TEST],
  },
  {
    name: 'a list of records tells what two fields say together besides the faults of single ones',
    file: 'app/domain/help-import.ts',
    find: 'const ROUNDS = 3',
    put: 'const ROUNDS = 1',
    tests: ['tests/domain/help-import.test.ts'],
  },
  {
    name: 'a problem that rests on a cell with a fault is not told',
    file: 'app/domain/help-import.ts',
    find: 'problems.push(...found.filter(problem => restsOnNoFault(problem, faults)))',
    put: 'problems.push(...found)',
    tests: ['tests/domain/help-import.test.ts'],
  },
  {
    name: 'of a record that was there before the list no day is told',
    file: 'app/queries/worklist.server.ts',
    find: 'where h.id = ${assignment.helpId} and h.received_at >= l.imported_at`',
    put: 'where h.id = ${assignment.helpId}`',
    tests: [PREVIEW_TEST],
  },
  {
    name: 'others’ records keep nobody off a worklist',
    file: 'app/queries/worklist-import.server.ts',
    find: ' and u.path >= @path and u.path < @end',
    put: ' and @path <> @end',
    tests: [PREVIEW_TEST],
  },
  {
    name: 'a preview warns of a number that is no province’s',
    file: 'app/queries/worklist-preview.server.ts',
    find: 'isAbroad: number.ok && number.isAbroad',
    put: 'isAbroad: false',
    tests: [PREVIEW_TEST],
  },
  {
    name: 'a word of many rows is an answer, also in capitals',
    file: 'app/domain/police-word.ts',
    find: '(rows >= REPEATED || ',
    put: '(rows < 0 || ',
    tests: [EXTRACT_TEST],
  },
]
