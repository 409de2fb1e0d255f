import type { Guard } from './guard.ts'

const tests = ['tests/queries/known-games.test.ts']

/** The rules without which a game that one person once won is won again; each is played as a fixed sequence. */
export const GAME_GUARDS: readonly Guard[] = [
  {
    name: 'games play every right of the matrix, or say why not',
    file: 'app/access/policy.ts',
    find: "  'unit.view': {",
    put: "  'unit.bend': { roles: ['head'] },\n  'unit.view': {",
    tests,
  },
  {
    name: 'game H1: a head lowers no target of their unit',
    file: 'app/queries/target.server.ts',
    find: 'isAbove(path, own ?? unitPath)',
    put: '(own ?? unitPath).startsWith(path)',
    tests,
  },
  {
    name: 'game H1: who asked for an exemption does not approve it',
    file: 'app/domain/exemption.ts',
    find: 'officialId === about.officialId || !isSecond(accountId)',
    put: 'officialId === about.officialId',
    tests,
  },
  {
    name: 'game H2: a transfer waits for the receiving unit',
    file: 'app/queries/transfer.server.ts',
    find: "if (!needsConsent(target.unitId, destination.id) || actor.kind === 'system') {",
    put: 'if (asked.unitId > 0) {',
    tests,
  },
  {
    name: 'game H3: an import changes only whom its importer may edit',
    file: 'app/queries/roster.server.ts',
    find: "isReached: last === undefined || can(actor, 'roster.edit', last)",
    put: 'isReached: true || last === undefined',
    tests,
  },
  {
    name: 'game H4: a no or an untrue bars the official’s later records of the citizen',
    file: 'app/domain/verdict.ts',
    find: 'first.officialId === facts.officialId && isLater(facts, first)',
    put: 'first.officialId < 0 && isLater(facts, first)',
    tests,
  },
  {
    name: 'game H5: offices’ roles take two people',
    file: 'app/queries/grant.server.ts',
    find: "if (actor.kind === 'system' || !isOfficeRole(input.role))",
    put: "if (actor.kind !== 'anonymous')",
    tests,
  },
  {
    name: 'game H6: no coordinator opens another’s account',
    file: 'app/queries/account.server.ts',
    find: '(unitPath.length < held.unitPath.length || ',
    put: '(unitPath.length <= held.unitPath.length || ',
    tests,
  },
  {
    name: 'game H6: who issued somebody’s code confirms none of their records',
    file: 'app/queries/help-confirmation.server.ts',
    find: 'seconds.mayConfirm(actor, row.officialId, row.receivedAt) &&',
    put: 'seconds.mayConfirm(actor, null, row.receivedAt) &&',
    tests,
  },
  {
    name: 'games of one maker: whose code and role come from one person is no second to them',
    file: 'app/domain/independence.ts',
    find: '!holds(tie) && tie.until === null && tie.isOfSoleRole',
    put: '!holds(tie) && tie.until === 0 && tie.isOfSoleRole',
    tests: [...tests, 'tests/domain/independence.test.ts'],
  },
  {
    name: 'games of an administrator: a role sleeps in an account that its giver opened',
    file: 'app/queries/asleep.server.ts',
    find: '${grant}.confirmed_by is null and ${grant}.created_by = c.created_by',
    put: '${grant}.confirmed_by is null and ${grant}.created_by < 0',
    tests,
  },
  {
    name: 'games of an administrator: a role sleeps once an administrator replaced the password',
    file: 'app/queries/asleep.server.ts',
    find: '(c.is_reset = 1 or ${grant}.created_by is null)',
    put: '(c.is_reset > 1 or ${grant}.created_by is null)',
    tests,
  },
  {
    name: 'games of an administrator: a role of the system’s sleeps in an account that an administrator opened',
    file: 'app/queries/asleep.server.ts',
    find: 'or ${grant}.created_by is null)',
    put: 'or ${grant}.created_by < 0)',
    tests,
  },
  {
    name: 'games of one maker: who opens an account whose role the system gave may act through it',
    file: 'app/domain/independence.ts',
    find: '(isReset || isOfSystemRole)',
    put: '(isReset || (isOfSystemRole && until === 0))',
    tests: [...tests, 'tests/domain/independence.test.ts'],
  },
  {
    name: 'game H7: a contradiction is kept before the number is written again',
    file: 'app/queries/judging/contradiction.server.ts',
    find: 'keep.run(campaignId, spoken.citizenHash, outcome, extractId, spoken.helpId, at)',
    put: 'if (at < 0) keep.run(campaignId, spoken.citizenHash, outcome, extractId, spoken.helpId, at)',
    tests,
  },
]
