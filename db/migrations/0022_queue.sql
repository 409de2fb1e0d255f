-- issue 21: what waits for confirmation by unit, and results by unit, kept beside the sums: no list grows with the records
CREATE TABLE `help_queue` (
	`campaign_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`help_id` integer NOT NULL,
	`official_id` integer NOT NULL,
	`recorded_by` integer,
	PRIMARY KEY(`campaign_id`, `unit_id`, `help_id`)
) STRICT, WITHOUT ROWID;--> statement-breakpoint
INSERT INTO `help_queue` (`campaign_id`, `unit_id`, `help_id`, `official_id`, `recorded_by`)
SELECT campaign_id, unit_id, help_id, official_id, recorded_by FROM (
	SELECT h.campaign_id, h.id AS help_id, h.official_id, h.recorded_by, coalesce(
		(SELECT p.unit_id FROM posting p WHERE p.official_id = h.official_id AND p.from_on <= h.helped_on ORDER BY p.from_on DESC LIMIT 1),
		(SELECT p.unit_id FROM posting p WHERE p.official_id = h.official_id ORDER BY p.from_on LIMIT 1)) AS unit_id
	FROM campaign c CROSS JOIN help h ON h.campaign_id = c.id
	WHERE h.verdict_kind <> 'counts' AND h.verdict_reason = 'awaiting_confirmation'
) WHERE unit_id IS NOT NULL ORDER BY campaign_id, unit_id, help_id;--> statement-breakpoint
DROP INDEX `standing_result_unit`;--> statement-breakpoint
CREATE INDEX `standing_result_unit` ON `standing` (`campaign_id`,`result`,`unit_id`,`sort_name`,`official_id`);--> statement-breakpoint
DROP INDEX `posting_unit`;--> statement-breakpoint
CREATE INDEX `posting_unit` ON `posting` (`unit_id`,`official_id`);--> statement-breakpoint
CREATE INDEX `obligation_review` ON `obligation` (`campaign_id`,`official_id`) WHERE state = 'confirmed' and extract_shows is 0 and cleared_extract_id is not extract_id;--> statement-breakpoint
CREATE TABLE `result_tally` (
	`campaign_id` integer NOT NULL,
	`key` text NOT NULL,
	`block` text NOT NULL,
	`category` text NOT NULL,
	`result` text NOT NULL,
	`result_any` text NOT NULL,
	`officials` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `key`, `block`, `category`, `result`, `result_any`)
) STRICT;--> statement-breakpoint
INSERT INTO `result_tally` (`campaign_id`, `key`, `block`, `category`, `result`, `result_any`, `officials`)
SELECT s.campaign_id, a.value, u.block, s.category, s.result, s.result_any, sum(s.officials)
FROM (
	SELECT campaign_id, unit_id, coalesce(category, '') AS category, result, result_any, count(*) AS officials
	FROM standing WHERE unit_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
) s
JOIN unit u ON u.id = s.unit_id
JOIN json_each('["' || replace(trim(u.path, '/'), '/', '","') || '"]') a
GROUP BY 1, 2, 3, 4, 5, 6;
