import { composed } from './letters.ts'
import { isVietnameseSyllable } from './vietnamese-syllable.ts'

/**
 * Encodings from before Unicode: TCVN3 (ABC, fonts .Vn…) and VNI (fonts VNI-…); `utf8`: Unicode that was read as
 * Windows-1252.
 */
export type LegacyEncoding = 'tcvn3' | 'vni' | 'utf8'

export type Converted = { encoding: LegacyEncoding; text: string }

/** TCVN3 ("ABC", fonts .Vn…): one letter each. Capitals with a tone are the small letters in a font of capitals. */
const TCVN3 = table(
  'Ă Â Ê Ô Ơ Ư Đ ă â ê ô ơ ư đ à ả ã á ạ ằ ẳ ẵ ắ ặ ầ ẩ ẫ ấ ậ è ẻ ẽ é ẹ ề ể ễ ế ệ',
  '¡ ¢ £ ¤ ¥ ¦ § ¨ © ª « ¬ \u00AD ® µ ¶ · ¸ ¹ » ¼ ½ ¾ Æ Ç È É Ê Ë Ì Î Ï Ð Ñ Ò Ó Ô Õ Ö',
  'ì ỉ ĩ í ị ò ỏ õ ó ọ ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ',
  '× Ø Ü Ý Þ ß á â ã ä å æ ç è é ê ë ì í î ï ñ ò ó ô õ ö ÷ ø ù ú û ü ý þ',
)

/** VNI (fonts VNI-…): a letter and its mark beside it; i with its tones, đ, ơ, ư and ỵ have codes of their own. */
const VNI = withCapitals(
  table(
    'á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ é è ẻ ẽ ẹ ê ế ề ể ễ ệ',
    'aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë eù eø eû eõ eï eâ eá eà eå eã eä',
    'ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ ú ù ủ ũ ụ ư ứ ừ ử ữ ự',
    'où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï',
    'í ì ỉ ĩ ị ý ỳ ỷ ỹ ỵ đ',
    'í ì æ ó ò yù yø yû yõ î ñ',
  ),
)

