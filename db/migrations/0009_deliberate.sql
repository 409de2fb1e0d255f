-- issue 17: reports signed and citizens checked on purpose, late entries apart, companions who agree, timesheets kept
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
CREATE INDEX `timesheet_export_team` ON `timesheet_export` (`team_id`,`id`);
