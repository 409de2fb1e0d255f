/** The last byte of à, Ơ, Ạ or Ỡ, which Windows-1252 shows as a no-break space. */
const BYTES_AS_SPACE = /([ÃÆ]|á[º»])\u00A0/g
/** A letter of no text, in the place of such a byte meanwhile. */
const BYTE_MARK = '\uF8A0'

/** A text as `clean` makes it, except that no-break spaces that may be bytes of misread UTF-8 stay as they are. */
export const keepingBytes = (text: string, clean: (text: string) => string): string =>
  clean(text.replace(BYTES_AS_SPACE, `$1${BYTE_MARK}`)).replaceAll(BYTE_MARK, '\u00A0')
