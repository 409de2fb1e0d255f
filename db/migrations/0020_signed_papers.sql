-- issue 22: lists, reports and minutes signed with certificates by one person or several
CREATE TABLE `prepared_paper` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`kind` text NOT NULL,
	`unit_id` integer NOT NULL,
	`subject` text NOT NULL,
	`code_hash` text NOT NULL,
	`content` text NOT NULL,
	`prepared_at` integer NOT NULL,
	`prepared_by` integer,
	`signed_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prepared_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "prepared_paper_kind" CHECK("prepared_paper"."kind" in ('pledge_list', 'report', 'minutes'))
) STRICT;--> statement-breakpoint
CREATE UNIQUE INDEX `prepared_paper_code_hash_unique` ON `prepared_paper` (`code_hash`);--> statement-breakpoint
CREATE INDEX `prepared_paper_unit` ON `prepared_paper` (`unit_id`,`campaign_id`);--> statement-breakpoint
-- what each signature on a prepared paper came to
CREATE TABLE `paper_signature` (
	`id` integer PRIMARY KEY NOT NULL,
	`paper_id` integer NOT NULL,
	`file_id` integer NOT NULL,
	`official_id` integer,
	`root_id` integer NOT NULL,
	`fingerprint` text NOT NULL,
	`valid_from_on` text NOT NULL,
	`valid_to_on` text NOT NULL,
	`stamped_at` integer,
	`is_sure` integer NOT NULL,
	`is_revocation_known` integer NOT NULL,
	`checked_at` integer NOT NULL,
	`confirmed_at` integer,
	`confirmed_by` integer,
	FOREIGN KEY (`paper_id`) REFERENCES `prepared_paper`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`file_id`) REFERENCES `stored_file`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`root_id`) REFERENCES `trusted_root`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
CREATE UNIQUE INDEX `paper_signature_certificate` ON `paper_signature` (`paper_id`,`fingerprint`);--> statement-breakpoint
CREATE INDEX `paper_signature_file` ON `paper_signature` (`file_id`);
