import type { Goal } from '#app/domain/goal.ts'
import type { PartSums } from '#app/domain/part-sums.ts'
import { formatNumber, formatParts, formatShare } from './format.ts'
import { partBasisLabels } from './part-basis.ts'

/** How figures may be split up: the word in the URL (`?theo=`), the tab, the head of the first column. */
export const dimensionLabels = {
  unit: { slug: 'don-vi', tab: 'Đơn vị', header: 'Đơn vị' },
  block: { slug: 'khoi', tab: 'Khối', header: 'Khối' },
  category: { slug: 'loai', tab: 'Loại', header: 'Loại người thực hiện' },
  chapter: { slug: 'doan-the', tab: 'Đoàn thể', header: 'Tổ chức đoàn thể' },
  locality: { slug: 'dia-ban', tab: 'Địa bàn', header: 'Địa bàn nơi người dân ở' },
} as const
type Dimension = keyof typeof dimensionLabels
export const DIMENSIONS = Object.keys(dimensionLabels) as Dimension[]

/** What the rows of a split are, and what they must not be added to. */
export const dimensionNotes: Record<Dimension, string> = {
  unit: 'Mỗi người được tính một lần, tại đơn vị công tác. Số của đơn vị gồm cả các đơn vị trực thuộc.',
  block: 'Mỗi người được tính một lần, theo khối của đơn vị công tác.',
  category: 'Mỗi người được tính một lần, theo loại tại đơn vị công tác.',
  chapter:
    'Đoàn viên, hội viên được tính ở từng đoàn thể mà mình tham gia, dù công tác ở đâu. Số của các đoàn thể không cộng với nhau và không cộng với số của đơn vị.',
  locality:
    'Trường hợp hỗ trợ được tính theo nơi người dân ở, dù người thực hiện công tác ở đâu. Không cộng với số của đơn vị.',
}

/** What a sum of people by obligation part says; the last three are what the met rest on. */
export const partSumLabels: Record<Exclude<keyof PartSums, 'part'>, string> = {
  bearers: 'Phải thực hiện',
  declared: 'Đã kê khai',
  confirmed: 'Đã xác nhận',
  met: 'Đạt',
  proof: capitalize(partBasisLabels.proof),
  extract: capitalize(partBasisLabels.extract),
  unit: capitalize(partBasisLabels.unit),
}

/** Which day decides where a figure stands; under every board of people. */
export const placementNote =
  'Trường hợp hỗ trợ tính cho đơn vị, đoàn thể của người thực hiện vào ngày hỗ trợ; số người, chỉ tiêu và nội dung bản thân tính theo đơn vị tại ngày kết thúc đợt.'

/** The first letter as at the beginning of a line: `thành phố Đồng Xoài` → `Thành phố Đồng Xoài`. */
export function capitalize(name: string): string {
  return `${name.slice(0, 1).toLocaleUpperCase('vi')}${name.slice(1)}`
}

/** Says whether an area's targets can be reached with distinct citizens, in one sentence with its figures. */
export function explainFeasibility({
  shortage,
  unactivated,
  hasOfficialFigure,
  isFeasible,
}: {
  shortage: number
  unactivated: number
  hasOfficialFigure: boolean
  isFeasible: boolean
}): string {
  const source = hasOfficialFigure ? 'theo phụ lục và số liệu chính thức' : 'theo phụ lục và các trường hợp được tính'
  const figures = `Người thực hiện thuộc địa bàn còn phải hỗ trợ ${formatNumber(shortage)} người dân; ${source} còn ${formatNumber(unactivated)} người dân chưa kích hoạt tài khoản.`
  return isFeasible
    ? `${figures} Mỗi người thực hiện đều có thể đạt chỉ tiêu.`
    : `${figures} Không phải ai cũng đạt được chỉ tiêu, vì mỗi người dân chỉ được tính một lần.`
}

/**
 * Says what the text of the plan wants besides the annex, with both numbers. `place`: the article that states it, in the
 * words of the campaign's own plan; undefined: its plan quotes none.
 */
export function explainGoal(goal: Goal, place: string | undefined): string {
  const states = `${place ?? 'Kế hoạch'} nêu`
  const share = formatShare(goal.share, 1)
  switch (goal.code) {
    case 'part_of_annex':
      return explainPart(goal, states)
    case 'share_of_adults':
      return `${states} trên ${share} dân số trưởng thành. Khi bắt đầu ${formatParts(goal.atStart, goal.adults)}; đạt hết chỉ tiêu phụ lục là ${formatParts(goal.withAnnex, goal.adults)}.`
    case 'no_baseline':
      return `${states} ${share} dân số trưởng thành. Kế hoạch không nêu số ban đầu theo dân số trưởng thành: chưa có số liệu.`
  }
}

function explainPart(goal: Extract<Goal, { code: 'part_of_annex' }>, states: string): string {
  const { annexTotal, wanted, exceptions, excepted } = goal
  const all = `Phụ lục giao cả ${formatNumber(annexTotal)}. ${states} ${formatShare(goal.share, 1)}`
  if (excepted !== null)
    return `${all} của ${formatNumber(Math.max(0, annexTotal - excepted))}, đã trừ ${formatNumber(excepted)} ${exceptions || 'người'}, tức ${formatNumber(wanted)}.`
  return `${all}, tức ${formatNumber(wanted)}${exceptions === '' ? '' : `, trừ ${exceptions}`}.`
}
