import type { SetupFacts, SetupStep } from '#app/domain/setup/steps.ts'
import { formatNumber } from './format.ts'

/** Each step: what it is, who can do it, and how far it is in words. */
type Step = { title: string; who: string; said: (facts: SetupFacts) => string }

export const setupSteps: Record<SetupStep, Step> = {
  second_admin: {
    title: 'Quản trị thứ hai',
    who: 'Người vận hành máy chủ, bằng lệnh npm run account:create -- <tên đăng nhập> <tên hiển thị>',
    said: ({ admins }) => `${formatNumber(admins)} quản trị. Vai trò của cơ quan cần hai người cùng đồng ý.`,
  },
  campaign_office: {
    title: 'Cấp vai trò cơ quan thường trực',
    who: 'Quản trị mở tài khoản và đề nghị; quản trị thứ hai đồng ý',
    said: ({ campaignOffices }) =>
      campaignOffices === 0 ? 'Cơ quan thường trực (Công an tỉnh) lập cây đơn vị và chọn đợt.' : 'Đã có.',
  },
  province: {
    title: 'Tên tỉnh',
    who: 'Quản trị hoặc cơ quan thường trực',
    said: ({ isNamed }) => (isNamed ? 'Đã ghi.' : 'Ghi tên và mã ở cuối trang này.'),
  },
  localities: {
    title: 'Địa bàn',
    who: 'Cơ quan thường trực',
    said: ({ communes }) => `${formatNumber(communes)} xã, phường trong phần mềm.`,
  },
  units: {
    title: 'Cơ quan, đơn vị',
    who: 'Cơ quan thường trực',
    said: ({ units }) => `${formatNumber(units)} đơn vị trong phần mềm.`,
  },
  coordinator: {
    title: 'Đầu mối cấp tỉnh',
    who: 'Quản trị mở tài khoản, cấp vai trò đầu mối tại tỉnh; quản trị thứ hai ghi người ấy đã tự nhận',
    said: ({ coordinators }) =>
      coordinators === 0 ? 'Đầu mối cấp tỉnh nhập danh sách người đứng đầu và đầu mối của các đơn vị.' : 'Đã có.',
  },
  heads: {
    title: 'Người đứng đầu và đầu mối của các đơn vị',
    who: 'Đầu mối cấp tỉnh nhập một tệp; quản trị thứ hai đồng ý cả danh sách',
    said: ({ headed, units, planned }) =>
      [
        `${formatNumber(headed)}/${formatNumber(units)} đơn vị đã có.`,
        planned > 0 ? `${formatNumber(planned)} vai trò chờ đồng ý.` : '',
        'Công an, quân đội: quản trị cấp vai trò đầu mối tại đơn vị cao nhất của lực lượng, người ở đó tự nhập.',
      ]
        .filter(Boolean)
        .join(' '),
  },
  campaign: {
    title: 'Đợt cao điểm',
    who: 'Cơ quan thường trực',
    said: ({ isCampaignChosen }) => (isCampaignChosen ? 'Đã chọn.' : 'Chưa có đợt cao điểm nào được mở.'),
  },
  rosters: {
    title: 'Danh sách người thực hiện',
    who: 'Đầu mối từng đơn vị, hoặc đầu mối cấp trên',
    said: ({ listed, units }) => `${formatNumber(listed)}/${formatNumber(units)} đơn vị đã có người.`,
  },
  slips: {
    title: 'Phiếu kích hoạt',
    who: 'Đầu mối cấp tỉnh in, xếp theo đơn vị; từng đơn vị phát tận tay',
    said: ({ reached, holders }) => `${formatNumber(reached)}/${formatNumber(holders)} người giữ vai trò đã có phiếu.`,
  },
  go_live: {
    title: 'Trước khi vận hành chính thức',
    who: 'Quản trị',
    said: ({ goLive }) => (goLive === null ? 'Quản trị theo dõi.' : `Còn ${formatNumber(goLive)} việc.`),
  },
}
