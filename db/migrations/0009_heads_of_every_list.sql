-- issue 18: heads of outreach, collection days and figures are remembered too
-- rebuild
CREATE TABLE `list_heads` (
	`unit_id` integer NOT NULL,
	`list` text NOT NULL,
	`heads` text NOT NULL,
	PRIMARY KEY(`unit_id`, `list`),
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "list_heads_list" CHECK("list_heads"."list" in ('roster', 'help', 'worklist', 'outreach', 'collection_days', 'indicator_figures'))
) STRICT;
