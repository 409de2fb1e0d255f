-- issue 22: a signature proves itself
-- roots that signed files are checked against: entered by one administrator, agreed to by a second one
CREATE TABLE `trusted_root` (
	`id` integer PRIMARY KEY NOT NULL,
	`certificate` text NOT NULL,
	`fingerprint` text NOT NULL,
	`name` text NOT NULL,
	`valid_from_on` text NOT NULL,
	`valid_to_on` text NOT NULL,
	`source` text NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` integer NOT NULL,
	`agreed_at` integer,
	`agreed_by` integer,
	`ended_at` integer,
	`ended_by` integer,
	FOREIGN KEY (`entered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`agreed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
CREATE UNIQUE INDEX `trusted_root_fingerprint_unique` ON `trusted_root` (`fingerprint`);--> statement-breakpoint
-- what the signature of a kept evidence file came to
CREATE TABLE `signature_check` (
	`file_id` integer PRIMARY KEY NOT NULL,
	`root_id` integer NOT NULL,
	`fingerprint` text NOT NULL,
	`valid_from_on` text NOT NULL,
	`valid_to_on` text NOT NULL,
	`stamped_at` integer,
	`is_sure` integer NOT NULL,
	`is_revocation_known` integer NOT NULL,
	`checked_at` integer NOT NULL,
	FOREIGN KEY (`file_id`) REFERENCES `stored_file`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`root_id`) REFERENCES `trusted_root`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
