import type { Guard } from './guard.ts'

const QUEUE_TEST = 'tests/queries/help-queue.test.ts'
const RESULTS_TEST = 'tests/queries/assessment.test.ts'
const REMEMBERED_TEST = 'tests/queries/until-written.test.ts'

/** Guards of what is remembered between requests, and of pages that stay light. */
export const LIGHT_GUARDS: readonly Guard[] = [
  {
    name: 'what is remembered ends with a write of this connection',
    file: 'db/until-written.server.ts',
    find: 'one.writes === other.writes',
    put: 'one.writes <= other.writes',
    tests: [REMEMBERED_TEST],
  },
  {
    name: 'what is remembered ends with a write of another process',
    file: 'db/until-written.server.ts',
    find: 'one.version === other.version',
    put: 'one.version <= other.version',
    tests: [REMEMBERED_TEST],
  },
  {
    name: 'what is remembered ends with a write that was taken back',
    file: 'db/until-written.server.ts',
    find: 'one.rollbacks === other.rollbacks',
    put: 'one.rollbacks <= other.rollbacks',
    tests: [REMEMBERED_TEST],
  },
  {
    name: 'a transaction looks at what others wrote before it began',
    file: 'db/client.server.ts',
    find: `    lookAgainAtState()
    begunAt`,
    put: '    begunAt',
    tests: [REMEMBERED_TEST],
  },
  {
    name: 'a statement that writes settings is told from one that reads them',
    file: 'db/state.server.ts',
    find: 'if (statement.readonly || !SETTINGS.test(text)) return statement',
    put: 'if (!SETTINGS.test(text)) return statement',
    tests: [REMEMBERED_TEST],
  },
  {
    name: 'a page that needs no script sends none',
    file: 'app/ui/page-handle.ts',
    find: "typeof document !== 'undefined' || !needsNoScript",
    put: "typeof document === 'undefined' || !needsNoScript",
    tests: ['tests/routes/light-pages.test.ts'],
  },
  {
    name: 'the ties of all who may confirm are read together',
    file: 'app/queries/independence.server.ts',
    find: "union all select 0, * from (${between('from',",
    put: "union all select 0, * from (${between('to',",
    tests: ['tests/queries/independence.test.ts'],
  },
  {
    name: 'the campaign office looks below a unit without a head',
    file: 'app/queries/confirmer.server.ts',
    find: "where p.holders = '[]' and",
    put: "where p.holders = '' and",
    tests: ['tests/routes/homes.test.ts'],
  },
  {
    name: 'the queue of a large unit stays light',
    file: 'app/routes/confirmation/queue.tsx',
    find: 'const PAGE = 50',
    put: 'const PAGE = 90',
    tests: ['tests/routes/queue-pages.test.ts'],
  },
  {
    name: 'what waits is kept by unit with each write',
    file: 'app/queries/judging/change.server.ts',
    find: 'queue.store(tx, campaignId)\n    return result',
    put: 'return result',
    tests: [QUEUE_TEST],
  },
  {
    name: 'the queue of a unit is compared with the records',
    file: 'app/queries/judging/recount.server.ts',
    find: ', ...compareQueues(campaignId)',
    put: '',
    tests: [QUEUE_TEST],
  },
  {
    name: 'a page of the queue holds its own lines alone',
    file: 'app/queries/help-list.server.ts',
    find: 'waiting.slice((number - 1) * size, number * size)',
    put: 'waiting.slice(0, number * size)',
    tests: [QUEUE_TEST],
  },
  {
    name: 'what was edited after a contradiction is on top of the queue',
    file: 'app/queries/help-list.server.ts',
    find: 'if (edited.size === 0) return',
    put: 'if (edited.size >= 0) return',
    tests: [QUEUE_TEST],
  },
  {
    name: 'results are counted by unit as they come',
    file: 'app/queries/judging/change.server.ts',
    find: 'if (after) addResult(sums, after, to, 1)',
    put: '',
    tests: [RESULTS_TEST],
  },
  {
    name: 'counts by result leave out the armed forces before those outside',
    file: 'app/queries/official-assessment.server.ts',
    find: 'const hidden = guards.filter(path => !isSeen(path, path))',
    put: 'const hidden = guards.filter(path => path === unitPath)',
    tests: [RESULTS_TEST],
  },
  {
    name: 'an act of the queue leads back to its page',
    file: 'app/routes/confirmation/params.ts',
    find: 'return { part, page, officialId }',
    put: 'return { part: part, page: undefined, officialId }',
    tests: ['tests/routes/queue-pages.test.ts'],
  },
]
