-- issue 17: the audit of public figures holds each published day against the true counts of that day; a role's account is bound to the province's sign-in by password
ALTER TABLE `publication` ADD `truth` text;--> statement-breakpoint
ALTER TABLE `account` ADD `is_provider_sure` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `session` ADD `by_provider` integer DEFAULT 0 NOT NULL;
