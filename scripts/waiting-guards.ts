import type { Guard } from './guard.ts'

const tests = ['tests/queries/waiting.test.ts']

/** Guards of what waits for another person, and of a list that moves somebody (domain 3, 10). */
export const WAITING_GUARDS: readonly Guard[] = [
  {
    name: 'a list asks the receiving unit for a move',
    file: 'app/domain/roster/plan.ts',
    find: 'if (unitId === undefined || !needsConsent(known.lastUnitId, unitId)) return { now: changes }',
    put: 'if (unitId !== -1) return { now: changes }',
    tests: ['tests/domain/roster.test.ts'],
  },
  {
    name: 'a list moves no head from their own level',
    file: 'app/domain/roster/columns.ts',
    find: "if (!known.mayMove) return { reason: 'moved_from_above' }",
    put: '',
    tests: ['tests/domain/roster.test.ts'],
  },
  {
    name: 'a move from one unit to another needs consent, by page and by list',
    file: 'app/domain/transfer.ts',
    find: 'return fromUnitId !== null && fromUnitId !== toUnitId',
    put: 'return fromUnitId !== null && fromUnitId === -toUnitId',
    tests: ['tests/queries/transfer.test.ts'],
  },
  {
    name: 'what waits has a term of five working days',
    file: 'app/domain/waiting.ts',
    find: 'ANSWER_WORKING_DAYS = 5',
    put: 'ANSWER_WORKING_DAYS = 6',
    tests,
  },
  {
    name: 'those above are reminded of an exemption that is overdue',
    file: 'app/queries/exemption.server.ts',
    find: 'deciders.isOffice || term.isOverdue ||',
    put: 'deciders.isOffice ||',
    tests,
  },
  {
    name: 'those above are reminded of a correction that is overdue',
    file: 'app/queries/correction-list.server.ts',
    find: '|| this.termOf(row.askedAt).isOverdue',
    put: '',
    tests,
  },
  {
    name: 'the level above is reminded of a receipt that is overdue',
    file: 'app/queries/receipt.server.ts',
    find: 'c.opened_at < @overdueBefore or',
    put: 'c.opened_at < 0 * @overdueBefore or',
    tests,
  },
  {
    name: 'a team is reminded of the second signature',
    file: 'app/queries/reminder.server.ts',
    find: "remindOf('inspection_signatures', signaturesDue(actor, campaignId))",
    put: "remindOf('inspection_signatures', signaturesDue(actor, campaignId).slice(0, 0))",
    tests,
  },
  {
    name: 'the campaign office is reminded of what nobody else may confirm',
    file: 'app/queries/reminder.server.ts',
    find: 'count: left.help,',
    put: 'count: 0 * left.help,',
    tests,
  },
  {
    name: 'nobody is reminded to confirm what is not theirs to confirm',
    file: 'app/queries/unit-waiting.server.ts',
    find: 'help.awaiting - others.help',
    put: 'help.awaiting - 0 * others.help',
    tests,
  },
  {
    name: 'an overdue report is told apart from the next one',
    file: 'app/domain/reminder.ts',
    find: 'others.filter(({ isMissing }) => !isMissing)',
    put: 'others',
    tests: ['tests/domain/reminder.test.ts'],
  },
  {
    name: 'a declared certificate that ends too early is to be done again',
    file: 'app/domain/standing.ts',
    find: 'isCertificateFlawed && isWithUnit(parts[part])',
    put: 'isCertificateFlawed && !isWithUnit(parts[part])',
    tests: ['tests/domain/reminder.test.ts'],
  },
  {
    name: 'what waits is listed by its day',
    file: 'app/domain/reminder.ts',
    find: "(dueOn ?? '9999')",
    put: "(dueOn ?? '')",
    tests: ['tests/domain/reminder.test.ts'],
  },
  {
    name: 'a record outside the quota asks for nothing',
    file: 'app/queries/own-waiting.server.ts',
    find: 'where not isBeyond',
    put: 'where (isBeyond or not isBeyond)',
    tests: ['tests/queries/reminder.test.ts'],
  },
  {
    name: 'a place that will be in time holds nothing back',
    file: 'app/domain/leader.ts',
    find: "missing > 0 && said !== 'on_time'",
    put: "missing > 0 && said !== 'no_target'",
    tests: ['tests/domain/leader.test.ts'],
  },
]