/** Texts that a legacy encoding can produce: Latin-1 letters and signs, and general punctuation. */
const LATIN_1 = /^[\p{ASCII}\u00A0-\u00FF\u2010-\u2026]*$/u
const BEYOND_ASCII = /[^\p{ASCII}\u2010-\u2026]/u
const BETWEEN_WORDS = /([\s!-@[-`{-~\u2010-\u2026]+)/

/**
 * Converts one text where it can only be TCVN3, VNI or UTF-8 that was read as Windows-1252: as written it is not
 * Vietnamese, in exactly one of them it is. Undefined for plain ASCII, for correct Vietnamese and for foreign names.
 */
export function convertLegacy(text: string): Converted | undefined {
  const misread = convertMisread(text)
  if (misread !== undefined) return { encoding: 'utf8', text: misread }
  if (!BEYOND_ASCII.test(text) || !LATIN_1.test(text) || !hasMarkedWord(text) || isVietnamese(composed(text)))
    return undefined
  const readings = (['tcvn3', 'vni'] as const).flatMap(encoding => {
    const decoded = decode(text, encoding)
    return decoded !== undefined && isVietnamese(decoded) ? [{ encoding, text: decoded }] : []
  })
  return readings.length === 1 ? readings[0] : undefined
}

/**
 * Converts the texts of one column; undefined where a text stays as it is. Words such as `Hoàng` (in VNI: Hồng) or
 * `Dòng` (in TCVN3: Dũng) are Vietnamese either way: they follow the column where others in it can only be of one
 * encoding and none holds a letter that only Unicode has. `fallback` decides for a column without such evidence. UTF-8
 * that was read as Windows-1252 is known by each text alone, and says nothing of the others.
 */
export function convertLegacyColumn(texts: readonly string[], fallback?: LegacyEncoding): (Converted | undefined)[] {
  const certain = texts.map(convertLegacy)
  const encodings = new Set(certain.flatMap(converted => converted?.encoding ?? []))
  const [encoding = fallback] = encodings
  if (encoding === undefined || encoding === 'utf8' || encodings.size > 1 || !texts.every(text => LATIN_1.test(text)))
    return certain
  return texts.map((text, n) => {
    if (certain[n] || !hasMarkedWord(text)) return certain[n]
    const decoded = decode(text, encoding)
    if (decoded === undefined || decoded === text) return undefined
    return isVietnamese(decoded) || !isVietnamese(text) ? { encoding, text: decoded } : undefined
  })
}

/** Returns true if one word contains a plain letter and one beyond ASCII: `N¨m`, but not `½`, `·` or `§ 5`. */
function hasMarkedWord(text: string): boolean {
  return text.split(BETWEEN_WORDS).some(word => BEYOND_ASCII.test(word) && /[A-Za-z]/.test(word))
}

/** True where there are words with letters beyond ASCII and all of them are Vietnamese syllables. */
function isVietnamese(text: string): boolean {
  const words = text.split(BETWEEN_WORDS).filter(word => BEYOND_ASCII.test(word))
  return words.length > 0 && words.every(isVietnameseSyllable)
}

/** Undefined where a letter beyond ASCII has no place in the encoding. */
function decode(text: string, encoding: LegacyEncoding): string | undefined {
  const words = text.split(BETWEEN_WORDS)
  const decoded = words.map(word => decodeWord(word, encoding === 'tcvn3' ? TCVN3 : VNI))
  if (decoded.includes(undefined)) return undefined
  if (encoding === 'vni') return decoded.join('')
  const isCapital = (word: string) => !/[a-z]/.test(word) && /.[A-Z]/.test(word)
  const isAllCapital = !/[a-z]/.test(text) && words.some(isCapital)
  return decoded.map((word = '', n) => (isAllCapital || isCapital(words[n] ?? '') ? word.toUpperCase() : word)).join('')
}

function decodeWord(word: string, letters: Map<string, string>): string | undefined {
  let decoded = ''
  for (let at = 0; at < word.length; ) {
    const pair = letters.get(word.slice(at, at + 2))
    const letter = word.charAt(at)
    const found = pair ?? letters.get(letter) ?? (BEYOND_ASCII.test(letter) ? undefined : letter)
    if (found === undefined) return undefined
    decoded += found
    at += pair === undefined ? 1 : 2
  }
  return decoded
}

/** Lines in turn: letters of Unicode, and below them their codes. */
function table(...lines: string[]): Map<string, string> {
  const letters = new Map<string, string>()
  for (let n = 0; n < lines.length; n += 2) {
    const unicode = (lines[n] ?? '').split(' ')
    for (const [at, code] of (lines[n + 1] ?? '').split(' ').entries()) letters.set(code, unicode[at] ?? '')
  }
  return letters
}

/** Adds `AÙ` and `Aù` (a capital letter with a small mark) to each `aù`. */
function withCapitals(small: Map<string, string>): Map<string, string> {
  const letters = new Map(small)
  for (const [code, letter] of small) {
    letters.set(code.toUpperCase(), letter.toUpperCase())
    letters.set(code.charAt(0).toUpperCase() + code.slice(1), letter.toUpperCase())
  }
  return letters
}

/* ---------- UTF-8 that was read as Windows-1252 ---------- */

/** The bytes of the letters that Windows-1252 has, and of the controls where it has none. */
const BYTE_OF = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte]),
)
/** Two or three letters as the bytes of one Vietnamese letter are shown. */
const MISREAD = /[ÃÄÅÆ][\u0080-\u00BF\u2018-\u2030€ƒ„…†‡ˆ‰Š‹ŒŽ™š›œžŸ]|Æ(?= |$)|á[º»]|â€/u
/** Letters before a byte that was lost, which shows as a space: of à, Đ, Ơ, Ạ and Ỡ. */
const LOST: ReadonlyMap<string, string> = new Map([
  ['Ã', '\u00A0'],
  ['Ä', '\u0090'],
  ['Æ', '\u00A0'],
  ['º', '\u00A0'],
  ['»', '\u00A0'],
])
const BEFORE_LOST = '(?<=[ÃÄÆ]|á[º»])'
const LOSES = new RegExp(`${BEFORE_LOST}(?: |$)`)
const LOSES_SPACE = new RegExp(`${BEFORE_LOST}(?= )`)
const LOSES_END = new RegExp(`${BEFORE_LOST}$`)

/** The text that UTF-8 bytes mean which were shown as Windows-1252; undefined where they were not, or some are lost. */
function convertMisread(text: string): string | undefined {
  if (!MISREAD.test(text) && !LOSES.test(text)) return undefined
  const whole = decodeUtf8(text)
  // that bytes are UTF-8 by chance is next to impossible: even `ĐDCN`, which is no syllable, is what was meant
  if (whole !== undefined && OWN_LETTERS.test(whole)) return whole
  const readings = restorations(text).flatMap(tried => {
    const decoded = decodeUtf8(tried)
    return decoded !== undefined && isVietnamese(decoded) ? [decoded] : []
  })
  return readings.find(isAllSyllables) ?? readings[0]
}

/** True where every word is a Vietnamese syllable, those of plain letters too. */
const isAllSyllables = (text: string) =>
  text.split(BETWEEN_WORDS).every(word => !/\p{L}/u.test(word) || isVietnameseSyllable(word))

/** Texts of the Vietnamese alphabet, plain signs and general punctuation, as NFC. */
const OWN_LETTERS = /^[\p{ASCII}\u2010-\u2026À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯư\u1EA0-\u1EF9]+$/u

/** More lost bytes than this in one text are all restored alike. */
const MOST_LOST = 6

/**
 * The texts that a misread one may have been: as it is, else with each byte that was lost to a space put back, in place
 * of the space or before it.
 */
function restorations(text: string): string[] {
  // a byte may be lost at the end too, where a split by itself finds nothing
  const [head = '', ...rest] = [...text.split(LOSES_SPACE), ...(LOSES_END.test(text) ? [''] : [])]
  if (rest.length === 0) return [text]
  const ways =
    rest.length > MOST_LOST ? [0, 2 ** rest.length - 1] : Array.from({ length: 2 ** rest.length }, (_, n) => n)
  return ways.map(way =>
    rest.reduce((whole, part, n) => {
      const lost = LOST.get(whole.at(-1) ?? '') ?? ''
      return whole + lost + ((way >> n) & 1 ? part : part.replace(/^ (?=\p{L})/u, ''))
    }, head),
  )
}

function decodeUtf8(text: string): string | undefined {
  const bytes = Array.from(text, letter => BYTE_OF.get(letter))
  if (bytes.some(byte => byte === undefined) || !bytes.some(byte => byte !== undefined && byte >= 0xc3))
    return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes as number[])).normalize('NFC')
  } catch {
    return undefined
  }
}

/** Letters and signs that no name in Unicode has, and that the old encodings show. */
const SIGNS_OF_LOSS = /[¡-©ª«¬®¯±²³µ¶¸¹º»¼½¾¿×÷Þþ]/

/**
 * True if a text shows an encoding from before Unicode, or UTF-8 read as Windows-1252: what it says is not what it
 * shows, so it is never taken as a name. `convertLegacy` may tell what was meant.
 */
export function isLostFont(text: string): boolean {
  return SIGNS_OF_LOSS.test(text) || MISREAD.test(text) || convertLegacy(text) !== undefined
}
