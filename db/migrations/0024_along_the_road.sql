-- issue 21: inspection sheets are taken along; when a phone noted a result without a network
ALTER TABLE `inspection_pick` ADD `entered_at` integer;
