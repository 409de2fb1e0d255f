import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type * as schema from './schema.ts'

/**
 * Which columns the event of a write proves by hash, for each table, or why it proves none of them. A new table does not
 * compile without its line here; `tests/covered-facts.test.ts` names a new column that no line mentions.
 *
 * Covered are figures, days, words of a list, ids and stored keyed hashes. Never a number, name, phone, free text or
 * sealed value: those may be erased, and their keys renewed. A column with its default adds nothing to the hash, so
 * rows written before the column came keep theirs.
 */
export const COVERED: { readonly [Table in Tables as Table['_']['name']]: Coverage<Table> } = {
  // evidence and what is decided about it
  help: {
    covers: [
      'campaignId',
      'officialId',
      'citizenHash',
      'citizenPhoneHash',
      'citizenBirthYear',
      'carrier',
      'localityCode',
      'helpedOn',
      'place',
      'consentVersion',
      'consentChannel',
      'submissionKey',
      'recordedBy',
      'enteredAt',
      'receivedAt',
      'claimedAt',
      'withdrawnAt',
      'confirmedAt',
      'confirmedBy',
      'returnedAt',
      'staffKept',
      'erasedAt',
      'lateAt',
      'lateDocumentOn',
      'citizenAt',
      'numberChanges',
      'checkedDay',
      'missedDrawAt',
    ],
    leaves: {
      sealed: [
        'citizenNameCipher',
        'citizenNameTypedCipher',
        'citizenNumberCipher',
        'citizenPhoneCipher',
        'noteCipher',
      ],
      personal: ['citizenBirthOn', 'hamlet', 'returnReason', 'submissionDigest', 'lateDocumentNumber'],
      computed: [
        'verdictKind',
        'verdictReason',
        'verdictOutcome',
        'basis',
        'holdsCredit',
        'isReported',
        'countsAny',
        'countedOutcomes',
      ],
      running: ['revision'],
    },
  },
  help_outcome: { covers: ['value', 'onDay', 'claimedAt'] },
  help_companion: { covers: ['agreedAt', 'declinedAt'] },
  citizen_answer: {
    covers: [
      'helpId',
      'answer',
      'outcome',
      'answeredAt',
      'codeId',
      'deviceHash',
      'consentVersion',
      'flag',
      'setAsideAt',
      'networkHash',
    ],
    leaves: { sealed: ['wordsCipher'] },
  },
  citizen_code: { why: 'opens the way to an answer, which is covered; lapses and is deleted with its keys' },
  citizen_request: {
    covers: ['campaignId', 'helpId', 'kind', 'askedAt', 'acknowledgedAt', 'closedAt', 'closedBy', 'reachedBy', 'isMet'],
    leaves: { sealed: ['messageCipher'], personal: ['answer'] },
  },
  citizen_restriction: { why: 'follows from the request that was met, which is covered' },
  dispute: {
    covers: [
      'campaignId',
      'helpId',
      'holderId',
      'helpRevision',
      'holderRevision',
      'unitId',
      'raisedAt',
      'raisedBy',
      'decision',
      'decidedAt',
      'decidedBy',
    ],
    leaves: { personal: ['reason', 'decisionReason'] },
  },
  contradiction: { covers: ['keptAt', 'clearedAt'] },
  help_change: {
    covers: ['helpId', 'revision', 'changedAt', 'changedBy', 'isAfterContradiction'],
    leaves: { personal: ['changes'] },
  },
  reconsideration: {
    covers: [
      'campaignId',
      'helpId',
      'kind',
      'proposedOn',
      'raisedAt',
      'raisedBy',
      'decision',
      'decidedAt',
      'decidedBy',
    ],
    leaves: { personal: ['reason', 'decisionReason'] },
  },
  credit_pin: { covers: ['helpId', 'decidedAt', 'decidedBy'], leaves: { personal: ['reason'] } },
  extract: {
    covers: [
      'campaignId',
      'source',
      'asOfOn',
      'outcomes',
      'isFullList',
      'state',
      'uploadedAt',
      'uploadedBy',
      'appliedAt',
      'appliedBy',
      'undoneAt',
    ],
    leaves: { personal: ['fileName'], running: ['cursor', 'summary'] },
  },
  extract_mapping: { why: 'a proposal for the next file, which is shown before it is read' },
  list_heads: { why: 'a proposal for the next file, which can be seen and changed before it is applied' },
  extract_scope: { covers: [] },
  extract_fact: { why: 'the lines of a file, as many as there are citizens, deleted when it is undone' },
  inspection: {
    covers: [
      'campaignId',
      'unitId',
      'seed',
      'population',
      'design',
      'drawnAt',
      'drawnBy',
      'concludedAt',
      'answerDueOn',
      'unitAnsweredAt',
      'unitAnsweredBy',
      'teamDecisionOn',
    ],
    leaves: { personal: ['unitAnswer', 'teamDecisionNumber'] },
  },
  inspection_member: { covers: ['signedAt'] },
  inspection_pick: {
    covers: ['origin', 'stratum', 'place', 'result', 'foundBy', 'checkedAt', 'checkedBy', 'overturnedAt', 'setAsideAt'],
    leaves: { sealed: ['noteCipher'], running: ['openedAt', 'openedBy'] },
  },
  inspection_appeal: {
    covers: ['inspectionId', 'helpId', 'raisedAt', 'raisedBy', 'decision', 'decidedAt', 'decidedBy'],
    leaves: { personal: ['reason', 'decisionReason'] },
  },
  untrue_report_finding: {
    covers: ['campaignId', 'unitId', 'inspectionId', 'foundAt', 'foundBy', 'withdrawnAt'],
    leaves: { personal: ['reason', 'withdrawalReason'] },
  },

  // people, where they belong, what they owe
  official: {
    covers: ['numberHash', 'phoneHash', 'createdAt', 'mergedIntoId'],
    leaves: {
      sealed: ['numberCipher', 'phoneCipher'],
      personal: ['staffCode', 'name', 'nameTyped', 'nameFolded', 'sortName', 'sex', 'birthOn', 'birthYear', 'hamlet'],
    },
  },
  official_match: { covers: ['numberHash'] },
  official_clash: { why: 'a hint to those who keep the rosters' },
  posting: {
    covers: ['officialId', 'unitId', 'category', 'isLeader', 'fromOn', 'toOn'],
    leaves: { personal: ['position'] },
  },
  membership: { covers: ['officialId', 'chapterId', 'fromOn', 'toOn'] },
  transfer: {
    covers: [
      'officialId',
      'fromUnitId',
      'unitId',
      'category',
      'isLeader',
      'fromOn',
      'state',
      'askedAt',
      'askedBy',
      'dueOn',
      'answeredAt',
      'answeredBy',
    ],
    leaves: { personal: ['position', 'answerReason'] },
  },
  official_correction: {
    covers: [
      'officialId',
      'kind',
      'otherId',
      'keptAccountId',
      'valueHash',
      'changesHash',
      'state',
      'askedAt',
      'askedBy',
      'batchId',
      'answeredAt',
      'answeredBy',
    ],
    leaves: {
      sealed: ['valueCipher'],
      personal: ['birthOn', 'birthYear', 'sex', 'changes', 'reason'],
    },
  },
  join_offer: { why: 'an offer is no fact; the membership that it leads to is covered' },
  outside_search: { why: 'a count that limits searches' },
  pledge: {
    covers: [
      'campaignId',
      'officialId',
      'citizens',
      'simSignatureBy',
      'phone4gBy',
      'portalLoginBy',
      'signedAt',
      'listFileId',
    ],
  },
  obligation: {
    covers: [
      'campaignId',
      'officialId',
      'part',
      'state',
      'carrier',
      'isOwnName',
      'certificateKind',
      'validFromOn',
      'validToOn',
      'firstLoginOn',
      'evidenceFileId',
      'declaredAt',
      'confirmedAt',
      'confirmedBy',
      'returnedAt',
      'extractId',
      'extractShows',
      'clearedExtractId',
      'clearedAt',
      'clearedBy',
      'proofFileId',
      'revokedAt',
    ],
    leaves: {
      sealed: ['phoneCipher'],
      personal: ['certificateProvider', 'deviceMaker', 'deviceModel', 'returnReason'],
    },
  },
  portal_login: {
    covers: ['campaignId', 'officialId', 'issuer', 'part', 'subjectHash', 'numberHash', 'isAssured', 'signedInAt'],
  },
  exemption: {
    covers: [
      'campaignId',
      'officialId',
      'part',
      'reason',
      'documentNumber',
      'fromOn',
      'toOn',
      'state',
      'askedAt',
      'askedBy',
      'decidedAt',
      'decidedBy',
      'scanFileId',
      'decidedUnitId',
    ],
    leaves: { personal: ['reasonText', 'decisionReason'] },
  },
  target_decision: {
    covers: ['campaignId', 'officialId', 'unitId', 'citizens', 'documentNumber', 'createdAt', 'createdBy'],
    leaves: { personal: ['reason'] },
  },
  target_sharing: {
    covers: ['campaignId', 'unitId', 'indicator', 'documentNumber', 'decidedAt', 'decidedBy'],
    leaves: { personal: ['basis'] },
  },
  target_share: { covers: ['total', 'daily'] },

  // accounts and rights
  account: {
    covers: ['officialId', 'passwordHash', 'providerHash', 'createdAt', 'disabledAt', 'createdBy', 'isProviderSure'],
    leaves: {
      sealed: ['emailCipher'],
      personal: ['login', 'displayName'],
      running: ['wantsDigest', 'digestOn', 'campaignId'],
    },
  },
  role_grant: {
    covers: [
      'accountId',
      'role',
      'unitId',
      'fromOn',
      'toOn',
      'createdAt',
      'createdBy',
      'confirmedBy',
      'byAdministrator',
    ],
  },
  grant_request: {
    covers: [
      'accountId',
      'role',
      'unitId',
      'fromOn',
      'toOn',
      'askedAt',
      'askedBy',
      'decidedAt',
      'decidedBy',
      'grantId',
      'batchId',
    ],
  },
  activation_code: {
    covers: [
      'accountId',
      'codeHash',
      'createdAt',
      'createdBy',
      'expiresAt',
      'usedAt',
      'openedAt',
      'isReset',
      'receivedAt',
      'receivedBy',
      'byAdministrator',
    ],
    mayVanish: true,
  },
  second_factor: { covers: ['createdAt'], leaves: { sealed: ['secretCipher'], running: ['lastStep'] } },
  recovery_code: { covers: ['accountId', 'usedAt'] },
  api_token: {
    covers: ['campaignId', 'tokenHash', 'scopes', 'unitId', 'createdAt', 'createdBy', 'expiresAt', 'revokedAt'],
    leaves: { personal: ['name'], running: ['usedOn'] },
  },
  session: { why: 'comes and goes with each sign-in; what is done in it has its own event' },
  sign_in_ticket: { why: 'lives for minutes' },
  push_service: { why: 'settings; what goes out is empty' },
  push_subscription: { why: 'an address to which an empty message goes' },
  remembered_device: { why: 'changes with each sign-in; it opens what a password does' },
  rate_limit: { why: 'counts for a quarter of an hour' },
  device_account: { why: 'changes with each sign-in' },

  // the close, due process, gates, commendation
  closing: {
    covers: ['campaignId', 'version', 'reason', 'regulationId', 'startedAt', 'startedBy', 'frozenAt', 'hash'],
    leaves: { personal: ['note'], running: ['summary'] },
  },
  official_assessment: { why: 'its version’s hash is covered; check:closings computes it again' },
  collective_assessment: { why: 'its version’s hash is covered; check:closings computes it again' },
  closing_tick: {
    covers: ['campaignId', 'item', 'count', 'createdAt', 'createdBy', 'withdrawnAt'],
    leaves: { personal: ['reason'] },
  },
  closing_request: {
    covers: [
      'campaignId',
      'act',
      'withLate',
      'proposedAt',
      'proposedBy',
      'confirmedAt',
      'confirmedBy',
      'withdrawnAt',
      'withdrawnBy',
    ],
  },
  review_case: { covers: ['campaignId', 'officialId', 'unitId', 'openedAt', 'withdrawnAt', 'regulationId'] },
  review_step: {
    covers: ['caseId', 'kind', 'decision', 'documentNumber', 'fileId', 'takenAt', 'takenOn', 'takenBy'],
    leaves: { personal: ['body'] },
  },
  gate: {
    covers: [
      'campaignId',
      'officialId',
      'unitId',
      'kind',
      'documentNumber',
      'documentOn',
      'fromOn',
      'toOn',
      'createdAt',
      'createdBy',
      'withdrawnAt',
    ],
  },
  scenario: { why: 'a what-if, which changes no result' },
  round: {
    covers: [
      'campaignId',
      'kind',
      'closingId',
      'individualCap',
      'collectiveCap',
      'proposalsDueOn',
      'createdAt',
      'createdBy',
      'frozenAt',
      'hash',
      'decisionNumber',
      'decisionOn',
      'decidedAt',
    ],
    leaves: { personal: ['name'] },
  },
  candidate: {
    covers: [
      'roundId',
      'kind',
      'officialId',
      'unitId',
      'form',
      'stage',
      'ended',
      'certificateNumber',
      'proposedAt',
      'outsideNumberHash',
      'disclosedAt',
    ],
    leaves: { personal: ['outside', 'achievement', 'exceptionReason'] },
  },
  candidate_step: {
    covers: ['candidateId', 'stage', 'action', 'votesFor', 'votesTotal', 'takenAt', 'takenBy'],
    leaves: { personal: ['reason'] },
  },
  council_meeting: {
    covers: ['roundId', 'metOn', 'hash', 'recordedAt', 'recordedBy'],
    leaves: { personal: ['minutes'] },
  },
  council_supplement: {
    covers: ['meetingId', 'recordedAt', 'recordedBy'],
    leaves: { personal: ['body'] },
  },
  award: {
    covers: ['officialId', 'unitId', 'year', 'decisionNumber', 'campaignId', 'createdAt', 'createdBy', 'revokedAt'],
    leaves: { personal: ['name'] },
  },
  signer: { why: 'is named on papers; no result rests on it' },
  province: { why: 'is how papers call the province; no result rests on it' },
  legal_basis: { why: 'is cited in documents; no result rests on it' },
  award_rate: { why: 'is printed in decisions; no result rests on it' },
  certificate_layout: { why: 'where words go on a printed form' },
  paper_bundle: { why: 'sealed copies of papers, emptied after a week' },
  trusted_root: {
    covers: [
      'fingerprint',
      'validFromOn',
      'validToOn',
      'enteredAt',
      'enteredBy',
      'agreedAt',
      'agreedBy',
      'endedAt',
      'endedBy',
    ],
    leaves: { personal: ['certificate', 'name', 'source'] },
  },
  signature_check: {
    covers: [
      'rootId',
      'fingerprint',
      'validFromOn',
      'validToOn',
      'stampedAt',
      'isSure',
      'isRevocationKnown',
      'checkedAt',
      'numberHash',
      'kind',
      'way',
      'revokedAt',
    ],
    leaves: { personal: ['origin'] },
  },
  signature_kind: {
    covers: [
      'issuer',
      'policy',
      'kind',
      'validFromOn',
      'enteredAt',
      'enteredBy',
      'agreedAt',
      'agreedBy',
      'endedAt',
      'endedBy',
    ],
    leaves: { personal: ['source'] },
  },
  revocation_list: {
    covers: ['issuer', 'thisUpdate', 'nextUpdate', 'count', 'enteredAt', 'enteredBy'],
    leaves: { personal: ['name', 'certificate'], running: ['content', 'appliedAt'] },
  },
  withdrawn_certificate: {
    why: 'read from a list that its issuer signed; what it takes back is covered with the check',
  },

  // the campaign, its reports, its keys
  campaign: { why: 'is named by its document; what it decides is in `regulation`' },
  regulation: {
    covers: ['campaignId', 'version', 'parameters', 'documentNumber', 'decidedOn', 'createdAt', 'createdBy'],
    leaves: { personal: ['note'] },
  },
  campaign_terms: { why: 'names, which no figure rests on' },
  wrapped_key: { why: 'renewed with each rotation' },
  key_destruction: {
    covers: [
      'campaignId',
      'proposedAt',
      'proposedBy',
      'withdrawnAt',
      'withdrawnBy',
      'confirmedAt',
      'confirmedBy',
      'dueAt',
    ],
  },
  report: {
    covers: [
      'campaignId',
      'unitId',
      'kind',
      'endsOn',
      'version',
      'preparedAt',
      'preparedBy',
      'signedAt',
      'signedBy',
      'signerCapacity',
      'documentNumber',
      'documentOn',
      'signedFileId',
      'regulationId',
      'hash',
    ],
    leaves: {
      personal: ['reason', 'earlyReason', 'difficulties', 'proposals', 'signerName', 'figures'],
      running: ['openedAt', 'openedBy'],
    },
  },
  indicator_figure: {
    covers: [
      'campaignId',
      'localityCode',
      'indicator',
      'asOfOn',
      'value',
      'origin',
      'enteredAt',
      'enteredBy',
      'tokenId',
    ],
    leaves: { personal: ['source', 'reason'] },
  },
  indicator_target: { covers: ['total', 'daily'] },
  campaign_indicator: {
    covers: ['position', 'source', 'outcome'],
    leaves: { personal: ['name', 'shortName', 'printedName', 'publicName', 'unit'] },
  },
  campaign_goal: {
    covers: ['share', 'basis', 'adults', 'atStart'],
    leaves: { personal: ['exceptions'] },
  },
  goal_exception: { covers: ['people', 'enteredAt', 'enteredBy'], leaves: { personal: ['document'] } },
  go_live_item: {
    covers: ['item', 'doneOn', 'documentNumber', 'createdAt', 'createdBy'],
    leaves: { personal: ['note'] },
  },

  // jobs
  job: {
    covers: ['kind', 'input', 'createdAt', 'createdBy'],
    leaves: { running: ['state', 'done', 'total', 'result', 'aliveAt', 'finishedAt', 'attempts', 'startedAt'] },
    mayVanish: true,
  },

  // trees, sums, work in the field: recounted, or no result rests on them
  locality: { why: 'reference data' },
  locality_belonging: { why: 'reference data' },
  unit: { why: 'the tree; check:tallies recounts every sum along it' },
  chapter: { why: 'the tree; check:tallies recounts every sum along it' },
  standing: { why: 'computed; check:tallies recounts it' },
  help_tally: { why: 'computed; check:tallies recounts it' },
  help_total: { why: 'computed; check:tallies recounts it' },
  people_tally: { why: 'computed; check:tallies recounts it' },
  publication: { why: 'computed from the sums of its day' },
  stored_file: { why: 'sealed; whose scan a fact names is covered with the fact' },
  import_batch: { why: 'sealed, and emptied after a week; what it writes is covered' },
  table_layout: { why: 'a proposal for the next file' },
  timesheet_export: {
    covers: ['campaignId', 'teamId', 'fromOn', 'toOn', 'exportedAt', 'exportedBy'],
    leaves: { personal: ['rows'] },
  },
  team: { why: 'no verdict rests on it' },
  team_member: { why: 'no verdict rests on it' },
  worklist: { why: 'no verdict rests on it; purged at the close' },
  assignment: { why: 'no verdict rests on it; purged at the close' },
  outreach: { why: 'no verdict rests on it' },
  collection_point: { why: 'no verdict rests on it' },
  collection_day: { why: 'no verdict rests on it' },
  offer: { why: 'no verdict rests on it' },
  offer_handover: { why: 'no verdict rests on it' },
  offer_request: { why: 'no verdict rests on it' },
  difficulty: { why: 'no verdict rests on it' },
  difficulty_text: { why: 'no verdict rests on it' },

  // the logs and what proves them
  event: { why: 'chained and sealed itself' },
  access_log: { why: 'chained itself' },
  log_key: { why: 'what the seals are made with' },
  log_head: { why: 'sealed itself' },
  fact_seal: { why: 'its digest is in the event that ends its round' },
  clock: { why: 'ticks' },
}

/**
 * Name of the newest migration that writes rows of a covered table. At the first start after it, facts are sealed
 * again, because no event tells of what a migration wrote. `tests/covered-facts.test.ts` names a newer one.
 */
export const SEALED_AFTER = '0009_indicators'

type Tables = Extract<(typeof schema)[keyof typeof schema], SQLiteTable>
type Column<Table extends SQLiteTable> = keyof Table['$inferSelect'] & string

/**
 * `covers`: columns beside the key, which is always covered. `leaves`: the others, under why. `mayVanish`: rows are
 * deleted once they are over, so a missing one says nothing.
 */
type Coverage<Table extends SQLiteTable> =
  | {
      covers: readonly Column<Table>[]
      leaves?: Partial<Record<'sealed' | 'personal' | 'computed' | 'running', readonly Column<Table>[]>>
      mayVanish?: true
    }
  | { why: string }
