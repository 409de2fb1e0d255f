/**
 * The closed vocabularies of the glossary: the only words used for these things in code, tables and screens. The
 * Vietnamese labels are in `text/vocabulary.ts`, one `Record` each, so that a word without a label does not compile.
 */

/** khối */
export const BLOCKS = ['party', 'state', 'front', 'armed_forces', 'enterprise'] as const
export type Block = (typeof BLOCKS)[number]

export const UNIT_KINDS = [
  'province',
  'provincial_agency',
  'district',
  'department',
  'commune',
  'hamlet_team',
  'grassroots',
] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

/** Kinds of unit below the province; districts where there are any. */
export const kindsBelow = (hasDistricts: boolean) =>
  UNIT_KINDS.filter(kind => kind !== 'province' && (kind !== 'district' || hasDistricts))

/** địa bàn, from the largest to the smallest */
export const LOCALITY_LEVELS = ['province', 'district', 'commune', 'hamlet'] as const
export type LocalityLevel = (typeof LOCALITY_LEVELS)[number]

/** Roles of a unit itself, which its list may plan and a second person gives. */
export const UNIT_ROLES = ['head', 'coordinator'] as const
export type UnitRole = (typeof UNIT_ROLES)[number]

/** loại người thực hiện (plan IV.1) */
export const CATEGORIES = [
  'cadre',
  'civil_servant',
  'public_employee',
  'soldier',
  'part_time',
  'contract',
  'member',
] as const
export type Category = (typeof CATEGORIES)[number]

export const SEXES = ['male', 'female'] as const
export type Sex = (typeof SEXES)[number]

/** A record of every word of a list. */
export function recordOf<Word extends string, Value>(
  words: readonly Word[],
  make: (word: Word) => Value,
): Record<Word, Value> {
  return Object.fromEntries(words.map(word => [word, make(word)])) as Record<Word, Value>
}

/** đoàn thể in which an official may hold a membership */
export const ASSOCIATIONS = ['union', 'youth', 'women', 'farmers', 'veterans'] as const
export type Association = (typeof ASSOCIATIONS)[number]

/** The three obligations of plan IV.1; `portal_login` has two parts. */
export const OBLIGATIONS = ['sim_signature', 'phone_4g', 'portal_login'] as const
export type Obligation = (typeof OBLIGATIONS)[number]

export const OBLIGATION_PARTS = ['sim_signature', 'phone_4g', 'portal_national', 'portal_provincial'] as const
export type ObligationPart = (typeof OBLIGATION_PARTS)[number]

/** What an official may lack: one obligation part, any of them, citizens to the target, one or the other, or any citizen at all. */
export const LACKINGS = [...OBLIGATION_PARTS, 'obligation', 'target', 'anything', 'any_record'] as const
export type Lacking = (typeof LACKINGS)[number]

/** The parts of each obligation. */
export const PARTS_OF = {
  sim_signature: ['sim_signature'],
  phone_4g: ['phone_4g'],
  portal_login: ['portal_national', 'portal_provincial'],
} as const satisfies Record<Obligation, readonly [ObligationPart, ...ObligationPart[]]>

/**
 * The standing of an obligation or part, from the furthest from met. `review`: confirmed, but a full list lacks it and
 * the unit is to look again. `confirmed`: confirmed but not met (a certificate that does not hold). `verified`: met,
 * and an extract shows it.
 */
export const PART_STANDINGS = [
  'missing',
  'returned',
  'declared',
  'review',
  'confirmed',
  'met',
  'verified',
  'exempt',
  'not_borne',
] as const
export type PartStanding = (typeof PART_STANDINGS)[number]

/** What a met part rests on: the official's own act, an extract, or the unit's word. */
export const PART_BASES = ['proof', 'extract', 'unit'] as const
export type PartBasis = (typeof PART_BASES)[number]

export const OBLIGATION_STATES = ['missing', 'declared', 'confirmed', 'verified', 'returned'] as const
export type ObligationState = (typeof OBLIGATION_STATES)[number]

/** What an exemption may lift: one obligation part, or the quota of citizens. */
export const EXEMPTION_PARTS = [...OBLIGATION_PARTS, 'quota'] as const
export type ExemptionPart = (typeof EXEMPTION_PARTS)[number]

export const EXEMPTION_REASONS = [
  'maternity',
  'long_sick',
  'study',
  'seconded_out',
  'retired',
  'left',
  'deceased',
  'saturated_area',
  'other',
] as const
export type ExemptionReason = (typeof EXEMPTION_REASONS)[number]

export const EXEMPTION_STATES = ['asked', 'approved', 'rejected'] as const
export type ExemptionState = (typeof EXEMPTION_STATES)[number]

/** a transfer that another unit must accept */
export const TRANSFER_STATES = ['asked', 'accepted', 'refused', 'withdrawn'] as const
export type TransferState = (typeof TRANSFER_STATES)[number]

