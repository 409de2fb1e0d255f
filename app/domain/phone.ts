import { composed, joinedGroups, withoutDecimals } from './letters.ts'
import type { Carrier } from './vocabulary.ts'

/** The renumbering of 2018: four leading digits of the old 11-digit mobile numbers and the three that replaced them. */
const RENUMBERED: Readonly<Record<string, string>> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0126': '076',
  '0127': '081',
  '0128': '078',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
}

const PREFIXES: Readonly<Partial<Record<Carrier, readonly string[]>>> = {
  viettel: ['032', '033', '034', '035', '036', '037', '038', '039', '086', '096', '097', '098'],
  vinaphone: ['081', '082', '083', '084', '085', '088', '091', '094'],
  mobifone: ['070', '076', '077', '078', '079', '089', '090', '093'],
  vietnamobile: ['052', '056', '058', '092'],
  gmobile: ['059', '099'],
  itel: ['087'],
  wintel: ['055'],
}

const CARRIER_OF: ReadonlyMap<string, Carrier> = new Map(
  (Object.entries(PREFIXES) as [Carrier, readonly string[]][]).flatMap(([carrier, prefixes]) =>
    prefixes.map(prefix => [prefix, carrier] as const),
  ),
)

/** Why a text is no mobile number. */
export const PHONE_PROBLEMS = [
  'phone_characters',
  'phone_two',
  'phone_length',
  'phone_landline',
  'phone_not_mobile',
] as const
export type PhoneProblem = (typeof PHONE_PROBLEMS)[number]

type PhoneReading = { ok: true; phone: string } | { ok: false; reason: PhoneProblem }

/** Words that people write beside a number: what it is, or where it answers. */
const BESIDE = /\([^()\d]*\)|(?<!\p{L})(?:s?đt|dđ|di động|điện thoại|tel|phone|mobile|zalo)(?!\p{L})[\s.:]*/giu
/** Digits of two numbers: the shortest has nine, the longest (country code and all) fewer than eighteen. */
const DIGITS_OF_TWO = 18

/**
 * Reads a Vietnamese mobile number of any carrier and gives its ten digits `0xxxxxxxxx`. Understands separators, the
 * country code (`+84`, `0084`, `84`), a leading zero lost in a spreadsheet, and the 11-digit numbers used until 2018.
 * Words beside it such as `(Zalo)` are passed over.
 */
export function readPhone(text: string): PhoneReading {
  const refuse = (reason: PhoneProblem): PhoneReading => ({ ok: false, reason })
  const bare = withoutDecimals(composed(text).replace(BESIDE, ' '))
  if (bare.replace(/\D/g, '').length >= DIGITS_OF_TWO) return refuse('phone_two')
  const typed = joinedGroups(bare).replace(/[()]/g, '')
  if (!/^\+?\d+$/.test(typed)) return refuse('phone_characters')
  const isInternational = /^(\+|00)/.test(typed)
  const digits = typed.replace(/^(\+|00)/, '')
  const hasCountryCode = digits.startsWith('84') && (isInternational || digits.length >= 11)
  if (isInternational && !hasCountryCode) return refuse('phone_not_mobile')
  const national = `0${(hasCountryCode ? digits.slice(2) : digits).replace(/^0/, '')}`
  const renumbered = national.length === 11 ? RENUMBERED[national.slice(0, 4)] : undefined
  const phone = renumbered === undefined ? national : renumbered + national.slice(4)
  if (/^02\d{8,9}$/.test(phone)) return refuse('phone_landline')
  if (!/^0[35789]/.test(phone)) return refuse('phone_not_mobile')
  if (phone.length !== 10) return refuse('phone_length')
  return { ok: true, phone }
}

/**
 * The carrier to which a ten-digit number's prefix was given; only a hint, since numbers may be ported.
 * @internal asked for by tests alone
 */
export function guessCarrier(phone: string): Carrier | null {
  return CARRIER_OF.get(phone.slice(0, 3)) ?? null
}
