/**
 * Lists what can be opened or exported of citizens' data, each with the subject its entry names (`ACCESS_SUBJECTS`).
 * The Vietnamese labels are in `text/access-log.ts`.
 */
export const ACCESS_KINDS = [
  'help_record',
  'help_number',
  'help_list',
  'help_queue',
  'official_records',
  'inspection_sheet',
  'dispute_record',
  'dispute_list',
  'worklist_page',
  'worklist_print',
  'worklist_export',
  'assignment',
  'calendar',
  'invitation_form',
  'invitation_print',
  'invitation_export',
  'help_batch',
  'help_batch_export',
  'worklist_batch',
  'lookup_export',
  'offer_export',
  'offline_copy',
  'evidence_file',
  'citizen_request',
] as const
export type AccessKind = (typeof ACCESS_KINDS)[number]

/** Openings whose subject is one record, by its id: who opened a citizen's record is read from them. */
export const RECORD_KINDS = [
  'help_record',
  'help_number',
  'inspection_sheet',
  'dispute_record',
] as const satisfies readonly AccessKind[]
