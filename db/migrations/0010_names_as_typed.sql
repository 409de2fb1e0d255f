-- issue 18: names are written in title case, with the typed form kept
ALTER TABLE `official` ADD `name_typed` text;--> statement-breakpoint
ALTER TABLE `help` ADD `citizen_name_typed_cipher` blob;--> statement-breakpoint
ALTER TABLE `assignment` ADD `citizen_name_typed_cipher` blob;
