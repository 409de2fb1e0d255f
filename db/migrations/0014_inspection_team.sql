-- issue 20: the minutes of an inspection name the decision that formed its team, and who leads it
ALTER TABLE `inspection` ADD `team_decision_number` text;--> statement-breakpoint
ALTER TABLE `inspection` ADD `team_decision_on` text;--> statement-breakpoint
ALTER TABLE `inspection` ADD `team_leader_id` integer REFERENCES account(id);
