import { ARTICLES, type Article } from './vocabulary.ts'

/** Where one plan says what a rule rests on: how it calls the place, and its words as printed. */
type ArticleText = { label: string; quote: string }

/** The places that a campaign's own plan gives for its rules; a rule without one rests on the plan as a whole. */
export type Articles = Partial<Record<Article, ArticleText>>

/** A plan as it is cited: by its number, and by its own articles. */
export type Plan = { code: string; articles: Articles }

const MOST_QUOTED = 3000
/** Letters of a plan's trích yếu at most. */
export const MOST_TITLE = 500

/** The names of an article's two fields in the form. */
export const articleFields = (article: Article) => ({
  label: `label_${article.replace('.', '_')}`,
  quote: `quote_${article.replace('.', '_')}`,
})

/**
 * Reads the form of a plan's title (trích yếu) and articles, each with its place and words; both left empty where the
 * plan has none. Words without a place, and what is too long, are refused with the names of the fields.
 */
export function readPlanWords(
  textOf: (name: string) => string,
): { ok: true; title: string; articles: Articles } | { ok: false; missing: string[]; long: string[] } {
  const articles: Articles = {}
  const missing: string[] = []
  const long: string[] = []
  const title = textOf('title').normalize('NFC').replaceAll(/\s+/g, ' ').trim()
  if (title.length > MOST_TITLE) long.push('title')
  for (const article of ARTICLES) {
    const names = articleFields(article)
    const label = textOf(names.label).normalize('NFC').trim()
    const quote = textOf(names.quote).normalize('NFC').replaceAll(/\s+/g, ' ').trim()
    if (label === '' && quote === '') continue
    if (label === '') missing.push(names.label)
    if (label.length > 60) long.push(names.label)
    if (quote.length > MOST_QUOTED) long.push(names.quote)
    articles[article] = { label, quote }
  }
  return missing.length + long.length > 0 ? { ok: false, missing, long } : { ok: true, title, articles }
}
