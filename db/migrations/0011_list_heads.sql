-- issue 18: what the heads of a unit's lists mean, as a person said last
CREATE TABLE `list_heads` (
	`unit_id` integer NOT NULL,
	`list` text NOT NULL,
	`heads` text NOT NULL,
	PRIMARY KEY(`unit_id`, `list`),
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "list_heads_list" CHECK("list_heads"."list" in ('roster', 'help', 'worklist'))
) STRICT;
