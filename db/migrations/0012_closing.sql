-- issue 20: a close that is checked, and that two people make
CREATE TABLE `closing_tick` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`item` text NOT NULL,
	`count` integer NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "closing_tick_item" CHECK("closing_tick"."item" in ('records', 'obligations', 'exemptions', 'inspections', 'appeals', 'reconsiderations', 'disputes', 'extracts', 'figures', 'final_reports', 'notices'))
) STRICT;--> statement-breakpoint
CREATE UNIQUE INDEX `closing_tick_in_force` ON `closing_tick` (`campaign_id`,`item`) WHERE "closing_tick"."withdrawn_at" is null;--> statement-breakpoint
CREATE TABLE `closing_request` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`act` text NOT NULL,
	`with_late` integer NOT NULL,
	`proposed_at` integer NOT NULL,
	`proposed_by` integer NOT NULL,
	`confirmed_at` integer,
	`confirmed_by` integer,
	`withdrawn_at` integer,
	`withdrawn_by` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`withdrawn_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "closing_request_act" CHECK("closing_request"."act" in ('close', 'worklists')),
	CONSTRAINT "closing_request_two_people" CHECK("closing_request"."confirmed_by" is null or "closing_request"."confirmed_by" <> "closing_request"."proposed_by")
) STRICT;--> statement-breakpoint
CREATE UNIQUE INDEX `closing_request_waiting` ON `closing_request` (`campaign_id`,`act`) WHERE "closing_request"."confirmed_at" is null and "closing_request"."withdrawn_at" is null;--> statement-breakpoint
-- the council's minutes are frozen at the meeting
CREATE TABLE `council_meeting` (
	`id` integer PRIMARY KEY NOT NULL,
	`round_id` integer NOT NULL,
	`met_on` text NOT NULL,
	`minutes` text NOT NULL,
	`hash` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`recorded_by` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `round`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
CREATE INDEX `council_meeting_round` ON `council_meeting` (`round_id`);--> statement-breakpoint
CREATE TABLE `council_supplement` (
	`id` integer PRIMARY KEY NOT NULL,
	`meeting_id` integer NOT NULL,
	`body` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`recorded_by` integer NOT NULL,
	FOREIGN KEY (`meeting_id`) REFERENCES `council_meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
CREATE INDEX `council_supplement_meeting` ON `council_supplement` (`meeting_id`);
