import { grouped } from '../grouping.ts'
import { foldWords, markedWords } from '../name.ts'

/** A place that a list may name. */
export type NamedPlace = { code: string; name: string; type: string }

/** Finds things by a text: marks decide first, and only where they find nothing it is read without them. */
export function namedFinder<T>(things: readonly T[], namesOf: (thing: T) => readonly string[]): (text: string) => T[] {
  const all = things.flatMap(thing => namesOf(thing).map(name => ({ thing, name })))
  const marked = grouped(all, ({ name }) => markedWords(name))
  const folded = grouped(all, ({ name }) => foldWords(name))
  return text => {
    const found = marked.get(markedWords(text)) ?? folded.get(foldWords(text)) ?? []
    return [...new Set(found.map(({ thing }) => thing))]
  }
}

/** Finds the places that a text means: by code, else by kind and name, else by name alone. */
export function placeFinder<Place extends NamedPlace>(places: readonly Place[]): (text: string) => Place[] {
  const byCode = new Map(places.map(place => [place.code, place]))
  const whole = namedFinder(places, ({ type, name }) => [`${type} ${name}`])
  const short = namedFinder(places, ({ name }) => [name])
  return text => {
    const coded = byCode.get(text)
    if (coded) return [coded]
    const found = whole(text)
    return found.length > 0 ? found : short(text)
  }
}
