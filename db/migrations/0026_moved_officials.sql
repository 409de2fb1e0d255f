-- issue 20: who moves with a version, and with a comparison, is found by what begins with it
DROP INDEX `official_assessment_change`;--> statement-breakpoint
CREATE INDEX `official_assessment_change` ON `official_assessment` (`campaign_id`,`from_version`) WHERE "official_assessment"."from_version" <> 1;
