-- issue 15: when each outcome was first told as achieved, so that another must-achieve outcome judges by an instant of its own; one submission key, one content
ALTER TABLE `help_outcome` ADD `claimed_at` integer;--> statement-breakpoint
ALTER TABLE `help` ADD `counted_outcomes` text;--> statement-breakpoint
ALTER TABLE `help` ADD `submission_digest` text;--> statement-breakpoint
ALTER TABLE `help_total` ADD `eid_activated_achieved` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `help_total` ADD `eid_activated_had` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `help_total` ADD `sim_signature_achieved` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `help_total` ADD `sim_signature_had` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `help_total` ADD `phone4g_achieved` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `help_total` ADD `phone4g_had` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE TABLE `locality_belonging` (
	`locality_code` text NOT NULL,
	`from_on` text NOT NULL,
	`parent_code` text NOT NULL,
	PRIMARY KEY(`locality_code`, `from_on`),
	FOREIGN KEY (`locality_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`parent_code`) REFERENCES `locality`(`code`) ON UPDATE no action ON DELETE no action
) STRICT;--> statement-breakpoint
-- of the must-achieve outcome the instant is known; another was told no earlier than the record and its own day (UTC+7)
UPDATE `help_outcome` SET `claimed_at` = (
	SELECT CASE
		WHEN h.claimed_at IS NOT NULL AND help_outcome.outcome = (
			SELECT json_extract(r.parameters, '$.mustAchieve') FROM regulation r
			WHERE r.campaign_id = h.campaign_id ORDER BY r.version DESC LIMIT 1
		) THEN h.claimed_at
		ELSE max(h.received_at, coalesce(unixepoch(help_outcome.on_day) * 1000 - 25200000, 0))
	END
	FROM help h WHERE h.id = help_outcome.help_id
) WHERE `value` = 'achieved';--> statement-breakpoint
UPDATE `help` SET `counted_outcomes` = (
	SELECT coalesce(max(CASE WHEN o.outcome = 'eid_activated' THEN CASE o.value WHEN 'achieved' THEN 'a' WHEN 'already_had' THEN 'h' END END), '-')
		|| coalesce(max(CASE WHEN o.outcome = 'sim_signature' THEN CASE o.value WHEN 'achieved' THEN 'a' WHEN 'already_had' THEN 'h' END END), '-')
		|| coalesce(max(CASE WHEN o.outcome = 'phone_4g' THEN CASE o.value WHEN 'achieved' THEN 'a' WHEN 'already_had' THEN 'h' END END), '-')
	FROM help_outcome o WHERE o.help_id = help.id
) WHERE `verdict_kind` = 'counts';--> statement-breakpoint
CREATE TEMP TABLE counted_fill AS
SELECT h.campaign_id, h.official_id, h.helped_on, h.locality_code,
	coalesce(
		(SELECT p.id FROM posting p WHERE p.official_id = h.official_id AND p.from_on <= h.helped_on
			AND (p.to_on IS NULL OR p.to_on >= h.helped_on) ORDER BY p.from_on LIMIT 1),
		(SELECT p.id FROM posting p WHERE p.official_id = h.official_id AND p.from_on > h.helped_on
			AND NOT EXISTS (SELECT 1 FROM posting q WHERE q.official_id = h.official_id AND q.from_on < p.from_on))
	) AS posting_id,
	sum(substr(h.counted_outcomes, 1, 1) = 'a') AS ea, sum(substr(h.counted_outcomes, 1, 1) = 'h') AS eh,
	sum(substr(h.counted_outcomes, 2, 1) = 'a') AS sa, sum(substr(h.counted_outcomes, 2, 1) = 'h') AS sh,
	sum(substr(h.counted_outcomes, 3, 1) = 'a') AS pa, sum(substr(h.counted_outcomes, 3, 1) = 'h') AS ph
FROM help h WHERE h.verdict_kind = 'counts'
GROUP BY h.campaign_id, h.official_id, h.helped_on, h.locality_code;--> statement-breakpoint
CREATE TEMP TABLE unit_fill AS
SELECT f.campaign_id, u.path, u.block, p.category,
	sum(ea) AS ea, sum(eh) AS eh, sum(sa) AS sa, sum(sh) AS sh, sum(pa) AS pa, sum(ph) AS ph
FROM counted_fill f JOIN posting p ON p.id = f.posting_id JOIN unit u ON u.id = p.unit_id
GROUP BY f.campaign_id, u.id, p.category;--> statement-breakpoint
CREATE TEMP TABLE total_fill AS
SELECT f.campaign_id, 'unit' AS dimension, CAST(a.id AS text) AS key,
	sum(ea) AS ea, sum(eh) AS eh, sum(sa) AS sa, sum(sh) AS sh, sum(pa) AS pa, sum(ph) AS ph
FROM unit_fill f JOIN unit a ON substr(f.path, 1, length(a.path)) = a.path GROUP BY f.campaign_id, a.id
UNION ALL
SELECT f.campaign_id, 'category', a.id || '/' || f.category, sum(ea), sum(eh), sum(sa), sum(sh), sum(pa), sum(ph)
FROM unit_fill f JOIN unit a ON substr(f.path, 1, length(a.path)) = a.path GROUP BY f.campaign_id, a.id, f.category
UNION ALL
SELECT f.campaign_id, 'block', f.block, sum(ea), sum(eh), sum(sa), sum(sh), sum(pa), sum(ph)
FROM unit_fill f GROUP BY f.campaign_id, f.block
UNION ALL
SELECT f.campaign_id, 'locality', a.code, sum(ea), sum(eh), sum(sa), sum(sh), sum(pa), sum(ph)
FROM (SELECT campaign_id, locality_code, sum(ea) AS ea, sum(eh) AS eh, sum(sa) AS sa, sum(sh) AS sh, sum(pa) AS pa, sum(ph) AS ph
	FROM counted_fill GROUP BY campaign_id, locality_code) f
JOIN locality l ON l.code = f.locality_code JOIN locality a ON substr(l.path, 1, length(a.path)) = a.path
GROUP BY f.campaign_id, a.code
UNION ALL
SELECT f.campaign_id, 'chapter', CAST(f.chapter_id AS text), sum(ea), sum(eh), sum(sa), sum(sh), sum(pa), sum(ph)
FROM (SELECT DISTINCT c.rowid, c.campaign_id, a.id AS chapter_id, ea, eh, sa, sh, pa, ph
	FROM counted_fill c JOIN membership m ON m.official_id = c.official_id AND m.from_on <= c.helped_on
		AND (m.to_on IS NULL OR m.to_on >= c.helped_on)
	JOIN chapter h ON h.id = m.chapter_id JOIN chapter a ON substr(h.path, 1, length(a.path)) = a.path) f
GROUP BY f.campaign_id, f.chapter_id;--> statement-breakpoint
UPDATE `help_total` SET
	`eid_activated_achieved` = f.ea, `eid_activated_had` = f.eh,
	`sim_signature_achieved` = f.sa, `sim_signature_had` = f.sh,
	`phone4g_achieved` = f.pa, `phone4g_had` = f.ph
FROM total_fill f
WHERE help_total.campaign_id = f.campaign_id AND help_total.dimension = f.dimension AND help_total.key = f.key;--> statement-breakpoint
DROP TABLE total_fill;--> statement-breakpoint
DROP TABLE unit_fill;--> statement-breakpoint
DROP TABLE counted_fill;
