-- issue 19: a campaign calls its obligations and outcomes as its own plan does; a pattern is no campaign
CREATE TABLE `campaign_terms` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`terms` text DEFAULT '{}' NOT NULL,
	`is_pattern` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
