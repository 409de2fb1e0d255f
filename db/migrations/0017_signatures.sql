-- issue 22: a signature proves itself
-- roots that signed files are checked against: entered by one administrator, agreed to by a second one
CREATE TABLE `trusted_root` (
	`id` integer PRIMARY KEY NOT NULL,
	`certificate` blob NOT NULL,
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
CREATE UNIQUE INDEX `trusted_root_fingerprint_unique` ON `trusted_root` (`fingerprint`);
