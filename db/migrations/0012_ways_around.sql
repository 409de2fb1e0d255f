-- issue 17: outsiders told apart, wishes handed over once, restricted citizens, requests with a result, questions corrected
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
ALTER TABLE `difficulty` ADD `withdrawn_at` integer;
