import { createContext, useContext } from 'react'
import type { Article } from '#app/domain/vocabulary.ts'
import { inBrackets, type Places } from '#app/text/plan.ts'

/** The places of articles in the plan of the campaign that the page shows: the frame of every page provides it. */
export const PlacesContext = createContext<Places>({})

/** Returns the places of articles in the plan of the campaign that the page shows; none where nobody is signed in. */
export const usePlaces = (): Places => useContext(PlacesContext)

/** Ends a sentence with its article in the campaign's own plan: ` (mục V.4)`, or nothing. */
export function useInBrackets(): (article: Article) => string {
  const places = usePlaces()
  return article => inBrackets(places, article)
}
