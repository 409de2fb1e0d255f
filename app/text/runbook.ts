/** One part of the operator's guide; a step's `command` is typed exactly as written, except for words in CAPITALS. */
type RunbookPart = {
  id: string
  title: string
  note?: string
  steps: readonly { text: string; command?: string; to?: string; link?: string }[]
}

/** The user for every `npm run` of the guide, so that no file ends up belonging to root. */
const AS_SERVICE = 'runuser -u bonphu --'

/** hướng dẫn vận hành: for the person who runs the machine. */
export const RUNBOOK: readonly RunbookPart[] = [
  {
    id: 'truoc-moi-lenh',
    title: 'Trước mỗi lệnh',
    note: 'Mọi lệnh dưới đây gõ trong một phiên root đã chuẩn bị như sau. Chữ IN HOA là chỗ thay bằng giá trị của mình.',
    steps: [
      {
        text: 'Vào thư mục phần mềm và nạp cấu hình.',
        command: 'cd /opt/4phu && set -a && . /etc/4phu/4phu.env && set +a',
      },
      { text: 'Xem trạng thái và nhật ký máy chủ.', command: 'systemctl status 4phu; journalctl -u 4phu -n 100' },
      {
        text: 'Người dùng báo lỗi kèm “Mã yêu cầu”: tìm dòng nhật ký có mã đó. Nhật ký không chứa họ tên, số định danh, mã của người dân.',
        command: 'journalctl -u 4phu | grep MÃ-YÊU-CẦU',
      },
    ],
  },
  {
    id: 'cai-dat',
    title: 'Cài đặt',
    note: 'Debian 12 hoặc tương đương, Node.js 24 LTS (tối thiểu 22.12, từ nodejs.org: bản của Debian 12 cũ hơn), nginx. Không cần trình biên dịch.',
    steps: [
      {
        text: 'Tạo tài khoản chạy dịch vụ và các thư mục. Thư mục sao lưu phải nằm trên ổ đĩa khác.',
        command:
          'useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin bonphu && install -d -o bonphu -g bonphu -m 700 /var/lib/4phu /var/backups/4phu && install -d -m 700 /etc/4phu',
      },
      {
        text: 'Chép mã nguồn vào /opt/4phu rồi dựng.',
        command: 'cd /opt/4phu && npm ci --include=dev && npm run build',
      },
      {
        text: 'Chép cấu hình mẫu; điền PUBLIC_URL.',
        command: 'install -m 600 scripts/deploy/4phu.env /etc/4phu/4phu.env',
      },
      {
        text: 'Tạo khóa chủ, chép vào dòng MASTER_KEY. In hai bản, niêm phong hai phong bì, hai nơi, hai người giữ. Mất khóa là mất dữ liệu đã mã hóa.',
        command: 'npm run keys:create',
      },
      {
        text: 'Chạy dịch vụ.',
        command:
          'cp scripts/deploy/4phu.service /etc/systemd/system/ && systemctl daemon-reload && systemctl enable --now 4phu',
      },
      {
        text: 'Đặt nginx ở trước: sửa tên miền và đường dẫn chứng thư số trong tệp mẫu.',
        command:
          'cp scripts/deploy/nginx-instance.conf /etc/nginx/4phu-instance.conf && cp scripts/deploy/nginx.conf /etc/nginx/conf.d/4phu.conf && nginx -t && systemctl reload nginx',
      },
      {
        text: 'Tạo tài khoản quản trị đầu tiên; lệnh in ra mã để đặt mật khẩu tại trang /kich-hoat.',
        command: `${AS_SERVICE} npm run account:create -- quantri "HỌ VÀ TÊN"`,
      },
      {
        text: 'Tạo quản trị thứ hai cho một người khác: vai trò của cơ quan cấp tỉnh cần hai người đồng ý.',
        command: `${AS_SERVICE} npm run account:create -- quantri2 "HỌ VÀ TÊN"`,
      },
      {
        text: 'Thiết lập tỉnh theo từng bước: tên tỉnh, địa bàn, đơn vị, người đứng đầu và đầu mối, đợt, phiếu kích hoạt.',
        to: '/quan-tri/thiet-lap',
        link: 'Thiết lập ban đầu',
      },
      {
        text: 'Hoặc nhập địa bàn, đơn vị, người từ một tệp Excel. Không có --apply thì chỉ in bản xem trước.',
        command: `${AS_SERVICE} npm run setup -- TỆP.xlsx --apply`,
      },
      {
        text: 'Làm hết danh sách trước khi nhập dữ liệu thật.',
        to: '/quan-tri/van-hanh',
        link: 'Trước khi vận hành chính thức',
      },
      {
        text: 'Dùng Docker thay cho systemd: cách dựng và chạy ghi ở đầu tệp scripts/deploy/Dockerfile.',
        command: 'docker build -f scripts/deploy/Dockerfile -t 4phu .',
      },
    ],
  },
  {
    id: 'nang-cap',
    title: 'Nâng cấp',
    steps: [
      { text: 'Sao lưu và ghi tên tệp.', command: `${AS_SERVICE} npm run backup` },
      {
        text: 'Chép mã nguồn mới vào /opt/4phu.moi rồi dựng ở đó; dịch vụ vẫn chạy bản cũ.',
        command: 'cd /opt/4phu.moi && npm ci --include=dev && npm run build',
      },
      {
        text: 'Đổi sang bản mới: yêu cầu đang xử lý được trả lời xong, công việc dài dừng sau bước đang làm và tiếp tục sau khi chạy lại; dừng không quá 10 giây.',
        command:
          'systemctl stop 4phu && mv /opt/4phu /opt/4phu.cu && mv /opt/4phu.moi /opt/4phu && systemctl start 4phu && cd /opt/4phu',
      },
      { text: 'Kiểm tra: mọi số liệu khớp với dữ kiện.', command: `${AS_SERVICE} npm run check:tallies` },
      {
        text: 'Không đạt: đổi lại thư mục cũ, rồi khôi phục bản sao lưu vừa tạo (phần Khôi phục).',
        command: 'systemctl stop 4phu && mv /opt/4phu /opt/4phu.hong && mv /opt/4phu.cu /opt/4phu && cd /opt/4phu',
      },
    ],
  },
  {
    id: 'nang-cap-khong-gian-doan',
    title: 'Nâng cấp không gián đoạn',
    note: 'Hai bản chạy luân phiên trên cùng một thư mục dữ liệu: 4phu@3001 với mã nguồn ở /opt/4phu-3001, 4phu@3002 ở /opt/4phu-3002. Trang đang mở trong lúc đổi vẫn lưu được: tệp giao diện của các bản trong 7 ngày gần nhất được giữ ở /var/lib/4phu/assets.',
    steps: [
      {
        text: 'Làm một lần: chuyển từ 4phu sang 4phu@3001 (dừng vài giây).',
        command:
          'cp scripts/deploy/4phu@.service /etc/systemd/system/ && systemctl daemon-reload && cp -a /opt/4phu /opt/4phu-3001 && systemctl disable --now 4phu && systemctl enable --now 4phu@3001 && echo "server 127.0.0.1:3001;" > /etc/nginx/4phu-instance.conf && nginx -s reload',
      },
      { text: 'Mỗi lần nâng cấp: sao lưu.', command: `${AS_SERVICE} npm run backup` },
      {
        text: 'Chép mã nguồn mới vào thư mục của bản đang nghỉ rồi dựng ở đó.',
        command: 'cd /opt/4phu-3002 && npm ci --include=dev && npm run build',
      },
      {
        text: 'Đổi bản: chạy bản mới, chờ sẵn sàng, chuyển nginx sang, dừng bản cũ. Bản mới không sẵn sàng thì bản cũ tiếp tục trả lời.',
        command: 'scripts/deploy/change-over.sh 3001 3002',
      },
      { text: 'Lần sau đổi ngược lại.', command: 'scripts/deploy/change-over.sh 3002 3001' },
    ],
  },
  {
    id: 'sao-luu',
    title: 'Sao lưu',
    note: 'Tự động từ 2 giờ, rồi cứ BACKUP_EVERY giờ một lần (mặc định 24). Bản chỉ có tên .sqlite sau khi đạt kiểm tra; bản không đạt có đuôi .doubtful, giữ một bản để xem, một giờ sau hệ thống thử lại. Giữ BACKUP_KEEP bản đạt gần nhất. Bản sao lưu cần đúng khóa chủ để mở.',
    steps: [
      { text: 'Tạo thêm một bản bất cứ lúc nào, dịch vụ vẫn chạy.', command: `${AS_SERVICE} npm run backup` },
      {
        text: 'Kiểm tra một bản: nội dung, chuỗi nhật ký, số liệu.',
        command: `${AS_SERVICE} npm run backup:check -- /var/backups/4phu/TÊN-TỆP.sqlite`,
      },
      {
        text: 'Lần sao lưu không thành có trong nhật ký máy chủ, kèm nguyên nhân, và trên trang này.',
        command: "journalctl -u 4phu | grep 'backup.*failed'",
        to: '/quan-tri/van-hanh',
        link: 'Trước khi vận hành chính thức',
      },
      {
        text: 'Phần mềm sao lưu của máy chủ không được chép thẳng campaign.sqlite: dữ liệu mới nhất nằm ở tệp -wal bên cạnh. Chỉ chép các tệp trong thư mục sao lưu.',
      },
      {
        text: 'Mỗi tuần chép một bản (tệp .sqlite và tệp .json đi cùng) sang nơi khác, để riêng với phong bì khóa chủ.',
      },
    ],
  },
  {
    id: 'ban-sao-lien-tuc',
    title: 'Bản sao liên tục',
    note: 'Litestream chép từng lần ghi sang ổ đĩa hoặc máy khác sau khoảng một giây; hỏng ổ đĩa thì mất vài giây thay vì một ngày. Vẫn giữ sao lưu hằng đêm. Chỉ dùng bản 0.3.13, là bản đã thử (npm run test:copy).',
    steps: [
      {
        text: 'Cài Litestream 0.3.13 cho Linux x64.',
        command:
          'npm install --prefix /opt/litestream --ignore-scripts @flydotio/litestream-linux-x64@1.0.1 && install -m 755 /opt/litestream/node_modules/@flydotio/litestream-linux-x64/litestream /usr/local/bin/litestream && litestream version',
      },
      {
        text: 'Gắn ổ đĩa khác hoặc thư mục của máy khác (NFS) vào /var/lib/4phu-replica; dùng SFTP hoặc S3 thì sửa tệp cấu hình mẫu.',
        command:
          'install -d -o bonphu -g bonphu -m 700 /var/lib/4phu-replica && install -m 644 scripts/deploy/4phu-litestream.yml /etc/4phu/4phu-litestream.yml',
      },
      {
        text: 'Chạy dịch vụ chép. Dịch vụ này chạy trước và dừng sau 4phu, nên lần ghi cuối cũng được chép.',
        command:
          'cp scripts/deploy/4phu-litestream.service /etc/systemd/system/ && systemctl daemon-reload && systemctl enable --now 4phu-litestream',
      },
      {
        text: 'Thêm REPLICA_DIR=/var/lib/4phu-replica (hoặc REPLICA_METRICS=http://127.0.0.1:9090/metrics khi chép bằng SFTP, S3) vào cấu hình rồi chạy lại 4phu. Độ chậm phải về 0 đến 2 giây.',
        command:
          'systemctl restart 4phu && sleep 10 && curl -s http://127.0.0.1:3000/metrics | grep ^replica_lag_seconds',
      },
      {
        text: 'Khôi phục từ bản sao liên tục, khi ổ đĩa dữ liệu hỏng: dừng cả hai dịch vụ, lấy bản mới nhất ra một tệp.',
        command: `systemctl stop 4phu 4phu-litestream && ${AS_SERVICE} litestream restore -config /etc/4phu/4phu-litestream.yml -o /var/lib/4phu/tu-ban-sao.sqlite /var/lib/4phu/campaign.sqlite`,
      },
      {
        text: 'Đưa tệp đó vào chỗ cơ sở dữ liệu. Tệp không có .json đi cùng nên được kiểm tra toàn bộ trước: từng trang, khóa chủ, chuỗi nhật ký, số liệu; không đạt thì bị từ chối.',
        command: `${AS_SERVICE} npm run restore -- /var/lib/4phu/tu-ban-sao.sqlite`,
      },
      {
        text: 'Đối chiếu đầu chuỗi, chạy lại cả hai. Đầu chuỗi giữ bên ngoài có thể mới hơn vài giây so với bản sao: báo các đơn vị xem lại những gì vừa ghi trước sự cố.',
        command: `${AS_SERVICE} npm run check:events -- ĐẦU-CHUỖI; systemctl start 4phu-litestream 4phu && rm /var/lib/4phu/tu-ban-sao.sqlite`,
      },
      {
        text: 'Litestream đang chạy thì tệp -wal không bị cắt ngắn khi dịch vụ chạy, chỉ được ghi lại từ đầu; nó ngắn lại sau khi dừng cả hai.',
      },
    ],
  },
  {
    id: 'khoi-phuc',
    title: 'Khôi phục',
    steps: [
      { text: 'Dừng dịch vụ.', command: 'systemctl stop 4phu' },
      {
        text: 'Có bản sao liên tục thì dừng cả nó.',
        command: 'systemctl stop 4phu-litestream',
      },
      {
        text: 'Khôi phục. Bản hỏng bị từ chối; cơ sở dữ liệu đang có được giữ bên cạnh với đuôi .before-….',
        command: `${AS_SERVICE} npm run restore -- /var/backups/4phu/TÊN-TỆP.sqlite`,
      },
      {
        text: 'Đối chiếu chuỗi nhật ký với đầu chuỗi đã giữ bên ngoài (thư hằng ngày hoặc trang Nhật ký).',
        command: `${AS_SERVICE} npm run check:events -- ĐẦU-CHUỖI`,
      },
      { text: 'Chạy lại dịch vụ.', command: 'systemctl start 4phu' },
      { text: 'Thông báo cho các đơn vị nhập lại những gì đã ghi sau thời điểm của bản sao lưu.' },
    ],
  },
  {
    id: 'dien-tap',
    title: 'Diễn tập khôi phục',
    note: 'Sáu tháng một lần, trên thư mục riêng, không đụng đến dịch vụ đang chạy. Bấm giờ và ghi biên bản.',
    steps: [
      {
        text: 'Khôi phục bản mới nhất sang thư mục diễn tập.',
        command: `install -d -o bonphu -m 700 /var/lib/4phu-dien-tap && DATA_DIR=/var/lib/4phu-dien-tap ${AS_SERVICE} npm run restore -- /var/backups/4phu/TÊN-TỆP.sqlite`,
      },
      {
        text: 'Kiểm tra số liệu và chuỗi nhật ký.',
        command: `DATA_DIR=/var/lib/4phu-dien-tap ${AS_SERVICE} npm run check:tallies && DATA_DIR=/var/lib/4phu-dien-tap ${AS_SERVICE} npm run check:events`,
      },
      {
        text: 'Mở thử, đăng nhập tại http://127.0.0.1:3999 (từ máy khác: ssh -L 3999:127.0.0.1:3999 MÁY-CHỦ), xem một trường hợp có mở được họ tên; dừng bằng Ctrl+C.',
        command: `DATA_DIR=/var/lib/4phu-dien-tap BACKUP_DIR=/var/lib/4phu-dien-tap/backups PORT=3999 PUBLIC_URL=http://127.0.0.1:3999 SMTP_URL= MAIL_FROM= ${AS_SERVICE} npm start`,
      },
      { text: 'Xóa thư mục diễn tập.', command: 'rm -rf /var/lib/4phu-dien-tap' },
      { text: 'Ghi ngày và số biên bản.', to: '/quan-tri/van-hanh', link: 'Trước khi vận hành chính thức' },
    ],
  },
  {
    id: 'doi-khoa',
    title: 'Đổi khóa, hủy khóa',
    steps: [
      {
        text: 'Mỗi năm, hoặc khi nghi khóa dữ liệu bị lộ: tạo khóa dữ liệu mới và mã hóa lại, dịch vụ vẫn chạy; đứt giữa chừng thì chạy lại lệnh.',
        command: `${AS_SERVICE} npm run keys:rotate`,
      },
      {
        text: 'Người giữ phong bì thay đổi hoặc khóa chủ bị lộ: tạo khóa chủ mới (npm run keys:create), dừng dịch vụ, bọc lại các khóa, thay dòng MASTER_KEY trong cấu hình, chạy lại, thay hai phong bì.',
        command: `systemctl stop 4phu && OLD_MASTER_KEY=KHÓA-CŨ MASTER_KEY=KHÓA-MỚI ${AS_SERVICE} npm run keys:rewrap`,
      },
      {
        text: 'Bản sao lưu cũ vẫn cần khóa chủ cũ: giữ phong bì cũ đến khi bản cuối cùng được bọc bằng nó đã hết hạn.',
      },
      {
        text: 'Sau khi đợt đã chốt: hủy dữ liệu cá nhân của đợt cần hai người khác nhau, mỗi người gõ số kế hoạch (trang của đợt, mục hủy khóa). Bản sao lưu cũ còn khóa đó được liệt kê đến khi hết hạn.',
        to: '/quan-tri/dot',
        link: 'Các đợt cao điểm',
      },
    ],
  },
  {
    id: 'hai-lop',
    title: 'Mất thiết bị xác thực hai lớp, mất mật khẩu',
    steps: [
      { text: 'Xác minh người đề nghị qua số điện thoại cơ quan hoặc gặp trực tiếp, không qua thư hay tin nhắn đến.' },
      {
        text: 'Mở tài khoản của họ, đặt lại xác thực hai lớp hoặc cấp mã kích hoạt mới; mọi phiên cũ bị đóng, việc đặt lại có trong nhật ký.',
        to: '/quan-tri/tai-khoan',
        link: 'Tài khoản và vai trò',
      },
      {
        text: 'Quản trị duy nhất mất cả hai: tạo một quản trị khác trên máy chủ, người đó đặt lại cho người kia.',
        command: `${AS_SERVICE} npm run account:create -- TÊN-ĐĂNG-NHẬP "HỌ VÀ TÊN"`,
      },
    ],
  },
  {
    id: 'so-do',
    title: 'Số đo và cảnh báo',
    note: 'Địa chỉ /metrics (định dạng Prometheus) chỉ trả lời trên chính máy chủ, hoặc cho bên gửi METRICS_TOKEN. Nhiều tiến trình thì số của mọi tiến trình được cộng lại; số của cơ sở dữ liệu và sao lưu thì chung.',
    steps: [
      { text: 'Đọc thử.', command: 'curl -s http://127.0.0.1:3000/metrics | grep -v "^#"' },
      {
        text: 'Sẵn sàng phục vụ hay chưa, thiếu gì (cấu trúc dữ liệu, khóa, ghi, phần làm việc dài, chỗ trống). Ai đọc được /metrics thì đọc được trang này; /healthz chỉ cho biết máy chủ còn trả lời và ai cũng đọc được.',
        command: 'curl -s http://127.0.0.1:3000/readyz',
      },
      {
        text: 'Cài Prometheus và các cảnh báo; mỗi cảnh báo ghi sẵn việc cần làm. Cổng khác 3000: sửa dòng targets.',
        command:
          'apt install prometheus && cp scripts/deploy/prometheus.yml scripts/deploy/alerts.yml /etc/prometheus/ && systemctl restart prometheus',
      },
      { text: 'Thử các cảnh báo sau khi sửa.', command: 'npm run test:alerts' },
      { text: 'Bảng số đo cho Grafana: nhập tệp scripts/deploy/grafana.json.' },
      {
        text: 'Đồng hồ máy chủ phải được chỉnh tự động. Khi đồng hồ không khớp nhật ký sự kiện (trước sự kiện mới nhất, hoặc sau một khoảng lặng quá 48 giờ), không dữ liệu hết hạn nào bị xóa cho đến khi có sự kiện nối tiếp đủ 24 giờ.',
        command: 'apt install chrony && chronyc tracking',
      },
    ],
  },
  {
    id: 'su-co',
    title: 'Sự cố lộ, mất dữ liệu cá nhân',
    note: 'Điều 23 Nghị định 13/2023/NĐ-CP: thông báo trong 72 giờ kể từ khi biết; quá hạn thì nêu lý do. Từ 01/01/2026 đối chiếu thêm Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.',
    steps: [
      { text: 'Ghi giờ phát hiện, người phát hiện, dấu hiệu. Từ giờ đó tính 72 giờ.' },
      {
        text: 'Chặn: khóa tài khoản, thu hồi vai trò và mã truy cập liên quan; nghi máy chủ bị chiếm thì dừng dịch vụ, không tắt máy, không cài lại.',
        to: '/quan-tri/tai-khoan',
        link: 'Tài khoản và vai trò',
      },
      {
        text: 'Giữ chứng cứ: sao lưu sang ổ đĩa riêng, chép nhật ký máy chủ và nginx, ghi đầu chuỗi nhật ký.',
        command: `${AS_SERVICE} npm run backup && ${AS_SERVICE} npm run check:events && journalctl -u 4phu > /root/4phu-su-co.log`,
      },
      {
        text: 'Xác định ai đã xem gì, sửa gì từ lúc nào; kiểm toán nhật ký đối chiếu với đầu chuỗi giữ bên ngoài.',
        to: '/nhat-ky',
        link: 'Nhật ký',
      },
      {
        text: 'Báo ngay Công an tỉnh (cơ quan thường trực) và lãnh đạo UBND tỉnh; báo đơn vị ứng cứu sự cố an toàn thông tin của tỉnh.',
      },
      {
        text: 'Trong 72 giờ: gửi thông báo theo Mẫu số 03 (phụ lục Nghị định 13/2023/NĐ-CP) đến Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao (A05), Bộ Công an. Nêu tính chất vi phạm, thời gian, phạm vi, loại và số lượng dữ liệu, người phụ trách bảo vệ dữ liệu, hậu quả, biện pháp khắc phục. Chưa đủ thì gửi phần đã biết trước.',
      },
      {
        text: 'Thông báo cho người bị ảnh hưởng bằng lời dễ hiểu: điều gì đã lộ, họ nên làm gì, gọi cho ai.',
      },
      { text: 'Đổi khóa theo phần Đổi khóa; lập biên bản theo quy định; rút kinh nghiệm trong 30 ngày.' },
    ],
  },
  {
    id: 'nang-luc',
    title: 'Năng lực',
    steps: [
      {
        text: 'Đĩa: để trống ít nhất ba lần dung lượng cơ sở dữ liệu, vì sao lưu và khôi phục đều tạo một bản đầy đủ.',
        command: 'df -h /var/lib/4phu /var/backups/4phu && ls -lh /var/lib/4phu',
      },
      {
        text: 'Ổ cứng thể rắn có chống mất điện; mỗi lần ghi đợi đĩa xác nhận, nên đĩa chậm thì ghi chậm. Không đặt cơ sở dữ liệu trên ổ đĩa mạng.',
      },
      { text: 'Yêu cầu bị từ chối (503) thường xuyên: tăng số nhân, rồi đặt PROCESSES bằng số nhân.' },
      { text: 'Số đo đã đạt trên máy hai nhân, và lệnh đo lại trên máy của mình, ghi trong tệp README.' },
    ],
  },
]
