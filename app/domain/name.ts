import { composed } from './letters.ts'

/** The signs that people use for an apostrophe. */
export const APOSTROPHES = /['`´‘’ʹʼ′＇]/g

/** A text as searched for: marks dropped, đ as d, lower-case, single spaces. `Điểu Thị Ngễnh` → `dieu thi ngenh`. */
export function foldName(text: string): string {
  return plainLetters(text).replace(APOSTROPHES, "'").trim().replace(/\s+/g, ' ')
}

/** Words for comparison: no marks, đ as d, lower-case, `&` as "va", anything but letters and digits a single space. */
export function foldWords(text: string): string {
  return wordsIn(plainLetters(text))
}

const plainLetters = (text: string) =>
  composed(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd')

const wordsIn = (text: string) =>
  text
    .replaceAll('&', ' va ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()

/**
 * Words for comparison with their marks: lower-case, each word's tone at its end, so that `Hòa` and `Hoà` are one and
 * `Hoa` is another; anything but letters and digits a single space.
 */
export function markedWords(text: string): string {
  return wordsIn(composed(text).toLowerCase().normalize('NFD'))
    .split(' ')
    .map(word => word.replace(TONE, '') + (word.match(TONE) ?? []).join(''))
    .join(' ')
}

/** True if `text` writes the words of `full`, each with the same marks or with none. */
export function isShorthand(text: string, full: string): boolean {
  const whole = markedWords(full).split(' ')
  const words = markedWords(text).split(' ')
  return foldWords(text) === foldWords(full) && words.every((word, n) => word === whole[n] || isUnmarked(word))
}

/**
 * True if two texts may be the same words, one of them written carelessly: each pair of words has the same marks, or
 * one of the two has none. `Nguyen Van Toàn` agrees with `Nguyễn Văn Toàn`, and neither with `Nguyễn Văn Toán`.
 */
export function marksAgree(a: string, b: string): boolean {
  if (foldWords(a) !== foldWords(b)) return false
  const others = markedWords(b).split(' ')
  return markedWords(a)
    .split(' ')
    .every((word, n) => word === others[n] || isUnmarked(word) || isUnmarked(others[n] ?? ''))
}

/**
 * Finds what a text names among `things`: marks decide first, and only where they find nothing it is read without them.
 * More than one found: the text does not tell them apart.
 */
export function named<T>(things: readonly T[], text: string, nameOf: (thing: T) => string): T[] {
  const marked = things.filter(thing => markedWords(nameOf(thing)) === markedWords(text))
  return marked.length > 0 ? marked : things.filter(thing => foldWords(nameOf(thing)) === foldWords(text))
}

/** Finds people as `named` does; without marks only who may be meant: `Toán` is never `Toàn`. */
export function peopleNamed<T>(people: readonly T[], text: string, nameOf: (person: T) => string): T[] {
  return named(people, text, nameOf).filter(person => marksAgree(nameOf(person), text))
}

/** Letters of their own in the Vietnamese alphabet, each after its base letter: a ă â, d đ, e ê, o ô ơ, u ư. */
const LETTERS: Record<string, string> = { ă: 'a{', â: 'a|', đ: 'd{', ê: 'e{', ô: 'o{', ơ: 'o|', ư: 'u{' }
/** Combining marks of the six tones, in dictionary order (level first, without a mark). */
const TONES = ['\u0300', '\u0309', '\u0303', '\u0301', '\u0323']
const TONE = new RegExp(`[${TONES.join('')}]`, 'g')

/**
 * A key by which names sort as Vietnamese lists do under plain binary comparison: given name (the last word) first,
 * then family and middle names; letters before tones.
 */
export function nameSortKey(name: string): string {
  const words = composed(name).trim().toLowerCase().split(/\s+/)
  const ordered = [words.at(-1) ?? '', ...words.slice(0, -1)]
  return ordered.map(wordKey).join(' ')
}

function wordKey(word: string): string {
  let tone = 0
  let letters = ''
  for (const letter of word.normalize('NFC')) {
    const [bare, ...marks] = [...letter.normalize('NFD')]
    const kept = marks.filter(mark => !TONES.includes(mark))
    const found = marks.findIndex(mark => TONES.includes(mark))
    if (found >= 0) tone = TONES.indexOf(marks[found] ?? '') + 1
    const base = ((bare ?? '') + kept.join('')).normalize('NFC')
    letters += LETTERS[base] ?? base
  }
  return `${letters}!${tone}`
}

/** True if two names are the same apart from tone placement and case; a name typed without marks matches any marks. */
export function isSameName(a: string, b: string): boolean {
  if (markedWords(a) === markedWords(b)) return true
  return foldWords(a) === foldWords(b) && (isUnmarked(a) || isUnmarked(b))
}

export function isUnmarked(name: string): boolean {
  return !/[\p{M}đĐ]/u.test(name.normalize('NFD'))
}

/** Replaces a citizen's name once the campaign's data was destroyed. */
export const NAME_DESTROYED = 'đã hủy dữ liệu'

/** Replaces a citizen's name where their data is restricted to the count's own proof. */
export const NAME_RESTRICTED = 'người dân yêu cầu hạn chế'
