import { foldWords, markedWords } from './name.ts'

/** A locality; `name` bears its kind (`Xã Lộc Thành`), `district` is that above it, where it is known. */
export type Place = { code: string; name: string; district?: string }

/** Kinds of localities, and how they are shortened before a name. */
const KINDS: readonly (readonly [kind: string, short: RegExp])[] = [
  ['thành phố', /^tp\b[. ]*/i],
  ['thị xã', /^tx\b[. ]*/i],
  ['thị trấn', /^tt\b[. ]*/i],
  ['phường', /^p(?:[. ]+|(?=\d))/i],
  ['huyện', /^h[. ]+/i],
  ['tỉnh', /^t[. ]+/i],
  ['xã', /^x[. ]+/i],
]
const KIND_WORDS = KINDS.map(([kind]) => kind)
const PROVINCE = /^(?:tỉnh|t[. ]) ?/i

/** A name with its kind in full: `P.Tân Phú` is `phường Tân Phú`. */
function inFull(text: string): string {
  const found = KINDS.find(([, short]) => short.test(text))
  return found ? `${found[0]} ${text.replace(found[1], '')}` : text
}

/** The kind of a name in full, and the rest; the kind is '' where there is none. */
function parted(text: string): { kind: string; rest: string } {
  const full = inFull(text.trim())
  const kind = KIND_WORDS.find(word => foldWords(full).startsWith(`${foldWords(word)} `)) ?? ''
  const words = full.split(/\s+/)
  return { kind, rest: words.slice(kind === '' ? 0 : kind.split(' ').length).join(' ') }
}

type Parted = ReturnType<typeof parted>
const isOfKind = (wanted: Parted, had: Parted) => wanted.kind === '' || wanted.kind === had.kind

/**
 * The names that a text may mean, closest first: by its marks with its kind, without its marks, and with another kind
 * (a commune that has become a ward keeps its name).
 */
const WAYS: readonly ((wanted: Parted, had: Parted) => boolean)[] = [
  (wanted, had) => wanted.kind === had.kind && markedWords(wanted.rest) === markedWords(had.rest),
  (wanted, had) => isOfKind(wanted, had) && markedWords(wanted.rest) === markedWords(had.rest),
  (wanted, had) => markedWords(wanted.rest) === markedWords(had.rest),
  (wanted, had) => isOfKind(wanted, had) && foldWords(wanted.rest) === foldWords(had.rest),
  (wanted, had) => foldWords(wanted.rest) === foldWords(had.rest),
]

function closest<T>(things: readonly T[], text: string, nameOf: (thing: T) => string): T[] {
  const wanted = parted(text)
  const had = things.map(thing => ({ thing, parts: parted(nameOf(thing)) }))
  for (const fits of WAYS) {
    const found = had.filter(({ parts }) => fits(wanted, parts)).map(({ thing }) => thing)
    if (found.length > 0) return found
  }
  return []
}

/**
 * The localities that a text names: by code (`25294`, `Lộc Thành (25294)`), or by name with or without its kind, in full
 * or shortened (`P.`, `X.`, `TT.`, `TP.`). What follows a comma is its district, unless `district` is given. Marks decide
 * first. None: unknown; more than one: the text does not tell them apart.
 */
export function placesNamed<P extends Place>(places: readonly P[], text: string, district = ''): P[] {
  const code = /^\d{1,10}$|(?<!\d)\d{5}(?!\d)/.exec(text.trim())?.[0]
  if (code !== undefined) return places.filter(place => place.code === code)
  const [own = '', ...above] = text.split(/[,;–—]| - /).map(part => part.trim())
  const wanted = district.trim() || above.find(part => part !== '' && !PROVINCE.test(part)) || ''
  const districts = [...new Set(places.flatMap(place => place.district ?? []))]
  const there = wanted === '' ? [] : closest(districts, wanted, name => name)
  const isThere = ({ district: name }: P) => wanted === '' || name === undefined || there.includes(name)
  return closest(places.filter(isThere), own, ({ name }) => name)
}

/** The one locality that a text names; undefined if there is none, or more than one. */
export function placeNamed<P extends Place>(places: readonly P[], text: string): P | undefined {
  const [found, ...others] = placesNamed(places, text)
  return others.length === 0 ? found : undefined
}
