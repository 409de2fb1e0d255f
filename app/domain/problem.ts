/**
 * Why an input is refused at entry: codes only, their Vietnamese stands in `text/reasons.ts`. Messages of zod issues in
 * the input shapes are these codes. What a rule of the plan decides about an accepted record is a verdict, not a problem.
 */
export const INPUT_PROBLEMS = [
  'required',
  'too_long',
  'not_a_choice',
  'not_a_day',
  'not_a_year',
  'not_a_key',
  'in_future',
  'name_unreadable',
  'id_number_characters',
  'id_number_old_card',
  'id_number_length',
  'id_number_province',
  'birth_disagrees',
  'birth_date_needed',
  'too_young',
  'phone_characters',
  'phone_length',
  'phone_not_mobile',
  'locality_unknown',
  'self_claim',
  'outcome_day_needed',
  'outcome_before_help',
  'had_after_help',
  'consent_needed',
  'withdrawal_drawn',
  'withdrawal_denied',
  'own_name_needed',
  'has_4g_needed',
  'certificate_ends_before_start',
  'target_not_positive',
  'target_document_needed',
] as const
export type InputProblem = (typeof INPUT_PROBLEMS)[number]

/** One refused field: `field` is the form field's name. */
export type FieldProblem = { field: string; reason: InputProblem }
