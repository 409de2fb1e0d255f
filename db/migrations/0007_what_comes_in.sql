-- issue 18: what comes in is what was meant
-- what the heads of a unit's lists mean, as a person said last
CREATE TABLE `list_heads` (
	`unit_id` integer NOT NULL,
	`list` text NOT NULL,
	`heads` text NOT NULL,
	PRIMARY KEY(`unit_id`, `list`),
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "list_heads_list" CHECK("list_heads"."list" in ('roster', 'help', 'worklist', 'units', 'localities', 'outreach', 'collection_days', 'indicator_figures'))
) STRICT;--> statement-breakpoint
-- corrections of officials, some of which wait for the person or somebody independent
ALTER TABLE `official` ADD `merged_into_id` integer REFERENCES official(id);--> statement-breakpoint
CREATE INDEX `official_merged` ON `official` (`merged_into_id`) WHERE "official"."merged_into_id" is not null;--> statement-breakpoint
CREATE TABLE `official_correction` (
	`id` integer PRIMARY KEY NOT NULL,
	`official_id` integer NOT NULL,
	`kind` text NOT NULL,
	`other_id` integer,
	`kept_account_id` integer,
	`value_cipher` blob,
	`value_hash` text,
	`birth_on` text,
	`birth_year` integer,
	`sex` text,
	`changes` text NOT NULL,
	`changes_hash` text NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`asked_by` integer NOT NULL,
	`batch_id` integer,
	`answered_at` integer,
	`answered_by` integer,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`kept_account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "official_correction_kind" CHECK("official_correction"."kind" in ('details', 'number', 'phone', 'merge')),
	CONSTRAINT "official_correction_state" CHECK("official_correction"."state" in ('asked', 'accepted', 'refused', 'withdrawn')),
	CONSTRAINT "official_correction_sex" CHECK("official_correction"."sex" in ('male', 'female')),
	CONSTRAINT "official_correction_two_entries" CHECK(("official_correction"."kind" = 'merge') = ("official_correction"."other_id" is not null))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `official_correction_waiting` ON `official_correction` (`official_id`,`kind`) WHERE "official_correction"."state" = 'asked';--> statement-breakpoint
CREATE INDEX `official_correction_official` ON `official_correction` (`official_id`);--> statement-breakpoint
CREATE INDEX `official_correction_other` ON `official_correction` (`other_id`) WHERE "official_correction"."other_id" is not null;--> statement-breakpoint
CREATE INDEX `official_correction_state` ON `official_correction` (`state`);--> statement-breakpoint
-- names are written in title case, with the typed form kept
ALTER TABLE `official` ADD `name_typed` text;--> statement-breakpoint
ALTER TABLE `help` ADD `citizen_name_typed_cipher` blob;--> statement-breakpoint
ALTER TABLE `assignment` ADD `citizen_name_typed_cipher` blob;
