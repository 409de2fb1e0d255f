-- issue 15: two officials of whom a roster's row named one by number and the other by staff code
CREATE TABLE `official_clash` (
	`first_id` integer NOT NULL,
	`second_id` integer NOT NULL,
	`noted_at` integer NOT NULL,
	PRIMARY KEY(`first_id`, `second_id`),
	FOREIGN KEY (`first_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`second_id`) REFERENCES `official`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `official_clash_second` ON `official_clash` (`second_id`);
