import type { Guard } from './guard.ts'

const CLOSING = ['tests/domain/closing.test.ts']
const CHECK = ['tests/queries/closing-check.test.ts']
const ROUND = ['tests/queries/round.test.ts']

/** Guards of the close, its checklist, what a round rests on, and the council's minutes (domain 9). */
export const CLOSING_GUARDS: readonly Guard[] = [
  {
    name: 'a version from before the final reports were due is provisional',
    file: 'app/domain/closing.ts',
    find: 'return version > 0 && on <= finalReportOn',
    put: 'return version > 0 && on < finalReportOn',
    tests: CLOSING,
  },
  {
    name: 'the close takes two people',
    file: 'app/domain/closing.ts',
    find: "return isAgreed ? null : 'close_needs_two'",
    put: 'return isAgreed ? null : null',
    tests: CLOSING,
  },
  {
    name: 'no recount makes a provisional version decide',
    file: 'app/domain/closing.ts',
    find: "return last.isProvisional && today > finalReportOn ? 'close_first' : null",
    put: 'return null',
    tests: CLOSING,
  },
  {
    name: 'what waits is left for no more than was seen',
    file: 'app/domain/closing-check.ts',
    find: "return tick !== null && count <= tick.count ? 'left' : 'open'",
    put: "return tick !== null ? 'left' : 'open'",
    tests: ['tests/domain/closing-check.test.ts'],
  },
  {
    name: 'the close waits for every line',
    file: 'app/queries/closing-request.server.ts',
    find: "return closingLines(campaignId).some(({ state }) => state === 'open') ? 'close_items_open' : null",
    put: 'return null',
    tests: CHECK,
  },
  {
    name: 'the second person to the close is another one',
    file: 'app/queries/closing-request.server.ts',
    find: "if (!isTwoPeople(actor.accountId, proposedBy)) return 'close_not_second_person'",
    put: '',
    tests: CHECK,
  },
  {
    name: 'a comparison is old once anything was written',
    file: 'app/queries/closing-moves.server.ts',
    find: "subject in ('closing', 'job',",
    put: "subject not in ('closing', 'job',",
    tests: CHECK,
  },
  {
    name: 'a comparison is old once a day has passed',
    file: 'app/queries/closing-moves.server.ts',
    find: 'rehearsal.summary.on !== campaignToday() ||',
    put: '',
    tests: CHECK,
  },
  {
    name: 'a comparison names what differs from the frozen version',
    file: 'app/queries/closing-moves.server.ts',
    find: 'and (b.facts is not n.facts or b.result is not n.result)',
    put: '',
    tests: CHECK,
  },
  {
    name: 'the worklists stay for the term of the appeals',
    file: 'app/domain/closing-check.ts',
    find: "if (today <= appealsEndOn(closedOn, terms)) return 'appeals_run'",
    put: '',
    tests: ['tests/domain/closing-check.test.ts'],
  },
  {
    name: 'the worklists are destroyed once two people agreed',
    file: 'app/queries/worklist-purge.server.ts',
    find: 'if (!isPurgeAgreed(campaignId)) return',
    put: 'if (!isPurgeAgreed(campaignId) && bar !== null) return',
    tests: ['tests/queries/worklist.test.ts'],
  },
  {
    name: 'a list is frozen on a version that decides',
    file: 'app/queries/round-decision.server.ts',
    find: "if (of.isProvisional) return { ok: false, problem: 'version_provisional' }\n    if (underWay(roundId, ['home_affairs'])",
    put: "if (underWay(roundId, ['home_affairs'])",
    tests: CHECK,
  },
  {
    name: 'a list that is frozen early takes a word',
    file: 'app/queries/round-decision.server.ts',
    find: "if (takesProposals(of, campaignToday()) && !isEarlySeen) return { ok: false, problem: 'proposals_run' }",
    put: '',
    tests: ROUND,
  },
  {
    name: 'a freeze is taken back until the next step alone',
    file: 'app/queries/round-decision.server.ts',
    find: "if (hasStepsSince(of)) return { ok: false, problem: 'council_begun' }",
    put: '',
    tests: ROUND,
  },
  {
    name: 'certificates are numbered in the order of the list',
    file: 'app/queries/round-decision.server.ts',
    find: 'inListOrder(of, rows).entries()',
    put: 'rows.entries()',
    tests: ROUND,
  },
  {
    name: 'a collective is listed with what was frozen of its people',
    file: 'app/queries/round-list.server.ts',
    find: 'reported: sums.reported,',
    put: 'reported: 0,',
    tests: ROUND,
  },
  {
    name: 'a round names whose result changed by a comparison',
    file: 'app/queries/candidate-change.server.ts',
    find: 'const to = frozen === from ? resultIn(compared) : frozen',
    put: 'const to = frozen',
    tests: ROUND,
  },
  {
    name: 'the interface answers by the frozen version',
    file: 'app/queries/frozen-figures.server.ts',
    find: "basis === 'live' || !isFrozen ? undefined : currentClosing(campaignId)",
    put: "basis !== 'frozen' || !isFrozen ? undefined : currentClosing(campaignId)",
    tests: ['tests/queries/api.test.ts'],
  },
  {
    name: 'a district’s police forms inspections in its district alone',
    file: 'app/queries/inspection-team.server.ts',
    find: 'districtPaths(actor).some(path => unitPath.startsWith(path))',
    put: 'districtPaths(actor).length > 0',
    tests: ['tests/queries/inspection.test.ts'],
  },
  {
    name: 'who leads the province gets notice from another head of it',
    file: 'app/queries/review.server.ts',
    find: '(headsProvince(actor) || !leadsProvince(subject))',
    put: '(headsProvince(actor) || leadsProvince(subject) || true)',
    tests: ['tests/queries/review.test.ts'],
  },
]
