/** Drops what no text may hold: U+0000 and halves of a letter (lone surrogates), which would go out as U+FFFD. */
export const wholeLetters = (text: string): string => text.replace(/[\0\p{Cs}]/gu, '')

/** The first `most` UTF-16 units of a text, fewer by one where the cut would go through a letter. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  return (text.codePointAt(most - 1) ?? 0) > 0xffff ? text.slice(0, most - 1) : text.slice(0, most)
}
