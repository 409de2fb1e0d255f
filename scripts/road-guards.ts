import type { Guard } from './guard.ts'

const ANSWER_TEST = 'tests/routes/citizen-answer.test.ts'
const WORKLIST_TEST = 'tests/queries/worklist.test.ts'

/** Guards of what is done on the road: at a citizen's door, on the phone, from sheet to sheet. */
export const ROAD_GUARDS: readonly Guard[] = [
  {
    name: 'road: a citizen’s yes agrees to the words that were shown',
    file: 'app/routes/citizen/answer.tsx',
    find: "form.get('consent') !== CITIZEN_CONSENT_VERSION",
    put: "form.get('consent') === ''",
    tests: [ANSWER_TEST],
  },
  {
    name: 'road: all outcomes that a citizen denies are taken back',
    file: 'app/queries/citizen-answer.server.ts',
    find: 'for (const outcome of denied) unclaim',
    put: 'for (const outcome of denied.slice(0, 1)) unclaim',
    tests: ['tests/queries/citizen.test.ts'],
  },
  {
    name: 'road: a citizen’s own words go with their data',
    file: 'app/queries/citizen-deletion.server.ts',
    find: 'network_hash = null, words_cipher = null',
    put: 'network_hash = null',
    tests: ['tests/queries/citizen-deletion.test.ts'],
  },
  {
    name: 'road: a wrong number is not called again',
    file: 'app/domain/assignment.ts',
    find: " && state !== 'wrong_number'",
    put: '',
    tests: [WORKLIST_TEST],
  },
  {
    name: 'road: who did not answer is called again another day',
    file: 'app/queries/assignment.server.ts',
    find: 'isLater: again !== null && again > today',
    put: 'isLater: again !== null && again < today',
    tests: [WORKLIST_TEST],
  },
  {
    name: 'road: those done stand last on a list, page by page',
    file: 'app/queries/worklist.server.ts',
    find: '.orderBy(asc(IS_DONE), asc(assignment.hamlet)',
    put: '.orderBy(asc(assignment.hamlet)',
    tests: [WORKLIST_TEST],
  },
  {
    name: 'road: where drawn citizens live is the team’s alone',
    file: 'app/queries/inspection-check.server.ts',
    find: '  asMember(actor, campaignId, inspectionId)\n  return roadOf',
    put: '  return roadOf',
    tests: ['tests/queries/inspection.test.ts'],
  },
  {
    name: 'road: sheets go by hamlet as people count them',
    file: 'app/domain/inspection.ts',
    find: "numeric: true, sensitivity: 'accent'",
    put: "sensitivity: 'accent'",
    tests: ['tests/domain/inspection.test.ts'],
  },
  {
    name: 'road: the campaign office opens a scan only where it decides',
    file: 'app/queries/stored-file.server.ts',
    find: 'isOffice && isSecond(actor.accountId))',
    put: 'isSecond(actor.accountId))',
    tests: ['tests/queries/exemption.test.ts'],
  },
  {
    name: 'road: the size of a sample is shown before it is drawn',
    file: 'app/routes/inspection/new.tsx',
    find: "if (form.get('shown') !== shownKey(sample)) return",
    put: "if (form.get('shown') === 'x') return",
    tests: ['tests/routes/inspection-sample.test.ts'],
  },
]
