import type { Guard } from './guards.ts'

const EDGES_TEST = 'tests/queries/edges.test.ts'
const PEOPLE_TEST = 'tests/queries/people-edges.test.ts'
const EXTRACT_TEST = 'tests/queries/extract.test.ts'
const TRANSFER_TEST = 'tests/queries/transfer.test.ts'
const EVIDENCE_TEST = 'tests/queries/obligation-evidence.test.ts'

/** The guards of the rules at their edges (docs/domain.md); each name begins with the situation that it is for. */
export const RULE_GUARDS: readonly Guard[] = [
  {
    name: 'K114: a round reads a missing final report as it is now',
    file: 'app/queries/candidate.server.ts',
    find: 'isFinalReportMissing: subject !== null && isReportMissing(round, subject)',
    put: 'isFinalReportMissing: subject !== null && round.id < 0 && isReportMissing(round, subject)',
    tests: [EDGES_TEST],
  },
  {
    name: 'K57: records of exempt members count for their collective at the close',
    file: 'app/domain/closing.ts',
    find: 'sums.counted += sign * counts.counted',
    put: 'if (target !== null) sums.counted += sign * counts.counted',
    tests: [EDGES_TEST],
  },
  {
    name: 'K88: due process stays with the posting of the cut-off',
    file: 'app/queries/official.server.ts',
    find: 'assessedPosting(campaignId, officialId) ?? lastPostingOn(officialId, campaignToday())',
    put: 'lastPostingOn(officialId, campaignToday()) ?? assessedPosting(campaignId, officialId)',
    tests: [EDGES_TEST],
  },
  {
    name: 'K108: a signed report keeps its period where the rhythm moves',
    file: 'app/domain/report.ts',
    find: 'if (signedUnder.length === 0) return current',
    put: 'if (signedUnder.length >= 0) return current',
    tests: [EDGES_TEST],
  },
  {
    name: 'K95: one record out of place stops no others',
    file: 'app/queries/reach.server.ts',
    find: 'refusal ??= thrown',
    put: 'throw thrown',
    tests: [EDGES_TEST],
  },
  {
    name: 'K96: nobody is assessed at a cut-off before their first posting',
    file: 'app/queries/judging/placement.server.ts',
    find: 'placementAt(assessedAmong(places.postings, cutOff), places, cutOff.endsOn)',
    put: 'placementAt(postingAmong(places.postings, cutOff.endsOn), places, cutOff.endsOn)',
    tests: [PEOPLE_TEST],
  },
  {
    name: 'K103: codes and links lapse with their citizen',
    file: 'app/queries/help.server.ts',
    find: 'if (citizenHash !== row.citizenHash) endCodes(helpId, at)',
    put: 'if (at < 0) endCodes(helpId, at)',
    tests: [EDGES_TEST],
  },
  {
    name: 'K20: a citizen’s no stands whatever the verdict names first',
    file: 'app/queries/help.server.ts',
    find: 'isDenied: isDenied(helpId)',
    put: "isDenied: isDenied(helpId) && row.verdictReason === 'citizen_denied'",
    tests: [EDGES_TEST],
  },
  {
    name: 'K25: a record checked again after an edit counts as found',
    file: 'app/queries/inspection-check.server.ts',
    find: '        setAsideAt: null,\n',
    put: '',
    tests: ['tests/queries/inspection.test.ts'],
  },
  {
    name: 'K97: no notice before the last day has passed',
    file: 'app/domain/due-process.ts',
    find: 'return today < noticesFrom(regulation) ?',
    put: "return today < '' && noticesFrom(regulation) ?",
    tests: [EDGES_TEST],
  },
  {
    name: 'K67: a submission key with another content is refused',
    file: 'app/queries/help.server.ts',
    find: 'return known.digest === null || known.digest === digest\n',
    put: "return known.digest === null || digest !== ''\n",
    tests: [EDGES_TEST],
  },
  {
    name: 'an extract with wrong details is refused, whoever uploads it',
    file: 'app/queries/extract.server.ts',
    find: 'const problems = checkUpload(input)\n  if (problems.length > 0) return { ok: false, problems }\n  const uploadedBy',
    put: 'const uploadedBy',
    tests: [EXTRACT_TEST],
  },
  {
    name: 'K104: a part that an extract shows is verified by it',
    file: 'app/domain/obligation.ts',
    find: "(decided?.shows ? moveObligation('confirmed', 'verify') : null) ?? 'confirmed'",
    put: "(decided?.shows ? moveObligation('confirmed', 'confirm') : null) ?? 'confirmed'",
    tests: [EVIDENCE_TEST],
  },
  {
    name: 'K104: a part that a full list lacks is to be looked at again',
    file: 'app/domain/obligation.ts',
    find: ' || facts.isInReview) return false',
    put: ') return false',
    tests: [EVIDENCE_TEST],
  },
  {
    name: 'K54: an extract covers where a commune belonged on its day',
    file: 'app/queries/judging/facts.server.ts',
    find: 'codesOn(localityCode, asOfOn)',
    put: "codesOn(localityCode, '2024-04-04' || asOfOn)",
    tests: [PEOPLE_TEST],
  },
  {
    name: 'chapters are summed up by their parents too',
    file: 'app/queries/judging/parent-sums.server.ts',
    find: 'if (ownChapterIds.length > 0)',
    put: 'if (ownChapterIds.length > 99)',
    tests: ['tests/queries/parent-sums.test.ts'],
  },
  {
    name: 'H2: a transfer waits for the receiving unit',
    file: 'app/queries/transfer.server.ts',
    find: 'if (target.unitId === destination.id || isAbove) {',
    put: 'if (asked.unitId > 0 || isAbove) {',
    tests: [TRANSFER_TEST],
  },
  {
    name: 'H2: who asked for a transfer does not answer it',
    file: 'app/queries/transfer-list.server.ts',
    find: 'isSecondPerson(accountId, row.askedBy) && officialId',
    put: 'officialId',
    tests: [TRANSFER_TEST],
  },
  {
    name: 'H2: those above both units wait for the last day',
    file: 'app/queries/transfer-list.server.ts',
    find: 'return today <= row.dueOn ? receiving : [...receiving, ...beyond]',
    put: "return today < '' ? receiving : [...receiving, ...beyond]",
    tests: [TRANSFER_TEST],
  },
  {
    name: 'H2: heads are moved from above',
    file: 'app/access/policy.ts',
    find: "'official.transfer': { roles: UNIT, persons: true, notSelf: true, aboveHead: true, system: true }",
    put: "'official.transfer': { roles: UNIT, persons: true, notSelf: true, system: true }",
    tests: [TRANSFER_TEST],
  },
  {
    name: 'H2: a short posting around the cut-off does not move the assessment',
    file: 'app/domain/transfer.ts',
    find: 'while (isShort(postings, at, shortPostingDays)) at--',
    put: 'while (isShort(postings, at, shortPostingDays * 0)) at--',
    tests: [TRANSFER_TEST],
  },
  {
    name: 'H2: a lowered area target does not follow who is posted there later',
    file: 'app/domain/target.ts',
    find: 'target >= quota || shortPostingDays === 0 || since <= dayOf(decidedAt)',
    put: "target >= quota || shortPostingDays === 0 || since >= '' || dayOf(decidedAt) === ''",
    tests: [TRANSFER_TEST],
  },
  {
    name: 'H2: a return after the close proposes a recount',
    file: 'app/queries/closing-moves.server.ts',
    find: 'a.unit_id is not s.unit_id',
    put: 'a.unit_id is not a.unit_id',
    tests: ['tests/queries/closing.test.ts'],
  },
]
