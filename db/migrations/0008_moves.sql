-- issue 17: transfers wait for the receiving unit; exemptions and joins from outside need a second person
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
ALTER TABLE `exemption` ADD `decided_unit_id` integer REFERENCES unit(id);
