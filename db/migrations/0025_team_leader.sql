-- issue 20: the minutes of an inspection name who leads its team
ALTER TABLE `inspection` ADD `team_leader_id` integer REFERENCES account(id);
