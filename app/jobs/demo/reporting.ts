import { addDays, type Day, daysFrom, isDayOff, startOf } from '#app/domain/calendar.ts'
import type { CollectionDay } from '#app/domain/collection.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import type { Carrier, DifficultyRoute, OfferKind, OutreachChannel, PointKind } from '#app/domain/vocabulary.ts'
import type { Dice } from './dice.ts'
import type { People } from './people.ts'
import { HOUR_MS, STARTS_ON, TODAY } from './rhythm.ts'
import { TAN_THANH_CODE } from './tan-thanh.ts'
import type { Tree, Unit } from './tree.server.ts'

const DONG_XOAI = 'Thành phố Đồng Xoài'

/** Returns the account that enters data for a unit: its coordinator, else its head. */
export function scribeOf(people: People, unit: Unit): number | undefined {
  const chair = people.chairs.get(unit.id)
  return chair?.coordinator ?? chair?.head
}

export type Outreach = {
  unit: Unit
  channel: OutreachChannel
  heldOn: Day
  place: string
  people: number
}

/** [channel, least and most people, places] */
const OUTREACH: readonly (readonly [OutreachChannel, number, number, readonly string[]])[] = [
  [
    'meeting',
    18,
    90,
    ['Nhà văn hóa ấp 1', 'Nhà văn hóa ấp 4', 'Nhà văn hóa khu phố 2', 'Hội trường UBND', 'Họp chi bộ'],
  ],
  ['broadcast', 300, 2500, ['Loa truyền thanh cơ sở, buổi sáng', 'Loa truyền thanh cơ sở, buổi chiều']],
  ['poster', 150, 900, ['Bộ phận Một cửa', 'Cổng chợ', 'Trục đường chính', 'Trụ sở cơ quan']],
  ['social_page', 200, 3000, ['Trang Zalo của đơn vị', 'Trang thông tin điện tử', 'Nhóm Zalo khu dân cư']],
  ['door_to_door', 10, 45, ['Tổ 3, ấp 2', 'Tổ 5, khu phố 1', 'Tổ 1, ấp 5', 'Dãy nhà trọ công nhân']],
]

/** Makes the units' outreach: often in the communes of Đồng Xoài, now and then elsewhere. */
export function outreachOf(tree: Tree, people: People, dice: Dice): Outreach[] {
  const district = tree.units.find(({ name }) => name === DONG_XOAI)
  const drawn = tree.units.flatMap(unit => {
    if (scribeOf(people, unit) === undefined || !['provincial_agency', 'commune'].includes(unit.kind)) return []
    const isNear = district !== undefined && unit.path.startsWith(district.path)
    const count = isNear ? dice.int(7, 14) : dice.int(0, unit.kind === 'commune' ? 3 : 2)
    return Array.from({ length: count }, (): Outreach => {
      const [channel, least, most, places] = dice.pick(OUTREACH)
      return {
        unit,
        channel,
        heldOn: addDays(STARTS_ON, dice.int(1, 68)),
        place: dice.pick(places),
        people: dice.int(least, most),
      }
    })
  })
  return drawn.toSorted((a, b) => (a.heldOn < b.heldOn ? -1 : 1))
}

type Point = {
  unit: Unit
  kind: PointKind
  name: string
  localityCode: string
  place: string
  fromOn: Day
  toOn: Day
  hours: string
  dailyCapacity: number
  isCancelled: boolean
  days: CollectionDay[]
}

const OFFICE_HOURS = '7 giờ 30 – 11 giờ 30, 13 giờ 30 – 17 giờ'

