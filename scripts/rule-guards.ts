import type { Guard } from './guards.ts'

const EDGES_TEST = 'tests/queries/edges.test.ts'
const PEOPLE_TEST = 'tests/queries/people-edges.test.ts'
const EXTRACT_TEST = 'tests/queries/extract.test.ts'
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
    name: 'P3: signing before the period’s last day takes a reason',
    file: 'app/queries/report-signing.server.ts',
    find: 'if (isEarly(page.period, page.at) && earlyReason === null)',
    put: "if (page.slug === '' && earlyReason === null)",
    tests: ['tests/queries/report.test.ts'],
  },
  {
    name: 'P3: a signature is not taken back once somebody above has opened it',
    file: 'app/domain/report.ts',
    find: "  if (isOpenedAbove) return 'undo_opened'\n",
    put: '',
    tests: ['tests/queries/report.test.ts'],
  },
  {
    name: 'P3: a signature is not taken back after ten minutes',
    file: 'app/domain/report.ts',
    find: 'return at < signedAt + UNDO_MS ?',
    put: 'return at < signedAt + 1e3 * UNDO_MS ?',
    tests: ['tests/queries/report.test.ts'],
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
    find: 'return heldAmong(this.placesOf(officialId).postings, day)',
    put: 'return postingAmong(this.placesOf(officialId).postings, day)',
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
]
