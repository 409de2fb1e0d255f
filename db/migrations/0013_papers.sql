-- issue 20: papers that only need the number, the date and the pen
-- what papers print of a unit and of a plan, and what a legal basis is cited for
ALTER TABLE `unit` ADD `paper_sign` text;--> statement-breakpoint
ALTER TABLE `campaign` ADD `title` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `campaign` SET `title` = 'thực hiện đợt cao điểm “90 ngày, đêm” triển khai mục tiêu “4 phủ” trên địa bàn tỉnh Bình Phước (từ ngày 04/4/2024 - 03/7/2024)'
 WHERE `code` = '128/KH-UBND' AND `issuer` = 'UBND tỉnh Bình Phước';--> statement-breakpoint
ALTER TABLE `legal_basis` ADD `subject` text DEFAULT 'commendation' NOT NULL CONSTRAINT "legal_basis_subject" CHECK("subject" in ('commendation', 'authority', 'review'));--> statement-breakpoint
-- the founding's own basis lacked the day of the decree
UPDATE `legal_basis` SET `citation` = 'Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng'
 WHERE `created_by` IS NULL AND `citation` = 'Căn cứ Nghị định số 152/2025/NĐ-CP của Chính phủ về thi đua, khen thưởng';--> statement-breakpoint
-- mức tiền thưởng with its source
CREATE TABLE `award_rate` (
	`id` integer PRIMARY KEY NOT NULL,
	`form` text NOT NULL,
	`part` text NOT NULL,
	`multiple` integer NOT NULL,
	`base_salary` integer NOT NULL,
	`source` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "award_rate_form" CHECK("award_rate"."form" in ('province_certificate', 'agency_certificate')),
	CONSTRAINT "award_rate_part" CHECK("award_rate"."part" in ('person', 'collective'))
) STRICT;--> statement-breakpoint
CREATE INDEX `award_rate_days` ON `award_rate` (`from_on`);--> statement-breakpoint
-- where words go on the printed form of a certificate
CREATE TABLE `certificate_layout` (
	`id` integer PRIMARY KEY NOT NULL,
	`layout` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
-- the papers of a round in one zip, made by a job
CREATE TABLE `paper_bundle` (
	`id` integer PRIMARY KEY NOT NULL,
	`round_id` integer NOT NULL,
	`dated_on` text,
	`files` integer NOT NULL,
	`content_cipher` blob NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `round`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
CREATE INDEX `paper_bundle_round` ON `paper_bundle` (`round_id`);--> statement-breakpoint
-- a collective that is not eligible is proposed with reasons; a person of the armed forces may agree to be named
ALTER TABLE `candidate` ADD `exception_reason` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `candidate` ADD `disclosed_at` integer;--> statement-breakpoint
-- a kind of job more
-- rebuild
CREATE TABLE `job` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`input` text NOT NULL,
	`state` text NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`result` text,
	`created_at` integer NOT NULL,
	`created_by` integer,
	`alive_at` integer,
	`finished_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`started_at` integer,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "job_kind" CHECK("job"."kind" in ('roster_plan', 'roster_apply', 'rejudge', 'demo_load', 'extract_read', 'extract_apply', 'extract_undo', 'inspection_draw', 'worklist_plan', 'worklist_apply', 'help_plan', 'help_apply', 'digest', 'closing', 'replay', 'round_papers')),
	CONSTRAINT "job_state" CHECK("job"."state" in ('queued', 'running', 'done', 'failed'))
) STRICT;