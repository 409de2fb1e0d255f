-- issue 14: a job that kills its worker is given up after three attempts
ALTER TABLE `job` ADD `attempts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `job` ADD `started_at` integer;
