import { composed } from './letters.ts'
import { type NameReading, readName } from './person-name.ts'
import { isLostFont } from './vietnamese-encoding.ts'

/**
 * Reads a person's name as `readName` does, and refuses letters of a font that was lost. A module of its own: it needs a
 * table of syllables, which a form on a phone does without.
 */
export function readListedName(text: string): NameReading {
  return isLostFont(composed(text)) ? { ok: false, reason: 'name_lost_font' } : readName(text)
}
