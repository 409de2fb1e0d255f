-- issue 20: papers that only need the number, the date and the pen
-- what papers print of a unit and of a plan, and what a legal basis is cited for
ALTER TABLE `unit` ADD `paper_sign` text;--> statement-breakpoint
ALTER TABLE `campaign` ADD `title` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `campaign` SET `title` = 'thực hiện đợt cao điểm “90 ngày, đêm” triển khai mục tiêu “4 phủ” trên địa bàn tỉnh Bình Phước (từ ngày 04/4/2024 - 03/7/2024)'
 WHERE `code` = '128/KH-UBND' AND `issuer` = 'UBND tỉnh Bình Phước';--> statement-breakpoint
ALTER TABLE `legal_basis` ADD `subject` text DEFAULT 'commendation' NOT NULL CONSTRAINT "legal_basis_subject" CHECK("subject" in ('commendation', 'authority', 'review'));--> statement-breakpoint
-- the founding's own basis lacked the day of the decree
UPDATE `legal_basis` SET `citation` = 'Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng'
 WHERE `created_by` IS NULL AND `citation` = 'Căn cứ Nghị định số 152/2025/NĐ-CP của Chính phủ về thi đua, khen thưởng';