/** A fixed point at each district, one at Tân Thành, mobile ones in the communes of Đồng Xoài and here and there. */
export function pointsOf(tree: Tree, people: People, dice: Dice): Point[] {
  const near = tree.units.find(({ name }) => name === DONG_XOAI)
  const fixed = tree.units
    .filter(unit => unit.kind === 'district' || (unit.kind === 'commune' && unit.localityCode === TAN_THANH_CODE))
    .map(unit =>
      pointAt(
        unit,
        {
          kind: 'fixed',
          name:
            unit.kind === 'district' ? `Điểm cố định Công an ${lower(unit.name)}` : 'Điểm cố định Công an xã Tân Thành',
          place:
            unit.kind === 'district' ? `Trụ sở Công an ${lower(unit.name)}` : 'Trụ sở Công an xã Tân Thành, quốc lộ 14',
          fromOn: STARTS_ON,
          toOn: PLAN_128.endsOn,
          hours: OFFICE_HOURS,
          dailyCapacity: unit.kind === 'district' ? 120 : 40,
        },
        dice,
      ),
    )
  const mobile = tree.units
    .filter(unit => unit.kind === 'commune' && scribeOf(people, unit) !== undefined)
    .flatMap(unit => {
      const isNear = near !== undefined && unit.path.startsWith(near.path)
      const starts: Day[] = isNear
        ? ['2024-04-20', '2024-05-11', '2024-06-10', '2024-06-15']
        : dice.chance(0.25)
          ? ['2024-06-18']
          : []
      return starts.map((fromOn, n) =>
        pointAt(
          unit,
          {
            kind: 'mobile',
            name: `Điểm lưu động ${n + 1}, ${unit.name.replace('UBND ', '')}`,
            place: dice.pick(['Nhà văn hóa ấp 2', 'Trường THCS', 'Khu nhà trọ công nhân', 'Nhà văn hóa khu phố 3']),
            fromOn,
            toOn: addDays(fromOn, fromOn === '2024-06-10' ? 4 : 1),
            hours: dice.pick(['7 giờ – 11 giờ', '17 giờ 30 – 20 giờ 30']),
            dailyCapacity: dice.pick([30, 40, 60]),
          },
          dice,
        ),
      )
    })
  const points = [...fixed, ...mobile]
  const dropped = points.find(({ fromOn, unit }) => fromOn === '2024-05-11' && unit.localityCode !== TAN_THANH_CODE)
  if (dropped) Object.assign(dropped, { isCancelled: true, days: [] })
  return points
}

const lower = (name: string) => name.charAt(0).toLocaleLowerCase('vi') + name.slice(1)

/** A point with what it did on each day so far: sent on a day later, approved some days after that. */
function pointAt(unit: Unit, point: Omit<Point, 'unit' | 'localityCode' | 'isCancelled' | 'days'>, dice: Dice): Point {
  const last = point.toOn < TODAY ? point.toOn : addDays(TODAY, -1)
  const isFixed = point.kind === 'fixed'
  const worked = daysFrom(point.fromOn, last).filter(day => !isFixed || !isDayOff(day, PLAN_128.daysOff))
  let unsent = 0
  let unapproved = 0
  const days = worked.map((day): CollectionDay => {
    const invited = Math.round(point.dailyCapacity * dice.between(0.7, 1.05))
    const received = Math.min(Math.round(invited * dice.between(0.5, 1.04)), Math.round(point.dailyCapacity * 1.1))
    const approved = Math.floor(unapproved * dice.between(0.5, 0.9))
    const sentOn = Math.floor(unsent * dice.between(0.85, 1) + received * dice.between(0.2, 0.6))
    unapproved += sentOn - approved
    unsent += received - sentOn
    return { day, invited, received, sentOn, approved }
  })
  return { ...point, unit, localityCode: unit.localityCode, isCancelled: false, days }
}

