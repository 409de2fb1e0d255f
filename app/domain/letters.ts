/** Drops what no text may hold: U+0000 and halves of a letter (lone surrogates), which would go out as U+FFFD. */
export const wholeLetters = (text: string): string => text.replace(/[\0\p{Cs}]/gu, '')

/** The first `most` UTF-16 units of a text, fewer by one where the cut would go through a letter. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  return (text.codePointAt(most - 1) ?? 0) > 0xffff ? text.slice(0, most - 1) : text.slice(0, most)
}

/** Marks that show nothing: of direction and of width zero, the mark of a file's beginning, variants of a letter. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu

/** A text without marks that show nothing; every kind of space in a line is a plain one. */
export const visibleText = (text: string): string =>
  wholeLetters(text)
    .replace(INVISIBLE, '')
    .replace(/[^\S\n\r\t]/g, ' ')

/**
 * A text as the product keeps and compares it: composed (NFC), nothing invisible, plain spaces. The Icelandic and
 * African letters that look like Đ (Ð ð Ɖ ɖ) are Đ đ. Texts in TCVN3 are converted first: there Ð is é.
 */
export const composed = (text: string): string =>
  visibleText(text).normalize('NFC').replace(/[ÐƉ]/g, 'Đ').replace(/[ðɖ]/g, 'đ')

/** A text as a form takes it: as `composed`, without soft hyphens, which come along from web pages. Never one in TCVN3. */
export const typedText = (text: string): string => composed(text).replaceAll('\u00AD', '')

/** Signs that stand between groups of digits: spaces, dots, commas, apostrophes, every dash. */
const BETWEEN_GROUPS = /[\s.,·'’‘`_\p{Pd}\u2212\u00AD]/gu

/** The text of a number without what is between its groups of digits. */
export const joinedGroups = (text: string): string => visibleText(text).replace(BETWEEN_GROUPS, '')

/**
 * The digits of a number that a program wrote as a decimal one: `1085901232.0` is `1085901232`. A zero in front is kept
 * only before eleven more digits, since a decimal number begins with none. Any other text as it is.
 */
export const withoutDecimals = (text: string): string =>
  visibleText(text)
    .trim()
    .replace(/^(0\d{11}|[1-9]\d{8,11})[.,]0+$/, '$1')
