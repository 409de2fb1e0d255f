import { PROVINCE_WORDS, type Province } from './province.ts'
import type { Block, UnitKind } from './vocabulary.ts'

/** What of a unit decides the head of its papers. `superiorName`, `issuerName`, `sign`: as entered; null: by rule. */
export type IssuingUnit = {
  name: string
  kind: UnitKind
  block: Block
  headTitle: string
  superiorName: string | null
  issuerName: string | null
  sign: string | null
}

/** The head of a unit's papers (NĐ 30/2020, annex I, II.2; of a party body the party's own form). */
export type Letterhead = {
  /** the state's name and motto, or the party's name, stand on the right */
  form: 'state' | 'party'
  /** the authority above; '': there is one that nobody has entered; null: none is printed */
  above: string | null
  issuer: string
  /** the issuer in the sign of a paper; null: nobody has entered it */
  sign: string | null
  headTitle: string
  /** a people's committee, whose head signs on behalf of the collective */
  isCommittee: boolean
}

const COMMITTEE = /^(?:UBND|Ủy ban nhân dân) /
const TERRITORY = /^(?:Tỉnh|Thành phố|Thị xã|Huyện|Xã|Phường|Thị trấn|Đặc khu) (?!(?:đoàn|ủy|đội|hội)(?: |$))/
/** Bodies of the state that take their orders from an authority of their own, not from the committee of the place. */
const VERTICAL =
  /^(?:Tòa án|Viện kiểm sát|Cục |Chi cục (?:Thuế|Thi hành án|Thống kê|Hải quan)|Kho bạc|Bảo hiểm xã hội|Thuế |Thống kê |Thi hành án|Hải quan |Văn phòng Đoàn (?:ĐBQH|đại biểu Quốc hội))/i

const lowerFirst = (text: string) => `${text.charAt(0).toLocaleLowerCase('vi')}${text.slice(1)}`

/** Names an authority in full, as documents do: "UBND xã Tân Thành" and "Thành phố Đồng Xoài" are committees. */
export const authorityInFull = (name: string) =>
  TERRITORY.test(name) ? `Ủy ban nhân dân ${lowerFirst(name)}` : name.replace(/^UBND(?= )/, 'Ủy ban nhân dân')

/** Drops what a name says in brackets beside it, in small letters: "Công an tỉnh (thường trực Tổ công tác …)". */
export const withoutRemark = (name: string) => name.replace(/\s*\(\p{Ll}[^)]*\)/gu, '').trim()

/** Returns true for a people's committee, under its own name or that of its place. */
export const isCommittee = (name: string) => COMMITTEE.test(name) || TERRITORY.test(name)

/** Names the province's own committee of the party: "Tỉnh ủy Đồng Nai", in a city "Thành ủy". */
const partyCommittee = ({ type, name }: Pick<Province, 'type' | 'name'>) =>
  `${type === 'province' ? 'Tỉnh ủy' : 'Thành ủy'} ${name}`

type Named = Pick<Province, 'type' | 'name'>

/** "Công an tỉnh (thường trực Tổ công tác …)" → "Công an tỉnh …": without brackets, with the province’s name. */
function nameInFull(name: string, province: Named): string {
  const bare = authorityInFull(withoutRemark(name))
  const word = PROVINCE_WORDS[province.type]
  return bare.endsWith(` ${word}`) && !bare.startsWith('Thanh tra') ? `${bare} ${province.name}` : bare
}

/** Returns the authority above, '' where it is not entered, null where none is printed. */
function aboveOf(unit: IssuingUnit, chain: readonly IssuingUnit[], province: Named): string | null {
  if (unit.superiorName !== null) return unit.superiorName
  const parent = chain.at(-1)
  if (parent === undefined || isCommittee(unit.name)) return null
  const isTop = parent.block !== unit.block || isCommittee(parent.name)
  const inherited = () => issuerOf(parent, chain.slice(0, -1), province)
  if (!isTop) return inherited()
  switch (unit.block) {
    case 'armed_forces':
      return commandOf(unit, chain, province)
    case 'party':
      return parent.kind === 'province' ? partyCommittee(province) : ''
    case 'front':
      return ''
    case 'enterprise':
      return null
    case 'state':
      return VERTICAL.test(unit.name) ? '' : inherited()
  }
}

