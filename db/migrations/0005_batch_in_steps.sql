-- issue 14: a long list is applied in steps that resume, and a plan is stored only over the content it was made from
ALTER TABLE `import_batch` ADD `revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `import_batch` ADD `cursor` integer;