export const OFFERS: readonly {
  carrier: Carrier
  kind: OfferKind
  name: string
  price: number
  terms: string
  documentNumber: string
  fromOn: Day
  toOn: Day | null
}[] = [
  {
    carrier: 'viettel',
    kind: 'phone',
    name: 'Điện thoại 4G phổ thông',
    price: 490_000,
    terms: 'Đổi máy 2G cũ, mỗi người một máy',
    documentNumber: '512/VTBP',
    fromOn: '2024-04-04',
    toOn: '2024-07-03',
  },
  {
    carrier: 'viettel',
    kind: 'phone',
    name: 'Điện thoại thông minh 4G',
    price: 1_190_000,
    terms: 'Kèm gói 6 tháng',
    documentNumber: '512/VTBP',
    fromOn: '2024-04-04',
    toOn: '2024-07-03',
  },
  {
    carrier: 'viettel',
    kind: 'sim',
    name: 'SIM 4G chính chủ',
    price: 0,
    terms: 'Nạp lần đầu 50.000 đồng',
    documentNumber: '512/VTBP',
    fromOn: '2024-04-04',
    toOn: null,
  },
  {
    carrier: 'viettel',
    kind: 'signature',
    name: 'Chữ ký số cá nhân từ xa, 12 tháng',
    price: 0,
    terms: 'Miễn phí năm đầu',
    documentNumber: '598/VTBP',
    fromOn: '2024-04-15',
    toOn: '2024-07-03',
  },
  {
    carrier: 'viettel',
    kind: 'bundle',
    name: 'Máy 4G, SIM và chữ ký số',
    price: 1_290_000,
    terms: 'Trả góp 6 tháng, không lãi',
    documentNumber: '598/VTBP',
    fromOn: '2024-04-15',
    toOn: '2024-07-03',
  },
  {
    carrier: 'vinaphone',
    kind: 'phone',
    name: 'Điện thoại 4G phím bấm',
    price: 520_000,
    terms: 'Hỗ trợ 30% cho hộ nghèo',
    documentNumber: '214/VNPT-BP',
    fromOn: '2024-04-08',
    toOn: '2024-07-03',
  },
  {
    carrier: 'vinaphone',
    kind: 'sim',
    name: 'SIM 4G chính chủ',
    price: 25_000,
    terms: 'Tặng 30 ngày dữ liệu',
    documentNumber: '214/VNPT-BP',
    fromOn: '2024-04-08',
    toOn: null,
  },
  {
    carrier: 'vinaphone',
    kind: 'signature',
    name: 'VNPT SmartCA cá nhân, 12 tháng',
    price: 0,
    terms: 'Đăng ký qua ứng dụng',
    documentNumber: '214/VNPT-BP',
    fromOn: '2024-04-08',
    toOn: '2024-07-03',
  },
  {
    carrier: 'mobifone',
    kind: 'phone',
    name: 'Điện thoại 4G cơ bản',
    price: 550_000,
    terms: '',
    documentNumber: '88/MBF-BP',
    fromOn: '2024-05-02',
    toOn: '2024-07-03',
  },
  {
    carrier: 'mobifone',
    kind: 'sim',
    name: 'SIM 4G chính chủ',
    price: 0,
    terms: 'Tại cửa hàng ủy quyền',
    documentNumber: '88/MBF-BP',
    fromOn: '2024-05-02',
    toOn: null,
  },
  {
    carrier: 'mobifone',
    kind: 'signature',
    name: 'Chữ ký số MobiCA, 12 tháng',
    price: 55_000,
    terms: '',
    documentNumber: '88/MBF-BP',
    fromOn: '2024-05-02',
    toOn: null,
  },
]

type Difficulty = {
  unit: string
  route: DifficultyRoute
  on: Day
  title: string
  body: string
  answer: string | null
}