/** sửa hồ sơ: details of a person, their number, the phone that signs them in, or two entries made one */
export const CORRECTION_KINDS = ['details', 'number', 'phone', 'merge'] as const
export type CorrectionKind = (typeof CORRECTION_KINDS)[number]

/** A correction that took effect at once is `accepted` from the start. */
export const CORRECTION_STATES = ['asked', 'accepted', 'refused', 'withdrawn'] as const
export type CorrectionState = (typeof CORRECTION_STATES)[number]

/** an offer to join a chapter or a team */
export const JOIN_OFFER_STATES = ['offered', 'accepted', 'refused', 'withdrawn'] as const

/** nội dung hỗ trợ, in the order in which a visit goes through them */
export const OUTCOMES = [
  'vneid_installed',
  'eid_activated',
  'sim_signature',
  'id_card_issued',
  'eid_submitted',
  'phone_4g',
  'portal_account',
] as const
export type Outcome = (typeof OUTCOMES)[number]

export const OUTCOME_VALUES = ['achieved', 'already_had', 'not_yet'] as const
export type OutcomeValue = (typeof OUTCOME_VALUES)[number]

export const HELP_PLACES = ['home', 'school', 'industrial_park', 'one_stop_office', 'mobile_point', 'other'] as const
export type HelpPlace = (typeof HELP_PLACES)[number]

export const CARRIERS = [
  'viettel',
  'vinaphone',
  'mobifone',
  'vietnamobile',
  'gmobile',
  'itel',
  'wintel',
  'other',
] as const
export type Carrier = (typeof CARRIERS)[number]

/** Kinds of personal digital-signature certificate: on the SIM, remote signing, government token (Ban Cơ yếu). */
export const CERTIFICATE_KINDS = ['sim', 'remote', 'government_token'] as const
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number]

export const CONSENT_CHANNELS = ['own_phone', 'paper', 'spoken_witnessed'] as const
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number]
/** Wordings of the consent that citizens give, the newest first; each record keeps the one that was agreed to. */
export const CONSENT_VERSIONS = ['2024-04'] as const
export type ConsentVersion = (typeof CONSENT_VERSIONS)[number]

/** The citizen's own answer on the page behind the QR code. */
export const CITIZEN_ANSWERS = ['yes', 'no', 'not_quite'] as const
export type CitizenAnswer = (typeof CITIZEN_ANSWERS)[number]

/** Why an answer is looked at again; it remains valid all the same (domain 6.1). */
export const ANSWER_FLAGS = ['official_device', 'shared_device'] as const
export type AnswerFlag = (typeof ANSWER_FLAGS)[number]

/** A link is shown after saving and lapses; a slip is printed beforehand for use without network. */
export const CITIZEN_CODE_KINDS = ['link', 'slip', 'phone'] as const

/** What a citizen may ask about their own data (domain 11). */
export const CITIZEN_REQUEST_KINDS = ['see', 'correct', 'restrict', 'lift', 'delete'] as const
export type CitizenRequestKind = (typeof CITIZEN_REQUEST_KINDS)[number]

/** How a citizen was reached, other than by the code that an official handed out, before their data is deleted. */
export const REACHED_BY = ['met', 'known_phone', 'letter'] as const
export type ReachedBy = (typeof REACHED_BY)[number]

/** đề nghị xem lại: about what bars a record, or about a day that extracts spoke about (domain 5). */
export const RECONSIDERATION_KINDS = ['bar', 'day'] as const
export type ReconsiderationKind = (typeof RECONSIDERATION_KINDS)[number]

/** What a counted record rests on, the strongest first (plan IV.2). */
export const BASES = ['inspection', 'extract', 'citizen', 'unit'] as const
export type CountingBasis = (typeof BASES)[number]

/** read: staged, without effect; applying and undoing go citizen by citizen in the order of their hashes. */
export const EXTRACT_STATES = ['reading', 'refused', 'read', 'applying', 'applied', 'undoing', 'undone'] as const
export type ExtractState = (typeof EXTRACT_STATES)[number]

/**
 * Signals (domain 6.5): what raises a question about records, the most telling first. Those before `target_stop` are
 * about single records; the others are about an official, or a unit, as a whole.
 */
export const SIGNAL_KINDS = [
  'edited_after_extract',
  'citizen_contested',
  'near_answers',
  'missed_draw',
  'sequence',
  'burst',
  'shared_phone',
  'staff',
  'target_stop',
  'target_lowered',
  'deadline',
  'perfect',
] as const
export type SignalKind = (typeof SIGNAL_KINDS)[number]

export const DECISIONS = ['upheld', 'dismissed'] as const
export type Decision = (typeof DECISIONS)[number]

