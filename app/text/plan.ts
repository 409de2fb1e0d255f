import type { Article } from '#app/domain/vocabulary.ts'

/** The words of plan 128/KH-UBND behind each article, quoted as printed; `[…]` marks what is left out. */
export const articleQuotes: Record<Article, string> = {
  'I.3':
    'Giao chỉ tiêu, nhiệm vụ cụ thể, thời gian, tiến độ hoàn thành và xác định rõ trách nhiệm các cơ quan, đoàn thể trong thực hiện đợt cao điểm “90 ngày, đêm” triển khai nhiệm vụ “4 phủ”.',
  'II.1':
    'Phạm vi triển khai: thu nhận hồ sơ cấp CCCD, kích hoạt tài khoản ĐDĐT, hỗ trợ tặng sim điện thoại đăng ký chính chủ kèm chữ ký số, hỗ trợ cung cấp điện thoại smartphone 4G giá ưu đãi cho mọi công dân trên địa bàn tỉnh.',
  'II.2':
    'Đối tượng thực hiện: công dân hiện đang sinh sống, làm việc, lao động trên địa bàn tỉnh đã được, chưa được cấp thẻ CCCD gắn chip, chưa có tài khoản ĐDĐT hoặc chưa kích hoạt, sử dụng tài khoản ĐDĐT mức độ 1 và mức độ 2 […]',
  'III.1':
    'yêu cầu công tác tuyên truyền phải gắn với công tác hướng dẫn và vận động để đạt mục tiêu là người dân có điện thoại di động 4G, sim chính chủ tích hợp chữ ký số, có tài khoản ĐDĐT được kích hoạt và biết sử dụng ứng dụng VNeID […]',
  'III.2': 'hướng dẫn, hỗ trợ công dân thực hiện đăng ký, kích hoạt ĐDĐT theo danh sách do Công an cấp xã cung cấp […]',
  'III.3':
    'Tại các điểm thu nhận hồ sơ cố định và lưu động phải có danh sách mời công dân thu nhận hồ sơ của từng đơn vị nhằm đảm bảo số lượng hồ sơ thu nhận hàng ngày của mỗi tổ phải đạt chỉ tiêu theo phân bổ.',
  'IV.1':
    'Đợt cao điểm thực hiện trong thời gian 90 ngày, đếm từ ngày 04/4/2024 đến hết ngày 03/7/2024 […] Đảm bảo 100% lãnh đạo, cán bộ, công chức, viên chức và cán bộ chiến sỹ lực lượng vũ trang […]: (1) có sim điện thoại chính chủ kèm chữ ký số; (2) có điện thoại thông minh kết nối 4G; (3) sử dụng tài khoản ĐDĐT đã có để truy cập vào Cổng dịch vụ công quốc gia và Cổng dịch vụ công của tỉnh. […] tối thiểu cho 10 người dân cài đặt ứng dụng VNeID, kích hoạt thành công tài khoản ĐDĐT mức 1 hoặc mức độ 2, đăng ký sim chính chủ kèm tích hợp chữ ký số.',
  'IV.2':
    'đánh giá đúng thực tế số liệu báo cáo (lưu ý chỉ báo cáo số liệu đã được kích hoạt thành công) để kịp thời khen thưởng đối với những tập thể, cá nhân thực hiện tốt, vượt chỉ tiêu giao; không xem xét thi đua, khen thưởng đối với những đơn vị không báo cáo, báo cáo không đúng thực tế, đề xuất đưa vào tiêu chí xét thi đua của tập thể năm 2024 nếu thực hiện không đạt chỉ tiêu giao. […] Kết quả thực hiện chỉ tiêu được căn cứ vào số liệu trích xuất trên hệ thống CSDLQG về DC và hệ thống phần mềm theo dõi do Công an tỉnh triển khai […]',
  'V.1':
    'Thủ trưởng các cơ quan, đơn vị, địa phương chịu trách nhiệm trước Chủ tịch UBND tỉnh về tiến độ, chất lượng và hiệu quả công việc được giao. […] Kết thúc đợt cao điểm, các đơn vị, địa phương tổng hợp, báo cáo kết quả thực hiện về UBND tỉnh (qua Công an tỉnh) trước ngày 10/7/2024.',
  'V.2':
    'Công an tỉnh hướng dẫn các đơn vị, địa phương báo cáo kết quả thực hiện Chiến dịch; tổng hợp và cập nhật kết quả lên Trang theo dõi Đề án 06/CP tỉnh Bình Phước […]',
  'V.4':
    'tặng Bằng khen cho các tập thể, cá nhân có thành tích xuất sắc trong công tác tổ chức triển khai thực hiện đợt cao điểm “90 ngày, đêm” thực hiện các mục tiêu “4 phủ” trên địa bàn tỉnh. Đồng thời, đề xuất cấp có thẩm quyền xem xét, đánh giá hoặc xử lý trách nhiệm đối với các tập thể, cá nhân không hoàn thành nhiệm vụ do thiếu tinh thần trách nhiệm.',
  'V.6':
    'Chủ tịch UBND các huyện, thị xã, thành phố căn cứ chỉ tiêu được giao, chỉ đạo xây dựng kế hoạch cụ thể, bám sát quy trình thực hiện, giao chỉ tiêu cho từng đơn vị phòng, ban và UBND cấp xã thực hiện hàng ngày, đảm bảo đạt và vượt chỉ tiêu theo lộ trình đề ra.',
}
