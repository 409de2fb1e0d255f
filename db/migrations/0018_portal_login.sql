-- issue 22: signing in at a portal proves that part, and boards show what the met parts rest on
CREATE TABLE `portal_login` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	`issuer` text NOT NULL,
	`part` text,
	`subject_hash` text NOT NULL,
	`number_hash` text,
	`is_assured` integer NOT NULL,
	`signed_in_at` integer NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`official_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "portal_login_part" CHECK("portal_login"."part" in ('portal_national', 'portal_provincial'))
) STRICT;--> statement-breakpoint
CREATE UNIQUE INDEX `portal_login_official` ON `portal_login` (`campaign_id`,`official_id`,`issuer`);--> statement-breakpoint
CREATE UNIQUE INDEX `portal_login_subject` ON `portal_login` (`campaign_id`,`subject_hash`);--> statement-breakpoint
ALTER TABLE `people_tally` ADD `portal_national_verified` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `people_tally` ADD `portal_provincial_verified` integer DEFAULT 0 NOT NULL;
