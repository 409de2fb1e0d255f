/** A column that holds sealed values: its name in the database, and under which name it is sealed. */
type SealedColumn = { name: string; slot: string }

/**
 * A table with sealed columns. Rows are walked in the order of `id`. `part`, if given, is a second column that
 * distinguishes rows with the same id; the sealing name appends it after a dot.
 */
export type SealedTable = { table: string; id: string; part?: string; columns: readonly SealedColumn[] }

const column = (name: string, slot: string): SealedColumn => ({ name, slot })

/**
 * Every column that holds sealed data of people. A rotation reseals them; they become unreadable once their key is
 * destroyed. Keys themselves (`wrapped_key.wrapped`, `log_key.wrapped`) are excluded: the master key seals them.
 */
export const SEALED_TABLES: readonly SealedTable[] = [
  {
    table: 'official',
    id: 'id',
    columns: [column('number_cipher', 'number'), column('phone_cipher', 'phone')],
  },
  { table: 'official_correction', id: 'id', columns: [column('value_cipher', 'value')] },
  { table: 'account', id: 'id', columns: [column('email_cipher', 'email')] },
  { table: 'second_factor', id: 'account_id', columns: [column('secret_cipher', 'secret')] },
  { table: 'sign_in_ticket', id: 'id', columns: [column('secret_cipher', 'secret')] },
  { table: 'push_service', id: 'id', columns: [column('private_key_cipher', 'privateKey')] },
  { table: 'portal_issuer', id: 'id', columns: [column('client_secret_cipher', 'clientSecret')] },
  { table: 'push_subscription', id: 'id', columns: [column('endpoint_cipher', 'endpoint')] },
  { table: 'stored_file', id: 'id', columns: [column('content_cipher', 'content')] },
  { table: 'obligation', id: 'id', columns: [column('phone_cipher', 'phone')] },
  {
    table: 'help',
    id: 'id',
    columns: [
      column('citizen_name_cipher', 'citizenName'),
      column('citizen_name_typed_cipher', 'citizenNameTyped'),
      column('citizen_number_cipher', 'citizenNumber'),
      column('citizen_phone_cipher', 'citizenPhone'),
      column('note_cipher', 'note'),
    ],
  },
  { table: 'citizen_answer', id: 'id', columns: [column('words_cipher', 'words')] },
  { table: 'citizen_request', id: 'id', columns: [column('message_cipher', 'message')] },
  { table: 'inspection_pick', id: 'help_id', part: 'inspection_id', columns: [column('note_cipher', 'note')] },
  {
    table: 'assignment',
    id: 'id',
    columns: [
      column('citizen_name_cipher', 'citizenName'),
      column('citizen_name_typed_cipher', 'citizenNameTyped'),
      column('citizen_number_cipher', 'citizenNumber'),
      column('citizen_phone_cipher', 'citizenPhone'),
      column('address_cipher', 'address'),
      column('appointment_place_cipher', 'appointmentPlace'),
      column('note_cipher', 'note'),
    ],
  },
  {
    table: 'offer_request',
    id: 'id',
    columns: [column('citizen_name_cipher', 'citizen_name'), column('citizen_phone_cipher', 'citizen_phone')],
  },
  { table: 'import_batch', id: 'id', columns: [column('plan_cipher', 'plan')] },
  { table: 'paper_bundle', id: 'id', columns: [column('content_cipher', 'content')] },
]
