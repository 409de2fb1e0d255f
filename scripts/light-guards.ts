import type { Guard } from './guard.ts'

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
    find: 'const PAGE = 24',
    put: 'const PAGE = 50',
    tests: ['tests/routes/homes.test.ts'],
  },
]
