-- issue 17: the audit of public figures holds each published day against the true counts of that day
ALTER TABLE `publication` ADD `truth` text;
