import type { Plan } from '#app/domain/article.ts'
import type { Day } from '#app/domain/calendar.ts'
import { authorityInFull } from '#app/domain/letterhead.ts'
import type { Article } from '#app/domain/vocabulary.ts'
import { formatLongDay } from './format.ts'

/** A source as it is shown: its name, and its words as printed; '' where the plan's words were not entered. */
export type Cited = { article: string; quote: string }

/** Cites a campaign's own plan for a rule: the article that it gives for it, else the plan as a whole. */
export function cite({ code, articles }: Plan, article: Article): Cited {
  const own = articles[article]
  return own ? { article: own.label, quote: own.quote } : { article: `Kế hoạch ${code}`, quote: '' }
}

/** Cites several articles, each source once. */
export function citeAll(plan: Plan, articles: readonly Article[]): Cited[] {
  return [...new Map(articles.map(article => cite(plan, article)).map(cited => [cited.article, cited])).values()]
}

/**
 * Cites a plan as a paper does where it first names it: number, day, issuer and trích yếu, dots where that was not
 * entered (NĐ 30/2020, annex I, II.6.b).
 */
export const planInFull = (plan: { code: string; issuedOn: Day; issuer: string; title: string }) =>
  `Kế hoạch số ${plan.code} ${formatLongDay(plan.issuedOn)} của ${authorityInFull(plan.issuer)} ${plan.title || 'về việc …………………'}`

/** The places of the articles in a campaign's own plan; none for one that its plan does not give. */
export type Places = Partial<Record<Article, string>>

export const placesIn = ({ articles }: Plan): Places =>
  Object.fromEntries(Object.entries(articles).map(([article, { label }]) => [article, label]))

/** Several places in one: `Mục IV.1, IV.2`; '' where the plan gives none of them. */
export function placesTogether(places: Places, articles: readonly Article[]): string {
  const named = articles.flatMap(article => places[article] ?? [])
  const word = `${named[0]?.split(' ')[0] ?? ''} `
  const isShared = named.every(place => place.startsWith(word))
  return named.map((place, n) => (n > 0 && isShared ? place.slice(word.length) : place)).join(', ')
}

/** Begins a place within a sentence: `mục IV.1`. */
export const inSentence = (place: string) => `${place.charAt(0).toLowerCase()}${place.slice(1)}`

/** Ends a sentence with its article: ` (mục V.4)`; '' where the campaign's plan does not give the place. */
export function inBrackets(places: Places, article: Article): string {
  const place = places[article]
  return place === undefined ? '' : ` (${inSentence(place)})`
}

/** What the rules that rest on each article decide: for those who look the place up in another plan. */
export const articleSubjects: Record<Article, string> = {
  'I.3': 'Giao chỉ tiêu, trách nhiệm của các cơ quan, đơn vị',
  'II.1': 'Phạm vi triển khai',
  'II.2': 'Người dân nào được hỗ trợ',
  'III.1': 'Tuyên truyền, vận động, gói ưu đãi',
  'III.2': 'Danh sách người dân do Công an cấp xã cung cấp',
  'III.3': 'Điểm thu nhận hồ sơ và danh sách mời',
  'IV.1': 'Thời gian của đợt, nội dung bản thân, số người dân mỗi người hỗ trợ',
  'IV.2': 'Báo cáo đúng thực tế, đối chiếu, xét thi đua, khen thưởng',
  V: 'Tổ chức thực hiện, khó khăn, vướng mắc',
  'V.1': 'Trách nhiệm người đứng đầu, báo cáo tổng kết',
  'V.2': 'Hướng dẫn báo cáo, tổng hợp kết quả',
  'V.4': 'Khen thưởng, xử lý trách nhiệm',
  'V.6': 'Giao chỉ tiêu cho đơn vị và cấp xã',
}
