/** What is to become of a record; the facts are drawn so that the rules come to it by themselves. */
export type Fate =
  | 'counts'
  | 'awaiting_confirmation'
  | 'withdrawn'
  | 'outside_period'
  | 'self_claim'
  | 'citizen_denied'
  | 'returned'
  | 'duplicate_claim'
  | 'outcome_missing'
  | 'activated_before'
  | 'activated_after'
  | 'not_in_extract'
