import type { Guard } from './guard.ts'

const VALUES_TEST = 'tests/imports/values.test.ts'
const EXTRACT_TEST = 'tests/queries/extract.test.ts'

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
    name: 'a role that a list plans waits for a second person',
    file: 'app/queries/grant.server.ts',
    find: "if (actor.kind === 'system') insertGrant(tx, actor, { ...input, byAdministrator: false })",
    put: 'insertGrant(tx, actor, { ...input, byAdministrator: false })',
    tests: ['tests/queries/role-plan.test.ts'],
  },
  {
    name: 'a head’s role is given from strictly above',
    file: 'app/queries/grant-request.server.ts',
    find: "const over = role === 'head' ? unitPath.replace(/[^/]+\\/$/, '') : unitPath",
    put: 'const over = unitPath',
    tests: ['tests/queries/role-plan.test.ts'],
  },
  {
    name: 'a list of units is written whole or not at all',
    file: 'app/queries/setup-batch.server.ts',
    find: "if (present.problems.length > 0) return { ok: false, problem: 'rows_open' }",
    put: '',
    tests: ['tests/queries/setup-list.test.ts'],
  },
  {
    name: 'connections see localities that a list wrote',
    file: 'app/queries/locality.server.ts',
    find: "coalesce((select max(revision) from locality), '')",
    put: "''",
    tests: ['tests/queries/setup-list.test.ts'],
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
]
