-- issue 22: a good signature proves the signature by the act itself
-- what a kept signature was made with, so that it can be looked at again without its file
ALTER TABLE `signature_check` ADD `number_hash` text;--> statement-breakpoint
ALTER TABLE `signature_check` ADD `kind` text;--> statement-breakpoint
ALTER TABLE `signature_check` ADD `origin` text;--> statement-breakpoint
ALTER TABLE `signature_check` ADD `way` text;--> statement-breakpoint
ALTER TABLE `signature_check` ADD `revoked_at` integer;--> statement-breakpoint
-- whose own signature proves the one that a met part asks for
ALTER TABLE `people_tally` ADD `sim_signature_proven` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `stored_file_official` ON `stored_file` (`official_id`);--> statement-breakpoint
-- the kept signature that proves a part, and a certificate withdrawn before it signed
ALTER TABLE `obligation` ADD `proof_file_id` integer REFERENCES `signature_check`(`file_id`);--> statement-breakpoint
ALTER TABLE `obligation` ADD `revoked_at` integer;--> statement-breakpoint
ALTER TABLE `standing` ADD `sim_signature_proven` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- kinds of signatures by their issuers: entered by one administrator, agreed to by a second one
CREATE TABLE `signature_kind` (
	`id` integer PRIMARY KEY NOT NULL,
	`issuer` text NOT NULL,
	`policy` text,
	`kind` text NOT NULL,
	`valid_from_on` text NOT NULL,
	`source` text NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` integer NOT NULL,
	`agreed_at` integer,
	`agreed_by` integer,
	`ended_at` integer,
	`ended_by` integer,
	FOREIGN KEY (`entered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`agreed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "signature_kind_kind" CHECK("signature_kind"."kind" in ('sim', 'remote', 'government_token'))
) STRICT;--> statement-breakpoint
-- lists of withdrawn certificates, as their issuers signed them
CREATE TABLE `revocation_list` (
	`id` integer PRIMARY KEY NOT NULL,
	`issuer` text NOT NULL,
	`name` text NOT NULL,
	`certificate` text NOT NULL,
	`this_update` integer NOT NULL,
	`next_update` integer,
	`content` text,
	`count` integer NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` integer NOT NULL,
	`applied_at` integer,
	FOREIGN KEY (`entered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
CREATE INDEX `revocation_list_issuer` ON `revocation_list` (`issuer`,`this_update`);--> statement-breakpoint
CREATE TABLE `withdrawn_certificate` (
	`list_id` integer NOT NULL,
	`serial` text NOT NULL,
	`withdrawn_at` integer NOT NULL,
	PRIMARY KEY(`list_id`, `serial`),
	FOREIGN KEY (`list_id`) REFERENCES `revocation_list`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