/** How a record came into an inspection: drawn by lot, drawn by lot for one not reached, chosen for its risk. */
export const PICK_ORIGINS = ['lot', 'redraw', 'risk'] as const
export type PickOrigin = (typeof PICK_ORIGINS)[number]

export const EXTRACT_SOURCES = ['police', 'telecom'] as const
export type ExtractSource = (typeof EXTRACT_SOURCES)[number]

export const PICK_RESULTS = ['true', 'untrue', 'not_reached'] as const
export type PickResult = (typeof PICK_RESULTS)[number]

/** How a result was found: the citizen met, called, or papers compared; the purposes of opening in the same order. */
export const FINDING_WAYS = ['met', 'called', 'papers'] as const
export type FindingWay = (typeof FINDING_WAYS)[number]

/** Who delivers the figures of an indicator; those of `telecom` the telecom office enters as well. */
export const INDICATOR_SOURCES = ['police', 'telecom', 'locality'] as const
export type IndicatorSource = (typeof INDICATOR_SOURCES)[number]

/** Of what a goal of the plan is a share: of the annex's total, of the adults, or of a number that nobody gives. */
export const GOAL_BASES = ['annex', 'adults', 'unknown'] as const
export type GoalBasis = (typeof GOAL_BASES)[number]

/** How a collective is judged by the annex: by all that it assigns, or by the plan's goals where it has some. */
export const ANNEX_READINGS = ['annex', 'goals'] as const
export type AnnexReading = (typeof ANNEX_READINGS)[number]

/** What an inspector opens a drawn citizen's data for. */
export const OPENING_PURPOSES = ['meet', 'call', 'compare'] as const
export type OpeningPurpose = (typeof OPENING_PURPOSES)[number]

/** What a citizen on a worklist lacks (plan III.2, III.3). */
export const WORKLIST_LACKS = ['id_card', 'eid_account', 'eid_activation', 'sim_signature'] as const
export type WorklistLack = (typeof WORKLIST_LACKS)[number]

/** The state of a citizen on a worklist (domain 7); `done` only by a saved help record. */
export const ASSIGNMENT_STATES = [
  'not_contacted',
  'appointment',
  'no_answer',
  'wrong_number',
  'submitted',
  'away',
  'abroad',
  'serving_sentence',
  'address_unknown',
  'refused',
  'done',
] as const
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number]

/** tổ: Tổ công nghệ số cộng đồng, Tổ Đề án 06, Tổ tình nguyện */
export const TEAM_KINDS = ['digital_community', 'project_06', 'volunteer'] as const
export type TeamKind = (typeof TEAM_KINDS)[number]

/** Where a daily figure of an annex indicator came from (plan IV.2). */
export const FIGURE_ORIGINS = ['typed', 'file', 'interface'] as const
export type FigureOrigin = (typeof FIGURE_ORIGINS)[number]

