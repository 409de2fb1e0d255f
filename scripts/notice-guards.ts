import type { Guard } from './guard.ts'

const PUSH_TEST = 'tests/jobs/push.test.ts'
const UNDO_TEST = 'tests/queries/confirming-undo.test.ts'
const FIELD_TEST = 'tests/queries/field-work.test.ts'
const TEAM_TEST = 'tests/queries/team.test.ts'
const PLEDGE_TEST = 'tests/queries/pledge.test.ts'

/** Guards of what is said to whom: answers, corrections, lists signed on paper, reminders to phones, and undoing. */
export const NOTICE_GUARDS: readonly Guard[] = [
  {
    name: 'notice: the former words of a difficulty are kept',
    file: 'app/queries/difficulty.server.ts',
    find: "    keepFormer(tx, actor, { difficultyId, part: 'question', title: row.title, body: row.body })\n",
    put: '',
    tests: [FIELD_TEST],
  },
  {
    name: 'notice: former words are not for every reader',
    file: 'app/queries/difficulty.server.ts',
    find: "former: can(actor, 'difficulty.view', { unitPath }) ? formerTexts(difficultyId) : [],",
    put: 'former: formerTexts(difficultyId),',
    tests: [FIELD_TEST],
  },
  {
    name: 'notice: an answer is told to the unit that asked',
    file: 'app/queries/unit-waiting.server.ts',
    find: '(d.unit_id = u.id',
    put: '(d.unit_id = 0',
    tests: [FIELD_TEST],
  },
  {
    name: 'notice: an address of mail is asked about',
    file: 'app/domain/personal-words.ts',
    find: 'mails: unique(text.match(MAIL) ?? [])',
    put: 'mails: []',
    tests: ['tests/domain/personal-words.test.ts'],
  },
  {
    name: 'notice: a team has one leader at a time',
    file: 'app/domain/team.ts',
    find: "return place.isLeader && beside.some(({ isLeader }) => isLeader) ? 'team_has_leader' : null",
    put: 'return null',
    tests: [TEAM_TEST],
  },
  {
    name: 'notice: a member leaves at the end of the day',
    file: 'app/domain/team.ts',
    find: '(fromOn > today ? fromOn : today)',
    put: 'fromOn',
    tests: [TEAM_TEST],
  },
  {
    name: 'notice: a list does not replace a promise of more',
    file: 'app/queries/pledge.server.ts',
    find: 'promised === undefined || !promisesMore(promised, input)',
    put: 'promised === undefined || promised !== null',
    tests: [PLEDGE_TEST],
  },
  {
    name: 'notice: whom a list binds may read it',
    file: 'app/queries/stored-file.server.ts',
    find: "kind === 'pledge_list' && speaksFor(actor, fileId)",
    put: 'actor.kind === undefined',
    tests: [PLEDGE_TEST],
  },
  {
    name: 'notice: a push goes to named services alone',
    file: 'app/domain/push.ts',
    find: ' && isOneOf(hostname, hosts)',
    put: ' && (hosts.length >= 0 || isOneOf(hostname, hosts))',
    tests: [PUSH_TEST],
  },
  {
    name: 'notice: a push never leads into the own network',
    file: 'app/access/public-address.server.ts',
    find: '!addresses.every(({ address }) => isPublicAddress(address))',
    put: 'addresses.length < 0',
    tests: [PUSH_TEST],
  },
  {
    name: 'notice: pushes are off until turned on',
    file: 'app/queries/push.server.ts',
    find: "if (!row?.isOn) return refused('endpoint', 'push_off')",
    put: "if (!row) return refused('endpoint', 'push_off')",
    tests: [PUSH_TEST],
  },
  {
    name: 'notice: a browser that is gone is forgotten',
    file: 'app/domain/push.ts',
    find: "if (status === 404 || status === 410) return 'gone'",
    put: "if (status === 404) return 'gone'",
    tests: [PUSH_TEST],
  },
  {
    name: 'notice: a reset ends reminders on every browser',
    file: 'app/access/session.server.ts',
    find: '  db.delete(pushSubscription).where(eq(pushSubscription.accountId, accountId)).run()\n',
    put: '',
    tests: [PUSH_TEST],
  },
  {
    name: 'notice: undoing is over after half a minute',
    file: 'app/queries/confirming-undo.server.ts',
    find: 'e.at >= @since and',
    put: '@since is not null and',
    tests: [UNDO_TEST],
  },
  {
    name: 'notice: undoing takes back all or none',
    file: 'app/queries/confirming-undo.server.ts',
    find: 'if (ids.length === 0 || ids.length !== count) return',
    put: 'if (ids.length === 0) return',
    tests: [UNDO_TEST],
  },
  {
    name: 'notice: a part that is unconfirmed waits again, whatever a list shows',
    file: 'app/queries/obligation.server.ts',
    find: "? { state: 'declared' as const, confirmedAt: null",
    put: "? { state: 'confirmed' as const, confirmedAt: null",
    tests: [UNDO_TEST],
  },
]
