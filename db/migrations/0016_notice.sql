-- issue 21: who asked sees the answer and what was corrected; reminders that reach a phone
-- what a difficulty or its answer said before it was corrected
CREATE TABLE `difficulty_text` (
	`id` integer PRIMARY KEY NOT NULL,
	`difficulty_id` integer NOT NULL,
	`part` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`replaced_at` integer NOT NULL,
	`replaced_by` integer NOT NULL,
	FOREIGN KEY (`difficulty_id`) REFERENCES `difficulty`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`replaced_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "difficulty_text_part" CHECK("difficulty_text"."part" in ('question', 'answer'))
) STRICT;--> statement-breakpoint
CREATE INDEX `difficulty_text_difficulty` ON `difficulty_text` (`difficulty_id`);--> statement-breakpoint
-- reminders to phones: the key pair, the services, the browsers
CREATE TABLE `push_service` (
	`id` integer PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`private_key_cipher` blob NOT NULL,
	`contact` text NOT NULL,
	`hosts` text NOT NULL,
	`is_on` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` integer NOT NULL,
	FOREIGN KEY (`changed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "push_service_one_row" CHECK("push_service"."id" = 1)
) STRICT;--> statement-breakpoint
CREATE TABLE `push_subscription` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`endpoint_hash` text NOT NULL,
	`endpoint_cipher` blob NOT NULL,
	`created_at` integer NOT NULL,
	`renewed_at` integer NOT NULL,
	`asked_at` integer,
	`tries` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
CREATE UNIQUE INDEX `push_subscription_endpoint_hash_unique` ON `push_subscription` (`endpoint_hash`);--> statement-breakpoint
CREATE INDEX `push_subscription_account` ON `push_subscription` (`account_id`);--> statement-breakpoint
CREATE INDEX `push_subscription_waiting` ON `push_subscription` (`asked_at`) WHERE "push_subscription"."asked_at" is not null;