/** The command of police (Bộ Công an, the police above) and of the military (Bộ Quốc phòng); '': of any other. */
function commandOf({ name }: IssuingUnit, chain: readonly IssuingUnit[], province: Named): string {
  const ofProvince = `${PROVINCE_WORDS[province.type]} ${province.name}`
  const isProvincial = chain.length === 1
  if (/^Bộ Chỉ huy/.test(name)) return 'Bộ Quốc phòng'
  if (/^Ban Chỉ huy/.test(name)) return `Bộ Chỉ huy Quân sự ${ofProvince}`
  if (!/^Công an/.test(name)) return ''
  if (isProvincial) return 'Bộ Công an'
  const district = chain.find(({ kind }) => kind === 'district')
  return district !== undefined && /^Công an (xã|phường|thị trấn)/.test(name)
    ? `Công an ${lowerFirst(district.name)}`
    : `Công an ${ofProvince}`
}

function issuerOf(unit: IssuingUnit, chain: readonly IssuingUnit[], province: Named): string {
  if (unit.issuerName !== null) return unit.issuerName
  /* the province is called as it is on the day of the paper */
  if (chain.length === 0) return `Ủy ban nhân dân ${PROVINCE_WORDS[province.type]} ${province.name}`
  const full = nameInFull(unit.name, province)
  const parent = chain.at(-1)
  if (unit.block === 'party' && parent?.kind === 'province') return full.replace(/ (Tỉnh ủy|Thành ủy)( .*)?$/, '')
  return unit.block === 'armed_forces' && parent?.block === 'armed_forces'
    ? full.replace(/ Công an tỉnh .*$/, '')
    : full
}

/** "Sở Giáo dục và Đào tạo" → SGDĐT: letters of the name's words, where nobody has entered the sign. */
const initials = (name: string) =>
  name
    .replace(/\(.*\)/, '')
    .split(/[\s-]+/)
    .filter(word => word !== '' && word !== 'và')
    .map(word => word[0]?.toLocaleUpperCase('vi') ?? '')
    .join('')

/** The sign as entered, else of a committee UBND and of its own agencies their initials; others set their own. */
function signOf(unit: IssuingUnit): string | null {
  if (unit.sign !== null) return unit.sign
  if (isCommittee(unit.name)) return 'UBND'
  return unit.block === 'state' && !VERTICAL.test(unit.name) ? initials(unit.name) : null
}

/** The part of an authority that drafts its papers. */
export type DraftingPart = { name: string; sign: string | null }

/**
 * The sign behind "Lưu: VT, " of the part that drafts a paper (NĐ 30/2020, annex I, II.9.b): as entered, else its
 * initials. Null, dots: unknown at an authority that has parts, of the province or directly below it. '': it has none.
 */
export function draftedBy(part: DraftingPart | undefined, chain: readonly unknown[]): string | null {
  if (part !== undefined) return part.sign ?? initials(part.name.replace(/^(?:Phòng|Ban|Bộ phận|Tổ) /, ''))
  return chain.length < 2 ? null : ''
}

/** A chairman's title without the name of the committee above it: "Chủ tịch UBND xã" → "Chủ tịch". */
export const titleInCommittee = (title: string) => title.replace(/ (?:UBND|Ủy ban nhân dân)(?: .*)?$/, '')

/**
 * Returns the head of a unit's papers by its real line of command; `chain` are the units above it, from the root down.
 * Entered names come first. A body whose superior the tree does not show has dots until somebody enters it.
 */
export function letterheadOf(unit: IssuingUnit, chain: readonly IssuingUnit[], province: Named): Letterhead {
  const committee = isCommittee(unit.name)
  return {
    form: unit.block === 'party' ? 'party' : 'state',
    above: aboveOf(unit, chain, province),
    issuer: issuerOf(unit, chain, province),
    sign: signOf(unit),
    headTitle: committee ? titleInCommittee(unit.headTitle) : unit.headTitle,
    isCommittee: committee,
  }
}

/**
 * Names the place where a unit dates its papers: the locality that it, or the nearest unit above, governs. A place named
 * by a number keeps its kind ("Phường 1"); null: the province's.
 */
export function placeOfPapers(locality: { name: string; type: string } | null): string | null {
  if (locality === null) return null
  return /^\d/.test(locality.name)
    ? `${locality.type.charAt(0).toLocaleUpperCase('vi')}${locality.type.slice(1)} ${locality.name}`
    : locality.name
}
