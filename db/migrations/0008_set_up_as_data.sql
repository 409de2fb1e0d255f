-- issue 19: the province and its campaign are data
-- how the province and its offices are called, from a day on
CREATE TABLE `province` (
	`id` integer PRIMARY KEY NOT NULL,
	`from_on` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`place` text NOT NULL,
	`telecom_office` text NOT NULL,
	`document` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "province_type" CHECK("province"."type" in ('province', 'city'))
) STRICT;--> statement-breakpoint
CREATE UNIQUE INDEX `province_from_on_unique` ON `province` (`from_on`);--> statement-breakpoint
INSERT INTO `province` (`from_on`, `code`, `name`, `type`, `place`, `telecom_office`, `document`, `created_at`, `created_by`)
SELECT '2000-01-01', `code`, `name`, CASE `type` WHEN 'tỉnh' THEN 'province' ELSE 'city' END, `name`,
       'Sở Thông tin và Truyền thông', '', (SELECT min(`created_at`) FROM `campaign`), NULL
  FROM `locality` WHERE `level` = 'province' LIMIT 1;--> statement-breakpoint
-- who signs papers of a unit
CREATE TABLE `signer` (
	`id` integer PRIMARY KEY NOT NULL,
	`unit_id` integer NOT NULL,
	`name` text NOT NULL,
	`title` text NOT NULL,
	`capacity` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`created_at` integer NOT NULL,
	`created_by` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "signer_capacity" CHECK("signer"."capacity" in ('head', 'deputy', 'by_order', 'authorised'))
) STRICT;--> statement-breakpoint
CREATE INDEX `signer_unit` ON `signer` (`unit_id`);--> statement-breakpoint
-- what a unit is called on paper, and the code by which lists name it
ALTER TABLE `unit` ADD `code` text;--> statement-breakpoint
ALTER TABLE `unit` ADD `superior_name` text;--> statement-breakpoint
ALTER TABLE `unit` ADD `issuer_name` text;--> statement-breakpoint
CREATE UNIQUE INDEX `unit_code` ON `unit` (`code`) WHERE "unit"."code" is not null;--> statement-breakpoint
-- localities come in from lists, so that connections must see that they changed
ALTER TABLE `locality` ADD `revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `locality_revision` ON `locality` (`revision`);--> statement-breakpoint
-- roles that a list plans wait together
ALTER TABLE `grant_request` ADD `batch_id` integer REFERENCES import_batch(id);--> statement-breakpoint
CREATE INDEX `grant_request_waiting` ON `grant_request` (`batch_id`) WHERE "grant_request"."decided_at" is null;--> statement-breakpoint
-- several campaigns at the same time, each with the words of its own plan
ALTER TABLE `campaign` ADD `articles` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `headline` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `annex_as_of` text;--> statement-breakpoint
ALTER TABLE `campaign` ADD `annex_note` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `unreviewed` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `account` ADD `campaign_id` integer REFERENCES campaign(id);--> statement-breakpoint
ALTER TABLE `stored_file` ADD `campaign_id` integer REFERENCES campaign(id);--> statement-breakpoint
ALTER TABLE `import_batch` ADD `campaign_id` integer REFERENCES campaign(id);--> statement-breakpoint
-- the plan that quoted its articles so far
UPDATE `campaign` SET `articles` = '{"I.3":{"label":"Mục I.3","quote":"Giao chỉ tiêu, nhiệm vụ cụ thể, thời gian, tiến độ hoàn thành và xác định rõ trách nhiệm các cơ quan, đoàn thể trong thực hiện đợt cao điểm “90 ngày, đêm” triển khai nhiệm vụ “4 phủ”."},"II.1":{"label":"Mục II.1","quote":"Phạm vi triển khai: thu nhận hồ sơ cấp CCCD, kích hoạt tài khoản ĐDĐT, hỗ trợ tặng sim điện thoại đăng ký chính chủ kèm chữ ký số, hỗ trợ cung cấp điện thoại smartphone 4G giá ưu đãi cho mọi công dân trên địa bàn tỉnh."},"II.2":{"label":"Mục II.2","quote":"Đối tượng thực hiện: công dân hiện đang sinh sống, làm việc, lao động trên địa bàn tỉnh đã được, chưa được cấp thẻ CCCD gắn chip, chưa có tài khoản ĐDĐT hoặc chưa kích hoạt, sử dụng tài khoản ĐDĐT mức độ 1 và mức độ 2 […]"},"III.1":{"label":"Mục III.1","quote":"yêu cầu công tác tuyên truyền phải gắn với công tác hướng dẫn và vận động để đạt mục tiêu là người dân có điện thoại di động 4G, sim chính chủ tích hợp chữ ký số, có tài khoản ĐDĐT được kích hoạt và biết sử dụng ứng dụng VNeID […]"},"III.2":{"label":"Mục III.2","quote":"hướng dẫn, hỗ trợ công dân thực hiện đăng ký, kích hoạt ĐDĐT theo danh sách do Công an cấp xã cung cấp […]"},"III.3":{"label":"Mục III.3","quote":"Tại các điểm thu nhận hồ sơ cố định và lưu động phải có danh sách mời công dân thu nhận hồ sơ của từng đơn vị nhằm đảm bảo số lượng hồ sơ thu nhận hàng ngày của mỗi tổ phải đạt chỉ tiêu theo phân bổ."},"IV.1":{"label":"Mục IV.1","quote":"Đợt cao điểm thực hiện trong thời gian 90 ngày, đếm từ ngày 04/4/2024 đến hết ngày 03/7/2024 […] Đảm bảo 100% lãnh đạo, cán bộ, công chức, viên chức và cán bộ chiến sỹ lực lượng vũ trang […]: (1) có sim điện thoại chính chủ kèm chữ ký số; (2) có điện thoại thông minh kết nối 4G; (3) sử dụng tài khoản ĐDĐT đã có để truy cập vào Cổng dịch vụ công quốc gia và Cổng dịch vụ công của tỉnh. […] tối thiểu cho 10 người dân cài đặt ứng dụng VNeID, kích hoạt thành công tài khoản ĐDĐT mức 1 hoặc mức độ 2, đăng ký sim chính chủ kèm tích hợp chữ ký số."},"IV.2":{"label":"Mục IV.2","quote":"đánh giá đúng thực tế số liệu báo cáo (lưu ý chỉ báo cáo số liệu đã được kích hoạt thành công) để kịp thời khen thưởng đối với những tập thể, cá nhân thực hiện tốt, vượt chỉ tiêu giao; không xem xét thi đua, khen thưởng đối với những đơn vị không báo cáo, báo cáo không đúng thực tế, đề xuất đưa vào tiêu chí xét thi đua của tập thể năm 2024 nếu thực hiện không đạt chỉ tiêu giao. […] Kết quả thực hiện chỉ tiêu được căn cứ vào số liệu trích xuất trên hệ thống CSDLQG về DC và hệ thống phần mềm theo dõi do Công an tỉnh triển khai […]"},"V":{"label":"Mục V","quote":""},"V.1":{"label":"Mục V.1","quote":"Thủ trưởng các cơ quan, đơn vị, địa phương chịu trách nhiệm trước Chủ tịch UBND tỉnh về tiến độ, chất lượng và hiệu quả công việc được giao. […] Kết thúc đợt cao điểm, các đơn vị, địa phương tổng hợp, báo cáo kết quả thực hiện về UBND tỉnh (qua Công an tỉnh) trước ngày 10/7/2024."},"V.2":{"label":"Mục V.2","quote":"Công an tỉnh hướng dẫn các đơn vị, địa phương báo cáo kết quả thực hiện Chiến dịch; tổng hợp và cập nhật kết quả lên Trang theo dõi Đề án 06/CP tỉnh Bình Phước […]"},"V.4":{"label":"Mục V.4","quote":"tặng Bằng khen cho các tập thể, cá nhân có thành tích xuất sắc trong công tác tổ chức triển khai thực hiện đợt cao điểm “90 ngày, đêm” thực hiện các mục tiêu “4 phủ” trên địa bàn tỉnh. Đồng thời, đề xuất cấp có thẩm quyền xem xét, đánh giá hoặc xử lý trách nhiệm đối với các tập thể, cá nhân không hoàn thành nhiệm vụ do thiếu tinh thần trách nhiệm."},"V.6":{"label":"Mục V.6","quote":"Chủ tịch UBND các huyện, thị xã, thành phố căn cứ chỉ tiêu được giao, chỉ đạo xây dựng kế hoạch cụ thể, bám sát quy trình thực hiện, giao chỉ tiêu cho từng đơn vị phòng, ban và UBND cấp xã thực hiện hàng ngày, đảm bảo đạt và vượt chỉ tiêu theo lộ trình đề ra."}}',
	`headline` = '“90 ngày, đêm” thực hiện “4 phủ”',
	`annex_as_of` = '2024-03-25',
	`annex_note` = 'Cột thứ hai in trong kế hoạch là “sinh trước 2009”; đối chiếu tổng số, đó là 11.207 công dân biến động khó thu nhận.'
 WHERE `code` = '128/KH-UBND' AND `articles` = '{}';--> statement-breakpoint
-- a file is of the campaign of what names it
UPDATE `stored_file` SET `campaign_id` = named.`campaign_id` FROM (
	SELECT `evidence_file_id` AS `file_id`, `campaign_id` FROM `obligation` WHERE `evidence_file_id` IS NOT NULL
	UNION SELECT `list_file_id`, `campaign_id` FROM `pledge` WHERE `list_file_id` IS NOT NULL
	UNION SELECT `scan_file_id`, `campaign_id` FROM `exemption` WHERE `scan_file_id` IS NOT NULL
	UNION SELECT `signed_file_id`, `campaign_id` FROM `report` WHERE `signed_file_id` IS NOT NULL
	UNION SELECT s.`file_id`, c.`campaign_id` FROM `review_step` s JOIN `review_case` c ON c.`id` = s.`case_id` WHERE s.`file_id` IS NOT NULL
) AS named WHERE named.`file_id` = `stored_file`.`id`;--> statement-breakpoint
-- a list is of the campaign in which it was uploaded; rosters are of all
UPDATE `import_batch` SET `campaign_id` = (
	SELECT e.`campaign_id` FROM `event` e WHERE e.`subject` = 'import_batch' AND e.`subject_id` = CAST(`import_batch`.`id` AS text) AND e.`verb` = 'store' AND e.`campaign_id` IS NOT NULL
) WHERE `kind` <> 'roster';
