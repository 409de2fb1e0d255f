-- STRICT, WITHOUT ROWID, the triggers and the full-text table at the end are written by hand: drizzle-kit emits none of
-- them, and a table that it rebuilds loses them. tests/queries/schema.test.ts compares the result with db/schema.ts.
CREATE TABLE `access_log` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`account_id` integer NOT NULL,
	`what` text NOT NULL,
	`subject_id` text NOT NULL,
	`count` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "access_log_what" CHECK("access_log"."what" in ('help_record', 'help_number', 'help_list', 'help_queue', 'official_records', 'inspection_sheet', 'dispute_record', 'dispute_list', 'worklist_page', 'worklist_print', 'worklist_export', 'assignment', 'calendar', 'invitation_form', 'invitation_print', 'invitation_export', 'help_batch', 'help_batch_export', 'worklist_batch', 'lookup_export', 'offer_export', 'offline_copy', 'evidence_file', 'citizen_request')),
	CONSTRAINT "access_log_count" CHECK("access_log"."count" > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `access_log_subject` ON `access_log` (`subject_id`,`what`);--> statement-breakpoint
CREATE INDEX `access_log_account` ON `access_log` (`account_id`);--> statement-breakpoint
CREATE INDEX `access_log_at` ON `access_log` (`at`);--> statement-breakpoint
CREATE TABLE `account` (
	`id` integer PRIMARY KEY NOT NULL,
	`official_id` integer,
	`login` text NOT NULL,
	`display_name` text NOT NULL,
	`password_hash` text,
	`provider_hash` text,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	`email_cipher` blob,
	`wants_digest` integer DEFAULT true NOT NULL,
	`digest_on` text,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `account_officialId_unique` ON `account` (`official_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_login_unique` ON `account` (`login`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_providerHash_unique` ON `account` (`provider_hash`);--> statement-breakpoint
CREATE TABLE `activation_code` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`code_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `activation_code_codeHash_unique` ON `activation_code` (`code_hash`);--> statement-breakpoint
CREATE INDEX `activation_code_account` ON `activation_code` (`account_id`);--> statement-breakpoint
CREATE TABLE `api_token` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`scopes` text NOT NULL,
	`unit_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	`used_on` text,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `api_token_tokenHash_unique` ON `api_token` (`token_hash`);--> statement-breakpoint
CREATE TABLE `assignment` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`worklist_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`citizen_hash` text NOT NULL,
	`citizen_name_cipher` blob NOT NULL,
	`citizen_number_cipher` blob NOT NULL,
	`citizen_phone_cipher` blob,
	`address_cipher` blob,
	`citizen_birth_year` integer,
	`locality_code` text NOT NULL,
	`hamlet` text DEFAULT '' NOT NULL,
	`lacks` text NOT NULL,
	`official_id` integer,
	`team_id` integer,
	`assigned_at` integer,
	`state` text DEFAULT 'not_contacted' NOT NULL,
	`appointment_on` text,
	`appointment_time` text DEFAULT '' NOT NULL,
	`appointment_place_cipher` blob,
	`note_cipher` blob,
	`changed_at` integer,
	`changed_by` integer,
	`help_id` integer,
	`closed_on` text,
	`revision` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`worklist_id`) REFERENCES `worklist`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`changed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "assignment_state" CHECK("assignment"."state" in ('not_contacted', 'appointment', 'submitted', 'away', 'abroad', 'serving_sentence', 'address_unknown', 'refused', 'done')),
	CONSTRAINT "assignment_one_bearer" CHECK("assignment"."official_id" is null or "assignment"."team_id" is null)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `assignment_citizen` ON `assignment` (`campaign_id`,`citizen_hash`);--> statement-breakpoint
CREATE INDEX `assignment_unit` ON `assignment` (`campaign_id`,`unit_id`,`hamlet`,`state`);--> statement-breakpoint
CREATE INDEX `assignment_official` ON `assignment` (`official_id`,`state`);--> statement-breakpoint
CREATE INDEX `assignment_team` ON `assignment` (`team_id`,`state`);--> statement-breakpoint
CREATE INDEX `assignment_worklist` ON `assignment` (`worklist_id`);--> statement-breakpoint
CREATE INDEX `assignment_help` ON `assignment` (`help_id`);--> statement-breakpoint
CREATE TABLE `award` (
	`id` integer PRIMARY KEY NOT NULL,
	`official_id` integer,
	`unit_id` integer,
	`name` text NOT NULL,
	`year` integer NOT NULL,
	`decision_number` text NOT NULL,
	`campaign_id` integer,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "award_one_subject" CHECK(("award"."official_id" is null) <> ("award"."unit_id" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `award_official` ON `award` (`official_id`);--> statement-breakpoint
CREATE INDEX `award_unit` ON `award` (`unit_id`);--> statement-breakpoint
CREATE TABLE `campaign` (
	`id` integer PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`issuer` text NOT NULL,
	`issued_on` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `campaign_code_unique` ON `campaign` (`code`);--> statement-breakpoint
CREATE TABLE `candidate` (
	`id` integer PRIMARY KEY NOT NULL,
	`round_id` integer NOT NULL,
	`kind` text NOT NULL,
	`official_id` integer,
	`unit_id` integer NOT NULL,
	`form` text,
	`outside` text DEFAULT '{}' NOT NULL,
	`achievement` text DEFAULT '' NOT NULL,
	`stage` text NOT NULL,
	`ended` text,
	`certificate_number` text,
	`proposed_at` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `round`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "candidate_kind" CHECK("candidate"."kind" in ('official', 'collective', 'outside_person', 'outside_collective')),
	CONSTRAINT "candidate_stage" CHECK("candidate"."stage" in ('unit', 'agency', 'home_affairs', 'council', 'decision')),
	CONSTRAINT "candidate_form" CHECK("candidate"."form" in ('province_certificate', 'agency_certificate'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `candidate_official` ON `candidate` (`round_id`,`official_id`);--> statement-breakpoint
CREATE INDEX `candidate_unit` ON `candidate` (`round_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `candidate_step` (
	`id` integer PRIMARY KEY NOT NULL,
	`candidate_id` integer NOT NULL,
	`stage` text NOT NULL,
	`action` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`votes_for` integer,
	`votes_total` integer,
	`taken_at` integer NOT NULL,
	`taken_by` integer NOT NULL,
	FOREIGN KEY (`candidate_id`) REFERENCES `candidate`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taken_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "candidate_step_stage" CHECK("candidate_step"."stage" in ('unit', 'agency', 'home_affairs', 'council', 'decision')),
	CONSTRAINT "candidate_step_action" CHECK("candidate_step"."action" in ('propose', 'pass', 'return', 'drop', 'decide', 'revoke'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `candidate_step_candidate` ON `candidate_step` (`candidate_id`);--> statement-breakpoint
CREATE TABLE `chapter` (
	`id` integer PRIMARY KEY NOT NULL,
	`association` text NOT NULL,
	`parent_id` integer,
	`path` text NOT NULL,
	`name` text NOT NULL,
	`unit_id` integer,
	FOREIGN KEY (`parent_id`) REFERENCES `chapter`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "chapter_association" CHECK("chapter"."association" in ('union', 'youth', 'women', 'farmers', 'veterans'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `chapter_path` ON `chapter` (`path`);--> statement-breakpoint
CREATE UNIQUE INDEX `chapter_unit` ON `chapter` (`association`,`unit_id`);--> statement-breakpoint
CREATE TABLE `citizen_answer` (
	`id` integer PRIMARY KEY NOT NULL,
	`help_id` integer NOT NULL,
	`answer` text NOT NULL,
	`outcome` text,
	`answered_at` integer NOT NULL,
	`code_id` integer,
	`device_hash` text,
	`consent_version` text DEFAULT '' NOT NULL,
	`flag` text,
	`set_aside_at` integer,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`code_id`) REFERENCES `citizen_code`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "citizen_answer_answer" CHECK("citizen_answer"."answer" in ('yes', 'no', 'not_quite'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `citizen_answer_help` ON `citizen_answer` (`help_id`);--> statement-breakpoint
CREATE INDEX `citizen_answer_device` ON `citizen_answer` (`device_hash`);--> statement-breakpoint
CREATE TABLE `citizen_code` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`kind` text NOT NULL,
	`official_id` integer NOT NULL,
	`help_id` integer,
	`code_hash` text NOT NULL,
	`issued_at` integer NOT NULL,
	`expires_at` integer,
	`used_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "citizen_code_kind" CHECK("citizen_code"."kind" in ('link', 'slip', 'phone'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `citizen_code_codeHash_unique` ON `citizen_code` (`code_hash`);--> statement-breakpoint
CREATE INDEX `citizen_code_help` ON `citizen_code` (`help_id`);--> statement-breakpoint
CREATE INDEX `citizen_code_official` ON `citizen_code` (`official_id`);--> statement-breakpoint
CREATE TABLE `citizen_request` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`help_id` integer NOT NULL,
	`kind` text NOT NULL,
	`message_cipher` blob,
	`asked_at` integer NOT NULL,
	`acknowledged_at` integer,
	`closed_at` integer,
	`closed_by` integer,
	`answer` text,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "citizen_request_kind" CHECK("citizen_request"."kind" in ('see', 'correct', 'restrict', 'delete'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `citizen_request_open` ON `citizen_request` (`campaign_id`,`closed_at`);--> statement-breakpoint
CREATE TABLE `clock` (
	`id` integer PRIMARY KEY NOT NULL,
	`real_at` integer NOT NULL,
	`campaign_at` integer NOT NULL,
	CONSTRAINT "clock_one_row" CHECK("clock"."id" = 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `closing` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`version` integer NOT NULL,
	`reason` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`regulation_id` integer NOT NULL,
	`started_at` integer NOT NULL,
	`started_by` integer,
	`frozen_at` integer,
	`summary` text DEFAULT '{}' NOT NULL,
	`hash` text,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`regulation_id`) REFERENCES `regulation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`started_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "closing_reason" CHECK("closing"."reason" in ('rehearsal', 'close', 'extract', 'appeal', 'due_process', 'correction'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `closing_version` ON `closing` (`campaign_id`,`version`);--> statement-breakpoint
CREATE TABLE `collection_day` (
	`point_id` integer NOT NULL,
	`day` text NOT NULL,
	`invited` integer NOT NULL,
	`received` integer NOT NULL,
	`sent_on` integer NOT NULL,
	`approved` integer NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` integer NOT NULL,
	PRIMARY KEY(`point_id`, `day`),
	FOREIGN KEY (`point_id`) REFERENCES `collection_point`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `collection_point` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`locality_code` text NOT NULL,
	`place` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`hours` text NOT NULL,
	`daily_capacity` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	`cancelled_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "collection_point_kind" CHECK("collection_point"."kind" in ('fixed', 'mobile'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `collection_point_unit` ON `collection_point` (`campaign_id`,`unit_id`);--> statement-breakpoint
CREATE INDEX `collection_point_days` ON `collection_point` (`campaign_id`,`to_on`);--> statement-breakpoint
CREATE TABLE `collective_assessment` (
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`from_version` integer NOT NULL,
	`to_version` integer,
	`result` text NOT NULL,
	`facts` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `unit_id`, `from_version`),
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "collective_assessment_result" CHECK("collective_assessment"."result" in ('no_consideration', 'responsibility_review', 'emulation_criterion', 'eligible', 'completed'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `credit_pin` (
	`campaign_id` integer NOT NULL,
	`citizen_hash` text NOT NULL,
	`help_id` integer NOT NULL,
	`reason` text NOT NULL,
	`decided_at` integer NOT NULL,
	`decided_by` integer,
	PRIMARY KEY(`campaign_id`, `citizen_hash`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `device_account` (
	`device_hash` text NOT NULL,
	`account_id` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`device_hash`, `account_id`),
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `difficulty` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`route` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`folded` text NOT NULL,
	`raised_at` integer NOT NULL,
	`raised_by` integer NOT NULL,
	`answer` text,
	`answered_at` integer,
	`answered_by` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`raised_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "difficulty_route" CHECK("difficulty"."route" in ('campaign_office', 'telecom_office'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `difficulty_open` ON `difficulty` (`campaign_id`,`answered_at`);--> statement-breakpoint
CREATE INDEX `difficulty_unit` ON `difficulty` (`unit_id`);--> statement-breakpoint
CREATE TABLE `dispute` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`help_id` integer NOT NULL,
	`holder_id` integer NOT NULL,
	`help_revision` integer NOT NULL,
	`holder_revision` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`reason` text NOT NULL,
	`raised_at` integer NOT NULL,
	`raised_by` integer NOT NULL,
	`decision` text,
	`decision_reason` text,
	`decided_at` integer,
	`decided_by` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`holder_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`raised_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "dispute_decision" CHECK("dispute"."decision" in ('upheld', 'dismissed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `dispute_help` ON `dispute` (`help_id`);--> statement-breakpoint
CREATE INDEX `dispute_unit` ON `dispute` (`unit_id`,`decided_at`);--> statement-breakpoint
CREATE TABLE `event` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`account_id` integer,
	`campaign_id` integer,
	`verb` text NOT NULL,
	`subject` text NOT NULL,
	`subject_id` text NOT NULL,
	`data` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `event_subject` ON `event` (`subject`,`subject_id`);--> statement-breakpoint
CREATE INDEX `event_account` ON `event` (`account_id`);--> statement-breakpoint
CREATE TABLE `exemption` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	`part` text NOT NULL,
	`reason` text NOT NULL,
	`reason_text` text DEFAULT '' NOT NULL,
	`document_number` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`asked_by` integer,
	`decided_at` integer,
	`decided_by` integer,
	`decision_reason` text,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "exemption_part" CHECK("exemption"."part" in ('sim_signature', 'phone_4g', 'portal_national', 'portal_provincial', 'quota')),
	CONSTRAINT "exemption_reason" CHECK("exemption"."reason" in ('maternity', 'long_sick', 'study', 'seconded_out', 'retired', 'left', 'deceased', 'saturated_area', 'other')),
	CONSTRAINT "exemption_state" CHECK("exemption"."state" in ('asked', 'approved', 'rejected'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `exemption_official` ON `exemption` (`campaign_id`,`official_id`);--> statement-breakpoint
CREATE TABLE `extract` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`source` text NOT NULL,
	`as_of_on` text NOT NULL,
	`outcomes` text NOT NULL,
	`is_full_list` integer NOT NULL,
	`state` text DEFAULT 'read' NOT NULL,
	`cursor` integer DEFAULT 0 NOT NULL,
	`file_name` text DEFAULT '' NOT NULL,
	`summary` text DEFAULT '{}' NOT NULL,
	`uploaded_at` integer DEFAULT 0 NOT NULL,
	`uploaded_by` integer,
	`applied_at` integer,
	`applied_by` integer,
	`undone_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`uploaded_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`applied_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "extract_source" CHECK("extract"."source" in ('police', 'telecom')),
	CONSTRAINT "extract_state" CHECK("extract"."state" in ('reading', 'refused', 'read', 'applying', 'applied', 'undoing', 'undone'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `extract_campaign` ON `extract` (`campaign_id`,`as_of_on`);--> statement-breakpoint
CREATE TABLE `extract_fact` (
	`extract_id` integer NOT NULL,
	`subject_hash` text NOT NULL,
	`outcome` text NOT NULL,
	`happened_on` text,
	PRIMARY KEY(`subject_hash`, `outcome`, `extract_id`),
	FOREIGN KEY (`extract_id`) REFERENCES `extract`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "extract_fact_outcome" CHECK("extract_fact"."outcome" in ('vneid_installed', 'eid_activated', 'sim_signature', 'id_card_issued', 'eid_submitted', 'phone_4g', 'portal_account'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `extract_fact_extract` ON `extract_fact` (`extract_id`);--> statement-breakpoint
CREATE TABLE `extract_mapping` (
	`source` text PRIMARY KEY NOT NULL,
	`columns` text NOT NULL,
	CONSTRAINT "extract_mapping_source" CHECK("extract_mapping"."source" in ('police', 'telecom'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `extract_scope` (
	`extract_id` integer NOT NULL,
	`locality_code` text NOT NULL,
	`carrier` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`extract_id`, `locality_code`, `carrier`),
	FOREIGN KEY (`extract_id`) REFERENCES `extract`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `gate` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`official_id` integer,
	`unit_id` integer,
	`kind` text NOT NULL,
	`document_number` text NOT NULL,
	`document_on` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "gate_kind" CHECK("gate"."kind" in ('pending_discipline', 'violation_inspection', 'complaint')),
	CONSTRAINT "gate_one_subject" CHECK(("gate"."official_id" is null) <> ("gate"."unit_id" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `gate_official` ON `gate` (`campaign_id`,`official_id`);--> statement-breakpoint
CREATE INDEX `gate_unit` ON `gate` (`campaign_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `help` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	`citizen_hash` text NOT NULL,
	`citizen_name_cipher` blob NOT NULL,
	`citizen_number_cipher` blob NOT NULL,
	`citizen_phone_cipher` blob,
	`citizen_phone_hash` text,
	`citizen_birth_on` text,
	`citizen_birth_year` integer NOT NULL,
	`carrier` text,
	`locality_code` text NOT NULL,
	`hamlet` text DEFAULT '' NOT NULL,
	`helped_on` text NOT NULL,
	`place` text NOT NULL,
	`consent_version` text NOT NULL,
	`consent_channel` text NOT NULL,
	`note_cipher` blob,
	`submission_key` text NOT NULL,
	`recorded_by` integer,
	`entered_at` integer,
	`received_at` integer NOT NULL,
	`claimed_at` integer,
	`withdrawn_at` integer,
	`confirmed_at` integer,
	`confirmed_by` integer,
	`returned_at` integer,
	`return_reason` text,
	`verdict_kind` text NOT NULL,
	`verdict_reason` text NOT NULL,
	`verdict_outcome` text,
	`basis` text,
	`holds_credit` integer NOT NULL,
	`is_reported` integer NOT NULL,
	`counts_any` integer NOT NULL,
	`staff_kept` text,
	`erased_at` integer,
	`revision` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "help_place" CHECK("help"."place" in ('home', 'school', 'industrial_park', 'one_stop_office', 'mobile_point', 'other')),
	CONSTRAINT "help_verdict_kind" CHECK("help"."verdict_kind" in ('counts', 'pending', 'rejected')),
	CONSTRAINT "help_verdict_reason" CHECK("help"."verdict_reason" in ('withdrawn', 'outside_period', 'self_claim', 'citizen_denied', 'inspection_failed', 'returned', 'roster_member', 'duplicate_claim', 'outcome_missing', 'activated_before', 'activated_after', 'not_in_extract', 'awaiting_confirmation', 'verified', 'confirmed')),
	CONSTRAINT "help_staff_kept" CHECK("help"."staff_kept" in ('self', 'staff'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `help_submissionKey_unique` ON `help` (`submission_key`);--> statement-breakpoint
CREATE INDEX `help_citizen` ON `help` (`campaign_id`,`citizen_hash`);--> statement-breakpoint
CREATE INDEX `help_official` ON `help` (`campaign_id`,`official_id`,`id`);--> statement-breakpoint
CREATE INDEX `help_phone` ON `help` (`campaign_id`,`citizen_phone_hash`) WHERE "help"."citizen_phone_hash" is not null;--> statement-breakpoint
CREATE INDEX `help_waiting` ON `help` (`campaign_id`,`verdict_reason`,`official_id`) WHERE "help"."verdict_kind" <> 'counts';--> statement-breakpoint
CREATE INDEX `help_locality` ON `help` (`campaign_id`,`locality_code`);--> statement-breakpoint
CREATE TABLE `help_companion` (
	`help_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	PRIMARY KEY(`help_id`, `official_id`),
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `help_outcome` (
	`help_id` integer NOT NULL,
	`outcome` text NOT NULL,
	`value` text NOT NULL,
	`on_day` text,
	PRIMARY KEY(`help_id`, `outcome`),
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "help_outcome_outcome" CHECK("help_outcome"."outcome" in ('vneid_installed', 'eid_activated', 'sim_signature', 'id_card_issued', 'eid_submitted', 'phone_4g', 'portal_account')),
	CONSTRAINT "help_outcome_value" CHECK("help_outcome"."value" in ('achieved', 'already_had', 'not_yet'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `help_tally` (
	`campaign_id` integer NOT NULL,
	`dimension` text NOT NULL,
	`key` text NOT NULL,
	`day` text NOT NULL,
	`reported` integer NOT NULL,
	`counted` integer NOT NULL,
	`verified` integer NOT NULL,
	`counted_any` integer NOT NULL,
	`awaiting` integer NOT NULL,
	`by_inspection` integer DEFAULT 0 NOT NULL,
	`by_extract` integer DEFAULT 0 NOT NULL,
	`by_citizen` integer DEFAULT 0 NOT NULL,
	`by_unit` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`campaign_id`, `day`, `key`, `dimension`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `help_total` (
	`campaign_id` integer NOT NULL,
	`dimension` text NOT NULL,
	`key` text NOT NULL,
	`reported` integer NOT NULL,
	`counted` integer NOT NULL,
	`verified` integer NOT NULL,
	`counted_any` integer NOT NULL,
	`awaiting` integer NOT NULL,
	`by_inspection` integer DEFAULT 0 NOT NULL,
	`by_extract` integer DEFAULT 0 NOT NULL,
	`by_citizen` integer DEFAULT 0 NOT NULL,
	`by_unit` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`campaign_id`, `key`, `dimension`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `import_batch` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`unit_id` integer NOT NULL,
	`file_name` text NOT NULL,
	`plan_cipher` blob NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	`applied_at` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `indicator_figure` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`locality_code` text NOT NULL,
	`indicator` text NOT NULL,
	`as_of_on` text NOT NULL,
	`value` integer,
	`origin` text NOT NULL,
	`source` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` integer,
	`token_id` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`token_id`) REFERENCES `api_token`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "indicator_figure_indicator" CHECK("indicator_figure"."indicator" in ('id_card_first', 'id_card_mobile', 'eid_activated', 'phone_4g', 'sim_signature')),
	CONSTRAINT "indicator_figure_origin" CHECK("indicator_figure"."origin" in ('typed', 'file', 'interface'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `indicator_figure_day` ON `indicator_figure` (`campaign_id`,`locality_code`,`indicator`,`as_of_on`,`id`);--> statement-breakpoint
CREATE TABLE `indicator_target` (
	`campaign_id` integer NOT NULL,
	`locality_code` text NOT NULL,
	`indicator` text NOT NULL,
	`total` integer NOT NULL,
	`daily` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `locality_code`, `indicator`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "indicator_target_indicator" CHECK("indicator_target"."indicator" in ('id_card_first', 'id_card_mobile', 'eid_activated', 'phone_4g', 'sim_signature'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `inspection` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`seed` text NOT NULL,
	`population` text DEFAULT '[]' NOT NULL,
	`design` text DEFAULT '{}' NOT NULL,
	`drawn_at` integer NOT NULL,
	`drawn_by` integer,
	`concluded_at` integer,
	`answer_due_on` text,
	`unit_answer` text,
	`unit_answered_at` integer,
	`unit_answered_by` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`drawn_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_answered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `inspection_unit` ON `inspection` (`campaign_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `inspection_appeal` (
	`id` integer PRIMARY KEY NOT NULL,
	`inspection_id` integer NOT NULL,
	`help_id` integer NOT NULL,
	`reason` text NOT NULL,
	`raised_at` integer NOT NULL,
	`raised_by` integer NOT NULL,
	`decision` text,
	`decision_reason` text,
	`decided_at` integer,
	`decided_by` integer,
	FOREIGN KEY (`inspection_id`) REFERENCES `inspection`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`raised_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "inspection_appeal_decision" CHECK("inspection_appeal"."decision" in ('upheld', 'dismissed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `inspection_appeal_help` ON `inspection_appeal` (`inspection_id`,`help_id`);--> statement-breakpoint
CREATE TABLE `inspection_member` (
	`inspection_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`signed_at` integer,
	PRIMARY KEY(`inspection_id`, `account_id`),
	FOREIGN KEY (`inspection_id`) REFERENCES `inspection`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `inspection_pick` (
	`inspection_id` integer NOT NULL,
	`help_id` integer NOT NULL,
	`origin` text DEFAULT 'lot' NOT NULL,
	`stratum` text DEFAULT '' NOT NULL,
	`place` integer DEFAULT 0 NOT NULL,
	`result` text,
	`note_cipher` blob,
	`checked_at` integer,
	`checked_by` integer,
	`overturned_at` integer,
	`set_aside_at` integer,
	PRIMARY KEY(`inspection_id`, `help_id`),
	FOREIGN KEY (`inspection_id`) REFERENCES `inspection`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`checked_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "inspection_pick_result" CHECK("inspection_pick"."result" in ('true', 'untrue', 'not_reached')),
	CONSTRAINT "inspection_pick_origin" CHECK("inspection_pick"."origin" in ('lot', 'redraw', 'risk'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `inspection_pick_help` ON `inspection_pick` (`help_id`);--> statement-breakpoint
CREATE TABLE `job` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`input` text NOT NULL,
	`state` text NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`result` text,
	`created_at` integer NOT NULL,
	`created_by` integer,
	`alive_at` integer,
	`finished_at` integer,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "job_kind" CHECK("job"."kind" in ('roster_plan', 'roster_apply', 'rejudge', 'demo_load', 'extract_read', 'extract_apply', 'extract_undo', 'inspection_draw', 'worklist_plan', 'worklist_apply', 'help_plan', 'help_apply', 'digest', 'closing', 'replay')),
	CONSTRAINT "job_state" CHECK("job"."state" in ('queued', 'running', 'done', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `job_state` ON `job` (`state`);--> statement-breakpoint
CREATE TABLE `go_live_item` (
	`id` integer PRIMARY KEY NOT NULL,
	`item` text NOT NULL,
	`done_on` text NOT NULL,
	`document_number` text NOT NULL,
	`note` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "go_live_item_item" CHECK("go_live_item"."item" in ('security_level', 'basis_police_extract', 'basis_carrier_extract', 'basis_public_page', 'basis_interface', 'impact_assessment', 'keys_escrowed', 'restore_drill', 'second_factors', 'metrics_watched', 'accounts_reviewed'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `legal_basis` (
	`id` integer PRIMARY KEY NOT NULL,
	`citation` text NOT NULL,
	`place` integer NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`forms` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `legal_basis_days` ON `legal_basis` (`from_on`);--> statement-breakpoint
CREATE TABLE `locality` (
	`code` text PRIMARY KEY NOT NULL,
	`parent_code` text,
	`level` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`path` text NOT NULL,
	FOREIGN KEY (`parent_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "locality_level" CHECK("locality"."level" in ('province', 'district', 'commune', 'hamlet'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `locality_parent` ON `locality` (`parent_code`);--> statement-breakpoint
CREATE TABLE `membership` (
	`id` integer PRIMARY KEY NOT NULL,
	`official_id` integer NOT NULL,
	`chapter_id` integer NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`chapter_id`) REFERENCES `chapter`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `membership_start` ON `membership` (`official_id`,`chapter_id`,`from_on`);--> statement-breakpoint
CREATE INDEX `membership_chapter` ON `membership` (`chapter_id`);--> statement-breakpoint
CREATE TABLE `obligation` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	`part` text NOT NULL,
	`state` text NOT NULL,
	`phone_cipher` blob,
	`carrier` text,
	`is_own_name` integer,
	`certificate_provider` text,
	`certificate_kind` text,
	`valid_from_on` text,
	`valid_to_on` text,
	`device_maker` text,
	`device_model` text,
	`first_login_on` text,
	`evidence_file_id` integer,
	`declared_at` integer NOT NULL,
	`confirmed_at` integer,
	`confirmed_by` integer,
	`returned_at` integer,
	`return_reason` text,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`evidence_file_id`) REFERENCES `stored_file`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "obligation_part" CHECK("obligation"."part" in ('sim_signature', 'phone_4g', 'portal_national', 'portal_provincial')),
	CONSTRAINT "obligation_state" CHECK("obligation"."state" in ('missing', 'declared', 'confirmed', 'verified', 'returned'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `obligation_official` ON `obligation` (`campaign_id`,`official_id`,`part`);--> statement-breakpoint
CREATE INDEX `obligation_state` ON `obligation` (`campaign_id`,`state`,`official_id`);--> statement-breakpoint
CREATE TABLE `offer` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`carrier` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`price` integer NOT NULL,
	`terms` text DEFAULT '' NOT NULL,
	`document_number` text DEFAULT '' NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "offer_kind" CHECK("offer"."kind" in ('phone', 'sim', 'signature', 'bundle'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `offer_campaign` ON `offer` (`campaign_id`,`kind`);--> statement-breakpoint
CREATE TABLE `offer_request` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`offer_id` integer NOT NULL,
	`locality_code` text NOT NULL,
	`hamlet` text DEFAULT '' NOT NULL,
	`citizen_name_cipher` blob NOT NULL,
	`citizen_phone_cipher` blob NOT NULL,
	`consent_version` text NOT NULL,
	`consent_channel` text NOT NULL,
	`asked_at` integer NOT NULL,
	`asked_by` integer NOT NULL,
	`handed_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offer_id`) REFERENCES `offer`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `offer_request_offer` ON `offer_request` (`campaign_id`,`offer_id`,`locality_code`);--> statement-breakpoint
CREATE TABLE `official` (
	`id` integer PRIMARY KEY NOT NULL,
	`staff_code` text NOT NULL,
	`name` text NOT NULL,
	`name_folded` text NOT NULL,
	`sort_name` text NOT NULL,
	`sex` text,
	`birth_on` text,
	`birth_year` integer,
	`hamlet` text,
	`number_cipher` blob,
	`number_hash` text,
	`phone_cipher` blob,
	`phone_hash` text,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `official_staffCode_unique` ON `official` (`staff_code`);--> statement-breakpoint
CREATE UNIQUE INDEX `official_numberHash_unique` ON `official` (`number_hash`);--> statement-breakpoint
CREATE INDEX `official_phone` ON `official` (`phone_hash`);--> statement-breakpoint
CREATE INDEX `official_sort` ON `official` (`sort_name`);--> statement-breakpoint
CREATE TABLE `official_assessment` (
	`campaign_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	`from_version` integer NOT NULL,
	`to_version` integer,
	`unit_id` integer NOT NULL,
	`result` text NOT NULL,
	`facts` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `official_id`, `from_version`),
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "official_assessment_result" CHECK("official_assessment"."result" in ('exempt', 'responsibility_review', 'not_completed_excused', 'not_completed_open', 'not_completed', 'eligible', 'completed'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `official_assessment_unit` ON `official_assessment` (`campaign_id`,`unit_id`,`result`,`to_version`);--> statement-breakpoint
CREATE INDEX `official_assessment_result` ON `official_assessment` (`campaign_id`,`result`,`unit_id`,`to_version`);--> statement-breakpoint
CREATE INDEX `official_assessment_change` ON `official_assessment` (`campaign_id`,`from_version`) WHERE "official_assessment"."from_version" > 1;--> statement-breakpoint
CREATE TABLE `official_match` (
	`campaign_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	`number_hash` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `official_id`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `official_match_number` ON `official_match` (`campaign_id`,`number_hash`);--> statement-breakpoint
CREATE TABLE `outreach` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`channel` text NOT NULL,
	`held_on` text NOT NULL,
	`locality_code` text NOT NULL,
	`place` text NOT NULL,
	`people` integer NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "outreach_channel" CHECK("outreach"."channel" in ('broadcast', 'meeting', 'poster', 'social_page', 'sms', 'door_to_door'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `outreach_unit` ON `outreach` (`campaign_id`,`unit_id`,`held_on`);--> statement-breakpoint
CREATE TABLE `people_tally` (
	`campaign_id` integer NOT NULL,
	`dimension` text NOT NULL,
	`key` text NOT NULL,
	`officials` integer NOT NULL,
	`women` integer NOT NULL,
	`quota_bearers` integer NOT NULL,
	`targets` integer NOT NULL,
	`reached` integer NOT NULL,
	`reached_any` integer NOT NULL,
	`idle` integer NOT NULL,
	`owed` integer NOT NULL,
	`reported` integer NOT NULL,
	`counted` integer NOT NULL,
	`verified` integer NOT NULL,
	`counted_any` integer NOT NULL,
	`obligation_bearers` integer NOT NULL,
	`all_met` integer NOT NULL,
	`sim_signature_bearers` integer NOT NULL,
	`sim_signature_declared` integer NOT NULL,
	`sim_signature_confirmed` integer NOT NULL,
	`sim_signature_met` integer NOT NULL,
	`phone4g_bearers` integer NOT NULL,
	`phone4g_declared` integer NOT NULL,
	`phone4g_confirmed` integer NOT NULL,
	`phone4g_met` integer NOT NULL,
	`portal_national_bearers` integer NOT NULL,
	`portal_national_declared` integer NOT NULL,
	`portal_national_confirmed` integer NOT NULL,
	`portal_national_met` integer NOT NULL,
	`portal_provincial_bearers` integer NOT NULL,
	`portal_provincial_declared` integer NOT NULL,
	`portal_provincial_confirmed` integer NOT NULL,
	`portal_provincial_met` integer NOT NULL,
	`portal_login_bearers` integer NOT NULL,
	`portal_login_met` integer NOT NULL,
	`awaiting` integer NOT NULL,
	`eligible` integer NOT NULL,
	`completed` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `key`, `dimension`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `pledge` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	`citizens` integer NOT NULL,
	`sim_signature_by` text NOT NULL,
	`phone4g_by` text NOT NULL,
	`portal_login_by` text NOT NULL,
	`signed_at` integer NOT NULL,
	`list_file_id` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`list_file_id`) REFERENCES `stored_file`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `pledge_official` ON `pledge` (`campaign_id`,`official_id`);--> statement-breakpoint
CREATE TABLE `posting` (
	`id` integer PRIMARY KEY NOT NULL,
	`official_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`position` text NOT NULL,
	`category` text NOT NULL,
	`is_leader` integer NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "posting_category" CHECK("posting"."category" in ('cadre', 'civil_servant', 'public_employee', 'soldier', 'part_time', 'contract', 'member'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `posting_start` ON `posting` (`official_id`,`from_on`);--> statement-breakpoint
CREATE INDEX `posting_unit` ON `posting` (`unit_id`);--> statement-breakpoint
CREATE TABLE `publication` (
	`campaign_id` integer NOT NULL,
	`day` text NOT NULL,
	`taken_at` integer NOT NULL,
	`figures` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `day`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `rate_limit` (
	`key` text PRIMARY KEY NOT NULL,
	`points` integer NOT NULL,
	`expire` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `regulation` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`version` integer NOT NULL,
	`parameters` text NOT NULL,
	`document_number` text NOT NULL,
	`decided_on` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `regulation_version` ON `regulation` (`campaign_id`,`version`);--> statement-breakpoint
CREATE TABLE `remembered_device` (
	`device_hash` text NOT NULL,
	`account_id` integer NOT NULL,
	`pin_hash` text NOT NULL,
	`misses` integer DEFAULT 0 NOT NULL,
	`remembered_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`device_hash`, `account_id`),
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `remembered_device_account` ON `remembered_device` (`account_id`);--> statement-breakpoint
CREATE TABLE `report` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`kind` text NOT NULL,
	`ends_on` text NOT NULL,
	`version` integer NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`difficulties` text DEFAULT '' NOT NULL,
	`proposals` text DEFAULT '' NOT NULL,
	`prepared_at` integer NOT NULL,
	`prepared_by` integer NOT NULL,
	`signed_at` integer,
	`signed_by` integer,
	`signer_capacity` text,
	`signer_name` text,
	`document_number` text,
	`document_on` text,
	`signed_file_id` integer,
	`regulation_id` integer,
	`figures` text,
	`hash` text,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prepared_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`signed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`signed_file_id`) REFERENCES `stored_file`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`regulation_id`) REFERENCES `regulation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "report_kind" CHECK("report"."kind" in ('weekly', 'final')),
	CONSTRAINT "report_signer_capacity" CHECK("report"."signer_capacity" in ('head', 'deputy', 'by_order'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `report_version` ON `report` (`campaign_id`,`unit_id`,`kind`,`ends_on`,`version`);--> statement-breakpoint
CREATE INDEX `report_period` ON `report` (`campaign_id`,`kind`,`ends_on`);--> statement-breakpoint
CREATE TABLE `review_case` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`official_id` integer,
	`unit_id` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `review_case_official` ON `review_case` (`campaign_id`,`official_id`);--> statement-breakpoint
CREATE INDEX `review_case_unit` ON `review_case` (`campaign_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `review_step` (
	`id` integer PRIMARY KEY NOT NULL,
	`case_id` integer NOT NULL,
	`kind` text NOT NULL,
	`decision` text,
	`body` text NOT NULL,
	`document_number` text DEFAULT '' NOT NULL,
	`file_id` integer,
	`taken_at` integer NOT NULL,
	`taken_on` text NOT NULL,
	`taken_by` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `review_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`file_id`) REFERENCES `stored_file`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taken_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "review_step_kind" CHECK("review_step"."kind" in ('notice', 'explanation', 'explanation_decision', 'finding_decision', 'appeal', 'appeal_decision', 'withdrawal')),
	CONSTRAINT "review_step_decision" CHECK("review_step"."decision" in ('accepted', 'rejected', 'made', 'not_made', 'upheld', 'dismissed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `review_step_case` ON `review_step` (`case_id`);--> statement-breakpoint
CREATE TABLE `role_grant` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`role` text NOT NULL,
	`unit_id` integer NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "role_grant_role" CHECK("role_grant"."role" in ('coordinator', 'head', 'inspector', 'campaign_office', 'telecom_office', 'home_affairs', 'province_leader', 'auditor', 'admin'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `role_grant_account` ON `role_grant` (`account_id`);--> statement-breakpoint
CREATE INDEX `role_grant_unit` ON `role_grant` (`unit_id`);--> statement-breakpoint
CREATE TABLE `round` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`closing_id` integer NOT NULL,
	`individual_cap` integer,
	`collective_cap` integer,
	`proposals_due_on` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	`frozen_at` integer,
	`hash` text,
	`decision_number` text,
	`decision_on` text,
	`decided_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closing_id`) REFERENCES `closing`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "round_kind" CHECK("round"."kind" in ('commendation', 'review'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `round_campaign` ON `round` (`campaign_id`,`kind`);--> statement-breakpoint
CREATE TABLE `scenario` (
	`id` integer PRIMARY KEY NOT NULL,
	`closing_id` integer NOT NULL,
	`name` text NOT NULL,
	`parameters` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	`result` text,
	FOREIGN KEY (`closing_id`) REFERENCES `closing`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`user_agent` text NOT NULL,
	`seen_at` integer,
	`is_proven` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `session_account` ON `session` (`account_id`);--> statement-breakpoint
CREATE TABLE `second_factor` (
	`account_id` integer PRIMARY KEY NOT NULL,
	`secret_cipher` blob NOT NULL,
	`last_step` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `recovery_code` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `recovery_code_account` ON `recovery_code` (`account_id`);--> statement-breakpoint
CREATE TABLE `sign_in_ticket` (
	`id` integer PRIMARY KEY NOT NULL,
	`ticket_hash` text NOT NULL,
	`account_id` integer NOT NULL,
	`device_hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	`secret_cipher` blob,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sign_in_ticket_ticketHash_unique` ON `sign_in_ticket` (`ticket_hash`);--> statement-breakpoint
CREATE TABLE `standing` (
	`campaign_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	`sort_name` text NOT NULL,
	`unit_id` integer,
	`category` text,
	`is_leader` integer NOT NULL,
	`target` integer,
	`reported` integer NOT NULL,
	`counted` integer NOT NULL,
	`verified` integer NOT NULL,
	`counted_any` integer NOT NULL,
	`sim_signature` text NOT NULL,
	`phone4g` text NOT NULL,
	`portal_national` text NOT NULL,
	`portal_provincial` text NOT NULL,
	`unmet` integer NOT NULL,
	`shortage` integer NOT NULL,
	`result` text NOT NULL,
	`result_any` text NOT NULL,
	`refreshed_at` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`campaign_id`, `official_id`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "standing_result" CHECK("standing"."result" in ('exempt', 'responsibility_review', 'not_completed_excused', 'not_completed_open', 'not_completed', 'eligible', 'completed')),
	CONSTRAINT "standing_result_any" CHECK("standing"."result_any" in ('exempt', 'responsibility_review', 'not_completed_excused', 'not_completed_open', 'not_completed', 'eligible', 'completed'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `standing_unit` ON `standing` (`campaign_id`,`unit_id`,`shortage`,`unmet`,`category`,`result`,`result_any`);--> statement-breakpoint
CREATE INDEX `standing_lacking` ON `standing` (`campaign_id`,"shortage" desc,"unmet" desc,`sort_name`,`official_id`);--> statement-breakpoint
CREATE INDEX `standing_name` ON `standing` (`campaign_id`,`unit_id`,`sort_name`,`official_id`,`category`,`result`,`result_any`);--> statement-breakpoint
CREATE INDEX `standing_result_unit` ON `standing` (`campaign_id`,`result`,`unit_id`);--> statement-breakpoint
CREATE TABLE `stored_file` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`official_id` integer,
	`unit_id` integer NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`content_cipher` blob NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "stored_file_kind" CHECK("stored_file"."kind" in ('evidence', 'pledge_list', 'signed_report', 'explanation', 'round_document')),
	CONSTRAINT "stored_file_media_type" CHECK("stored_file"."media_type" in ('image/png', 'image/jpeg', 'application/pdf'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `stored_file_unit` ON `stored_file` (`unit_id`);--> statement-breakpoint
CREATE TABLE `table_layout` (
	`id` integer PRIMARY KEY NOT NULL,
	`exchanged` text NOT NULL,
	`name` text NOT NULL,
	`columns` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "table_layout_exchanged" CHECK("table_layout"."exchanged" in ('indicator_figures', 'reports', 'outreach', 'collection_days'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `table_layout_name` ON `table_layout` (`exchanged`,`name`);--> statement-breakpoint
CREATE TABLE `target_decision` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`official_id` integer,
	`unit_id` integer,
	`citizens` integer NOT NULL,
	`document_number` text DEFAULT '' NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "target_decision_one_subject" CHECK(("target_decision"."official_id" is null) <> ("target_decision"."unit_id" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `target_decision_official` ON `target_decision` (`campaign_id`,`official_id`);--> statement-breakpoint
CREATE INDEX `target_decision_unit` ON `target_decision` (`campaign_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `target_share` (
	`sharing_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`total` integer NOT NULL,
	`daily` integer NOT NULL,
	PRIMARY KEY(`sharing_id`, `unit_id`),
	FOREIGN KEY (`sharing_id`) REFERENCES `target_sharing`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `target_share_unit` ON `target_share` (`unit_id`);--> statement-breakpoint
CREATE TABLE `target_sharing` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`indicator` text NOT NULL,
	`document_number` text NOT NULL,
	`basis` text DEFAULT '' NOT NULL,
	`decided_at` integer NOT NULL,
	`decided_by` integer NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "target_sharing_indicator" CHECK("target_sharing"."indicator" in ('id_card_first', 'id_card_mobile', 'eid_activated', 'phone_4g', 'sim_signature'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `target_sharing_unit` ON `target_sharing` (`campaign_id`,`unit_id`,`indicator`);--> statement-breakpoint
CREATE TABLE `team` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`hamlet` text DEFAULT '' NOT NULL,
	`decision_number` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "team_kind" CHECK("team"."kind" in ('digital_community', 'project_06', 'volunteer'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `team_unit` ON `team` (`campaign_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `team_member` (
	`team_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	`is_leader` integer DEFAULT false NOT NULL,
	`is_paid` integer DEFAULT false NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	PRIMARY KEY(`team_id`, `official_id`, `from_on`),
	FOREIGN KEY (`team_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `team_member_official` ON `team_member` (`official_id`);--> statement-breakpoint
CREATE TABLE `unit` (
	`id` integer PRIMARY KEY NOT NULL,
	`parent_id` integer,
	`path` text NOT NULL,
	`kind` text NOT NULL,
	`block` text NOT NULL,
	`name` text NOT NULL,
	`name_folded` text NOT NULL,
	`head_title` text NOT NULL,
	`locality_code` text,
	`guard_path` text,
	`closed_on` text,
	FOREIGN KEY (`parent_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "unit_kind" CHECK("unit"."kind" in ('province', 'provincial_agency', 'district', 'department', 'commune', 'hamlet_team', 'grassroots')),
	CONSTRAINT "unit_block" CHECK("unit"."block" in ('party', 'state', 'front', 'armed_forces', 'enterprise'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_path` ON `unit` (`path`);--> statement-breakpoint
CREATE INDEX `unit_parent` ON `unit` (`parent_id`);--> statement-breakpoint
CREATE INDEX `unit_locality` ON `unit` (`locality_code`);--> statement-breakpoint
CREATE TABLE `untrue_report_finding` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`inspection_id` integer NOT NULL,
	`reason` text NOT NULL,
	`found_at` integer NOT NULL,
	`found_by` integer NOT NULL,
	`withdrawn_at` integer,
	`withdrawal_reason` text,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`inspection_id`) REFERENCES `inspection`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`found_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `untrue_report_finding_unit` ON `untrue_report_finding` (`campaign_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `worklist` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`name` text NOT NULL,
	`legal_basis` text NOT NULL,
	`imported_at` integer NOT NULL,
	`imported_by` integer NOT NULL,
	`purged_at` integer,
	`summary` text DEFAULT '{}' NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`imported_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `worklist_unit` ON `worklist` (`campaign_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `key_destruction` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`proposed_at` integer NOT NULL,
	`proposed_by` integer NOT NULL,
	`withdrawn_at` integer,
	`withdrawn_by` integer,
	`confirmed_at` integer,
	`confirmed_by` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`withdrawn_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "key_destruction_two_people" CHECK("key_destruction"."confirmed_by" is null or "key_destruction"."confirmed_by" <> "key_destruction"."proposed_by")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `key_destruction_campaign` ON `key_destruction` (`campaign_id`) WHERE "key_destruction"."withdrawn_at" is null;--> statement-breakpoint
CREATE TABLE `wrapped_key` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer,
	`purpose` text NOT NULL,
	`wrapped` blob,
	`created_at` integer NOT NULL,
	`destroyed_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "wrapped_key_purpose" CHECK("wrapped_key"."purpose" in ('data', 'match'))
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `event_no_update` BEFORE UPDATE ON `event` BEGIN SELECT raise(abort, 'event is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `event_no_delete` BEFORE DELETE ON `event` BEGIN SELECT raise(abort, 'event is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `access_log_no_update` BEFORE UPDATE ON `access_log` BEGIN SELECT raise(abort, 'access_log is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `access_log_no_delete` BEFORE DELETE ON `access_log` WHEN old.`at` > (unixepoch() - 730 * 86400) * 1000 BEGIN SELECT raise(abort, 'access_log is append-only for two years'); END;
--> statement-breakpoint
CREATE TRIGGER `regulation_no_update` BEFORE UPDATE ON `regulation` BEGIN SELECT raise(abort, 'a regulation version is never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `regulation_no_delete` BEFORE DELETE ON `regulation` BEGIN SELECT raise(abort, 'a regulation version is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `review_step_no_update` BEFORE UPDATE ON `review_step` BEGIN SELECT raise(abort, 'review_step is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `review_step_no_delete` BEFORE DELETE ON `review_step` BEGIN SELECT raise(abort, 'review_step is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `go_live_item_no_update` BEFORE UPDATE ON `go_live_item` BEGIN SELECT raise(abort, 'go_live_item is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `go_live_item_no_delete` BEFORE DELETE ON `go_live_item` BEGIN SELECT raise(abort, 'go_live_item is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `candidate_step_no_update` BEFORE UPDATE ON `candidate_step` BEGIN SELECT raise(abort, 'candidate_step is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `candidate_step_no_delete` BEFORE DELETE ON `candidate_step` BEGIN SELECT raise(abort, 'candidate_step is append-only'); END;
--> statement-breakpoint
CREATE VIRTUAL TABLE `official_search` USING fts5(`name_folded`, content='official', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='1 2 3');
--> statement-breakpoint
CREATE TRIGGER `official_search_insert` AFTER INSERT ON `official` BEGIN INSERT INTO `official_search`(`rowid`, `name_folded`) VALUES (new.`id`, new.`name_folded`); END;
--> statement-breakpoint
CREATE TRIGGER `official_search_update` AFTER UPDATE OF `name_folded` ON `official` BEGIN INSERT INTO `official_search`(`official_search`, `rowid`, `name_folded`) VALUES ('delete', old.`id`, old.`name_folded`); INSERT INTO `official_search`(`rowid`, `name_folded`) VALUES (new.`id`, new.`name_folded`); END;
--> statement-breakpoint
CREATE TRIGGER `standing_sort_name` AFTER UPDATE OF `sort_name` ON `official` BEGIN UPDATE `standing` SET `sort_name` = new.`sort_name` WHERE `campaign_id` IN (SELECT `id` FROM `campaign`) AND `official_id` = new.`id`; END;
--> statement-breakpoint
CREATE TRIGGER `official_search_delete` AFTER DELETE ON `official` BEGIN INSERT INTO `official_search`(`official_search`, `rowid`, `name_folded`) VALUES ('delete', old.`id`, old.`name_folded`); END;
