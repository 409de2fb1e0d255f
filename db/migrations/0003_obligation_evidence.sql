-- issue 15: extracts verify obligations; a case keeps its terms
ALTER TABLE `obligation` ADD `extract_id` integer REFERENCES extract(id);--> statement-breakpoint
ALTER TABLE `obligation` ADD `extract_shows` integer;--> statement-breakpoint
ALTER TABLE `obligation` ADD `cleared_extract_id` integer REFERENCES extract(id);--> statement-breakpoint
ALTER TABLE `obligation` ADD `cleared_at` integer;--> statement-breakpoint
ALTER TABLE `obligation` ADD `cleared_by` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `people_tally` ADD `sim_signature_verified` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `people_tally` ADD `phone4g_verified` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `review_case` ADD `regulation_id` integer REFERENCES regulation(id);
