/** The words of the event log: what was done (`verb`) to what (`subject`). Their Vietnamese stands in `text/event.ts`. */
export const EVENT_VERBS = [
  'activate',
  'add',
  'add_version',
  'change_password',
  'close',
  'confirm',
  'create',
  'disable',
  'edit',
  'enable',
  'end',
  'grant',
  'issue_activation',
  'move',
  'record',
  'rejudge',
  'rename',
  'reopen',
  'restore',
  'return',
  'set_target',
  'transfer',
  'withdraw',
] as const
export type EventVerb = (typeof EVENT_VERBS)[number]

export const EVENT_SUBJECTS = [
  'account',
  'campaign',
  'clock',
  'help',
  'locality',
  'official',
  'regulation',
  'role_grant',
  'unit',
] as const
export type EventSubject = (typeof EVENT_SUBJECTS)[number]
