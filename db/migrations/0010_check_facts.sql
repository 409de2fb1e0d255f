-- issue 17: each event holds a hash of the facts that it wrote, sealed under a key of its own; both logs have heads
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
CREATE INDEX `fact_seal_round` ON `fact_seal` (`round`);
