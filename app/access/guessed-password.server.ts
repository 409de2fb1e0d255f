import { foldName } from '#app/domain/name.ts'

let leaked: Promise<ReadonlySet<string>> | undefined

/** The fifty thousand most frequent leaked passwords; loaded when the first password is set. */
async function leakedWords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

/** Frequent beginnings of passwords in Vietnam, without diacritics and spaces. */
const OFTEN_HERE = new Set(
  `matkhau matma khongbiet khongcopass khongnho anhyeuem emyeuanh toiyeuem toiyeuvietnam yeunuocvietnam vietnam
  binhphuoc dongxoai phuoclong binhlong locninh bugiamap budop hondquan dongphu buang chonthanh phurieng
  congan canbo congchuc vienchuc ubnd ubndxa sonoivu phu vneid dean dinhdanh chucmungnammoi hanhphuc giadinh
  administrator admin abcd abcde abcdef qwe aa 4phu2024bp
  0123456789 0987654321 9876543210 123123123123 1231231231`.split(/\s+/),
)

/** Letters with which a password may begin or end when nothing but digits and signs is beside them. */
const SHORTEST_STEM = 4

/**
 * Returns true if a password is among those that attackers try first. These are leaked passwords, and words from leaks
 * or from here, with digits and signs before or after. Case, diacritics and spaces make no difference.
 */
export async function isGuessedFirst(password: string): Promise<boolean> {
  const plain = foldName(password).replaceAll(/\s/g, '')
  const stem = plain.replaceAll(/^[^a-z]+|[^a-z]+$/g, '')
  if (OFTEN_HERE.has(plain) || OFTEN_HERE.has(stem)) return true
  leaked ??= leakedWords()
  const words = await leaked
  return words.has(plain) || (stem.length >= SHORTEST_STEM && words.has(stem))
}
