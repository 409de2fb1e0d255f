/**
 * Tables of facts behind a verdict or a standing, and those that hold verdicts, standings and sums. Only a `FactTx`
 * writes them, which the judging room hands out (`app/queries/judging`). Facts that the job `rejudge` follows instead
 * (regulation, trees of units, chapters and localities) are not among them.
 */
export const FACT_TABLES = [
  'help',
  'help_outcome',
  'citizen_answer',
  'contradiction',
  'credit_pin',
  'inspection',
  'inspection_pick',
  'extract',
  'extract_fact',
  'extract_scope',
  'official',
  'official_match',
  'posting',
  'membership',
  'obligation',
  'portal_login',
  'signature_check',
  'exemption',
  'target_decision',
  'standing',
  'help_tally',
  'help_total',
  'people_tally',
  'result_tally',
  'help_queue',
] as const
