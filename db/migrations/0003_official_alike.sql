-- issue 15: officials of one name are found together, to say who may be one person
CREATE INDEX `official_alike` ON `official` (`name_folded`,`birth_year`);
