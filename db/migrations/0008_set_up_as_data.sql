-- issue 19: the province and its campaign are data
-- how the province and its offices are called, from a day on
CREATE TABLE `province` (
	`id` integer PRIMARY KEY NOT NULL,
	`from_on` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`place` text NOT NULL,
	`telecom_office` text NOT NULL,
	`document` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "province_type" CHECK("province"."type" in ('province', 'city'))
) STRICT;--> statement-breakpoint
CREATE UNIQUE INDEX `province_from_on_unique` ON `province` (`from_on`);--> statement-breakpoint
INSERT INTO `province` (`from_on`, `code`, `name`, `type`, `place`, `telecom_office`, `document`, `created_at`, `created_by`)
SELECT '2000-01-01', `code`, `name`, CASE `type` WHEN 'tỉnh' THEN 'province' ELSE 'city' END, `name`,
       'Sở Thông tin và Truyền thông', '', (SELECT min(`created_at`) FROM `campaign`), NULL
  FROM `locality` WHERE `level` = 'province' LIMIT 1;--> statement-breakpoint
-- who signs papers of a unit
CREATE TABLE `signer` (
	`id` integer PRIMARY KEY NOT NULL,
	`unit_id` integer NOT NULL,
	`name` text NOT NULL,
	`title` text NOT NULL,
	`capacity` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "signer_capacity" CHECK("signer"."capacity" in ('head', 'deputy', 'by_order', 'authorised'))
) STRICT;--> statement-breakpoint
CREATE INDEX `signer_unit` ON `signer` (`unit_id`);
