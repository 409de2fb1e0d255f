import { foldWords } from './name.ts'

/** What in a public text may be of a person: telephone numbers, personal numbers, addresses of mail, names. */
type PersonalWords = { phones: string[]; numbers: string[]; mails: string[]; names: string[] }

/** Digits with spaces, dots or hyphens between them; a day such as 12/6/2024 or a document such as 128/KH-UBND is none. */
const DIGITS = /(?<![\d/])\+?\d(?:[ .-]?\d){8,13}(?![\d/])/g
const MAIL = /[^\s@<>()[\],;:]+@[^\s@<>()[\],;:]+\.[a-z]{2,}/giu
const UPPER = '\\p{Lu}\\p{Ll}*'
/** "ông Nguyễn Văn A", "chị Lan": how a person is called, then a name. */
const CALLED = new RegExp(
  `(?<!\\p{L})(?:[ôÔ]ng|[bB]à|[aA]nh|[cC]hị|[cC]ô|[cC]hú|[bB]ác|[eE]m|[cC]ụ|[đĐ]ồng chí|[đĐ]/c)\\s+(${UPPER}(?:\\s+${UPPER}){0,4})`,
  'gu',
)
const NAMED = new RegExp(`(?<!\\p{L})${UPPER}(?:\\s+${UPPER}){1,4}`, 'gu')
/** Family names of most people in the province; a phrase in capitals that begins with one may be a name. */
const FAMILY_NAMES = new Set(
  (
    'nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh truong luong trinh mai dao lam dieu thi cao ' +
    'thach nong hua tong quach vuong'
  ).split(' '),
)
/** Before a name: what is called after somebody, and is no person. */
const PLACE_BEFORE =
  /(?:đường|phố|trường|thpt|thcs|tiểu học|mầm non|xã|phường|huyện|thị xã|thành phố|tp\.?|ấp|khu phố|bệnh viện)\s+$/iu
/** Places whose names begin as a family name does, folded. */
const PLACES = new Set(['ho chi minh', 'lam dong', 'cao bang', 'vu quang', 'dinh quan'])

/**
 * Finds what may be personal in a text that everybody can read. It is a question and no judgement: a place may look like a
 * name, and a name in small letters is not seen.
 */
export function personalWords(text: string): PersonalWords {
  const digits = unique(text.match(DIGITS) ?? [])
  const countOf = (typed: string) => typed.replace(/\D/g, '').length
  return {
    phones: digits.filter(typed => /^(?:0|\+?84)/.test(typed) && countOf(typed) >= 10 && countOf(typed) <= 11),
    numbers: digits.filter(typed => countOf(typed) === 12 || countOf(typed) === 9),
    mails: unique(text.match(MAIL) ?? []),
    names: namesIn(text),
  }
}

function namesIn(text: string): string[] {
  const called = [...text.matchAll(CALLED)].flatMap(([, name]) => (name ? [name] : []))
  const named = [...text.matchAll(NAMED)].flatMap(match => {
    const folded = foldWords(match[0])
    const isName = FAMILY_NAMES.has(folded.split(' ')[0] ?? '') && !PLACES.has(folded)
    return isName && !PLACE_BEFORE.test(text.slice(0, match.index)) ? [match[0]] : []
  })
  const all = unique([...called, ...named])
  return all.filter(name => !all.some(other => other !== name && other.includes(name)))
}

const unique = (words: readonly string[]) => [...new Set(words.map(word => word.trim()))]

/** True if a text has nothing that may be personal. */
export const isImpersonal = (found: PersonalWords) => Object.values(found).every(words => words.length === 0)