/** báo cáo: for each week, and once at the end (plan V.1). */
export const REPORT_KINDS = ['weekly', 'final'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

/** Who signed a report: the head, a deputy for the head (KT.), or somebody on the head's order (TL.). */
export const SIGNER_CAPACITIES = ['head', 'deputy', 'by_order'] as const
export type SignerCapacity = (typeof SIGNER_CAPACITIES)[number]

/** hình thức tuyên truyền (plan III.1) */
export const OUTREACH_CHANNELS = ['broadcast', 'meeting', 'poster', 'social_page', 'sms', 'door_to_door'] as const
export type OutreachChannel = (typeof OUTREACH_CHANNELS)[number]

/** điểm thu nhận hồ sơ: cố định, lưu động (plan III.3) */
export const POINT_KINDS = ['fixed', 'mobile'] as const
export type PointKind = (typeof POINT_KINDS)[number]

export const OFFER_KINDS = ['phone', 'sim', 'signature', 'bundle'] as const
export type OfferKind = (typeof OFFER_KINDS)[number]

/** Which office answers a difficulty. */
export const DIFFICULTY_ROUTES = ['campaign_office', 'telecom_office'] as const
export type DifficultyRoute = (typeof DIFFICULTY_ROUTES)[number]

/** Tables that are exchanged with other systems by a saved column mapping. */
export const EXCHANGED_TABLES = ['indicator_figures', 'reports', 'outreach', 'collection_days'] as const
export type ExchangedTable = (typeof EXCHANGED_TABLES)[number]

/** What a token of the interface may do: read aggregates, write indicator figures, upload extracts. */
export const API_SCOPES = ['read', 'figures', 'extracts'] as const
export type ApiScope = (typeof API_SCOPES)[number]

/** Roles that a grant gives over a unit's subtree; `official` is everyone with an account and needs no grant. */
export const ROLES = [
  'coordinator',
  'head',
  'inspector',
  'campaign_office',
  'telecom_office',
  'home_affairs',
  'province_leader',
  'auditor',
  'admin',
] as const
export type Role = (typeof ROLES)[number]

export const VERDICT_KINDS = ['counts', 'pending', 'rejected'] as const
export type VerdictKind = (typeof VERDICT_KINDS)[number]

/**
 * Reasons of a help record's verdict, in the order of domain 5. The first that applies decides, but a record's own
 * rejection is reported before another record's credit (worked case 23).
 */
export const VERDICT_REASONS = [
  'withdrawn',
  'outside_period',
  'self_claim',
  'citizen_denied',
  'inspection_failed',
  'returned',
  'roster_member',
  'duplicate_claim',
  'outcome_missing',
  'activated_before',
  'activated_after',
  'not_in_extract',
  'awaiting_confirmation',
  'verified',
  'confirmed',
] as const
export type VerdictReason = (typeof VERDICT_REASONS)[number]

export const OFFICIAL_RESULTS = [
  'exempt',
  'responsibility_review',
  'not_completed_excused',
  'not_completed_open',
  'not_completed',
  'eligible',
  'completed',
] as const
export type OfficialResult = (typeof OFFICIAL_RESULTS)[number]

export const COLLECTIVE_RESULTS = [
  'no_consideration',
  'responsibility_review',
  'emulation_criterion',
  'eligible',
  'completed',
] as const
export type CollectiveResult = (typeof COLLECTIVE_RESULTS)[number]

/** What bars a proposal while it lasts; entered by the home-affairs office, dated, with a document. Plan V.4. */
export const GATES = ['pending_discipline', 'violation_inspection', 'complaint'] as const
export type Gate = (typeof GATES)[number]

/**
 * The recorded steps of due process, each taken by a person (plan V.4). First come notice, explanation, and the head's
 * decision on it. Then come the decision whether it was a lack of responsibility, appeal, and the next level's decision
 * on that. `withdrawal` ends a case that should not have been opened.
 */
export const REVIEW_STEPS = [
  'notice',
  'explanation',
  'explanation_decision',
  'finding_decision',
  'appeal',
  'appeal_decision',
  'withdrawal',
] as const
export type ReviewStep = (typeof REVIEW_STEPS)[number]

/** accepted, rejected: an explanation; made, not_made: a finding; upheld, dismissed: an appeal. */
export const REVIEW_DECISIONS = ['accepted', 'rejected', 'made', 'not_made', 'upheld', 'dismissed'] as const
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number]

/** Why a campaign's assessments were computed (again). */
export const CLOSING_REASONS = ['rehearsal', 'close', 'extract', 'appeal', 'due_process', 'correction'] as const
export type ClosingReason = (typeof CLOSING_REASONS)[number]

/** What must be done before the close or knowingly left, in the order in which it is looked at (domain 9). */
export const CLOSING_ITEMS = [
  'records',
  'obligations',
  'exemptions',
  'inspections',
  'appeals',
  'reconsiderations',
  'disputes',
  'extracts',
  'figures',
  'final_reports',
  'notices',
] as const
export type ClosingItem = (typeof CLOSING_ITEMS)[number]

/** Acts at the end of a campaign that take two people and are not undone. */
export const CLOSING_ACTS = ['close', 'worklists'] as const
export type ClosingAct = (typeof CLOSING_ACTS)[number]

/** đợt xét: of commendation, or of those proposed for review. */
export const ROUND_KINDS = ['commendation', 'review'] as const
export type RoundKind = (typeof ROUND_KINDS)[number]

/** The stations of a dossier on its way to a decision. */
export const ROUND_STAGES = ['unit', 'agency', 'home_affairs', 'council', 'decision'] as const
export type RoundStage = (typeof ROUND_STAGES)[number]

export const CANDIDATE_KINDS = ['official', 'collective', 'outside_person', 'outside_collective'] as const
export type CandidateKind = (typeof CANDIDATE_KINDS)[number]

/** propose and pass lead on, return leads back, drop ends, decide awards, revoke takes an award back. */
export const CANDIDATE_ACTIONS = ['propose', 'pass', 'return', 'drop', 'decide', 'revoke'] as const
export type CandidateAction = (typeof CANDIDATE_ACTIONS)[number]

/** hình thức đề nghị */
export const AWARD_FORMS = ['province_certificate', 'agency_certificate'] as const
export type AwardForm = (typeof AWARD_FORMS)[number]

/** The articles of plan 128 that a verdict may rest on. */
export const ARTICLES = [
  'I.3',
  'II.1',
  'II.2',
  'III.1',
  'III.2',
  'III.3',
  'IV.1',
  'IV.2',
  'V',
  'V.1',
  'V.2',
  'V.4',
  'V.6',
] as const
export type Article = (typeof ARTICLES)[number]

/** The two readings of "cài đặt VNeID, kích hoạt, đăng ký SIM" in plan IV.1. */
export const QUOTA_READINGS = ['all', 'any'] as const
