/**
 * The door of the judging room: `change`, the only way to write a fact behind a verdict, and what others read of verdicts,
 * standings and sums. Files outside import from here only (`tests/architecture.test.ts`).
 */
export {
  change,
  changePeople,
  planRejudging,
  storeAllVerdicts,
  verdictColumns,
  writeUnjudged,
} from './change.server.ts'
export {
  clearContradictions,
  hasKeptContradiction,
  keepContradictions,
  spokenOf,
} from './contradiction.server.ts'
export { datedFactsOf, dueProcessOn, gatesOn, type Subject, standingCase, termsOf } from './due-process.server.ts'
export {
  type AppliedExtract,
  appliedExtracts,
  asIfApplied,
  claimedBefore,
  IS_COUNTED,
  IS_VERIFIED,
  inspectionsOf,
  judgeRecords,
  outcomesAmong,
  outcomesOf,
  type RecordRow,
  recordsOf,
  type StoredVerdict,
} from './facts.server.ts'
export { foreseeHelp } from './foresight.server.ts'
export { assessedPosting, PlaceReader } from './placement.server.ts'
export { rebuildTallies, recount, rejudgeCampaign } from './recount.server.ts'
export { campaignIds, regulationOf, rulesOf } from './rules.server.ts'
export {
  type ComputedStanding,
  factsOfAllOn,
  factsOn,
  failedInspections,
  gatherFacts,
  IS_IN_REVIEW,
  markStanding,
  officialFacts,
  STANDING_JSON,
  standingFacts,
} from './standing.server.ts'
export { columnOf } from './tally.server.ts'