export const DIFFICULTIES: readonly Difficulty[] = [
  {
    unit: 'UBND xã Tân Thành',
    route: 'telecom_office',
    on: '2024-04-10',
    title: 'Sóng 4G yếu ở ấp 6, ấp 7',
    body: 'Người dân đã đổi máy nhưng khu vực giáp lô cao su chỉ bắt được sóng 2G, không cài được VNeID tại nhà.',
    answer:
      'Viettel và VNPT lắp bổ sung hai trạm trong tháng 5. Trước mắt, Tổ công nghệ số cộng đồng hướng dẫn tại nhà văn hóa ấp có wifi.',
  },
  {
    unit: 'UBND xã Tân Thành',
    route: 'campaign_office',
    on: '2024-04-16',
    title: 'Người dân mất thẻ, chưa có ngày trả thẻ mới',
    body: 'Một số người làm lại căn cước đã quá 20 ngày chưa nhận thẻ nên chưa kích hoạt được tài khoản mức 2.',
    answer:
      'Công an cấp xã lập danh sách gửi Phòng Cảnh sát quản lý hành chính về trật tự xã hội. Có thể kích hoạt khi hồ sơ đã được duyệt, không cần chờ thẻ.',
  },
  {
    unit: 'UBND phường Tân Phú',
    route: 'campaign_office',
    on: '2024-04-18',
    title: 'Công nhân tạm trú, căn cước ngoài tỉnh',
    body: 'Công nhân khu công nghiệp có hộ khẩu tỉnh khác có được tính vào kết quả của người hướng dẫn không?',
    answer:
      'Được tính. Kế hoạch nhắm đến người đang sinh sống, làm việc trên địa bàn; số định danh không cần bắt đầu bằng 070.',
  },
  {
    unit: 'UBND phường Tiến Thành',
    route: 'telecom_office',
    on: '2024-04-22',
    title: 'SIM đứng tên người khác',
    body: 'Nhiều người dùng SIM do người thân đăng ký, nhà mạng yêu cầu cả hai cùng đến cửa hàng.',
    answer:
      'Các nhà mạng cử nhân viên đến điểm lưu động để sang tên tại chỗ, có mặt chủ thuê bao. Lịch đăng ở mục điểm thu nhận.',
  },
  {
    unit: 'Thành phố Đồng Xoài',
    route: 'campaign_office',
    on: '2024-05-03',
    title: 'Thiếu thiết bị thu nhận lưu động',
    body: 'Thành phố có hai bộ thiết bị cho tám phường, xã; buổi tối không đủ cho các khu nhà trọ.',
    answer: 'Công an tỉnh điều thêm một bộ từ 11/5, ưu tiên buổi tối và thứ bảy.',
  },
  {
    unit: 'Sở Giáo dục và Đào tạo',
    route: 'campaign_office',
    on: '2024-05-06',
    title: 'Học sinh sinh năm 2010 chưa đủ 14 tuổi',
    body: 'Học sinh sinh cuối năm 2010 có được hướng dẫn trong đợt này không?',
    answer:
      'Chỉ tính người đủ 14 tuổi vào ngày được hỗ trợ. Trường hợp chưa đủ tuổi thì lập danh sách để thực hiện khi đủ.',
  },
  {
    unit: 'UBND xã Tân Thành',
    route: 'telecom_office',
    on: '2024-05-14',
    title: 'Chữ ký số hết hạn trước ngày kết thúc đợt',
    body: 'Một số cán bộ có chứng thư hết hạn 30/6/2024, hệ thống báo chưa đạt.',
    answer: 'Gia hạn trước ngày 03/7/2024. Nhà mạng gia hạn miễn phí cho chứng thư đã cấp trong đợt.',
  },
  {
    unit: 'Hội Nông dân tỉnh',
    route: 'telecom_office',
    on: '2024-05-20',
    title: 'Giá máy 4G còn cao với hộ nghèo',
    body: 'Hội viên ở xã vùng sâu khó mua máy dù đã giảm giá.',
    answer: 'VNPT hỗ trợ thêm 30% cho hộ nghèo, xem mục Ưu đãi. Địa phương có thể vận động xã hội hóa.',
  },
  {
    unit: 'UBND xã Lộc Hiệp',
    route: 'campaign_office',
    on: '2024-05-28',
    title: 'Ứng dụng VNeID báo lỗi khi kích hoạt',
    body: 'Buổi tối 27/5 ứng dụng báo quá tải, gần 20 người phải về.',
    answer: null,
  },
  {
    unit: 'UBND xã Tân Thành',
    route: 'campaign_office',
    on: '2024-06-05',
    title: 'Người cao tuổi không có điện thoại',
    body: 'Gia đình có một máy dùng chung, mỗi máy chỉ đăng nhập được một tài khoản.',
    answer: null,
  },
  {
    unit: 'UBND phường Tân Bình',
    route: 'telecom_office',
    on: '2024-06-10',
    title: 'Nhân viên nhà mạng không đến điểm lưu động',
    body: 'Hai buổi 08/6 và 09/6 không có nhân viên để đăng ký SIM, chữ ký số.',
    answer: null,
  },
  {
    unit: 'Thành phố Đồng Xoài',
    route: 'campaign_office',
    on: '2024-06-11',
    title: 'Chỉ tiêu vượt số người còn chưa kích hoạt',
    body: 'Ở hai phường trung tâm, số người chưa kích hoạt ít hơn tổng chỉ tiêu còn lại của cán bộ.',
    answer: null,
  },
]

/** Returns when one unit signs the report of each period; null: never. */
export function signingsOf(
  unit: Unit,
  periods: readonly { endsOn: Day; dueAt: number }[],
  dice: Dice,
): (number | null)[] {
  const diligence = unit.localityCode === TAN_THANH_CODE ? 1.4 : unit.drive
  return periods.map(({ endsOn, dueAt }) => {
    const luck = dice.next() * diligence
    if (luck > 0.12) return startOf(endsOn) + Math.floor(dice.between(13.5, 16.9) * HOUR_MS)
    return luck > 0.05 ? dueAt + Math.floor(dice.between(1, 60) * HOUR_MS) : null
  })
}
