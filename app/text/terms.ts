import type { Regulation } from '#app/domain/regulation.ts'
import { heldTerms, type Terms, type TermWords } from '#app/domain/terms.ts'
import {
  type ExemptionPart,
  type Lacking,
  type Obligation,
  type ObligationPart,
  type Outcome,
  PARTS_OF,
} from '#app/domain/vocabulary.ts'
import { inWords } from './format.ts'
import { lackingLabels, shortPartLabels } from './official.ts'
import { labels } from './vocabulary.ts'

/** How a campaign calls obligations, their parts with the quota, and outcomes. */
export type TermNames = {
  obligation: Record<Obligation, string>
  part: Record<ExemptionPart, string>
  /** a part in a few letters, for one line of several */
  shortPart: Record<ObligationPart, string>
  /** what people lack, as a filter of lists of officials */
  lacking: Record<Lacking, string>
  outcome: Record<Outcome, string>
}

/** What holds in a campaign, and how it is called there. */
export type CampaignTerms = Terms & { names: TermNames }

/** The terms of a campaign by its regulation and the words of its own plan. */
export function campaignTerms(
  regulation: Pick<Regulation, 'heldParts' | 'heldOutcomes'>,
  words: TermWords = {},
): CampaignTerms {
  const parts = wordsOfParts(words)
  const lacking = Object.entries(parts).map(([part, name]) => [part, `Chưa đạt ${name}`])
  return {
    ...heldTerms(regulation),
    names: {
      obligation: { ...labels.obligation, ...words.obligation },
      part: { ...labels.exemptionPart, ...parts },
      shortPart: { ...shortPartLabels, ...parts },
      lacking: { ...lackingLabels, ...Object.fromEntries(lacking) },
      outcome: { ...labels.outcome, ...words.outcome },
    },
  }
}

/** An obligation of one part lends it its name. */
function wordsOfParts({ obligation = {}, part = {} }: TermWords): NonNullable<TermWords['part']> {
  const lent = Object.entries(obligation).flatMap(([word, name]) => {
    const [only, ...others] = PARTS_OF[word as Obligation]
    return others.length === 0 ? [[only, name]] : []
  })
  return { ...Object.fromEntries(lent), ...part }
}

/** How all own obligations of a campaign are called together: “ba nội dung”; “nội dung” where there is one. */
export const allObligations = ({ obligations }: Pick<Terms, 'obligations'>) =>
  obligations.length > 1 ? `${inWords(obligations.length)} nội dung` : 'nội dung'

/** Who met an obligation, of its bearers, under the campaign's name for it. */
export type NamedShare = { name: string; met: number; bearers: number }

/** The obligations that hold, each with its name and who met it. */
export const namedShares = (
  sums: Record<Obligation, { met: number; bearers: number }>,
  { obligations, names }: CampaignTerms,
): NamedShare[] => obligations.map(obligation => ({ name: names.obligation[obligation], ...sums[obligation] }))

/** Begins a name within a sentence; one that begins with capitals (SIM) keeps them. */
const withinSentence = (name: string) =>
  /^\p{Lu}{2}/u.test(name) ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`

/** What a pledge promises for each citizen: the outcomes that the campaign requires, as it calls them. Plan IV.1. */
export function promisedHelp(
  { requiredOutcomes, quotaReading }: Pick<Regulation, 'requiredOutcomes' | 'quotaReading'>,
  { names }: CampaignTerms,
): string {
  const outcomes = requiredOutcomes.map(outcome => withinSentence(names.outcome[outcome])).join('; ')
  return quotaReading === 'all' ? `đạt các nội dung: ${outcomes}` : `đạt ít nhất một trong các nội dung: ${outcomes}`
}
