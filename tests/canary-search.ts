import { foldName } from '#app/domain/name.ts'

/** A person whose details may not be anywhere in clear. */
export type Canary = { name: string; number: string; phone: string }

const SYLLABLES = ['Quỳnh', 'Thược', 'Khuyên', 'Nghiễm', 'Trưởng', 'Duệ', 'Thoại', 'Xuyến', 'Hoẵng', 'Bửu'] as const

/** Fifty invented people, each with another name, number and phone. */
export const CANARIES: readonly Canary[] = Array.from({ length: 50 }, (_, n) => ({
  name: `Tôn Nữ ${SYLLABLES[n % 10]} ${SYLLABLES[Math.floor(n / 10)]}`,
  number: `070090${String(738_201 + n * 911).padStart(6, '0')}`,
  phone: `09${String(71_830_427 + n * 7_919)}`,
}))

/** Returns each way in which a text may be encoded in a file. */
function writings(text: string): Buffer[] {
  const utf8 = Buffer.from(text)
  return [
    utf8,
    Buffer.from(text.normalize('NFD')),
    Buffer.from(text.toLowerCase()),
    Buffer.from(foldName(text)),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from(text, 'utf16le'),
    Buffer.from(utf8.toString('hex')),
    // its base64 within a longer text, at each of the three offsets, without the ends that others share
    ...[0, 1, 2].map(shift => {
      const encoded = Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64')
      return Buffer.from(encoded.slice(4, Math.floor(((shift + utf8.length) * 8) / 24) * 4))
    }),
  ]
}

/** Returns every trace of a canary in these files, as a sentence; empty if nothing is in clear. */
export function tracesIn(files: readonly { name: string; bytes: Buffer }[]): string[] {
  return CANARIES.flatMap(canary =>
    Object.entries(canary).flatMap(([kind, text]) =>
      writings(text).flatMap(writing =>
        files.filter(({ bytes }) => bytes.includes(writing)).map(({ name }) => `${kind} ${text} in ${name}`),
      ),
    ),
  )
}
