-- issue 17: facts that bind a citizen's number, changes in words, requests to look again, how a citizen was reached
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
SELECT 'rejudge', json_object('campaignId', id), 'queued', CAST(unixepoch('subsec') * 1000 AS integer) FROM campaign;
