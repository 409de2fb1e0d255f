-- issue 19: indicators and goals are rows of a campaign
CREATE TABLE `campaign_indicator` (
	`campaign_id` integer NOT NULL,
	`code` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`short_name` text NOT NULL,
	`printed_name` text DEFAULT '' NOT NULL,
	`public_name` text DEFAULT '' NOT NULL,
	`unit` text NOT NULL,
	`source` text NOT NULL,
	`outcome` text,
	PRIMARY KEY(`campaign_id`, `code`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "campaign_indicator_source" CHECK("campaign_indicator"."source" in ('police', 'telecom', 'locality')),
	CONSTRAINT "campaign_indicator_outcome" CHECK("campaign_indicator"."outcome" in ('eid_activated', 'sim_signature', 'phone_4g'))
) STRICT;--> statement-breakpoint
CREATE TABLE `campaign_goal` (
	`campaign_id` integer NOT NULL,
	`indicator` text NOT NULL,
	`share` real NOT NULL,
	`basis` text NOT NULL,
	`adults` integer,
	`at_start` integer,
	`exceptions` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`campaign_id`, `indicator`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`,`indicator`) REFERENCES `campaign_indicator`(`campaign_id`,`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "campaign_goal_basis" CHECK("campaign_goal"."basis" in ('annex', 'adults', 'unknown'))
) STRICT;--> statement-breakpoint
CREATE TABLE `goal_exception` (
	`campaign_id` integer NOT NULL,
	`indicator` text NOT NULL,
	`locality_code` text NOT NULL,
	`people` integer NOT NULL,
	`document` text NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `indicator`, `locality_code`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`,`indicator`) REFERENCES `campaign_goal`(`campaign_id`,`indicator`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
CREATE INDEX `goal_exception_locality` ON `goal_exception` (`locality_code`);--> statement-breakpoint
-- the five indicators that every campaign had so far
INSERT INTO `campaign_indicator` (`campaign_id`, `code`, `position`, `name`, `short_name`, `printed_name`, `public_name`, `unit`, `source`, `outcome`)
SELECT c.`id`, i.* FROM `campaign` c CROSS JOIN (
	SELECT 'id_card_first' AS `code`, 1 AS `position`, 'Cấp CCCD lần đầu (sinh trước tháng 7/2010)' AS `name`, 'CCCD lần đầu' AS `short_name`, 'Cấp CCCD cho công dân sinh trước tháng 7/2010' AS `printed_name`, 'Cấp căn cước lần đầu' AS `public_name`, 'công dân sinh trước tháng 7/2010' AS `unit`, 'police' AS `source`, NULL AS `outcome`
	UNION ALL SELECT 'id_card_mobile', 2, 'Cấp CCCD cho công dân biến động, khó thu nhận', 'CCCD khó thu nhận', 'Cấp CCCD cho công dân sinh trước 2009', 'Cấp căn cước cho người đi xa, khó làm hồ sơ', 'công dân biến động, khó thu nhận', 'police', NULL
	UNION ALL SELECT 'eid_activated', 3, 'Kích hoạt định danh điện tử', 'Kích hoạt ĐDĐT', 'Kích hoạt ĐDĐT', 'Kích hoạt định danh điện tử', 'tài khoản VNeID mức 1 hoặc mức 2', 'police', 'eid_activated'
	UNION ALL SELECT 'phone_4g', 4, 'Trang bị điện thoại thông minh 4G', 'Máy 4G', 'Trang bị Smartphone 4G', 'Điện thoại thông minh 4G', 'người dân được trang bị', 'telecom', 'phone_4g'
	UNION ALL SELECT 'sim_signature', 5, 'SIM chính chủ tích hợp chữ ký số', 'SIM chữ ký số', 'Sim chính chủ tích hợp chữ ký số', 'SIM chính chủ có chữ ký số', 'thuê bao', 'telecom', 'sim_signature'
) i ORDER BY c.`id`, i.`position`;--> statement-breakpoint
-- a head that plan 128 printed is no other plan's
UPDATE `campaign_indicator` SET `printed_name` = '' WHERE `campaign_id` IN (SELECT `id` FROM `campaign` WHERE `code` <> '128/KH-UBND');--> statement-breakpoint
UPDATE `campaign` SET `unreviewed` = json_insert(`unreviewed`, '$[#]', 'indicators') WHERE `code` <> '128/KH-UBND';--> statement-breakpoint
-- goals of the plan that stated them so far
INSERT INTO `campaign_goal` (`campaign_id`, `indicator`, `share`, `basis`, `adults`, `at_start`, `exceptions`)
SELECT c.`id`, g.* FROM `campaign` c CROSS JOIN (
	SELECT 'id_card_mobile' AS `indicator`, 0.8 AS `share`, 'annex' AS `basis`, NULL AS `adults`, NULL AS `at_start`, 'người ra nước ngoài, đang chấp hành án hoặc vắng mặt không rõ nơi đến' AS `exceptions`
	UNION ALL SELECT 'phone_4g', 0.9, 'unknown', NULL, NULL, ''
	UNION ALL SELECT 'sim_signature', 0.5, 'adults', 872831, 56943, ''
) g WHERE c.`code` = '128/KH-UBND';--> statement-breakpoint
-- what names an indicator names a row, no longer one of five words
-- rebuild
CREATE TABLE `indicator_target` (
	`campaign_id` integer NOT NULL,
	`locality_code` text NOT NULL,
	`indicator` text NOT NULL,
	`total` integer NOT NULL,
	`daily` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `locality_code`, `indicator`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`,`indicator`) REFERENCES `campaign_indicator`(`campaign_id`,`code`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
-- rebuild
CREATE TABLE `indicator_figure` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`locality_code` text NOT NULL,
	`indicator` text NOT NULL,
	`as_of_on` text NOT NULL,
	`value` integer,
	`origin` text NOT NULL,
	`source` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` integer,
	`token_id` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`token_id`) REFERENCES `api_token`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`,`indicator`) REFERENCES `campaign_indicator`(`campaign_id`,`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "indicator_figure_origin" CHECK("indicator_figure"."origin" in ('typed', 'file', 'interface'))
) STRICT;--> statement-breakpoint
-- rebuild
CREATE TABLE `target_sharing` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`indicator` text NOT NULL,
	`document_number` text NOT NULL,
	`basis` text DEFAULT '' NOT NULL,
	`decided_at` integer NOT NULL,
	`decided_by` integer NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`,`indicator`) REFERENCES `campaign_indicator`(`campaign_id`,`code`) ON UPDATE no action ON DELETE no action
) STRICT;
