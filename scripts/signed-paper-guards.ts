import type { Guard } from './guard.ts'

const LIST_TEST = 'tests/routes/signed-list.test.ts'
const REPORT_TEST = 'tests/routes/signed-report.test.ts'
const MINUTES_TEST = 'tests/routes/signed-minutes.test.ts'
const MINUTES = 'app/queries/signed-minutes.server.ts'
const DOMAIN = 'app/domain/prepared-paper.ts'

/** The guards of papers that several sign: whose a signature is, and what it does. */
export const SIGNED_PAPER_GUARDS: readonly Guard[] = [
  {
    name: 'a signature of one of two of one name is nobody’s',
    file: DOMAIN,
    find: 'const isOne = found.length === 1 && at !== undefined',
    put: 'const isOne = at !== undefined',
    tests: [LIST_TEST],
  },
  {
    name: 'a newer pledge of one’s own stays over a signed list',
    file: DOMAIN,
    find: 'ownSignedAt !== null && ownSignedAt > preparedAt',
    put: 'false',
    tests: [LIST_TEST],
  },
  {
    name: 'a name without a number makes no pledge',
    file: 'app/queries/signed-list.server.ts',
    find: "if (officialId === null || !isKnown(signature)) return 'unconfirmed'",
    put: "if (officialId === null) return 'unconfirmed'",
    tests: [LIST_TEST],
  },
  {
    name: 'nobody confirms their own signature on a list',
    file: 'app/domain/prepared-paper.ts',
    find: "(kind === 'minutes' ? isOwn : !isOwn)",
    put: "(kind === 'minutes' ? isOwn : true)",
    tests: [LIST_TEST],
  },
  {
    name: 'a paper is seen by who may see it',
    file: 'app/routes/signed-paper/paper.server.ts',
    find: 'if (!rules.maySee(actor, row)) throw notFound()',
    put: '',
    tests: [LIST_TEST, REPORT_TEST],
  },
  {
    name: 'a code tells no number of the armed forces',
    file: 'app/routes/signed-paper/by-code.tsx',
    find: 'const isGuarded = targetOfUnit(row.unitId).guardPath != null',
    put: 'const isGuarded = false',
    tests: [LIST_TEST],
  },
  {
    name: 'wrong codes of papers are counted',
    file: 'app/routes/signed-paper/by-code.tsx',
    find: 'if (code !== null) await retryBusy(() => noteWrongCode(address))',
    put: '',
    tests: [LIST_TEST],
  },
  {
    name: 'a file of another paper is not taken',
    file: 'app/jobs/papers/signed-paper.server.ts',
    find: "if (known.kind !== row.kind || known.id !== row.id) return { ok: false, flaw: 'other_paper' }",
    put: '',
    tests: [LIST_TEST],
  },
  {
    name: 'a report signed otherwise meanwhile is not signed again',
    file: DOMAIN,
    find: "if (paper.version !== now.nextVersion) return 'superseded'",
    put: '',
    tests: [REPORT_TEST],
  },
  {
    name: 'a report is signed with the figures of its paper',
    file: 'app/queries/report-signing.server.ts',
    find: 'figures: paper?.figures ?? page.live,',
    put: 'figures: page.live,',
    tests: [REPORT_TEST],
  },
  {
    name: 'a report’s name without a number waits',
    file: 'app/queries/signed-report.server.ts',
    find: 'const signature = reportSignatures(row).find(isKnown)',
    put: 'const [signature] = reportSignatures(row)',
    tests: [REPORT_TEST],
  },
  {
    name: 'minutes of other results sign nothing',
    file: MINUTES,
    find: 'if (!isCurrent(row)) return\n',
    put: '\n',
    tests: [MINUTES_TEST],
  },
  {
    name: 'a name on minutes is confirmed by its owner alone',
    file: 'app/domain/prepared-paper.ts',
    find: "(kind === 'minutes' ? isOwn : !isOwn)",
    put: "(kind === 'minutes' || !isOwn)",
    tests: [MINUTES_TEST],
  },
]
