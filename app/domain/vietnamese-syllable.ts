const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

const ONSETS = ['ngh', 'ng', 'nh', 'gh', 'gi', 'kh', 'ph', 'qu', 'th', 'tr', 'ch', ...'bcdđghklmnprstvx', '']

/** Rimes without their tone, by their first letter. */
const RIMES = new Set(
  `a ac ach ai am an ang anh ao ap at au ay
  ăc ăm ăn ăng ăp ăt
  âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et
  ê êch êm ên ênh êp êt êu
  i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
  o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot
  ô ôc ôi ôm ôn ông ôp ôt
  ơ ơi ơm ơn ơp ơt
  u ua uân uât uâng uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh
  uyp uyt uyu
  ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
  y ych yên yêm yêng yêt yêu yn ynh yp yt`.split(/\s+/),
)

/** Such a word has a tone: `ấp` is one, `êp` is how TCVN3 shows it. */
const BARE_STOP = /^[ăâêôơư](?:ch|[cpt])$/

/**
 * True where `word` is spelt as a Vietnamese syllable: onset and rime exist, at most one tone (old and new placement
 * alike), a stopped rime has sắc or nặng, and no capital follows a small letter. In any case, NFC or NFD.
 */
export function isVietnameseSyllable(word: string): boolean {
  if (/\p{Ll}\p{Lu}/u.test(word.normalize('NFC'))) return false
  const decomposed = word.toLowerCase().normalize('NFD')
  const tones = decomposed.match(TONES) ?? []
  if (tones.length > 1) return false
  const bare = decomposed.replace(TONES, '').normalize('NFC')
  const isToneOfStop = tones[0] === '\u0301' || tones[0] === '\u0323'
  if (/(?:c|ch|p|t)$/.test(bare) && tones.length === 1 && !isToneOfStop) return false
  if (BARE_STOP.test(bare) && tones.length === 0) return false
  return ONSETS.some(onset => bare.startsWith(onset) && RIMES.has(bare.slice(onset.length)))
}
