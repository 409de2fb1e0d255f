import type { Sex } from '#app/domain/vocabulary.ts'
import type { Dice } from './dice.ts'

/** Family names of Bình Phước with their shares in percent: Kinh as in the whole country, Tày, Nùng and Khmer besides. */
const FAMILIES: readonly (readonly [string, number])[] = [
  ['Nguyễn', 30],
  ['Trần', 10.5],
  ['Lê', 8.8],
  ['Phạm', 6],
  ['Hoàng', 3.4],
  ['Huỳnh', 2],
  ['Vũ', 2.6],
  ['Võ', 2.4],
  ['Phan', 2.6],
  ['Trương', 2.1],
  ['Bùi', 2.1],
  ['Đặng', 1.9],
  ['Đỗ', 1.9],
  ['Ngô', 1.6],
  ['Hồ', 1.4],
  ['Dương', 1.3],
  ['Đinh', 1.1],
  ['Đoàn', 0.8],
  ['Mai', 0.8],
  ['Trịnh', 0.8],
  ['Lương', 0.7],
  ['Cao', 0.6],
  ['Hà', 0.6],
  ['Tạ', 0.5],
  ['Lưu', 0.5],
  ['Đào', 0.5],
  ['Phùng', 0.4],
  ['Tô', 0.4],
  ['Quách', 0.3],
  ['Thái', 0.3],
  ['Nông', 1],
  ['Lâm', 1],
  ['Lý', 0.8],
  ['Triệu', 0.5],
  ['Vi', 0.4],
  ['Hứa', 0.4],
  ['Lục', 0.2],
  ['Thạch', 0.3],
  ['Sơn', 0.2],
  ['Danh', 0.2],
]

const MIDDLES: Record<Sex, readonly (readonly [string, number])[]> = {
  male: [
    ['Văn', 26],
    ['Minh', 6],
    ['Đức', 5],
    ['Hữu', 5],
    ['Quốc', 5],
    ['Thanh', 5],
    ['Ngọc', 4],
    ['Công', 4],
    ['Đình', 4],
    ['Xuân', 4],
    ['Trọng', 3],
    ['Anh', 3],
    ['Hoàng', 3],
    ['Quang', 3],
    ['Duy', 2],
    ['Bá', 2],
    ['Viết', 2],
    ['Thế', 2],
    ['Mạnh', 2],
    ['Hoàng Minh', 1],
    ['Nguyễn Quốc', 0.5],
  ],
  female: [
    ['Thị', 38],
    ['Thị Thu', 4],
    ['Thị Kim', 4],
    ['Thị Mỹ', 3],
    ['Thị Thanh', 4],
    ['Thị Bích', 3],
    ['Thị Ngọc', 4],
    ['Thị Hồng', 4],
    ['Thị Phương', 3],
    ['Ngọc', 5],
    ['Thúy', 3],
    ['Kim', 3],
    ['Mỹ', 2],
    ['Bích', 2],
    ['Thanh', 3],
    ['Minh', 2],
    ['Hoài', 1.5],
    ['Ngọc Phương', 0.8],
    ['Thị Thùy', 2],
    ['Hoàng Bảo', 0.5],
  ],
}

const GIVENS: Record<Sex, readonly string[]> = {
  male: (
    'Hùng Dũng Tuấn Thắng Hải Sơn Nam Long Phong Quân Khoa Đạt Tú Vinh Trung Hiếu Nghĩa Phúc Lộc Thọ Bình An Cường Mạnh' +
    ' Toàn Thịnh Lâm Kiên Duy Hoàng Tâm Tài Được Ước Bửu Phước Thạnh Khánh Khôi Luân Lợi Nhân Nhật Quý Sang Tân Thành Thiện' +
    ' Tiến Tín Trí Trường Việt Vũ Vương Chiến Chung Dương Định Đông Giang Hậu Hòa Huy Hưng'
  ).split(' '),
  female: (
    'Hương Hoa Lan Mai Hằng Hạnh Thủy Nga Hà Yến Trang Linh Thảo Phương Ngọc Oanh Loan Hường Dung Nhung Tuyết Vân Xuân Huệ Cúc' +
    ' Diễm Kiều Quyên Trinh Ánh Ngân My Như Quỳnh Nguyệt Thắm Lụa Bích Châu Chi Duyên Đào Giang Hiền Hòa Khánh Lệ Liên Liễu Lý' +
    ' Minh Mơ Nhàn Nhi Phượng Quế Sen Tâm Thanh Thoa Thơm Thu Thư Tiên Trâm Uyên Vy'
  ).split(' '),
}

/** S’tiêng and M’nông: Điểu for men, Thị for women, some with a name that begins in K’. */
const INDIGENOUS_GIVENS: Record<Sex, readonly string[]> = {
  male: 'Krông K’Rứt Bé Lơn Xơn Đố Mích Nhoi Hon Bơn Lên Ngọt Hùng Thanh K’Ré Sơn Lôi Khuê Bố Ghin Xuân Nhép K’Linh'.split(
    ' ',
  ),
  female: 'Ngễnh Bé Khel Prơi Nhưng Mơn Brút Đêm Hoa Nga K’Diễm Lan Xuân Ơn Nhớ Tia Sơ Rim Bưởi Hồng K’Nhi Mai'.split(
    ' ',
  ),
}

const LONG_NAMES: Record<Sex, readonly string[]> = {
  male: ['Nguyễn Hoàng Trường Phước Thịnh', 'Tôn Thất Vĩnh Nguyên Khang', 'Trần Lê Quốc Hoàng Minh Đăng'],
  female: ['Công Tằng Tôn Nữ Thùy Dương', 'Nguyễn Ngọc Phương Thảo Nguyên', 'Huyền Tôn Nữ Ngọc Quỳnh Trâm'],
}

/** A full name as one is met in the province; `indigenous` is the share (0–1) of S’tiêng and M’nông names. */
export function personName(dice: Dice, sex: Sex, indigenous: number): string {
  if (dice.chance(indigenous)) return `${sex === 'male' ? 'Điểu' : 'Thị'} ${dice.pick(INDIGENOUS_GIVENS[sex])}`
  if (dice.chance(0.003)) return dice.pick(LONG_NAMES[sex])
  const words = `${dice.weighted(FAMILIES)} ${dice.weighted(MIDDLES[sex])} ${dice.pick(GIVENS[sex])}`.split(' ')
  return new Set(words).size === words.length ? words.join(' ') : personName(dice, sex, indigenous)
}
