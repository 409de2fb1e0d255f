/** A text as searched for: marks dropped, đ as d, lower-case, single spaces. `Điểu Thị Ngễnh` → `dieu thi ngenh`. */
export function foldName(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').trim().replace(/\s+/g, ' ')
}

/** Words for comparison: no marks, đ as d, lower-case, `&` as "va", anything but letters and digits a single space. */
export function foldWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll('&', ' va ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
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
  const words = name.trim().toLowerCase().normalize('NFC').split(/\s+/)
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

/** A name with each word's tone at its end: `Hòa` and `Hoà` are the same name, `Hoa` is another. */
function nameKey(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .split(/\s+/)
    .map(word => word.replace(TONE, '') + (word.match(TONE) ?? []).join(''))
    .join(' ')
}
/** True if two names are the same apart from tone placement and case; a name typed without marks matches any marks. */
export function isSameName(a: string, b: string): boolean {
  if (nameKey(a) === nameKey(b)) return true
  return foldWords(a) === foldWords(b) && (isUnmarked(a) || isUnmarked(b))
}

export function isUnmarked(name: string): boolean {
  return !/[\p{M}đĐ]/u.test(name.normalize('NFD'))
}

/** Replaces a citizen's name once the campaign's data was destroyed. */
export const NAME_DESTROYED = 'đã hủy dữ liệu'

/** Replaces a citizen's name where their data is restricted to the count's own proof. */
export const NAME_RESTRICTED = 'người dân yêu cầu hạn chế'
