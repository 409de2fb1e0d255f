import { ARTICLES, type Article } from './vocabulary.ts'

/** Where one plan says what a rule rests on: how it calls the place, and its words as printed. */
type ArticleText = { label: string; quote: string }

/** The places that a campaign's own plan gives for its rules; a rule without one rests on the plan as a whole. */
export type Articles = Partial<Record<Article, ArticleText>>

/** A plan as it is cited: by its number, and by its own articles. */
export type Plan = { code: string; articles: Articles }

const MOST_QUOTED = 3000

/** The names of an article's two fields in the form. */
export const articleFields = (article: Article) => ({
  label: `label_${article.replace('.', '_')}`,
  quote: `quote_${article.replace('.', '_')}`,
})

/**
 * Reads the form of a plan's articles, each with its place and words; both left empty where the plan has none. Words
 * without a place are refused with the fields that are missing.
 */
export function readArticles(
  textOf: (name: string) => string,
): { ok: true; articles: Articles } | { ok: false; missing: string[]; long: string[] } {
  const articles: Articles = {}
  const missing: string[] = []
  const long: string[] = []
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
  return missing.length + long.length > 0 ? { ok: false, missing, long } : { ok: true, articles }
}
