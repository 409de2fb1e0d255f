import { createContext, useContext } from 'react'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { type CampaignTerms, campaignTerms } from '#app/text/terms.ts'

/** What holds in the campaign that the page shows, and how it is called there: the frame of every page provides it. */
export const TermsContext = createContext<CampaignTerms>(campaignTerms(EVERY_TERM))

/** Returns what holds in the campaign that the page shows, and how it is called there. */
export const useTerms = (): CampaignTerms => useContext(TermsContext)
