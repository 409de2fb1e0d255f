-- issue 20: the minutes of an inspection name the decision that formed its team
ALTER TABLE `inspection` ADD `team_decision_number` text;--> statement-breakpoint
ALTER TABLE `inspection` ADD `team_decision_on` text;
