-- issue 19: set up from workbooks
-- what a unit is called on paper, and the code by which lists name it
ALTER TABLE `unit` ADD `code` text;--> statement-breakpoint
ALTER TABLE `unit` ADD `superior_name` text;--> statement-breakpoint
ALTER TABLE `unit` ADD `issuer_name` text;--> statement-breakpoint
CREATE UNIQUE INDEX `unit_code` ON `unit` (`code`) WHERE "unit"."code" is not null;--> statement-breakpoint
-- localities come in from lists, so that connections must see that they changed
ALTER TABLE `locality` ADD `revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `locality_revision` ON `locality` (`revision`);--> statement-breakpoint
-- roles that a list plans wait together
ALTER TABLE `grant_request` ADD `batch_id` integer REFERENCES import_batch(id);--> statement-breakpoint
CREATE INDEX `grant_request_waiting` ON `grant_request` (`batch_id`) WHERE "grant_request"."decided_at" is null;--> statement-breakpoint
-- two more kinds of lists remember their heads
-- rebuild
CREATE TABLE `list_heads` (
	`unit_id` integer NOT NULL,
	`list` text NOT NULL,
	`heads` text NOT NULL,
	PRIMARY KEY(`unit_id`, `list`),
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "list_heads_list" CHECK("list_heads"."list" in ('roster', 'help', 'worklist', 'units', 'localities'))
) STRICT;
