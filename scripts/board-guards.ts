import type { Guard } from './guard.ts'

const CAUSE_TEST = 'tests/domain/official-cause.test.ts'
const NUDGE_TEST = 'tests/queries/nudge.test.ts'

/** Guards of the boards: by cause, words of pace, the map, reminders of one person. */
export const BOARD_GUARDS: readonly Guard[] = [
  {
    name: 'records that wait for the unit ask nothing more of the official',
    file: 'app/domain/official-cause.ts',
    find: 'const isShort = shortage > awaiting',
    put: 'const isShort = shortage > 0',
    tests: [CAUSE_TEST],
  },
  {
    name: 'an account never opened blocks all else',
    file: 'app/domain/official-cause.ts',
    find: 'not_activated: !isActivated &&',
    put: 'not_activated: false &&',
    tests: [CAUSE_TEST],
  },
  {
    name: 'a large unit reads its own people alone',
    file: 'app/queries/official-cause.server.ts',
    find: 'const isWhole = officials <= MOST_BELOW',
    put: 'const isWhole = true',
    tests: [NUDGE_TEST],
  },
  {
    name: 'a person is reminded once a day',
    file: 'app/domain/nudge.ts',
    find: 'last === null || last < today',
    put: 'last === null || last <= today',
    tests: [NUDGE_TEST],
  },
  {
    name: 'a reminder is shown for a week',
    file: 'app/domain/nudge.ts',
    find: 'on <= today && daysBetween(on, today) < SHOWN_DAYS',
    put: 'on <= today',
    tests: [NUDGE_TEST],
  },
  {
    name: 'who may only read reminds nobody',
    file: 'app/queries/nudge.server.ts',
    find: "      permit(actor, 'roster.edit', target)\n",
    put: '',
    tests: [NUDGE_TEST],
  },
  {
    name: 'nobody is reminded of what waits for the unit alone',
    file: 'app/queries/nudge.server.ts',
    find: "const isTheirs = (causes: readonly Cause[]) => causes[0] !== 'awaiting'",
    put: 'const isTheirs = (causes: readonly Cause[]) => causes.length > 0',
    tests: [NUDGE_TEST],
  },
  {
    name: 'no forecast is made from an old figure',
    file: 'app/domain/indicator-word.ts',
    find: "ageOf(asOfOn, today).isOld ? 'old_figure' : ",
    put: '',
    tests: ['tests/domain/indicator-word.test.ts'],
  },
  {
    name: 'the map separates localities that lie close together',
    file: 'app/domain/tile-map.ts',
    find: 'const low = Math.floor(Math.min(...shares) * 100) * (GRAIN / 100)',
    put: 'const low = 0',
    tests: ['tests/domain/tile-map.test.ts'],
  },
  {
    name: 'units stand by how many they lack',
    file: 'app/routes/board/unit.server.ts',
    find: 'b.pace.missing - a.pace.missing',
    put: 'a.pace.missing - b.pace.missing',
    tests: ['tests/routes/unit-board.test.ts'],
  },
]
