import { z } from '#app/domain/zod.ts'
import { optionalDay, optionalText } from './field.ts'
import type { TermWords } from './terms.ts'
import { OBLIGATION_PARTS, OBLIGATIONS, OUTCOMES, PARTS_OF } from './vocabulary.ts'

const name = optionalText(120)

/** Parts that an obligation is made of together with others; one that is alone has the obligation's name. */
export const NAMED_PARTS = OBLIGATION_PARTS.filter(part =>
  Object.values(PARTS_OF).some(parts => parts.length > 1 && parts.some(word => word === part)),
)

/** The kinds of terms that a campaign may call otherwise, each with its words. */
const NAMED = { obligation: OBLIGATIONS, part: NAMED_PARTS, outcome: OUTCOMES } as const
type Kind = keyof typeof NAMED
const KINDS = Object.keys(NAMED) as Kind[]

/** The name of a term's field in the form. */
export const termField = (kind: Kind, word: string) => `${kind}_${word}`

const termFields = Object.fromEntries(
  KINDS.flatMap(kind => NAMED[kind].map(word => [termField(kind, word), name] as const)),
)

/** What the public page calls a campaign and what is to be known about its annex: of both forms that ask for it. */
export const annexWords = {
  headline: optionalText(200),
  annexAsOf: optionalDay,
  annexNote: optionalText(1000),
}

export type CampaignWords = { headline: string; annexAsOf: string | null; annexNote: string; terms: TermWords }

/** The form of a campaign's own words; a name left blank is the one that is used everywhere. */
export const campaignWordsInput = z
  .object({ ...annexWords, ...termFields })
  .transform(({ headline, annexAsOf, annexNote, ...typed }): CampaignWords => {
    const names = typed as Record<string, string | null>
    const wordsOf = (kind: Kind) =>
      Object.fromEntries(
        NAMED[kind].flatMap(word => {
          const own = names[termField(kind, word)]
          return own ? [[word, own.replaceAll(/\s+/g, ' ')]] : []
        }),
      )
    return {
      headline: headline ?? '',
      annexAsOf,
      annexNote: annexNote ?? '',
      terms: Object.fromEntries(KINDS.map(kind => [kind, wordsOf(kind)])),
    }
  })
