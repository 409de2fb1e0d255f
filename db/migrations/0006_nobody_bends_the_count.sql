-- issue 17: no figure, result or sample says what is not so without a second, independent person
-- facts that bind a citizen's number, changes in words, requests to look again, how a citizen was reached
ALTER TABLE `help` ADD `citizen_at` integer;--> statement-breakpoint
ALTER TABLE `help` ADD `number_changes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `help` ADD `checked_day` text;--> statement-breakpoint
ALTER TABLE `help` ADD `missed_draw_at` integer;--> statement-breakpoint
ALTER TABLE `citizen_answer` ADD `network_hash` text;--> statement-breakpoint
ALTER TABLE `citizen_code` ADD `network_hash` text;--> statement-breakpoint
ALTER TABLE `citizen_code` ADD `handed_at` integer;--> statement-breakpoint
ALTER TABLE `citizen_request` ADD `reached_by` text CONSTRAINT "citizen_request_reached_by" CHECK(`reached_by` in ('met', 'known_phone', 'letter'));--> statement-breakpoint
CREATE TABLE `contradiction` (
	`campaign_id` integer NOT NULL,
	`citizen_hash` text NOT NULL,
	`outcome` text NOT NULL,
	`extract_id` integer NOT NULL,
	`help_id` integer NOT NULL,
	`kept_at` integer NOT NULL,
	`cleared_at` integer,
	PRIMARY KEY(`campaign_id`, `citizen_hash`, `outcome`, `extract_id`, `help_id`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`extract_id`) REFERENCES `extract`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
CREATE TABLE `help_change` (
	`id` integer PRIMARY KEY NOT NULL,
	`help_id` integer NOT NULL,
	`revision` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` integer,
	`is_after_contradiction` integer NOT NULL,
	`changes` text NOT NULL,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`changed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
CREATE INDEX `help_change_help` ON `help_change` (`help_id`,`revision`);--> statement-breakpoint
CREATE TABLE `reconsideration` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`help_id` integer NOT NULL,
	`kind` text NOT NULL,
	`proposed_on` text,
	`reason` text NOT NULL,
	`raised_at` integer NOT NULL,
	`raised_by` integer NOT NULL,
	`decision` text,
	`decision_reason` text,
	`decided_at` integer,
	`decided_by` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`raised_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reconsideration_kind" CHECK("reconsideration"."kind" in ('bar', 'day')),
	CONSTRAINT "reconsideration_decision" CHECK("reconsideration"."decision" in ('upheld', 'dismissed'))
) STRICT;--> statement-breakpoint
CREATE INDEX `reconsideration_help` ON `reconsideration` (`help_id`);--> statement-breakpoint
CREATE INDEX `reconsideration_open` ON `reconsideration` (`campaign_id`,`decided_at`);--> statement-breakpoint
-- the first yes of a device that answered for a second citizen later
UPDATE `citizen_answer` SET `flag` = 'shared_device' WHERE `flag` IS NULL AND EXISTS (
	SELECT 1 FROM citizen_answer o JOIN help oh ON oh.id = o.help_id, help h
	WHERE o.device_hash = citizen_answer.device_hash AND h.id = citizen_answer.help_id
		AND oh.campaign_id = h.campaign_id AND oh.citizen_hash <> h.citizen_hash
);--> statement-breakpoint
-- verdicts follow the rules that bind the citizen
INSERT INTO `job` (`kind`, `input`, `state`, `created_at`)
SELECT 'rejudge', json_object('campaignId', id), 'queued', CAST(unixepoch('subsec') * 1000 AS integer) FROM campaign;--> statement-breakpoint
-- who opened whose account, office roles by two people, a waiting time before keys are destroyed
ALTER TABLE `account` ADD `created_by` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `activation_code` ADD `opened_at` integer;--> statement-breakpoint
ALTER TABLE `activation_code` ADD `is_reset` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `activation_code` ADD `received_at` integer;--> statement-breakpoint
ALTER TABLE `activation_code` ADD `received_by` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `role_grant` ADD `confirmed_by` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `key_destruction` ADD `due_at` integer;--> statement-breakpoint
CREATE TABLE `grant_request` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`role` text NOT NULL,
	`unit_id` integer NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`asked_at` integer NOT NULL,
	`asked_by` integer NOT NULL,
	`decided_at` integer,
	`decided_by` integer,
	`grant_id` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`grant_id`) REFERENCES `role_grant`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "grant_request_role" CHECK("grant_request"."role" in ('coordinator', 'head', 'inspector', 'campaign_office', 'telecom_office', 'home_affairs', 'province_leader', 'auditor', 'admin')),
	CONSTRAINT "grant_request_two_people" CHECK("grant_request"."grant_id" is null or "grant_request"."decided_by" <> "grant_request"."asked_by")
) STRICT;
--> statement-breakpoint
CREATE INDEX `grant_request_account` ON `grant_request` (`account_id`);--> statement-breakpoint
CREATE INDEX `account_maker` ON `account` (`created_by`);--> statement-breakpoint
CREATE INDEX `activation_code_issuer` ON `activation_code` (`created_by`);--> statement-breakpoint
CREATE INDEX `role_grant_giver` ON `role_grant` (`created_by`);--> statement-breakpoint
UPDATE `activation_code` SET `opened_at` = `used_at` WHERE `id` IN (
	SELECT max(c.`id`) FROM `activation_code` c JOIN `account` a ON a.`id` = c.`account_id`
	WHERE c.`used_at` IS NOT NULL AND a.`password_hash` IS NOT NULL GROUP BY c.`account_id`
);--> statement-breakpoint
UPDATE `account` SET `created_by` = (
	SELECT e.`account_id` FROM `event` e
	WHERE e.`subject` = 'account' AND e.`subject_id` = cast(`account`.`id` AS text) AND e.`verb` = 'create' AND e.`actor_kind` = 'person' LIMIT 1
) WHERE `official_id` IS NULL;--> statement-breakpoint
-- transfers wait for the receiving unit; exemptions and joins from outside need a second person
CREATE TABLE `transfer` (
	`id` integer PRIMARY KEY NOT NULL,
	`official_id` integer NOT NULL,
	`from_unit_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`position` text NOT NULL,
	`category` text NOT NULL,
	`is_leader` integer NOT NULL,
	`from_on` text NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`asked_by` integer NOT NULL,
	`due_on` text NOT NULL,
	`answered_at` integer,
	`answered_by` integer,
	`answer_reason` text,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "transfer_category" CHECK("transfer"."category" in ('cadre', 'civil_servant', 'public_employee', 'soldier', 'part_time', 'contract', 'member')),
	CONSTRAINT "transfer_state" CHECK("transfer"."state" in ('asked', 'accepted', 'refused', 'withdrawn'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `transfer_waiting` ON `transfer` (`official_id`) WHERE "transfer"."state" = 'asked';--> statement-breakpoint
CREATE INDEX `transfer_official` ON `transfer` (`official_id`);--> statement-breakpoint
CREATE INDEX `transfer_state` ON `transfer` (`state`);--> statement-breakpoint
CREATE TABLE `join_offer` (
	`id` integer PRIMARY KEY NOT NULL,
	`official_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`chapter_id` integer,
	`team_id` integer,
	`is_leader` integer DEFAULT 0 NOT NULL,
	`is_paid` integer DEFAULT 0 NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`state` text NOT NULL,
	`offered_at` integer NOT NULL,
	`offered_by` integer,
	`answered_at` integer,
	`answered_by` integer,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`chapter_id`) REFERENCES `chapter`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "join_offer_one_place" CHECK(("join_offer"."chapter_id" is null) <> ("join_offer"."team_id" is null)),
	CONSTRAINT "join_offer_state" CHECK("join_offer"."state" in ('offered', 'accepted', 'refused', 'withdrawn'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `join_offer_official` ON `join_offer` (`official_id`);--> statement-breakpoint
CREATE INDEX `join_offer_state` ON `join_offer` (`state`);--> statement-breakpoint
CREATE INDEX `join_offer_team` ON `join_offer` (`team_id`);--> statement-breakpoint
CREATE TABLE `outside_search` (
	`account_id` integer NOT NULL,
	`on_day` text NOT NULL,
	`searches` integer NOT NULL,
	PRIMARY KEY(`account_id`, `on_day`),
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
ALTER TABLE `exemption` ADD `scan_file_id` integer REFERENCES stored_file(id);--> statement-breakpoint
ALTER TABLE `exemption` ADD `decided_unit_id` integer REFERENCES unit(id);--> statement-breakpoint
-- reports signed and citizens checked on purpose, late entries apart, companions who agree, timesheets kept
ALTER TABLE `report` ADD `early_reason` text;--> statement-breakpoint
ALTER TABLE `report` ADD `opened_at` integer;--> statement-breakpoint
ALTER TABLE `report` ADD `opened_by` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `inspection_pick` ADD `found_by` text CONSTRAINT "inspection_pick_found_by" CHECK("found_by" in ('met', 'called', 'papers'));--> statement-breakpoint
ALTER TABLE `inspection_pick` ADD `opened_at` integer;--> statement-breakpoint
ALTER TABLE `inspection_pick` ADD `opened_by` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `help` ADD `late_at` integer;--> statement-breakpoint
ALTER TABLE `help` ADD `late_document_number` text;--> statement-breakpoint
ALTER TABLE `help` ADD `late_document_on` text;--> statement-breakpoint
CREATE INDEX `help_late` ON `help` (`campaign_id`,`official_id`) WHERE "help"."late_at" is not null;--> statement-breakpoint
ALTER TABLE `session` ADD `contact_before` integer;--> statement-breakpoint
ALTER TABLE `help_companion` ADD `agreed_at` integer;--> statement-breakpoint
ALTER TABLE `help_companion` ADD `declined_at` integer;--> statement-breakpoint
CREATE INDEX `help_companion_official` ON `help_companion` (`official_id`);--> statement-breakpoint
CREATE TABLE `timesheet_export` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`team_id` integer NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`exported_at` integer NOT NULL,
	`exported_by` integer NOT NULL,
	`rows` text NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `team`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`exported_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `timesheet_export_team` ON `timesheet_export` (`team_id`,`id`);--> statement-breakpoint
-- each event holds a hash of the facts that it wrote, sealed under a key of its own; both logs have heads
ALTER TABLE `event` ADD `facts` text;--> statement-breakpoint
ALTER TABLE `event` ADD `seal` text;--> statement-breakpoint
ALTER TABLE `access_log` ADD `link` text;--> statement-breakpoint
CREATE TABLE `log_key` (
	`id` integer PRIMARY KEY NOT NULL,
	`wrapped` blob NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "log_key_one_row" CHECK("log_key"."id" = 1)
) STRICT;--> statement-breakpoint
CREATE TABLE `log_head` (
	`log` text PRIMARY KEY NOT NULL,
	`last_id` integer NOT NULL,
	`hash` text NOT NULL,
	`first_id` integer NOT NULL,
	`seal` text NOT NULL,
	CONSTRAINT "log_head_log" CHECK("log_head"."log" in ('event', 'access_log'))
) STRICT;--> statement-breakpoint
CREATE TABLE `fact_seal` (
	`id` integer PRIMARY KEY NOT NULL,
	`round` integer NOT NULL,
	`part` text NOT NULL,
	`event_id` integer NOT NULL,
	`up_to` text NOT NULL,
	`hashes` text NOT NULL
) STRICT;--> statement-breakpoint
CREATE INDEX `fact_seal_round` ON `fact_seal` (`round`);--> statement-breakpoint
-- the audit of public figures holds each published day against the true counts of that day; a role's account is bound to the province's sign-in by password
ALTER TABLE `publication` ADD `truth` text;--> statement-breakpoint
ALTER TABLE `account` ADD `is_provider_sure` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `session` ADD `by_provider` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- outsiders told apart, wishes handed over once, restricted citizens, requests with a result, questions corrected
ALTER TABLE `candidate` ADD `outside_number_hash` text;
--> statement-breakpoint
ALTER TABLE `citizen_request` ADD `is_met` integer;
--> statement-breakpoint
CREATE TABLE `citizen_restriction` (
	`campaign_id` integer NOT NULL,
	`citizen_hash` text NOT NULL,
	`request_id` integer NOT NULL,
	`restricted_at` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `citizen_hash`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`request_id`) REFERENCES `citizen_request`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `offer_handover` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`carrier` text NOT NULL,
	`made_at` integer NOT NULL,
	`made_by` integer NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
ALTER TABLE `offer_request` ADD `wish_hash` text;
--> statement-breakpoint
ALTER TABLE `offer_request` ADD `handover_id` integer REFERENCES `offer_handover`(`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `offer_request_wish` ON `offer_request` (`campaign_id`,`offer_id`,`wish_hash`);
--> statement-breakpoint
CREATE INDEX `offer_request_handover` ON `offer_request` (`handover_id`);
--> statement-breakpoint
ALTER TABLE `difficulty` ADD `edited_at` integer;
--> statement-breakpoint
ALTER TABLE `difficulty` ADD `answer_edited_at` integer;
--> statement-breakpoint
ALTER TABLE `difficulty` ADD `withdrawn_at` integer;--> statement-breakpoint
-- a role that an administrator gave alone to an account that they opened, or whose password they replaced, sleeps
ALTER TABLE `activation_code` ADD `by_administrator` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `role_grant` ADD `by_administrator` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- a restriction is lifted at the citizen's wish
-- rebuild
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
	`reached_by` text,
	`is_met` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`help_id`) REFERENCES `help`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "citizen_request_kind" CHECK("citizen_request"."kind" in ('see', 'correct', 'restrict', 'lift', 'delete')),
	CONSTRAINT "citizen_request_reached_by" CHECK("citizen_request"."reached_by" in ('met', 'known_phone', 'letter'))
) STRICT;
