import { foldWords, isShorthand, markedWords } from './name.ts'

/** Words before a hamlet's own name or number: `Ấp 3`, `ấp 03` and `3` are one hamlet of a commune. */
const HAMLET_WORD = /^(ap|thon|khu pho|kp|khu|to dan pho|to|buon|soc|bon|lang) /

/** A hamlet as it is compared within its commune, with its marks; '' for none. */
export function hamletKey(hamlet: string): string {
  const kind = HAMLET_WORD.exec(foldWords(hamlet))?.[1]
  const words = markedWords(hamlet).split(' ')
  return words
    .slice(kind === undefined ? 0 : kind.split(' ').length)
    .join(' ')
    .replace(/\b0+(?=\d)/g, '')
}

/**
 * Tells which of these hamlets a text names, by its key. Marks decide; a text without them names the only one that it
 * can mean. A hamlet that is none of them keeps its own key.
 */
export function hamletFinder(hamlets: Iterable<string>): (hamlet: string) => string {
  const known = new Set([...hamlets].map(hamletKey))
  const found = new Map<string, string>()
  return hamlet => {
    const own = hamletKey(hamlet)
    const meant = found.get(own) ?? onlyMeant(own, known)
    found.set(own, meant)
    return meant
  }
}

function onlyMeant(own: string, known: ReadonlySet<string>): string {
  const others = [...known].filter(key => key !== own && isShorthand(own, key))
  return others.length === 1 && others[0] !== undefined ? others[0] : own
}
