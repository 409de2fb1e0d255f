-- issue 17: who opened whose account, office roles by two people, a waiting time before keys are destroyed
ALTER TABLE `account` ADD `created_by` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `activation_code` ADD `opened_at` integer;--> statement-breakpoint
ALTER TABLE `activation_code` ADD `is_reset` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `activation_code` ADD `received_at` integer;--> statement-breakpoint
ALTER TABLE `activation_code` ADD `received_by` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `role_grant` ADD `confirmed_by` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `key_destruction` ADD `due_at` integer;--> statement-breakpoint
CREATE TABLE `grant_request` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`role` text NOT NULL,
	`unit_id` integer NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`asked_at` integer NOT NULL,
	`asked_by` integer NOT NULL,
	`decided_at` integer,
	`decided_by` integer,
	`grant_id` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`grant_id`) REFERENCES `role_grant`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "grant_request_role" CHECK("grant_request"."role" in ('coordinator', 'head', 'inspector', 'campaign_office', 'telecom_office', 'home_affairs', 'province_leader', 'auditor', 'admin')),
	CONSTRAINT "grant_request_two_people" CHECK("grant_request"."grant_id" is null or "grant_request"."decided_by" <> "grant_request"."asked_by")
) STRICT;
--> statement-breakpoint
CREATE INDEX `grant_request_account` ON `grant_request` (`account_id`);--> statement-breakpoint
CREATE INDEX `account_maker` ON `account` (`created_by`);--> statement-breakpoint
CREATE INDEX `activation_code_issuer` ON `activation_code` (`created_by`);--> statement-breakpoint
CREATE INDEX `role_grant_giver` ON `role_grant` (`created_by`);--> statement-breakpoint
UPDATE `activation_code` SET `opened_at` = `used_at` WHERE `id` IN (
	SELECT max(c.`id`) FROM `activation_code` c JOIN `account` a ON a.`id` = c.`account_id`
	WHERE c.`used_at` IS NOT NULL AND a.`password_hash` IS NOT NULL GROUP BY c.`account_id`
);--> statement-breakpoint
UPDATE `account` SET `created_by` = (
	SELECT e.`account_id` FROM `event` e
	WHERE e.`subject` = 'account' AND e.`subject_id` = cast(`account`.`id` AS text) AND e.`verb` = 'create' AND e.`actor_kind` = 'person' LIMIT 1
) WHERE `official_id` IS NULL;
